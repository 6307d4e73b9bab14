"""The distributions of a pool: their list, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.distribution.one_run import OneRun
from desktop.pages.distribution.run_actions import RunActions
from desktop.pages.distribution.run_list import RunList
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.frames import EmptyPage

if TYPE_CHECKING:
    from forms.office.pool_money import PoolMoney
    from forms.office.stored import Kept
    from forms.pool.runs import Run


class DistributionPage(Page):
    """The page "distribution"."""

    name = "distribution"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pool_id, self.run_id, self._member_id = 0, 0, 0
        self.money: PoolMoney | None = None
        self.doing = RunActions(self)
        self.list = RunList(desk, self.doing)
        self.one = OneRun(desk, self.doing)
        to_pools = button(t("distribution.to_pools"), "primary", clicked=self.go_to_pool)
        empty = EmptyPage(
            "coins", t("distribution.no_pool"), t("distribution.no_pool_words"), to_pools
        )
        self.joined = EmptyPage(
            "coins",
            t("distribution.joined"),
            t("distribution.joined_words"),
            button(t("distribution.to_pools"), "primary", clicked=self.go_to_pool),
        )
        self._stack = QStackedLayout(self)
        for view in (empty, self.joined, self.list, self.one):
            self._stack.addWidget(view)
        self.list.back_asked.connect(self.go_to_pool)
        self.one.back_asked.connect(self.show_list)
        self.install_shortcuts()

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Show a pool's runs (`pool_id`), or one of them (`run_id`, perhaps at `member_id`)."""
        pool_id, run_id = arguments.get("pool_id"), arguments.get("run_id", 0)
        member_id = arguments.get("member_id", 0)
        if isinstance(pool_id, int):
            self.pool_id = pool_id
            self.run_id = run_id if isinstance(run_id, int) else 0
            self._member_id = member_id if isinstance(member_id, int) else 0
        self.mark_stale()

    def refresh(self) -> None:
        """Read the pool's money anew."""
        from forms.office.pool_money import pool_money
        from forms.office.pools import pools

        store = self.desk.store
        known = {kept.id: kept.record.run for kept in pools(store)}
        if self.pool_id not in known:
            mine = [pool_id for pool_id, run in known.items() if run == "run"]
            self.pool_id, self.run_id = next(iter(mine), 0), 0
        if known.get(self.pool_id) != "run":
            self.money, self.run_id = None, 0
            self._stack.setCurrentIndex(1 if self.pool_id else 0)
            return
        self.money = pool_money(store, self.pool_id)
        kept = next((one for one in self.money.runs if one.id == self.run_id), None)
        if kept is None:
            self.run_id = 0
            self.list.show_money(self.money)
            self._stack.setCurrentWidget(self.list)
        else:
            self.one.show_run(self.money, kept, self._member_id)
            self._member_id = 0
            self._stack.setCurrentWidget(self.one)

    def take(self, kept: Kept[Run]) -> None:
        """Show a run that was just saved; the rest of the pool's money is as it was read."""
        if self.money is None:
            return
        runs = tuple(kept if one.id == kept.id else one for one in self.money.runs)
        self.money = replace(self.money, runs=runs)
        self.one.show_run(self.money, kept)

    def show_run(self, run_id: int, member_id: int = 0) -> None:
        """Turn to a run, perhaps at a member."""
        self.run_id, self._member_id = run_id, member_id
        self.refresh()

    def show_list(self) -> None:
        """Turn to all runs."""
        self.run_id = 0
        self.refresh()

    def go_to_pool(self) -> None:
        """To the pool."""
        self.desk.go("pool", **({"pool_id": self.pool_id} if self.pool_id else {}))

    def shortcuts(self) -> Sequence[Shortcut]:
        """Keys of the page."""
        return (
            Shortcut("Ctrl+PgDown", "distribution.key_next", self.one.next_member),
            Shortcut("Ctrl+PgUp", "distribution.key_before", self.one.member_before),
            Shortcut("Ctrl+E", "distribution.key_book", self.doing.save_book),
        )

    def panes(self) -> Sequence[QWidget]:
        """Table, foot, notice."""
        shown = self._stack.currentWidget()
        if shown is self.one:
            return (self.one.shares.table, self.one.foot, self.one.preview)
        return (self.list.table, self.list.due)

    def escape(self) -> bool:
        """From a run to the list, from there to the pool."""
        if self.run_id:
            self.show_list()
        else:
            self.go_to_pool()
        return True
