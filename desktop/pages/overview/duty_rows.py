"""Duties with what they are filtered and grouped by, found once in a job.

There may be hundreds of thousands: the window itself only compares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from forms.office.agenda import Item
from forms.office.statistics_types import Figure, Measure

_OPEN = ("open", "snoozed")
_WANTED = {"open": _OPEN, "all": (*_OPEN, "done", "excluded")}


class Row(msgspec.Struct, frozen=True, gc=False):
    """A duty with its day, how it stands (open, snoozed, done, excluded), its filter, its week's
    Monday (`date.min` for all that is past), and the text a search looks at."""

    item: Item
    day: date
    standing: str
    kind: str
    week: date
    found: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.standing in _OPEN


@dataclass(frozen=True)
class Group:
    """The row above the duties of a week: 下周　11-30 至 12-06　2 项."""

    title: str
    beside: str
    count: int
    is_error: bool = False


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a job found: the duties of a year, how many of them are past their day, how many cases
    are in each state, and the year's measures with their targets."""

    rows: Sequence[Row]
    overdue: int
    states: Mapping[str, int]
    year: int
    measures: Mapping[Measure, Figure]
    targets: Mapping[Measure, Decimal]


def rows_of(items: Iterable[Item], today: date) -> list[Row]:
    """Return the rows of duties, in their order."""
    return [_row(item, today) for item in items]


def _row(item: Item, today: date) -> Row:
    duty, day = item.duty, item.day
    if item.is_open:
        standing = "snoozed" if item.is_snoozed else "open"
    else:
        standing = "done" if item.is_done else "excluded"
    week = date.min if day < today else words.monday(day)
    found = f"{duty.what} {duty.patent_number} {duty.title} {duty.basis}".casefold()
    return Row(item, day, standing, words.kind_of(item), week, found)


def found_by(rows: Sequence[Row], text: str, standing: str) -> list[Row]:
    """Return the rows that stand so and are found by words typed, blanks between them."""
    wanted = _WANTED.get(standing, (standing,))
    some = [row for row in rows if row.standing in wanted]
    for word in text.casefold().split():
        some = [row for row in some if word in row.found]
    return some


def by_week(rows: Sequence[Row], today: date) -> list[Group | Item]:
    """Return the duties of rows by date, with a group before those of each week."""
    made: list[Group | Item] = []
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place].week != rows[start].week:
            made.append(_group(rows[start:place], today))
            made += [row.item for row in rows[start:place]]
            start = place
    return made


def _group(rows: Sequence[Row], today: date) -> Group:
    first, this = rows[0].week, words.monday(today)
    if first == date.min:
        is_open = any(row.is_open for row in rows)
        title = t("overview.overdue" if is_open else "overview.before")
        return Group(title, "", len(rows), is_error=is_open)
    last = first + timedelta(days=6)
    start = f"{first:%m-%d}" if first.year == today.year else f"{first}"
    beside = t("overview.from_to", first=start, last=f"{last:%m-%d}")
    if first == this:
        title = t("overview.this_week")
    elif first == this + words.WEEK:
        title = t("overview.next_week")
    else:
        title = t("overview.week", number=first.isocalendar().week)
    return Group(title, beside, len(rows))
