"""A pool's distribution over very many patents and the spans in which they were in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from forms.pool.share_input import HeldPatent, Member, Part, Portion, ShareRun, Source
from forms.pool.shares import shares
from tools.develop.bench import figures
from tools.develop.bench.figures import Figure

_ASKED_S = 2
_SPANS_EACH = 100  # of a member
_FIRST, _LAST = date(2024, 1, 1), date(2024, 12, 31)


def share_figures(count: int, rounds: int) -> Iterator[Figure]:
    """Shared by a formula and by days, from two sources, within floors and caps."""
    run = run_of(count)
    runs = figures.in_turn({"shares": lambda _: shares(run)}, rounds)["shares"]
    yield Figure(
        name=f"shares of {count:,} patent-periods",
        value=figures.processor(runs),
        unit="s",
        target=_ASKED_S,
        note=f"of the processor; {figures.wall(runs):.2f} s on the clock; {len(run.members)}"
        " members, by formula and by days",
    )


def run_of(count: int) -> ShareRun:
    """A year's distribution: each second patent was graded anew within it, so has two spans."""
    chance = Random("openlicense pool")
    members = tuple(
        Member(
            name=f"示例成员{place:05d}",
            joined=_FIRST - timedelta(days=chance.randrange(2000)),
            patents=tuple(_spans(place, chance)),
        )
        for place in range(count // _SPANS_EACH)
    )
    numbers = tuple(one.number for member in members[::2] for one in member.patents)
    income = Decimal("9876543.21")
    part = Decimal("1234567.89")
    return ShareRun(
        period=(_FIRST, _LAST),
        income=income,
        method="formula",
        members=members,
        fee=Portion(percent=Decimal(10)),
        annuities=Decimal("34567.80"),
        parts=(
            Part(method="number", percent=Decimal(40)),
            Part(method="weight", percent=Decimal(60)),
        ),
        floor=Portion(sum=Decimal(500)),
        cap=Portion(percent=Decimal(20)),
        by_days=True,
        sources=(
            Source(name="许可合同一", income=part, numbers=numbers),
            Source(name="其余许可", income=income - part),
        ),
    )


def _spans(member: int, chance: Random) -> Iterator[HeldPatent]:
    """The spans of a member's patents: one, then two of the next, and so on."""
    left, place = _SPANS_EACH, 0
    while left:
        number = f"ZL20211{member:04d}{place:03d}.{place % 10}"
        begun = _FIRST - timedelta(days=chance.randrange(-200, 900))
        weight = Decimal(chance.randrange(1, 1000)) / 10
        if place % 3 == 0 and left > 1:
            turn = max(begun, _FIRST) + timedelta(days=60)
            yield HeldPatent(number=number, since=begun, until=turn, weight=weight)
            yield HeldPatent(number=number, since=turn + timedelta(days=1), weight=weight + 5)
            left -= 2
        else:
            yield HeldPatent(number=number, since=begun, weight=weight)
            left -= 1
        place += 1
