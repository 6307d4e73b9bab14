"""The page "help"."""

from desktop.help.page import HelpPage

__all__ = ["HelpPage"]
