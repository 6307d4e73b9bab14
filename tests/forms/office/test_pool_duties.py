"""日程 of a pool: income to be shared, members to be paid, royalties to come, annuities told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from db.store import Store, open_store
from forms.facts.record import Case, Licence, Party, Patent
from forms.facts.royalty import LumpSum, Royalty
from forms.office.agenda import agenda
from forms.office.duty_reckoning import reckoning
from forms.office.pool_duties import cycle_end
from forms.office.pool_figures import pool_figures
from forms.office.pool_payments import owed, pay
from forms.pool.records import LICENCES, PoolLicence
from forms.pool.runs import Payment
from tests.pool_hand import PoolHand

DAY, UNTIL = date(2026, 11, 24), date(2027, 11, 24)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2026, 11, 24, tzinfo=UTC)) as opened:
        yield opened


def told(store: Store) -> list[tuple[str, str, str | None, bool]]:
    return [
        (
            str(one.duty.date),
            one.duty.what,
            None if one.duty.amount is None else str(one.duty.amount),
            one.is_done,
        )
        for one in agenda(store, DAY, UNTIL)
    ]


def test_income_is_shared_within_the_days_and_members_are_paid(store: Store):
    pool = PoolHand(store)
    pool.licenses("农机公司", (date(2026, 11, 2), "700.00"))
    account = ("2026-12-31", "做 2026-01-01 至 2026-12-31 的收益分配，通知各成员", None, False)
    assert told(store) == [
        ("2026-12-02", "分配许可收益：1 笔到账尚未分配，最早一笔 2026-11-02", "700.00", False),
        account,
    ]
    first = agenda(store, DAY, UNTIL)[0].duty
    assert reckoning(first, None, DAY) == [
        ("最早一笔到账", "2026-11-02"),
        ("支付期限", "到账后 30 日内"),
        ("截止", "2026-12-02　周三"),
        ("金额", "700 元"),
    ]
    run = pool.closes(pool.begins(last=date(2026, 11, 20)), DAY)
    pays = ("2026-12-02", "付清2026 年第 1 次收益分配：3 个成员未付清", "630.00", False)
    assert told(store) == [pays, account]
    payments = [
        Payment(run_id=run.id, member_id=one.share.member_id, day=DAY, amount=one.left)
        for one in owed(pool.money)
    ]
    pay(store, pool.id, payments)
    assert told(store)[0] == ("2026-12-02", "付清2026 年第 1 次收益分配", "630.00", True)
    assert [one.duty.pool_id for one in agenda(store, DAY, UNTIL)] == [pool.id, pool.id]


def test_what_a_licence_of_the_pool_owes_is_told(store: Store):
    pool = PoolHand(store)
    licence = Licence(
        licensee=Party(name="食品公司"),
        agreed="negotiated",
        royalty=Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal(50_000), days=30)),
        signed_on=date(2026, 11, 10),
        starts_on=date(2026, 11, 10),
    )
    pool.adds(LICENCES, PoolLicence(licence=licence))
    assert ("2026-12-10", "应收一次总付（食品公司）", "50000.00", False) in told(store)


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        ("pool", "（示例专利池统一代缴）"),
        ("reminded", "（示例专利池提醒甲大学缴纳）"),
        ("members", ""),
    ],
)
def test_an_annuity_of_a_pool_says_who_pays_it(store: Store, manner, words):
    PoolHand(store, annuities=manner)
    patent = Patent(number="ZL202110345678.3", title="装置", filing_date=date(2021, 3, 26))
    store.cases.save(Case(pack="cnipa-2024", patent=patent))
    (fee,) = [one.duty for one in agenda(store, DAY, UNTIL) if one.duty.kind == "annual_fee"]
    assert fee.what == f"第7年年费，放假安排未公布，未顺延{words}"
    assert fee.basis.endswith("入池协议 年费的缴纳") == bool(words)


def test_a_pool_that_was_joined_has_no_duties_here(store: Store):
    pool = PoolHand(store, run="joined")
    pool.licenses("农机公司", (date(2026, 11, 2), "700.00"))
    assert told(store) == []


@pytest.mark.parametrize(
    ("cycle", "last"),
    [
        ("month", date(2026, 11, 30)),
        ("quarter", date(2026, 12, 31)),
        ("half_year", date(2026, 12, 31)),
        ("year", date(2026, 12, 31)),
    ],
)
def test_periods_of_accounts_end_with_the_calendar(cycle, last):
    assert cycle_end(DAY, cycle) == last
    assert cycle_end(date(2026, 2, 1), "quarter") == date(2026, 3, 31)


def test_a_year_of_a_pool_in_figures(store: Store):
    pool = PoolHand(store)
    pool.licenses("农机公司", (date(2026, 5, 6), "700.00"), (date(2025, 5, 6), "33.00"))
    run = pool.closes(pool.begins(last=date(2026, 11, 20)), DAY)
    one = next(one for one in owed(pool.money) if one.share.name == "甲大学")
    paid = Payment(run_id=run.id, member_id=one.share.member_id, day=DAY, amount=Decimal("50.00"))
    pay(store, pool.id, [paid])
    (found,) = pool_figures(store, 2026, DAY)
    assert (found.members, found.patents, found.entered, found.left) == (3, 3, 0, 1)
    assert (found.income, found.distributed) == (Decimal("700.00"), Decimal("630.00"))
    assert (found.paid, found.unpaid) == (Decimal("50.00"), Decimal("580.00"))
    (before,) = pool_figures(store, 2025, date(2025, 12, 31))
    assert (before.patents, before.entered, before.income) == (4, 4, Decimal("33.00"))
