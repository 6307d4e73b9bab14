"""A field with its label, its hint and what is wrong with it beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.parts.widgets.basics import clear, label, row, set_state
from desktop.parts.widgets.messages import MessageStrip

if TYPE_CHECKING:
    from forms.ground.problems import Severity


class FieldProblem(NamedTuple):
    """What stands under a field; `fix` and `basis` are the words of the buttons, "" for none."""

    severity: Severity
    message: str
    fix: str = ""
    basis: str = ""
    on_fix: Callable[[], object] | None = None
    on_basis: Callable[[], object] | None = None


class LabelledField(QWidget):
    """Label above, widget, problems below.  The label names the widget for screen readers."""

    def __init__(
        self, text: str, widget: QWidget, *, hint: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.widget = widget
        self._name = label(text, "label")
        self._name.setBuddy(widget)
        widget.setAccessibleName(text)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        self._hint = label(hint, "hint")
        whole.addLayout(row(self._name, self._hint, None))
        if beside is None:
            whole.addWidget(widget)
        else:
            line = row(widget, beside)
            line.setStretch(0, 1)
            whole.addLayout(line)
        whole.addLayout(self._problems)

    def say(self, text: str, hint: str = "") -> None:
        """Ask for something else, with another hint."""
        self._name.setText(text)
        self._hint.setText(hint)
        self.widget.setAccessibleName(text)

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show these problems instead of those shown before."""
        clear(self._problems)
        for one in problems:
            strip = MessageStrip(one.severity, one.message, fix=one.fix, basis=one.basis)
            if one.on_fix is not None:
                strip.fix_asked.connect(one.on_fix)
            if one.on_basis is not None:
                strip.basis_asked.connect(one.on_basis)
            self._problems.addWidget(strip)
        from forms.ground.problems import SEVERITY_ORDER

        worst = min((p.severity for p in problems), key=SEVERITY_ORDER.__getitem__, default="")
        set_state(self.widget, worst if worst != "advice" else "")
        self.widget.setAccessibleDescription("；".join(one.message for one in problems))


def scrolled(widget: QWidget) -> QScrollArea:
    """The widget in an area that scrolls up and down only."""
    widget.setProperty("role", "plain")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
