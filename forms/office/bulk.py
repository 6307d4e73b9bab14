"""Change some facts of many cases at once: shown before, done together, undone as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from forms.exchange.merging import shown
from forms.office.store import CaseStore, StoredCase
from forms.pack.types import Field, Pack
from forms.paths import with_value
from forms.record import Case


@dataclass(frozen=True, kw_only=True)
class Change:
    """What would become of one case: per field its text before and after, only what differs."""

    stored: StoredCase
    after: Case
    texts: tuple[tuple[Field, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Done:
    """A change that was made: per case its id, the case before, the revision after."""

    what: str
    cases: tuple[tuple[int, Case, int], ...]


def planned(cases: Sequence[StoredCase], pack: Pack, values: Mapping[str, Any]) -> list[Change]:
    """Return what setting the values (path -> value) makes of each case, unchanged ones too.

    Raises forms.paths.UnknownPath.
    """
    return [_change(stored, pack, values) for stored in cases]


def _change(stored: StoredCase, pack: Pack, values: Mapping[str, Any]) -> Change:
    before = after = stored.case
    for path, value in values.items():
        after = with_value(after, path, value)
        unread = {at: text for at, text in after.unread.items() if at != path}
        after = msgspec.structs.replace(after, unread=unread)
    fields = [field for field in pack.fields if field.path in values]
    texts = ((field, shown(before, field), shown(after, field)) for field in fields)
    return Change(
        stored=stored,
        after=after,
        texts=tuple((field, old, new) for field, old, new in texts if old != new),
    )


def carry_out(
    store: CaseStore, changes: Sequence[Change], *, who: str = "", what: str = ""
) -> Done:
    """Save the changes in one transaction.

    Raises the store's StaleRevision where a case has been changed since it was shown; nothing
    then is changed.
    """
    made = []
    with store.transaction():
        for change in changes:
            if change.after != change.stored.case:
                stored = change.stored
                saved = store.save(
                    change.after,
                    case_id=stored.id,
                    revision=stored.revision,
                    who=who,
                    what=what,
                )
                made.append((stored.id, stored.case, saved.revision))
        store.log("cases.changed", who=who, counts={"cases": len(made)})
    return Done(what=what, cases=tuple(made))


def take_back(store: CaseStore, done: Done, *, who: str = "") -> list[int]:
    """Bring the cases back to what they were; return those changed since, which are left alone."""
    left: list[int] = []
    with store.transaction():
        revisions = {one.id: one.revision for one in store.cases(ids=[at for at, *_ in done.cases])}
        for case_id, before, revision in done.cases:
            if revisions.get(case_id) == revision:
                what = f"撤销：{done.what}"
                store.save(before, case_id=case_id, revision=revision, who=who, what=what)
            else:
                left.append(case_id)
    return left
