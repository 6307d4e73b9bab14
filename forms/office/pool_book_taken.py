"""What a workbook says of a pool, taken over: all of it or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from forms.ground.cleaning import fold
from forms.office import pool_entry
from forms.office.pool_book_in import BookPlan, Change
from forms.office.pools import add_licence, add_member
from forms.office.store import CaseStore
from forms.pool.book_columns import APPLICATIONS, LICENCES, MEMBERS, OPINIONS, PATENTS
from forms.pool.records import APPLICATIONS as APPLICATION_KIND
from forms.pool.records import LICENCES as LICENCE_KIND
from forms.pool.records import MEMBERS as MEMBER_KIND
from forms.pool.records import PATENTS as PATENT_KIND
from forms.pool.records import POOLS

_WHAT = "导入"


def take(store: CaseStore, pool_id: int, planned: BookPlan, *, who: str = "") -> int:
    """Take over what a plan changes; how many records.

    Raises StaleRevision where a record was changed since the plan was made, CannotDo.
    """
    by_sheet: dict[str, list[Change]] = {}
    for change in planned.changes:
        by_sheet.setdefault(change.sheet, []).append(change)
    with store.transaction():
        for change in by_sheet.get("概况", ()):
            _save(store, POOLS, change, who)
        for change in by_sheet.get(MEMBERS.name, ()):
            if change.is_new:
                add_member(store, pool_id, change.record, who=who)
            else:
                _save(store, MEMBER_KIND, change, who)
        _patents(store, pool_id, by_sheet.get(PATENTS.name, ()), who)
        for change in by_sheet.get(APPLICATIONS.name, ()):
            pool_entry.apply(store, pool_id, change.record, who=who)
        for change in by_sheet.get(OPINIONS.name, ()):
            kept = store.records.of(APPLICATION_KIND).get(change.record_id or 0)
            pool_entry.add_opinion(store, kept, change.record, who=who)
        for change in by_sheet.get(LICENCES.name, ()):
            if change.is_new:
                add_licence(store, pool_id, change.record, who=who)
            else:
                _save(store, LICENCE_KIND, change, who)
        counts = {"new": sum(one.is_new for one in planned.changes)}
        counts["changed"] = len(planned.changes) - counts["new"]
        store.events.log("pool.imported", who=who, counts=counts)
    return len(planned.changes)


def _patents(store: CaseStore, pool_id: int, changes: Sequence[Change], who: str) -> None:
    if not changes:
        return
    members = store.records.of(MEMBER_KIND).listed(parent=pool_id)
    ids: Mapping[str, int] = {fold(one.record.party.name): one.id for one in members}
    new = []
    for change in changes:
        record = msgspec.structs.replace(change.record, member_id=ids[fold(change.member)])
        if change.is_new:
            new.append(record)
        else:
            _save(store, PATENT_KIND, msgspec.structs.replace(change, record=record), who)
    store.records.of(PATENT_KIND).add_all(new, parent=pool_id, who=who, what=_WHAT)


def _save(store: CaseStore, kind: Any, change: Change, who: str) -> None:
    store.records.of(kind).save(
        change.record_id or 0, change.record, revision=change.revision, who=who, what=_WHAT
    )
