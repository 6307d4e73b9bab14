"""Papers and keystrokes beside another revision's, in turn with it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tools.develop import qt_libraries
from tools.develop.bench.beside.checkout import NotThere, stood_up
from tools.develop.bench.beside.sides import both
from tools.develop.bench.figures import Figure
from tools.develop.console import say

_PAPERS = {"info": "table", "consent": "declaration", "contract": "contract"}
_A_THIRD, _HALF = 1 / 3, 0.5
_WARM_UP = 10
_CASES_OF_DATA = "300"
_REST_S = 0.1


def figures(revision: str, part: int) -> Iterator[Figure]:
    """All of them; none, and a word why, where the revision can not be had."""
    named = f"{revision[:7]}'s"
    try:
        then = stood_up(revision)
        yield from paper_figures(then, named, 160 // min(part, 4))
        if qt_libraries.load_fault() is None:
            yield from keystroke_figures(then, named, 2 if part == 1 else 1)
    except NotThere as why:
        say(f"not measured  beside {revision[:12]}: {why}")


def paper_figures(then: Path, named: str, count: int) -> Iterator[Figure]:
    """One warm paper, both sides' in turn: the median of the ratios of the same cases."""
    count += _WARM_UP
    with both(then, "papers_side.py", [str(count)], [str(count)]) as (ours, theirs):
        for paper, name in _PAPERS.items():
            took = [
                (ours.asks(f"{paper} {place}"), theirs.asks(f"{paper} {place}"))
                for place in range(count)
            ][_WARM_UP:]
            yield Figure(
                name=f"one paper warm beside today's build: {name}",
                value=1000 * median(one for one, _ in took),
                unit="ms",
                ratio=median(one / other for one, other in took),
                peer=named,
                target=_A_THIRD,
                note=f"of the processor; theirs {1000 * median(other for _, other in took):.1f} ms",
            )


def keystroke_figures(then: Path, named: str, rounds: int) -> Iterator[Figure]:
    """From a key to the painted page on which it stands, a key each in turn."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            now, before = (str(Path(folder, name)) for name in ("now", "then"))
            typed = both(then, "keys_side.py", [now, _CASES_OF_DATA], [before, _CASES_OF_DATA])
            with typed as (us, them):
                while (key := us.asks("")) is not None:
                    ours.append(key)
                    theirs.append(them.asks(""))
                    time.sleep(_REST_S)  # until nothing is done any more for this key
    yield Figure(
        name="keystroke to fresh page beside today's build, p95",
        value=_p95(ours),
        unit="ms",
        ratio=_p95(ours) / _p95(theirs),
        peer=named,
        target=_HALF,
        note=f"on the clock; theirs {_p95(theirs):.0f} ms; p50 {median(ours):.0f} beside "
        f"{median(theirs):.0f} ms, {len(ours)} keys",
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
