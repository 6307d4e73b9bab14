"""A pool's paper by its name: of which of the pool's records, with all that it prints.

`pool_document` is what window and command line ask; which record is meant is said by its id, or
by a name: the applicant, the member, the licensee, the patent of a chart, a checklist's title.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from forms.ground.cleaning import fold
from forms.office.pool_check_papers import facts_of_checklist, facts_of_evidence
from forms.office.pool_entry import entered
from forms.office.pool_papers import (
    ends_of,
    facts_of_agreement,
    facts_of_application,
    facts_of_exit,
    facts_of_licence,
    facts_of_review,
    paper_of,
)
from forms.office.pools import PoolView
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pack.record_types import RecordPack
from forms.paper.document import Document
from forms.pool.checklists import Checklist, checklists
from forms.pool.records import Agreement, Member, PoolPatent

PAPERS: Mapping[str, str] = {
    "application": "入池申请表",
    "review": "评估审核记录",
    "agreement": "入池协议",
    "licence": "许可合同",
    "exit": "退池通知",
    "checklist": "自查表",
    "evidence": "权利要求对照表",
}
"""The papers of a pool's records, and what each is called; the notice of shares is a run's."""

T = TypeVar("T", bound=msgspec.Struct)


def pool_document(
    store: CaseStore,
    found: PoolView,
    pack: RecordPack,
    code: str,
    which: str,
    today: date,
    *,
    draft: bool = False,
) -> Document:
    """Return a paper of one of a pool's records.

    `which` is the record's id or name; without it the only one is meant.  Raises CannotDo,
    NoSuchPaper.
    """
    facts, name = _facts(store, found, code, which, today)
    return paper_of(pack, code, facts, name=name, draft=draft)


def made_for(found: PoolView) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return for each paper the records it can be made of: the id and the name of each."""
    members = {
        one.id: one.record.party.name
        for one in found.members
        if one.record.left_on is not None
        or any(p.record.member_id == one.id and p.record.out_on for p in found.patents)
    }
    applications = {one.id: one.record.applicant.name for one in found.applications}
    agreements = {one.id: _member(found, one.record).party.name for one in found.agreements}
    licences = {one.id: one.record.licence.licensee.name for one in found.licences}
    charts = {one.id: f"{one.record.number}　{one.record.product}" for one in found.charts}
    ids = {
        "application": applications,
        "review": applications,
        "agreement": agreements,
        "licence": licences,
        "exit": members,
        "evidence": charts,
    }
    made = {
        code: [(str(number), name) for number, name in ids[code].items()]
        for code in PAPERS
        if code in ids
    }
    return {**made, "checklist": [(one.code, one.title) for one in checklists()]}


def _facts(
    store: CaseStore, found: PoolView, code: str, which: str, today: date
) -> tuple[Any, str]:
    pool = found.pool.record
    match code:
        case "application" | "review":
            asked = _one(found.applications, [a.record.applicant.name for a in found.applications],
                         which, "入池申请")  # fmt: skip
            name = asked.record.applicant.name
            if code == "review":
                return facts_of_review(pool, asked.record), name
            cases = _cases(store, [one.case_id for one in asked.record.patents])
            return facts_of_application(pool, asked.record, cases), name
        case "agreement":
            names = [_member(found, one.record).party.name for one in found.agreements]
            kept = _one(found.agreements, names, which, "入池协议")
            member = _member(found, kept.record)
            patents = _patents(found, kept.record)
            ends = ends_of(_cases(store, [one.case_id for one in patents]), patents)
            return facts_of_agreement(pool, member, kept.record, patents, ends), member.party.name
        case "licence":
            names = [one.record.licence.licensee.name for one in found.licences]
            granted = _one(found.licences, names, which, "许可")
            on = granted.record.licence.starts_on or granted.record.licence.signed_on or today
            inside = [one.record for one in found.in_on(on)]
            ends = ends_of(_cases(store, [one.case_id for one in inside]), inside)
            facts = facts_of_licence(pool, granted.record, inside, found.names, ends)
            return facts, granted.record.licence.licensee.name
        case "exit":
            leaving = _one(found.members, [m.record.party.name for m in found.members], which,
                           "成员")  # fmt: skip
            return _exit(found, leaving, today), leaving.record.party.name
        case "checklist":
            listed = checklists()
            one = _checklist(listed, which)
            return facts_of_checklist(pool, one, today), f"{pool.name}（{one.title}）"
        case "evidence":
            numbers = [one.record.number for one in found.charts]
            chart = _one(found.charts, numbers, which, "对照表")
            return facts_of_evidence(pool, chart.record), chart.record.number
    raise CannotDo(f"专利池没有名为 {code} 的文书，可用：{'、'.join(PAPERS)}。")


def _exit(found: PoolView, leaving: Kept[Member], today: date) -> Any:
    out: list[PoolPatent] = [
        one.record
        for one in found.patents
        if one.record.member_id == leaving.id and one.record.out_on is not None
    ]
    if not out and leaving.record.left_on is None:
        raise CannotDo(
            f"{leaving.record.party.name}没有退池，也没有专利出池；先用 pool leave 登记。"
        )
    gone = leaving.record.left_on
    going = [
        one.record
        for one in found.licences
        if gone is None or (one.record.licence.signed_on or today) < gone
    ]
    agreements = [one.record for one in found.agreements if one.record.member_id == leaving.id]
    return facts_of_exit(
        found.pool.record,
        leaving.record,
        out,
        today,
        agreement=agreements[-1] if agreements else None,
        licences=going,
    )


def _member(found: PoolView, agreement: Agreement) -> Member:
    """The member of an agreement; of one that is not signed yet, who asked to enter."""
    for one in found.members:
        if one.id == agreement.member_id:
            return one.record
    for asked in found.applications:
        if asked.id == agreement.application_id:
            return Member(party=asked.record.applicant)
    raise CannotDo("入池协议没有写明成员，请先补上。")


def _patents(found: PoolView, agreement: Agreement) -> list[PoolPatent]:
    """The pool's patents, and those that are to enter by an agreement that is not signed yet."""
    patents = [one.record for one in found.patents]
    known = {one.number for one in patents if one.why_out is None}
    for asked in found.applications:
        if asked.id == agreement.application_id:
            patents += [
                entered(one, 0, asked.id, agreement.starts_on, agreement.ends_on)
                for one in asked.record.patents
                if one.is_taken and one.number not in known
            ]
    return patents


def _cases(store: CaseStore, ids: Sequence[int | None]) -> dict[int, Any]:
    wanted = sorted({number for number in ids if number is not None})
    return {one.id: one.case for one in store.cases.listed(ids=wanted)} if wanted else {}


def _checklist(listed: Sequence[Checklist], which: str) -> Checklist:
    wanted = fold(which) or "antitrust"
    for one in listed:
        if wanted in (one.code, fold(one.title)):
            return one
    known = "、".join(f"{one.code}（{one.title}）" for one in listed)
    raise CannotDo(f"没有名为“{which}”的自查表，可用：{known}。")


def _one(kept: Sequence[Kept[T]], names: Sequence[str], which: str, what: str) -> Kept[T]:
    """The record of an id or a name; without either the only one.  Raises CannotDo."""
    wanted = fold(which)
    found = [
        one
        for one, name in zip(kept, names, strict=True)
        if not wanted or wanted in (str(one.id), fold(name))
    ]
    if len(found) == 1:
        return found[0]
    if not kept:
        raise CannotDo(f"专利池还没有{what}。")
    known = "、".join(
        f"{one.id}（{name}）" for one, name in list(zip(kept, names, strict=True))[:20]
    )
    said = f"没有“{which}”" if wanted and not found else "请写明是哪一个"
    raise CannotDo(f"{what}：{said}，现有：{known}。")
