"""Working days: which days the state gives off, and to which day a payment's last day moves.

The table (resources/holidays) has a line for each year with the number of the notice that
arranged it.  Beyond its last year a day is left where it is, and that is told: no one knows yet
which days will be worked instead.

This module must not know a case, a pack or today's date.
"""

from datetime import date, timedelta
from functools import cache, lru_cache

import msgspec
import tomli

from forms.ground.locate import resources

_SATURDAY = 5
_DAY = timedelta(days=1)


class Moved(msgspec.Struct, frozen=True):
    """A last day `day`, moved from its `plain` day; `beyond` where no table says."""

    day: date
    plain: date
    beyond: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether holidays moved it."""
        return self.day != self.plain


class WorkingDays(msgspec.Struct, frozen=True):
    """The arranged years with their notices, weekdays off and weekend days worked among them."""

    notices: dict[int, str]
    off: frozenset[date]
    worked: frozenset[date]

    def knows(self, day: date) -> bool:
        """Whether the year of the day is arranged."""
        return day.year in self.notices

    def is_worked(self, day: date) -> bool:
        """Whether a day of an arranged year is worked."""
        return day in self.worked if day.weekday() >= _SATURDAY else day not in self.off


class _Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    notice: str
    off: str
    worked: str


class _Years(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    years: dict[str, _Year]


@cache
def working_days() -> WorkingDays:
    """The table that ships."""
    file = resources() / "holidays" / "working_days.toml"
    years = msgspec.convert(tomli.loads(file.read_text(encoding="utf-8")), _Years).years
    return WorkingDays(
        notices={int(year): said.notice for year, said in years.items()},
        off=frozenset(day for year, said in years.items() for day in _days(year, said.off)),
        worked=frozenset(day for year, said in years.items() for day in _days(year, said.worked)),
    )


def _days(year: str, text: str) -> list[date]:
    found = []
    for piece in text.split():
        first, _, last = piece.partition("/")
        day, end = (date.fromisoformat(f"{year}-{one}") for one in (first, last or first))
        while day <= end:
            found.append(day)
            day += _DAY
    return found


@lru_cache(maxsize=8192)
def last_day_to_act(day: date) -> Moved:
    """Return the last day of a time limit that ends on a day: a day off moves it on.

    Not for the end of a right, which no holiday moves (审查指南 第五部分第九章 4.1).  A weekend day
    worked instead is no end for what has moved: that goes on to the Monday.
    Source: 专利法实施细则 第五条; 审查指南 第五部分第七章 2.3.
    """
    table, moved = working_days(), day
    while table.knows(moved):
        is_weekend = moved.weekday() >= _SATURDAY
        if table.is_worked(moved) and not (is_weekend and moved != day):
            return Moved(moved, day)
        moved += _DAY
    return Moved(day, day, beyond=True)
