"""The page "sync"."""

from desktop.pages.sync.sync_page import SyncPage

__all__ = ["SyncPage"]
