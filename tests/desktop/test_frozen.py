"""A built program does not press its libraries on the programs it opens."""

import os
import sys

import pytest

from desktop.installed.frozen import let_others_be

OURS, THEIRS = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


@pytest.fixture
def as_built(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As PyInstaller's start leaves the environment on Linux."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(OURS, "/opt/openlicense-desk/_internal")
    monkeypatch.delenv(THEIRS, raising=False)
    return monkeypatch


def test_the_environment_is_as_it_was_without_any(as_built: pytest.MonkeyPatch) -> None:
    let_others_be()
    assert OURS not in os.environ


def test_what_the_office_had_set_is_back(as_built: pytest.MonkeyPatch) -> None:
    as_built.setenv(THEIRS, "/usr/local/lib")
    let_others_be()
    assert os.environ[OURS] == "/usr/local/lib"
    assert THEIRS not in os.environ


def test_the_source_tree_touches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OURS, "/somewhere")
    let_others_be()
    assert os.environ[OURS] == "/somewhere"
