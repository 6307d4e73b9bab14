"""省局的审核意见 on the office's side: read, held against the cases, kept, shown where they are.

An answer is of a case in certain contents: where the case is another by now, it is told.  The same
answer twice is kept once; a later one of the same case takes the place of the one before, which
stays in its history.  A case that was returned is open until it was reported again: in a package
that was made after the answer came, or on a later day than it bears, and noted as sent.  An
answer of an earlier day than the one that is kept changes nothing: an old mail was opened again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta, timezone
from typing import Literal

import msgspec

from forms.exchange.answer_file import VERDICTS, Answer, AnswerFile, ReasonSaid, Verdict
from forms.exchange.answer_reading import ReadAnswer
from forms.exchange.package_cases import carried, content_sha256
from forms.facts.record import Case
from forms.facts.record_shape import Record
from forms.ground.cleaning import fold
from forms.ground.record_kind import RecordKind
from forms.office.store import CaseStore
from forms.office.stored import Kept, Packed, StoredCase
from forms.pack.pack_shelf import Shelf

_CHINA = timezone(timedelta(hours=8))
Matched = Literal["new", "again", "older", "changed", "unknown", "foreign"]
MATCHED: Mapping[Matched, str] = {
    "new": "已标明",
    "again": "与已收到的相同",
    "older": "已有更新的审核意见，未改动",
    "changed": "已标明，案卷在报送后有改动",
    "unknown": "没有这件案卷",
    "foreign": "不是给本单位的",
}


class Reply(Record, frozen=True):
    """What the bureau decided of a case (审核意见), as it came.

    `is_of_now` says whether the case still had the contents that were examined when it came.
    """

    patent_number: str = ""
    case_id: int = 0
    bureau: str = ""
    day: date | None = None
    verdict: Verdict = "pass"
    reasons: tuple[ReasonSaid, ...] = ()
    text: str = ""
    deadline: date | None = None
    content_sha256: str = ""
    package_sha256: str = ""
    is_of_now: bool = True
    source: str = ""


REPLIES = RecordKind(
    name="reply",
    shape=Reply,
    word="审核意见",
    key=lambda reply: reply.patent_number,
    state=lambda reply: reply.verdict,
    searched=lambda reply: (reply.patent_number, reply.bureau, reply.text),
)


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an answer: the case it is of, how it was matched, what is to be told."""

    patent_number: str
    case_id: int | None
    verdict: Verdict
    matched: Matched
    source: str = ""
    reply: Reply | None = None

    @property
    def words(self) -> str:
        """In one line."""
        return f"{self.patent_number} {VERDICTS[self.verdict]}：{MATCHED[self.matched]}。"


def take_in(
    store: CaseStore,
    shelf: Shelf,
    read: Sequence[ReadAnswer],
    *,
    who: str = "",
    dry_run: bool = False,
) -> list[Marked]:
    """Hold answers against the cases and keep them, all or none."""
    own = fold(store.parties.office().name)
    said = [(one.source, answers) for one in read for answers in one.answers]
    numbers = [a.patent_number for _, answers in said for a in answers.answers]
    found = []
    with store.transaction():
        cases: dict[str, list[StoredCase]] = {}
        for stored in store.cases.listed(list(dict.fromkeys(numbers))) if numbers else ():
            cases.setdefault(stored.case.patent.number or "", []).append(stored)
        kept = of_cases(store, [one.id for some in cases.values() for one in some])
        for source, answers in said:
            is_foreign = bool(own and answers.office and fold(answers.office) != own)
            for answer in answers.answers:
                one = _matched(answer, answers, source, cases, kept, shelf, is_foreign=is_foreign)
                if one.matched in ("new", "changed") and _is_older(one.reply, kept):
                    one = msgspec.structs.replace(one, matched="older")
                found.append(one)
                if one.reply is None or dry_run:
                    continue
                if one.matched in ("new", "changed"):
                    kept[one.reply.case_id] = _keep(store, one.reply, kept, who)
    return found


def of_cases(store: CaseStore, case_ids: Sequence[int]) -> dict[int, Kept[Reply]]:
    """The latest reply on each of some cases, by the case."""
    wanted = set(case_ids)
    return {
        one.record.case_id: one
        for one in store.records.of(REPLIES).listed()
        if one.record.case_id in wanted
    }


def has_contents(case: Case, reply: Reply, shelf: Shelf) -> bool:
    """Whether a case still has the contents that a reply is of."""
    return _sum_of(case, shelf) == reply.content_sha256


def returned(store: CaseStore, *, case_id: int | None = None) -> list[Kept[Reply]]:
    """Return the answers by which cases were returned and that are open; perhaps of one case."""
    kept = [
        one
        for one in store.records.of(REPLIES).listed(state="return")
        if case_id is None or one.record.case_id == case_id
    ]
    if not kept:
        return []
    packed = store.papers.packed([one.record.case_id for one in kept])
    return [one for one in kept if not is_answered(one, packed.get(one.record.case_id))]


def is_answered(kept: Kept[Reply], packed: Packed | None) -> bool:
    """Whether a case was reported again since; `packed` is its last package noted as sent."""
    if packed is None:
        return False
    day = kept.record.day
    is_later = day is not None and packed.made_at.astimezone(_CHINA).date() > day
    return is_later or packed.made_at > kept.updated_at


def _matched(
    answer: Answer,
    answers: AnswerFile,
    source: str,
    cases: Mapping[str, Sequence[StoredCase]],
    kept: Mapping[int, Kept[Reply]],
    shelf: Shelf,
    *,
    is_foreign: bool,
) -> Marked:
    number = answer.patent_number
    some = cases.get(number, ())
    if is_foreign or not some:
        matched: Matched = "foreign" if is_foreign else "unknown"
        return Marked(
            patent_number=number,
            case_id=None,
            verdict=answer.verdict,
            matched=matched,
            source=source,
        )
    sums = {stored.id: _sum_of(stored.case, shelf) for stored in some}
    same = [stored for stored in some if sums[stored.id] == answer.content_sha256]
    stored = (same or list(some))[-1]
    reply = Reply(
        patent_number=number,
        case_id=stored.id,
        bureau=answers.bureau,
        day=answers.day,
        verdict=answer.verdict,
        reasons=answer.reasons,
        text=answer.text,
        deadline=answer.deadline,
        content_sha256=answer.content_sha256,
        package_sha256=answers.package_sha256,
        is_of_now=bool(same),
        source=source,
    )
    before = kept.get(stored.id)
    is_again = before is not None and _said(before.record) == _said(reply)
    return Marked(
        patent_number=number,
        case_id=stored.id,
        verdict=answer.verdict,
        matched="again" if is_again else "new" if same else "changed",
        source=source,
        reply=reply,
    )


def _is_older(reply: Reply | None, kept: Mapping[int, Kept[Reply]]) -> bool:
    """Whether the one that is kept of the same case was written on a later day."""
    now = kept.get(reply.case_id) if reply is not None else None
    if reply is None or now is None or reply.day is None or now.record.day is None:
        return False
    return reply.day < now.record.day


def _said(reply: Reply) -> tuple[object, ...]:
    return (
        *(reply.bureau, reply.day, reply.verdict, reply.reasons, reply.text),
        *(reply.deadline, reply.content_sha256),
    )


def _keep(store: CaseStore, reply: Reply, kept: Mapping[int, Kept[Reply]], who: str) -> Kept[Reply]:
    shelf, before = store.records.of(REPLIES), kept.get(reply.case_id)
    if before is None:
        return shelf.add(reply, who=who, what="收到审核意见")
    return shelf.save(before.id, reply, revision=before.revision, who=who, what="收到审核意见")


def _sum_of(case: Case, shelf: Shelf) -> str:
    pack = shelf.of(case.pack)
    return content_sha256(carried(case, pack)) if pack is not None else ""
