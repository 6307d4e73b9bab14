"""The patent in hand: all that is asked of it, who filled it in, what may be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.stock.answer_fields import AnswerField
from desktop.pages.stock.stock_paths import Paths
from desktop.pages.stock.stock_row import StockRow
from desktop.pages.stock.ways_box import WaysBox
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.basics import button, column, icon_button, label, line, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import Chip
from forms.stock.stock_items import Item, StockForm

WIDE = 370
DONE = Look("circle-check", "done", "stock.done")
OPEN = Look("circle-dashed", "pending", "stock.open")


class StockPane(QFrame):
    """The pane beside the grid; `given` carries a row, an item's code and a text."""

    given = Signal(object, str, str)
    case_asked = Signal()
    college_asked = Signal()
    out_asked = Signal()
    closed = Signal()

    def __init__(self, form: StockForm) -> None:
        super().__init__()
        self._form = form
        self._row: StockRow | None = None
        self.setProperty("role", "side")
        self.setFixedWidth(WIDE)
        self.setAccessibleName(t("stock.pane"))
        self._chip = Chip()
        self._title = label("", "pane", wrap=True)
        self._under = label("", "hint", wrap=True)
        self.fields: dict[str, AnswerField] = {}
        self._fields, self._others = column(space=6), column(space=6)
        asked = self._asked()
        for item in (*asked, *(one for one in form.items if one not in asked)):
            field = AnswerField(item)
            field.given.connect(self._give)
            self.fields[item.code] = field
            (self._fields if item in asked else self._others).addWidget(field)
        self._filled = label("", "caption", wrap=True)
        self._note = label(form.note, "third", wrap=True)
        self.ways = WaysBox()
        self.case = button(t("stock.make_case"), icon="file-plus", clicked=self.case_asked.emit)
        self.college = button(t("stock.other_college"), "link", clicked=self.college_asked.emit)
        self.out = button(t("stock.take_out"), "link", clicked=self.out_asked.emit)
        self._lay_out()

    def _asked(self) -> tuple[Item, ...]:
        """What is counted, each item with its parts."""
        found: list[Item] = []
        for item in self._form.main:
            found += [item, *self._form.parts(item)]
        return tuple(found)

    def _lay_out(self) -> None:
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(20, 12, 16, 16)
        whole.setSpacing(8)
        close = icon_button("x", t("stock.close_pane"), keys="Esc", clicked=self.closed.emit)
        whole.addLayout(row(self._chip, None, close))
        whole.addWidget(self._title)
        whole.addWidget(self._under)
        whole.addLayout(row(self.college, self.out, None, space=16))
        whole.addWidget(line())
        whole.addLayout(self._fields)
        whole.addWidget(self._filled)
        whole.addWidget(line())
        whole.addWidget(self.ways)
        whole.addWidget(line())
        whole.addLayout(self._others)
        whole.addWidget(self._note)
        whole.addStretch()
        foot = QFrame()
        foot.setProperty("role", "foot")
        foot.setFixedHeight(tk.FOOT)
        foot.setLayout(row(self.case, margins=(20, 0, 16, 0)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        self.rolled = scrolled(inside)
        layout.addWidget(self.rolled, 1)
        layout.addWidget(foot)

    @property
    def shown(self) -> StockRow | None:
        """The row that is shown."""
        return self._row

    def show_row(self, row: StockRow, paths: Paths | None) -> None:
        """Show a patent, with what its ways hang on."""
        self._row = row
        found = row.found
        if row.is_complete:
            self._chip.show_look(DONE)
        else:
            self._chip.show_look(OPEN, t("stock.open_items", count=row.open))
        self._title.setText(found.title or t("stock.untitled"))
        whose = "　".join(filter(None, (found.college or t("stock.no_college"), found.filler)))
        self._under.setText(f"{row.under}\n{whose}")
        self._under.setToolTip(t("stock.of_ledger" if found.of_ledger else "stock.of_list"))
        for code, field in self.fields.items():
            when = self._form.item(code).when
            if when is not None:
                answer = row.answers.get(when[0])
                field.setVisible(answer is not None and when[1] in answer.values)
            field.show_row(row)
        self._filled.setText("\n".join(_filled(row)))
        self.ways.show_row(row, paths)

    def _give(self, code: str, text: str) -> None:
        if self._row is not None:
            self.given.emit(self._row, code, text)


def _filled(row: StockRow) -> list[str]:
    """Who filled in and when, each once."""
    said = dict.fromkeys(
        t("stock.filled", by=one.by or "—", day=one.on, via=f"（{one.via}）" if one.via else "")
        for one in row.answers.values()
    )
    return list(said)[:4]
