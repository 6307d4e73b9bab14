"""A sheet that says what a change makes of many cases, case by case, before it is done."""

from collections.abc import Collection, Sequence
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, column, label, line, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.sheet import Sheet
from forms.office.bulk_change import Change
from forms.office.store import case_name
from forms.office.stored import StoredCase
from forms.pack.types import Pack

_AFTER_MS = 120
_MOST_SHOWN = 300
_CASE = 270
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChangesSheet(Sheet):
    """Asks at the left, shows old and new of every case at the right; Enter does it.

    A subclass fills `form` and says in `plan` what becomes of the cases.
    """

    def __init__(
        self,
        what: str,
        cases: Sequence[StoredCase],
        pack: Pack,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.what = what
        self.changes: list[Change] = []
        self._cases, self._pack = cases, pack
        self.title = t(f"register.bulk.{what}")
        self.setWindowTitle(self.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(1040, 640)
        self.setMinimumSize(720, 440)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.show_changes)
        self._table = _new_table()
        self._locked: frozenset[int] = frozenset()
        self.sent_too = QCheckBox()
        self.sent_too.hide()
        self.sent_too.toggled.connect(self.look_soon)
        self.primary = button("", "primary", clicked=self.accept)
        self.primary.setDefault(True)
        self.form = QVBoxLayout()
        self.form.setContentsMargins(24, 16, 24, 16)
        self.form.setSpacing(12)
        self._lay_out()

    def plan(self) -> tuple[list[Change], str]:
        """What becomes of the cases, and why nothing may be done yet, "" where it may."""
        raise NotImplementedError

    @property
    def first(self) -> QWidget | None:
        """What has the focus when the sheet is opened."""
        return None

    @property
    def kept(self) -> dict[str, str]:
        """What was typed, to be put back where the sheet was left without doing it."""
        return {}

    def _lay_out(self) -> None:
        form = QWidget()
        form.setLayout(self.form)
        area = scrolled(form)
        left = column(area, self.sent_too, space=0)
        left.setStretch(0, 1)
        self.sent_too.setContentsMargins(24, 0, 24, 0)
        beside = QWidget()
        beside.setLayout(left)
        beside.setFixedWidth(330)
        middle = row(beside, self._table, space=0)
        middle.setStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        hint = label(t("register.sheet.words", count=len(self._cases)), "hint")
        head = row(label(self.title, "step"), hint, None, margins=(24, 18, 24, 14), space=12)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addLayout(middle, 1)
        whole.addWidget(line())
        self._says = label("", "hint")
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        stay.setAutoDefault(False)
        foot = row(self._says, None, stay, self.primary, margins=(24, 12, 24, 12))
        whole.addLayout(foot)

    def lock(self, case_ids: Collection[int]) -> None:
        """Leave these cases as they are, since they were sent, until the clerk says otherwise."""
        self._locked = frozenset(case_ids)
        words = t("register.sheet.sent_too", count=len(self._locked))
        self.sent_too.setText(words)
        self.sent_too.setVisible(bool(self._locked))
        self.show_changes()

    @property
    def cases(self) -> list[StoredCase]:
        """The cases that may be changed."""
        if self.sent_too.isChecked():
            return list(self._cases)
        return [one for one in self._cases if one.id not in self._locked]

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        if self.first is not None:
            self.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, at once after the last key; in a long text Ctrl and Enter do."""
        at = self.focusWidget()
        is_other = isinstance(at, QAbstractButton) and at is not self.primary
        if event.key() in _ENTER and not is_other:
            self.show_changes()
            if self.primary.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)

    def look_soon(self) -> None:
        """Show soon what becomes of the cases, since something was typed."""
        self._soon.start()

    def show_changes(self) -> None:
        """Show what the answers make of each case."""
        self._soon.stop()
        self.changes, says = self.plan()
        differ = [change for change in self.changes if change.texts]
        self._fill(differ)
        self.primary.setText(t("register.sheet.do", count=len(differ)))
        self.primary.setEnabled(bool(differ) and not says)
        self._says.setText(says or t("register.sheet.undo"))
        self.primary.setToolTip("" if self.primary.isEnabled() else plain_tip(says))

    def _fill(self, changes: Sequence[Change]) -> None:
        few = changes[:_MOST_SHOWN]
        rest = len(changes) - len(few)
        self._table.setRowCount(len(few) + bool(rest))
        of = {one[0].label for change in changes for one in change.texts}
        is_one = len(of) == 1
        for place, name in enumerate(("old", "new"), 1):
            words = t(f"register.sheet.{name}")
            said = t(f"register.sheet.{name}_of", field=min(of)) if is_one else words
            self._table.setHorizontalHeaderItem(place, QTableWidgetItem(said))
        for place, change in enumerate(few):
            case = change.stored.case
            for at, text in enumerate(
                (
                    f"{case_name(case)}\n{case.patent.title}",
                    _texts(change, 1, is_one),
                    _texts(change, 2, is_one),
                )
            ):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self._table.setItem(place, at, item)
        if rest:
            more = QTableWidgetItem(t("register.sheet.more", count=rest))
            self._table.setItem(len(few), 0, more)
        self._table.resizeRowsToContents()
        for place in range(self._table.rowCount()):
            self._table.setRowHeight(place, max(tk.ROW, self._table.rowHeight(place) + 8))


def _new_table() -> QTableWidget:
    table = QTableWidget(0, 3)
    table.setHorizontalHeaderLabels([t(f"register.sheet.{n}") for n in ("case", "old", "new")])
    table.setAccessibleName(t("register.sheet.name"))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setFixedHeight(tk.HEADER)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.resizeSection(0, _CASE)
    for section in (1, 2):
        header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
    table.setProperty("role", "changes")
    return table


def _texts(change: Change, which: Literal[1, 2], is_one: bool) -> str:
    blank = t("register.sheet.blank")
    if is_one:
        return change.texts[0][which] or blank
    return "\n".join(f"{one[0].label}：{one[which] or blank}" for one in change.texts)
