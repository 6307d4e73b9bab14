"""共享数据库 in the window: chosen in the settings, opened with the program, left again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from db.data_places import database_file
from db.shared_database import SharedDatabase
from db.store import open_store
from desktop.desk.others import Others
from desktop.installed.settings import Settings
from desktop.pages.settings.settings_page import SettingsPage
from desktop.pages.settings.shared_section import ServerBackupsCard, SharedCard
from desktop.parts.theme.theme import Theme
from desktop.parts.widgets.messages import MessageStrip
from desktop.program import app as app_module
from desktop.program.app import Program
from desktop.program.opening_window import TroubleWindow
from desktop.shell.main_window import MainWindow
from forms.facts.record import Case, Office
from tests.desktop.gui.seat import NOW, AnsweringDialogs
from tests.postgres_server import PASSWORD, Server

OFFICE = Office(name="示例大学", contact="王敏")


@pytest.fixture
def program(
    qapp: QApplication,
    theme: Theme,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Program]:
    """A program on an office's own data."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    monkeypatch.setattr(app_module, "dress", lambda *_, **__: theme)
    folder = tmp_path / "资料"
    with open_store(database_file(folder), now=lambda: NOW) as store:
        store.parties.set_office(OFFICE)
        store.settings.put("started", "true")
    made = Program(
        qapp,
        settings,
        folder,
        clock=lambda: NOW,
        dialogs=AnsweringDialogs(),
        first_pack="hubei-2022",
    )
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


def place_of(program: Program) -> object:
    return program.desk.store.place if program.desk is not None else None


def section(program: Program, group: str) -> SettingsPage:
    assert isinstance(program.window, MainWindow)
    program.window.show_place("settings", {"group": group})
    (page,) = program.window.findChildren(SettingsPage)
    return page


def shared_card(program: Program) -> SharedCard:
    return next(card for card in section(program, "data").cards if isinstance(card, SharedCard))


def connect(program: Program, server: Server, qtbot: QtBot) -> None:
    card = shared_card(program)
    card.address.setText(f"clerk@/postgres?host={server.folder}")
    card.password.setText(PASSWORD)
    card.try_it()
    qtbot.waitUntil(lambda: isinstance(place_of(program), SharedDatabase), timeout=20_000)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)


def test_a_wrong_password_is_told_under_the_field_and_the_right_one_opens_the_data(
    program: Program, server: Server, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    program.open()
    card = shared_card(program)
    card.address.setText(f"postgresql://clerk@/postgres?host={server.folder}")
    card.password.setText("falsch")
    card.try_it()
    qtbot.waitUntil(lambda: bool(card.findChildren(MessageStrip)), timeout=20_000)
    assert not isinstance(place_of(program), SharedDatabase)
    assert settings.text("shared_office") == ""
    connect(program, server, qtbot)
    assert program.desk is not None
    assert program.desk.store.parties.office() == OFFICE  # whoever is first brings them along
    kept = "".join(file.read_text() for file in tmp_path.rglob("*.toml"))
    assert "密" not in settings.text("shared_office") + kept and "falsch" not in kept


def test_the_next_start_opens_it_and_others_saves_are_shown(
    program: Program, server: Server, qtbot: QtBot, tmp_path: Path
) -> None:
    program.open()
    connect(program, server, qtbot)
    program.show_own_data()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    desk, window = program.desk, program.window
    assert desk is not None and isinstance(window, MainWindow)
    assert isinstance(desk.store.place, SharedDatabase)
    with desk.own_store() as own:
        assert own.place == desk.store.place
    others = Others(desk, window)
    with open_store(server.shared(tmp_path / "x.db"), now=lambda: NOW) as colleague:
        colleague.cases.save(Case(region="湖北省"))
    with qtbot.waitSignal(desk.cases_changed, timeout=20_000):
        others.look()
    (backups,) = section(program, "backup").cards
    assert isinstance(backups, ServerBackupsCard)
    assert any("pg_dump" in field.text() for field in backups.findChildren(QLineEdit))


def test_a_server_that_is_away_leaves_the_way_to_the_data_of_this_computer(
    program: Program, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.set("shared_office", f"postgresql://clerk@/x?host={tmp_path}")
    program.open()
    qtbot.waitUntil(lambda: isinstance(program.window, TroubleWindow), timeout=20_000)
    trouble = program.window
    assert isinstance(trouble, TroubleWindow)
    trouble.local_asked.emit()
    assert isinstance(place_of(program), Path)
    assert settings.text("shared_office") == ""


def test_an_address_that_can_not_be_read_is_told(program: Program, settings: Settings) -> None:
    settings.set("shared_office", "postgresql://x:y/z")
    program.open()
    assert isinstance(program.window, TroubleWindow)
