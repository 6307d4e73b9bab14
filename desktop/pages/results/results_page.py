"""What was made of many cases: each paper or case with the way to open it, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.parts.outside import open_outside
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.basics import button, row
from desktop.parts.widgets.frames import Card, FilterBar, PageHead
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.office.paper_export import ExportReport

_FILTERS = ("all", "made", "draft", "left")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A paper that was made (`file`), a case (`case_id`), or what was not made (`reason`).

    Of a case that was not, `case_id` is the one it would have been made of.
    """

    name: str
    case: str
    reason: str = ""
    file: Path | None = None
    is_draft: bool = False
    case_id: int = 0

    @property
    def is_made(self) -> bool:
        """Whether there is something that was made."""
        return self.file is not None or bool(self.case_id and not self.reason)

    @property
    def state(self) -> str:
        """made, draft or left."""
        return "left" if not self.is_made else "draft" if self.is_draft else "made"


class ResultsPage(Page):
    """The page "results"."""

    name = "results"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.outcomes: list[Outcome] = []
        self._folder: Path | None = None
        self._back: tuple[str, Mapping[str, object]] = ("register", {})
        self.open_folder = button(
            t("results.open_folder"), "primary", icon="folder-open", clicked=self.show_folder
        )
        self.open_paper = button(
            t("results.papers.open"), icon="file-text", clicked=self.show_paper
        )
        self.head = PageHead(
            self.title,
            back=t("results.back"),
            buttons=(self.open_paper, self.open_folder),
        )
        self.head.back_asked.connect(self.go_back)
        self.filters = FilterBar([(name, t(f"results.papers.filters.{name}")) for name in _FILTERS])
        self.filters.chosen.connect(self._show)
        self.table = RowsTable(_columns("papers"), self.title, tone=_tone)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)
        card = Card()
        card.body.addLayout(row(self.filters, None, margins=(12, 8, 12, 8)))
        card.body.addWidget(self.table, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 8, 24, 24)
        inside.addWidget(card)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(inside, 1)
        self.install_shortcuts()

    def enter(self, **arguments: object) -> None:
        """Show a `report` of what was put into a `folder`; `back` is the page it came from.

        Or show `outcomes` of cases that were made, with `words` on all of them.
        """
        report, folder, back = (arguments.get(name) for name in ("report", "folder", "back"))
        made = arguments.get("outcomes")
        if isinstance(report, ExportReport) and isinstance(folder, Path):
            self.show_report(report, folder)
        elif isinstance(made, list):
            self.show_cases(made, str(arguments.get("words", "")))
        if isinstance(back, tuple):
            self._back = back

    def show_report(self, report: ExportReport, folder: Path) -> None:
        """Show what was made and what was not; what was not comes first."""
        self._folder = folder
        found = outcomes(report)
        made = sum(one.is_made for one in found)
        self._take(found, "papers", t("results.beside", count=made, folder=folder))

    def show_cases(self, made: Sequence[Outcome], words: str) -> None:
        """Show which cases were made and which were not; what was not comes first."""
        self._folder = None
        self._take(sorted(made, key=lambda one: one.is_made), "cases", words)

    def _take(self, found: Sequence[Outcome], kind: str, words: str) -> None:
        self.outcomes = list(found)
        states = [one.state for one in self.outcomes]
        counts = {name: states.count(name) for name in _FILTERS} | {"all": len(states)}
        self.filters.say({name: t(f"results.{kind}.filters.{name}") for name in _FILTERS})
        self.filters.show_counts(counts)
        self.filters.show_only([name for name in _FILTERS if kind == "papers" or name != "draft"])
        self.head.show_title(t(f"results.{kind}.title"))
        self.head.show_beside(words)
        self.open_paper.setText(t(f"results.{kind}.open"))
        self.open_folder.setVisible(self._folder is not None)
        self.table.show_columns(_columns(kind))
        self._show(self.filters.current)
        if self.outcomes:
            self.table.choose(0)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Open paper and folder."""
        return (
            Shortcut("Return", "results.papers.open"),
            Shortcut("Ctrl+O", "results.open_folder", self.show_folder),
        )

    def panes(self) -> Sequence[QWidget]:
        """The table."""
        return (self.table, self.filters)

    def escape(self) -> bool:
        """Back to where it came from."""
        self.go_back()
        return True

    def go_back(self) -> None:
        """Back to the page the export came from."""
        place, arguments = self._back
        self.desk.go(place, **arguments)

    def show_folder(self) -> None:
        """Open the folder."""
        if self._folder is not None:
            open_outside(self._folder, self.desk.notices)

    def show_paper(self) -> None:
        """Open the paper in hand."""
        if isinstance(self.table.current, Outcome):
            self._open(self.table.current)

    def _open(self, one: Outcome) -> None:
        if one.file is not None:
            open_outside(one.file, self.desk.notices)
        elif one.case_id:
            self.desk.go("wizard", case_id=one.case_id)

    def _show(self, name: str) -> None:
        self.table.show_rows(one for one in self.outcomes if name in ("all", one.state))
        self._follow()

    def _follow(self, *_: object) -> None:
        here = self.table.current
        self.open_paper.setEnabled(isinstance(here, Outcome) and bool(here.file or here.case_id))


def tell_exported(
    desk: Desk, report: ExportReport, folder: Path, back: str, **arguments: object
) -> None:
    """Say what was exported; where something was left out or there is much, show all of it."""
    if report.left_out or len({one.case for one in report.made}) > 2:
        desk.go("results", report=report, folder=folder, back=(back, arguments))
        return
    words = t("results.exported", count=len(report.made))
    if report.drafts:
        words += t("results.exported_drafts")
    desk.notices.tell(
        "pending" if report.drafts else "done",
        words,
        action=(t("results.open_folder"), partial(open_outside, folder, desk.notices)),
    )


def outcomes(report: ExportReport) -> list[Outcome]:
    """Every paper of a report, those not made first."""
    left = [
        Outcome(name=one.paper, case=one.case or t("results.of_all"), reason=one.reason)
        for one in report.left_out
    ]
    made = [
        Outcome(
            name=one.path.name,
            case=one.case or t("results.of_all"),
            file=one.path,
            is_draft=one.draft,
        )
        for one in report.made
    ]
    return left + made


def _tone(one: Outcome) -> Tone | None:
    return {"left": "error", "draft": "pending"}.get(one.state)  # type: ignore[return-value]


_LOOKS = {
    "made": ("file-check", "done"),
    "draft": ("pencil-line", "pending"),
    "left": ("file-x", "error"),
}


def _columns(kind: str) -> tuple[Column, ...]:
    return (
        Column(
            header=t(f"results.{kind}.name"),
            text=lambda one: one.name,
            icon=lambda one: _LOOKS[one.state],
            ends=True,
        ),
        Column(header=t("results.case"), text=lambda one: one.case, width=200, may_go=True),
        Column(
            header=t("results.state"),
            text=lambda one: one.reason or t(f"results.{kind}.states.{one.state}"),
            ink=lambda one: _LOOKS[one.state][1],
            width=240 if kind == "papers" else 0,
        ),
    )
