"""The page "pool"."""

from desktop.pages.pool.pool_page import PoolPage

__all__ = ["PoolPage"]
