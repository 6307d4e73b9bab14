"""Jobs: what takes long is done beside the window, told, and stopped without a trace."""

import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.pool import QueuePool

from desktop.desk import jobs as jobs_module
from desktop.desk.desk import Desk
from desktop.desk.jobs import Cancelled, Job, Jobs, Report
from desktop.shell.main_window import BADGES_AFTER_MS, MainWindow
from desktop.shell.progress import ProgressDialog, time_left
from forms.facts.record import Case


class Heard:
    """Listens to a job, and notes in which thread it was told."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.threads: set[QThread] = set()

    def finished(self, result: object) -> None:
        self._note(("finished", result))

    def failed(self, error: Exception) -> None:
        self._note(("failed", str(error)))

    def cancelled(self) -> None:
        self._note("cancelled")

    def progressed(self, done: int, total: int, what: str) -> None:
        self._note((done, total, what))

    def _note(self, what: object) -> None:
        self.said.append(what)
        self.threads.add(QThread.currentThread())


def run(jobs: Jobs, work: Any, heard: Heard, **settings: Any) -> Job:
    return jobs.run(
        work,
        "导出",
        finished=heard.finished,
        failed=heard.failed,
        cancelled=heard.cancelled,
        progressed=heard.progressed,
        **settings,
    )


def test_a_job_works_elsewhere_and_tells_here(desk: Desk, qtbot: QtBot) -> None:
    heard = Heard()
    where: list[threading.Thread] = []

    def work(report: Report) -> str:
        where.append(threading.current_thread())
        report(1, 1, "信息表")
        return "3 份"

    job = run(desk.jobs, work, heard)
    with qtbot.waitSignal(job.ended):
        pass
    assert heard.said == [(1, 1, "信息表"), ("finished", "3 份")]
    assert heard.threads == {QApplication.instance().thread()}  # type: ignore[union-attr]
    assert where != [threading.main_thread()]
    qtbot.waitUntil(lambda: desk.jobs.running == ())


def test_a_job_is_let_go_only_when_its_thread_is_out_of_qt(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread held up in the emitting, while the window lets the job go, crashes the program."""
    has_left: list[bool] = []
    heard: list[bool] = []

    class HeldUp(threading.Event):
        def set(self) -> None:
            time.sleep(0.1)
            has_left.append(True)
            super().set()

    jobs = Jobs()
    monkeypatch.setattr(jobs_module, "Event", HeldUp)
    jobs.run(lambda _: None, "", finished=lambda _: heard.append(bool(has_left)), quiet=True)
    qtbot.waitUntil(lambda: bool(heard))
    jobs.close()
    assert heard == [True]


def test_a_failure_is_heard_or_else_told(desk: Desk, qtbot: QtBot) -> None:
    heard = Heard()

    def work(report: Report) -> None:
        raise OSError("磁盘已满")

    with qtbot.waitSignal(run(desk.jobs, work, heard).ended):
        pass
    assert heard.said == [("failed", "磁盘已满")]
    with qtbot.waitSignal(desk.jobs.unheard) as told:
        desk.jobs.run(work, "导出")
    assert isinstance(told.args[0], OSError)


def test_a_job_that_is_stopped_leaves_nothing_half_made(desk: Desk, qtbot: QtBot) -> None:
    heard = Heard()
    half_way, may_go_on = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        with desk.own_store() as store, store.transaction():
            store.cases.save(Case())
            half_way.set()
            may_go_on.wait(60)
            report(1, 2)

    job = run(desk.jobs, work, heard)
    assert half_way.wait(60)
    job.cancel()
    may_go_on.set()
    with qtbot.waitSignal(job.ended):
        pass
    assert heard.said == ["cancelled"]
    assert desk.store.cases.listed() == []


def test_jobs_on_the_data_wait_for_each_other_and_drawing_for_none(
    desk: Desk, qtbot: QtBot
) -> None:
    order: list[str] = []
    may_end = threading.Event()

    def first(report: Report) -> None:
        may_end.wait(60)
        order.append("first")

    def second(report: Report) -> None:
        order.append("second")

    def drawing(report: Report) -> None:
        order.append("drawing")

    heard = Heard()
    run(desk.jobs, first, heard)
    last = run(desk.jobs, second, heard)
    with qtbot.waitSignal(run(desk.jobs, drawing, heard, drawing=True).ended):
        pass
    may_end.set()
    with qtbot.waitSignal(last.ended):
        pass
    assert order == ["drawing", "first", "second"]


def test_a_job_cancelled_before_it_began_does_not_begin(desk: Desk, qtbot: QtBot) -> None:
    heard = Heard()
    may_end = threading.Event()
    run(desk.jobs, lambda report: may_end.wait(60), Heard())
    job = run(desk.jobs, lambda report: heard.said.append("began"), heard)
    job.cancel()
    may_end.set()
    with qtbot.waitSignal(job.ended):
        pass
    assert heard.said == ["cancelled"]


def test_closing_stops_what_runs(qtbot: QtBot) -> None:
    jobs = Jobs()
    begun = threading.Event()

    def work(report: Report) -> None:
        begun.set()
        while True:
            report(0, 1)

    jobs.run(work, "导出")
    assert begun.wait(60)
    jobs.close()


def test_nothing_is_heard_after_closing(qtbot: QtBot) -> None:
    jobs, heard, done = Jobs(), Heard(), threading.Event()
    jobs.run(lambda _: done.set(), "", finished=heard.finished, cancelled=heard.cancelled)
    assert done.wait(60)  # its result is on the way, or will be
    jobs.close()
    qtbot.wait(50)
    assert heard.said == []


def test_the_data_are_closed_whatever_was_under_way(window: MainWindow, qtbot: QtBot) -> None:
    desk, engine = window.desk, window.desk.store._engine
    desk.go("submission", case_ids=desk.store.register.ids())
    assert window.let_go()
    desk.close()
    pool = engine.pool
    qtbot.wait(2 * BADGES_AFTER_MS)
    assert isinstance(pool, QueuePool)
    assert (pool.checkedin(), pool.checkedout()) == (0, 0)


def test_nothing_begins_after_closing(qtbot: QtBot) -> None:
    jobs, done = Jobs(), list[str]()
    jobs.close()
    jobs.run(lambda report: done.append("begun"), "导出")
    assert jobs.running == () and done == []


def test_no_dialog_outlives_the_data(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither one that is there, nor one that was still to come."""
    monkeypatch.setattr(jobs_module, "DIALOG_AFTER_MS", 100)
    begun, go_on = threading.Event(), threading.Event()

    def work(_: Report) -> None:
        begun.set()
        go_on.wait(60)

    jobs = window.desk.jobs
    jobs.run(work, "导出")
    qtbot.waitUntil(lambda: bool(window.findChildren(ProgressDialog)))
    (dialog,) = window.findChildren(ProgressDialog)
    monkeypatch.setattr(jobs_module, "DIALOG_AFTER_MS", 300)
    jobs.run(work, "检查")
    assert begun.wait(60)
    go_on.set()
    jobs.close()
    assert not dialog.isVisible()
    qtbot.wait(500)
    assert not [one for one in window.findChildren(ProgressDialog) if one.isVisible()]


def test_a_report_says_stop() -> None:
    report = Report(lambda *told: None)
    report(0, 2)
    report.stop()
    with pytest.raises(Cancelled):
        report(1, 2)


def test_long_work_shows_how_far_it_is_and_can_be_stopped(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "DIALOG_AFTER_MS", 0)
    stopped = threading.Event()

    def work(report: Report) -> None:
        report(3, 7, "信息表")
        while not stopped.wait(0.01):
            report(4, 7, "信息表")

    heard = Heard()
    job = run(window.desk.jobs, work, heard)
    qtbot.waitUntil(lambda: _dialog() is not None)
    dialog = _dialog()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._bar.maximum() == 7)
    with qtbot.waitSignal(job.ended):
        dialog.reject()
    assert heard.said[-1] == "cancelled"
    qtbot.waitUntil(lambda: _dialog() is None)


def _dialog() -> ProgressDialog | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ProgressDialog)]
    return next((one for one in found if one.isVisible()), None)


def test_short_work_shows_nothing(window: MainWindow, qtbot: QtBot) -> None:
    job = run(window.desk.jobs, lambda report: None, Heard())
    with qtbot.waitSignal(job.ended):
        pass
    assert _dialog() is None


@pytest.mark.parametrize(
    ("done", "total", "took", "words"),
    [
        (0, 10, 5.0, ""),
        (5, 10, 0.5, ""),
        (5, 10, 5.0, "约需 5 秒"),
        (1, 100, 3.0, "约需 5 分钟"),
        (10, 10, 5.0, ""),
    ],
)
def test_how_long_yet(done: int, total: int, took: float, words: str) -> None:
    assert time_left(done, total, took) == words
