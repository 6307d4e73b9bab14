"""What changed from one version of a case or a licence to the next: which boxes, from what to what.

In the words of the form: a box is named as its authority names it, an answer reads as a paper
prints it, and what could not be read as it was typed.  A list of parties is one answer, their
names; what changed of a party that stayed is told beside it.

This module must not know a store or a screen.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from forms.check.wording import Wording
from forms.facts.amounts import chinese_date, grouped
from forms.facts.licence_life import (
    RECORDED_WORDS,
    Milestone,
    Receipt,
    RecordalChange,
    RecordalItem,
    RoyaltyReport,
)
from forms.facts.paths import value_at
from forms.facts.record import Case, DataSource, Duration, Factor, Licence, Party
from forms.ground.cleaning import visible
from forms.ground.combining import differing
from forms.pack.implied_fields import field_of
from forms.pack.reading import write
from forms.pack.types import Field, Pack

R = TypeVar("R", bound=Case | Licence)

_UNREAD, _OWNERS, _PACK, _LICENCE = "unread.", "owners", "pack", "licence."
_UNIT = re.compile(r"[(（](日|天|次|批次)[)）]$")  # as headers name it: 付款期限(日)
_BESIDE = 6  # characters shown of what both texts share, on each side of where they part


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A box that changed: its path in the later version, what it is called, both texts.

    The path is the pack's ("licence.term" of a licence); "" stands for nothing filled in.
    """

    path: str
    box: str
    before: str
    after: str


def changed_paths(before: R, after: R) -> tuple[tuple[str, str], ...]:
    """Return each path that differs, as it is in the later version and in the earlier one.

    The paths are the record's own.  Taken over one by one, with what could not be read, they
    make the one record the other.
    """
    found: dict[str, str] = {}
    for path in differing(before, after):
        if path.startswith(_UNREAD):
            found.setdefault(path.removeprefix(_UNREAD), path.removeprefix(_UNREAD))
        elif path == _OWNERS:
            found |= dict(_of_owners(value_at(before, path), value_at(after, path)))
        else:
            fact = _whole(after, path)
            found.setdefault(fact, fact)
    return tuple(found.items())


def blank_of(record: R) -> R:
    """Return a record that says nothing yet: what the first version is compared with."""
    empty = Case(pack=record.pack) if isinstance(record, Case) else Licence()
    return empty  # type: ignore[return-value]


def changes(before: R, after: R, pack: Pack) -> tuple[Change, ...]:
    """Return what changed, in the order of the pack's fields.

    What a form does not ask is not told, nor what does not show: a further row without a name.
    """
    wording = Wording(pack)
    stem = _LICENCE if isinstance(after, Licence) else ""
    told = [
        Change(
            path=stem + path,
            box=_box(path, field, after),
            before=said(before, former, field),
            after=said(after, path, field),
        )
        for path, former in changed_paths(before, after)
        if (field := _field(pack, stem + path)) is not None
    ]
    told.sort(key=lambda one: wording.order(one.path))
    return tuple(one for one in told if one.before != one.after)


def said(record: Case | Licence, path: str, field: Field) -> str:
    """Return what a box says: the answer as papers print it, else what was typed; "" for blank.

    The path is the record's own; one of all owners together ("owners.bank", where what was typed
    does not fit their number) has nothing but what was typed.
    """
    root, _, rest = path.partition(".")
    if root == _OWNERS and rest and not rest.partition(".")[0].isdecimal():
        return visible(record.unread.get(path, ""))
    return visible(record.unread.get(path, "") or in_words(field, value_at(record, path)))


def in_words(field: Field, value: Any) -> str:
    """Return an answer as papers print it, an amount with its unit; "" for a blank."""
    match value:
        case date():
            return chinese_date(value)
        case Decimal() if field.kind == "money":
            return f"{grouped(value)} 元"
        case tuple():
            return "；".join(words for item in value if (words := _in_a_list(item)))
    text = write(field, value)
    unit = _UNIT.search(field.columns[0]) if field.kind == "integer" and field.columns else None
    return f"{text} {unit[1]}" if text and unit else text


def _in_a_list(item: Any) -> str:
    """One of a list: a party by its name, a factor or a source with all that is said of it."""
    match item:
        case Party():
            return item.name
        case Factor():
            value = "" if item.value is None else f"{item.value:f}"
            named = " ".join(part for part in (item.name, value) if part)
            return f"{named}（{item.reason}）" if item.reason else named
        case Receipt() | RoyaltyReport() | Milestone() | RecordalItem():
            return _of_life(item)
        case RecordalChange():
            what = RECORDED_WORDS[item.item] if item.item else ""
            day = item.day.isoformat() if item.day else ""
            return f"{day} {what} {item.before or '—'} → {item.after}".strip()
        case DataSource():
            return f"{item.name}（{chinese_date(item.day)}）" if item.day else item.name
    return str(item)


def _of_life(item: Receipt | RoyaltyReport | Milestone | RecordalItem) -> str:
    """A payment, a statement or a paper for the recordal, with all that is said of it."""
    if isinstance(item, RecordalItem):
        files = "、".join(proof.name for proof in item.proofs)
        parts = [files or item.note, _STATES[item.state] if item.state else ""]
        return " ".join(part for part in parts if part)
    match item:
        case Receipt():
            day, what, amount = item.day, item.purpose, item.amount
        case Milestone():
            day, what, amount = item.due_on, item.what, item.amount
        case _:
            day, what, amount = item.received_on, item.period, item.base
    said = [day.isoformat() if day else "", what, f"{grouped(amount)} 元" if amount else ""]
    return " ".join(part for part in said if part)


_STATES = {"ready": "已备", "pending": "待补", "not_needed": "不适用"}


def shortened(before: str, after: str, most: int) -> tuple[str, str]:
    """Return both texts in one line of at most so many characters each, where they part in sight.

    … stands for what is left out: of a long text first what both begin and end with.
    """
    one, other = (" ".join(text.split()) for text in (before, after))
    if max(len(one), len(other)) <= most:
        return one, other
    if one and other:
        start = _shared(one, other)
        end = _shared(one[start:][::-1], other[start:][::-1])
        one, other = (_around(text, start, end, most) for text in (one, other))
    return _cut(one, most), _cut(other, most)


def _around(text: str, start: int, end: int, most: int) -> str:
    """A text without most of its first `start` and last `end` characters, if it is too long."""
    if len(text) <= most:
        return text
    first = max(0, start - _BESIDE)
    last = min(len(text), len(text) - end + _BESIDE)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip("…") + "…"


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _whole(record: Case | Licence, path: str) -> str:
    """The path of the answer that a path leads into: a length of time is one, not two."""
    above = path.rpartition(".")[0]
    return above if above and isinstance(value_at(record, above), Duration) else path


def _of_owners(before: Sequence[Party], after: Sequence[Party]) -> Iterator[tuple[str, str]]:
    """The list where its names changed, and the facts of each that was there before."""
    stayed = _stayed(before, after)
    if [one.name for one in before] != [one.name for one in after]:
        yield _OWNERS, _OWNERS
    for place, former in stayed.items():
        for path in differing(before[former], after[place]):
            if path != "name":
                yield f"{_OWNERS}.{place}.{path}", f"{_OWNERS}.{former}.{path}"


def _stayed(before: Sequence[Party], after: Sequence[Party]) -> dict[int, int]:
    """Which owner of the later list was which of the earlier: by place and name, by name, by place.

    One that has another name in a list as long as before was named anew.
    """
    stayed: dict[int, int] = {}

    def match(place: int, former: int) -> None:
        if place not in stayed and former not in stayed.values():
            stayed[place] = former

    for place, party in enumerate(after):
        if place < len(before) and before[place].name == party.name:
            match(place, place)
    for place, party in enumerate(after):
        for former, old in enumerate(before):
            if old.name == party.name:
                match(place, former)
    if len(before) == len(after):
        for place in range(len(after)):
            match(place, place)
    return stayed


def _field(pack: Pack, path: str) -> Field | None:
    return _PACK_FIELD if path == _PACK else field_of(pack, path)


_PACK_FIELD = Field(path=_PACK, label="表单包", kind="text")


def _box(path: str, field: Field, record: Case | Licence) -> str:
    """What a box is called: whose it is, or its place on the form, and its label.

    A box of the contract is called by its article, as all of a licence are of the contract.
    """
    root, _, rest = path.partition(".")
    number = rest.partition(".")[0]
    if root == _OWNERS and number.isdecimal():  # of all owners together: their names do not fit
        place = int(number)
        owners = record.owners if isinstance(record, Case) else ()
        name = owners[place].name if place < len(owners) else ""
        return f"{name or f'第{place + 1}位'} {field.label}"
    first, _, others = field.box.partition(" ")
    head = others.partition(" ")[0] if isinstance(record, Licence) else first
    return field.label if head in ("", field.label) else f"{head} {field.label}"
