"""Change some facts of many cases at once: shown before, done together, undone as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from forms.check.needs import Need, needs
from forms.exchange.row_merge import shown
from forms.exchange.sheet_columns import NUMBER, TITLE
from forms.facts.left_unread import left_unread
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case
from forms.facts.ways import CHOICES, fee_of_the_way, has_blanks, is_unchosen, way_of
from forms.office.store import CaseStore
from forms.office.stored import StoredCase
from forms.pack.reading import BLANKS
from forms.pack.types import Field, Pack


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


def planned(
    cases: Sequence[StoredCase],
    pack: Pack,
    values: Mapping[str, Any],
    *,
    only_blank: bool = False,
) -> list[Change]:
    """Return what setting the values (path -> value) makes of each case, unchanged ones too.

    A way that is chosen brings the one fee of a list along; one without blanks (免费) empties
    what stands under the others.  With `only_blank` what a case says already stays, and so does
    what belongs to a way it has not chosen.  Raises forms.facts.paths.UnknownPath.
    """
    return [_change(stored, pack, values, only_blank=only_blank) for stored in cases]


def _change(
    stored: StoredCase, pack: Pack, values: Mapping[str, Any], *, only_blank: bool
) -> Change:
    before = after = stored.case
    touched = set(values)
    for path in sorted(values, key=lambda one: one not in CHOICES):  # the ways first
        is_kept = is_filled(before, path) or is_unchosen(path, after)
        if only_blank and is_kept:
            continue
        after = _put(after, path, values[path])
        if path in CHOICES and values[path] is not None:
            for other, value in _following(before, after, pack, path, values[path]).items():
                after = _put(after, other, value)
                touched.add(other)
    fields = [field for field in pack.fields if field.path in touched]
    texts = ((field, shown(before, field), shown(after, field)) for field in fields)
    return Change(
        stored=stored,
        after=after,
        texts=tuple((field, old, new) for field, old, new in texts if old != new),
    )


def _following(before: Case, after: Case, pack: Pack, choice: str, way: str) -> Mapping[str, Any]:
    """What else changes with a way: the fee comes along, or what contradicts goes."""
    if choice == "royalty.way" and (moved := fee_of_the_way(before, way)):
        return moved
    if has_blanks(choice, way):
        return {}
    return {
        field.path: BLANKS.get(field.kind)
        for field in pack.fields
        if (way_of(field.path) or ("",))[0] == choice and is_filled(after, field.path)
    }


def _put(case: Case, path: str, value: Any) -> Case:
    after = with_value(case, path, value)
    return msgspec.structs.replace(after, unread=left_unread(path, case, after))


def is_filled(case: Case, path: str) -> bool:
    """Whether a case says something at a path, read or not."""
    return path in case.unread or value_at(case, path) not in (None, "", ())


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A field that some cases still need and do not say: in how many it is blank."""

    field: Field
    blank: int


def gaps(cases: Sequence[StoredCase], pack: Pack) -> list[Gap]:
    """Return what the cases lack that may be set for many at once, in the pack's order.

    Not the number, the title and the owners, which are each patent's own.
    """
    wanted = needs(pack)
    found = []
    for field in pack.fields:
        need = wanted.get(field.path)
        if need is None or not is_shared(field):
            continue
        blank = sum(
            not is_filled(one.case, field.path) and _is_needed(one.case, need) for one in cases
        )
        if blank:
            found.append(Gap(field=field, blank=blank))
    return found


def is_shared(field: Field) -> bool:
    """Whether many cases may be given one answer in a field."""
    is_own = field.path in (NUMBER, TITLE) or field.path.startswith(("owners", "licence."))
    return bool(field.step) and not is_own


def _is_needed(case: Case, need: Need) -> bool:
    return not need.beside or any(
        value_at(case, field.path) == choice.value for field, choice in need.beside
    )


def template_values(template: Case, pack: Pack) -> dict[str, Any]:
    """Return what a template says, as values to be planned: path -> value."""
    return {
        field.path: value_at(template, field.path)
        for field in pack.fields
        if not field.path.startswith(("owners.", "licence."))
        and value_at(template, field.path) not in (None, "", ())
        and not is_unchosen(field.path, template)
    }


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
                saved = store.cases.save(
                    change.after,
                    case_id=stored.id,
                    revision=stored.revision,
                    who=who,
                    what=what,
                )
                made.append((stored.id, stored.case, saved.revision))
        store.events.log("cases.changed", who=who, counts={"cases": len(made)})
    return Done(what=what, cases=tuple(made))


def take_back(store: CaseStore, done: Done, *, who: str = "") -> list[int]:
    """Bring the cases back to what they were; return those changed since, which are left alone."""
    left: list[int] = []
    with store.transaction():
        revisions = {
            one.id: one.revision for one in store.cases.listed(ids=[at for at, *_ in done.cases])
        }
        for case_id, before, revision in done.cases:
            if revisions.get(case_id) == revision:
                what = f"撤销：{done.what}"
                # Of several on one patent those before have brought the later ones along.
                store.cases.save(before, case_id=case_id, who=who, what=what)
            else:
                left.append(case_id)
    return left
