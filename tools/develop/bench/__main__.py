"""Run the bench: machine, versions, figures beside their peers, and where the time went."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import zlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tools.develop import qt_libraries
from tools.develop.bench import batches, libreoffice_peer, printing
from tools.develop.bench.figures import Figure, as_json, line
from tools.develop.bench.typst_peer import Typst
from tools.develop.console import say, speak_utf8

_LIBRARIES = ("reportlab", "sqlalchemy", "msgspec", "python-calamine", "openpyxl", "typst")


def main() -> int:
    """Measure and report; 1 where a target is not met."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--window", action="store_true", help="the window's figures only")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    chosen = parser.parse_args()
    speak_utf8()
    machine = _machine()
    for name, words in machine.items():
        say(f"{name:<12}{words}")
    typst, missing = _peers()
    for words in missing:
        say(f"missing     {words}")
    say("")
    figures = []
    part = 10 if chosen.quick else 1
    for figure in _window_figures(part) if chosen.window else _figures(typst, part):
        say(line(figure))
        figures.append(figure)
    if not chosen.window:
        _say_shares(30 if chosen.quick else 150)
    if chosen.json:
        chosen.json.write_text(as_json(machine, figures, missing), encoding="utf-8")
    return 1 if any(figure.met is False for figure in figures) else 0


def _say_shares(count: int) -> None:
    say("\nWhere the time of printing goes (by a profile, which makes small functions look dear):")
    for name, share in printing.shares(count):
        say(f"  {share:5.1%}  {name}")


def _figures(typst: Typst | None, part: int) -> Iterator[Figure]:
    yield from printing.speed_figures(typst, 500 // part, 5)
    yield from printing.warm_figures()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from batches.cold_figures(folder, 3 if part > 1 else 9)
        yield from batches.memory_figures(folder, 5000 // part)
        yield from batches.import_figures(folder, 10_000 // part, 3)
        if soffice := libreoffice_peer.program():
            yield from libreoffice_peer.figures(soffice, folder, 20 // min(part, 4))
    yield from batches.check_figures(10_000 // part, 3)
    yield from _window_figures(part)


def _window_figures(part: int) -> Iterator[Figure]:
    if qt_libraries.load_fault() is not None:
        say("Qt can not be loaded here: nothing is measured of the window.")
        return
    from tools.develop.bench.window.figures_of import figures

    with tempfile.TemporaryDirectory() as name:
        yield from figures(Path(name), part)


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
