"""`dev.py fuzz`: hands stretches of inputs to workers, gathers what they found, says so.

Inputs are numbered and made from their numbers: the same stretch is the same inputs, and a
longer run goes on where a shorter one ended with `--first`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.develop.console import ROOT, child_environment, say
from tools.develop.environment import HERE

TARGETS = ("csv", "case", "pack", "workbook")
SHARES = {"csv": 0.45, "case": 0.45, "pack": 0.10, "workbook": 0.02}  # of --inputs
STRETCH = {"csv": 5000, "case": 10_000, "pack": 2000, "workbook": 500}
OUT = ROOT / "out" / "fuzz"
_FOREVER = 1e12


@dataclass(frozen=True)
class _Stretch:
    target: str
    first: int
    inputs: int


def fuzz(arguments: Sequence[str]) -> int:
    """Run the fuzzer; 0 where nothing was found."""
    chosen = _parser().parse_args(arguments)
    folder: Path = chosen.out
    folder.mkdir(parents=True, exist_ok=True)
    if chosen.guided:
        return _guided(chosen, folder)
    until = time.time() + chosen.seconds if chosen.seconds else _FOREVER
    done: Counter[str] = Counter()
    let_in: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    found: set[str] = set()
    begun = time.time()
    with ThreadPoolExecutor(chosen.jobs) as jobs:
        stretches = list(_stretches(chosen))
        work = jobs.map(lambda one: _work(one, until, folder), stretches)
        for stretch, result in zip(stretches, work, strict=True):
            target = stretch.target
            done[target] += result["done"]
            let_in[target] += result["let_in"]
            slowest[target] = max(slowest.get(target, 0), result["slowest_s"])
            found.update(result["found"])
            if sys.stdout.isatty() or sum(done.values()) % 100_000 < stretch.inputs:
                took = time.time() - begun
                say(f"{sum(done.values()):9,} inputs, {len(found)} found, {took:.0f} s")
    for target, count in done.items():
        say(f"{target:9} {count:9,} inputs, {let_in[target]:,} let in, slowest {slowest[target]} s")
    for name in sorted(found):
        say(f"FOUND {folder / name}")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py fuzz")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="over csv, case and pack")
    parser.add_argument("--seconds", type=int, default=0, help="stop after so long")
    parser.add_argument("--target", action="append", choices=TARGETS, help="all of --inputs to it")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=OUT, help="where what is found is kept")
    parser.add_argument("--guided", action="store_true", help="by coverage, where atheris is there")
    return parser


def _stretches(chosen: argparse.Namespace) -> Iterator[_Stretch]:
    """The work in pieces, the targets by turns, so that a short run tries them all."""
    if chosen.target:
        counts = {target: chosen.inputs // len(chosen.target) for target in chosen.target}
    else:
        counts = {target: round(chosen.inputs * share) for target, share in SHARES.items()}
    queues = {target: _pieces(target, chosen.first, count) for target, count in counts.items()}
    while queues:
        for target in list(queues):
            piece = next(queues[target], None)
            if piece is None:
                del queues[target]
            else:
                yield piece


def _pieces(target: str, first: int, count: int) -> Iterator[_Stretch]:
    for begin in range(first, first + count, STRETCH[target]):
        yield _Stretch(target, begin, min(STRETCH[target], first + count - begin))


def _work(stretch: _Stretch, until: float, folder: Path) -> Any:
    """One worker's stretch; a worker that dies leaves the input it had in hand."""
    nothing = {"done": 0, "let_in": 0, "slowest_s": 0.0, "found": []}
    if time.time() > until:
        return nothing
    words = [stretch.target, stretch.first, stretch.inputs, until, folder]
    ended = subprocess.run(
        [str(HERE.program("python")), "-m", "tools.develop.fuzz.work", *map(str, words)],
        cwd=ROOT,
        env=child_environment(),
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if ended.returncode == 0:
        return json.loads(ended.stdout.splitlines()[-1])
    name = f"{stretch.target}-died-{stretch.first}"
    in_hand = folder / f"{stretch.target}-{stretch.first}.in-hand"
    if in_hand.exists():
        in_hand.replace(folder / name)
    (folder / f"{name}.txt").write_text(f"{ended.returncode}\n{ended.stderr[-4000:]}", "utf-8")
    return {**nothing, "found": [name]}


def _guided(chosen: argparse.Namespace, folder: Path) -> int:
    """Let atheris choose inputs by the code they reach; each target for its part of --seconds."""
    targets = chosen.target or list(TARGETS)
    seconds = (chosen.seconds or 600) // len(targets)
    worst = 0
    for target in targets:
        command = [str(HERE.program("python")), "-m", "tools.develop.fuzz.guided", target]
        command += [str(seconds), str(folder)]
        ended = subprocess.run(command, cwd=ROOT, env=child_environment(), check=False)
        worst = max(worst, ended.returncode)
    return worst
