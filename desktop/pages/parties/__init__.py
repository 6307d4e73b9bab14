"""The page "parties"."""

from desktop.pages.parties.parties_page import PartiesPage

__all__ = ["PartiesPage"]
