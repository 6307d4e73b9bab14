"""The page "register"."""

from desktop.pages.register.register_page import RegisterPage

__all__ = ["RegisterPage"]
