"""Run the bench: machine, versions, figures beside their peers, and where the time went."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import zlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tools.develop.bench import libreoffice_peer, printing
from tools.develop.bench.beside.checkout import TODAYS_BUILD
from tools.develop.bench.figures import Figure, as_json, line, table
from tools.develop.bench.groups import GROUPS, Run
from tools.develop.bench.typst_peer import Typst
from tools.develop.console import say, speak_utf8

_LIBRARIES = ("reportlab", "sqlalchemy", "msgspec", "python-calamine", "openpyxl", "typst")


def main() -> int:
    """Measure and report; 1 where a target is not met."""
    chosen = _parser().parse_args()
    speak_utf8()
    machine = _machine()
    for name, words in machine.items():
        say(f"{name:<12}{words}")
    typst, missing = _peers()
    for words in missing:
        say(f"missing     {words}")
    run = Run(typst=typst, part=10 if chosen.quick else 1, revision=chosen.beside)
    measured: dict[str, list[Figure]] = {}
    for name in GROUPS if chosen.only is None else chosen.only:
        say(f"\n{GROUPS[name].title}")
        measured[name] = []
        for figure in GROUPS[name].figures(run):
            say(line(figure))
            measured[name].append(figure)
    if "papers" in measured:
        _say_shares(30 if chosen.quick else 150)
    say("\n" + table({GROUPS[name].title: told for name, told in measured.items()}))
    if chosen.json:
        chosen.json.write_text(as_json(machine, measured, missing), encoding="utf-8")
    return 1 if any(figure.met is False for told in measured.values() for figure in told) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument(
        "--only",
        action="append",
        choices=GROUPS,
        metavar="GROUP",
        help=f"a group of figures, and further ones by a further --only: {', '.join(GROUPS)}",
    )
    parser.add_argument(
        "--beside",
        default=TODAYS_BUILD,
        metavar="REVISION",
        help="the revision that papers and keystrokes are measured beside (a commit of git's)",
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    return parser


def _say_shares(count: int) -> None:
    say("\nWhere the time of printing goes (by a profile, which makes small functions look dear):")
    for name, share in printing.shares(count):
        say(f"  {share:5.1%}  {name}")


def _peers() -> tuple[Typst | None, list[str]]:
    missing = []
    typst = None
    try:
        typst = Typst()
    except ImportError:
        missing.append("typst is not installed: no ratios to it")
    if libreoffice_peer.program() is None:
        missing.append("LibreOffice is not there")
    return typst, missing


def _machine() -> dict[str, str]:
    found = {"machine": f"{_processor()}, {os.cpu_count()} cores", "system": platform.platform()}
    found["Python"] = f"{platform.python_version()}, zlib {zlib.ZLIB_RUNTIME_VERSION}"
    found["load"] = " ".join(f"{load:.1f}" for load in os.getloadavg()) if _has_load() else "?"
    found["libraries"] = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    return found


def _has_load() -> bool:
    return hasattr(os, "getloadavg")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
            names = [text.partition(":")[2].strip() for text in file if text.startswith("model n")]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
