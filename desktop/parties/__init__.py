"""The page "parties"."""

from desktop.parties.page import PartiesPage

__all__ = ["PartiesPage"]
