"""Killed in the midst of writing: what was acknowledged is there, and nothing half-done."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from db.store import open_store

Clock = Callable[[], datetime]

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from db.store import open_store
from forms.facts.record import Case

with open_store(Path(sys.argv[1]), now=datetime.now) as store:
    start = int(sys.argv[2])
    for n in range(start, 10**6):
        with store.transaction():  # two cases belong together, as the rows of an import do
            store.cases.save(Case(region=str(n), other_terms="长" * 3000))
            store.cases.save(Case(region=str(n)))
        print(n, flush=True)
"""


@pytest.mark.parametrize("answers", [1, 3, 10, 27])
def test_a_kill_loses_nothing_that_was_acknowledged(file: Path, clock: Clock, answers: int) -> None:
    for start in (0, 1_000_000 - 10_000):
        acknowledged = kill_after(file, answers, start)
        with open_store(file, now=clock) as store:
            store.check(full=True)
            regions = [one.case.region for one in store.cases.listed()]
        assert all(regions.count(str(n)) == 2 for n in acknowledged)
        assert regions[::2] == regions[1::2]  # never one without the other


def kill_after(file: Path, answers: int, start: int) -> list[int]:
    """Let a writer answer so many times, kill it, and return what it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), str(start)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(answers)]
        writer.kill()
        lines += writer.stdout.readlines()
    return [int(line) for line in lines if line.endswith("\n")]
