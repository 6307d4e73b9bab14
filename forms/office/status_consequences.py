"""What must now be done, once the ledger says that a right lapsed, ended, or changed hands.

Most of it are duties (`forms.office.duties`); here is what has no day of its own: who is told,
what a conflict calls for.  A pure function of what the office holds and a day.
"""

from collections.abc import Collection, Iterator
from datetime import date

import msgspec

from forms.facts.declared import binds
from forms.facts.legal_status import End, end_of
from forms.office.duties import Duty, duties, horizon
from forms.office.holdings import Holding, is_over

_STATUS, _PAID, _OWNERS = "patent.legal_status", "patent.fee_paid_to", "owners"
_KINDS = ("withdraw", "restoration", "lapse")

_RESTORE = "专利法实施细则 第六条；专利审查指南 第五部分第七章 6.2"
_CHANGED_HANDS = "专利审查指南 第五部分第十一章 9"
_ENDED: dict[End | None, tuple[str, str]] = {
    None: ("专利权已经终止", "专利法 第四十四条"),
    "unpaid": ("专利权因未缴年费终止", "专利法 第四十四条"),
    "given_up": ("专利权已经放弃", "专利法 第四十四条"),
    "expired": ("专利权期限届满", "专利法 第四十二条"),
    "invalid": ("专利权已宣告无效，视为自始即不存在", "专利法 第四十七条"),
}


class ToDo(msgspec.Struct, frozen=True, kw_only=True):
    """What must be done, by which day (None: in time, no day is said), and on which words."""

    what: str
    until: date | None = None
    basis: str


def consequences(
    holding: Holding, day: date, *, changed: Collection[str], left: Collection[str] = ()
) -> tuple[ToDo, ...]:
    """Return what must be done with a patent as it stands after a change.

    `changed` are the paths of the facts that changed, `left` of those said otherwise and not
    taken over.
    """
    found = [*_dated(holding, day)] if changed else []
    if _STATUS in changed and is_over(holding):
        found += _ended(holding, found)
    if _OWNERS in (*changed, *left):
        found += _changed_hands(holding, is_taken=_OWNERS in changed)
    return tuple(found)


def _dated(holding: Holding, day: date) -> Iterator[ToDo]:
    for duty in duties([holding], day, horizon(day)):
        if not duty.done and (duty.kind in _KINDS or _is_late(duty, day)):
            until = None if duty.kind == "withdraw" else duty.date
            yield ToDo(what=duty.what, until=until, basis=duty.basis)


def _is_late(duty: Duty, day: date) -> bool:
    return duty.kind == "annual_fee" and duty.date < day


def _ended(holding: Holding, dated: Collection[ToDo]) -> Iterator[ToDo]:
    """What follows of a right that is no more, beside what has a day."""
    end = end_of(holding.entry.patent.legal_status)
    if end == "arrears":
        return
    why, basis = _ENDED[end]
    if end == "unpaid" and not any(one.basis == _RESTORE for one in dated):
        yield ToDo(
            what="需要恢复的，自收到终止通知书之日起2个月内请求恢复权利；"
            "核对申请日、年费已交至，填写终止通知书收到日后，程序推算期限和数额",
            basis=_RESTORE,
        )
    is_declared = any(binds(stored.case.declaration) for stored in holding.cases)
    if holding.licences and not is_declared:  # a declaration's withdrawal tells them too
        names = "、".join(
            dict.fromkeys(
                one.licence.licensee.name or f"第{place}份许可"
                for place, one in enumerate(holding.licences, 1)
            )
        )
        yield ToDo(what=f"告知被许可人（{names}）：{why}", basis=basis)


def _changed_hands(holding: Holding, *, is_taken: bool) -> Iterator[ToDo]:
    """Owners that are not who they were: a transfer, another name, or a slip."""
    is_declared = any(binds(stored.case.declaration) for stored in holding.cases)
    if is_declared:
        yield ToDo(
            what="核对专利权人是否变更：已经变更的，撤回开放许可声明，并告知被许可人；"
            "继续实行开放许可的，重新声明",
            basis=_CHANGED_HANDS,
        )
    if not is_taken:
        yield ToDo(
            what="核对专利登记簿，选定以哪一处的专利权人为准；已经转移的，填写专利权转移登记日",
            basis="专利台账",
        )
