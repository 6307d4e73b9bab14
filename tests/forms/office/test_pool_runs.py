"""A pool's money over the years: shared, closed for ever, corrected beside, paid."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.facts.record import Office, Party
from forms.office.pool_money import receipts_to_count
from forms.office.pool_payments import owed, pay, undistributed
from forms.office.pool_runs import (
    correct_run,
    drop_run,
    looked_at,
    save_run,
)
from forms.office.pool_statements import write_notices
from forms.office.store import CannotDo
from forms.office.stored import DutyNote
from forms.pack.record_pack import record_pack
from forms.pool.records import (
    MEMBERS,
    PATENTS,
    Member,
    PoolPatent,
    ShareRule,
)
from forms.pool.runs import RUNS, Payment, Taken
from forms.pool.shares import shares
from tests.pool_hand import GRADES, TODAY, YEAR, PoolHand


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2027, 1, 15, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
def pool(store: Store) -> PoolHand:
    return PoolHand(store)


def test_a_year_is_shared_as_reckoned_by_hand(pool: PoolHand):
    pool.licenses("农机公司", (date(2026, 5, 6), "1000.00"), (date(2025, 12, 31), "77.00"))
    pool.licenses("食品公司", (date(2026, 7, 8), "500.00"), numbers=("ZL202230514476.2",))
    kept = pool.begins()
    assert [taken.amount for taken in kept.record.receipts] == [Decimal(1000), Decimal(500)]
    done = pool.closes(kept)
    # 1,500 less 150; two thirds go 5:1:1, one third to the only patent of its licence
    assert pool.due(done) == {"甲大学": "642.86", "乙公司": "128.57", "丙院": "578.57"}
    assert done.record.totals.distributed == Decimal("1350.00")
    assert done.record.pay_by == date(2027, 1, 15)
    assert shares(done.record.reckoned).total == Decimal("1350.00")
    assert [share.grades for share in done.record.shares] == [{"甲级": 1}, {"乙级": 1}, {"乙级": 1}]
    assert (done.record.words, done.record.number) == ("2026 年第 1 次", "2026-01")


def test_money_is_counted_once_and_what_came_late_is_offered_unticked(pool: PoolHand):
    pool.licenses("农机公司", (date(2026, 5, 6), "1000.00"), (date(2025, 12, 31), "77.00"))
    first = pool.closes(pool.begins())
    second = pool.begins()
    assert second.record.receipts == ()
    offered = receipts_to_count(pool.store, pool.money, second.record)
    assert [taken.amount for taken in offered] == [Decimal(77)]
    assert [taken.amount for taken in undistributed(pool.store, pool.money, TODAY)] == [Decimal(77)]
    with pytest.raises(CannotDo, match="没有计入任何收入"):
        pool.closes(second)
    drop_run(pool.store, second)
    third = pool.begins()
    pool.store.records.of(RUNS).save(
        third.id, msgspec.structs.replace(third.record, closed_on=TODAY)
    )
    with pytest.raises(CannotDo, match="不能删除"):  # closed elsewhere since it was shown
        drop_run(pool.store, third)
    with pytest.raises(CannotDo, match="不能删除"):
        drop_run(pool.store, first)


def test_a_closed_run_is_never_changed_and_a_correction_books_the_differences(pool: PoolHand):
    licence = pool.licenses("农机公司", (date(2026, 5, 6), "700.00"))
    first = pool.closes(pool.begins())
    assert pool.due(first) == {"甲大学": "450.00", "乙公司": "90.00", "丙院": "90.00"}
    with pytest.raises(CannotDo, match="不再改动"):
        save_run(pool.store, first, msgspec.structs.replace(first.record, notes="x"))
    with pytest.raises(CannotDo, match="写明更正的原因"):
        correct_run(pool.store, pool.id, first.id, " ")
    again = correct_run(pool.store, pool.id, first.id, "丙院的专利应为甲级")
    shelf = pool.store.records.of(PATENTS)
    patent = shelf.listed(parent=pool.id, keys=["ZL202230514476.2"])[0]
    shelf.save(patent.id, msgspec.structs.replace(patent.record, grade="甲级"))
    done = pool.closes(again)
    # 630 go 5:1:5 now; 甲 and 丙 have one remainder, and 甲 joined first
    amounts = [str(share.amount) for share in done.record.shares]
    assert amounts == ["286.37", "57.27", "286.36"]
    assert pool.due(done) == {"甲大学": "-163.63", "乙公司": "-32.73", "丙院": "196.36"}
    assert sum(share.due for share in done.record.shares) == 0
    assert pool.store.records.of(RUNS).get(first.id).record == first.record
    with pytest.raises(CannotDo, match="已由2026 年第 2 次更正"):
        correct_run(pool.store, pool.id, first.id, "再改")
    third = correct_run(pool.store, pool.id, done.id, "退回一笔")
    without = msgspec.structs.replace(third.record, receipts=())
    third = save_run(pool.store, third, without)
    assert [t.of_id for t in receipts_to_count(pool.store, pool.money, third.record)] == [licence]


def test_what_is_left_out_by_a_closed_correction_may_be_shared_later(pool: PoolHand):
    pool.licenses("农机公司", (date(2026, 5, 6), "700.00"), (date(2026, 6, 6), "70.00"))
    first = pool.closes(pool.begins())
    again = correct_run(pool.store, pool.id, first.id, "一笔误计")
    fewer = msgspec.structs.replace(again.record, receipts=again.record.receipts[:1])
    again = save_run(pool.store, again, fewer)
    assert receipts_to_count(pool.store, pool.money, pool.begins().record) == []
    pool.closes(again)
    later = receipts_to_count(pool.store, pool.money, pool.begins().record)
    assert [taken.amount for taken in later] == [Decimal(70)]


def test_members_are_paid_what_they_get_and_no_fen_more(pool: PoolHand):
    pool.licenses("农机公司", (date(2026, 5, 6), "700.00"))
    run = pool.closes(pool.begins())
    one = Payment(run_id=run.id, member_id=pool.members["甲大学"], day=TODAY)
    pays = msgspec.structs.replace
    pay(pool.store, pool.id, [pays(one, amount=Decimal("400.00"), voucher="0420")])
    assert [str(each.left) for each in owed(pool.money)] == ["50.00", "90.00", "90.00"]
    with pytest.raises(CannotDo, match=r"还有 50\.00 元，不能登记 50\.01 元"):
        pay(pool.store, pool.id, [pays(one, amount=Decimal("50.01"))])
    with pytest.raises(CannotDo, match="不能登记"):
        pay(pool.store, pool.id, [pays(one, amount=Decimal(30)), pays(one, amount=Decimal(30))])
    assert len(pool.money.payments) == 1


def test_what_can_not_be_closed_says_why(pool: PoolHand):
    pool.licenses("农机公司", (date(2026, 5, 6), "700.00"))
    kept = pool.begins()
    with pytest.raises(CannotDo, match="到期后定稿"):
        pool.closes(kept, date(2026, 12, 1))
    agreed = msgspec.structs.replace(kept.record, rule=ShareRule(method="agreed"))
    kept = save_run(pool.store, kept, agreed)
    with pytest.raises(CannotDo, match="甲大学 没有填写协议份额"):
        pool.closes(kept)
    with pytest.raises(CannotDo, match="早于起日"):
        pool.begins(YEAR[1], YEAR[0])
    joined = PoolHand(pool.store, name="加入的", run="joined")
    with pytest.raises(CannotDo, match="不由本单位运营"):
        joined.begins()


def test_annuities_that_were_noted_as_paid_are_taken_for_the_members(store: Store):
    pool = PoolHand(store, annuities="pool")
    pool.licenses("农机公司", (date(2026, 5, 6), "700.00"))
    for number, year, day in (
        ("ZL202110345678.3", 6, date(2026, 3, 1)),
        ("ZL202110345678.3", 5, date(2025, 3, 1)),
        ("ZL201910055850.4", 8, date(2026, 3, 1)),
    ):
        key = f"annual_fee:{number}:{year}"
        store.duties.put([DutyNote(key=key, state="done", day=day, amount=Decimal(135))])
    kept = pool.begins()
    assert [(fee.what, fee.amount) for fee in kept.record.fees] == [("第6年年费", Decimal(135))]
    done = pool.closes(kept)
    assert done.record.totals.distributed == Decimal("495.00")


def test_forty_members_and_three_thousand_patents_live_three_years(store: Store):
    hand = PoolHand(store)
    members = [hand.adds(MEMBERS, Member(party=Party(name=f"成员{i}"))) for i in range(37)]
    begun, patents = date(2025, 1, 1), []
    for i in range(2996):
        out = begun + timedelta(days=i) if i % 3 == 0 else None
        patents.append(
            PoolPatent(
                number=f"P{i}",
                member_id=members[i % 37],
                grade=GRADES[i % 2].name,
                entered_on=begun,
                out_on=out,
            )
        )
    store.records.of(PATENTS).add_all(patents, parent=hand.id)
    income = {2025: "1000000.00", 2026: "333333.33", 2027: "0.07"}
    hand.licenses("某公司", *((date(year, 6, 1), amount) for year, amount in income.items()))
    lasting = []
    for year, amount in income.items():
        kept = hand.begins(date(year, 1, 1), date(year, 12, 31))
        run = hand.closes(kept, date(2028, 1, 1)).record
        assert sum(share.amount for share in run.shares) == run.totals.distributed
        assert run.totals.distributed + run.totals.fee == Decimal(amount)
        lasting.append(sum(share.count for share in run.shares))
        assert shares(run.reckoned).total == run.totals.distributed
    # of 2,996 every third leaves, i days after the first: 999 of them, the one at 0 never was in
    assert lasting[0] == 2996 - 1 + 4
    assert lasting == sorted(lasting, reverse=True)
    assert len(owed(hand.money)) == 40 + 40 + len([s for s in run.shares if s.amount])
    assert undistributed(store, hand.money, date(2028, 1, 1)) == []
    entered = Taken(payer="捐赠", day=date(2027, 2, 2), amount=Decimal("10.00"))
    more = hand.begins(date(2027, 1, 1), date(2027, 12, 31))
    more = save_run(store, more, msgspec.structs.replace(more.record, receipts=(entered,)))
    assert looked_at(hand.money, more.record).totals.distributed == Decimal("9.00")


def test_notices_are_printed_by_the_offices_own_pack(
    pool: PoolHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pool.licenses("农机公司", (date(2026, 5, 6), "700.00"))
    run = pool.closes(pool.begins()).record
    asked: list[Path | None] = []

    def spy(kind, own=None):
        asked.append(own)
        return record_pack(kind)

    monkeypatch.setattr("forms.office.pool_statements.record_pack", spy)
    packs = tmp_path / "packs"
    made = write_notices(pool.money, run, Office(), TODAY, tmp_path / "out", own=packs)
    assert asked == [packs] * 3
    assert (made.notices, made.mails) == (3, 1)
    assert (made.folder / "分配表.pdf").read_bytes().startswith(b"%PDF")
