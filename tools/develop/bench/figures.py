"""Measured figures: runs taken in turn, their medians, ratios and targets; and how they read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Took:
    """What a run took, in seconds: on the clock, and of the processor by this process."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the report.

    `value` is in `unit`; `ratio` is to the peer measured in turn with it; a `target` is for the
    ratio where there is one, else for the value.  Without a target a figure only informs.
    """

    name: str
    value: float
    unit: str
    ratio: float | None = None
    peer: str = ""
    target: float | None = None
    better: Literal["more", "less"] = "less"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.target if self.better == "more" else measured <= self.target


def took(work: Callable[[], object]) -> Took:
    """Run something once."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def in_turn(works: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, list[Took]]:
    """Run each work once a round, A B A B, so that whatever else runs here disturbs all alike.

    A work is given the number of the round.
    """
    runs: dict[str, list[Took]] = {name: [] for name in works}
    for place in range(rounds):
        for name, work in works.items():
            runs[name].append(took(lambda work=work, place=place: work(place)))  # type: ignore[misc]
    return runs


def wall(runs: Sequence[Took]) -> float:
    """The median time on the clock in seconds."""
    return median(run.wall_s for run in runs)


def processor(runs: Sequence[Took]) -> float:
    """The median time of the processor in seconds, which others who use it disturb less."""
    return median(run.cpu_s for run in runs)


def ratio(of: Sequence[Took], to: Sequence[Took]) -> float:
    """The median over the rounds of how many times as long one took as the other."""
    return median(a.wall_s / b.wall_s for a, b in zip(of, to, strict=True))


def line(figure: Figure) -> str:
    """A figure as a line of the report."""
    words = f"{figure.name:<54}{figure.value:>9.4g} {figure.unit:<7}"
    if figure.ratio is not None:
        words += f" {figure.ratio:5.2f} x {figure.peer}"
    if figure.target is not None:
        sign = ">=" if figure.better == "more" else "<="
        verdict = "met" if figure.met else "NOT MET"
        words += f"  [{sign} {figure.target:.3g}: {verdict}]"
    return words + (f"  ({figure.note})" if figure.note else "")


def table(groups: Mapping[str, Sequence[Figure]]) -> str:
    """The figures that have a target, by their groups, and whether it is met."""
    lines = []
    for title, told in groups.items():
        asked = [figure for figure in told if figure.target is not None]
        if asked:
            lines += [title, *(f"  {_verdict(figure)}" for figure in asked), ""]
    met = [figure.met for told in groups.values() for figure in told if figure.met is not None]
    return "\n".join([*lines, f"{sum(met)} of {len(met)} met"])


def _verdict(figure: Figure) -> str:
    measured = f"{figure.value:.4g} {figure.unit}"
    if figure.ratio is not None:
        measured = f"{figure.ratio:.2f} x {figure.peer}"
    assert figure.target is not None
    asked = f"{'>=' if figure.better == 'more' else '<='} {figure.target:.3g}"
    return f"{'met    ' if figure.met else 'NOT MET'}  {figure.name:<58} {asked:>8}  {measured}"


def as_json(
    machine: Mapping[str, str], groups: Mapping[str, Sequence[Figure]], missing: Sequence[str]
) -> str:
    """The whole report for a program to read."""
    told = [
        asdict(figure) | {"met": figure.met, "group": name}
        for name, figures in groups.items()
        for figure in figures
    ]
    report = {"machine": dict(machine), "figures": told, "missing": list(missing)}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
