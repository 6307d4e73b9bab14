"""使用证据对照表 (EOU): elements of claims held against a product, with sources; saved as typed."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.store_problems import PASSING
from desktop.editing.record_session import again_ms
from desktop.installed.screen_texts import t
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook
from desktop.parts.widgets.basics import button, clear, icon_button, label, row, set_state
from desktop.parts.widgets.frames import Card, PageHead
from desktop.parts.widgets.labelled import LabelledField, scrolled
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.parts.widgets.plain_tip import plain_tip
from forms.facts.quantities import Unreadable, read_date
from forms.ground.cleaning import clean_line, clean_lines
from forms.ground.for_the_clerk import ForTheClerk
from forms.office.stored import Kept
from forms.pool.records import CHARTS, Element, Evidence, EvidenceChart

_SOON_MS = 600
_FACTS = ("product", "maker", "made_by", "made_on")
_STATES: tuple[Evidence, ...] = ("met", "equivalent", "not_met", "open")
_TEXT_HIGH = 64


class ElementRow(QFrame):
    """One element: claim, its words, what the product has, source, day, judgement."""

    changed = Signal()
    removed = Signal()

    def __init__(self, element: Element, place: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.claim = QLineEdit(element.claim)
        self.claim.setPlaceholderText(t("pool.evidence.claim_example"))
        self.words, self.found = QPlainTextEdit(element.words), QPlainTextEdit(element.found)
        self.source = QLineEdit(element.source)
        self.day = QLineEdit(str(element.source_day or ""))
        self.day.setPlaceholderText("2026-11-24")
        self.state = QComboBox()
        self.state.addItem("", None)
        for value in _STATES:
            self.state.addItem(t(f"pool.evidence.state.{value}"), value)
        self.state.setCurrentIndex(max(0, self.state.findData(element.state)))
        away = icon_button("trash-2", t("pool.evidence.remove"), clicked=self.removed.emit)
        for edit in (self.words, self.found):
            edit.setFixedHeight(_TEXT_HIGH)
            edit.setTabChangesFocus(True)
            edit.textChanged.connect(self.changed)
        for line in (self.claim, self.source, self.day):
            line.textEdited.connect(self.changed)
        self.state.activated.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 12, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        wide = (("claim", self.claim), ("words", self.words), ("found", self.found))
        for at, (name, widget) in enumerate(wide):
            field = LabelledField(t(f"pool.evidence.{name}"), widget)
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
        below = (("source", self.source), ("day", self.day), ("judged", self.state))
        for at, (name, widget) in enumerate(below):
            grid.addWidget(LabelledField(t(f"pool.evidence.{name}"), widget), 1, (1, 2, 0)[at])
        grid.addWidget(away, 0, 3)
        for at, share in enumerate((1, 4, 4)):
            grid.setColumnStretch(at, share)
        self.setAccessibleName(t("pool.evidence.row", place=place))

    @property
    def element(self) -> Element:
        """The element as it is typed; a day that can not be read is marked and left out."""
        text, day = self.day.text().strip(), None
        try:
            day = read_date(text) if text else None
            set_state(self.day, "")
        except Unreadable:
            set_state(self.day, "error")
            self.day.setToolTip(
                plain_tip(t("pool.fields.unreadable", label=t("pool.evidence.day")))
            )
        state: Evidence | None = self.state.currentData()
        return Element(
            claim=clean_line(self.claim.text()),
            words=clean_lines(self.words.toPlainText()),
            found=clean_lines(self.found.toPlainText()),
            source=clean_line(self.source.text()),
            source_day=day,
            state=state,
        )


class EvidenceView(QWidget):
    """Edits the charts of a patent; `left` says that it is left."""

    left = Signal()

    def __init__(self, doing: PoolActions) -> None:
        super().__init__()
        self._doing = doing
        self._pool_id = 0
        self._number = self._title = ""
        self._charts: list[Kept[EvidenceChart]] = []
        self._kept: Kept[EvidenceChart] | None = None
        self._shown: EvidenceChart | None = None  # what stands here, whatever others have saved
        self._saved_last: int | None = None  # the revision that was typed here
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.keep)
        self.which = ElidedCombo()
        self.which.setAccessibleName(t("pool.evidence.which"))
        self.which.setMinimumWidth(160)
        self.which.setMaximumWidth(240)
        self.which.activated.connect(self._choose)
        add = button(t("pool.evidence.add_short"), "primary", icon="plus", clicked=self.add_element)
        self.paper = button(t("pool.papers.of.evidence"), icon="printer", clicked=self._print)
        self.head = PageHead(
            t("pool.evidence.title"),
            back=t("pool.tabs.patents"),
            buttons=(self.which, self.paper, add),
        )
        self.head.back_asked.connect(self.go_back)
        self.facts = {name: QLineEdit() for name in _FACTS}
        self.conclusion = QPlainTextEdit()
        self.conclusion.setFixedHeight(_TEXT_HIGH)
        self.conclusion.setTabChangesFocus(True)
        facts = Card(t("pool.evidence.facts"), beside=" ")
        grid = QGridLayout()
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for at, (name, one) in enumerate(self.facts.items()):
            grid.addWidget(LabelledField(t(f"pool.evidence.{name}"), one), 0, at)
            one.textEdited.connect(self._later)
        grid.addWidget(
            LabelledField(t("pool.evidence.conclusion"), self.conclusion), 1, 0, 1, len(_FACTS)
        )
        self.conclusion.textChanged.connect(self._later)
        facts.body.addLayout(grid)
        self._card = facts
        self.rows: list[ElementRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(12)
        whole.addWidget(label(t("pool.evidence.hint"), "hint", wrap=True))
        whole.addWidget(facts)
        whole.addLayout(self._rows)
        more = button(t("pool.evidence.add"), "link", icon="plus", clicked=self.add_element)
        whole.addLayout(row(more, None))
        whole.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(scrolled(inside), 1)

    # --- showing --------------------------------------------------------------------------

    def show_patent(self, look: PoolLook, number: str) -> None:
        """Show the charts of a patent, the last one first; a new one where there is none."""
        self._pool_id, self._number = look.whole.pool.id, number
        titles = (one.record.title for one in look.whole.patents if one.record.number == number)
        self._title = next(titles, "")
        self.head.show_beside(f"{number}　{self._title}")
        self._read()
        self._show(self._charts[-1] if self._charts else None)

    def _read(self) -> None:
        shelf = self._doing.desk.store.records.of(CHARTS)
        self._charts = list(shelf.listed(parent=self._pool_id, keys=[self._number]))
        self.which.clear()
        for one in self._charts:
            self.which.addItem(one.record.product or t("pool.evidence.no_product"), one.id)
        self.which.addItem(t("pool.evidence.new"), 0)

    def _choose(self, place: int) -> None:
        if not self.keep():
            self.which.setCurrentIndex(self.which.findData(self._kept.id if self._kept else 0))
            return
        at = self.which.itemData(place)
        self._show(next((one for one in self._charts if one.id == at), None))

    def _show(self, kept: Kept[EvidenceChart] | None) -> None:
        desk = self._doing.desk
        self._kept, self._saved_last = None, None  # what is filled in here is not typed
        blank = EvidenceChart(
            number=self._number, title=self._title, made_on=desk.today, made_by=desk.who
        )
        chart = kept.record if kept is not None else blank
        for name, one in self.facts.items():
            one.setText(str(getattr(chart, name) or ""))
        self.conclusion.setPlainText(chart.conclusion)
        clear(self._rows)
        self.rows = []
        for element in chart.elements or (Element(),):
            self._add(element)
        self._kept, self._shown = kept, self.chart
        self._soon.stop()
        place = self.which.findData(kept.id if kept else 0)
        self.which.setCurrentIndex(place)

    def add_element(self, _checked: bool = False) -> None:
        """Begin a further element; of the same claim as the last one."""
        claim = self.rows[-1].element.claim if self.rows else ""
        self._add(Element(claim=claim)).words.setFocus()

    def _add(self, element: Element) -> ElementRow:
        made = ElementRow(element, len(self.rows) + 1)
        made.changed.connect(self._later)
        made.removed.connect(partial(self._remove, made))
        self.rows.append(made)
        self._rows.addWidget(made)
        return made

    def _remove(self, one: ElementRow) -> None:
        self.rows.remove(one)
        one.hide()
        one.deleteLater()
        self._later()

    # --- keeping --------------------------------------------------------------------------

    @property
    def chart(self) -> EvidenceChart:
        """The chart as it is typed."""
        text, day = self.facts["made_on"].text().strip(), None
        try:
            day = read_date(text) if text else None
            set_state(self.facts["made_on"], "")
        except Unreadable:
            set_state(self.facts["made_on"], "error")
        elements = [one.element for one in self.rows]
        blank = Element()
        return EvidenceChart(
            number=self._number,
            title=self._title,
            product=clean_line(self.facts["product"].text()),
            maker=clean_line(self.facts["maker"].text()),
            made_by=clean_line(self.facts["made_by"].text()),
            made_on=day,
            elements=tuple(
                one for one in elements if msgspec.structs.replace(one, claim="") != blank
            ),
            conclusion=clean_lines(self.conclusion.toPlainText()),
        )

    def _later(self) -> None:
        self._soon.start(_SOON_MS)

    def keep(self) -> bool:
        """Save what was typed; False, and it was said why, where that has to wait.

        A chart of nothing is none.
        """
        if not self._soon.isActive() and self.sender() is not self._soon:
            return True
        self._soon.stop()
        chart, desk = self.chart, self._doing.desk
        shelf = desk.store.records.of(CHARTS)
        try:
            if self._kept is not None and self._shown is not None:
                before = self._kept.id
                self._kept = shelf.save_typed(
                    *(before, self._shown, chart),
                    parent=self._pool_id,
                    who=desk.who,
                    amends=self._saved_last,
                )
                self._take_place(before, self._kept)
            elif chart.product or chart.maker or chart.elements or chart.conclusion:
                self._kept = shelf.add(chart, parent=self._pool_id, who=desk.who)
                self._charts.append(self._kept)
                self.which.insertItem(len(self._charts) - 1, chart.product, self._kept.id)
                self.which.setCurrentIndex(len(self._charts) - 1)
        except ForTheClerk as fault:
            desk.notices.tell("error", str(fault))
            if not isinstance(fault, PASSING):
                return True
            self._soon.start(again_ms(fault))
            return False
        self._shown = chart
        if self._kept is not None:
            self._saved_last = self._kept.revision
            place = self.which.findData(self._kept.id)
            self.which.setItemText(place, chart.product or t("pool.evidence.no_product"))
        return True

    def _take_place(self, before: int, kept: Kept[EvidenceChart]) -> None:
        """Let a chart stand for the one before; that may have been gone, and is a new one then."""
        self.which.setItemData(self.which.findData(before), kept.id)
        self._charts = [kept if one.id == before else one for one in self._charts]

    def _print(self, _checked: bool = False) -> None:
        if self.keep() and self._kept is not None:
            self._doing.save_paper("evidence", str(self._kept.id), self._number)

    def go_back(self) -> None:
        """Leave it."""
        if self.keep():
            self.left.emit()
