"""The pages of the window, one row each: a new page is a folder and a row here.

Window, rail, preloading, dropped files, help and the pictures of screens all go by this table.
A page's title is the text `frame.places.NAME`, its chapter of the guide `help.of.NAME`.
Pages are named by their modules, which are loaded when a page is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from desktop.installed.workplaces import BUREAU, OFFICE, WORKPLACES, Workplace
from forms.ground.endings import ANSWERS, SCANS, TABLES

if TYPE_CHECKING:
    from desktop.desk.desk import Desk
    from desktop.desk.page_base import Page


FOLDER = "/"
"""Among the endings of what is dropped: a folder."""


class PageRow(NamedTuple):
    """A page: where its class is found, under which place of the rail it stands, what it takes.

    One with an `icon` is itself a place of the rail, with `keys` to go there.
    """

    name: str
    module: str
    page: str
    """The name of the page's class in the module."""
    under: str = ""
    """The place of the rail it belongs to; "" where it is one."""
    icon: str = ""
    keys: str = ""
    is_at_foot: bool = False
    work: str = ""
    """The setting by which the place is on the rail (用到的工作); "" where it always is."""
    workplaces: tuple[Workplace, ...] = (OFFICE,)
    """The workplaces (工作台) on whose rail it stands."""
    waiting: Callable[[Desk], int] | None = None
    """How many things wait there; it is asked often and without the page: be quick."""
    drops: tuple[str, ...] = ()
    """The endings of files for which it is opened when they are dropped anywhere; of two pages the
    one with the longer ending takes a file, else the first."""
    dropped_with: Mapping[str, object] = MappingProxyType({})
    """What it is entered with besides such files."""
    ahead: tuple[str, ...] = ()
    """What is loaded beside the window, since it will be wanted: modules."""

    @property
    def title(self) -> str:
        """The key of the page's title."""
        return f"frame.places.{self.name}"

    @property
    def place(self) -> str:
        """The place of the rail under which it stands."""
        return self.under or self.name

    def load(self) -> type[Page]:
        """The page's class, loaded if need be."""
        made: type[Page] = getattr(import_module(self.module), self.page)
        return made


def _packages_waiting(desk: Desk) -> int:
    """How many packages have faults on which nobody has decided."""
    from forms.bureau.package_care import wants_care
    from forms.bureau.records import PACKAGES

    shelf = desk.store.records.of(PACKAGES)
    some = [one for state in ("faulty", "unreadable") for one in shelf.listed(state=state)]
    return sum(wants_care(one.record) for one in some)


def _cases_to_review(desk: Desk) -> int:
    """How many patents wait for a decision; their packages may not be sent to review yet."""
    from forms.bureau.records import PACKAGE_CASES

    return desk.store.records.of(PACKAGE_CASES).count(state="waiting")


def _to_report(desk: Desk) -> int:
    """How many packages nobody has noted as sent, and cases returned and not reported again."""
    from forms.office.replies import returned

    return desk.store.papers.count_unsent() + len(returned(desk.store))


_ROWS = (
    PageRow(
        name="overview",
        module="desktop.pages.overview",
        page="OverviewPage",
        icon="layout-dashboard",
        keys="Ctrl+1",
        waiting=lambda desk: desk.overdue,  # as the window's reminder counted
    ),
    PageRow(
        name="register",
        module="desktop.pages.register",
        page="RegisterPage",
        icon="folder-open",
        keys="Ctrl+2",
        ahead=(
            "desktop.pages.register",
            "desktop.pages.register.case_actions",
            "forms.office.case_states",
        ),
    ),
    PageRow(
        name="wizard",
        module="desktop.pages.wizard",
        page="WizardPage",
        under="register",
        ahead=("desktop.pages.wizard", "desktop.on_paper.preview", "forms.output.pdf", "pypdfium2"),
    ),
    PageRow(
        name="import",
        module="desktop.pages.import_sheets",
        page="ImportPage",
        under="register",
        drops=TABLES,
        ahead=(
            "desktop.pages.import_sheets",
            "forms.exchange.import_plan",
            "forms.exchange.xlsx_zip",
        ),
    ),
    PageRow(name="sync", module="desktop.pages.sync", page="SyncPage", under="register"),
    PageRow(name="convert", module="desktop.pages.convert", page="ConvertPage", under="register"),
    PageRow(name="results", module="desktop.pages.results", page="ResultsPage", under="register"),
    PageRow(
        name="submission",
        module="desktop.pages.submission",
        page="SubmissionPage",
        icon="send",
        keys="Ctrl+3",
        waiting=_to_report,
        ahead=("desktop.pages.submission",),
    ),
    PageRow(
        name="replies",
        module="desktop.pages.replies",
        page="RepliesPage",
        under="submission",
        drops=ANSWERS,
    ),
    PageRow(
        name="seals",
        module="desktop.pages.seals",
        page="SealsPage",
        under="submission",
        drops=SCANS,
        ahead=("desktop.pages.seals",),
    ),
    PageRow(
        name="licences",
        module="desktop.pages.licences",
        page="LicencesPage",
        icon="handshake",
        keys="Ctrl+4",
        ahead=("desktop.pages.licences.one_licence",),
    ),
    PageRow(
        name="pool",
        module="desktop.pages.pool",
        page="PoolPage",
        icon="layers",
        keys="Ctrl+6",
        work="work.pool",
    ),
    PageRow(
        name="distribution",
        module="desktop.pages.distribution",
        page="DistributionPage",
        under="pool",
    ),
    PageRow(
        name="stock",
        module="desktop.pages.stock",
        page="StockPage",
        icon="clipboard-check",
        keys="Ctrl+7",
        work="work.stock",
    ),
    PageRow(
        name="stock_return",
        module="desktop.pages.stock_return",
        page="StockReturnPage",
        under="stock",
    ),
    PageRow(
        name="parties",
        module="desktop.pages.parties",
        page="PartiesPage",
        icon="book-user",
        keys="Ctrl+5",
        ahead=("desktop.pages.parties",),
    ),
    PageRow(name="match", module="desktop.pages.match", page="MatchPage", under="parties"),
    PageRow(
        name="province",
        module="desktop.pages.province",
        page="ProvincePage",
        icon="layout-dashboard",
        keys="Ctrl+1",
        workplaces=(BUREAU,),
        waiting=lambda desk: desk.overdue,
    ),
    PageRow(
        name="intake",
        module="desktop.pages.intake",
        page="IntakePage",
        icon="inbox",
        keys="Ctrl+2",
        workplaces=(BUREAU,),
        waiting=_packages_waiting,
        drops=(".zip", ".eml", ".msg", ".rar", ".7z", FOLDER),
        ahead=("desktop.pages.intake",),
    ),
    PageRow(
        name="review",
        module="desktop.pages.review",
        page="ReviewPage",
        icon="clipboard-check",
        keys="Ctrl+3",
        workplaces=(BUREAU,),
        waiting=_cases_to_review,
    ),
    PageRow(
        name="store",
        module="desktop.pages.store",
        page="StorePage",
        icon="library",
        keys="Ctrl+4",
        workplaces=(BUREAU,),
    ),
    PageRow(
        name="publish",
        module="desktop.pages.publish",
        page="PublishPage",
        icon="newspaper",
        keys="Ctrl+5",
        workplaces=(BUREAU,),
    ),
    PageRow(
        name="units",
        module="desktop.pages.units",
        page="UnitsPage",
        icon="book-user",
        keys="Ctrl+7",
        workplaces=(BUREAU,),
    ),
    PageRow(
        name="help",
        module="desktop.pages.help",
        page="HelpPage",
        icon="circle-help",
        keys="F1",
        is_at_foot=True,
        workplaces=WORKPLACES,
    ),
    PageRow(
        name="settings",
        module="desktop.pages.settings",
        page="SettingsPage",
        icon="settings",
        keys="Ctrl+,",
        is_at_foot=True,
        workplaces=WORKPLACES,
        drops=(".pack.zip", ".zip"),
        dropped_with={"group": "pack"},
        ahead=("desktop.pages.settings",),
    ),
)

PAGES: Mapping[str, PageRow] = {row.name: row for row in _ROWS}
"""All pages by name, those of the rail in its order."""


OPENS_WITH: Mapping[Workplace, str] = {OFFICE: "register", BUREAU: "intake"}
"""The page a workplace opens with."""

TAKES_FILES: Mapping[Workplace, str] = {OFFICE: "import", BUREAU: "intake"}
"""The page that takes the files the program was started with."""


def rail_of(workplace: Workplace) -> tuple[PageRow, ...]:
    """The places on the rail of a workplace, in their order."""
    return tuple(row for row in _ROWS if row.icon and workplace in row.workplaces)
