"""What the proof is made with: the build, an older version of it, the sample, the papers."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from installer.kept import fingerprint, kept
from installer.windows import HOME, setup
from installer.windows.freeze import made_from
from tools.develop.console import ROOT, Trouble, capture
from tools.develop.environment import HERE

if TYPE_CHECKING:
    from installer.windows.lab import Lab
    from installer.windows.run import Made

CHINESE = r"C:\测试 目录\开放许可通"
OLDER = "0.0.1"
STALE = "_internal/stale.txt"
REPORT = "selftest.json"


@dataclass(frozen=True)
class World:
    """What every check may use."""

    lab: Lab
    made: Made
    older: Path  # an installer of an earlier version, with a file that the newer one lacks
    papers: dict[str, Any]  # what the self-test makes on Linux from source: pack -> file -> SHA-256
    out: Path  # pictures and reports

    @property
    def setup(self) -> Path:
        """The installer."""
        return self.made.setup.output

    @property
    def sample(self) -> Path:
        """The sample workbook of the pack whose papers are compared."""
        return ROOT / "resources" / "packs" / "hubei-2022" / "sample.xlsx"


def make(lab: Lab, made: Made) -> World:
    """Make the older version and the papers of Linux, where they are not kept from before."""
    older = kept(
        "older version",
        HOME / "older",
        fingerprint(made.made_from, *setup.made_from(made.setup)),
        lambda folder: _older(made.program, folder),
    )
    linux = kept("papers on Linux", HOME / "linux", fingerprint(*made_from()), _papers)
    out = HOME / "proof"
    out.mkdir(exist_ok=True)
    return World(lab, made, older / "older.exe", report(linux)["papers"], out)


def report(folder: Path) -> dict[str, Any]:
    """The self-test's report."""
    found: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    return found


def _older(made: Path, folder: Path) -> None:
    program = folder / "program"
    subprocess.run(["cp", "-al", str(made), str(program)], check=True)
    (program / STALE).write_text("of an older version\n", encoding="utf-8")
    older = setup.Setup(program, folder / "older.exe", OLDER, compressor="zlib")
    setup.make(older, older.output)


def _papers(folder: Path) -> None:
    command = ("-m", "desktop.command_line.cli", "selftest", "--out", folder)
    code, output = capture([HERE.program("python"), *command], {"QT_QPA_PLATFORM": "offscreen"})
    if code != 0:
        raise Trouble(f"The self-test fails on Linux already:\n{output.strip()[-2000:]}")
