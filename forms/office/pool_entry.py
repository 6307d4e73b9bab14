"""Entry into a pool, step by step: 申请 → 评估审核 → 入池清单 → 协议 (指引 第七条（四）)."""

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from forms.facts.derived import kind
from forms.facts.record import Case
from forms.facts.terms import protection_end
from forms.ground.combining import combined
from forms.office.pools import add_member, add_patents, member_named, normal_number, numbers_in
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept, StoredCase
from forms.pool.entry_rules import Known, check_application, digits_of
from forms.pool.findings import PoolProblem, worded
from forms.pool.records import (
    AGREEMENTS,
    APPLICATIONS,
    MEMBERS,
    PATENTS,
    POOLS,
    Agreement,
    Application,
    Applied,
    Member,
    Opinion,
    PoolPatent,
    Stage,
)

STAGE_WORDS: dict[Stage, str] = {
    "applied": "申请",
    "review": "评估审核",
    "listed": "入池清单",
    "agreement": "协议",
    "entered": "已入池",
    "refused": "未通过",
    "withdrawn": "已撤回",
}
ON_THE_WAY: tuple[Stage, ...] = ("applied", "review", "listed", "agreement")
"""The four stages an application goes through."""

_replace = msgspec.structs.replace


def applied_of(stored: StoredCase) -> Applied:
    """Return what an application says of a case's patent.  Raises CannotDo without a number."""
    case = stored.case
    patent, known = case.patent, kind(case)
    filed, more = patent.filing_date, patent.compensation_days
    return Applied(
        number=normal_number(patent.number or case.unread.get("patent.number", "")),
        title=patent.title,
        case_id=stored.id,
        term_ends=protection_end(known, filed, more) if known and filed else None,
        report=patent.evaluation_report,
        report_conclusion=patent.report_conclusion,
    )


def apply(
    store: CaseStore, pool_id: int, application: Application, *, who: str = ""
) -> Kept[Application]:
    """Take an application in.  Raises CannotDo without an applicant, or with unreadable numbers."""
    if not application.applicant.name:
        raise CannotDo("申请没有申请人，请填写。")
    patents = tuple(_replace(one, number=normal_number(one.number)) for one in application.patents)
    with store.transaction():
        members = store.records.of(MEMBERS).listed(parent=pool_id)
        known = member_named(members, application.applicant.name, is_here=True)
        made = _replace(application, patents=patents, member_id=known.id if known else None)
        return store.records.of(APPLICATIONS).add(made, parent=pool_id, who=who, what="收到申请")


def problems_of(
    store: CaseStore, pool_id: int, application: Kept[Application], today: date
) -> tuple[PoolProblem, ...]:
    """Return what stands against an application, by what the ledger and the pool know."""
    return problems_of_all(store, pool_id, [application], today)[application.id]


def problems_of_all(
    store: CaseStore, pool_id: int, applications: Sequence[Kept[Application]], today: date
) -> dict[int, tuple[PoolProblem, ...]]:
    """Return what stands against some applications of a pool, by their ids."""
    standard = store.records.of(POOLS).get(pool_id).record.standard
    others = [
        one
        for one in store.records.of(APPLICATIONS).listed(parent=pool_id)
        if one.record.stage in ON_THE_WAY
    ]
    applied: dict[str, set[int]] = {}
    for one in others:
        for patent in one.record.patents:
            applied.setdefault(digits_of(patent.number), set()).add(one.id)
    numbers = {patent.number for one in applications for patent in one.record.patents}
    cases: dict[str, Case] = {}
    for stored in store.cases.listed(sorted(numbers)) if numbers else ():
        cases.setdefault(digits_of(stored.case.patent.number or ""), stored.case)
    inside = numbers_in(store.records.of(PATENTS).listed(parent=pool_id))
    found = {}
    for one in applications:
        twice = {digits for digits, ids in applied.items() if ids - {one.id}}
        known = Known(cases=cases, in_pool=inside, applied=twice, today=today)
        found[one.id] = worded(check_application(one.record, standard, known))
    return found


# --- steps ------------------------------------------------------------------------------------


def to_review(
    store: CaseStore, kept: Kept[Application], day: date, asked: int = 0, *, who: str = ""
) -> Kept[Application]:
    """Give an application to reviewers.  Raises CannotDo past the first stage."""
    _raise_unless(kept, ("applied",))
    made = _replace(kept.record, review_from=day, asked=asked)
    return _saved(store, kept, made, who, "送评估")


def add_opinion(
    store: CaseStore, kept: Kept[Application], opinion: Opinion, *, who: str = ""
) -> Kept[Application]:
    """Note a reviewer's opinion; the same reviewer's takes the place of the one before.

    An application that was just taken in comes to its review by it.  Raises CannotDo.
    """
    _raise_unless(kept, ("applied", "review"))
    if not opinion.reviewer or opinion.vote is None:
        raise CannotDo("评估意见要有评估人和意见（建议入池、补正后入池、不建议入池），请补填。")
    others = tuple(one for one in kept.record.opinions if one.reviewer != opinion.reviewer)
    made = _replace(
        kept.record,
        opinions=(*others, opinion),
        review_from=kept.record.review_from or opinion.day,
        asked=max(kept.record.asked, len(others) + 1),
    )
    return _saved(store, kept, made, who, "评估意见")


def decide(
    store: CaseStore,
    kept: Kept[Application],
    taken: Collection[str],
    day: date,
    *,
    by: str = "",
    reason: str = "",
    who: str = "",
) -> Kept[Application]:
    """Decide on an application: the patents of these numbers are taken, none refuses it.

    Raises CannotDo for a number it does not name, with fewer opinions than the standard wants, or
    for a refusal without a reason.
    """
    _raise_unless(kept, ("applied", "review"))
    application = kept.record
    wanted = {digits_of(number) for number in taken}
    named = {digits_of(one.number) for one in application.patents}
    if unknown := [number for number in taken if digits_of(number) not in named]:
        raise CannotDo(f"申请中没有 {'、'.join(unknown)}，请核对。")
    if not wanted and not reason:
        raise CannotDo("不予入池的，请写明理由。")
    standard = store.records.of(POOLS).get(kept.parent_id or 0).record.standard
    if wanted and len(application.opinions) < standard.opinions:
        raise CannotDo(
            f"评估意见 {len(application.opinions)} 份，入池标准要求至少 {standard.opinions} 份，"
            "请先登记评估意见。"
        )
    patents = tuple(
        _replace(one, is_taken=digits_of(one.number) in wanted) for one in application.patents
    )
    is_whole = all(one.is_taken for one in patents)
    made = _replace(
        application,
        patents=patents,
        review_from=application.review_from or day,
        decision="refused" if not wanted else "taken" if is_whole else "partly",
        decided_on=day,
        decided_by=by,
        reason=reason,
    )
    return _saved(store, kept, made, who, "决定")


def list_it(
    store: CaseStore, kept: Kept[Application], day: date, *, who: str = ""
) -> Kept[Application]:
    """Put what was taken on the list (入池清单); the agreement is next.  Raises CannotDo."""
    _raise_unless(kept, ("listed",))
    return _saved(store, kept, _replace(kept.record, listed_on=day), who, "列入清单")


def prepare(
    store: CaseStore,
    kept: Kept[Application],
    agreement: Agreement,
    *,
    before: Agreement | None = None,
    who: str = "",
) -> Kept[Application]:
    """Keep what the agreement will say, so that it can be printed and signed.

    `before` is the one that was shown, of which this is made: what another has prepared meanwhile
    stays.  Raises CannotDo.
    """
    _raise_unless(kept, ("agreement",))
    with store.transaction():
        agreement = _onto_the_prepared(store, kept, before, agreement)
        _raise_if_barring(agreement)
        made = msgspec.structs.replace(
            agreement, application_id=kept.id, member_id=kept.record.member_id, numbers=_taken(kept)
        )
        at = _keep_agreement(store, kept, made, who, "拟定")
        return _saved(store, kept, _replace(kept.record, agreement_id=at), who, "拟定协议")


def sign(
    store: CaseStore,
    kept: Kept[Application],
    agreement: Agreement,
    *,
    before: Agreement | None = None,
    who: str = "",
) -> Kept[Application]:
    """Note the signed agreement: the applicant is a member, its patents are in from that day on.

    They are in from the agreement's first day, else from its signature, up to its last day.
    `before` as in `prepare`.  Raises CannotDo.
    """
    _raise_unless(kept, ("agreement",))
    application, pool_id = kept.record, kept.parent_id or 0
    with store.transaction():
        agreement = _onto_the_prepared(store, kept, before, agreement)
        if agreement.signed_on is None:
            raise CannotDo("入池协议没有签署日，请填写。")
        _raise_if_barring(agreement)
        first, last = agreement.starts_on or agreement.signed_on, agreement.ends_on
        if last is not None and last < first:
            raise CannotDo(f"入池期限到 {last}，早于起始日 {first}，请核对。")
        members = store.records.of(MEMBERS).listed(parent=pool_id)
        member = member_named(members, application.applicant.name, is_here=True)
        if member is None:
            new = Member(party=application.applicant, joined_on=first)
            member = add_member(store, pool_id, new, who=who)
        taken = [one for one in application.patents if one.is_taken]
        made = _replace(
            agreement,
            member_id=member.id,
            application_id=kept.id,
            numbers=_taken(kept),
            starts_on=first,
        )
        at = _keep_agreement(store, kept, made, who, "签署")
        entering = [entered(one, member.id, kept.id, first, last) for one in taken]
        add_patents(store, pool_id, entering, who=who, what="入池协议")
        after = _replace(
            application,
            member_id=member.id,
            agreement_id=at,
            signed_on=agreement.signed_on,
        )
        store.events.log("pool.entered", who=who, counts={"patents": len(taken)})
        return _saved(store, kept, after, who, "签署协议")


def withdraw(
    store: CaseStore, kept: Kept[Application], day: date, *, who: str = ""
) -> Kept[Application]:
    """Note that an application was taken back.  Raises CannotDo once it is over."""
    _raise_unless(kept, ON_THE_WAY)
    return _saved(store, kept, _replace(kept.record, withdrawn_on=day), who, "撤回申请")


def _taken(kept: Kept[Application]) -> tuple[str, ...]:
    return tuple(one.number for one in kept.record.patents if one.is_taken)


def _keep_agreement(
    store: CaseStore, kept: Kept[Application], made: Agreement, who: str, what: str
) -> int:
    """Keep the agreement of an application, in the place of the one that was prepared; its id."""
    shelf, at = store.records.of(AGREEMENTS), kept.record.agreement_id
    if at is None:
        return shelf.add(made, parent=kept.parent_id, who=who, what=what).id
    return shelf.save(at, made, who=who, what=what).id


def _onto_the_prepared(
    store: CaseStore, kept: Kept[Application], before: Agreement | None, made: Agreement
) -> Agreement:
    """What was made of an agreement `before`, put onto the one that is prepared by now."""
    at = kept.record.agreement_id
    if at is None or before is None:
        return made
    return combined(before, made, store.records.of(AGREEMENTS).get(at).record)[0]


def _raise_if_barring(agreement: Agreement) -> None:
    if agreement.members_license_alone is False:
        raise CannotDo("入池协议不得限制成员自行对外许可，请改为“可以”。")


def entered(
    one: Applied, member_id: int, application_id: int, first: date | None, last: date | None
) -> PoolPatent:
    """Return what an application's patent is in the pool, from its first to its last day there."""
    return PoolPatent(
        number=one.number,
        title=one.title,
        member_id=member_id,
        case_id=one.case_id,
        category=one.category,
        grade=one.grade,
        weight=one.weight,
        entered_on=first,
        agreed_until=last,
        term_ends=one.term_ends,
        report=one.report,
        report_conclusion=one.report_conclusion,
        application_id=application_id,
    )


def _raise_unless(kept: Kept[Application], stages: tuple[Stage, ...]) -> None:
    stage = kept.record.stage
    if stage not in stages:
        raise CannotDo(f"这份申请现在是“{STAGE_WORDS[stage]}”，不能办这一步。")


def _saved(
    store: CaseStore, kept: Kept[Application], made: Application, who: str, what: str
) -> Kept[Application]:
    return store.records.of(APPLICATIONS).save(
        kept.id, made, revision=kept.revision, who=who, what=what
    )
