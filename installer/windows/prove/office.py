"""An office's computer for the proof: a Windows in which the program is installed and used."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.kept import files_under
from installer.windows import setup
from installer.windows.wine import Done, Prefix, windows_path
from tools.develop.console import Trouble

UNINSTALL = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{setup.ID}"
_LOCAL = r"AppData\Local"
CLERK = "clerk"


class Failed(Trouble):
    """A check has not passed; its text says what was seen."""


def expect(claim: bool, otherwise: str) -> None:
    """Raise Failed with what was seen, unless the claim holds."""
    if not claim:
        raise Failed(otherwise)


def can_fail(check: Callable[[], object], spoiled: str) -> None:
    """The negative control: a check that passes on a spoiled example is blind."""
    try:
        check()
    except Failed:
        return
    raise Failed(f"the check is blind: it passes with {spoiled}")


@dataclass(frozen=True)
class Ended:
    """How an installer ended, and what it wrote into its log."""

    code: int
    words: str


class Office:
    """One computer and its clerk."""

    def __init__(self, prefix: Prefix, user: str = CLERK) -> None:
        self.prefix = prefix
        self.user = user

    @property
    def local(self) -> Path:
        """The clerk's folder of local data."""
        return self.prefix.path(rf"C:\users\{self.user}\{_LOCAL}")

    @property
    def data(self) -> Path:
        """The folder of the clerk's cases."""
        return self.local / setup.ID

    @property
    def usual(self) -> str:
        """Where the program is installed for one clerk, as Windows writes it."""
        return rf"C:\users\{self.user}\{_LOCAL}\Programs\{setup.ID}"

    def install(
        self, installer: Path, *options: str, folder: str = "", timeout_s: float = 300
    ) -> Ended:
        """Install in silence.  The folder is given as NSIS wants it: last, in no quotes."""
        log = self.prefix.folder / "setup.log"
        log.unlink(missing_ok=True)
        last = f"/D={folder}".split(" ") if folder else []
        command = ("/S", *options, f"/LOG={windows_path(log)}", *last)
        done = self.prefix.run(installer, *command, timeout_s=timeout_s)
        return Ended(done.code, log.read_text("utf-16") if log.is_file() else "")

    def uninstall(self, folder: str, *options: str) -> None:
        """Uninstall in silence, and wait: the uninstaller goes on in a copy of itself."""
        uninstaller = self.prefix.path(folder) / "uninstall.exe"
        self.prefix.run(rf"{folder}\uninstall.exe", "/S", *options)
        until(lambda: not uninstaller.exists() and not self.registered("HKCU"), 60, "uninstalling")

    def registered(self, hive: str) -> dict[str, str]:
        """What stands under the uninstaller's key of a hive."""
        names = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}
        key = rf"{names[hive]}\{UNINSTALL}"
        values = self.prefix.values(key)
        return {name.removeprefix(f"{key}\\"): value for name, value in values.items()}

    def command(self, folder: str, *words: str | Path, timeout_s: float = 300) -> Done:
        """Run the installed program's command line."""
        return self.prefix.run(rf"{folder}\program\openlicense.exe", *words, timeout_s=timeout_s)

    def start(
        self, folder: str, *words: str | Path, on_one_core: bool = False
    ) -> subprocess.Popen[str]:
        """Start the installed program's command line."""
        program = rf"{folder}\program\openlicense.exe"
        return self.prefix.start(program, *words, on_one_core=on_one_core)

    def answer(self, folder: str, *words: str | Path) -> Any:
        """What the command line answers as JSON.  Raises Failed where it fails."""
        done = self.command(folder, *words, "--json")
        expect(done.code == 0, f"openlicense {words[0]} ended with {done.code}: {done.output}")
        _, brace, rest = done.output.partition("{")  # words for the clerk may stand before it
        return json.JSONDecoder().raw_decode(brace + rest)[0]

    def open(self, folder: str, *words: str | Path) -> subprocess.Popen[str]:
        """Open the installed program's window."""
        return self.prefix.start(rf"{folder}\program\{setup.WINDOW}.exe", *words)

    def close(self) -> None:
        """Ask the window to close, as its button does."""
        self.prefix.run("taskkill", "/IM", f"{setup.WINDOW}.exe")

    def shortcuts(self) -> list[Path]:
        """The program's entries in the start menus and on the desktops."""
        return sorted(self.prefix.drive.rglob(f"*{setup.NAME}*.lnk"))


def ends(ended: Ended, code: int = 0) -> str:
    """The installer's words.  Raises Failed where it ended with another exit code."""
    words = ended.words.strip()
    expect(ended.code == code, f"the installer ended with {ended.code}, not {code}: {words}")
    return words


def contents_of(folder: Path) -> dict[str, str]:
    """File -> SHA-256 of a folder."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files_under(folder)
    }


def same(seen: dict[str, str], wanted: dict[str, str], what: str) -> None:
    """Raise Failed where two folders differ, with the first names that do."""
    names = sorted(
        name for name in seen.keys() | wanted.keys() if seen.get(name) != wanted.get(name)
    )
    expect(not names, f"{what}: {len(names)} differ: {', '.join(names[:8])}")


def until(comes: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until it comes true; the seconds it took.  Raises Failed."""
    begun = time.monotonic()
    while not comes():
        if time.monotonic() - begun > seconds:
            raise Failed(f"{what} took longer than {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun
