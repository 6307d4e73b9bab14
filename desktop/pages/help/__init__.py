"""The page "help"."""

from desktop.pages.help.help_page import HelpPage

__all__ = ["HelpPage"]
