"""设置: sections at the left, one of them at the right, built from what is declared."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db.shared_database import SharedDatabase
from desktop.desk.desk import Desk
from desktop.desk.page_base import Page
from desktop.installed.screen_texts import t
from desktop.installed.settings import SETTINGS
from desktop.installed.workplaces import BUREAU
from desktop.pages.settings.about_section import AboutCard
from desktop.pages.settings.backup_section import BackupsCard
from desktop.pages.settings.office_section import OfficeCard
from desktop.pages.settings.pack_section import PackCard, ParametersCard
from desktop.pages.settings.setting_fields import setting_field
from desktop.pages.settings.shared_section import ServerBackupsCard, SharedCard
from desktop.pages.settings.version_section import VersionsCard
from desktop.pages.settings.workplace_section import WorkplaceCard
from desktop.parts.widgets.frames import Card, PageHead
from desktop.parts.widgets.one_line import CardColumn

_LIST_WIDTH, _ITEM = 176, 38
_WIDEST = 760


class SettingsPage(Page):
    """The page "settings"."""

    name = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        declared = dict.fromkeys(one.group for one in SETTINGS if one.group)
        self.groups = list(dict.fromkeys(("office", "workplace", "pack", *declared, "about")))
        self.list = QListWidget()
        self.list.setProperty("role", "contents")
        self.list.setAccessibleName(t("settings.sections"))
        self.list.setFixedWidth(_LIST_WIDTH)
        for group in self.groups:
            item = QListWidgetItem(_heading(desk, group), self.list)
            item.setSizeHint(QSize(0, _ITEM))
        self.list.setFixedHeight(_ITEM * len(self.groups) + 4)
        self.list.currentRowChanged.connect(self._show_group)
        self.column = CardColumn()
        self.column.setMaximumWidth(_WIDEST)
        self.cards: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._pack_file: Path | None = None
        self._take_soon = QTimer(self, singleShot=True, interval=0)
        self._take_soon.timeout.connect(self._take_pack)
        panes = QHBoxLayout()
        panes.setContentsMargins(16, 8, 16, 16)
        panes.setSpacing(16)
        panes.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        panes.addWidget(self.column, 1000)
        panes.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(PageHead(t("settings.title")))
        whole.addLayout(panes, 1)
        self.install_shortcuts()

    @property
    def group(self) -> str:
        """The section that is shown."""
        return self.groups[max(0, self.list.currentRow())]

    @property
    def topic(self) -> str:
        """The chapter on the section that is shown."""
        has_own = self.group in ("office", "workplace", "pack", "backup")
        return t(f"help.of.{self.group}") if has_own else super().topic

    def enter(self, **arguments: object) -> None:
        """`group`: the section to show; `files`: packs that were dropped on the window."""
        group, files = arguments.get("group"), arguments.get("files")
        if group in self.groups:
            self.list.setCurrentRow(self.groups.index(str(group)))
        if isinstance(files, Sequence) and files:
            self._pack_file = Path(str(files[0]))
            self._take_soon.start()

    def _take_pack(self) -> None:
        """Take the pack that was dropped in, once its card is shown."""
        for card in self.cards:
            if isinstance(card, PackCard) and self._pack_file is not None:
                file, self._pack_file = self._pack_file, None
                card.take_file(file)

    def leave(self) -> bool:
        """A field that is still in hand is kept by losing the focus."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        return True

    def refresh(self) -> None:
        """Show the section anew; once it is done, where a card waits for what it has asked for."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        elif job := next((one for one in self.desk.jobs.running if not one.is_quiet), None):
            job.ended.connect(self._soon.start)
        elif not self._is_typing():
            self._show_group(self.list.currentRow())

    def panes(self) -> list[QWidget]:
        """Sections and fields."""
        return [self.list, self.column]

    def _is_typing(self) -> bool:
        focus: QWidget | None = self.focusWidget()
        return focus is not None and self.column.isAncestorOf(focus)

    def _show_group(self, place: int) -> None:
        group = self.groups[place]
        made = _EXTRA.get(group, _nothing)(self.desk)
        declared = [one for one in SETTINGS if one.group == group]
        if isinstance(self.desk.store.place, SharedDatabase):  # which makes no backups of ours
            declared = [one for one in declared if one.at != "backups"]
        if declared:
            card = Card(t(f"settings.groups.{group}"))
            inside = QVBoxLayout()
            inside.setContentsMargins(16, 14, 16, 18)
            inside.setSpacing(16)
            for one in declared:
                inside.addWidget(setting_field(self.desk, one))
            card.body.addLayout(inside)
            made = [card, *made]
        self.cards = made
        self.column.show_cards(made)
        self.column.verticalScrollBar().setValue(0)


def _heading(desk: Desk, group: str) -> str:
    """The words of a section; a bureau's own facts are no unit's."""
    is_bureaus = group == "office" and desk.workplace == BUREAU
    return t("settings.groups.bureau" if is_bureaus else f"settings.groups.{group}")


def _nothing(_desk: Desk) -> list[QWidget]:
    return []


def _office(desk: Desk) -> list[QWidget]:
    return [OfficeCard(desk)]


def _workplace(desk: Desk) -> list[QWidget]:
    return [WorkplaceCard(desk)]


def _pack(desk: Desk) -> list[QWidget]:
    return [PackCard(desk), VersionsCard(desk), ParametersCard(desk)]


def _data(desk: Desk) -> list[QWidget]:
    return [SharedCard(desk)]


def _backup(desk: Desk) -> list[QWidget]:
    is_shared = isinstance(desk.store.place, SharedDatabase)
    return [ServerBackupsCard(desk) if is_shared else BackupsCard(desk)]


def _about(desk: Desk) -> list[QWidget]:
    return [AboutCard(desk)]


# What a section has besides the settings that are declared for it.
_EXTRA: Mapping[str, Callable[[Desk], list[QWidget]]] = {
    "office": _office,
    "workplace": _workplace,
    "pack": _pack,
    "data": _data,
    "backup": _backup,
    "about": _about,
}
