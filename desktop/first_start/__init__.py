"""The first start: five facts about the office, the pack, where the data lie."""

from desktop.first_start.empty import EmptyRegister
from desktop.first_start.page import Answers, FirstStart

__all__ = ["Answers", "EmptyRegister", "FirstStart"]
