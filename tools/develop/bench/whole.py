"""The whole command `export`, from its start to files that last, beside typst's bare making."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from db.store import open_store
from tools.develop.bench import figures, typst_peer
from tools.develop.bench.figures import Figure
from tools.develop.bench.patents import patents
from tools.develop.bench.printing import OneCore
from tools.develop.bench.typst_peer import Typst

_TARGET = 4
_TODAY = date(2022, 9, 1)


def whole_figures(folder: Path, typst: Typst | None, count: int, rounds: int) -> Iterator[Figure]:
    """A process that reads, checks, makes, syncs and notes so many tables, on every core.

    Typst makes as many of the words ready to print, on one core and in memory alone.
    """
    cases = list(patents(count))
    with open_store(folder / "whole.db", now=lambda: datetime.now(UTC)) as store:
        store.cases.add_all([(case, {}, "") for case in cases])

    took: list[float] = []

    def ours(_: int) -> None:
        data, out = folder / "round" / "data.db", folder / "round" / "out"
        shutil.rmtree(data.parent, ignore_errors=True)
        data.parent.mkdir()
        shutil.copy(folder / "whole.db", data)
        command = [sys.executable, "-m", "desktop.command_line.cli", "export", "--paper", "info"]
        command += ["--db", str(data), "--out", str(out), "--today", _TODAY.isoformat()]
        before = _of_children()
        subprocess.run(command, check=True, capture_output=True)
        took.append(_of_children() - before)
        assert len(list(out.iterdir())) == count

    works = {"ours": ours}
    if typst:
        told = [typst_peer.words(case) for case in cases]

        def peer(_: int) -> None:
            with OneCore():
                for one in told:
                    typst.make(one, "info", archive=False)

        works["typst"] = peer
    runs = figures.in_turn(works, rounds)
    yield Figure(
        name=f"the whole command: export of {count} tables",
        value=figures.wall(runs["ours"]),
        unit="s",
        ratio=figures.ratio(runs["typst"], runs["ours"]) if typst else None,
        peer="as fast as typst's bare making, one core" if typst else "",
        target=_TARGET if typst else None,
        better="more",
        note=f"of the processor {median(took):.1f} s, in all processes"
        + (f"; typst {figures.processor(runs['typst']):.1f} s" if typst else ""),
    )


def _of_children() -> float:
    """The processor time in seconds of all processes that were started here and have ended."""
    times = os.times()
    return times.children_user + times.children_system
