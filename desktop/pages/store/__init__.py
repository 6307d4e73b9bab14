"""The page 总库 of a bureau: every patent that passed, with its licences as reported."""

from desktop.pages.store.store_page import StorePage

__all__ = ["StorePage"]
