"""The ledger (专利台账): a patent's facts stand once, for all the procedures on it.

A case is a procedure (a pack) on a patent.  Rules, papers and screens see both as one `Case`;
here it is taken apart for keeping, and put together again.  Two entries of one patent are made
one where they agree: what one of them leaves blank the other fills.  Where both say something
and it differs there is a conflict, which only a clerk can settle.

This module must not know a pack, a store or a screen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from forms.facts.derived import number_text
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.record import Case, LedgerEntry, Party, Patent

_ROOTS = frozenset({"patent", "owners", "department", "notes"})
_OWNERS = "owners"
_replace = msgspec.structs.replace

PROCEDURE: tuple[str, ...] = tuple(
    name for name in Case.__struct_fields__ if name not in _ROOTS and name != "unread"
)
"""The facts of a case that are its procedure's own; beside them what is unread of these."""


def is_of_ledger(path: str) -> bool:
    """Whether the fact at a path of a case is the patent's, and not its procedure's own."""
    return path.partition(".")[0] in _ROOTS


def split(case: Case) -> tuple[LedgerEntry, Case]:
    """Return the patent's facts in a case, and the case without them."""
    own = unread_apart(case)[1]
    rest = _replace(case, patent=Patent(), owners=(), department="", notes="", unread=own)
    return entry_of(case), rest


def entry_of(case: Case) -> LedgerEntry:
    """Return the patent's facts in a case."""
    return LedgerEntry(
        patent=case.patent,
        owners=case.owners,
        department=case.department,
        notes=case.notes,
        unread=unread_apart(case)[0],
    )


def unread_apart(case: Case) -> tuple[dict[str, str], dict[str, str]]:
    """Return what could not be read of the patent's facts, and of the procedure's own."""
    if not case.unread:
        return {}, {}
    of_patent = {path: text for path, text in case.unread.items() if is_of_ledger(path)}
    return of_patent, {path: text for path, text in case.unread.items() if path not in of_patent}


def join(entry: LedgerEntry, case: Case) -> Case:
    """Return the case with the patent's facts of an entry, instead of any it has."""
    own = unread_apart(case)[1]
    return _replace(
        case,
        patent=entry.patent,
        owners=entry.owners,
        department=entry.department,
        notes=entry.notes,
        unread=own | entry.unread,
    )


def is_same_number(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Whether two entries name one patent: a check character put right names no other."""
    return _identity(one) == _identity(other)


def stays_of_its_patent(before: LedgerEntry, after: LedgerEntry) -> bool:
    """Whether an entry that is changed is still of its patent.

    A check character that was missing or wrong may be put right; a right one that is taken away
    or typed over is the beginning of another number.
    """
    if not is_same_number(before, after):
        return False
    was, now = _number(before), _number(after)
    return was is None or now is None or not was.check_is_right or now.check_is_right is True


def _identity(entry: LedgerEntry) -> str:
    number = _number(entry)
    return number.digits if number else number_text(entry)


def _number(entry: LedgerEntry) -> PatentNumber | None:
    try:
        return parse(number_text(entry))
    except NotAPatentNumber:
        return None


def agree(one: LedgerEntry, other: LedgerEntry) -> LedgerEntry | tuple[str, ...]:
    """Return what two entries say together, or the paths at which they say different things."""
    return conflicts(one, other) or united(one, other)


def conflicts(one: LedgerEntry, other: LedgerEntry) -> tuple[str, ...]:
    """Return the paths at which both entries say something, and not the same.

    The owners are one fact where their names differ ("owners"), else each of their facts is one.
    """
    return tuple(_conflicts(one, other))


def united(first: LedgerEntry, second: LedgerEntry) -> LedgerEntry:
    """Return the first entry with its blanks filled by the second."""
    unread = dict(first.unread)
    values: dict[str, Any] = {}
    for path in _SINGLE:
        if _said(first, path) is None and (said := _said(second, path)) is not None:
            values[path] = _value(second, path)
            _take(unread, path, said)
    filled = {name: value for path, value in values.items() if (name := _patents_own(path))}
    rest = {path: value for path, value in values.items() if not _patents_own(path)}
    owners = _united_owners(first, second, unread)
    return _replace(
        first, patent=_replace(first.patent, **filled), owners=owners, unread=unread, **rest
    )


_SINGLE = (*(f"patent.{name}" for name in Patent.__struct_fields__), "department", "notes")
_OF_PARTY = tuple(name for name in Party.__struct_fields__ if name not in ("name", "bank"))
_OF_BANK = tuple(Party().bank.__struct_fields__)


def _patents_own(path: str) -> str:
    return path.removeprefix("patent.") if path.startswith("patent.") else ""


def _value(entry: LedgerEntry, path: str) -> Any:
    name = _patents_own(path)
    return getattr(entry.patent, name) if name else getattr(entry, path)


def _said(entry: LedgerEntry, path: str) -> Any:
    """What an entry says at a path: its value, or what was typed; None where that is nothing."""
    value = _value(entry, path)
    if text := entry.unread.get(path):
        return _Typed(text, value)
    return None if value in ("", (), None) else value


class _Typed(msgspec.Struct, frozen=True):
    """A text that could not be read, with what stood there before: no value is like it."""

    text: str
    value: Any


def _take(unread: dict[str, str], path: str, said: Any) -> None:
    if isinstance(said, _Typed):
        unread[path] = said.text


def _conflicts(one: LedgerEntry, other: LedgerEntry) -> Iterator[str]:
    for path in _SINGLE:
        here, there = _said(one, path), _said(other, path)
        if here is not None and there is not None and here != there:
            yield path
    if not _says_owners(one) or not _says_owners(other):
        return
    if _names(one) != _names(other):
        yield _OWNERS
        return
    pairs = enumerate(zip(one.owners, other.owners, strict=True))
    told = set()
    for place, (here, there) in pairs:
        for inner in _inner():
            path = f"{_OWNERS}.{place}.{inner}"
            told.add(path)
            mine, theirs = _owners_said(one, here, path), _owners_said(other, there, path)
            if mine is not None and theirs is not None and mine != theirs:
                yield path
    for path in sorted({*_unread_owners(one), *_unread_owners(other)} - told):
        mine, theirs = _said_of_all(one, path), _said_of_all(other, path)
        if mine is not None and theirs is not None and mine != theirs:
            yield path


def _inner() -> Iterator[str]:
    yield from _OF_PARTY
    yield from (f"bank.{name}" for name in _OF_BANK)


def _names(entry: LedgerEntry) -> tuple[list[str], str]:
    return [party.name for party in entry.owners], entry.unread.get(_OWNERS, "")


def _says_owners(entry: LedgerEntry) -> bool:
    return bool(entry.owners or _unread_owners(entry))


def _unread_owners(entry: LedgerEntry) -> Mapping[str, str]:
    return {path: text for path, text in entry.unread.items() if path.split(".")[0] == _OWNERS}


def _owners_said(entry: LedgerEntry, party: Party, path: str) -> Any:
    value = _of_party(party, path.split(".", 2)[2])
    if text := entry.unread.get(path):
        return _Typed(text, value)
    return value or None


def _said_of_all(entry: LedgerEntry, path: str) -> Any:
    """What an entry says at a path of all owners together ("owners.address"), or of each."""
    if text := entry.unread.get(path):
        return text
    inner = path.removeprefix(f"{_OWNERS}.")
    if inner not in _inner():
        return ""  # said of one owner, or of who they are
    each = enumerate(entry.owners)
    said = [_owners_said(entry, party, f"{_OWNERS}.{at}.{inner}") for at, party in each]
    return None if all(one is None for one in said) else said


def _of_party(party: Party, inner: str) -> Any:
    name = inner.removeprefix("bank.")
    return getattr(party if name == inner else party.bank, name)


def _united_owners(
    first: LedgerEntry, second: LedgerEntry, unread: dict[str, str]
) -> tuple[Party, ...]:
    if not _says_owners(first):
        unread.update(_unread_owners(second))
        return second.owners
    if _names(first) != _names(second):
        return first.owners
    made = []
    for place, (here, there) in enumerate(zip(first.owners, second.owners, strict=True)):
        values: dict[str, Any] = {}
        for inner in _inner():
            path = f"{_OWNERS}.{place}.{inner}"
            if _owners_said(first, here, path) is None:
                values[inner] = _of_party(there, inner)
                _take(unread, path, _owners_said(second, there, path))
        bank = {name.removeprefix("bank."): v for name, v in values.items() if "." in name}
        own = {name: value for name, value in values.items() if "." not in name}
        made.append(_replace(here, bank=_replace(here.bank, **bank), **own))
    for path, text in _unread_owners(second).items():
        if _said_of_all(first, path) is None:
            unread[path] = text
    return tuple(made)
