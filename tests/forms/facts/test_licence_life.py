"""A licence from its notice to its end: what takes effect when, what is owed, what came in."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from forms.facts.licence_effect import effect, last_day, runs
from forms.facts.licence_ledger import ledger, penalty_percent
from forms.facts.licence_life import (
    Ending,
    Life,
    Milestone,
    Notice,
    Proof,
    Receipt,
    Recordal,
    RecordalItem,
    RoyaltyReport,
    RunningTerms,
)
from forms.facts.licence_schedule import due_words, schedule, to_fen, total
from forms.facts.record import (
    Case,
    EntryRunning,
    Instalments,
    Licence,
    LumpSum,
    OtherStandard,
    Royalty,
    Running,
)
from forms.facts.recordal import deadline, is_late, relieved_from, standing, state

NOTICED, PAID = date(2026, 8, 18), date(2026, 8, 27)
END = date(2027, 12, 31)
PENALTY = "每逾期一日，按未付金额的万分之五"


def offer(royalty: Royalty) -> Case:
    return Case(royalty=royalty, offer_end=END)


def noticed(*receipts: Receipt, starts_on: date | None = None, **more: object) -> Licence:
    life = Life(notice=Notice(day=NOTICED), receipts=receipts, **more)  # type: ignore[arg-type]
    return Licence(agreed="as_offered", starts_on=starts_on, life=life)


def paid(day: date, yuan: str) -> Receipt:
    return Receipt(day=day, amount=D(yuan))


# --- effect --------------------------------------------------------------------------------------


def test_an_open_licence_takes_effect_by_notice_and_the_first_payment_as_published() -> None:
    case = offer(Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=D(100000))))
    assert effect(case, Licence(life=Life(effect_by="open"))).missing == "notice"
    assert effect(case, noticed()).missing == "payment"
    part = noticed(paid(PAID, "60000"))
    assert effect(case, part).day is None
    whole = noticed(paid(PAID, "60000"), paid(date(2026, 9, 1), "40000"))
    assert effect(case, whole).day == date(2026, 9, 1)
    early = noticed(paid(date(2026, 8, 1), "100000"))
    assert effect(case, early).day == NOTICED


def test_a_free_one_takes_effect_by_its_notice_alone() -> None:
    assert effect(offer(Royalty(way="free")), noticed()).day == NOTICED


def test_where_nothing_is_to_be_paid_first_the_day_is_asked() -> None:
    case = offer(Royalty(way="running", running=Running(rate_percent=D(3))))
    assert effect(case, noticed()).missing == "stated"
    assert effect(case, noticed(starts_on=PAID)).day == PAID


def test_an_agreed_one_takes_effect_by_its_contract_whatever_notice_there_is() -> None:
    case = offer(Royalty(way="free"))
    contract = Licence(agreed="negotiated", signed_on=PAID, life=Life(notice=Notice(day=NOTICED)))
    assert effect(case, contract) == effect(case, replace(contract, life=Life()))
    assert effect(case, contract).day == PAID
    assert effect(case, replace(contract, signed_on=None)).missing == "signing"
    assert relieved_from(case, contract) is None


def test_it_runs_to_the_end_of_the_offer_or_to_its_own() -> None:
    case = offer(Royalty(way="free"))
    ended = noticed(ending=Ending(day=date(2026, 12, 1), by="terminated"))
    assert last_day(case, noticed()) == END
    assert last_day(case, ended) == date(2026, 12, 1)
    assert runs(case, ended, date(2026, 12, 1))
    assert not runs(case, ended, date(2026, 12, 2))


# --- each way of paying, from notice to end -----------------------------------------------------


def test_instalments_by_the_quarter_as_screen_and_contract_have_them() -> None:
    way = Instalments(
        first_days=0,
        first_amount=D(60000),
        cycle="quarter",
        each_days=15,
        batches=4,
        each_amount=D(30000),
    )
    case = offer(Royalty(way="instalments", instalments=way))
    licence = noticed(paid(PAID, "60000"), paid(date(2026, 9, 29), "30000"))
    account = ledger(case, licence, date(2026, 12, 20))
    assert [(str(one.due.due), one.state) for one in account.lines] == [
        ("2026-08-27", "paid"),
        ("2026-09-30", "paid"),
        ("2026-12-31", "due"),  # payable from 12-17
        ("2027-03-31", "ahead"),
        ("2027-06-30", "ahead"),
    ]
    assert (account.total, account.received) == (D("180000.00"), D("90000"))
    late = ledger(case, replace(licence, penalty=PENALTY), date(2027, 1, 10))
    assert late.overdue == D("30000.00")
    assert late.lines[2].days_late == 10
    assert late.penalty == D("150.00")  # 30,000 x 0.05 % x 10


def test_a_first_payment_is_counted_from_an_agreed_contract_and_may_be_late() -> None:
    way = Instalments(
        first_days=30,
        first_amount=D(60000),
        cycle="month",
        each_days=5,
        batches=2,
        each_amount=D("20000.50"),
    )
    contract = Licence(
        agreed="negotiated",
        royalty=Royalty(way="instalments", instalments=way),
        signed_on=date(2026, 1, 15),
        penalty=PENALTY,
        life=Life(receipts=(paid(date(2026, 2, 24), "60000"),)),
    )
    account = ledger(Case(), contract, date(2026, 3, 1))
    assert [str(one.due.due) for one in account.lines] == ["2026-02-14", "2026-02-28", "2026-03-31"]
    assert account.lines[0].penalty == D("300.00")  # ten days late, paid since
    assert account.lines[1].penalty == D("10.00")  # 20,000.50 for one day, to the fen


def test_a_running_royalty_is_owed_by_what_was_reported() -> None:
    case = offer(Royalty(way="running", running=Running(rate_percent=D(3), base="net_sales")))
    licence = noticed(
        paid(date(2026, 10, 20), "20000"),
        starts_on=date(2026, 3, 16),
        running=RunningTerms(cycle="quarter", days=15),
        reports=(RoyaltyReport(period="2026-Q4", base=D(1280000)),),
    )
    licence = replace(licence, life=replace(licence.life, notice=Notice(day=date(2026, 3, 9))))
    account = ledger(case, licence, date(2027, 2, 1))
    said = [(due_words(one.due), str(one.due.due), one.state) for one in account.lines[:4]]
    assert said == [
        ("2026年一季度提成费", "2026-04-15", "unreported"),
        ("2026年二季度提成费", "2026-07-15", "unreported"),
        ("2026年三季度提成费", "2026-10-15", "unreported"),
        ("2026年四季度提成费", "2027-01-15", "overdue"),
    ]
    assert account.lines[3].due.amount == D("38400.00")
    assert account.overdue == D("18400.00")
    assert account.lines[-1].due.due == date(2028, 1, 15)


def test_the_least_and_the_most_of_a_running_royalty_hold() -> None:
    way = EntryRunning(entry_fee=D(50000), rate_percent=D(5), base="profit")
    licence = noticed(
        paid(PAID, "50000"),
        running=RunningTerms(minimum=D(1000), cap=D(4000)),
        reports=(
            RoyaltyReport(period="2026", base=D(0)),
            RoyaltyReport(period="2027", base=D(1000000)),
        ),
    )
    account = ledger(offer(Royalty(way="entry_running", entry_running=way)), licence, END)
    assert [one.due.amount for one in account.lines] == [D(50000), D(1000), D(3000)]
    assert [one.due.kind for one in account.lines] == ["entry", "running", "running"]


def test_milestones_are_owed_once_their_day_is_known() -> None:
    case = offer(Royalty(way="other", other=OtherStandard(text="按节点支付")))
    steps = (Milestone(what="产品上市", amount=D(50000)), Milestone(what="验收", amount=D(9)))
    licence = noticed(starts_on=PAID, milestones=steps)
    assert [one.state for one in ledger(case, licence, END).lines] == ["undated", "undated"]
    known = replace(steps[0], due_on=date(2027, 1, 1))
    licence = noticed(starts_on=PAID, milestones=(known, steps[1]))
    assert ledger(case, licence, END).overdue == D(50000)


def test_what_is_paid_over_is_told_and_what_can_not_count_is_left_out() -> None:
    case = offer(Royalty(way="lump_sum", lump_sum=LumpSum(amount=D(100))))
    odd = (paid(PAID, "-5"), Receipt(amount=D(7)))
    account = ledger(case, noticed(paid(PAID, "130"), *odd), PAID)
    assert (account.over, account.received) == (D(30), D(130))
    assert account.odd == odd


# --- laws ----------------------------------------------------------------------------------------

_money = st.decimals(min_value=0, max_value=10**9, places=3)


@given(
    first=_money,
    each=_money,
    batches=st.integers(0, 60),
    cycle=st.sampled_from(("month", "quarter", "year")),
    signed=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_a_schedule_sums_to_its_total_in_whole_fen_and_in_order(
    first: D, each: D, batches: int, cycle: str, signed: date
) -> None:
    way = Instalments(first_amount=first, each_amount=each, batches=batches, cycle=cycle)  # type: ignore[arg-type]
    royalty = Royalty(way="instalments", instalments=way)
    owed = schedule(Case(), Licence(agreed="negotiated", royalty=royalty, signed_on=signed), signed)
    assert len(owed) == batches + 1
    assert total(owed) == to_fen(first + each * batches)
    assert all(one.amount == to_fen(one.amount or D(0)) for one in owed)
    days = [one.due for one in owed if one.due]
    assert days == sorted(set(days))


@given(
    receipts=st.lists(
        st.tuples(st.dates(date(2026, 1, 1), END), st.decimals(1, 90000, places=2)), max_size=12
    ),
    today=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_no_fen_is_lost_between_receipts_and_what_is_owed(
    receipts: list[tuple[date, D]], today: date
) -> None:
    way = Instalments(first_amount=D(60000), each_amount=D(30000), batches=4, cycle="quarter")
    case = offer(Royalty(way="instalments", instalments=way))
    account = ledger(case, noticed(*(Receipt(day=d, amount=a) for d, a in receipts)), today)
    laid = sum((one.received for one in account.lines), D(0))
    assert laid + account.over == account.received
    assert all(0 <= one.received <= (one.due.amount or 0) for one in account.lines)
    unpaid = [one.unpaid > 0 for one in account.lines]
    assert unpaid == sorted(unpaid)  # the oldest debt is paid first


# --- penalty in words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        (PENALTY, "0.05"),
        ("每日千分之一", "0.1"),
        ("每逾期一天按逾期金额的0.05%支付", "0.05"),
        ("每逾期１日，按照未付金额的万分之三", "0.03"),
        ("日百分之0.1", "0.1"),
        ("每逾期一个月支付百分之一", None),
        ("按同期贷款利率", None),
        ("每日千分之二，超过三十日的每日千分之三", None),
        ("", None),
    ],
)
def test_a_penalty_per_day_is_read_from_its_words(words: str, percent: str | None) -> None:
    assert penalty_percent(words) == (None if percent is None else D(percent))


# --- recordal ------------------------------------------------------------------------------------


def test_the_three_months_end_on_the_corresponding_day_or_the_next_day_worked() -> None:
    """Rules 5 and 15(2): 2026-05-03 is a Sunday in the holidays of May, moved to the 6th."""
    case = offer(Royalty(way="free"))

    def last(day: date) -> date | None:
        known = deadline(case, Licence(life=Life(notice=Notice(day=day))))
        return known.day if known else None

    assert last(date(2026, 3, 16)) == date(2026, 6, 16)
    assert last(date(2025, 11, 30)) == date(2026, 2, 28)  # a Saturday that is worked
    assert last(date(2026, 2, 3)) == date(2026, 5, 6)


def test_how_a_recordal_stands() -> None:
    case, free = offer(Royalty(way="free")), noticed()
    last = date(2026, 11, 18)
    assert state(case, free, last) == "open"
    assert state(case, free, last + timedelta(days=1)) == "late"
    asked = noticed(recordal=Recordal(submitted_on=last))
    assert not is_late(case, asked, END)
    done = noticed(recordal=Recordal(submitted_on=last, recorded_on=END, number="X1"))
    assert (state(case, done, END), relieved_from(case, done)) == ("recorded", END)


def test_how_a_free_licence_proves_its_payment_is_asked() -> None:
    case = offer(Royalty(way="free"))
    assert standing(case, noticed(), "payment", "payment").asks
    said = RecordalItem(code="payment", state="ready", note="双方确认免费的书面说明")
    licence = noticed(recordal=Recordal(items=(said,)))
    assert standing(case, licence, "payment", "payment").state == "ready"
    proved = noticed(Receipt(day=PAID, amount=D(1), proof=Proof(name="回单.pdf", sha256="0" * 64)))
    assert standing(case, proved, "payment", "payment").state == "ready"
