"""The page "seals"."""

from desktop.pages.seals.seals_page import SealsPage

__all__ = ["SealsPage"]
