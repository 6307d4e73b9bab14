"""Take over into a case what a row of a workbook says anew.

Three things are compared: the cell, the same cell when it was last imported, and the case as
it stands.  Only a cell that has changed since is taken over; see `forms.exchange.import_plan`.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from forms.exchange.row_cells import Answer, Row, as_typed
from forms.exchange.row_matching import Stored
from forms.facts.left_unread import left_unread, without_owners_fact
from forms.facts.paths import value_at, with_value, with_values
from forms.facts.record import Case, Party
from forms.facts.several_names import split_places
from forms.ground.cleaning import Cell, cell_text
from forms.pack.reading import BLANKS, Unreadable, is_blank, read, write
from forms.pack.types import Field

Change = tuple[str, str, str]  # path, old text, new text

_OWNERS = "owners"
_OWNERS_FACT = "owners."
_BLANK = Case()


def says_what_is_imported(row: Row, stored: Stored) -> bool:
    """Whether a row says the very cells that were imported last, and fills none beside.

    Then it says nothing new of a case of which all could be read.
    """
    return stored.says({answer.field.path: answer.text for answer in row.answers if answer.text})


def taken_over(row: Row, case: Case, imported: dict[str, str]) -> Case:
    """Return the case with the cells that differ from `imported`, which is brought up to date.

    A cell that could not be read is tried again, since what it hung on may have changed.
    """
    if imported or case.unread:
        news = [answer for answer in row.answers if _is_news(answer, case, imported)]
    else:  # a new case
        news = [answer for answer in row.answers if answer.text]
    if not news:
        return case
    said = {answer.field.path for answer in news} if case.unread else ()
    unread = {path: text for path, text in case.unread.items() if path not in said}
    values: dict[str, Any] = {}
    of_owners: list[Answer] = []
    for answer in news:
        path = answer.field.path
        imported[path] = answer.text
        if answer.sort == "read" and path[:6] != _OWNERS:  # as nearly all are
            values[path] = answer.value
            continue
        if path.startswith(_OWNERS_FACT):
            of_owners.append(answer)
            continue
        if answer.sort == "unread":
            unread[path] = as_typed(answer.cell)
        values[path] = _value(case, answer)
    before = msgspec.structs.replace(case, unread=unread) if unread or case.unread else case
    case = with_values(before, values)
    if _OWNERS in values:
        still = {_OWNERS: unread[_OWNERS]} if _OWNERS in unread else {}
        case = msgspec.structs.replace(case, unread=left_unread(_OWNERS, before, case) | still)
    for answer in of_owners:
        case = _put_owners_fact(case, answer.field, answer.cell)
    return case


def changes(row: Row, before: Case, after: Case) -> tuple[Change, ...]:
    """Return what a row has changed in a case, in the words its fields show."""
    told = ((answer.field.path, answer.field) for answer in row.answers)
    texts = ((path, shown(before, field), shown(after, field)) for path, field in told)
    return tuple((path, old, new) for path, old, new in texts if old != new)


def _is_news(answer: Answer, case: Case, imported: Mapping[str, str]) -> bool:
    path, text = answer.field.path, answer.text
    last = imported.get(path)
    if text == last:
        return case.unread.get(path) == text
    return bool(text) or last is not None


def _value(case: Case, answer: Answer) -> Any:
    if answer.sort != "read":
        return value_at(_BLANK, answer.field.path)
    if answer.field.path == _OWNERS:
        return _with_old_facts(answer.value, case.owners)
    return answer.value


def _with_old_facts(parties: Any, old: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return the parties, each with what was known of one of the same name."""
    known = {party.name: party for party in reversed(old)}
    return tuple(known.get(party.name, party) for party in parties)


def _put_owners_fact(case: Case, field: Field, cell: Cell) -> Case:
    """Give each owner its piece of the cell, if there are as many pieces as owners.

    A piece that can not be read stays that owner's as it was typed; else the whole cell stays.
    """
    inner = field.path.removeprefix(_OWNERS_FACT)
    unread = without_owners_fact(case.unread, inner)
    pieces: tuple[Cell, ...] = (cell,)
    if is_blank(field, cell):
        pieces = ("",) * len(case.owners)
    elif len(case.owners) > 1:
        pieces = split_places(cell_text(cell))
    if len(pieces) != len(case.owners):
        unread[field.path] = as_typed(cell)
        return msgspec.structs.replace(case, unread=unread)
    for place, piece in enumerate(pieces):
        path = f"{_OWNERS}.{place}.{inner}"
        try:
            value = read(field, piece)
        except Unreadable:
            value = BLANKS.get(field.kind)
            unread[path] = as_typed(piece)
        case = with_value(case, path, value)
    return msgspec.structs.replace(case, unread=unread)


def shown(case: Case, field: Field) -> str:
    """Return the text a field shows, what could not be read as it was typed."""
    if field.path in case.unread:
        return case.unread[field.path]
    if field.path.startswith(_OWNERS_FACT):
        inner = field.path.removeprefix(_OWNERS_FACT)
        return "；".join(
            case.unread.get(f"{_OWNERS}.{place}.{inner}") or write(field, value_at(party, inner))
            for place, party in enumerate(case.owners)
        )
    return write(field, value_at(case, field.path))
