"""Two programs on one file: what another one saves is seen here without starting anew."""

from collections.abc import Iterator
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from db.store import Store, open_store
from db.store_problems import LockedDatabase, MissingDatabase
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.desk.others import Others
from desktop.pages.register.register_page import RegisterPage
from desktop.pages.wizard.wizard_page import WizardPage
from desktop.shell.main_window import MainWindow
from tests.desktop.gui.seat import NOW

PATIENT_MS = 60_000  # on a busy machine


@pytest.fixture
def beside(sample_desk: Desk) -> Iterator[Store]:
    """Another program on the same file."""
    with open_store(sample_desk.store.path, now=lambda: NOW, create=False) as store:
        yield store


def rename(store: Store, case_id: int, title: str) -> None:
    case = store.cases.one(case_id).case
    store.cases.save(replace(case, patent=replace(case.patent, title=title)), case_id=case_id)


def test_the_register_shows_what_another_program_has_saved_and_binned(
    window: MainWindow, beside: Store, qtbot: QtBot
) -> None:
    page = window.page
    assert isinstance(page, RegisterPage)
    first, second, *_ = beside.register.ids()
    gone = beside.cases.one(second).case.patent.title
    rename(beside, first, "别处改过的装置")
    beside.cases.bin(second)

    def titles() -> set[str]:
        return {row.title for row in page.model.rows}

    def follows() -> bool:
        return "别处改过的装置" in titles() and gone not in titles()

    qtbot.waitUntil(follows, timeout=PATIENT_MS)


def test_the_case_in_hand_follows_another_program(
    window: MainWindow, beside: Store, qtbot: QtBot
) -> None:
    first = beside.register.ids()[0]
    window.show_place("wizard", {"case_id": first})
    page = window.page
    assert isinstance(page, WizardPage)
    rename(beside, first, "别处改过的装置")
    qtbot.waitUntil(lambda: page.session.case.patent.title == "别处改过的装置", timeout=PATIENT_MS)
    assert page.session.is_kept


def test_what_a_lock_kept_from_being_read_is_read_later(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.page
    assert isinstance(page, RegisterPage)
    real, met = window.desk.store.register.count, [0]

    def count() -> int:
        met[0] += 1
        if met[0] < 3:
            raise LockedDatabase(window.desk.store.path)
        return real()

    monkeypatch.setattr(window.desk.store.register, "count", count)
    loaded: list[object] = []
    page.loader.loaded.connect(loaded.append)
    page.mark_stale()
    qtbot.waitUntil(lambda: bool(loaded), timeout=PATIENT_MS)
    assert met[0] >= 3


def test_what_a_share_that_was_away_kept_from_being_read_is_read_later_and_told_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.page
    assert isinstance(page, RegisterPage)
    store, real, met = window.desk.store, window.desk.store.register.count, [0]

    def count() -> int:
        met[0] += 1
        if met[0] < 4:
            raise MissingDatabase(store.path)
        return real()

    monkeypatch.setattr(store.register, "count", count)
    loaded: list[object] = []
    page.loader.loaded.connect(loaded.append)
    with pytest.raises(MissingDatabase):
        page._is_stale = True
        page._refresh_now()
    qtbot.waitUntil(lambda: bool(loaded), timeout=PATIENT_MS)
    assert met[0] >= 4


# --- how it looks -----------------------------------------------------------------------------


@pytest.fixture
def others(sample_desk: Desk, qtbot: QtBot) -> Others:
    """What looks, by a window in which nothing else is at work."""
    empty = QMainWindow()
    qtbot.addWidget(empty)
    return Others(sample_desk, empty)


@pytest.fixture
def heard(sample_desk: Desk) -> list[int]:
    """How often the pages were told to read anew."""
    found: list[int] = []
    sample_desk.cases_changed.connect(lambda: found.append(1))
    return found


def test_what_this_window_saves_is_no_news_of_others(
    sample_desk: Desk, others: Others, heard: list[int]
) -> None:
    store = sample_desk.store
    rename(store, store.register.ids()[0], "这里改过的装置")
    for _ in range(4):
        others.look()
    assert not heard


def test_what_a_job_of_this_window_saves_is_no_news_of_others(
    sample_desk: Desk, others: Others, heard: list[int], beside: Store, qtbot: QtBot
) -> None:
    first, second, *_ = beside.register.ids()

    def work(_: Report) -> None:
        with sample_desk.own_store() as store:
            rename(store, first, "成批改过的装置")
            store.settings.put("成批", "改过")

    with qtbot.waitSignal(sample_desk.jobs.run(work, "…").finished):
        pass
    for _ in range(4):
        others.look()
    assert not heard
    rename(beside, second, "别处改过的装置")  # between two of our own jobs
    with qtbot.waitSignal(sample_desk.jobs.run(work, "…").finished):
        pass
    others.look()
    others.look()
    assert len(heard) == 1


def test_a_row_of_saves_is_followed_once_it_pauses_and_not_much_later(
    others: Others, heard: list[int], beside: Store
) -> None:
    first = beside.register.ids()[0]
    for turn in range(5):
        rename(beside, first, f"第{turn}次")
        others.look()
    assert not heard
    rename(beside, first, "还在改")
    others.look()
    assert len(heard) == 1  # it is waited for no longer
    others.look()
    assert len(heard) == 1
    rename(beside, first, "又改了一次")
    others.look()
    assert len(heard) == 1
    others.look()
    assert len(heard) == 2  # it has paused


def test_while_a_job_is_at_work_nothing_changes_under_it(
    sample_desk: Desk, others: Others, heard: list[int], beside: Store, qtbot: QtBot
) -> None:
    goes_on = Event()

    def work(_: Report) -> None:
        goes_on.wait()

    rename(beside, beside.register.ids()[0], "别处改过的装置")
    sample_desk.jobs.run(work, "…")
    for _ in range(8):
        others.look()
    assert not heard
    goes_on.set()
    qtbot.waitUntil(lambda: not sample_desk.jobs.running, timeout=PATIENT_MS)
    others.look()
    assert heard


def test_what_is_done_quietly_beside_the_window_does_not_keep_it_behind(
    sample_desk: Desk, others: Others, heard: list[int], beside: Store, qtbot: QtBot
) -> None:
    goes_on = Event()
    rename(beside, beside.register.ids()[0], "别处改过的装置")
    sample_desk.jobs.run(lambda _: goes_on.wait(), "…", quiet=True)
    for _ in range(2):
        others.look()
    assert heard
    goes_on.set()
    qtbot.waitUntil(lambda: not sample_desk.jobs.running, timeout=PATIENT_MS)
