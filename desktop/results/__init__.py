"""The page "results"."""

from desktop.results.page import ResultsPage

__all__ = ["ResultsPage"]
