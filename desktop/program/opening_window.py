"""Between the start and the window: the pack, the data, and what to do where they do not open."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.shared_database import FaultyAddress, ServerName
from db.store_problems import (
    DamagedDatabase,
    LockedDatabase,
    MissingDatabase,
    NotADatabase,
    StoreProblem,
)
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import ICONS, Workplace
from desktop.parts.notice_strip import NoticeStrip
from desktop.parts.widgets.basics import button, icon_label, label, line, row
from desktop.parts.widgets.frames import Card
from forms.ground.locate import packs_folder
from forms.pack.load import Fault, PackFault, load
from forms.pack.types import Pack

_Tell = Callable[[str], object]


def pack_in_use(packs: Mapping[str, Path], wanted: str, tell: _Tell, *, first: str = "") -> Pack:
    """The pack that was chosen, or the first that works; what had to be passed over is told.

    `first` is the code to begin with where none was chosen, or is gone.

    Raises PackFault where none works or there is none.
    """
    order = [code for code in (wanted, first, *packs) if code in packs]
    fault: PackFault | None = None
    for code in dict.fromkeys(order):
        try:
            pack = load(packs[code])
        except PackFault as error:
            fault = fault or error
            continue
        if fault is not None or (wanted and code != wanted):
            tell(t("opening.pack_fault", code=wanted or order[0], other=pack.identity.name))
        return pack
    raise fault or PackFault(packs_folder(), [Fault("", "", t("opening.no_pack"))])


class TroubleWindow(QWidget):
    """Says why the data do not open, and the ways out of it."""

    again_asked = Signal()
    backups_asked = Signal()
    folder_asked = Signal()
    leave_asked = Signal()
    local_asked = Signal()
    workplace_asked = Signal(str)

    def __init__(
        self, problem: StoreProblem | PackFault | FaultyAddress, *, others: Sequence[Workplace] = ()
    ) -> None:
        """Say the problem; `others` are workplaces with data of their own that one may go to."""
        super().__init__()
        self.notices = NoticeStrip(self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(t("frame.app"))
        self.resize(760, 460)
        card = Card()
        inside = QVBoxLayout()
        inside.setContentsMargins(32, 28, 32, 24)
        inside.setSpacing(16)
        head = row(icon_label("database", "text2", 24), label(t("opening.title"), "title"), None)
        inside.addLayout(head)
        words = label(str(problem), wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(words)
        inside.addWidget(line())
        inside.addLayout(self._ways_out(problem))
        for other in others:
            way = t("opening.other_workplace", name=t(f"frame.workplace.{other}"))
            asks = partial(self.workplace_asked.emit, other)
            go = button(way, "link", icon=ICONS[other], clicked=asks)
            inside.addLayout(row(go, None))
        card.body.addLayout(inside)
        around = QVBoxLayout()
        around.setContentsMargins(48, 48, 48, 48)
        around.addStretch()
        around.addWidget(card)
        around.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(around, 1)
        self.notices.raise_()

    def _ways_out(self, problem: StoreProblem | PackFault | FaultyAddress) -> QVBoxLayout:
        """The likeliest way is the primary one."""
        is_damaged = isinstance(problem, DamagedDatabase | NotADatabase | MissingDatabase)
        again = button(
            t("opening.again"),
            "" if is_damaged else "primary",
            icon="refresh-cw",
            mnemonic="R",
            clicked=self._again,
        )
        backups = button(
            t("opening.backups"),
            "primary" if is_damaged else "",
            icon="archive-restore",
            mnemonic="B",
            clicked=self._backups,
        )
        folder = button(
            t("opening.other_folder"), icon="folder", mnemonic="F", clicked=self._folder
        )
        leave = button(t("opening.leave"), "quiet", mnemonic="Q", clicked=self._leave)
        ways = QVBoxLayout()
        first, second = (backups, again) if is_damaged else (again, backups)
        parts: list[QWidget | None] = [leave, None, folder, second, first]
        is_server = isinstance(getattr(problem, "file", None), ServerName)
        if is_server or isinstance(problem, LockedDatabase | PackFault | FaultyAddress):
            parts.remove(backups)
            backups.deleteLater()
        if is_server or isinstance(problem, FaultyAddress):
            parts[parts.index(folder)] = button(
                t("opening.use_local"), icon="database", clicked=self.local_asked.emit
            )
            folder.deleteLater()
            parts = [one for one in parts if one is not again]
            parts.append(again)
            first = again
        ways.addLayout(row(*parts))
        self._first = first
        return ways

    def showEvent(self, event: QShowEvent) -> None:
        """The likeliest way has the focus."""
        super().showEvent(event)
        self._first.setFocus()

    def _again(self) -> None:
        self.again_asked.emit()

    def _backups(self) -> None:
        self.backups_asked.emit()

    def _folder(self) -> None:
        self.folder_asked.emit()

    def _leave(self) -> None:
        self.leave_asked.emit()
