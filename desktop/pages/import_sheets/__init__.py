"""The page "import"."""

from desktop.pages.import_sheets.import_page import ImportPage

__all__ = ["ImportPage"]
