"""Many cases at once from the register: beside the window, as one step, with the way back."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
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


def test_many_are_changed_and_changed_back(
    page: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    page.doing.change("region", page.model.ticked_ids())
    qtbot.waitUntil(lambda: page.doing.sheet is not None)
    sheet = page.doing.sheet
    assert sheet is not None
    sheet.editors["region"].setText("武汉市")  # type: ignore[union-attr]
    sheet.show_changes()
    sheet.accept()
    qtbot.waitUntil(lambda: bool(told))
    assert {one.case.region for one in page.desk.store.cases.listed()} == {"武汉市"}
    page.doing.undo()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert {one.case.region for one in page.desk.store.cases.listed()} == {""}
