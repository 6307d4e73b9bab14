"""The page "wizard"."""

from desktop.pages.wizard.wizard_page import WizardPage

__all__ = ["WizardPage"]
