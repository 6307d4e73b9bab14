"""Issues (期) of what a bureau publishes: numbered, with their day; old ones stay in the list.

An issue keeps of each patent which it was and a mark of each published field, so that the next
one can tell what changed; it keeps nothing that a patent taken down could be read from again.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from forms.facts.record_shape import Record
from forms.ground.record_kind import RecordKind
from forms.output.published import Change, Column, FieldName, IssueLine, PublishedPatent

_BYTES = 4  # of a field's mark: one change in four thousand million would go unseen
_SIGNS = 6  # of it written out


class Issued(Record, frozen=True):
    """A patent in an issue: its number, its name, since which issue, the marks of its fields."""

    number: str
    title: str = ""
    since: int = 1
    marks: str = ""


class Issue(Record, frozen=True):
    """An issue that was made: `registered` is the day it was noted as published (登记已公布)."""

    number: int
    day: date
    fields: tuple[FieldName, ...] = ()
    patents: tuple[Issued, ...] = ()
    added: int = 0
    removed: int = 0
    changed: int = 0
    registered: date | None = None

    @property
    def line(self) -> IssueLine:
        """The issue as the list of all has it."""
        return IssueLine(
            number=self.number,
            day=self.day,
            count=len(self.patents),
            added=self.added,
            removed=self.removed,
            changed=self.changed,
        )


def issued(patent: PublishedPatent, fields: Sequence[FieldName]) -> Issued:
    """What an issue keeps of a patent."""
    marks = "".join(_mark(patent.text(name)) for name in fields)
    return Issued(number=patent.number, title=patent.title, since=patent.since, marks=marks)


def _mark(text: str) -> str:
    return base64.b64encode(hashlib.blake2b(text.encode(), digest_size=_BYTES).digest())[
        :_SIGNS
    ].decode()


def changes(
    before: Issue | None,
    patents: Sequence[PublishedPatent],
    columns: Sequence[Column],
    reasons: Mapping[str, str],
) -> tuple[Change, ...]:
    """Tell what is new, changed and gone since an issue; a field newly published is no change.

    `reasons` say by the number why a patent is no longer published.
    """
    if before is None:
        return ()
    known = {one.number: one for one in before.patents}
    both = [
        (column, before.fields.index(column.name))
        for column in columns
        if column.name in before.fields
    ]
    found: list[Change] = []
    for patent in patents:
        old = known.pop(patent.number, None)
        if old is None:
            found.append(Change(what="added", number=patent.number, title=patent.title))
            continue
        other = tuple(
            column.label
            for column, place in both
            if old.marks[place * _SIGNS : (place + 1) * _SIGNS] != _mark(patent.text(column.name))
        )
        if other:
            found.append(
                Change(what="changed", number=patent.number, title=patent.title, fields=other)
            )
    found += [
        Change(
            what="removed", number=one.number, title=one.title, reason=reasons.get(one.number, "")
        )
        for one in known.values()
    ]
    return tuple(found)


MADE, REGISTERED = "made", "registered"
"""Where an issue stands: its files were made, it was put up."""

ISSUES = RecordKind(
    name="issue",
    shape=Issue,
    word="公布的期次",
    key=lambda issue: str(issue.number),
    state=lambda issue: REGISTERED if issue.registered else MADE,
)
