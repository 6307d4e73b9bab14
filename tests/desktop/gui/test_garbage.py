"""A widget dies in the window's thread, whoever made the garbage and whoever held it last."""

import gc
import threading
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.desk.jobs import Job, Jobs, Report
from desktop.installed.settings import Settings
from desktop.parts.theme.theme import Theme
from desktop.program import app as app_module
from desktop.program.app import Program


class Cycle(QObject):
    """Not let go by counting.  No widget: one would not even die elsewhere, but wait for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


class Deaths:
    """In which threads what is watched went."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def watch(self, one: object) -> None:
        weakref.finalize(one, lambda: self.threads.append(threading.current_thread()))


@pytest.fixture
def automatic() -> Iterator[None]:
    """Python collects of itself, as before a program begins."""
    gc.collect()
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def program(
    automatic: None,
    qapp: QApplication,
    theme: Theme,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Program]:
    monkeypatch.setattr(app_module, "dress", lambda *_, **__: theme)
    made = Program(qapp, settings, tmp_path / "资料")
    made.open()
    yield made
    made.close()
    assert made.window is not None
    made.window.close()
    made.window.deleteLater()


def litter(_report: Report) -> None:
    """Garbage for which Python would collect many times over, were it to collect here."""
    for _ in range(100_000):
        ring: list[object] = []
        ring.append(ring)


def test_a_job_that_makes_garbage_destroys_no_widget(program: Program, qtbot: QtBot) -> None:
    deaths = Deaths()
    deaths.watch(Cycle())
    assert program.desk is not None
    with qtbot.waitSignal(program.desk.jobs.run(litter, "导出").ended):
        pass
    qtbot.waitUntil(lambda: bool(deaths.threads))
    assert deaths.threads == [threading.main_thread()]


def test_python_collects_again_when_the_program_is_closed(program: Program) -> None:
    assert not gc.isenabled()
    program.close()
    assert gc.isenabled()


def test_what_a_work_holds_goes_where_its_end_is_told(qtbot: QtBot) -> None:
    deaths, jobs = Deaths(), Jobs()

    def work(widget: QWidget, fault: Exception | None, _report: Report) -> None:
        if fault is not None:
            raise fault

    for fault in (None, OSError("磁盘已满")):
        widget = QWidget()
        deaths.watch(widget)
        job = Job(partial(work, widget, fault), "导出", jobs)
        del widget
        ended = threading.Event()

        def in_thread(job: Job = job, ended: threading.Event = ended) -> None:
            job.run()
            ended.wait(60)  # the thread is still at its last line, and holds the job

        worker = threading.Thread(target=in_thread)
        with qtbot.waitSignal(job.ended):
            worker.start()
        if fault is not None:
            fault.__traceback__ = None
        assert deaths.threads.pop() is threading.main_thread()
        ended.set()
        worker.join()
    jobs.close()
