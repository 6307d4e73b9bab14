"""The page "register"."""

from desktop.register.page import RegisterPage

__all__ = ["RegisterPage"]
