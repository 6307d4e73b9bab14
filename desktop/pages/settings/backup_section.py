"""Backups: the good ones, the newest first; one more now; bringing one back after a look."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from db.backup import look_inside
from db.file_inside import Inside
from db.rotation import backups_folder, good_backups
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.parts.outside import open_outside
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.bureau.originals import has_any, originals_folder

_REASONS = ("auto", "manual", "before-restore")
_SHOWN_ROWS = 7


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """A backup in the list; `made` is its moment in words."""

    file: Path
    made: str
    reason: str
    inside: Inside
    is_second: bool


class BackupsCard(Card):
    """Lists backups."""

    def __init__(self, desk: Desk) -> None:
        self.now = button(t("settings.backups.now"), icon="database")
        self.from_file = button(t("settings.backups.from_file"), "quiet")
        super().__init__(
            t("settings.backups.title"), beside=" ", buttons=(self.from_file, self.now)
        )
        self._desk = desk
        self.now.clicked.connect(self.make)
        self.from_file.clicked.connect(self.choose_file)
        self.table = RowsTable(_columns(), t("settings.backups.title"))
        self.table.opened.connect(self._look)
        self.table.chosen.connect(self._chosen)
        self._none = label(t("settings.backups.none"), "hint", wrap=True)
        self._none.setContentsMargins(16, 14, 16, 14)
        self.restore = button(t("settings.backups.restore"), icon="archive-restore")
        self.restore.clicked.connect(self.restore_current)
        self.restore.setDisabled(True)
        folder = button(t("settings.backups.open"), "quiet", icon="folder-open")
        folder.clicked.connect(self._open)
        self.body.addWidget(self._none)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.restore, folder, None, margins=(16, 12, 16, 12)))
        self.refresh()

    def refresh(self) -> None:
        """Look through the backups, beside the window."""
        self._desk.jobs.run(
            partial(_listed, self._desk.store.path, self._desk.store.backups.second_place),
            t("settings.backups.looking"),
            finished=self._show,
            drawing=True,
            quiet=True,
        )

    def make(self) -> None:
        """Back up now; what came of it is told though another section is shown meanwhile."""
        self.now.setDisabled(True)
        job = self._desk.jobs.run(
            partial(_made, self._desk),
            t("settings.backups.making"),
            finished=partial(_tell_made, self._desk),
        )
        job.ended.connect(self._over)

    def choose_file(self) -> None:
        """Bring back a backup that lies elsewhere."""
        title, kinds = t("settings.backups.choose"), t("settings.backups.kinds")
        start = backups_folder(self._desk.store.path)
        chosen = self._desk.dialogs.files(self, title, kinds, start)
        if chosen:
            self.look_at(chosen[0])

    def restore_current(self) -> None:
        """Bring back the one in hand."""
        if self.table.current is not None:
            self.look_at(self.table.current.file)

    def look_at(self, file: Path) -> None:
        """Look through all of a backup before anything is replaced."""
        self._desk.jobs.run(
            partial(_looked_at, file),
            t("settings.backups.looking"),
            finished=self._ask,
            drawing=True,
        )

    def _ask(self, found: tuple[Path, Inside]) -> None:
        file, inside = found
        changed = inside.changed_at
        when = f"{changed.astimezone():%Y-%m-%d %H:%M}" if changed else t("settings.backups.never")
        named = next((one.made for one in self.table.rows if one.file == file), file.name)
        words = t(
            "settings.backups.restore_words",
            cases=inside.cases,
            changed=when,
            records=_records(inside),
            now=self._desk.store.register.count(),
        )
        title, yes = (
            t("settings.backups.restore_title", when=named),
            t("settings.backups.restore_yes"),
        )
        if self._desk.dialogs.confirm(self, title, words, yes, danger=True):
            self._desk.restore_asked.emit(file)

    def _look(self, one: _Shown) -> None:
        self.look_at(one.file)

    def _chosen(self, _one: _Shown) -> None:
        self.restore.setEnabled(True)

    def _show(self, found: list[_Shown]) -> None:
        self.table.show_rows(found)
        high = tk.HEADER + tk.ROW * min(len(found), _SHOWN_ROWS) + 2
        self.table.setFixedHeight(high)
        self.table.setVisible(bool(found))
        if found:
            self.table.choose(0)
        self._none.setVisible(not found)
        self.restore.setEnabled(self.table.current is not None)
        count = t("settings.backups.count", count=len(found))
        self.show_title(t("settings.backups.title"), count)

    def _over(self) -> None:
        self.now.setEnabled(True)
        self.refresh()

    def _open(self) -> None:
        open_outside(backups_folder(self._desk.store.path), self._desk.notices)


def _listed(database: Path, second: Path | None, report: Report) -> list[_Shown]:
    """The good backups here and in the second place, the newest first; in a job."""
    found = []
    for folder in (None, second) if second else (None,):
        for kept in good_backups(database, folder):
            report.check()
            shown = _Shown(
                file=kept.file,
                made=f"{kept.made_at:%Y-%m-%d %H:%M}",
                reason=kept.reason,
                inside=kept.inside,
                is_second=folder is not None,
            )
            found.append((kept.made_at, shown))
    return [shown for _, shown in sorted(found, key=lambda one: one[0], reverse=True)]


def _made(desk: Desk, report: Report) -> Path:
    report.check()
    with desk.own_store() as store:
        return store.backups.make()


def _tell_made(desk: Desk, file: Path) -> None:
    folder = originals_folder(desk.store.path.parent)
    words = (
        t("settings.backups.made_apart", name=file.name, folder=folder)
        if has_any(folder)
        else t("settings.backups.made", name=file.name)
    )
    desk.notices.tell("done", words)


def _looked_at(file: Path, report: Report) -> tuple[Path, Inside]:
    report.check()
    return file, look_inside(file)


def _records(inside: Inside) -> str:
    return t("settings.backups.records", count=inside.records) if inside.records else ""


def _reason(one: _Shown) -> str:
    return t(f"settings.backups.{one.reason}") if one.reason in _REASONS else one.reason


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("settings.backups.when"),
            text=lambda one: one.made,
            second=_reason,
            icon=lambda one: ("usb" if one.is_second else "database", "text2"),
            width=190,
        ),
        Column(
            header=t("settings.backups.holds"),
            text=lambda one: t(
                "settings.backups.holds_words",
                cases=one.inside.cases,
                licences=one.inside.licences,
                scans=one.inside.scans,
                records=_records(one.inside),
            ),
            second=lambda one: str(one.file.parent),
        ),
        Column(
            header=t("settings.backups.where"),
            text=lambda one: t(
                "settings.backups.second" if one.is_second else "settings.backups.here"
            ),
            width=100,
            may_go=True,
        ),
    )
