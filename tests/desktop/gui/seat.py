"""What a clerk at the window needs: the program's own fonts and a store of their own."""

import gc
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partialmethod
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.data_places import database_file
from db.store import open_store
from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from desktop.desk.jobs import Jobs
from desktop.desk.opened_data import Data
from desktop.installed.settings import Settings
from desktop.pages.register.state_settling import STAMP, stamp_of
from desktop.parts.dialogs import Dialogs
from desktop.parts.notices import Notice, Notices
from desktop.parts.question import AskText
from desktop.parts.theme import type as types
from desktop.parts.theme.theme import Theme
from desktop.program.garbage import Collector
from desktop.program.qt_application import dress, speak_chinese
from desktop.program.sample import fill_with_sample
from desktop.shell.main_window import MainWindow
from forms.ground.locate import fonts_folder, packs_folder
from forms.pack.load import find_packs, load
from forms.pack.types import Pack

PATIENCE_MS = 120_000
T = TypeVar("T")
NOW = datetime(2022, 9, 1, 10, 0, tzinfo=UTC)


def seat(folder: Path, theme: Theme, settings: Settings, pack: Pack) -> Desk:
    """A desk on the data of a folder; today is 2022-09-01."""
    theme.choose("light")
    store = open_store(database_file(folder), now=lambda: NOW)
    settings.keep_data_in(store)
    return Desk(
        data=Data(store=store, pack=pack, packs=find_packs(packs_folder())),
        clock=lambda: NOW,
        settings=settings,
        theme=theme,
        notices=Notices(),
        jobs=Jobs(),
        who="陈思远",
        dialogs=AnsweringDialogs(),
    )


class AnsweringDialogs(Dialogs):
    """Answers instead of a clerk: put the answers in before they are asked for."""

    def __init__(self) -> None:
        self.chosen_folder: Path | None = None
        self.chosen_files: list[Path] = []
        self.chosen_save: Path | None = None
        self.chosen_text: str | None = None
        self.chosen_place: int | None = None
        self.picked: int | None = 0
        self.says_yes = True
        self.sheets: list[QDialog] = []
        self.refused: list[str] = []  # what those said that came again
        self.asked: list[str] = []

    def folder(self, parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
        self.asked.append(title)
        return self.chosen_folder

    def files(
        self, parent: QWidget | None, title: str, kinds: str, start: Path | None = None
    ) -> list[Path]:
        self.asked.append(title)
        return self.chosen_files

    def save(self, parent: QWidget | None, title: str, kinds: str, name: Path) -> Path | None:
        self.asked.append(title)
        return self.chosen_save

    def text(
        self, parent: QWidget | None, title: str, label: str, yes: str, *, start: str = ""
    ) -> str | None:
        self.asked.append(title)
        return self.chosen_text

    def pick(self, parent: QWidget | None, title: str, text: str, answers: Sequence[str]) -> str:
        self.asked.append(f"{title}{text}")
        return answers[self.picked] if self.picked is not None else ""

    def agrees(self, sheet: QDialog) -> bool:
        self.asked.append(sheet.windowTitle())
        is_again = sheet in self.sheets  # it could not be done, and the clerk leaves it
        self.sheets.append(sheet)
        if is_again:
            self.refused.append(why_again(sheet))
        if isinstance(sheet, AskText):
            sheet.line.setText(self.chosen_text or "")
            return self.chosen_text is not None and not is_again
        return self.says_yes and not is_again

    def choose(
        self, parent: QWidget | None, title: str, text: str, names: Sequence[str], yes: str
    ) -> int | None:
        self.asked.append(title)
        return self.chosen_place

    def confirm(
        self, parent: QWidget | None, title: str, text: str, yes: str, *, danger: bool = False
    ) -> bool:
        self.asked.append(title)
        return self.says_yes


def why_again(sheet: QDialog) -> str:
    """What a sheet says that has come again."""
    why = sheet.findChild(QLabel, "why")
    assert why is not None
    assert not why.isHidden()
    return why.text()


def once(answer: Callable[[Any], bool], refused: list[str]) -> Callable[[QDialog], bool]:
    """How a clerk answers sheets, who leaves one that comes again; `refused` keeps what it says."""
    seen: list[QDialog] = []

    def agrees(sheet: QDialog) -> bool:
        if sheet in seen:
            refused.append(why_again(sheet))
            return False
        seen.append(sheet)
        return answer(sheet)

    return agrees


@pytest.fixture
def refused() -> list[str]:
    """What sheets said that came again since what was typed could not be done."""
    return []


@pytest.fixture(scope="session")
def qapp_args() -> Sequence[str]:
    return ["openlicense-desk"]


class LockedOnce(Generic[T]):
    """A read that meets another program's lock at first; `asked` is how often it was tried."""

    def __init__(self, file: Path, read: Callable[[int], T]) -> None:
        self.asked = 0
        self._file, self._read = file, read

    def __call__(self, record_id: int) -> T:
        self.asked += 1
        if self.asked == 1:
            raise LockedDatabase(self._file)
        return self._read(record_id)


class PatientBot(QtBot):
    """Waits for what must come as long as a busy machine may need, not pytest-qt's five seconds."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)
    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE_MS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="package", autouse=True)
def collected(qapp: QApplication) -> Iterator[None]:
    """Garbage goes in the window's thread alone, as in the program; none is left to others."""
    collector = Collector()
    collector.begin()
    yield
    collector.end()
    gc.collect()


@pytest.fixture(scope="package", autouse=True)
def fonts_first(qapp: QApplication) -> None:
    """Our fonts are there before anything is measured, as in the program.

    Qt looks for every font anew where one is added later: for a family of ours that the system
    had too when it looked first, and has no more, it then takes the system's other fonts
    (PySide6 6.9.3; `findings/qt-takes-the-font-that-went.sh`).
    """
    types.load(fonts_folder(), ours_only=True)


@pytest.fixture(scope="package", autouse=True)
def notices_stay() -> Iterator[None]:
    """What is said stays long enough to be read by a test that a busy machine held up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.parts.notice_strip.STAYS_MS", PATIENCE_MS)
        yield


@pytest.fixture(autouse=True)
def clipboard_emptied(qapp: QApplication) -> Iterator[None]:
    """No test finds on the clipboard what another copied.

    And none leaves a QMimeData of its own there: offscreen, Qt lets the clipboard's go when the
    process ends, after Python, and Python's part of it then ended the process by a signal
    (PySide6 6.9.3, told by the cores of workers that had run all their tests).
    """
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session")
def theme(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Theme:
    qapp.setStyle("Fusion")
    speak_chinese(qapp)
    settings = Settings(tmp_path_factory.mktemp("theme") / "settings.toml")
    settings.set("theme", "light")
    return dress(qapp, settings, own_fonts=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "配置" / "settings.toml")


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


class DataMade(NamedTuple):
    """Databases that are made once and copied: that costs a test less than making them."""

    empty: Path
    sample: Path


@pytest.fixture
def desk(
    tmp_path: Path,
    theme: Theme,
    settings: Settings,
    pack: Pack,
    desk_data: DataMade,
    request: pytest.FixtureRequest,
) -> Iterator[Desk]:
    """A desk on an empty store, or on the sample where `sample_desk` is asked for too.

    Today is 2022-09-01.
    """
    has_sample = "sample_desk" in request.fixturenames
    folder = tmp_path / "资料"
    folder.mkdir(0o700)
    shutil.copy(desk_data.sample if has_sample else desk_data.empty, database_file(folder))
    made = seat(folder, theme, settings, pack)
    if has_sample:  # as if the day had begun with the import, when there was nothing to back up
        made.store.backups._done_on = made.today
    yield made
    made.close()


@pytest.fixture(scope="session")
def data_made(theme: Theme, pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> DataMade:
    """An empty database; one with the pack's sample and the office's profile, looked through."""
    empty, full = (tmp_path_factory.mktemp(name) for name in ("empty", "sample"))
    seat(empty, theme, Settings(empty / "settings.toml"), pack).close()
    made = seat(full, theme, Settings(full / "settings.toml"), pack)
    fill_with_sample(made)
    made.store.settings.put(STAMP, stamp_of(made.shelf))  # a register would settle all anew
    made.close()
    return DataMade(database_file(empty), database_file(full))


@pytest.fixture
def desk_data(data_made: DataMade) -> DataMade:
    """The databases a desk begins with; a module whose tests begin later has its own."""
    return data_made


@pytest.fixture
def sample_desk(desk: Desk) -> Desk:
    """The desk with the pack's sample imported and the office's profile filled in."""
    return desk


@pytest.fixture
def told(desk: Desk) -> list[Notice]:
    """What the clerk is told, in order."""
    heard: list[Notice] = []
    desk.notices.posted.connect(heard.append)
    return heard


@pytest.fixture
def window(sample_desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The window on the sample, open at the register.

    Where a module's `BEGINS_AT` is "" no page is shown yet: its tests go to theirs at once.
    """
    made = MainWindow(sample_desk)
    qtbot.addWidget(made)
    sample_desk.notices.show_in(made.notices.show_notice)
    made.resize(1440, 900)
    if place := getattr(request.module, "BEGINS_AT", "register"):
        made.show_place(place)
    with qtbot.waitActive(made):  # keys go to the active window alone
        made.show()
        made.activateWindow()
    yield made
    made.close()


def words(widget: QWidget) -> list[str]:
    """What the labels in a widget say, or will as soon as Qt shows them.

    Those put away are left out: they lie in it until Qt deletes them.
    """
    labels = widget.findChildren(QLabel)
    return [one.text() for one in labels if one.text() and not _is_put_away(one, widget)]


def _is_put_away(one: QWidget, within: QWidget) -> bool:
    explicitly = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    above: QWidget | None = one
    while above is not None and above is not within:
        if above.isHidden() and above.testAttribute(explicitly):
            return True
        above = above.parentWidget()
    return False


def type_chinese(text: str) -> None:
    """Type into the widget that has the focus, as a Chinese input method does: compose, commit."""
    widget = QApplication.focusWidget()
    QApplication.sendEvent(widget, QInputMethodEvent("pinyin", []))
    committed = QInputMethodEvent()
    committed.setCommitString(text)
    QApplication.sendEvent(widget, committed)
