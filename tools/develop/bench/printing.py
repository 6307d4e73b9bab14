"""Papers: documents a second beside typst, one paper warm, and where the time goes."""

from __future__ import annotations

import cProfile
import os
import pstats
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from desktop.desk.workers import on_cores
from forms.facts.record import Case, Office
from forms.ground.locate import packs_folder
from forms.office.paper_making import composed_of_batch, made
from forms.office.paper_orders import Order, Orders, carried_out, in_turn
from forms.pack.load import load
from forms.pack.types import Pack
from tools.develop.bench import figures, typst_peer
from tools.develop.bench.figures import Figure
from tools.develop.bench.patents import PACK, licence, patents
from tools.develop.bench.typst_peer import PAPERS, Typst

OFFICE = Office(name="示例大学", contact="张喆", phone="027-68880001")
_WARM_MS = 30
_ONE_CORE, _TWO_PROCESSES = 5, 4
_WORKERS = 2
_PORTION = 8
_ROWS = 7  # of a summary


def speed_figures(typst: Typst | None, count: int, rounds: int) -> Iterator[Figure]:
    """Documents a second, ours and typst's in turn: one core, then two processes each."""
    cases = list(patents(count))
    yield from _one_core(typst, cases, rounds)
    yield from _two_processes(typst, cases, 2)


def _one_core(typst: Typst | None, cases: Sequence[Case], rounds: int) -> Iterator[Figure]:
    parts = [cases[place::rounds] for place in range(rounds)]
    orders = [_orders(part) for part in parts]
    works: dict[str, Any] = {"ours": lambda place: _drain(orders[place])}
    if typst:
        told = [[typst_peer.words(case) for case in part] for part in parts]

        def peer(place: int, archive: bool) -> None:
            for one in told[place]:
                for paper in PAPERS:
                    typst.make(one, paper, archive=archive)

        works |= {
            "typst": lambda place: peer(place, False),
            "typst PDF/A-2b": lambda place: peer(place, True),
        }
    with OneCore():
        for work in works.values():
            work(0)  # warm, and not counted
        runs = figures.in_turn(works, rounds)
    documents = 2 * len(parts[0])
    for name in works:
        value = documents / figures.wall(runs[name])
        if name == "ours":
            yield Figure(name="one core: PDF/A-2b, ours", value=value, unit="docs/s")
            continue
        yield Figure(name=f"one core: {name}", value=value, unit="docs/s")
        yield Figure(
            name=f"one core: ours beside {name}",
            value=1000 * figures.wall(runs["ours"]) / documents,
            unit="ms/doc",
            ratio=figures.ratio(runs[name], runs["ours"]),
            peer=f"as many as {name}",
            target=_ONE_CORE,
            better="more",
        )


def _two_processes(typst: Typst | None, cases: Sequence[Case], rounds: int) -> Iterator[Figure]:
    orders = _orders(cases)
    works: dict[str, Any] = {
        "ours": lambda _: [*on_cores(orders, _WORKERS)],
    }
    if typst:
        told = [typst_peer.words(case) for case in cases]
        portions = [told[at : at + _PORTION] for at in range(0, len(told), _PORTION)]
        works["typst"] = lambda _: _typst_workers(portions)
    runs = figures.in_turn(works, rounds)
    documents = 2 * len(cases)
    rates = {name: documents / figures.wall(runs[name]) for name in works}
    yield Figure(
        name=f"{_WORKERS} processes, started too: ours",
        value=rates["ours"],
        unit="docs/s",
        ratio=figures.ratio(runs["typst"], runs["ours"]) if typst else None,
        peer="as many as typst PDF/A-2b" if typst else "",
        target=_TWO_PROCESSES if typst else None,
        better="more",
    )
    if typst:
        name = f"{_WORKERS} processes, started too: typst PDF/A-2b"
        yield Figure(name=name, value=rates["typst"], unit="docs/s")


def _typst_workers(portions: Sequence[Sequence[str]]) -> int:
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        return sum(len(sizes) for sizes in pool.map(typst_peer.made_in_worker, portions))


def warm_figures() -> Iterator[Figure]:
    """One paper from its record to its bytes, everything loaded, as a preview asks for it."""
    pack = load(packs_folder() / PACK)
    cases = list(patents(45))
    for paper in ("info", "consent", "contract"):
        orders = [
            Order(
                paper=paper,
                format="pdf",
                case=case,
                licence=licence(case) if paper == "contract" else None,
            )
            for case in cases
        ]
        yield _warm(paper, len(orders), partial(_one_of, orders, pack))
    batches = [cases[at : at + _ROWS] for at in range(len(cases) - _ROWS)]
    summary = pack.papers["summary"]
    yield _warm(
        f"summary of {_ROWS}",
        len(batches),
        lambda at: made(composed_of_batch(pack, summary, batches[at], OFFICE), "pdf", pack),
    )


def _one_of(orders: Sequence[Order], pack: Pack, place: int) -> object:
    return carried_out(orders[place], pack, OFFICE)


def _warm(name: str, count: int, work: Callable[[int], object]) -> Figure:
    runs = figures.in_turn({"paper": work}, count)["paper"][5:]
    return Figure(
        name=f"one paper warm: {name}",
        value=1000 * figures.processor(runs),
        unit="ms",
        target=_WARM_MS,
        note=f"of the processor; {1000 * figures.wall(runs):.1f} ms on the clock",
    )


def shares(count: int) -> list[tuple[str, float]]:
    """Where the time of printing goes: parts of the program and their share, the largest first."""
    orders = _orders(list(patents(count)))
    _drain(orders)
    profile = cProfile.Profile()
    profile.enable()
    _drain(orders)
    profile.disable()
    spent: defaultdict[str, float] = defaultdict(float)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, Any]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (file, _, name), (_, _, own, _, _) in stats.items():
        spent[_part(file, name)] += own
    whole = sum(spent.values())
    largest = sorted(spent.items(), key=lambda pair: -pair[1])
    return [(name, own / whole) for name, own in largest[:12]]


def _part(file: str, name: str) -> str:
    if "zlib" in name:
        return "compressing (zlib)"
    if file.startswith(("~", "<")):
        return "Python's own functions"
    path = Path(file)
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1]
    return f"{path.parent.name}/{path.name}"


def _orders(cases: Sequence[Case]) -> Orders:
    pack = load(packs_folder() / PACK)
    each = [Order(paper=paper, format="pdf", case=case) for case in cases for paper in PAPERS]
    return Orders(pack=pack, office=OFFICE, each=each)


def _drain(orders: Orders) -> None:
    for _ in in_turn(orders):
        pass


class OneCore:
    """Holds this process and its threads to one core, where the system can."""

    def __enter__(self) -> None:
        self._before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
        if self._before:
            os.sched_setaffinity(0, {max(self._before)})

    def __exit__(self, *_: object) -> None:
        if self._before:
            os.sched_setaffinity(0, self._before)
