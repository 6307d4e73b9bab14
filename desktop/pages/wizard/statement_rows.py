"""Factors and sources of a statement: rows of a card, added, filled in, taken away.

The expected number of licensees stands last among the factors and stays: every method asks for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.editing.draft import Draft
from desktop.editing.form.line_editor import BoundLine
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, icon_button, label, row, set_role, set_state
from desktop.parts.widgets.plain_tip import plain_tip
from forms.facts.fee_reckoning import MOST_FACTORS
from forms.facts.record import DataSource, Factor
from forms.ground.combining import new_places

FACTORS, SOURCES = "statement.factors", "statement.sources"
LICENSEES, WHY_SO_MANY = "statement.licensees", "statement.licensees_reason"
_AROUND = 16  # of the words in a line
_NAME, _VALUE, _DAY, _REMOVE = 118, 68, 116, 32


class _Row(QFrame):
    """Lines of one of a list, and what takes it away."""

    removed = Signal(int)  # its place

    def __init__(self, lines: Mapping[str, BoundLine], widths: Mapping[str, int]) -> None:
        super().__init__()
        self.lines = lines
        self.place = 0
        self.remover = icon_button("x", "", clicked=self._remove)
        self.remover.setFixedWidth(_REMOVE)
        self.setProperty("role", "listed")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 4, 4)
        self._layout.setSpacing(8)
        for name, line in lines.items():
            self._layout.addWidget(line, 0 if name in widths else 1)
            if name in widths:
                line.setFixedWidth(widths[name])

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.place)

    def end_with(self, widget: QWidget | None) -> None:
        """Put what stands at the right end."""
        if widget is not None:
            self._layout.addWidget(widget)
        else:
            self._layout.addSpacing(_REMOVE + self._layout.spacing())

    def begin_with(self, widget: QWidget) -> None:
        """Put what stands at the left."""
        self._layout.insertWidget(0, widget)


class _Rows(QWidget):
    """A list of a statement in a card with what adds to it."""

    at = Signal(str)
    gone = Signal(str)
    rebuilt = Signal()

    LIST = ""
    TEXTS = ""
    WIDTHS: Mapping[str, int]

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.rows: list[_Row] = []
        self._shown: tuple[Any, ...] = ()
        self._wanted = ""  # whose line is to have the focus once it is there
        self._focus_soon = QTimer(self, singleShot=True, interval=0)
        self._focus_soon.timeout.connect(self._focus_wanted)
        self.add = button(t(f"statement.{self.TEXTS}.add"), "link", clicked=self.ask)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self._inside = QVBoxLayout(self.card)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        title = label(t(f"statement.{self.TEXTS}.title"), "label")
        whole.addLayout(
            row(title, label(t(f"statement.{self.TEXTS}.hint"), "hint"), None, self.add, space=10)
        )
        whole.addWidget(self.card)

    def ask(self) -> None:
        """Add one."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what stands in the draft; rows come and go at the end, but for the one in hand."""
        items = self.draft.value(self.LIST)
        count, before = len(items), len(self.rows)
        while len(self.rows) < count:
            self._append(len(self.rows))
        self._follow(items)
        while len(self.rows) > count:
            gone = self.rows.pop()
            gone.hide()
            gone.deleteLater()
        if count != before:
            self.rebuilt.emit()
        for one in self.rows:
            for line in one.lines.values():
                line.refresh()
                show_whole(line)
        self.card.setVisible(self._has_more() or count > 0)

    def _follow(self, items: tuple[Any, ...]) -> None:
        """Let the row in hand go with what it is of, for which what is composed there is meant."""
        in_hand, before, self._shown = self.window().focusWidget(), self._shown, items
        hand = next((n for n, one in enumerate(self.rows) if one.isAncestorOf(in_hand)), None)
        if hand is None or (place := new_places(before, items).get(hand)) == hand:
            return
        if place is None:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        one = self.rows.pop(hand)
        self.rows.insert(place, one)
        self._inside.removeWidget(one)
        self._inside.insertWidget(place + self._before(), one)
        for at, each in enumerate(self.rows):
            self._number(each, at)

    def _has_more(self) -> bool:
        """Whether something stands in the card besides the rows."""
        return False

    def _append(self, place: int) -> None:
        made = _Row({name: self._line(place, name) for name in self._names()}, self.WIDTHS)
        made.removed.connect(self.remove)
        made.end_with(made.remover)
        self._number(made, place)
        self.rows.append(made)
        self._inside.insertWidget(place + self._before(), made)

    def _number(self, one: _Row, place: int) -> None:
        """Let a row be of what stands at a place."""
        one.place, words = place, t(f"statement.{self.TEXTS}.remove", place=place + 1)
        one.remover.setAccessibleName(words)
        one.remover.setToolTip(plain_tip(words))
        for name, line in one.lines.items():
            line.path = f"{self.LIST}.{place}.{name}"
            line.setAccessibleName(t(f"statement.{self.TEXTS}.{name}_of", place=place + 1))

    def _before(self) -> int:
        """How many widgets stand above the rows."""
        return 0

    def _names(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _line(self, place: int, name: str) -> BoundLine:
        line = bound(self.draft, f"{self.LIST}.{place}.{name}")
        line.setPlaceholderText(t(f"statement.{self.TEXTS}.{name}"))
        line.at.connect(self.at)
        line.gone.connect(self.gone)
        return line

    def put_last(self, one: Any, name: str) -> None:
        """Add one to the list; the line of a name takes the focus."""
        items = self.draft.value(self.LIST)
        self._wanted = f"{self.LIST}.{len(items)}.{name}"
        self.draft.put(self.LIST, (*items, one))
        self._focus_soon.start()

    @Slot(int)
    def remove(self, place: int) -> None:
        """Take one away; the focus goes to the next, else to what adds one."""
        items = self.draft.value(self.LIST)
        self.draft.put(self.LIST, (*items[:place], *items[place + 1 :]))
        last = len(items) - 2
        self._wanted = f"{self.LIST}.{min(place, last)}.{self._names()[0]}" if last >= 0 else ""
        self._focus_soon.start()

    @Slot()
    def _focus_wanted(self) -> None:
        widget = self.lines().get(self._wanted) or self.add
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> Mapping[str, QWidget]:
        """The lines by the path of their facts."""
        return {line.path: line for one in self.rows for line in one.lines.values()}


class FactorRows(_Rows):
    """The factors, and last the expected number of licensees."""

    LIST, TEXTS = FACTORS, "factors"
    WIDTHS = MappingProxyType({"name": _NAME, "value": _VALUE})

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        head = QFrame()
        head.setProperty("role", "heads")
        heads = row(space=8, margins=(16, 6, 4, 6))
        for name in ("name", "value", "reason"):
            words = label(t(f"statement.factors.{name}"), "hint")
            if name != "reason":
                words.setFixedWidth(self.WIDTHS[name])
            heads.addWidget(words, name == "reason")
        head.setLayout(heads)
        self._inside.addWidget(head)
        self.count = self._bound_last(LICENSEES, t("statement.factors.licensees"))
        self.why = self._bound_last(WHY_SO_MANY, t("statement.factors.reason"))
        self.why.setPlaceholderText(t("statement.factors.reason"))
        set_role(self.count, "blank")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._last = _Row({"value": self.count, "reason": self.why}, {"value": _VALUE})
        last_name = label(t("statement.factors.licensees"))
        last_name.setFixedWidth(_NAME)
        last_name.setIndent(7)
        self._last.begin_with(last_name)
        self._last.end_with(None)
        self._inside.addWidget(self._last)
        self.refresh()

    def _bound_last(self, path: str, name: str) -> BoundLine:
        line = bound(self.draft, path)
        line.setAccessibleName(name)
        line.at.connect(self.at)
        line.gone.connect(self.gone)
        return line

    def refresh(self) -> None:
        """Show what stands in the draft."""
        super().refresh()
        self.count.refresh()
        self.why.refresh()
        show_whole(self.why)
        is_full = len(self.rows) >= MOST_FACTORS
        self.add.setEnabled(not is_full)
        self.add.setToolTip(
            plain_tip(t("statement.factors.most", most=MOST_FACTORS)) if is_full else ""
        )

    def _has_more(self) -> bool:
        return True

    def _before(self) -> int:
        return 1

    def _names(self) -> tuple[str, ...]:
        return ("name", "value", "reason")

    def _line(self, place: int, name: str) -> BoundLine:
        line = super()._line(place, name)
        if name == "value":
            set_role(line, "blank")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return line

    def ask(self) -> None:
        """Offer the usual factors that are not there yet, and one of one's own words."""
        known = {factor.name for factor in self.draft.value(FACTORS)}
        moulds = self.draft.pack.statement
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in moulds.factors if moulds else ():
            if name not in known:
                menu.addAction(name.replace("&", "&&")).setData(name)
        menu.addSeparator()
        menu.addAction(t("statement.factors.own")).setData("")
        menu.triggered.connect(self._take)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 2)))

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        name = str(action.data())
        self.put_last(Factor(name=name), "value" if name else "name")

    def lines(self) -> Mapping[str, QWidget]:
        """The lines by the path of their facts, the licensees' too."""
        return {**super().lines(), LICENSEES: self.count, WHY_SO_MANY: self.why}


class SourceRows(_Rows):
    """Where the figures come from."""

    LIST, TEXTS = SOURCES, "sources"
    WIDTHS = MappingProxyType({"day": _DAY})

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.refresh()

    def _names(self) -> tuple[str, ...]:
        return ("name", "day")

    def ask(self) -> None:
        """Add a source."""
        self.put_last(DataSource(), "name")


def bound(draft: Draft, path: str) -> BoundLine:
    """A line of a row: its frame is seen only in hand."""
    line = BoundLine(draft, path)
    set_role(line, "inner")
    return line


def show_whole(line: BoundLine) -> None:
    """Let the tip say what a line has no room for."""
    is_cut = line.fontMetrics().horizontalAdvance(line.text()) > line.width() - _AROUND
    line.setToolTip(plain_tip(line.text()) if is_cut else "")


def mark(lines: Mapping[str, QWidget], worst: Mapping[str, str]) -> None:
    """Mark the lines that something is wrong with."""
    for path, widget in lines.items():
        severity = worst.get(path, "")
        set_state(widget, "" if severity == "advice" else severity)
