"""The tab 入池申请: who asks to enter with what, and how far each is."""

from typing import Any

from desktop.installed.screen_texts import t
from desktop.pages.pool.application_row import wanting
from desktop.pages.pool.list_tab import ListTab
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.table_model import Column
from forms.office.pool_entry import ON_THE_WAY, STAGE_WORDS
from forms.office.stored import Kept
from forms.pool.records import Application, Stage

_LOOKS: dict[Stage, Look] = {
    "applied": Look("file-plus", "plain", ""),
    "review": Look("search", "accent", ""),
    "listed": Look("list-checks", "accent", ""),
    "agreement": Look("stamp", "pending", ""),
    "entered": Look("circle-check", "done", ""),
    "refused": Look("file-x", "error", ""),
    "withdrawn": Look("undo-2", "grey", ""),
}


class ApplicationsTab(ListTab):
    """Lists the applications of a pool."""

    NAME = "applications"
    FILTERS = ("open", "over", "all")

    def __init__(self, doing: PoolActions) -> None:
        super().__init__(doing, self._columns())
        self.table.opened.connect(lambda kept: doing.open_application(kept.id))
        self.tools = (
            button(
                t("pool.io.import"), icon="file-spreadsheet", keys="Ctrl+I", clicked=doing.import_
            ),
            button(
                t("pool.applications.new"),
                "primary",
                icon="plus",
                keys="Ctrl+N",
                clicked=doing.new_application,
            ),
        )

    def rows_of(self, look: PoolLook) -> list[Any]:
        """The applications, the latest first."""
        return list(reversed(look.whole.applications))

    def is_in(self, row: Kept[Application], filter_: str) -> bool:
        """Whether it is on its way, or over."""
        is_open = row.record.stage in ON_THE_WAY
        return filter_ == "all" or is_open == (filter_ == "open")

    def found(self, row: Kept[Application]) -> str:
        """Applicant, numbers, titles."""
        patents = (text for one in row.record.patents for text in (one.number, one.title))
        return " ".join((row.record.applicant.name, *patents)).casefold()

    def _wants(self, kept: Kept[Application]) -> tuple[str, str]:
        return wanting(kept.record, (self.look.checked or {}).get(kept.id, ()))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                header=t("pool.applications.table.applicant"),
                text=lambda one: one.record.applicant.name,
                second=lambda one: t("pool.applications.table.id", id=one.id),
            ),
            Column(
                header=t("pool.applications.table.patents"),
                text=_patents,
                second=_numbers,
            ),
            Column(
                header=t("pool.applications.table.received"),
                text=lambda one: str(one.record.received_on or "—"),
                width=120,
                may_go=True,
            ),
            Column(
                header=t("pool.applications.table.opinions"),
                text=lambda one: _opinions(one.record),
                width=100,
                may_go=True,
            ),
            Column(
                header=t("pool.applications.table.wants"),
                text=lambda one: self._wants(one)[0],
                ink=lambda one: self._wants(one)[1],
                width=260,
                may_go=True,
            ),
            Column(
                header=t("pool.applications.table.stage"),
                text=lambda one: STAGE_WORDS[one.record.stage],
                chip=lambda one: (_LOOKS[one.record.stage], STAGE_WORDS[one.record.stage]),
                width=130,
            ),
        )


def _patents(kept: Kept[Application]) -> str:
    patents = kept.record.patents
    if not patents:
        return t("pool.applications.no_patent")
    more = t("pool.applications.more", count=len(patents) - 1) if len(patents) > 1 else ""
    return (patents[0].title or patents[0].number) + more


def _numbers(kept: Kept[Application]) -> str:
    return "、".join(one.number for one in kept.record.patents[:3])


def _opinions(record: Application) -> str:
    if not record.opinions and not record.asked:
        return "—"
    return f"{len(record.opinions)} / {max(record.asked, len(record.opinions))}"
