"""The first start: five facts about the office, the pack, where the data lie."""

from desktop.pages.first_start.first_start_page import Answers, FirstStart
from desktop.parts.empty_register import EmptyRegister

__all__ = ["Answers", "EmptyRegister", "FirstStart"]
