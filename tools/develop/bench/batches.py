"""Long work: a cold start, memory over thousands of patents, a large import, checking."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from python_calamine import load_workbook

from db.store import Store, open_store
from desktop.desk.workers import on_every_core
from forms.check.case_check import checker_of
from forms.ground.locate import packs_folder
from forms.office.case_import import import_sheets, read_files
from forms.office.many_cases import ManyCases
from forms.office.paper_export import export
from forms.office.papers_wanted import wanted
from forms.pack.load import load
from tools.develop.bench import figures
from tools.develop.bench.figures import Figure
from tools.develop.bench.patents import PACK, patents
from tools.develop.bench.workbook import write_workbook

TODAY = date(2022, 9, 1)
IMPORTED = "import reportlab, sqlalchemy"
_STATUS = Path("/proc/self/status")
_COLD, _IMPORT, _AGAIN, _CHECK_S, _MEMORY_MB = 1.6, 4, 2.5, 3, 150


def cold_figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """A whole process that exports one paper, beside one that only imports the libraries."""
    data = folder / "cold.db"
    with _store(data) as store:
        (case,) = patents(1)
        store.cases.add_all([(case, {}, "")])
    command = [sys.executable, "-m", "desktop.command_line.cli", "export", "--paper", "info"]
    command += ["--db", str(data), "--out", str(folder / "cold"), "--today", TODAY.isoformat()]
    works = {
        "export": lambda _: _run(command),
        "import": lambda _: _run([sys.executable, "-c", IMPORTED]),
    }
    figures.in_turn(works, 1)
    runs = figures.in_turn(works, rounds)
    yield Figure(
        name="cold start: openlicense export of one paper",
        value=1000 * figures.wall(runs["export"]),
        unit="ms",
        ratio=figures.ratio(runs["export"], runs["import"]),
        peer=f'python -c "{IMPORTED}"',
        target=_COLD,
    )


def memory_figures(folder: Path, count: int) -> Iterator[Figure]:
    """The most memory that exporting so many patents holds, here and in each worker."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.develop.bench.batches", str(folder), str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    yield Figure(name=f"export of {count} patents, every core", value=told["rate"], unit="docs/s")
    for who in ("parent", "largest worker"):
        if who in told:
            yield Figure(
                name=f"memory, {count} patents: {who}",
                value=told[who],
                unit="MB",
                target=_MEMORY_MB,
            )


def import_figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """A workbook read, planned and stored, and once more, beside reading its cells alone."""
    pack = load(packs_folder() / PACK)
    book = folder / "patents.xlsx"
    write_workbook(patents(count), pack, book)
    steps: dict[str, list[figures.Took]] = {"read": [], "plan and store": []}

    def whole(place: int) -> None:
        with _store(folder / f"import{place}.db") as store:
            sheets = []
            steps["read"].append(figures.took(lambda: sheets.extend(read_files([book]))))
            steps["plan and store"].append(figures.took(lambda: import_sheets(store, pack, sheets)))

    def again(place: int) -> None:
        with _store(folder / f"import{place}.db") as store:
            import_sheets(store, pack, read_files([book]))

    def cells(_: int) -> None:
        load_workbook(str(book)).get_sheet_by_index(0).to_python()

    runs = figures.in_turn({"import": whole, "cells": cells, "again": again}, rounds)
    yield Figure(
        name=f"import of {count} rows",
        value=figures.wall(runs["import"]),
        unit="s",
        ratio=figures.ratio(runs["import"], runs["cells"]),
        peer="calamine's cells alone",
        target=_IMPORT,
        note=", ".join(f"{name} {figures.wall(took):.2f} s" for name, took in steps.items()),
    )
    yield Figure(
        name="the same workbook once more",
        value=figures.wall(runs["again"]),
        unit="s",
        ratio=figures.ratio(runs["again"], runs["cells"]),
        peer="calamine's cells alone",
        target=_AGAIN,
    )


def check_figures(count: int, rounds: int) -> Iterator[Figure]:
    """All rules over many cases, and those between cases."""
    pack = load(packs_folder() / PACK)
    cases = list(patents(count))
    checker = checker_of(pack)

    def check(_: int) -> None:
        for case in cases:
            checker.check(case, TODAY)
        checker.check_batch(cases, TODAY)

    runs = figures.in_turn({"check": check}, rounds)["check"]
    yield Figure(
        name=f"check of {count} cases",
        value=figures.processor(runs),
        unit="s",
        target=_CHECK_S,
        note=f"of the processor; {figures.wall(runs):.2f} s on the clock",
    )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _store(file: Path) -> Store:
    return open_store(file, now=lambda: datetime.now(UTC))


def _exported(folder: Path, count: int) -> dict[str, float]:
    """Export so many patents, and say how fast and with how much memory."""
    pack = load(packs_folder() / PACK)
    with _store(folder / "memory.db") as store:
        rest = patents(count)
        while portion := list(islice(rest, 500)):
            store.cases.add_all([(case, {}, "") for case in portion])
        papers = wanted(pack, ["info", "consent"], [])
        run = figures.took(
            lambda: export(
                store,
                pack,
                TODAY,
                ManyCases(store, store.register.ids()),
                folder / "memory",
                papers,
                makers=on_every_core,
            )
        )
    return {"rate": 2 * count / run.wall_s, **_most_memory()}


def _most_memory() -> dict[str, float]:
    """The most memory held in MB by this process and by its largest child."""
    if os.name == "nt":
        return {}
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    whose = {"parent": resource.RUSAGE_SELF, "largest worker": resource.RUSAGE_CHILDREN}
    most = {who: resource.getrusage(of).ru_maxrss * unit / 1e6 for who, of in whose.items()}
    if _STATUS.exists():  # what is asked above counts whoever started this process, too
        told = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
        most["parent"] = int(told["VmHWM"].split()[0]) * 1024 / 1e6
    return most


if __name__ == "__main__":
    print(json.dumps(_exported(Path(sys.argv[1]), int(sys.argv[2]))))
