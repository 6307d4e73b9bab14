"""The page 概览 of a bureau: what it has to do now, and how the province stands."""

from desktop.pages.province.province_page import ProvincePage

__all__ = ["ProvincePage"]
