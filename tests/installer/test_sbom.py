"""The list of everything in the bundle holds what the lock names, for each system."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from installer import contents, sbom
from tools.develop.lock import normalized, pins


def listed(tmp_path: Path, system: str) -> dict[str, str]:
    file = tmp_path / f"{system}.json"
    sbom.write(file, system, "3.11.7", [sbom.of_the_system("libxcb-cursor0", "0.1.1-4")])
    return {
        one["name"]: one.get("version", "")
        for one in json.loads(file.read_text(encoding="utf-8"))["components"]
    }


def test_every_package_the_program_runs_on_here_is_listed(tmp_path: Path) -> None:
    there = {normalized(name): version for name, version in listed(tmp_path, sys.platform).items()}
    shipped = {normalized(one.metadata["Name"]): one.version for one in contents.shipped()}
    assert len(shipped) > 20
    assert shipped.items() <= there.items()


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_no_locked_package_is_forgotten(tmp_path: Path, system: str) -> None:
    there = {normalized(name) for name in listed(tmp_path, system)}
    of_windows_alone = {"colorama"} if system == "linux" else set()
    assert {pin.key for pin in pins(contents.LOCK)} - of_windows_alone <= there


def test_a_package_the_lock_does_not_name_is_not_listed() -> None:
    lock = "one==1.0 \\\n    --hash=sha256:" + "0" * 64 + '\ntwo==2 ; sys_platform == "win32"\n'
    assert [one.name for one in sbom.of_the_lock("linux", lock)] == ["one"]
    assert [one.name for one in sbom.of_the_lock("win32", lock)] == ["one", "two"]


def test_python_fonts_icons_and_libraries_are_listed(tmp_path: Path) -> None:
    there = listed(tmp_path, "linux")
    assert {"CPython", "Lucide", "HanaMinB", "libxcb-cursor0"} <= there.keys()


def test_it_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a", "b")]
    for file in files:
        sbom.write(file, "linux", "3.11.7")
    assert files[0].read_bytes() == files[1].read_bytes()
