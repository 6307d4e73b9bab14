"""A command and its workers look for garbage seldom; the window's way is `desktop.garbage`."""

import gc
from collections.abc import Iterator

import pytest

from desktop import cli, stopping, workers
from desktop.collecting import AFTER
from forms.locate import packs_folder
from forms.pack.load import load
from forms.record import Office


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_command_collects_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "leave_at_once", lambda: None)
    monkeypatch.setattr(cli, "main", lambda: gc.get_threshold()[0])
    assert stopping.command() == AFTER


def test_a_worker_collects_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers.signal, "signal", lambda *_: None)
    monkeypatch.setattr(workers, "_shared", [])
    workers._begin(load(packs_folder() / "hubei-2022"), Office())
    assert gc.get_threshold()[0] == AFTER
