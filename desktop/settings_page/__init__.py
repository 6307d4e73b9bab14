"""The page "settings"."""

from desktop.settings_page.page import SettingsPage

__all__ = ["SettingsPage"]
