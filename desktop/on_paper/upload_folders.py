"""Upload folders (网上填报) made in a job, and what came of it told."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.parts.outside import open_outside
from forms.office.online_folders import FoldersMade, make_folders

_NAMED = 3


def ask_for_folders(
    desk: Desk,
    window: QWidget,
    case_ids: Sequence[int],
    *,
    writing: str = "",
    made: Callable[[FoldersMade], object] | None = None,
) -> None:
    """Ask where to, make the folders of cases and say what they lack; `made` is told of them."""
    out = desk.dialogs.folder(window, t("online.files.make_title"))
    if out is None:
        return

    def work(report: Report) -> FoldersMade:
        from desktop.desk.workers import on_every_core

        with desk.own_store() as store:
            order = {case_id: place for place, case_id in enumerate(case_ids)}
            cases = sorted(store.cases.listed(ids=case_ids), key=lambda one: order[one.id])
            return make_folders(
                *(store, desk.shelf, desk.today, cases, out),
                writing=writing,
                progress=report,
                makers=on_every_core,
            )

    def finished(done: FoldersMade) -> None:
        desk.papers_changed.emit()
        if made is not None:
            made(done)
        _tell(desk, done, out)

    desk.jobs.run(
        work,
        t("online.folders.doing", count=len(case_ids)),
        finished=finished,
        cancelled=partial(desk.notices.tell, "advice", t("online.folders.stopped")),
    )


def _tell(desk: Desk, done: FoldersMade, out: Path) -> None:
    lacking = sum(bool(one.missing) for one in done.folders)
    key = "made_missing" if lacking else "made"
    words = t(f"online.folders.{key}", count=len(done.folders), missing=lacking)
    there = done.folders[0].folder if len(done.folders) == 1 else out
    show = (t("online.folders.open"), partial(open_outside, there, desk.notices))
    desk.notices.tell("pending" if lacking else "done", words, action=show)
    for what, reason in done.left_out[:_NAMED]:
        desk.notices.tell("pending", t("online.folders.left_out", what=what, reason=reason))
    for path in done.kept[:_NAMED]:
        desk.notices.tell("advice", t("online.folders.kept", name=path.name))
