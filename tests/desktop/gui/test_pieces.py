"""Work done in pieces: the window listens between them, and the last work asked for is done."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.parts.widgets import word_pieces
from desktop.parts.widgets.word_pieces import Pieces


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every piece takes as long as there is time for at one go."""
    monkeypatch.setattr(word_pieces, "_AT_ONCE_S", 0.0)


def counted(done: list[str], name: str) -> Iterator[None]:
    for place in range(3):
        done.append(f"{name}{place}")
        yield


def test_the_window_listens_between_the_pieces(slow: None, qtbot: QtBot) -> None:
    done: list[str] = []
    heard = QTimer(interval=0)
    heard.timeout.connect(lambda: done.append("heard"))
    work = Pieces()
    heard.start()
    work.begin(counted(done, "a"), lambda: done.append("then"))
    assert done == []
    qtbot.waitUntil(lambda: not work.is_busy)
    heard.stop()
    assert [one for one in done if one != "heard"] == ["a0", "a1", "a2", "then"]
    assert "heard" in done[done.index("a0") : done.index("a2")]


def test_what_is_quick_is_done_at_one_go(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_pieces, "_AT_ONCE_S", 60.0)
    done: list[str] = []
    work = Pieces()
    with qtbot.waitSignal(work._next.timeout):
        work.begin(counted(done, "a"), lambda: done.append("then"))
    assert done == ["a0", "a1", "a2", "then"]


def test_another_work_takes_its_place_and_one_may_stop(slow: None, qtbot: QtBot) -> None:
    done: list[str] = []
    work = Pieces()
    work.begin(counted(done, "a"), lambda: done.append("never"))
    work._go_on()
    assert done == ["a0"]
    work.begin(counted(done, "b"), lambda: done.append("then"))
    qtbot.waitUntil(lambda: not work.is_busy)
    assert done[-4:] == ["b0", "b1", "b2", "then"]
    assert "never" not in done
    work.begin(counted(done, "c"), lambda: done.append("never"))
    work.stop()
    qtbot.wait(20)
    assert not work.is_busy
    assert "c0" not in done
