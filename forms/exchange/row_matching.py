"""Which stored case, or which patent of the ledger, a row of a workbook is of."""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

from forms.exchange.row_cells import Row
from forms.exchange.sheet_columns import TITLE
from forms.facts.derived import number_text
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case, LedgerEntry
from forms.facts.several_names import split_names
from forms.ground.cleaning import narrow

_OWNERS = "owners"


class Stored(Protocol):
    """A stored case, as far as an import looks at it."""

    @property
    def id(self) -> int:
        """The case's id in the store."""

    @property
    def case(self) -> Case:
        """The case as it stands."""

    @property
    def has_unread(self) -> bool:
        """Whether anything of it could not be read."""

    @property
    def imported(self) -> Mapping[str, str]:
        """Field path -> cell, as last imported."""

    def says(self, cells: Mapping[str, str]) -> bool:
        """Whether these are the cells last imported; none of them is blank."""

    @property
    def known_by(self) -> tuple[str, str]:
        """The cells of the number and the title, as last imported; "" for none."""


class OnLedger(Protocol):
    """A patent of the ledger, as far as an import looks at it."""

    @property
    def id(self) -> int:
        """The entry's id in the store."""

    @property
    def entry(self) -> LedgerEntry:
        """What is known of the patent."""


Ledger = Callable[[Iterable[str]], Sequence[OnLedger]]
"""Finds the patents of some numbers on which the pack has no case yet, asked for once."""


def matched_to_ledger(
    rows: Sequence[Row], matched: Container[int], ledger: Ledger
) -> dict[int, OnLedger]:
    """Return the patent of each row without a case, by the row's id(): of the first of its number.

    `matched` are the id() of rows with a case: a case that is given a number by one of these
    meets the ledger by itself.  The ledger has every number with its check character, or as it
    was stated.
    """
    new = [row for row in rows if id(row) not in matched]
    free = {parse(one.entry.patent.number or "").digits: one for one in ledger(_numbers(new))}
    if not free:
        return {}
    for row in rows:
        if id(row) in matched and row.patent is not None:
            free.pop(row.patent.digits, None)
    found: dict[int, OnLedger] = {}
    for row in new:
        if row.patent and (one := free.pop(row.patent.digits, None)) is not None:
            found[id(row)] = one
    return found


def _numbers(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if (number := row.patent) is not None:
            yield number.text
            if not number.check_is_right:
                yield number.corrected


def _key_of(number: str, title: str) -> Hashable:
    """What identifies a patent, as of a row: see `Row.key`."""
    try:
        return parse(number).digits
    except NotAPatentNumber:
        return (narrow(number), title)


def _imported_key(stored: Stored, digits: Mapping[str, str]) -> Hashable:
    """What a case was last imported as; `digits` are those of numbers that were read already."""
    number, title = stored.known_by
    if known := digits.get(number):
        return known
    if title and stored.has_unread and title == stored.case.unread.get(TITLE):
        title = ""  # as its row has none: what can not be read is no title
    return _key_of(number, title) if number or title else None


def _current_key(stored: Stored) -> Hashable:
    return _key_of(number_text(stored.case), stored.case.patent.title)


def _title_if_numberless(stored: Stored) -> Hashable:
    patent = stored.case.patent
    return patent.title if patent.title and patent.number is None else None


def _title_and_owners_if_misread(stored: Stored) -> Hashable:
    """What a case is known by whose number can not be right: its check character says so."""
    patent = stored.case.patent
    if not patent.title or not patent.number or parse(patent.number).check_is_right:
        return None
    return (patent.title, frozenset(owner.name for owner in stored.case.owners))


def matched_to_cases(rows: Sequence[Row], existing: Sequence[Stored]) -> dict[int, Stored]:
    """Return the stored case of each row by the row's id().

    First by what was last imported (it stays when a number is mended by hand), then by what
    the case is now, last, for a number no case has, by the title of a case whose number is
    missing or unreadable, and by title and owners of one whose number is mistyped (it is
    mended in the workbook).  The k-th row of a key takes the k-th case of it.
    """

    digits = {row.number: row.patent.digits for row in rows if row.patent}

    def imported_key(stored: Stored) -> Hashable:
        return _imported_key(stored, digits)

    @cache  # hardly ever asked for
    def known() -> frozenset[Hashable]:
        return frozenset(
            key for stored in existing for key in (imported_key(stored), _current_key(stored))
        )

    def row_key(row: Row) -> Hashable:
        return row.key

    def new_title(row: Row) -> Hashable:
        return row.title if row.title and row.key not in known() else None

    def new_title_and_owners(row: Row) -> Hashable:
        if not row.title or row.key in known():
            return None
        owners = (answer.text for answer in row.answers if answer.field.path == _OWNERS)
        return (row.title, frozenset(split_names("；".join(owners))))

    stages: tuple[tuple[Callable[[Row], Hashable], Callable[[Stored], Hashable]], ...] = (
        (row_key, imported_key),
        (row_key, _current_key),
        (new_title, _title_if_numberless),
        (new_title_and_owners, _title_and_owners_if_misread),
    )
    matched: dict[int, Stored] = {}
    free = list(existing)
    for of_row, of_stored in stages:
        waiting: defaultdict[Hashable, list[Stored]] = defaultdict(list)  # the first comes last
        for stored in reversed(free):
            if (key := of_stored(stored)) is not None:
                waiting[key].append(stored)
        for row in rows if waiting else ():
            if id(row) not in matched and (queue := waiting.get(of_row(row))):
                matched[id(row)] = queue.pop()
        taken = {id(stored) for stored in matched.values()}
        free = [stored for stored in free if id(stored) not in taken]
    return matched
