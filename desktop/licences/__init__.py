"""The page "licences"."""

from desktop.licences.page import LicencesPage

__all__ = ["LicencesPage"]
