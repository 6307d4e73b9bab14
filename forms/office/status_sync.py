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
from forms.office.bulk_change import Done
from forms.office.case_standing import Progress, no_progress
from forms.office.holdings import Holding, gathered, held
from forms.office.status_consequences import ToDo, consequences
from forms.office.store import CannotDo, CaseStore, ChangedMeanwhile
from forms.office.stored import StoredCase
from forms.pack.reading import write

_OWNERS = "owners"
_FIXED = ("patent.filing_date", "patent.grant_date")
_ONWARD = ("patent.fee_paid_to", "patent.transferred_on")
_IN_FORCE = frozenset({"valid"})


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that the export says otherwise than the ledger: both texts; "" for nothing filled.

    `is_taken` tells whether it is taken over; `conflict` why it is only where it is named, "" where
    nothing stands against it.
    """

    path: str
    label: str
    before: str
    after: str
    conflict: str
    is_taken: bool

    @property
    def is_conflict(self) -> bool:
        """Whether an export can not overrule what the ledger says."""
        return bool(self.conflict)


class SyncRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says anew of a patent, and what must be done once it is so."""

    holding: Holding
    line: StatusLine
    differences: tuple[Difference, ...]
    to_do: tuple[ToDo, ...]

    @property
    def key(self) -> str:
        """The patent's number as rows are told apart by it."""
        return self.line.number.digits

    @property
    def is_taken(self) -> bool:
        """Whether anything of it is taken over."""
        return any(one.is_taken for one in self.differences)


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
        _log(store, found.rows, who)
    return found


def take_over(
    store: CaseStore, rows: Sequence[SyncRow], *, who: str = "", progress: Progress = no_progress
) -> Done:
    """Take over what is taken of some rows that were looked at, all or nothing.

    Raises ChangedMeanwhile where a patent no longer stands as it was looked at.
    """
    taken = [row for row in rows if row.is_taken]
    with store.transaction():
        ids = [stored.id for row in taken for stored in row.holding.cases]
        now = {one.id: one for one in store.cases.listed(ids=ids)}
        changed = [row for row in taken if not _stands(row, now)]
        if changed:
            names = "、".join(row.holding.number for row in changed[:3])
            more = f"等 {len(changed)} 件" if len(changed) > 3 else ""
            raise ChangedMeanwhile(f"{names}{more}在此期间已有改动，没有更新台账，请再看一遍。")
        saved = list[int]()
        for place, row in enumerate(taken):
            progress(place, len(taken))
            saved += _take(store, row, who)
        after = {one.id: one.revision for one in store.cases.listed(ids=saved)}
        _log(store, taken, who)
    return Done(
        what="核对法律状态",
        cases=tuple((case_id, now[case_id].case, after[case_id]) for case_id in saved),
    )


def _stands(row: SyncRow, now: Mapping[int, StoredCase]) -> bool:
    return all(
        stored.id in now and now[stored.id].case == stored.case for stored in row.holding.cases
    )


def _log(store: CaseStore, rows: Sequence[SyncRow], who: str) -> None:
    counts = {"changed": sum(row.is_taken for row in rows)}
    store.events.log("sync.done", who=who, counts=counts)


def chosen(row: SyncRow, paths: Collection[str], day: date) -> SyncRow:
    """Return a row that takes over the facts of these paths, with what must then be done."""
    found = tuple(
        msgspec.structs.replace(one, is_taken=one.path in paths) for one in row.differences
    )
    return _weighed(row.holding, row.line, found, day)


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
        conflict = _conflict(case, answer)
        if conflict is None:
            continue
        path = answer.field.path
        found.append(
            Difference(
                path=path,
                label=answer.field.label,
                before=shown(case, answer.field),
                after=write(answer.field, answer.value),
                conflict=conflict,
                is_taken=not conflict if only is None else path in only,
            )
        )
    return _weighed(holding, line, tuple(found), day) if found else None


def _weighed(
    holding: Holding, line: StatusLine, found: tuple[Difference, ...], day: date
) -> SyncRow:
    taken = [one.path for one in found if one.is_taken]
    left = [one.path for one in found if not one.is_taken]
    to_do = consequences(_after(holding, line, taken), day, changed=taken, left=left)
    return SyncRow(holding=holding, line=line, differences=found, to_do=to_do)


def _conflict(case: Case, answer: Answer) -> str | None:
    """Why an export can not overrule the ledger, "" where it may; None: it says what is known."""
    path = answer.field.path
    before, after = value_at(case, path), answer.value
    if path in case.unread or before in (None, "", ()):
        return ""
    if _is_same(path, before, after):
        return None
    if path == _OWNERS:
        return "先核对专利登记簿，再选定以哪一处的专利权人为准"
    if path in _FIXED:
        return "这一天不会变更，请核对专利证书"
    if path in _ONWARD and isinstance(after, date) and after < before:
        return "早于台账，可能是以前导出的文件，请核对"
    return ""


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


def _take(store: CaseStore, row: SyncRow, who: str) -> list[int]:
    """Save what is taken over; return the cases saved: the others on the patent follow."""
    taken = [one.path for one in row.differences if one.is_taken]
    what = f"核对 {row.line.row.sheet.file} 第 {row.line.row.row} 行"
    saved = list[int]()
    for stored in row.holding.cases if taken else ():
        # One was saved: the others may have followed already.
        (before,) = store.cases.listed(ids=[stored.id]) if saved else (stored,)
        after = _with(before, row.line, taken)
        if after != before.case:
            store.cases.save(after, case_id=stored.id, who=who, what=what)
            saved.append(stored.id)
    return saved
