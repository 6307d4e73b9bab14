"""The page "convert"."""

from desktop.pages.convert.convert_page import ConvertPage

__all__ = ["ConvertPage"]
