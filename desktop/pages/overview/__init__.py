"""The page "overview"."""

from desktop.pages.overview.overview_page import OverviewPage

__all__ = ["OverviewPage"]
