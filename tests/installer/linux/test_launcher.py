"""The launcher starts the program where the system is new enough, else says kindly why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from installer.linux.folder import LAUNCHER, WORDS, filled
from tools.develop.console import Trouble

if sys.platform != "linux":
    pytest.skip("the launcher is a Linux shell's", allow_module_level=True)

FILLED = {"MACHINE": "x86_64", "GLIBC": "2.31", "PROGRAM": "openlicense.bin", "VERSION": "1"}
REFUSED = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The program's folder, in a place as clerks name them, with a program that says its words."""
    made = tmp_path / "开放许可 程序"
    made.mkdir()
    _script(made / "openlicense", filled(LAUNCHER, FILLED))
    _script(made / "openlicense.bin", '#!/bin/sh\nprintf "started: %s|%s" "$1" "$2"\n')
    return made


def _script(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def start(
    folder: Path,
    *,
    glibc: str = "glibc 2.31",
    machine: str = "x86_64",
    display: str = "",
    by: Path | None = None,
) -> str:
    """What it says on a machine of that kind, after its exit code."""
    tools = folder.parent / "tools"
    tools.mkdir(exist_ok=True)
    _script(tools / "getconf", f"#!/bin/sh\necho '{glibc}'\n" if glibc else "#!/bin/sh\nexit 1\n")
    _script(tools / "uname", f"#!/bin/sh\necho {machine}\n")
    done = subprocess.run(
        [by or folder / "openlicense", "--out", "文 书"],
        env={"PATH": f"{tools}:/usr/bin:/bin", "LANG": "C.UTF-8", "DISPLAY": display},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return f"{done.returncode} {done.stdout}{done.stderr}"


@pytest.mark.parametrize("glibc", ["glibc 2.31", "glibc 2.40", "glibc 3.0", "glibc 2.100.1"])
def test_a_system_new_enough_starts_it_with_its_words(folder: Path, glibc: str) -> None:
    assert start(folder, glibc=glibc) == "0 started: --out|文 书"


@pytest.mark.parametrize("glibc", ["glibc 2.30", "glibc 2.9", "glibc 1.99"])
def test_an_older_system_is_told_kindly(folder: Path, glibc: str) -> None:
    said = start(folder, glibc=glibc)
    number = glibc.removeprefix("glibc ")
    assert said.startswith(
        f"{REFUSED} 开放许可通的这个版本需要 glibc 2.31 或更新的系统，本机是 {number}"
    )
    assert "资料没有任何改动" in said


def test_another_libc_and_another_machine_are_told_kindly(folder: Path) -> None:
    assert "本机没有 glibc" in start(folder, glibc="")
    assert "本机是 aarch64" in start(folder, machine="aarch64")


def test_it_is_told_in_a_window_where_there_is_one(folder: Path) -> None:
    shown = folder.parent / "shown"
    tools = folder.parent / "tools"
    tools.mkdir()
    _script(tools / "zenity", f'#!/bin/sh\nprintf %s "$4" > "{shown}"\n')
    assert start(folder, glibc="glibc 2.28", display=":0").startswith(f"{REFUSED} ")
    assert "本机是 2.28" in shown.read_text(encoding="utf-8")


def test_it_is_found_through_a_link(folder: Path) -> None:
    link = folder.parent / "bin" / "openlicense"
    link.parent.mkdir()
    link.symlink_to(folder / "openlicense")
    assert start(folder, by=link) == "0 started: --out|文 书"


def test_no_word_of_a_template_is_left_open() -> None:
    assert "@" not in filled(WORDS, FILLED)
    with pytest.raises(Trouble, match=r"launcher\.sh"):
        filled(LAUNCHER, {"MACHINE": "x86_64"})
