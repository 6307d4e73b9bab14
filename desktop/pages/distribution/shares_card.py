"""Who gets what: the method, a row for each member, the sum, and the sentence that proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from desktop.editing.form.segments import Segments
from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, column, frame, icon_label, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import grouped, plain
from forms.office.pool_books import four_places, grades_of, percent_words
from forms.pack.types import Choice
from forms.pool.share_input import METHOD_WORDS

if TYPE_CHECKING:
    from forms.pool.records import Pool
    from forms.pool.runs import MemberShare, Run
    from forms.pool.share_faults import NoShares

_MOST_ROWS = 400
_DOT = "・"
_GRADES, _EXACT, _DUE = 2, 5, 8  # the columns' places


class SharesTable(RowsTable):
    """The table of the shares: without grades, or without earlier runs, their columns are gone."""

    has_grades = has_before = False

    def is_wanted(self, column: int) -> bool:
        """Whether a column has anything to say."""
        return {_GRADES: self.has_grades, _DUE: self.has_before}.get(column, True)

    def going(self) -> Sequence[int]:
        """What is reckoned exactly goes first; what a correction gives never goes."""
        return (_EXACT, _GRADES) if self.has_before else (_DUE, _EXACT, _GRADES)


class SharesCard(Card):
    """Shows the shares of a run; the last row is their sum."""

    method_asked = Signal(str)
    by_days_asked = Signal(bool)
    formula_asked = Signal()
    member_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grades: tuple[str, ...] = ()
        choices = [Choice(value=name, label=words) for name, words in METHOD_WORDS.items()]
        self.method = Segments(t("distribution.method"), choices)
        self.method.chosen.connect(self.method_asked)
        self.by_days = QCheckBox(t("distribution.by_days"))
        self.by_days.clicked.connect(self.by_days_asked)
        self.formula = button(t("distribution.formula"), "link", clicked=self.formula_asked.emit)
        self._weights = Elided("", "hint")
        head = row(
            label(t("distribution.method"), "strong"),
            self.method,
            self.by_days,
            space=12,
            margins=(16, 10, 12, 10),
        )
        head.addWidget(self._weights, 1)
        head.addWidget(self.formula)
        self.table = SharesTable(self._columns(), t("distribution.shares"))
        self.table.chosen.connect(self._chosen)
        self._proof = column(space=0)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(self.table)

    def show_run(self, pool: Pool, run: Run, fault: NoShares | None) -> None:
        """Show a run's shares; with a fault there are none."""
        self.method.show_value(run.rule.method)
        self.by_days.setChecked(run.rule.by_days)
        for one in (self.method, self.by_days):
            one.setEnabled(not run.is_closed)
        self.formula.setVisible(not run.is_closed)
        self._weights.say(_rule_words(pool, run))
        self._grades = grades_of(pool, run)
        self.table.has_before = run.corrects is not None
        self.table.has_grades = any(self._grades)
        self.table.show_columns(self._columns())
        self.table.fit_columns(self.table.viewport().width())
        rows: list[Any] = list(run.shares) if fault is None else []
        if rows:
            rows.append(run)
        self.table.show_rows(rows)
        self.table.empty_words = lambda: t("distribution.no_shares")
        shown = min(max(len(rows), 2), _MOST_ROWS)
        self.table.setFixedHeight(tk.HEADER * (shown + 1) + 2)

    def choose(self, place: int) -> None:
        """Take a member in hand."""
        if 0 <= place < len(self.table.rows) - 1:
            self.table.choose(place)

    def _chosen(self, one: Any) -> None:
        if one is not None and hasattr(one, "member_id"):
            self.member_chosen.emit(one.member_id)

    def _columns(self) -> tuple[Column, ...]:
        grades = _DOT.join(name[:1] or "—" for name in self._grades)
        columns = [
            Column(header=t("distribution.table.member"), text=_name, ground=_ground),
            _right("count", lambda one: str(one.count), _count, 56),
            Column(
                header=grades or t("distribution.table.grades"),
                text=self._of_grades,
                width=max(72, 30 * len(self._grades) + 20),
                is_right=True,
                may_go=True,
                ground=_ground,
            ),
            _right("weight", lambda one: plain(one.weight), lambda run: plain(_weight(run)), 80),
            _right("part", percent_words, lambda _run: "100.0000%", 96),
            _right("exact", _exact, lambda _run: "", 124, may_go=True),
            _right("rounding", _rounding, _rounded, 60, ink=True),
            _right("amount", lambda one: grouped(one.amount), lambda run: _sum(run, "amount"), 128),
            _right(
                "due", lambda one: grouped(one.due), lambda run: _sum(run, "due"), 124, may_go=True
            ),
        ]
        return tuple(columns)

    def _of_grades(self, one: Any) -> str:
        if hasattr(one, "member_id"):
            return _DOT.join(str(one.grades.get(name, 0)) for name in self._grades)
        totals = [sum(share.grades.get(name, 0) for share in one.shares) for name in self._grades]
        return _DOT.join(map(str, totals))


def _right(
    name: str,
    of_member: Any,
    of_all: Any,
    width: int,
    *,
    may_go: bool = False,
    ink: bool = False,
) -> Column:
    return Column(
        header=t(f"distribution.table.{name}"),
        text=lambda one: of_member(one) if hasattr(one, "member_id") else of_all(one),
        width=width,
        is_right=True,
        may_go=may_go,
        ink=(lambda _one: "accent") if ink else None,
        ground=_ground,
    )


def _ground(one: Any) -> str:
    return "" if hasattr(one, "member_id") else "sunken"


def _name(one: Any) -> str:
    return str(one.name) if hasattr(one, "member_id") else t("distribution.table.total")


def _exact(one: MemberShare) -> str:
    return grouped_places(Fraction(one.exact))


def grouped_places(number: Fraction) -> str:
    """An exact amount with four decimals, grouped."""
    return f"{four_places(number):,.4f}"


def _rounding(one: MemberShare) -> str:
    return "+0.01" if one.is_rounded_up else ""


def _rounded(run: Run) -> str:
    count = sum(share.is_rounded_up for share in run.shares)
    return t("distribution.fen", count=count) if count else ""


def _count(run: Run) -> str:
    return str(sum(share.count for share in run.shares))


def _weight(run: Run) -> Decimal:
    return sum((share.weight for share in run.shares), Decimal(0))


def _sum(run: Run, name: str) -> str:
    return grouped(sum((getattr(share, name) for share in run.shares), Decimal("0.00")))


def _rule_words(pool: Pool, run: Run) -> str:
    rule = run.rule
    parts: Mapping[str, Decimal | None] = {
        "number": rule.number_part,
        "weight": rule.weight_part,
        "agreed": rule.agreed_part,
    }
    said = []
    if rule.method == "formula":
        said += [
            f"{t(f'distribution.parts.{name}')} {plain(part)}%"
            for name, part in parts.items()
            if part
        ]
    if rule.method in ("weight", "formula"):
        said += [f"{grade.name} {plain(grade.weight)}" for grade in pool.grades]
    if rule.floor_percent is not None:
        said.append(t("distribution.floor_said", percent=plain(rule.floor_percent)))
    if rule.cap_percent is not None:
        said.append(t("distribution.cap_said", percent=plain(rule.cap_percent)))
    return "，".join(said)


def _is_of_agreed(run: Run) -> bool:
    return run.rule.method == "agreed"


def proof_strip(run: Run, fault: NoShares | None, otherwise: str) -> QFrame:
    """The sentence that proves the sum, or what is wrong."""
    if fault is not None:
        words = "；".join(one.words for one in fault.faults) + "。"
        remedy = t("distribution.agreed_where") if _is_of_agreed(run) else ""
        return MessageStrip("error", words + remedy)
    words = t("distribution.proof", amount=grouped(run.totals.distributed)) + otherwise
    beside = row(icon_label("circle-check", "done"), space=10, margins=(12, 10, 12, 10))
    beside.addWidget(label(words, wrap=True), 1)
    made = frame("strip", beside)
    made.setProperty("tone", "done")
    made.setAccessibleName(words)
    return made
