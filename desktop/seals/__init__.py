"""The page "seals"."""

from desktop.seals.page import SealsPage

__all__ = ["SealsPage"]
