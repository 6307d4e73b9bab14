"""One program, two workplaces: an office's and a bureau's, each with its places and its data."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.data_places import database_file
from db.store import open_store
from desktop.command_line.cli import main as command_line
from desktop.desk.page_base import Page
from desktop.installed import program_places
from desktop.installed.bureau_edition import EditionFault, read_edition
from desktop.installed.settings import Settings
from desktop.installed.workplaces import BUREAU, OFFICE, WORKPLACES
from desktop.pages.first_start import FirstStart
from desktop.pages.settings.workplace_section import WorkplaceCard
from desktop.parts.theme.theme import Theme
from desktop.program import app as app_module
from desktop.program.app import Program
from desktop.program.opening_window import TroubleWindow
from desktop.program.single import SingleInstance
from desktop.shell.main_window import MainWindow
from desktop.shell.page_table import PAGES, rail_of
from forms.facts.record import Case, Office
from forms.ground.locate import packs_folder
from tests.desktop.gui.seat import NOW, AnsweringDialogs

Start = Callable[..., Program]
BUREAU_NAME = "示例省知识产权局"
EDITION = f'name = "{BUREAU_NAME}"\npack = "hubei-2022"\nworkplace = "bureau"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "开放许可资料"


@pytest.fixture
def start(
    qapp: QApplication,
    theme: Theme,
    settings: Settings,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Start]:
    """Starts the program, as often as asked; every one is put away at the end."""
    packs = tmp_path / "随附"
    shutil.copytree(packs_folder() / "hubei-2022", packs / "hubei-2022")
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: packs)
    monkeypatch.setattr(app_module, "dress", lambda *_, **__: theme)
    started: list[Program] = []

    def begin(*files: Path) -> Program:
        for before in started:
            before.close()
        program = Program(qapp, settings, folder, clock=lambda: NOW, dialogs=AnsweringDialogs())
        started.append(program)
        program.open(files)
        return program

    yield begin
    for program in started:
        program.close()
        if program.window is not None:
            program.window.close()
            program.window.deleteLater()


def an_office(folder: Path) -> None:
    with open_store(database_file(folder), now=lambda: NOW) as store:
        store.parties.set_office(Office(name="示例大学"))
        store.cases.save(Case())
        store.settings.put("started", "true")


def main_window(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def asked(program: Program) -> FirstStart:
    assert isinstance(program.window, FirstStart)
    return program.window


def words_of(window: FirstStart) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel))


def begin_as_bureau(program: Program) -> MainWindow:
    window = asked(program)
    window.workplace.buttons[BUREAU].click()
    window.fields["name"].setText(BUREAU_NAME)
    window.fields["contact"].setText("周敏")
    window.start()
    return main_window(program)


def switch(program: Program, to: str) -> None:
    """As a clerk does at the foot of the rail."""
    menu = main_window(program)._rail.workplace.menu()
    (action,) = [one for one in menu.actions() if not one.isChecked()]
    assert action.text().startswith({"office": "单位", "bureau": "省局"}[to])
    action.trigger()
    menu.deleteLater()


def rail(program: Program) -> list[str]:
    return list(main_window(program)._rail.buttons)


# --- the first start ----------------------------------------------------------------------


def test_the_first_start_asks_a_bureau_for_its_name_and_contact(
    start: Start, folder: Path, settings: Settings
) -> None:
    program = start()
    window = asked(program)
    assert window.workplace.chosen == OFFICE
    assert "单位名称" in words_of(window) and window.region.currentText() == "全省"
    window.workplace.buttons[BUREAU].click()
    assert "本局名称" in words_of(window) and "请填写本局资料" in words_of(window)
    assert window.region.currentText() == ""
    window.start()
    assert "审核意见" in window.fields["name"].accessibleDescription()
    begin_as_bureau(program)
    assert program.desk is not None and program.desk.workplace == BUREAU
    assert program.desk.store.path == database_file(folder / "bureau")
    office = program.desk.store.parties.office()
    assert (office.name, office.contact) == (BUREAU_NAME, "周敏")
    assert rail(program) == [one.name for one in rail_of(BUREAU)]
    assert settings.text("workplace") == BUREAU
    with open_store(database_file(folder), now=lambda: NOW) as store:
        assert store.parties.office().name == ""


def test_a_change_of_mind_before_the_first_start_is_over_costs_nothing(start: Start) -> None:
    window = asked(start())
    window.fields["name"].setText("示例大学")
    for one in (BUREAU, OFFICE):
        window.workplace.buttons[one].click()
    assert window.fields["name"].text() == "示例大学"
    assert window.region.currentText() == "全省"
    assert "请填写单位资料" in words_of(window)


def test_an_edition_may_start_as_a_bureaus(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = read_edition(EDITION)
    monkeypatch.setattr("desktop.installed.bureau_edition.edition_here", lambda: edition)
    monkeypatch.setattr("forms.ground.locate.is_edition", lambda: True)
    program = start()
    window = asked(program)
    assert window.workplace.chosen == BUREAU
    assert window.fields["name"].text() == BUREAU_NAME
    window.start()
    assert program.desk is not None and program.desk.workplace == BUREAU
    monkeypatch.setattr("desktop.installed.bureau_edition.edition_here", lambda: None)
    again = start()  # what was chosen holds without it
    assert again.desk is not None and again.desk.workplace == BUREAU


def test_an_edition_of_an_unknown_workplace_is_refused() -> None:
    with pytest.raises(EditionFault, match="workplace"):
        read_edition(EDITION.replace('"bureau"', '"ministry"'))
    assert read_edition(EDITION.replace('workplace = "bureau"', "")).workplace == OFFICE


# --- switching ----------------------------------------------------------------------------


def test_switching_changes_rail_and_data_and_leaves_the_office_s_untouched(
    start: Start, folder: Path, settings: Settings
) -> None:
    an_office(folder)
    program = start()
    office_rail = rail(program)
    switch(program, BUREAU)
    begin_as_bureau_at_once(program)
    assert rail(program) != office_rail
    switch(program, OFFICE)
    assert rail(program) == office_rail
    assert program.desk is not None
    assert program.desk.store.path == database_file(folder)
    assert len(program.desk.store.cases.listed()) == 1
    assert program.desk.store.parties.office().name == "示例大学"
    switch(program, BUREAU)  # nothing is asked twice
    assert program.desk.store.parties.office().name == BUREAU_NAME
    again = start()
    assert again.desk is not None and again.desk.workplace == BUREAU


def begin_as_bureau_at_once(program: Program) -> None:
    window = asked(program)
    assert window.workplace.chosen == BUREAU
    window.fields["name"].setText(BUREAU_NAME)
    window.start()


def test_a_workplace_that_has_data_is_opened_from_the_first_start_of_the_other(
    start: Start, folder: Path
) -> None:
    an_office(folder)
    program = start()
    switch(program, BUREAU)
    asked(program).workplace.buttons[OFFICE].click()
    assert program.desk is not None and program.desk.workplace == OFFICE
    assert len(program.desk.store.cases.listed()) == 1


def test_a_page_with_something_in_hand_keeps_the_workplace(
    start: Start, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office(folder)
    program = start()
    before = program.desk
    page = main_window(program).page
    assert isinstance(page, Page)
    monkeypatch.setattr(page, "leave", lambda: False)
    switch(program, BUREAU)
    assert program.desk is before and program.workplace == OFFICE
    assert settings.text("workplace") == ""
    monkeypatch.undo()


def test_data_that_do_not_open_say_so_and_lead_back(start: Start, folder: Path) -> None:
    an_office(folder)
    spoilt = database_file(folder / "bureau")
    spoilt.parent.mkdir()
    spoilt.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    program = start()
    switch(program, BUREAU)
    trouble = program.window
    assert isinstance(trouble, TroubleWindow)
    (back,) = [one for one in trouble.findChildren(QPushButton) if "单位工作台" in one.text()]
    back.click()
    assert program.desk is not None and program.desk.workplace == OFFICE
    assert len(program.desk.store.cases.listed()) == 1
    assert spoilt.read_bytes().startswith(b"SQLite format 3\x00\x07")


def test_a_program_that_was_killed_while_switching_starts_where_it_was_going(
    start: Start, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office(folder)
    program = start()

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(program, "open", killed)
    with pytest.raises(SystemExit):
        program.go_to_workplace(BUREAU)
    monkeypatch.undo()
    monkeypatch.setattr(app_module, "dress", lambda *_, **__: program._maker._around.theme)
    again = start()
    assert asked(again).workplace.chosen == BUREAU
    asked(again).workplace.buttons[OFFICE].click()
    assert again.desk is not None and len(again.desk.store.cases.listed()) == 1


def test_the_settings_lead_to_the_other_workplace(start: Start, folder: Path, qtbot: QtBot) -> None:
    an_office(folder)
    program = start()
    window = main_window(program)
    window.show_place("settings", {"group": "workplace"})
    card = window.findChildren(WorkplaceCard)[-1]
    card.choice.buttons[BUREAU].click()
    assert asked(program).workplace.chosen == BUREAU


def test_the_sample_of_a_workplace_lies_with_its_data(start: Start, folder: Path) -> None:
    an_office(folder)
    program = start()
    switch(program, BUREAU)
    program.show_sample(quietly=True)
    assert program.desk is not None and program.desk.is_sample
    assert program.desk.store.path == database_file(folder / "bureau" / "sample")
    program.show_own_data()
    assert isinstance(program.window, FirstStart)


def test_a_second_start_meets_the_first_whatever_its_workplace(folder: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(folder), SingleInstance(folder)
    assert first.is_first([])
    with qtbot.waitSignal(first.asked_to_rise):
        assert not second.is_first([])
    first.close()
    second.close()


# --- the table of pages, and the command line ------------------------------------------------


def test_every_page_under_a_place_is_of_its_workplaces() -> None:
    for row in PAGES.values():
        assert set(row.workplaces) <= set(PAGES[row.place].workplaces), row.name
    for workplace in WORKPLACES:
        assert len([one for one in rail_of(workplace) if not one.is_at_foot]) <= 7


def test_the_command_line_of_both_workplaces_has_the_data_of_its_own(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that any workplace has works on the data of the one in use; others never mix."""
    file = tmp_path / "配置" / "settings.toml"
    monkeypatch.setattr(program_places, "settings_file", lambda: file)
    settings.set("data_folder", str(tmp_path / "data"))

    def named(name: str) -> None:
        assert command_line(["office", "set", "--name", name]) == 0

    named("示例大学")
    settings.set("workplace", BUREAU)
    named(BUREAU_NAME)
    assert command_line(["list"]) == 0  # the office's, in whatever workplace
    for place, name in (("", "示例大学"), ("bureau", BUREAU_NAME)):
        with open_store(database_file(tmp_path / "data" / place), now=lambda: NOW) as store:
            assert store.parties.office().name == name


def test_a_portable_bureau_keeps_its_data_beside_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_places, "program_folder", lambda: tmp_path)
    (tmp_path / "portable").touch()
    Settings(program_places.settings_file()).set("workplace", BUREAU)
    assert command_line(["office", "set", "--name", BUREAU_NAME]) == 0
    assert database_file(tmp_path / "data" / "bureau").is_file()
    assert not database_file(tmp_path / "data").exists()
