"""`dev.py bundle` hands on: each system's program to those who make it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from installer import run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[str]]]:
    """Who was asked to build, with which words."""
    heard: list[tuple[str, Sequence[str]]] = []

    def of(system: str, words: Sequence[str]) -> int:
        heard.append((system, list(words)))
        return 0

    monkeypatch.setattr("installer.linux.run.bundle", lambda words: of("linux", words))
    monkeypatch.setattr("installer.windows.run.bundle", lambda words: of("windows", words))
    return heard


@pytest.mark.parametrize(
    ("system", "words", "who", "rest"),
    [
        ("linux", ["--prove"], "linux", ["--prove"]),
        ("linux", ["--windows", "--prove"], "windows", ["--prove"]),
        ("linux", ["--pack", "x", "--windows"], "windows", ["--pack", "x"]),
        ("win32", [], "windows", []),
    ],
)
def test_each_systems_program_is_made_by_its_own(
    monkeypatch: pytest.MonkeyPatch,
    asked: list[tuple[str, Sequence[str]]],
    system: str,
    words: list[str],
    who: str,
    rest: list[str],
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert run.bundle(words) == 0
    assert asked == [(who, rest)]
