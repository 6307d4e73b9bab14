"""The figures of the window: each measured in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from db.data_places import database_file
from db.store import open_store
from tools.develop.bench.figures import Figure, took
from tools.develop.bench.window.data import fill

_USUAL = 300
_COLD, _FRESH_MS, _OPEN_MS, _SEARCH_MS = 1.4, 100, 300, 50


def figures(folder: Path, part: int) -> Iterator[Figure]:
    """All of them; `part` is the part of everything that is measured."""
    usual = folder / "usual"
    fill(usual, _USUAL)
    yield from start_figures(usual, 3 if part > 1 else 15)
    yield from keystroke_figures(_live(usual)["keys"])


def ledger_figures(folder: Path, count: int) -> Iterator[Figure]:
    """The register with very many cases in a file."""
    fill(folder, count)
    yield opening_figure(folder, count)
    yield from register_figures(_live(folder), count)


def opening_figure(folder: Path, count: int) -> Figure:
    """The file opened with its check, as it is beside the first sight of the window."""
    file = database_file(folder)
    runs = [took(lambda: open_store(file, now=lambda: datetime.now(UTC)).close()) for _ in range(9)]
    clock = 1000 * median(one.wall_s for one in runs)
    return Figure(
        name=f"ledger of {count:,} in a file: open, with its quick check",
        value=1000 * median(one.cpu_s for one in runs),
        unit="ms",
        target=_OPEN_MS,
        note=f"of the processor; {clock:.0f} ms on the clock; {file.stat().st_size >> 20} MB",
    )


def start_figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """From nothing to a register that takes keys, beside a bare window, in turn."""
    runs: dict[str, list[dict[str, float]]] = {"ours": [], "bare": []}
    for place in range(rounds + 1):
        for which, told in runs.items():
            one = _begun(which, folder)
            if place:  # the first warms the disk's cache
                told.append(one)
    for kind, unit in (("cpu", "of the processor"), ("wall", "on the clock")):
        ours, bare = ([1000 * one[kind] for one in runs[which]] for which in ("ours", "bare"))
        yield Figure(
            name=f"window: cold start till it takes keys, {kind}",
            value=median(ours),
            unit="ms",
            ratio=median(a / b for a, b in zip(ours, bare, strict=True)),
            peer="a bare window with the same Qt modules",
            target=_COLD,
            note=f"{unit}; bare {median(bare):.0f} ms",
        )


def keystroke_figures(keys: Sequence[float]) -> Iterator[Figure]:
    """From a key to the painted page on which it stands."""
    yield Figure(
        name="window: keystroke to fresh page, p95",
        value=_at(keys, 0.95),
        unit="ms",
        target=_FRESH_MS,
        note=f"p50 {median(keys):.0f} ms, most {max(keys):.0f} ms, {len(keys)} keys",
    )


def register_figures(told: dict[str, list[float]], count: int) -> Iterator[Figure]:
    """The register with very many cases."""
    for what, target in (("open", _OPEN_MS), ("search", _SEARCH_MS)):
        yield Figure(
            name=f"ledger of {count:,} in a file: {what}, in the window",
            value=median(told[what]),
            unit="ms",
            target=target,
            note=f"from the key to the paint, most {max(told[what]):.0f} ms",
        )


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _begun(which: str, folder: Path) -> dict[str, float]:
    began = {"BENCH_BEGAN": str(time.perf_counter())}
    told: dict[str, float] = _told(["tools.develop.bench.window.begun", which, str(folder)], began)
    return told


def _live(folder: Path) -> dict[str, list[float]]:
    told: dict[str, list[float]] = _told(["tools.develop.bench.window.live", str(folder)], {})
    return told


def _told(module: Sequence[str], settings: dict[str, str]) -> Any:
    """Run a module, offscreen and with settings of its own, and return what it tells."""
    here = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": module[-1]}
    done = subprocess.run(
        [sys.executable, "-m", *module],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **here, **settings},
    )
    return json.loads(done.stdout)
