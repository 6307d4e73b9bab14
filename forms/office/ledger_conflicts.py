"""Where another entry of the ledger says otherwise of a case's patent, for a clerk to settle.

One of two papers would state what is not so, and come back.  So it is told like what must be put
right before the submission, in every pack: no authority asks it, and it is the office's own matter
(as `forms.pack.own_facts` is).  Facts that a pack does not ask are no concern of its cases.
"""

from collections.abc import Iterable, Sequence

import msgspec

from forms.check.changes import said
from forms.check.wording import Wording
from forms.facts.ledger import conflicts, entry_of, is_same_number, join
from forms.facts.record import Case, LedgerEntry
from forms.ground.problems import Problem
from forms.office.store import case_mark
from forms.office.stored import Counterpart
from forms.pack.implied_fields import field_of
from forms.pack.types import Pack

RULE, BASIS = "ledger.differs", "专利台账"
_OF_OWNERS = "owners."


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A box of which two entries say different things: its path, what it is called, both texts."""

    path: str
    box: str
    here: str
    there: str


def differences(case: Case, other: LedgerEntry, pack: Pack) -> tuple[Difference, ...]:
    """Return the boxes of a case that another entry of its patent fills otherwise."""
    mine = entry_of(case)
    if not is_same_number(mine, other):
        return ()
    theirs, wording = join(other, case), Wording(pack)
    found = [
        Difference(
            path=path,
            box=wording.place(path),
            here=said(case, path, field),
            there=said(theirs, path, field),
        )
        for path in conflicts(mine, other)
        if (field := field_of(pack, path)) is not None
    ]
    return tuple(sorted(found, key=lambda one: wording.order(one.path)))


def conflict_problems(case: Case, others: Iterable[Counterpart], pack: Pack) -> tuple[Problem, ...]:
    """Return what is told of a case whose patent stands otherwise in the ledger."""
    return tuple(
        Problem(
            rule=RULE,
            field=one.path,
            severity="pending",
            basis=BASIS,
            message=_sentence(one, whose(other)),
        )
        for other in others
        for one in differences(case, other.patent.entry, pack)
    )


def whose(other: Counterpart) -> str:
    """How a message names another entry of a patent: by the cases on it."""
    return "、".join(map(case_mark, other.case_ids)) or "台账"


def settled_by(cases: Sequence[int]) -> str:
    """What the history says of a conflict that was settled by what some cases say."""
    return f"专利信息以{'、'.join(map(case_mark, cases)) or '台账'}为准"


def _sentence(one: Difference, whose_: str) -> str:
    # What is known of an owner is not written out in messages, as it is not in the history.
    there = "与此不同" if one.path.startswith(_OF_OWNERS) else f"为“{_short(one.there)}”"
    return f"{one.box}：同一专利在{whose_}中{there}，请与专利证书等核对，选定以哪一处为准。"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}……"
