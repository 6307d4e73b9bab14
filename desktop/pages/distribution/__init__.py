"""The page "distribution": what a pool earned, and who gets it (收益分配)."""

from desktop.pages.distribution.distribution_page import DistributionPage

__all__ = ["DistributionPage"]
