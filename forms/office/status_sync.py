"""What changed of the ledger's patents since last time, by an export; taken over by choice.

A blank cell says nothing: a known fact is never taken away.  What the ledger says otherwise and
an export can not overrule (who the owners are, the days of filing and grant, a step back) is a
conflict: told, and taken over only where the clerk names that fact.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from forms.exchange.row_cells import Answer
from forms.exchange.row_merge import shown, taken_over
from forms.exchange.status_export import StatusExport, StatusLine, place_of
from forms.facts.ledger import join
from forms.facts.legal_status import standings
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.paths import value_at
from forms.facts.record import Case
from forms.ground.cleaning import fold
from forms.office.holdings import Holding, gathered, held
from forms.office.status_consequences import ToDo, consequences
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import StoredCase
from forms.pack.reading import write

_OWNERS = "owners"
_FIXED = ("patent.filing_date", "patent.grant_date")
_ONWARD = ("patent.fee_paid_to", "patent.transferred_on")
_IN_FORCE = frozenset({"valid"})


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that the export says otherwise than the ledger: both texts; "" for nothing filled.

    `is_taken` tells whether it is taken over, `is_conflict` that it is only where it is named.
    """

    path: str
    label: str
    before: str
    after: str
    is_conflict: bool
    is_taken: bool


class SyncRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says anew of a patent, and what must be done once it is so."""

    holding: Holding
    line: StatusLine
    differences: tuple[Difference, ...]
    to_do: tuple[ToDo, ...]


class StatusSync(msgspec.Struct, frozen=True, kw_only=True):
    """What a sync does: rows that say anything anew, numbers that the ledger does not know,
    how many patents stand as they stood, and what could not be used."""

    rows: tuple[SyncRow, ...]
    unknown: tuple[str, ...]
    unchanged: int
    notes: tuple[str, ...]


def named_paths(export: StatusExport, words: Sequence[str]) -> frozenset[str]:
    """Return which facts some words name (状态, 年费, 专利权人).  Raises CannotDo for another."""
    return frozenset(_named(export, word) for word in words)


def _named(export: StatusExport, word: str) -> str:
    folded = fold(word)
    exact = [
        field.path for field in export.asked if folded in map(fold, (field.label, *field.columns))
    ]
    part = [field.path for field in export.asked if folded and folded in fold(field.label)]
    found = exact or part
    if len(found) != 1:
        labels = "、".join(field.label for field in export.asked)
        raise CannotDo(f"“{word}”不是文件中可更新的一栏，可写的有：{labels}。")
    return found[0]


def sync(
    store: CaseStore,
    export: StatusExport,
    day: date,
    *,
    only: Collection[str] | None = None,
    dry_run: bool = False,
    who: str = "",
) -> StatusSync:
    """Hold an export against the ledger and take over what it says anew, all or nothing.

    `only` are the paths of the facts to be taken over, None for all but conflicts.
    """
    if dry_run:
        return planned(held(store), export, day, only)
    with store.transaction():
        found = planned(held(store), export, day, only)
        for row in found.rows:
            _take(store, row, who)
        counts = {"changed": sum(_is_taken(row) for row in found.rows)}
        store.events.log("sync.done", who=who, counts=counts)
    return found


def planned(
    holdings: Sequence[Holding],
    export: StatusExport,
    day: date,
    only: Collection[str] | None = None,
) -> StatusSync:
    """Return what a sync would do to what is held."""
    by_digits = {_digits(holding.number): holding for holding in holdings}
    rows: list[SyncRow] = []
    unknown: list[str] = []
    notes = list(export.notes)
    unchanged, seen = 0, dict[str, StatusLine]()
    for line in export.lines:
        digits = line.number.digits
        before = seen.setdefault(digits, line)
        if before is not line:
            notes += _twice(before, line)
            continue
        holding = by_digits.get(digits)
        if holding is None:
            unknown.append(line.number.text)
        elif row := _row(holding, line, day, only):
            rows.append(row)
        else:
            unchanged += 1
    return StatusSync(
        rows=tuple(rows), unknown=tuple(unknown), unchanged=unchanged, notes=tuple(notes)
    )


def _digits(text: str) -> str:
    try:
        return parse(text).digits
    except NotAPatentNumber:
        return text


def _twice(before: StatusLine, line: StatusLine) -> Iterator[str]:
    if [one.text for one in before.answers] != [one.text for one in line.answers]:
        first = place_of(before.row)
        yield f"{place_of(line.row)}与{first}是同一件专利而内容不同，未采用，请核对"


def _row(
    holding: Holding, line: StatusLine, day: date, only: Collection[str] | None
) -> SyncRow | None:
    case = join(holding.entry, holding.cases[0].case)
    found = []
    for answer in line.answers:
        sort = _sort(case, answer)
        if sort is None:
            continue
        path, is_conflict = answer.field.path, sort == "conflict"
        is_taken = not is_conflict if only is None else path in only
        found.append(
            Difference(
                path=path,
                label=answer.field.label,
                before=shown(case, answer.field),
                after=write(answer.field, answer.value),
                is_conflict=is_conflict,
                is_taken=is_taken,
            )
        )
    if not found:
        return None
    taken = [one.path for one in found if one.is_taken]
    after = _after(holding, line, taken)
    left = [one.path for one in found if not one.is_taken]
    to_do = consequences(after, day, changed=taken, left=left)
    return SyncRow(holding=holding, line=line, differences=tuple(found), to_do=to_do)


def _sort(case: Case, answer: Answer) -> str | None:
    """Whether a cell is a "change" or a "conflict"; None where it says what is known."""
    path = answer.field.path
    before, after = value_at(case, path), answer.value
    if path in case.unread or before in (None, "", ()):
        return "change"
    if _is_same(path, before, after):
        return None
    if path == _OWNERS or path in _FIXED:
        return "conflict"
    if path in _ONWARD and isinstance(after, date) and after < before:
        return "conflict"
    return "change"


def _is_same(path: str, before: Any, after: Any) -> bool:
    if path == _OWNERS:
        return _names(before) == _names(after)
    if path == "patent.legal_status" and before != after:
        # Databases have their own words for a right in force: 有效, 授权, 专利权维持.
        return standings(before, {}) == standings(after, {}) == _IN_FORCE
    return bool(before == after)


def _names(parties: Any) -> list[str]:
    return sorted(fold(party.name) for party in parties)


def _after(holding: Holding, line: StatusLine, taken: Collection[str]) -> Holding:
    """The holding as it is once some facts are taken over."""
    if not taken:
        return holding
    cases = [
        msgspec.structs.replace(stored, case=_with(stored, line, taken)) for stored in holding.cases
    ]
    granted: Mapping[int, list[Any]] = {
        stored.id: [one for one in holding.licences if one.case_id == stored.id]
        for stored in holding.cases
    }
    (after,) = gathered(cases, granted)
    return after


def _with(stored: StoredCase, line: StatusLine, taken: Collection[str]) -> Case:
    answers = tuple(one for one in line.answers if one.field.path in taken)
    return taken_over(msgspec.structs.replace(line.row, answers=answers), stored.case, {})


def _is_taken(row: SyncRow) -> bool:
    return any(one.is_taken for one in row.differences)


def _take(store: CaseStore, row: SyncRow, who: str) -> None:
    """Save what is taken over; every case on the patent follows."""
    taken = [one.path for one in row.differences if one.is_taken]
    what = f"核对 {row.line.row.sheet.file} 第 {row.line.row.row} 行"
    for stored in row.holding.cases:
        after = _with(stored, row.line, taken)
        if after != stored.case:
            store.cases.save(after, case_id=stored.id, who=who, what=what)
