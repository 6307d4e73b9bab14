"""The page 盘点: patents in stock as a grid, filled in by colleges, sent out and taken back."""

from desktop.pages.stock.stock_page import StockPage

__all__ = ["StockPage"]
