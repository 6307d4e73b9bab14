"""Which patents count in a distribution, how much each, and what the members' shares weigh.

Weights are whole numbers in proportion: exact, however they come together.
"""

from collections.abc import Iterator, Sequence, Set
from datetime import date
from decimal import Decimal
from math import lcm
from string import whitespace

import msgspec

from forms.ground.cleaning import fold
from forms.pool.share_input import HeldPatent, Member, Plain, ShareRun

DECIMALS = 12  # that a weight or a percent has at most
_MARKS = str.maketrans("", "", whitespace + "()[]{}<>:*\"',.;/\\+-_~#")  # what `fold` leaves out


class Counted(msgspec.Struct, frozen=True, gc=False):
    """A patent that counts: its pieces (days, or 1), and them by its weight, in its last places."""

    key: str
    pieces: int
    units: int


Vector = list[int]


def number_key(number: str) -> str:
    """Return what two ways of writing a patent's number share."""
    same = number.translate(_MARKS).casefold() if number.isascii() else fold(number)
    return same.removeprefix("zl")


def repeated_numbers(run: ShareRun) -> Set[str]:
    """Return the numbers that stand more than once, as `number_key` has them."""
    seen: set[str] = set()
    again: set[str] = set()
    for member in run.members:
        for one in member.patents:
            key = number_key(one.number)
            (again if key in seen else seen).add(key)
    return again


def scaled(number: Decimal) -> int:
    """Return a number of at most twelve decimals in its last places."""
    return int(number.scaleb(DECIMALS))


def fen(amount: Decimal) -> int:
    """Return an amount of yuan, of whole fen, in fen."""
    return int(amount.scaleb(2))


def days_within(one: HeldPatent, period: tuple[date, date]) -> int:
    """Return the days on which a patent is in force within a period."""
    first, last = period
    since = first if one.since < first else one.since
    until = last if one.until is None or last < one.until else one.until
    return max(0, until.toordinal() - since.toordinal() + 1)


def counted(run: ShareRun) -> list[list[Counted]]:
    """Return the patents of each member that count: each once, unless it is by days.

    Where the income is told by its sources, those that stand in the list of one of them.
    """
    once = set[str]() if run.by_days else repeated_numbers(run)
    listed = (
        None
        if not run.sources or any(one.numbers is None for one in run.sources)
        else {number_key(number) for one in run.sources for number in one.numbers or ()}
    )
    return [
        [one for one in _of_member(member, run, once) if listed is None or one.key in listed]
        for member in run.members
    ]


def _of_member(member: Member, run: ShareRun, once: Set[str]) -> Iterator[Counted]:
    last: dict[str, HeldPatent] = {}
    for one in member.patents:
        days = days_within(one, run.period)
        if not days:
            continue
        key = number_key(one.number)
        if key not in once:
            yield _piece(key, one, days if run.by_days else 1)
        elif key not in last or last[key].since < one.since:
            last[key] = one
    for key, one in last.items():
        yield _piece(key, one, 1)


def _piece(key: str, one: HeldPatent, pieces: int) -> Counted:
    weight = 10**DECIMALS if one.weight is None else scaled(one.weight)
    return Counted(key, pieces, weight * pieces)


class Nothing(Exception):
    """Nobody has anything by which a part of the income could be shared; the source's place."""

    def __init__(self, source: int | None) -> None:
        """Of a source of the income, or of all of it."""
        self.source = source
        super().__init__()


def weights(run: ShareRun, held: Sequence[Sequence[Counted]]) -> Vector:
    """Return what the members' shares are in proportion to.

    Each part of the formula and each source of the income is shared for itself, and the parts are
    brought together by their least common multiple.  Raises Nothing.
    """
    terms: list[tuple[int, Vector]] = []
    for percent, method in _parts(run):
        for place, amount, numbers in _sources(run, method):
            if factor := scaled(percent) * amount:
                vector = _vector(method, run, held, numbers)
                if not sum(vector):
                    raise Nothing(place)
                terms.append((factor, vector))
    whole = lcm(*(sum(vector) for _, vector in terms))
    weights = [0] * len(run.members)
    for factor, vector in terms:
        by = factor * (whole // sum(vector))
        weights = [sofar + by * one for sofar, one in zip(weights, vector, strict=True)]
    return weights


def _parts(run: ShareRun) -> list[tuple[Decimal, Plain]]:
    if run.method == "formula":
        return [(part.percent, part.method) for part in run.parts]
    return [(Decimal(100), run.method)]


def _sources(run: ShareRun, method: Plain) -> Iterator[tuple[int | None, int, Set[str] | None]]:
    """The parts of the income with a list of their own: place, fen, numbers; None for all."""
    if not run.sources or method == "agreed" or not run.income:
        yield None, 1, None
        return
    for place, source in enumerate(run.sources):
        numbers = source.numbers
        listed = None if numbers is None else {number_key(number) for number in numbers}
        yield place, fen(source.income), listed


def _vector(
    method: Plain,
    run: ShareRun,
    held: Sequence[Sequence[Counted]],
    numbers: Set[str] | None,
) -> Vector:
    """What each member has, by a method and within a list.

    Agreed shares are the members' and not the patents' (T/CIPS 017 6.5 d); where patents are told,
    one of them must still be in force.
    """
    if method == "agreed":
        if not any(held) and any(member.patents for member in run.members):
            return [0] * len(held)
        return [scaled(member.share_percent or Decimal(0)) for member in run.members]
    if numbers is None:
        return [sum(_much(method, one) for one in ones) for ones in held]
    return [sum(_much(method, one) for one in ones if one.key in numbers) for ones in held]


def _much(method: Plain, one: Counted) -> int:
    return one.pieces if method == "number" else one.units
