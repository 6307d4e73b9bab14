"""The figures by department or kind: every figure that counts something leads to its cases."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.office.statistics_types import TOTAL, Figure, Group
from forms.office.yearly_charts import shown

_FIGURES = {"held": 72, "sent": 72, "paid": 72, "free": 72, "recorded": 72, "income": 116}
_MOST = 10


class GroupTable(RowsTable):
    """Shows groups; `asked` carries the ids of a figure's cases, and what they are."""

    asked = Signal(object, str)

    READ, LEAST = 0, 140

    def __init__(self, first: str, named: Callable[[Group], str]) -> None:
        """`first` is the heading of the names, `named` what a group is called."""
        columns = [
            Column(header=t(first), text=lambda group: _name(group, named), ground=_ground),
            *(_column(name, width) for name, width in _FIGURES.items()),
        ]
        super().__init__(columns, t(first))
        self._named = named
        self.verticalHeader().setMinimumSectionSize(tk.ROW_DENSE)
        self.verticalHeader().setDefaultSectionSize(tk.ROW_DENSE)
        self.clicked.connect(self._ask)

    def show_groups(self, groups: Iterable[Group], total: Group) -> None:
        """Show groups and their sum; beyond some rows the table scrolls."""
        self.show_rows([*groups, total])
        rows = min(len(self.rows), _MOST + 1)
        self.setFixedHeight(tk.HEADER + rows * tk.ROW_DENSE + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the cases of the figure in hand; left and right go from one to another."""
        index = self.currentIndex()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and index.isValid():
            self._ask(index)
        else:
            super().keyPressEvent(event)

    def _ask(self, index: QModelIndex) -> None:
        name = list(_FIGURES)[max(index.column() - 1, 0)]
        group = self.rows[index.row()]
        figure = _figure(group, name)
        if figure.case_ids:
            words = t(f"statistics.groups.{name}")
            self.asked.emit(figure.case_ids, f"{_name(group, self._named)}　{words}")


def _column(name: str, width: int) -> Column:
    return Column(
        header=t(f"statistics.groups.{name}"),
        text=partial(_shown, name),
        ink=partial(_ink, name),
        ground=_ground,
        width=width,
        is_right=True,
    )


def _shown(name: str, group: Group) -> str:
    return shown(_figure(group, name).value)


def _ink(name: str, group: Group) -> str:
    return "accent" if _figure(group, name).case_ids else "text2"


def _ground(group: Group) -> str:
    return "sunken" if group.name == TOTAL else ""


def _figure(group: Group, name: str) -> Figure:
    found: Any = getattr(group, name)
    assert isinstance(found, Figure)
    return found


def _name(group: Group, named: Callable[[Group], str]) -> str:
    return group.name if group.name == TOTAL else named(group)
