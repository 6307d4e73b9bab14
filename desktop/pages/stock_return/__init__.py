"""The page 收回盘点表: what colleges sent back, looked at cell by cell before it is taken."""

from desktop.pages.stock_return.return_page import StockReturnPage

__all__ = ["StockReturnPage"]
