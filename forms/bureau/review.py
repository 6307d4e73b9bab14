"""审核: deciding of cases, one or many at once; who, when, why, and taking it back.

通过, 退回补正 or 不予通过 (附件2 一（二）2（3）).  A refusal needs a reason with its basis; a pass
in spite of an error needs a word why.  A decision stays here until the unit is told of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from forms.bureau.examination import Examined, Finding, examine
from forms.bureau.package_care import hinders
from forms.bureau.records import (
    PACKAGE_CASES,
    PACKAGES,
    Decision,
    Package,
    PackageCase,
    Reason,
    State,
)
from forms.bureau.register_facts import facts_of
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.working_days import last_day_to_act
from forms.ground.cleaning import clean_line, clean_lines, fold
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pack.pack_shelf import Shelf

VerdictCode = Literal["pass", "return", "refuse"]
VERDICTS: Mapping[VerdictCode, str] = {
    "pass": "通过",
    "return": "退回补正",
    "refuse": "不予通过",
}
_STATES: Mapping[VerdictCode, State] = {
    "pass": "passed",
    "return": "returned",
    "refuse": "refused",
}
DECIDABLE: tuple[State, ...] = ("waiting", "passed", "returned", "refused")
"""The states in which a case may be decided, or decided anew."""
UNNAMED = "未写明的单位"
CORRECTION_DAYS = 15
"""How long a unit has to correct, in days from the decision; no text says: see the record pack."""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided of a case, before it is kept."""

    verdict: VerdictCode
    reasons: tuple[Reason, ...] = ()
    text: str = ""
    deadline: date | None = None


def reason_of(finding: Finding) -> Reason:
    """A finding taken as a reason; its place stands before the sentence where that lacks it."""
    place = finding.place
    message = finding.message
    if place and place not in message:
        message = f"{place}：{message}"
    return Reason(rule=finding.rule, message=message, basis=finding.basis)


def usual_deadline(today: date, days: int = CORRECTION_DAYS) -> date:
    """The day by which a correction is asked for: so many days on, moved over days off."""
    return last_day_to_act(today + timedelta(days=days)).day


def examined(
    store: CaseStore, shelf: Shelf, cases: Sequence[Kept[PackageCase]], today: date
) -> Mapping[int, Examined]:
    """What is to be said of some cases, by their ids, each by its own pack."""
    register = facts_of(store, [kept.record.number for kept in cases])
    return {
        kept.id: examine(
            kept.record,
            shelf.of(kept.record.case.pack),
            today,
            register.get(kept.record.number),
        )
        for kept in cases
    }


def decide(
    store: CaseStore,
    kept: Kept[PackageCase],
    ruling: Ruling,
    *,
    has_errors: bool,
    now: datetime,
    who: str = "",
) -> Kept[PackageCase]:
    """Keep what is decided of a case, instead of what was.

    Raises CannotDo where something is wanting, StaleRevision where another decided meanwhile.
    """
    one = kept.record
    name = one.number or f"第 {one.place} 件"
    if one.state not in DECIDABLE:
        raise CannotDo(f"{name} 已公布或者已由后一版代替，不能再审核。")
    text = clean_lines(ruling.text)
    reasons = _said(ruling.reasons)
    if ruling.verdict == "refuse" and not any(reason.basis for reason in reasons):
        raise CannotDo(f"{name}：不予通过的，至少写明一条有依据的理由。")
    if ruling.verdict == "return" and not (reasons or text):
        raise CannotDo(f"{name}：退回补正的，请勾选理由，或者写明要补正什么。")
    if ruling.verdict == "pass" and has_errors and not text:
        raise CannotDo(f"{name} 还有错误；仍然通过的，请写明理由。")
    decision = Decision(
        verdict=ruling.verdict,
        reasons=reasons if ruling.verdict != "pass" else (),
        text=text,
        deadline=ruling.deadline if ruling.verdict == "return" else None,
        by=who,
        at=now,
    )
    after = msgspec.structs.replace(one, state=_STATES[ruling.verdict], decision=decision)
    shelf = store.records.of(PACKAGE_CASES)
    what = f"审核：{VERDICTS[ruling.verdict]}"
    return shelf.save(kept.id, after, revision=kept.revision, who=who, what=what)


def _said(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons that say something, without blanks and line ends about them."""
    cleaned = (
        msgspec.structs.replace(one, message=clean_lines(one.message), basis=clean_line(one.basis))
        for one in reasons
    )
    return tuple(one for one in cleaned if one.message)


def decide_many(
    store: CaseStore,
    rulings: Iterable[tuple[Kept[PackageCase], Ruling, bool]],
    *,
    now: datetime,
    who: str = "",
) -> list[Kept[PackageCase]]:
    """Decide of many cases, all or none; each with whether it has errors.  Raises as `decide`."""
    with store.transaction():
        return [
            decide(store, kept, ruling, has_errors=has_errors, now=now, who=who)
            for kept, ruling, has_errors in rulings
        ]


def take_back(
    store: CaseStore, cases: Iterable[Kept[PackageCase]], *, who: str = ""
) -> list[Kept[PackageCase]]:
    """Take decisions back: the cases wait again; what was decided stays in their history.

    Raises CannotDo where one is published, StaleRevision.
    """
    shelf = store.records.of(PACKAGE_CASES)
    done = []
    with store.transaction():
        for kept in cases:
            one = kept.record
            if one.state not in DECIDABLE:
                raise CannotDo(f"{one.number} 已公布或者已由后一版代替，不能撤销审核意见。")
            after = msgspec.structs.replace(one, state="waiting", decision=None)
            done.append(
                shelf.save(kept.id, after, revision=kept.revision, who=who, what="撤销审核意见")
            )
    return done


def to_decide(store: CaseStore, number: str, office: str = "") -> Kept[PackageCase]:
    """The case of a number that can be decided of, of an office where several handed it in.

    Raises CannotDo where there is none, where it is not clear which is meant, or where its package
    can not be reviewed yet.
    """
    try:
        key = parse(number).text
    except NotAPatentNumber:
        key = number
    packages = {kept.id: kept.record for kept in store.records.of(PACKAGES).listed()}
    handed_in = [
        kept
        for kept in store.records.of(PACKAGE_CASES).listed(keys=[key])
        if kept.parent_id in packages
    ]
    if office:
        here = dict.fromkeys(kept.record.office or UNNAMED for kept in handed_in)
        handed_in = [
            kept for kept in handed_in if fold(kept.record.office or UNNAMED) == fold(office)
        ]
        if here and not handed_in:
            raise CannotDo(f"{number} 不是“{office}”报送的，报送的单位是：{'、'.join(here)}。")
    if not handed_in:
        raise CannotDo(f"收到的报送包里没有专利号 {number}，请核对，或者先用 intake 收件。")
    found = [kept for kept in handed_in if kept.record.state in DECIDABLE]
    if not found:
        raise CannotDo(f"{number} 已公布或者已由后一版代替，不能再审核；要停止公布的，请撤下。")
    offices = dict.fromkeys(kept.record.office or UNNAMED for kept in found)
    if len(offices) > 1:
        names = "、".join(offices)
        raise CannotDo(f"{number} 由几家单位报送（{names}），请用 --office 写明是哪一家的。")
    package = packages[found[-1].parent_id or 0]
    if package.sent_to_review is None and (why := hinders(package)):
        raise CannotDo(f"{number} 所在的报送包还不能审核：{why}")
    return found[-1]


def waiting(store: CaseStore, office: str = "") -> list[Kept[PackageCase]]:
    """The cases that nobody has decided of, of packages that can be reviewed; of an office."""
    packages = {kept.id: kept.record for kept in store.records.of(PACKAGES).listed()}
    return [
        kept
        for kept in store.records.of(PACKAGE_CASES).listed(state="waiting")
        if (package := packages.get(kept.parent_id or 0)) is not None
        and (package.sent_to_review is not None or not hinders(package))
        and (not office or fold(kept.record.office) == fold(office))
    ]


def under_review(store: CaseStore) -> list[Kept[Package]]:
    """The packages that were sent to review, the latest first."""
    listed = store.records.of(PACKAGES).listed()
    sent = [kept for kept in listed if kept.record.sent_to_review is not None]
    return sorted(sent, key=lambda kept: (kept.record.sent_to_review, kept.id), reverse=True)
