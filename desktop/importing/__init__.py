"""The page "import"."""

from desktop.importing.page import ImportPage

__all__ = ["ImportPage"]
