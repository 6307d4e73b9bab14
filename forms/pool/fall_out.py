"""Which patents fall out of a pool by what the ledger says of them, and from which day.

Sources: 专利法 第十条、第四十二条、第四十四条、第四十七条; 专利法实施细则 第一百一十五条; 审查指南
第五部分第九章 4.2.2 (the right ended on the due day of the annuity that was missed).  Nothing is
changed here: a fall-out is offered, and the clerk takes it.
"""

from datetime import date

import msgspec

from forms.facts.annuities import fee_facts, lapsed_on
from forms.facts.legal_status import end_of, says_over, standings
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import LedgerEntry
from forms.facts.terms import anniversary
from forms.ground.cleaning import fold
from forms.pool.records import PoolPatent, WhyOut

_KEPT = "此前已分配的不变"


class FallOut(msgspec.Struct, frozen=True, kw_only=True):
    """A fall-out that is offered: why, from which day (None: the clerk says), what and on whose
    words."""

    why: WhyOut
    out_on: date | None
    words: str
    basis: str


def fall_out(patent: PoolPatent, entry: LedgerEntry, member: str, today: date) -> FallOut | None:
    """Return how a patent that is in a pool falls out by what the ledger says; None if it stays.

    `member` is the name of the one whose patent it is.
    """
    if patent.why_out is not None:
        return None
    try:
        kind = parse(patent.number).kind
    except NotAPatentNumber:
        return None
    facts, status = entry.patent, entry.patent.legal_status
    end = end_of(status)
    if end == "invalid":
        words = f"宣告无效，视为自始即不存在；以后分配不再计算，{_KEPT}。请填宣告日。"
        return FallOut(why="invalid", out_on=None, words=words, basis="专利法 第四十七条")
    if end == "given_up":
        words = "专利权已经放弃，请填放弃生效日。"
        return FallOut(why="given_up", out_on=None, words=words, basis="专利法 第四十四条")
    filed, more = facts.filing_date, facts.compensation_days
    over = anniversary(kind, filed, more) if filed else None
    if end == "expired" or (over is not None and over <= today):
        words = "专利权期限届满。" if over else "专利权期限届满，请填届满日。"
        return FallOut(why="expired", out_on=over, words=words, basis="专利法 第四十二条")
    fees = fee_facts(facts, kind)
    lapsed = lapsed_on(fees, today) if fees is not None and facts.fee_paid_to else None
    if end == "unpaid" or lapsed is not None:
        # A database may say so before the six months are over by our reckoning.
        day = lapsed or (facts.fee_paid_to if end == "unpaid" else None)
        words = (
            f"未缴年费，专利权自缴费期限届满日 {day} 起终止；恢复的，可以再入池，{_KEPT}。"
            if day
            else f"未缴年费终止，请填应缴年费的届满日，{_KEPT}。"
        )
        basis = "专利法实施细则 第一百一十五条；审查指南 第五部分第九章 4.2.2"
        return FallOut(why="lapsed", out_on=day, words=words, basis=basis)
    return _other(patent, entry, member, is_late=end == "arrears")


def _other(patent: PoolPatent, entry: LedgerEntry, member: str, *, is_late: bool) -> FallOut | None:
    status, moved = entry.patent.legal_status, entry.patent.transferred_on
    names = {fold(owner.name) for owner in entry.owners if owner.name}
    is_anothers = bool(names) and bool(member) and fold(member) not in names
    if is_anothers:
        day = moved if moved and patent.entered_on and moved >= patent.entered_on else None
        owners = "、".join(owner.name for owner in entry.owners)
        words = f"专利权人现为{owners}，" + (
            f"转移自登记之日 {day} 起生效。" if day else "请核对登记簿，填转移登记日。"
        )
        return FallOut(why="transferred", out_on=day, words=words, basis="专利法 第十条")
    if status and not is_late and says_over(standings(status, {})):
        words = f"法律状态为“{status}”，请核对登记簿，填终止日。"
        return FallOut(why="lapsed", out_on=None, words=words, basis="专利法 第四十四条")
    return None


def out_of_pool(
    patent: PoolPatent, why: WhyOut, day: date | None, *, status: str = ""
) -> PoolPatent:
    """Return a patent as it is once it fell out: of an invalid one the day is the decision's."""
    changes = {"declared_on": day} if why == "invalid" else {"out_on": day}
    return msgspec.structs.replace(patent, why_out=why, status=status or patent.status, **changes)
