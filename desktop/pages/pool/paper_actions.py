"""The papers of a pool (文书): offered for its applications, members, licences; written out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.program_places import taken_packs_folder
from desktop.installed.screen_texts import t
from desktop.parts.outside import open_outside
from forms.ground.files import safe_name, write_atomically
from forms.office.pool_paper_making import PAPERS, made_for, pool_document
from forms.office.pools import view
from forms.office.record_papers import paper_file
from forms.pack.record_pack import record_pack

if TYPE_CHECKING:
    from desktop.pages.pool.pool_actions import PoolActions

_WORD = ".docx"


class PaperActions:
    """Offers the papers that can be made of a pool's records, and writes them."""

    def __init__(self, doing: PoolActions) -> None:
        self._doing, self._desk = doing, doing.desk

    def menu(self, parent: QWidget) -> QMenu:
        """A menu of the papers, each with what it can be made of."""
        menu = QMenu(parent)
        offered = made_for(self._doing.look.whole)
        for code, words in PAPERS.items():
            inner = menu.addMenu(words)
            inner.setEnabled(bool(offered[code]))
            for which, name in offered[code]:
                action = inner.addAction(name or t("pool.no_name"))
                action.triggered.connect(partial(self._ask, code, which, name))
        return menu

    def _ask(self, code: str, which: str, name: str, _checked: bool = False) -> None:
        self.make(code, which, name)

    def make(self, code: str, which: str, name: str) -> None:
        """Ask where to, and write a paper in a job."""
        wished = Path(safe_name(f"{PAPERS[code]}_{name}", 80) + ".pdf")
        pack = record_pack("pool", taken_packs_folder(self._desk.store.path))
        has_word = "docx" in pack.papers[code].formats
        kinds = t("pool.papers.both" if has_word else "pool.papers.pdf")
        title = t("pool.papers.save_as", name=PAPERS[code])
        file = self._desk.dialogs.save(self._doing.page, title, kinds, wished)
        if file is None:
            return
        is_known = file.suffix.lower() == ".pdf" or (has_word and file.suffix.lower() == _WORD)
        file = file if is_known else file.with_name(f"{file.name}.pdf")
        self._desk.jobs.run(
            partial(_written, self._desk, self._doing.pool_id, code, which, file),
            t("pool.papers.writing"),
            finished=self._wrote,
            failed=self._doing.files.failed,
        )

    def _wrote(self, file: Path) -> None:
        show = (t("pool.io.open"), partial(open_outside, file, self._desk.notices))
        self._desk.notices.tell("done", t("pool.io.written", name=file.name), action=show)


def _written(desk: Desk, pool_id: int, code: str, which: str, file: Path, _report: Report) -> Path:
    pack = record_pack("pool", taken_packs_folder(desk.store.path))
    with desk.own_store() as store:
        found = view(store, pool_id)
        document = pool_document(store, found, pack, code, which, desk.today)
    is_word = file.suffix.lower() == _WORD
    write_atomically(file, paper_file(document, "docx" if is_word else "pdf"))
    return file
