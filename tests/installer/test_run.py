"""`dev.py bundle` hands on: each system's program to those who make it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import run
from installer.handing_out import SUMS


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, Sequence[str]]]:
    """Who was asked to build, with which words."""
    heard: list[tuple[str, Sequence[str]]] = []

    def of(system: str, words: Sequence[str]) -> int:
        heard.append((system, list(words)))
        return 0

    monkeypatch.setattr("installer.linux.run.bundle", lambda words: of("linux", words))
    monkeypatch.setattr("installer.windows.run.bundle", lambda words: of("windows", words))
    monkeypatch.setattr(run, "OUT", tmp_path)
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
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert run.bundle(words) == 0
    assert asked == [(who, rest)]
    listed = (tmp_path / SUMS).read_text(encoding="utf-8")
    assert ("windows-x64.sbom.cdx.json" in listed) is (who == "windows")


def test_what_failed_is_not_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("installer.linux.run.bundle", lambda words: 1)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(run, "OUT", tmp_path)
    assert run.bundle([]) == 1
    assert not list(tmp_path.iterdir())
