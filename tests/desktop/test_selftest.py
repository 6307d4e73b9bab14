"""The self-test finds every part in the source tree, and names each that is missing."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.command_line.cli import main
from desktop.command_line.selftest import REPORT, selftest_run, windowless_parts
from desktop.installed.stop_signals import interrupting
from forms.ground.locate import resources

QUICK = ("program", "resources", "licences", "fonts", "pages", "doors", "calendar", "server")


def report(out: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads((out / REPORT).read_text(encoding="utf-8"))
    return read


def words(out: Path, *names: str) -> list[str]:
    return ["selftest", "--out", str(out), *(part for name in names for part in ("--part", name))]


def test_the_parts_without_a_window_are_all_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = (
        "program",
        "resources",
        "licences",
        "fonts",
        "papers",
        "pages",
        "doors",
        "calendar",
        "server",
    )
    assert main(words(tmp_path, *names)) == 0
    assert "自检通过" in capsys.readouterr().out
    found = report(tmp_path)
    assert found["ok"]
    papers = found["papers"]
    assert isinstance(papers, dict)
    digests = papers["hubei-2022"]
    assert {Path(name).suffix for name in digests} >= {".pdf", ".docx", ".xlsx", ".zip", ".eml"}
    assert not [name for name in digests if name.endswith(".db")]


def test_two_runs_make_the_same_papers(tmp_path: Path) -> None:
    assert windowless_parts.papers(tmp_path / "one") == windowless_parts.papers(tmp_path / "other")


def test_two_workers_are_tried(tmp_path: Path) -> None:
    assert windowless_parts.workers(tmp_path)["processes"] == 2


@pytest.fixture
def spoiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the resources, from which things may be taken."""
    copy = tmp_path / "resources"
    shutil.copytree(resources(), copy, ignore=shutil.ignore_patterns("*.svg"))
    for name in ("LICENSE", "THIRD-PARTY-NOTICES.md", "CHANGELOG.md"):
        shutil.copy(resources().parent / name, tmp_path / name)
    (copy / "docs").mkdir()
    shutil.copy(resources().parent / "docs" / "user-guide.zh-CN.md", copy / "docs")
    for module in ("desktop.command_line.selftest.windowless_parts", "desktop.pages.help.guide"):
        monkeypatch.setattr(f"{module}.resources", lambda: copy)
    monkeypatch.setattr(windowless_parts, "fonts_folder", lambda: copy / "fonts")
    monkeypatch.setattr(windowless_parts, "packs_folder", lambda: copy / "packs")
    return copy


@pytest.mark.parametrize(
    ("gone", "part", "named"),
    [
        ("fonts/HanaMinB.ttf", "fonts", "HanaMinB"),
        ("fonts/licences", "licences", "licence texts"),
        ("licences", "licences", "licence texts"),
        ("packs", "papers", "no form pack"),
        ("docs/user-guide.zh-CN.md", "resources", "user-guide"),
        ("laws", "resources", "no law"),
        ("../THIRD-PARTY-NOTICES.md", "resources", "THIRD-PARTY-NOTICES.md"),
    ],
)
def test_what_is_missing_is_named(
    spoiled: Path,
    tmp_path: Path,
    gone: str,
    part: str,
    named: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(words(tmp_path / "before", part)) == 0
    path = spoiled / gone
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    out = tmp_path / "after"
    assert main(words(out, part)) == 1
    assert named in capsys.readouterr().out
    faults = report(out)["faults"]
    assert isinstance(faults, list)
    assert len(faults) == 1
    assert faults[0].startswith(f"{part}: ")
    assert named in faults[0]


def test_a_damaged_edition_is_named(spoiled: Path, tmp_path: Path) -> None:
    (spoiled / "edition.toml").write_text("name = 1\n", encoding="utf-8")
    assert main(words(tmp_path / "out", "resources")) == 1
    assert "EditionFault" in str(report(tmp_path / "out")["faults"])


def test_a_part_that_ends_the_program_leaves_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Qt does where a plug-in is missing: no word, no exception."""

    class Ended(BaseException):
        pass

    def end(_: Path) -> dict[str, object]:
        raise Ended

    monkeypatch.setitem(selftest_run._PARTS, "pages", end)
    with pytest.raises(Ended):
        selftest_run.selftest(tmp_path, lambda _: None, ("program", "pages"))
    assert report(tmp_path)["faults"] == [f"pages: {selftest_run.UNFINISHED}"]
    assert not report(tmp_path)["ok"]


@pytest.fixture
def heard() -> Iterator[None]:
    """As started in the foreground: a shell shuts SIGINT off for what it starts behind itself."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_it_stops_behind_the_part_in_which_it_was_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def within_qt(_: Path) -> dict[str, str]:
        signal.raise_signal(signal.SIGINT)
        done.append("came to its end")  # raised in here, Qt would forget it, or Python abort
        return {}

    def next_part(_: Path) -> dict[str, str]:
        raise AssertionError("it went on")

    monkeypatch.setattr(selftest_run, "_PARTS", {"a": within_qt, "b": next_part})
    with interrupting(), pytest.raises(KeyboardInterrupt):
        selftest_run.selftest(tmp_path, lambda _: None)
    assert done
    monkeypatch.setattr(selftest_run, "_PARTS", {})
    assert selftest_run.selftest(tmp_path, lambda _: None).faults == []
