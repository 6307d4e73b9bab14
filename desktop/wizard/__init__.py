"""The page "wizard"."""

from desktop.wizard.page import WizardPage

__all__ = ["WizardPage"]
