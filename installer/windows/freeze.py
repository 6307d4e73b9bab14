"""PyInstaller with every system's build.spec, run by a Windows Python: Wine's or this machine's."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer.kept import remove
from installer.windows import HOME, python
from installer.windows.wine import Prefix, windows_path
from tools.develop.console import ROOT, Trouble, capture
from tools.develop.environment import HERE

NAME = "openlicense-desk"
# What the frozen program is made of, besides the packages.
SOURCES = ("forms", "db", "desktop", "resources", "build.spec", "installer/contents.py")
FURTHER = ("pyproject.toml", "requirements.txt", "docs/user-guide.zh-CN.md", "CHANGELOG.md",
           "THIRD-PARTY-NOTICES.md", "LICENSE", "tools/develop/lock.py")  # fmt: skip


def made_from() -> list[Path]:
    """The files and folders that the frozen program is made of."""
    return [ROOT / name for name in (*SOURCES, *FURTHER)]


def under_wine(prefix: Prefix, folder: Path) -> None:
    """Freeze the program into a folder.  Raises Trouble where PyInstaller fails."""
    arguments = [windows_path(part) for part in _arguments(folder)]
    done = prefix.run(python.EXECUTABLE, *arguments, timeout_s=1800)
    _take(folder, done.code, done.output)


def here() -> Path:
    """Freeze the program with this Windows machine's Python.  Raises Trouble."""
    HERE.install_locked(ROOT / "requirements-bundle.txt")
    folder = HOME / "frozen"
    remove(folder)
    folder.mkdir(parents=True)
    _take(folder, *capture([HERE.program("python"), *_arguments(folder)]))
    return folder


def _arguments(folder: Path) -> list[str | Path]:
    places = ("--distpath", folder / "made", "--workpath", folder / "work")
    return ["-m", "PyInstaller", "--noconfirm", "--clean", *places, ROOT / "build.spec"]


def _take(folder: Path, code: int, output: str) -> None:
    """Bring what PyInstaller made to its place."""
    folder.with_suffix(".log").write_text(output, encoding="utf-8")
    made = folder / "made" / NAME
    if code != 0 or not (made / f"{NAME}.exe").is_file():
        raise Trouble(f"PyInstaller failed:\n{output.strip()[-3000:]}")
    for file in made.iterdir():
        shutil.move(file, folder / file.name)
    shutil.rmtree(folder / "made")
    shutil.rmtree(folder / "work")
