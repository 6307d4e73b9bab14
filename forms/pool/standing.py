"""Which patents are in a pool on a day or in a period, and how many days of it.

A right that lapsed ended on the due day of the annuity (审查指南 第五部分第九章 4.2.2), one whose
term is over on the day after its last; one that was transferred is another's from the day the
transfer was registered (专利法 第十条).  From that day (`out_on`) the patent is in no longer.  One
declared invalid is held never to have been (专利法 第四十七条): it is in on no day at all.  What
was shared before stays shared: a closed distribution is never reckoned again.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from forms.pool.records import Pool, PoolPatent

_DAY = timedelta(days=1)


def days_in(patent: PoolPatent) -> tuple[date, date | None] | None:
    """Return the first and the last day of a patent in the pool (None: no last one is known).

    None where it is in on no day: it has not entered, or was declared invalid.
    """
    if patent.entered_on is None or patent.why_out == "invalid":
        return None
    out = patent.out_on - _DAY if patent.out_on else None
    ends = (patent.agreed_until, patent.term_ends, out)
    last = min((day for day in ends if day is not None), default=None)
    if last is not None and last < patent.entered_on:
        return None
    return patent.entered_on, last


def is_in(patent: PoolPatent, day: date) -> bool:
    """Whether a patent is in the pool on a day."""
    return days_within(patent, day, day) > 0


def days_within(patent: PoolPatent, first: date, last: date) -> int:
    """Return on how many days of a period, both ends counted, a patent is in the pool."""
    days = days_in(patent)
    if days is None:
        return 0
    begins, ends = max(days[0], first), min(days[1] or last, last)
    return max(0, (ends - begins).days + 1)


def in_on(patents: Iterable[PoolPatent], day: date) -> Iterator[PoolPatent]:
    """Yield the patents that are in the pool on a day."""
    return (patent for patent in patents if is_in(patent, day))


def weights(pool: Pool) -> Mapping[str, Decimal]:
    """Return the weight of a patent by the names of the pool's grades."""
    return {grade.name: grade.weight for grade in pool.grades}


def weight_of(patent: PoolPatent, of_grade: Mapping[str, Decimal]) -> Decimal:
    """Return a patent's weight: its own, else its grade's (`weights`), else 1."""
    if patent.weight is not None:
        return patent.weight
    return of_grade.get(patent.grade, Decimal(1))
