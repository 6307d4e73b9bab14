"""A day's work leaves nothing behind: a hundred cases opened, a hundred wizards made and closed."""

import gc
import weakref
from collections import Counter
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.case_session import CaseSession
from desktop.shell.main_window import MainWindow

MANY = 100
SOON_MS = 1000  # notices stay longer


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Let all that is to be deleted go, all jobs end, and all begin that is to begin soon."""

    def is_quiet() -> bool:
        soon = (timer for timer in window.findChildren(QTimer) if timer.interval() < SOON_MS)
        return not window.desk.jobs.running and not any(timer.isActive() for timer in soon)

    qtbot.waitUntil(is_quiet)
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        gc.collect()


def widgets() -> Counter[str]:
    """How many widgets of each kind there are."""
    return Counter(type(one).__name__ for one in QApplication.allWidgets())


def grown(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    """What there is more of."""
    return {name: count - before[name] for name, count in after.items() if count > before[name]}


@pytest.fixture
def open_one(window: MainWindow) -> Callable[[int], WizardPage]:
    """Opens a case, goes through its steps, looks at its history."""
    ids = window.desk.store.register.ids()

    def go(place: int) -> WizardPage:
        window.show_place("wizard", {"case_id": ids[place % len(ids)]})
        page = window.page
        assert isinstance(page, WizardPage)
        page.open_step(page._flow.steps[place % len(page._flow.steps)].id)
        if place % 10 == 0:
            page.show_history()
            page.escape()
        return page

    return go


def test_a_hundred_cases_leave_no_widget_and_no_session(
    open_one: Callable[[int], WizardPage], window: MainWindow, qtbot: QtBot
) -> None:
    for place in range(MANY // 5):  # every case and every step once
        open_one(place)
    settle(qtbot, window)
    before = widgets()
    sessions = weakref.WeakSet[CaseSession]()
    for place in range(MANY // 5, MANY // 5 + MANY):
        sessions.add(open_one(place).session)
    open_one(MANY // 5 - 1)
    settle(qtbot, window)
    assert grown(before, widgets()) == {}
    assert len(sessions) <= 1


def test_a_hundred_wizards_are_gone_when_they_are_closed(window: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, window)
    before, ids = widgets(), window.desk.store.register.ids()
    made = []
    for place in range(MANY):
        page = WizardPage(window.desk)
        page.enter(case_id=ids[place % len(ids)])
        page.show()
        made.append(weakref.ref(page))
        page.leave()
        page.close()
        page.deleteLater()
        del page
        if place % 10 == 9:
            settle(qtbot, window)
    settle(qtbot, window)
    left = [one for ref in made if (one := ref()) is not None]
    assert [one for one in left if shiboken6.isValid(one)] == []
    assert grown(before, widgets()) == {}
    assert len(left) <= 1
