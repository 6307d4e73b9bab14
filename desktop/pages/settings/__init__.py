"""The page "settings"."""

from desktop.pages.settings.settings_page import SettingsPage

__all__ = ["SettingsPage"]
