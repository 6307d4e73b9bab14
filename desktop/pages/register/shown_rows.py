"""What the register shows of all its rows: filtered, searched, counted and put in order.

Plain lists, no Qt: 100,000 rows are searched in the time of a keystroke.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from db.register_rows import RegisterRow
from desktop.parts.theme.chips import STATES
from forms.ground.pinyin import name_order, title_order

_ORDER = {state: place for place, state in enumerate(STATES)}
_NEW_FORM_DIGITS = 12
_OFFERED = 2000  # names in a list to choose from; the others are found by the search


class Filter(NamedTuple):
    """What is looked for; "" leaves a thing open, `only` keeps some cases by their ids."""

    text: str = ""
    state: str = ""
    kind: str = ""
    owner: str = ""
    year: str = ""
    pack: str = ""
    inventor: str = ""
    department: str = ""
    only: frozenset[int] | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything is shown."""
        return self == Filter()


class Listing:
    """All rows, with what is searched and counted laid beside them."""

    def __init__(self, rows: Sequence[RegisterRow] = ()) -> None:
        self.rows = list(rows)
        self._folded = [row.folded for row in self.rows]
        self._states = [row.state or "" for row in self.rows]
        self._ids = [row.id for row in self.rows]
        self._everything = range(len(self.rows))

    def found(self, wanted: Filter) -> Sequence[int]:
        """Return the places of the rows that match, whatever their state: it is counted."""
        places: Sequence[int] = self._everything
        for word in _words(wanted.text):
            texts = self._folded
            if len(places) == len(texts):
                places = [place for place, text in enumerate(texts) if word in text]
            else:
                places = [place for place in places if word in texts[place]]
        rows = self.rows
        if wanted.pack:
            places = [place for place in places if rows[place].pack in ("", wanted.pack)]
        if wanted.kind:
            places = [place for place in places if rows[place].kind == wanted.kind]
        if wanted.owner:
            places = [place for place in places if wanted.owner in owners_of(rows[place])]
        if wanted.inventor:
            places = [place for place in places if wanted.inventor in inventors_of(rows[place])]
        if wanted.department:
            places = [place for place in places if rows[place].department == wanted.department]
        if wanted.year:
            places = [place for place in places if year_of(rows[place]) == wanted.year]
        if wanted.only is not None:
            places = [place for place in places if rows[place].id in wanted.only]
        return places

    def counts(self, places: Sequence[int]) -> dict[str, int]:
        """Count the states, all under ""."""
        states = self._states
        is_all = len(places) == len(states)
        counted = Counter(states if is_all else [states[place] for place in places])
        return {state: counted[state] for state in STATES} | {"": len(places)}

    def of_state(self, places: Sequence[int], state: str) -> Sequence[int]:
        """Return the places of the rows in a state; all of them for ""."""
        states = self._states
        return [place for place in places if states[place] == state] if state else places

    def ids(self, places: Sequence[int]) -> list[int]:
        """Return the ids of the cases at some places."""
        ids = self._ids
        return list(ids) if places == self._everything else [ids[place] for place in places]


def in_order(
    rows: Sequence[RegisterRow], places: Sequence[int], column: str, *, descending: bool
) -> Sequence[int]:
    """Return the places sorted by a column of the table; equal rows stay as they are."""
    key = _KEYS[column]
    if column == "changed" and descending:
        return places  # as the store gives them
    if column == "changed":
        return places[::-1]
    return sorted(places, key=lambda place: key(rows[place]), reverse=descending)


def _words(text: str) -> list[str]:
    """The words of a search as they are searched."""
    if not text:
        return []
    from db.projection import folded  # slow to load, and wanted by the first search

    return folded(text).split()


def owners_of(row: RegisterRow) -> list[str]:
    """Return the patentees' names."""
    return row.owners.split("、") if row.owners else []


def inventors_of(row: RegisterRow) -> list[str]:
    """Return the inventors' names."""
    return row.inventors.split("、") if row.inventors else []


def year_of(row: RegisterRow) -> str:
    """Return the year of the application, as the number or else the filing date has it."""
    digits = (row.number_text or "").removeprefix("ZL")
    if digits[:_NEW_FORM_DIGITS].isdigit() and len(digits) >= _NEW_FORM_DIGITS:
        return digits[:4]
    return row.filing_date[:4] if row.filing_date else ""


def years(rows: Iterable[RegisterRow]) -> list[str]:
    """Return the years there are, the latest first."""
    return sorted({year for row in rows if (year := year_of(row))}, reverse=True)


def owners(rows: Iterable[RegisterRow]) -> list[str]:
    """Return the patentees there are, those of the most cases first."""
    return _named_most(row.owners for row in rows)


def inventors(rows: Iterable[RegisterRow]) -> list[str]:
    """Return the inventors there are, those of the most cases first, not endlessly many."""
    return _named_most(row.inventors or "" for row in rows)[:_OFFERED]


def departments(rows: Iterable[RegisterRow]) -> list[str]:
    """Return the departments there are, those of the most cases first."""
    counted = Counter(row.department for row in rows if row.department)
    return [name for name, _ in counted.most_common(_OFFERED)]


def packs(rows: Iterable[RegisterRow]) -> list[str]:
    """Return the codes of the packs there are cases of, that of the most first; of one none."""
    counted = Counter(row.pack for row in rows if row.pack)
    return [code for code, _ in counted.most_common()] if len(counted) > 1 else []


def _named_most(joined: Iterable[str]) -> list[str]:
    counted: Counter[str] = Counter()
    for names, times in Counter(joined).items():
        for name in set(names.split("、")) - {""}:
            counted[name] += times
    return [name for name, _ in counted.most_common()]


def months_left(end: date, today: date) -> int:
    """Return how many whole months are left till the end of a day, below 0 once it is over."""
    months = (end.year - today.year) * 12 + end.month - today.month
    return months - (end.day < today.day)


_KEYS: dict[str, Callable[[RegisterRow], Any]] = {
    "number": lambda row: row.number_text or "",
    "title": lambda row: title_order(row.title),
    "owners": lambda row: name_order(row.owners),
    "inventors": lambda row: name_order(row.inventors or ""),
    "department": lambda row: name_order(row.department or ""),
    "end": lambda row: row.offer_end or "9",
    "royalty": lambda row: row.royalty or "",
    "state": lambda row: _ORDER.get(row.state or "", -1),
    "changed": lambda row: row.updated_at,
}
COLUMNS = ("tick", *_KEYS)
"""The table's columns in order."""
