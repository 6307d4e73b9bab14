"""Duties of the pools that the office runs: income to be shared, members to be paid, fees to come.

What a pool agreed on is the basis: its charter and entry agreements (指引 第九条; 规范 6.4.3, 6.5).
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from forms.facts.amounts import grouped
from forms.facts.licence_ledger import lines_of
from forms.facts.record import Case
from forms.facts.terms import add_months
from forms.office.duties import Duty, DutyKind, of_payment
from forms.office.pool_money import PoolMoney, pool_money
from forms.office.pool_payments import owed, undistributed
from forms.office.store import CaseStore
from forms.pool.records import POOLS, PoolLicence, StatementCycle
from forms.pool.runs import NOUGHT
from forms.pool.standing import is_in

CYCLE_MONTHS: Mapping[StatementCycle, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}

_AGREED = "入池协议 收益分配"
_FEES = "入池协议 年费的缴纳"
_LICENCE = "专利池许可合同 使用费的支付"


class PoolDuties(msgspec.Struct, frozen=True):
    """The duties of pools, and what their agreements say of patents' annuities, by the number."""

    duties: tuple[Duty, ...]
    annuities: Mapping[str, str]

    def told(self, duty: Duty) -> Duty:
        """An annuity of a pool's patent with who pays it; any other duty as it is."""
        words = self.annuities.get(duty.patent_number) if duty.kind == "annual_fee" else None
        if words is None:
            return duty
        return msgspec.structs.replace(
            duty, what=f"{duty.what}（{words}）", basis=f"{duty.basis}；{_FEES}"
        )


def pool_duties(store: CaseStore, day: date, until: date) -> PoolDuties:
    """Return the duties of all pools that the office runs, up to a day."""
    found: list[Duty] = []
    annuities: dict[str, str] = {}
    for kept in store.records.of(POOLS).listed():
        if kept.record.run != "run":
            continue
        money = pool_money(store, kept.id)
        found += [one for one in _of_pool(store, money, day) if one.date <= until]
        annuities |= dict(_annuities(money, day))
    return PoolDuties(tuple(found), annuities)


def cycle_end(day: date, cycle: StatementCycle) -> date:
    """Return the last day of the period of accounts in which a day lies."""
    months = CYCLE_MONTHS[cycle]
    last = (day.month - 1) // months * months + months
    return date(day.year, last, monthrange(day.year, last)[1])


def _of_pool(store: CaseStore, money: PoolMoney, day: date) -> Iterator[Duty]:
    yield from _to_share(store, money, day)
    yield from _to_account(money, day)
    yield from _to_pay(money, day)
    for licence_id, one in money.licences:
        yield from _to_come(money, licence_id, one, day)


def _duty(
    money: PoolMoney,
    kind: DutyKind,
    on: date,
    what: str,
    part: object,
    amount: Decimal | None = None,
    *,
    basis: str = _AGREED,
    done: bool = False,
    reckoned: tuple[tuple[str, str], ...] = (),
) -> Duty:
    return Duty(
        date=on,
        kind=kind,
        patent_number="",
        title=money.pool.name,
        what=what,
        basis=basis,
        amount=amount,
        done=done,
        key=f"{kind}:pool{money.id}:{part}",
        pool_id=money.id,
        reckoned=reckoned,
    )


def _to_share(store: CaseStore, money: PoolMoney, day: date) -> Iterator[Duty]:
    """Income that came in and that no closed run has shared, within the days agreed on."""
    days = money.pool.payout_days
    waiting = undistributed(store, money, day) if days is not None else []
    if days is None or not waiting:
        return
    first = min(one.day for one in waiting if one.day is not None)
    total = sum((one.amount or NOUGHT for one in waiting), NOUGHT)
    what = f"分配许可收益：{len(waiting)} 笔到账尚未分配，最早一笔 {first}"
    basis = f"{_AGREED}（到账后 {days} 日内支付）"
    on = first + timedelta(days=days)
    reckoned = (("最早一笔到账", str(first)), ("支付期限", f"到账后 {days} 日内"))
    key = f"share:{first}"
    yield _duty(money, "pool_payout", on, what, key, total, basis=basis, reckoned=reckoned)


def _to_account(money: PoolMoney, day: date) -> Iterator[Duty]:
    """The account of the period in which the day lies, once there is anything to account for."""
    if not money.licences:
        return
    last = cycle_end(day, money.pool.statements)
    first = add_months(last + timedelta(days=1), -CYCLE_MONTHS[money.pool.statements])
    done = any(
        run.is_closed and run.last is not None and run.last >= last for _, run in money.numbered
    )
    what = f"做 {first} 至 {last} 的收益分配，通知各成员"
    reckoned = (("分配的期间", f"{first} 至 {last}"),)
    yield _duty(money, "pool_statement", last, what, last, done=done, reckoned=reckoned)


def _to_pay(money: PoolMoney, day: date) -> Iterator[Duty]:
    """What a closed run owes its members, by the day that it names."""
    for run_id, run in money.numbered:
        if not run.is_closed or run.pay_by is None:
            continue
        mine = [one for one in owed(money) if one.run_id == run_id and one.share.due > 0]
        waiting = [one for one in mine if one.left > 0]
        left = sum((one.left for one in waiting), NOUGHT)
        what = f"付清{run.words}收益分配"
        if waiting:
            what += f"：{len(waiting)} 个成员未付清"
        if waiting or (mine and run.pay_by >= day):
            amount = left if waiting else sum((one.share.due for one in mine), NOUGHT)
            reckoned = (
                ("分配", f"{run.number}，{run.closed_on} 定稿"),
                ("应付", f"{grouped(sum((one.share.due for one in mine), NOUGHT))} 元"),
                ("已付", f"{grouped(sum((one.paid for one in mine), NOUGHT))} 元"),
            )
            yield _duty(
                *(money, "pool_payout", run.pay_by, what, f"run:{run_id}", amount),
                done=not waiting,
                reckoned=reckoned,
            )


def _to_come(money: PoolMoney, licence_id: int, one: PoolLicence, day: date) -> list[Duty]:
    """Payments and statements of a licence that the pool granted."""
    found: list[Duty] = []

    def tell(
        kind: DutyKind,
        on: date,
        what: str,
        basis: str,
        part: object,
        amount: Decimal | None = None,
        *,
        done: bool = False,
        case_id: int | None = None,
    ) -> None:
        found.append(_duty(money, kind, on, what, part, amount, basis=basis, done=done))

    name = one.licence.licensee.name
    who = f"（{name}）" if name else ""
    for line in lines_of(Case(), one.licence, day):
        of_payment(line, who, _LICENCE, f"licence{licence_id}", tell, day, None)
    return found


def _annuities(money: PoolMoney, day: date) -> Iterator[tuple[str, str]]:
    names = {member_id: member.party.name for member_id, member in money.members}
    for one in money.patents:
        if not is_in(one, day):
            continue
        if money.pool.annuities == "pool":
            yield one.number, f"{money.pool.name}统一代缴"
        elif money.pool.annuities == "reminded":
            yield one.number, f"{money.pool.name}提醒{names.get(one.member_id, '成员')}缴纳"
