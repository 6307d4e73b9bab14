"""`dev.py bundle` for Windows: freeze, audit, sign, wrap, and with --prove install it and try it.

On Windows the machine's own Python freezes; on Linux a Windows Python under Wine does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import contents, edition
from installer.handing_out import OUT
from installer.kept import fingerprint, kept
from installer.windows import HOME, audit, freeze, portable, setup, sign
from tools.develop.console import ROOT, Trouble, say

MOST_MB = 120  # what an office's mail and mirrors still take
MB = 1_000_000


@dataclass(frozen=True)
class Made:
    """What a build gave."""

    frozen: Path  # as PyInstaller left it
    program: Path  # the folder that is installed
    setup: setup.Setup
    portable: Path
    made_from: str


def bundle(arguments: Sequence[str]) -> int:
    """Build, and prove where asked; 0 where every check passed.  Raises Trouble."""
    options = _options(arguments)
    begun = time.monotonic()
    sign.tell()
    wished = edition.wanted(options.pack, options.edition)
    if os.name == "nt":
        if options.prove:
            raise Trouble("--prove works under Wine, on Linux; on Windows it is tried by hand.")
        made = wrap(freeze.here(), wished)
    else:
        from installer.windows.lab import Lab

        with Lab() as lab:
            made = wrap(lab.program(), wished)
            if options.prove:
                from installer.windows.prove.run import prove

                prove(lab, made)
    for file in (made.setup.output, made.portable):
        say(f"{file.relative_to(ROOT)}  {file.stat().st_size / MB:.1f} MB")
    say(f"Done in {time.monotonic() - begun:.0f} s.")
    return 0


def wrap(
    frozen: Path, wished: edition.Edition | None, out: Path = OUT, compressor: str = "lzma"
) -> Made:
    """Make what is handed out of a frozen program.  Raises Trouble where a check fails."""
    name = f"{setup.NAME}（{wished.name}）" if wished else setup.NAME
    stem = f"OpenLicenseDesk-{contents.version()}-{wished.name if wished else ''}".rstrip("-")
    stem = setup.file_name(f"{stem}-windows-x64")

    words = (name, wished.text if wished else "", os.environ.get(sign.PFX, ""))
    made_from = fingerprint(frozen, *words, *([wished.pack] if wished else []))
    room = HOME / (f"edition-{wished.code}" if wished else "plain")
    program = kept("program", room / "program", made_from, lambda to: _finish(frozen, to, wished))
    faults = audit.faults(program)
    if faults:
        raise Trouble("The program is not fit to hand out:\n" + "\n".join(faults[:40]))
    say(f"audit: {len(audit.executables(program))} executables and libraries, no fault")

    file = out / f"{stem}-setup.exe"
    wanted = setup.Setup(program, file, contents.version(), name, compressor)
    wrapped_from = fingerprint(made_from, *setup.made_from(wanted))
    _hand_out(room / "installer", wanted.output, wrapped_from, lambda to: setup.make(wanted, to))
    if wanted.output.stat().st_size > MOST_MB * MB:
        raise Trouble(f"{wanted.output.name} is larger than {MOST_MB} MB.")
    zipped = out / f"{stem}-portable.zip"
    _hand_out(room / "portable", zipped, made_from, lambda to: portable.make(program, to, stem))
    return Made(frozen, program, wanted, zipped, made_from)


def _finish(frozen: Path, folder: Path, wished: edition.Edition | None) -> None:
    shutil.copytree(frozen, folder, dirs_exist_ok=True)
    if wished:
        edition.put_in(wished, folder / "_internal" / "resources")
    for executable in folder.glob("*.exe"):
        sign.sign(executable)


def _hand_out(folder: Path, output: Path, made_from: str, make: Callable[[Path], None]) -> None:
    """Make a file once, keep it, and put a copy of it where it is handed out from."""
    kept(folder.name, folder, made_from, lambda to: make(to / output.name))
    output.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / output.name, output)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bundle --windows", allow_abbrev=False)
    parser.add_argument("--prove", action="store_true", help="install it under Wine and try it")
    parser.add_argument("--pack", type=Path, metavar="DIR", help="a bureau's form pack")
    parser.add_argument("--edition", default="", metavar="NAME", help="a bureau's name")
    return parser.parse_args(arguments)
