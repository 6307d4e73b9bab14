"""Many cases at once from the register: beside the window, as one step, with the way back."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.pages.parties.parties_page import PartiesPage
from desktop.pages.register import RegisterPage
from desktop.pages.register.case_actions import DONE_AT_ONCE
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.record import Case, Patent

MANY = DONE_AT_ONCE + 5


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RegisterPage:
    """The register of an office with many cases, all of them ticked."""
    made = [(Case(patent=Patent(title=f"装置{n}")), {}, "导入") for n in range(MANY)]
    desk.store.cases.add_all(made)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show_place("register")
    window.show()
    shown = window.page
    assert isinstance(shown, RegisterPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() == MANY)
    qtbot.waitUntil(lambda: not desk.jobs.running)
    shown.table.tick_all_or_none()
    return shown


def test_many_are_binned_and_brought_back(
    page: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    page.bin_cases()
    assert page.desk.store.register.count() == MANY  # the window goes on meanwhile
    qtbot.waitUntil(lambda: page.desk.store.register.count() == 0)
    qtbot.waitUntil(lambda: bool(told))
    page.doing.undo()
    qtbot.waitUntil(lambda: page.desk.store.register.count() == MANY)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert str(MANY) in told[-1].text


def test_a_cancelled_step_leaves_everything(page: RegisterPage, qtbot: QtBot) -> None:
    page.bin_cases()
    (job,) = [job for job in page.desk.jobs.running if str(MANY) in job.label]
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert page.desk.store.register.count() in (0, MANY)


def begins_to_change_all(page: RegisterPage, qtbot: QtBot) -> None:
    """Give all cases a region; it is done beside the window."""
    page.doing.change("region", page.model.shown_ids())
    qtbot.waitUntil(lambda: page.doing.sheet is not None)
    sheet = page.doing.sheet
    assert sheet is not None
    sheet.editors["region"].setText("武汉市")  # type: ignore[union-attr]
    sheet.show_changes()
    sheet.accept()


def test_many_are_changed_and_changed_back(
    page: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    begins_to_change_all(page, qtbot)
    qtbot.waitUntil(lambda: bool(told))
    assert {one.case.region for one in page.desk.store.cases.listed()} == {"武汉市"}
    assert page.model.ticked_ids() == []
    page.doing.undo()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert {one.case.region for one in page.desk.store.cases.listed()} == {""}


def test_what_is_ticked_while_they_are_changed_stays_ticked(
    page: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    page.model.tick_all(False)
    begins_to_change_all(page, qtbot)
    assert not told
    page.table.tick_all_or_none()
    qtbot.waitUntil(lambda: bool(told))
    assert len(page.model.ticked_ids()) == MANY


@pytest.mark.parametrize("place", ["register", "parties"])
def test_who_types_elsewhere_while_they_are_changed_keeps_the_keys(
    place: str, page: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    begins_to_change_all(page, qtbot)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_place(place)
    here = window.page
    assert isinstance(here, RegisterPage | PartiesPage)
    here.search() if isinstance(here, RegisterPage) else here.new()
    in_hand = QApplication.focusWidget()
    assert isinstance(in_hand, QLineEdit)
    assert not told
    qtbot.waitUntil(lambda: bool(told))
    assert window.focusWidget() is in_hand  # offscreen, a dialog that goes takes the activity along


def test_who_searches_keeps_the_keys_though_another_program_is_in_front(
    page: RegisterPage, qtbot: QtBot
) -> None:
    page.search()
    in_hand = page.window().focusWidget()
    page.model.tick_all(True)
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    page._used(page.model.ticked_ids())  # a change of many has ended
    assert page.model.ticked_ids() == []
    assert page.window().focusWidget() is in_hand
