"""The page 收件: packages of many units, what was found of each, and what is to be done with it."""

from desktop.pages.intake.intake_page import IntakePage

__all__ = ["IntakePage"]
