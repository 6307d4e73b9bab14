"""The page "licences"."""

from desktop.pages.licences.licences_page import LicencesPage

__all__ = ["LicencesPage"]
