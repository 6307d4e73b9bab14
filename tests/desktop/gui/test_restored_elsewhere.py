"""A backup is brought back by another program while the window has the data open."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.backup import backup, restore
from desktop.desk.desk import Desk
from desktop.pages.register import RegisterPage
from desktop.pages.wizard import WizardPage
from desktop.parts.notices import Notice
from desktop.program.sample import fill_with_sample
from desktop.shell.main_window import MainWindow
from tests.desktop.gui.seat import NOW


@pytest.fixture
def on_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """There an open window keeps no lock while it does nothing, so that a restore gets through."""
    monkeypatch.setattr("db.door.wants_rollback_journal", lambda _: True)


@pytest.fixture
def window(on_a_share: None, desk: Desk, qtbot: QtBot) -> MainWindow:
    """The window on the sample, whose data were never with a log."""
    fill_with_sample(desk)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show_place("register")
    made.show()
    return made


def test_the_window_shows_what_was_brought_back_and_says_so(
    window: MainWindow, told: list[Notice], tmp_path: Path, qtbot: QtBot
) -> None:
    store, register = window.desk.store, window.page
    assert isinstance(register, RegisterPage)
    qtbot.waitUntil(lambda: register.model.rowCount() == 23 and not register.settler._running)
    backup(store.path, tmp_path / "备份.db")
    for case_id in store.register.ids()[:3]:
        store.cases.bin(case_id)
    window.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: register.model.rowCount() == 20 and not register.settler._running)

    with ThreadPoolExecutor(1) as elsewhere:  # the window goes on with what it has begun
        done = elsewhere.submit(restore, tmp_path / "备份.db", store.path, now=lambda: NOW)
        qtbot.waitUntil(done.done, timeout=30_000)
    assert done.result().kept is not None
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    qtbot.waitUntil(lambda: register.model.rowCount() == 23)
    assert any("从备份恢复" in one.text for one in told)
    told.clear()
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    qtbot.waitUntil(lambda: not register.settler._running)
    assert not told


@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_typed_over_what_was_brought_back_is_combined(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, is_new: bool
) -> None:
    desk = window.desk
    first = desk.store.register.ids()[0]
    backup(desk.store.path, tmp_path / "备份.db")
    window.show_place("wizard", {"case_id": None if is_new else first})
    page = window.page
    assert isinstance(page, WizardPage)
    with ThreadPoolExecutor(1) as elsewhere:
        done = elsewhere.submit(restore, tmp_path / "备份.db", desk.store.path, now=lambda: NOW)
        qtbot.waitUntil(done.done, timeout=30_000)
    page.session.draft.type("patent.title", "恢复以后输入的")
    assert page.session.save()
    assert page.session.case_id is not None
    assert desk.store.cases.one(page.session.case_id).case.patent.title == "恢复以后输入的"
    assert desk.store.register.count() == (24 if is_new else 23)
