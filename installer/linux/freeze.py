"""PyInstaller, in an environment with nothing but the program's locked packages and itself."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from installer.contents import SOURCES, WINDOW
from installer.kept import fingerprint, kept
from installer.linux import elf
from tools.develop.console import ROOT, Trouble, capture

LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-bundle.txt")


def environment(room: Path) -> Path:
    """The environment that freezes; its Python is `bin/python`.  Raises Trouble."""
    made_from = fingerprint(platform.python_version(), sys.executable, *LOCKS)
    return kept("environment", room / "environment", made_from, _make_environment)


def frozen(room: Path) -> Path:
    """The frozen program's folder, plain from PyInstaller and trimmed.  Raises Trouble."""
    home = environment(room)
    sources = [ROOT / name for name in SOURCES]
    made_from = fingerprint(platform.python_version(), *LOCKS, *sources, Path(__file__))
    return kept("frozen", room / "frozen", made_from, lambda folder: _freeze(home, folder))


def _make_environment(folder: Path) -> None:
    base = str(getattr(sys, "_base_executable", None) or sys.executable)
    _do([base, "-m", "venv", str(folder)])
    python = folder / "bin" / "python"
    plainly = ["install", "--quiet", "--no-deps", "--require-hashes"]
    named = [part for lock in LOCKS for part in ("--requirement", str(lock))]
    _do([str(python), "-m", "pip", "--disable-pip-version-check", *plainly, *named])
    _do([str(python), "-m", "pip", "check"])


def _freeze(home: Path, folder: Path) -> None:
    work = folder / "work"
    places = ["--distpath", str(folder / "made"), "--workpath", str(work)]
    command = [str(home / "bin" / "python"), "-m", "PyInstaller", "--noconfirm", "--clean"]
    _do([*command, "--log-level", "WARN", *places, str(ROOT / "build.spec")])
    made = folder / "made" / WINDOW
    _trim(made)
    for file in made.iterdir():
        shutil.move(file, folder / file.name)
    shutil.rmtree(folder / "made")
    shutil.rmtree(work)


def _trim(made: Path) -> None:
    """Take off what only a debugger reads, and the ways to the maker's machine."""
    strip = shutil.which("strip")
    for one in elf.elves(made):
        is_python = one.file.name.startswith("libpython") or "lib-dynload" in one.file.parts
        if is_python and strip:
            _do([strip, "--strip-unneeded", str(one.file)])
        if one.search and not one.search.startswith("$ORIGIN"):
            elf.forget_search(one.file)


def _do(command: list[str]) -> None:
    code, output = capture(command)
    if code != 0:
        raise Trouble(f"{Path(command[0]).name} failed:\n{output.strip()[-3000:]}")
