"""The page "results"."""

from desktop.pages.results.results_page import ResultsPage

__all__ = ["ResultsPage"]
