"""What is still to be done on a bureau's answers (审核意见): corrections, and by when (日程)."""

from collections.abc import Sequence
from datetime import date

import msgspec

from forms.check.case_check import checker_of
from forms.exchange.answer_file import ReasonSaid
from forms.facts.record import Case
from forms.ground.problems import Problem
from forms.office.duties import Duty
from forms.office.replies import REPLIES, Reply, has_contents, is_answered
from forms.office.store import CaseStore, case_name
from forms.office.stored import Kept
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack

BASIS = "审核意见"


class CaseReply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it stands now: its case's title, whether that changed, whether it is settled.

    `is_gone` where the case lies in the bin.
    """

    kept: Kept[Reply]
    name: str = ""
    is_changed: bool = False
    is_reported_again: bool = False
    is_gone: bool = False

    @property
    def reply(self) -> Reply:
        """What the bureau said."""
        return self.kept.record

    @property
    def is_open(self) -> bool:
        """Whether the case is still to be corrected and reported again."""
        return self.reply.verdict == "return" and not self.is_reported_again and not self.is_gone


def looked_at(store: CaseStore, shelf: Shelf) -> list[CaseReply]:
    """Return the latest answer on every case: what is open first, then what was refused."""
    kept = store.records.of(REPLIES).listed()
    ids = [one.record.case_id for one in kept]
    cases = {stored.id: stored.case for stored in store.cases.listed(ids=ids)}
    packed = store.papers.packed(ids)
    found = []
    for one in kept:
        reply, case = one.record, cases.get(one.record.case_id)
        found.append(
            CaseReply(
                kept=one,
                name=(case.patent.title or case_name(case)) if case is not None else "",
                is_changed=case is not None and not has_contents(case, reply, shelf),
                is_reported_again=is_answered(one, packed.get(reply.case_id)),
                is_gone=case is None,
            )
        )
    return sorted(found, key=_order)


def place_of(reason: ReasonSaid, case: Case, pack: Pack, today: date) -> str:
    """Return the path of the box that a reason is of, "" where nothing tells.

    It is the box of the problem that the same rule finds here, else the one whose name the
    sentence bears.
    """
    found = [one for one in checker_of(pack).check(case, today) if one.rule == reason.rule]
    if found:
        return max(found, key=lambda one: _likeness(one, reason)).field
    named = [one for one in pack.fields if one.label and one.label in reason.message]
    return max(named, key=lambda one: len(one.label)).path if named else ""


def reply_duties(store: CaseStore, day: date, until: date) -> list[Duty]:
    """Return the corrections up to a day: all that are open, and what was done before its time."""
    kept = [
        one
        for one in store.records.of(REPLIES).listed(state="return")
        if one.record.deadline is not None and one.record.deadline <= until
    ]
    if not kept:
        return []
    ids = [one.record.case_id for one in kept]
    titles = {stored.id: stored.case.patent.title for stored in store.cases.listed(ids=ids)}
    packed = store.papers.packed(ids)
    found = []
    for one in kept:
        reply, done = one.record, is_answered(one, packed.get(one.record.case_id))
        if reply.case_id not in titles or reply.deadline is None:
            continue
        if not done or reply.deadline >= day:
            found.append(_duty(reply, reply.deadline, titles[reply.case_id], done=done))
    return found


def _duty(reply: Reply, deadline: date, title: str, *, done: bool) -> Duty:
    reckoned = (
        ("审核", "　".join(str(part) for part in (reply.bureau, reply.day) if part)),
        ("理由", "；".join(words_of(reply))),
    )
    return Duty(
        date=deadline,
        kind="correction",
        patent_number=reply.patent_number,
        title=title,
        what="补正后重新报送（省局退回）",
        basis=BASIS,
        done=done,
        key=f"correction:case{reply.case_id}:{deadline}",
        case_id=reply.case_id,
        reckoned=tuple(pair for pair in reckoned if pair[1]),
    )


def words_of(reply: Reply) -> Sequence[str]:
    """Return what a reply says is wrong: its reasons, and what was written besides."""
    return [one.message for one in reply.reasons if one.message] + (
        [reply.text] if reply.text else []
    )


def _likeness(problem: Problem, reason: ReasonSaid) -> int:
    return len(problem.message) if problem.message in reason.message else 0


def _order(one: CaseReply) -> tuple[bool, int, date, str]:
    rank = ("refuse", "return", "pass").index(one.reply.verdict)
    return not one.is_open, rank, one.reply.deadline or date.max, one.reply.patent_number
