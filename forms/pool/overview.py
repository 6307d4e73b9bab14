"""A pool at a glance: patents by class and grade, members by number and weight."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from forms.pool.records import Pool, PoolPatent
from forms.pool.standing import weight_of, weights

NO_CLASS, NO_GRADE = "未分类", "未分级"


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """How many patents there are of each class (row) and grade (column).

    Classes and grades stand as the pool names them; others that patents have come after them.
    """

    classes: tuple[str, ...]
    grades: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def of_class(self, name: str) -> int:
        """Return how many there are of a class."""
        return sum(self.counts.get((name, grade), 0) for grade in self.grades)

    def of_grade(self, name: str) -> int:
        """Return how many there are of a grade."""
        return sum(self.counts.get((one, name), 0) for one in self.classes)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def most(self) -> int:
        """What the fullest cell has."""
        return max(self.counts.values(), default=0)


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """What a member has in a pool: patents, their weight, the part of all weight in percent."""

    member_id: int
    count: int
    weight: Decimal
    percent: Decimal


def matrix(pool: Pool, patents: Iterable[PoolPatent]) -> Matrix:
    """Return how many of some patents there are by class and grade."""
    counts: dict[tuple[str, str], int] = {}
    for one in patents:
        key = (one.category or NO_CLASS, one.grade or NO_GRADE)
        counts[key] = counts.get(key, 0) + 1
    classes = dict.fromkeys((*pool.categories, *sorted({name for name, _ in counts})))
    grades = dict.fromkeys((*(one.name for one in pool.grades), *sorted({g for _, g in counts})))
    return Matrix(classes=tuple(classes), grades=tuple(grades), counts=counts)


def portions(
    pool: Pool, patents: Iterable[PoolPatent], member_ids: Sequence[int]
) -> tuple[Portion, ...]:
    """Return what each member has of some patents, in the order of the members."""
    of_grade = weights(pool)
    count = dict.fromkeys(member_ids, 0)
    weighed = dict.fromkeys(member_ids, Decimal(0))
    for one in patents:
        if one.member_id in count:
            count[one.member_id] += 1
            weighed[one.member_id] += weight_of(one, of_grade)
    total = sum(weighed.values(), Decimal(0))
    return tuple(
        Portion(
            member_id=one,
            count=count[one],
            weight=weighed[one],
            percent=weighed[one] * 100 / total if total else Decimal(0),
        )
        for one in member_ids
    )
