"""The tab 许可: what the pool licensed, to whom, what came in."""

from typing import Any

from desktop.installed.screen_texts import t
from desktop.pages.pool.licence_row import licensed, licensee_of, paid_how
from desktop.pages.pool.list_tab import ListTab, list_tools
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import LicenceLine, PoolLook
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import yuan


class LicencesTab(ListTab):
    """Lists the licences of a pool."""

    NAME = "licences"
    FILTERS = ("outside", "cross", "all")

    def __init__(self, doing: PoolActions) -> None:
        self.receipt = button(t("pool.licences.receipt"), icon="coins", clicked=self._receipt)
        self.contract = button(
            t("pool.papers.of.licence"), icon="file-text", clicked=self._print_contract
        )
        super().__init__(doing, self._columns(), beside=(self.contract, self.receipt))
        self.filters.choose("all")
        self.table.opened.connect(lambda one: doing.open_licence(one.kept.id))
        self.table.chosen.connect(self._follow)
        self.tools = list_tools(doing, t("pool.licences.new"), doing.new_licence)
        self._follow(None)

    def rows_of(self, look: PoolLook) -> list[Any]:
        """The licences, the latest first."""
        return list(look.licences)

    def is_in(self, row: LicenceLine, filter_: str) -> bool:
        """Whether it is one to others, or among the members."""
        return filter_ == "all" or row.kept.record.is_cross == (filter_ == "cross")

    def found(self, row: LicenceLine) -> str:
        """Licensee, title, numbers."""
        one = row.kept.record
        return " ".join((one.licence.licensee.name, one.title, *one.numbers)).casefold()

    def show_rows(self, *given: object) -> None:
        """Show the rows; what may be done follows."""
        super().show_rows(*given)
        self._follow(None)

    def _follow(self, _one: object) -> None:
        for one in (self.receipt, self.contract):
            one.setEnabled(self.table.current is not None)

    def _print_contract(self) -> None:
        if (one := self.table.current) is not None:
            self.doing.save_paper("licence", str(one.kept.id), licensee_of(one.kept.record))

    def _receipt(self) -> None:
        if self.table.current is not None:
            self.doing.note_receipt(self.table.current.kept.id)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                header=t("pool.licences.table.licensee"),
                text=lambda one: licensee_of(one.kept.record),
                second=lambda one: licensed(one.kept.record),
            ),
            Column(
                header=t("pool.licences.table.royalty"),
                text=lambda one: paid_how(one.kept.record) or "—",
                width=220,
                may_go=True,
            ),
            Column(header=t("pool.licences.table.term"), text=_term, width=210, may_go=True),
            Column(
                header=t("pool.licences.table.received"),
                text=lambda one: yuan(one.received) if one.received else "—",
                width=120,
                is_right=True,
            ),
            Column(
                header=t("pool.licences.table.state"),
                text=lambda one: one.words,
                icon=lambda one: (one.icon, one.tone),
                ink=lambda one: one.tone,
                width=170,
            ),
        )


def _term(one: LicenceLine) -> str:
    first, last = one.kept.record.licence.starts_on, one.kept.record.licence.ends_on
    if first is None and last is None:
        return "—"
    return f"{first or ''} — {last or t('pool.licences.open_end')}"
