"""The tab 专利: the list of the pool, which patents are in and which fell out."""

from collections.abc import Mapping
from typing import Any

from desktop.installed.screen_texts import t
from desktop.pages.pool.list_tab import ListTab, list_tools
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.basics import button, clear
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import plain
from forms.office.stored import Kept
from forms.pool.book_columns import WHY_WORDS
from forms.pool.overview import NO_CLASS, NO_GRADE
from forms.pool.records import PoolPatent
from forms.pool.standing import is_in, weight_of, weights

_IN = Look("circle-check", "done", "pool.patents.in")
_LATER = Look("clock", "accent", "pool.patents.later")
_OUT = Look("circle-minus", "grey", "pool.patents.out")
_INVALID = Look("octagon-x", "error", "pool.patents.out")


class PatentsTab(ListTab):
    """Lists the patents of a pool."""

    NAME = "patents"
    FILTERS = ("in", "out", "all")

    def __init__(self, doing: PoolActions) -> None:
        self.chart = button(t("pool.evidence.open"), icon="table-2", clicked=self._chart)
        self.out = button(t("pool.patents.take_out"), icon="circle-minus", clicked=self._take_out)
        held = button(t("pool.sync.by_export"), icon="refresh-cw", clicked=doing.hold_export)
        super().__init__(doing, self._columns(), beside=(held, self.chart, self.out))
        self.table.opened.connect(lambda kept: doing.edit_patent(kept.id))
        self.table.chosen.connect(self._follow)
        self.tools = list_tools(doing, t("pool.patents.new"), doing.new_patents)
        self._follow(None)

    def rows_of(self, look: PoolLook) -> list[Any]:
        """All patents there were."""
        self._weights = weights(look.whole.pool.record)
        self._today = look.today
        clear(self.strips)
        if look.offered:
            words = t("pool.sync.offered", count=len(look.offered))
            strip = MessageStrip("pending", words, fix=t("pool.sync.look"))
            strip.fix_asked.connect(self.doing.show_fall_outs)
            self.strips.addWidget(strip)
        return list(look.whole.patents)

    def is_in(self, row: Kept[PoolPatent], filter_: str) -> bool:
        """Whether it is in, or fell out."""
        return filter_ == "all" or is_in(row.record, self._today) == (filter_ == "in")

    def found(self, row: Kept[PoolPatent]) -> str:
        """Number, title, member, class, grade."""
        one = row.record
        name = self.look.whole.names.get(one.member_id, "")
        return " ".join((one.number, one.title, name, one.category, one.grade)).casefold()

    def narrow(self, wanted: object) -> None:
        """Show a cell of the matrix, or one member's."""
        if not isinstance(wanted, Mapping):
            self.show_all()
            return
        self.filters.choose("in")
        if "member_id" in wanted:
            at = wanted["member_id"]
            self.show_only(lambda one: one.record.member_id == at, self.look.whole.names[at])
            return
        name, grade = wanted["category"], wanted["grade"]
        self.show_only(
            lambda one: (
                (one.record.category or NO_CLASS, one.record.grade or NO_GRADE) == (name, grade)
            ),
            f"{name}　{grade}",
        )

    def _follow(self, _one: object) -> None:
        has = self.table.current is not None
        self.chart.setEnabled(has)
        self.out.setEnabled(has)

    def show_rows(self, *given: object) -> None:
        """Show the rows; what may be done follows."""
        super().show_rows(*given)
        self._follow(None)

    def _chart(self) -> None:
        if self.table.current is not None:
            self.doing.open_evidence(self.table.current.record.number)

    def _take_out(self) -> None:
        if self.table.current is not None:
            self.doing.take_out(self.table.current.id)

    def _state(self, kept: Kept[PoolPatent]) -> tuple[Look, str]:
        one = kept.record
        if is_in(one, self._today):
            return _IN, t(_IN.word)
        if one.why_out is None and one.entered_on and one.entered_on > self._today:
            return _LATER, t(_LATER.word)
        if one.why_out is not None:
            return (_INVALID if one.why_out == "invalid" else _OUT), WHY_WORDS[one.why_out]
        return _OUT, t("pool.patents.ended")

    def _weight(self, kept: Kept[PoolPatent]) -> str:
        weight = plain(weight_of(kept.record, self._weights))
        return t("pool.patents.weight", weight=weight)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                header=t("pool.patents.table.title"),
                text=lambda one: one.record.title or t("pool.no_name"),
                second=lambda one: one.record.number,
            ),
            Column(
                header=t("pool.patents.table.member"),
                text=lambda one: self.look.whole.names.get(one.record.member_id, ""),
                width=220,
                may_go=True,
            ),
            Column(
                header=t("pool.patents.table.class"),
                text=lambda one: one.record.category or NO_CLASS,
                width=140,
                may_go=True,
            ),
            Column(
                header=t("pool.patents.table.grade"),
                text=lambda one: one.record.grade or NO_GRADE,
                second=self._weight,
                width=96,
            ),
            Column(
                header=t("pool.patents.table.days"),
                text=lambda one: str(one.record.entered_on or t("pool.patents.no_day")),
                second=_until,
                width=130,
                may_go=True,
            ),
            Column(
                header=t("pool.patents.table.state"),
                text=lambda one: self._state(one)[1],
                chip=self._state,
                width=148,
            ),
        )


def _until(kept: Kept[PoolPatent]) -> str:
    one = kept.record
    if one.declared_on is not None:
        return t("pool.patents.declared", day=one.declared_on)
    if one.out_on is not None:
        return t("pool.patents.out_on", day=one.out_on)
    ends = [day for day in (one.agreed_until, one.term_ends) if day is not None]
    return t("pool.patents.until", day=min(ends)) if ends else ""
