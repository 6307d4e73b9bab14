"""The tab 成员: who is in the pool, with what, since when; and who left."""

from decimal import Decimal
from typing import Any

from desktop.installed.screen_texts import t
from desktop.pages.pool.list_tab import ListTab, list_tools
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import plain
from forms.office.stored import Kept
from forms.pool.overview import Portion
from forms.pool.records import Agreement, Member

_IN = Look("circle-check", "done", "pool.members.in")
_NO_AGREEMENT = Look("clock", "pending", "pool.members.no_agreement")
_LEFT = Look("circle-minus", "grey", "pool.members.left")


class MembersTab(ListTab):
    """Lists the members of a pool."""

    NAME = "members"
    FILTERS = ("in", "out", "all")

    def __init__(self, doing: PoolActions) -> None:
        self.send = button(t("pool.members.package"), icon="package", clicked=self._send)
        self.out = button(t("pool.members.leave"), icon="circle-minus", clicked=self._leave)
        self.exit = button(t("pool.papers.of.exit"), icon="printer", clicked=self._print_exit)
        super().__init__(doing, self._columns(), beside=(self.exit, self.send, self.out))
        self.table.opened.connect(lambda kept: doing.edit_member(kept.id))
        self.table.chosen.connect(self._follow)
        self.tools = list_tools(doing, t("pool.members.new"), doing.new_member)
        self._follow(None)

    def rows_of(self, look: PoolLook) -> list[Any]:
        """All members there were, in the order of joining."""
        self._agreements: dict[int, Agreement] = {
            one.record.member_id: one.record
            for one in look.whole.agreements
            if one.record.member_id is not None and one.record.signed_on is not None
        }
        return list(look.whole.members)

    def is_in(self, row: Kept[Member], filter_: str) -> bool:
        """Whether it is a member still."""
        return filter_ == "all" or (row.record.left_on is None) == (filter_ == "in")

    def found(self, row: Kept[Member]) -> str:
        """Name, contact, telephone."""
        party = row.record.party
        return " ".join((party.name, party.contact, party.phone)).casefold()

    def show_rows(self, *given: object) -> None:
        """Show the rows; what may be done follows."""
        super().show_rows(*given)
        self._follow(None)

    def _follow(self, _one: object) -> None:
        one = self.table.current
        self.send.setEnabled(one is not None)
        self.exit.setEnabled(one is not None)
        self.out.setEnabled(one is not None and one.record.left_on is None)

    def _send(self) -> None:
        if self.table.current is not None:
            self.doing.send_package(self.table.current.id)

    def _print_exit(self) -> None:
        if (one := self.table.current) is not None:
            self.doing.save_paper("exit", str(one.id), one.record.party.name)

    def _leave(self) -> None:
        if self.table.current is not None:
            self.doing.leave(self.table.current.id)

    def _part(self, kept: Kept[Member]) -> Portion:
        none = Portion(member_id=kept.id, count=0, weight=Decimal(0), percent=Decimal(0))
        return (self.look.portions or {}).get(kept.id, none)

    def _state(self, kept: Kept[Member]) -> tuple[Look, str]:
        if kept.record.left_on is not None:
            return _LEFT, t("pool.members.left_on", day=kept.record.left_on)
        agreement = self._agreements.get(kept.id)
        if agreement is None:
            return _NO_AGREEMENT, t(_NO_AGREEMENT.word)
        if agreement.ends_on is not None:
            return _IN, t("pool.members.until", day=agreement.ends_on)
        return _IN, t(_IN.word)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                header=t("pool.members.name"),
                text=lambda one: one.record.party.name,
                second=lambda one: "　".join(
                    part for part in (one.record.party.contact, one.record.party.phone) if part
                ),
            ),
            Column(
                header=t("pool.members.joined"),
                text=lambda one: str(one.record.joined_on or "—"),
                width=120,
                may_go=True,
            ),
            Column(
                header=t("pool.members.count"),
                text=lambda one: f"{self._part(one).count:,}",
                width=80,
                is_right=True,
            ),
            Column(
                header=t("pool.members.weight"),
                text=lambda one: plain(self._part(one).weight),
                width=90,
                is_right=True,
                may_go=True,
            ),
            Column(
                header=t("pool.members.part"),
                text=lambda one: f"{self._part(one).percent:.1f}%",
                width=90,
                is_right=True,
            ),
            Column(
                header=t("pool.members.agreed"),
                text=lambda one: (
                    f"{plain(one.record.share_percent)}%"
                    if one.record.share_percent is not None
                    else "—"
                ),
                width=100,
                is_right=True,
                may_go=True,
            ),
            Column(
                header=t("pool.members.agreement"),
                text=lambda one: self._state(one)[1],
                chip=self._state,
                width=190,
            ),
        )
