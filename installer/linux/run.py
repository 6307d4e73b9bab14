"""`dev.py bundle` for Linux: freeze, finish, pack, and with --prove try it in a bare place."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import edition
from installer.handing_out import OUT
from installer.kept import fingerprint, kept
from installer.linux import folder, freeze, packages
from tools.develop.console import ROOT, say

ROOM = ROOT / "build" / "linux"
MB = 1_000_000


@dataclass(frozen=True)
class Made:
    """What a build gave."""

    program: Path  # the folder as it is handed out
    tarball: Path
    deb: Path | None
    needs: folder.Needs
    made_from: str
    edition: edition.Edition | None = None


def bundle(arguments: Sequence[str]) -> int:
    """Build, and prove where asked; 0 where every check passed.  Raises Trouble."""
    options = _options(arguments)
    begun = time.monotonic()
    ours = edition.wanted(options.pack, options.edition)
    made = build(ours)
    if options.prove:
        from installer.linux.prove import prove

        prove(made, made.program.parent / "prove")
    for file in (made.tarball, made.deb):
        if file is not None:
            say(f"{file.relative_to(ROOT)}  {file.stat().st_size / MB:.1f} MB")
    say(f"Done in {time.monotonic() - begun:.0f} s.")
    return 0


def build(ours: edition.Edition | None) -> Made:
    """Freeze the program and make what is handed out.  Raises Trouble where a check fails."""
    frozen = freeze.frozen(ROOM)
    here = Path(__file__).resolve()
    steps = sorted(file for file in here.parent.iterdir() if file.is_file() and file != here)
    parts: list[str | Path] = [_mark(frozen), *steps, here.parent.parent / "sbom.py"]
    if ours is not None:
        parts += [ours.text, ours.pack]
    made_from = fingerprint(*parts)
    room = ROOM / (f"edition-{ours.code}" if ours else "plain")
    program = kept("program", room / "program", made_from, lambda to: folder.make(frozen, to, ours))
    needs = folder.needs(program)
    say(f"audit: no fault; needs glibc {needs.glibc_text} and {', '.join(needs.packages)}")
    stem = packages.stem(needs, ours.name if ours else "")
    tarball = _hand_out(
        "tarball", room, made_from, f"{stem}.tar.xz", lambda to: packages.tarball(program, to, stem)
    )
    deb = None
    if shutil.which("dpkg-deb"):
        deb = _hand_out(
            "deb",
            room,
            made_from,
            f"{stem}.deb",
            lambda to: packages.deb(program, to, needs, to.parent),
        )
    else:
        say("There is no dpkg-deb here: no .deb is made.")
    listed = OUT / f"{stem}.{folder.SBOM}"
    shutil.copyfile(program / folder.INSIDE / folder.SBOM, listed)
    return Made(program, tarball, deb, needs, made_from, ours)


def _hand_out(
    what: str, room: Path, made_from: str, name: str, make: Callable[[Path], None]
) -> Path:
    """Make a file once, keep it, and put a copy of it where it is handed out from."""
    home = kept(what, room / what, fingerprint(made_from, name), lambda to: make(to / name))
    OUT.mkdir(exist_ok=True)
    shutil.copyfile(home / name, OUT / name)
    return OUT / name


def _mark(frozen: Path) -> str:
    """What the frozen program was made from: its own mark, quicker than its 250 MB."""
    return frozen.with_name(f"{frozen.name}.made-from.txt").read_text(encoding="utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bundle", allow_abbrev=False)
    parser.add_argument("--prove", action="store_true", help="try it where nothing else is")
    parser.add_argument("--pack", type=Path, metavar="DIR", help="a bureau's form pack")
    parser.add_argument("--edition", default="", metavar="NAME", help="a bureau's name")
    return parser.parse_args(arguments)
