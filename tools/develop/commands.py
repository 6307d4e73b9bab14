"""dev.py's commands: set up, run, test and its relations, renew the lock."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.develop import gates, qt_libraries
from tools.develop.bench.run import bench
from tools.develop.console import ROOT, Trouble, call, capture, say, speak_utf8
from tools.develop.environment import HERE, LAYERS, PROGRAM, Layer
from tools.develop.fuzz.run import fuzz
from tools.develop.steady import steady

_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Do one command; the exit code is that of what it did."""
    speak_utf8()
    chosen, rest = _parser().parse_known_args(arguments)
    try:
        if chosen.command == "setup":
            return _setup()
        if chosen.command == "lock":
            return _lock(rest)
        if chosen.command == "run":
            _prepare(PROGRAM)
            return _run(rest)
        _prepare(*LAYERS)
        if chosen.command == "test":
            return gates.test(rest)
        if chosen.command == "steady":
            return steady(rest)
        if chosen.command == "golden":
            return gates.renew_golden()
        if chosen.command == "pictures":
            return call([HERE.program("python"), "-m", "tools.pictures", *rest])
        if chosen.command == "fuzz":
            return fuzz(rest)
        if chosen.command == "torture":
            return call([HERE.program("python"), "-m", "tools.develop.torture", *rest])
        if chosen.command == "powercut":
            return call([HERE.program("python"), "-m", "tools.develop.powercut", *rest])
        if chosen.command == "bundle":
            return call([HERE.program("python"), "-m", "installer", *rest])
        return bench(rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read our lines has enough of them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Set up, run and test OpenLicense Desk.", allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("setup", help="make .venv with the locked packages", add_help=False)
    commands.add_parser("run", help="open the desktop, or do the main job", add_help=False)
    commands.add_parser("test", help="style, types, imports, tests", add_help=False)
    commands.add_parser("steady", help="tests again and again, vexed", add_help=False)
    commands.add_parser("fuzz", help="hostile input for the readers", add_help=False)
    commands.add_parser("torture", help="kill it at random, look what is lost", add_help=False)
    commands.add_parser("powercut", help="what a power cut leaves is opened", add_help=False)
    commands.add_parser("bench", help="how fast, beside its peers", add_help=False)
    commands.add_parser("bundle", help="make what an office installs", add_help=False)
    commands.add_parser("golden", help="take today's papers as golden", add_help=False)
    commands.add_parser("pictures", help="draw every screen into out/pictures", add_help=False)
    commands.add_parser("lock", help="renew requirements*.txt with uv", add_help=False)
    return parser


def _prepare(*layers: Layer) -> bool:
    begun = time.monotonic()
    changed = HERE.set_up(layers)
    if changed:
        say(f"Set up in {time.monotonic() - begun:.0f} s.")
    return changed


def _setup() -> int:
    if not _prepare(*LAYERS):
        say(".venv is as the lock files say: nothing to do.")
    qt_libraries.tell(qt_libraries.look())
    return 0


def _run(arguments: Sequence[str]) -> int:
    """Open the desktop where there is one and a display, else do the main job on the samples."""
    python = HERE.program("python")
    if not _has_display():
        say("There is no display here: doing the main job on the samples.")
    else:
        missing = qt_libraries.look()
        if not missing.for_qt and not missing.for_windows and not qt_libraries.load_fault():
            return call([python, "-m", "desktop", *arguments])
        qt_libraries.tell(missing)
        say("Doing the main job on the samples instead.")
    demo: list[str | Path] = [python, "-m", "desktop.command_line.cli", "demo"]
    if any(part.split("=")[0] in ("--out", "--pack") for part in arguments):
        return call([*demo, *_with_folder(arguments)])
    folder = fresh_folder(ROOT / "out" / "demo")
    codes = [
        call([*demo, "--pack", pack, "--out", str(folder / place), *arguments])
        for pack, place in DEMONSTRATED.items()
    ]
    return max(codes)


DEMONSTRATED = {"cnipa-2024": "法定声明", "hubei-2022": "."}
"""The packs whose samples are done without a display, the present one first, and where to."""


def _with_folder(arguments: Sequence[str]) -> list[str]:
    if any(part == "--out" or part.startswith("--out=") for part in arguments):
        return list(arguments)
    return ["--out", str(fresh_folder(ROOT / "out" / "demo")), *arguments]


def fresh_folder(wanted: Path) -> Path:
    """The folder itself, or the first "-2", "-3" … of it that is free: nothing is overwritten."""
    folder, count = wanted, 1
    while folder.exists():
        count += 1
        folder = wanted.with_name(f"{wanted.name}-{count}")
    return folder


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _lock(arguments: Sequence[str]) -> int:
    """Renew the lock files, for every Python and system we serve at once.

    Further arguments go to uv: `--upgrade`, `--upgrade-package NAME`.
    """
    HERE.make_bare()
    HERE.install_plainly("uv>=0.5")
    flags = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    plain = ["--no-config", "--no-header", "--no-annotate", "--no-emit-index-url"]
    whole = ["--no-strip-extras"]  # a lock is to name all that its packages demand, to the letter
    constraints: dict[str, list[str]] = {
        "requirements": [],
        "requirements-dev": ["-c", "requirements.txt"],
        "requirements-bench": [],
        "requirements-bundle": ["-c", "requirements.txt"],
    }
    for name, further in constraints.items():
        files = [f"{name}.in", "--output-file", f"{name}.txt"]
        command: list[str | Path] = [
            HERE.program("uv"),
            "pip",
            "compile",
            *flags,
            *plain,
            *whole,
            *further,
            *files,
        ]
        code, output = capture([*command, *arguments])
        if code != 0:
            raise Trouble(f"uv could not renew {name}.txt:\n{output.strip()}")
        say(f"{name}.txt is renewed.")
    return 0
