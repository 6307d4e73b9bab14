"""A case of one procedure made a case of another (转为法定声明): both sides, the bars, then made.

What becomes of what is the pack's to say; nothing is changed before the clerk says so, and the
case that is converted never is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.convert.bars_pane import NARROW, WIDTH, BarsPane
from desktop.pages.convert.matters_table import ORDER, in_order, matters_table
from desktop.parts.theme.chips import STATES, Look
from desktop.parts.widgets.basics import button, clear, column, frame, icon_label, line, row
from desktop.parts.widgets.frames import EmptyPage, FilterBar, FootBar, PageHead, under_head
from desktop.parts.widgets.messages import Chip, MessageStrip
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.table import RowsTable

if TYPE_CHECKING:
    from forms.ground.problems import Severity
    from forms.office.converting import Look as Looked
    from forms.pack.types import Pack

_WIDE = 1120
_MOST_TOLD = 4
_STATUTORY = "file-text"
_DONE_WITH = ("drafting", "faulty", "packless")


class ConvertPage(Page):
    """The page "convert"."""

    name = "convert"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._case_id = 0
        self._asked: tuple[int, ...] = ()
        self._others: tuple[int, ...] = ()
        self._look: Looked | None = None
        self._to: Pack | None = None
        self._chips = (Chip(), icon_label("arrow-right"), Chip())
        self.head = PageHead(self.title, back=t("convert.back"), buttons=self._chips)
        self.head.back_asked.connect(self.go_back)
        self.filters = FilterBar([(name, t(f"convert.becomes.{name}")) for name in ("all", *ORDER)])
        self.filters.chosen.connect(self._show_rows)
        self.table: RowsTable = matters_table("", "")
        self._chapter = Elided("", "hint", shrinks=False)
        self.bars = BarsPane()
        self._notes = column(space=8, margins=(16, 12, 16, 12))
        self.make = button("", "primary", trailing="arrow-right", clicked=self.make_one)
        self.many = button("", icon="copy", clicked=self.make_many)
        cancel = button(t("convert.cancel"), clicked=self.go_back)
        self.foot = FootBar(self.make, others=(cancel, self.many))
        self._lay_out()
        self.install_shortcuts()

    def _lay_out(self) -> None:
        self._left = column(space=0)
        self._left.addWidget(
            frame("bar", row(self.filters, None, self._chapter, margins=(20, 12, 20, 12)))
        )
        self._left.addWidget(line())
        self._left.addWidget(self.table, 1)
        notes = QWidget()
        notes.setLayout(self._notes)
        self._left.addWidget(notes)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addLayout(self._left, 1)
        beside.addWidget(self.bars)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(beside, 1)
        inside.addWidget(self.foot)
        to_register = button(t("convert.to_register"), "primary", clicked=self.go_back)
        words = t("convert.nothing_words")
        empty = EmptyPage("git-compare", t("convert.nothing"), words, to_register)
        self._stack = under_head(self, self.head, empty, full)

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Look at a case (`case_id`), or the first of several (`case_ids`) that becomes another."""
        case_ids = arguments.get("case_ids")
        case_id = arguments.get("case_id")
        asked = tuple(case_ids) if isinstance(case_ids, list | tuple) else ()
        if isinstance(case_id, int):
            asked = (case_id,)
        if asked:
            self._asked, self._others = asked, ()
        self.mark_stale()

    def refresh(self) -> None:
        """Look again: what was looked at may have changed."""
        from forms.office.converting import goals, look

        desk = self.desk
        cases = desk.store.cases.listed(ids=self._asked) if self._asked else []
        able = ((one, goals(one.case.pack, desk.shelf)) for one in cases)
        found, goal = next(((one, goal) for one, goal in able if goal), (None, []))
        if found is None:
            self._look = self._to = None
            self._stack.setCurrentIndex(0)
            for chip in self._chips:
                chip.hide()
            return
        self._to, self._case_id = goal[0], found.id
        if len(self._asked) > 1:
            self._others = tuple(one.id for one in cases if one.id != found.id)
        (self._look,) = look(desk.store, desk.shelf, self._to, desk.today, [found])
        self._show(self._look, self._to)
        if len(self._asked) == 1:
            self._count_others()

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's key."""
        return (Shortcut("Ctrl+Return", "convert.key", self.make_one),)

    def panes(self) -> Sequence[QWidget]:
        """The table, the bars, the foot."""
        return (self.table, self.filters, self.bars, self.foot)

    def escape(self) -> bool:
        """Back to the register."""
        self.go_back()
        return True

    def go_back(self) -> None:
        """Back to the register, at the case."""
        self.desk.go("register", **({"case_id": self._case_id} if self._case_id else {}))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the bars give way where there is little room."""
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE
        self.bars.setFixedWidth(WIDTH if is_wide else NARROW)
        self._chapter.setVisible(is_wide)

    # --- showing ----------------------------------------------------------------------------

    def _show(self, look: Looked, to: Pack) -> None:
        plan = to.conversion
        assert plan is not None
        case = look.stored.case
        short = plan.packs.get(case.pack, case.pack)
        self.head.show_title(t("convert.title", short=plan.short))
        self.head.show_beside("　".join(filter(None, (case.patent.number, case.patent.title))))
        self._show_chips(look, short, plan.short)
        self._chapter.say(t("convert.coloured", chapter=plan.chapter))
        self._remake_table(short, plan.short)
        self.bars.show_bars(plan, look.made.bars if look.made else ())
        self._show_notes(look, to)
        key = "convert.again" if look.former else "convert.make"
        self.make.setText(t(key, short=plan.short))
        self.make.setAccessibleName(self.make.text())
        self.foot.block(_block(look))
        self._show_many()
        self._stack.setCurrentIndex(1)

    def _show_chips(self, look: Looked, before: str, after: str) -> None:
        rows = self.desk.store.register.rows_of([look.stored.id])
        state = STATES.get(rows[0].state or "") if rows else None
        first, _, last = self._chips
        assert isinstance(first, Chip)
        assert isinstance(last, Chip)
        here = state or Look(_STATUTORY, "grey", "")
        first.show_look(here, f"{before}　{t(here.word)}" if here.word else before)
        last.show_look(Look(_STATUTORY, "grey", ""), after)
        for chip in self._chips:
            chip.show()

    def _remake_table(self, before: str, after: str) -> None:
        """The table's headers are the packs' words."""
        if [column.header for column in self.table.rows_model.columns][2:4] != [before, after]:
            made = matters_table(before, after)
            self._left.replaceWidget(self.table, made)
            self.table.deleteLater()
            self.table = made
        rows = self._look.made.rows if self._look and self._look.made else ()
        counts = {str(name): sum(row.becomes == name for row in rows) for name in ORDER}
        self.filters.show_counts({"all": len(rows)} | counts)
        self._show_rows(self.filters.current)

    def _show_rows(self, name: str) -> None:
        rows = self._look.made.rows if self._look and self._look.made else ()
        self.table.show_rows(row for row in in_order(rows) if name in ("all", row.becomes))

    def _show_notes(self, look: Looked, to: Pack) -> None:
        clear(self._notes)
        for reason in look.reasons[:_MOST_TOLD]:
            self._notes.addWidget(_strip_of("error", reason.message, reason.basis))
        note = to.conversion.licences if to.conversion else None
        if note is not None and look.licences:
            words = note.text.replace("{count}", str(look.licences))
            self._notes.addWidget(_strip_of("advice", words, note.basis))

    def _show_many(self) -> None:
        count = len(self._others)
        words = t("convert.one_each", count=count) if count else t("convert.one_each_none")
        self.foot.say(words)
        self.many.setVisible(bool(count))
        self.many.setText(t("convert.many", count=count + 1))
        self.many.setAccessibleName(self.many.text())

    def _count_others(self) -> None:
        """Find the other cases that may be converted like this one, beside the window."""
        desk, case_id, to = self.desk, self._case_id, self._to
        assert to is not None
        plan = to.conversion

        def work(report: Report) -> list[int]:
            with desk.own_store() as store:
                rows = [one for some in store.register.rows() for one in some]
            report.check()
            declared = {one.number_text for one in rows if one.pack == to.identity.code}
            return [
                one.id
                for one in rows
                if plan is not None
                and one.pack in plan.packs
                and one.id != case_id
                and one.number_text not in declared
                and one.state not in _DONE_WITH
            ]

        desk.jobs.run(
            work, t("convert.title", short=""), finished=partial(self._counted, case_id), quiet=True
        )

    def _counted(self, case_id: int, others: Sequence[int]) -> None:
        if case_id == self._case_id and len(self._asked) == 1:
            self._others = tuple(others)
            self._show_many()

    # --- making -----------------------------------------------------------------------------

    def make_one(self) -> None:
        """Make the new case and open it; where something changed meanwhile, look again."""
        from db.store_problems import StaleRevision
        from forms.office.converting import carry_out
        from forms.office.store import ChangedMeanwhile, case_mark

        desk, look, to = self.desk, self._look, self._to
        if look is None or to is None or not look.can_be_made or to.conversion is None:
            return
        try:
            made = carry_out(desk.store, desk.shelf, to, desk.today, [look], who=desk.who)
        except (ChangedMeanwhile, StaleRevision) as changed:
            self.refresh()
            desk.notices.tell("pending", str(changed))
            return
        new = made[look.stored.id]
        words = t("convert.done", short=to.conversion.short)
        if look.former is not None:
            words = t("convert.done_again", mark=case_mark(new))
        if desk.pack.identity.code != to.identity.code:
            desk.choose_pack(to.identity.code)
        desk.cases_changed.emit()
        desk.go("wizard", case_id=new)
        desk.notices.tell("done", words)

    def make_many(self) -> None:
        """Convert this case and the others together, and tell what became of each."""
        desk, to = self.desk, self._to
        case_ids = [self._case_id, *self._others]
        if to is None or to.conversion is None or not self._others:
            return
        count, short = len(case_ids), to.conversion.short
        words = t("convert.confirm_many", count=count, short=short)
        yes = t("convert.yes_many", count=count)
        if not desk.dialogs.confirm(self, yes, words, yes):
            return
        desk.jobs.run(
            partial(_convert_many, desk, to, case_ids),
            t("convert.doing", count=count),
            finished=self._made_many,
        )

    def _made_many(self, done: tuple[Sequence[Looked], Mapping[int, int]]) -> None:
        from desktop.pages.results.results_page import Outcome

        looks, made = done
        outcomes = [
            Outcome(
                name=one.stored.case.patent.title or t("register.no_title"),
                case=one.stored.case.patent.number or t("register.no_number"),
                reason="" if one.stored.id in made else _all_reasons(one),
                case_id=made.get(one.stored.id, one.stored.id),
            )
            for one in looks
        ]
        self._others = ()
        self.desk.cases_changed.emit()
        words = t("convert.done_many", made=len(made), left=len(looks) - len(made))
        self.desk.go(
            "results", outcomes=outcomes, words=words, kind="convert", back=("register", {})
        )


def _convert_many(
    desk: Desk, to: Pack, case_ids: Sequence[int], report: Report
) -> tuple[Sequence[Looked], Mapping[int, int]]:
    from forms.office.converting import carry_out, look

    with desk.own_store() as store:
        cases = store.cases.listed(ids=case_ids)
        looks = look(store, desk.shelf, to, desk.today, cases)
        report.check()
        return looks, carry_out(store, desk.shelf, to, desk.today, looks, who=desk.who)


def _all_reasons(one: Looked) -> str:
    return " ".join(f"{reason.message}（{reason.basis}）" for reason in one.reasons)


def _block(look: Looked) -> str:
    """Why the case can not be made, in short; the reasons stand above in full."""
    if not look.reasons:
        return ""
    standing = [bar for bar in (look.made.bars if look.made else ()) if bar.state == "stands"]
    if standing:
        return t("convert.blocked.bar", label=standing[0].label)
    if look.made is None or any(
        one.rule.startswith(("conversion.", "ledger.")) for one in look.reasons
    ):
        return t("convert.blocked.other")
    return t("convert.blocked.errors", count=len(look.reasons))


def _strip_of(severity: Severity, words: str, basis: str) -> MessageStrip:
    return MessageStrip(severity, f"{words}（{basis}）")
