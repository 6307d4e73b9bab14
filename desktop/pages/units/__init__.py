"""The page 名册 of a bureau: units and experts, in and out as a workbook."""

from desktop.pages.units.units_page import UnitsPage

__all__ = ["UnitsPage"]
