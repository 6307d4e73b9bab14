"""Sheets whose answers are kept: where that can not be done they come again, as they were typed."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from desktop.installed.known import sentence
from desktop.parts.dialogs import COMES_AGAIN
from desktop.parts.widgets.basics import label
from desktop.parts.widgets.sheet import Sheet

if TYPE_CHECKING:
    from desktop.desk.desk import Desk

S = TypeVar("S", bound=Sheet)
_WHY = "why"  # the name of the label that says why a sheet has come again


class Attempt:
    """Does what was agreed to; of an error that is the clerk's to mend the sheet tells."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.has_failed = False

    def __enter__(self) -> None:
        _tell(self._sheet, "")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        words = sentence(error) if error is not None else None
        if words is None:
            return False
        _tell(self._sheet, words)
        self.has_failed = True
        return True


def attempts(desk: Desk, sheet: S) -> Iterator[tuple[S, Attempt]]:
    """Ask by a sheet, and yield it with an attempt at what was agreed to, until one succeeds.

    Nothing typed is lost because another program holds the data, or because what was typed can
    not be done::

        for sheet, attempt in attempts(desk, SomeSheet(...)):
            with attempt:
                keep(sheet.said)

    What follows the keeping and may fail itself, such as a look at the data, stands after the
    loop: the sheet would come again, and what was kept would be kept twice.
    """
    sheet.setProperty(COMES_AGAIN, True)
    while desk.dialogs.agrees(sheet):
        attempt = Attempt(sheet)
        try:
            yield sheet, attempt
        finally:
            if not attempt.has_failed:
                sheet.deleteLater()
        if not attempt.has_failed:
            return


def attempts_at_line(
    desk: Desk, parent: QWidget, title: str, name: str, yes: str, *, start: str = ""
) -> Iterator[tuple[str, Attempt]]:
    """Ask for a line of words, and yield it with an attempt at what it is for, as above."""
    from desktop.parts.question import AskText  # a start does without it

    for sheet, attempt in attempts(desk, AskText(title, name, yes, parent, start=start)):
        yield sheet.line.text().strip(), attempt


def _tell(sheet: Sheet, words: str) -> None:
    """Say on a sheet, above its buttons, why it has come again; it grows by as much."""
    layout, why = sheet.layout(), sheet.findChild(QLabel, _WHY)
    if why is None and not words:
        return
    assert isinstance(layout, QBoxLayout)
    if why is None:
        why = label("", "hint", tone="error", wrap=True)
        why.setObjectName(_WHY)
        layout.insertWidget(layout.count() - 1, why)
    why.setText(words)
    why.setVisible(bool(words))
    if words:
        sheet.grow()
