"""At the command line: a year of a pool is shared, closed, noticed, paid and corrected."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import openpyxl
import pytest

from db.store import open_store
from tests.desktop.clerk import Answer, Clerk
from tests.pool_hand import PoolHand

TODAY = "2027-01-15"


@pytest.fixture
def pool(clerk: Clerk) -> Iterator[Clerk]:
    with open_store(clerk.db, now=lambda: datetime(2027, 1, 15, tzinfo=UTC)) as store:
        hand = PoolHand(store)
        hand.licenses("农机公司", (date(2026, 5, 6), "1000.00"))
        hand.licenses("食品公司", (date(2026, 7, 8), "500.00"), numbers=("ZL202230514476.2",))
    return clerk


def types(clerk: Clerk, *words: object) -> Answer:
    return clerk.types("pool", *words, today=TODAY)


def test_a_year_of_a_pool(pool: Clerk):
    begun = types(pool, "run", "--from", "2026-01-01", "--to", "2026-12-31", "--json")
    assert begun.code == 0, begun.err
    run = begun.json["run"]
    assert (run["number"], run["income"], run["distributed"]) == ("2026-01", "1500.00", "1350.00")
    assert [share["amount"] for share in run["shares"]] == ["642.86", "128.57", "578.57"]
    assert types(pool, "run", "--json").json["undistributed"] == {"count": 2, "amount": "1500.00"}

    book = pool.folder / "表.xlsx"
    words = ("--method", "number", "--fee", "20%", "--enter", "2026-08-01", "75", "捐赠人")
    changed = types(pool, "run", "--run", "2026-01", *words, "--out", book, "--json").json["run"]
    assert (changed["income"], changed["fee"], changed["total"]) == ("1575.00", "315.00", "1260.00")
    assert book.exists()
    agreed = types(pool, "run", "--run", "2026-01", "--method", "agreed", "--close")
    assert agreed.code == 2
    assert "甲大学 没有填写协议份额" in agreed.err
    closed = types(pool, "run", "--run", "2026-01", "--method", "weight", "--close", "--json")
    assert closed.json["run"]["closed_on"] == TODAY
    assert types(pool, "run", "--run", "2026-01", "--fee", "5").code == 2
    assert types(pool, "run", "--run", "2026-01", "--drop").code == 2

    made = types(pool, "statements", "--out", pool.folder, "--json").json
    assert (made["notices"], made["mails"]) == (3, 1)
    assert types(pool, "pay", "--member", "甲大学", "--amount", "700").code == 2
    paid = types(pool, "pay", "--member", "甲大学", "--voucher", "0420", "--json").json["due"]
    assert paid[0]["left"] == "0.00"
    assert len(types(pool, "pay", "--within", "0", "--json").json["due"]) == 2
    assert "2 笔未付" in types(pool, "pay").out

    again = types(pool, "run", "--run", "2026-01", "--correct", "捐赠另行使用", "--json").json[
        "run"
    ]
    assert (again["number"], again["corrects"], again["reason"]) == (
        "2026-02",
        True,
        "捐赠另行使用",
    )
    assert [share["due"] for share in again["shares"]] == ["0.00"] * 3
    assert types(pool, "run", "--run", "2026-02", "--drop", "--json").json == {"dropped": "2026-02"}
    assert "2026-02 的分配" in types(pool, "run", "--run", "2026-02").err


def test_payments_go_out_as_a_workbook_and_come_back(pool: Clerk):
    types(pool, "run", "--from", "2026-01-01", "--to", "2026-12-31", "--close")
    book = pool.folder / "付款.xlsx"
    assert types(pool, "pay", "--out", book).code == 0
    filled = openpyxl.load_workbook(book)
    sheet = filled["付款"]
    assert [cell.value for cell in sheet[2]][:3] == ["2026-01", "甲大学", 642.86]
    for line, amount in ((2, 642.86), (3, 100), (4, "待定")):
        sheet.cell(line, 4, date(2027, 1, 12))
        sheet.cell(line, 5, amount)
    filled.save(book)
    taken = types(pool, "pay", "--from", book, "--json")
    assert taken.code == 1
    assert taken.json["paid"] == 2
    assert "“付款金额（元）”一格“待定”不能识别" in taken.json["notes"][0]
    again = types(pool, "pay", "--from", book, "--json").json
    assert again["paid"] == 0
    assert "甲大学 没有未付的款项" in again["notes"][0]
    assert "乙公司 的这笔付款已经登记" in again["notes"][1]
    due = types(pool, "pay", "--json").json["due"]
    assert [one["left"] for one in due] == ["28.57", "578.57"]


def test_what_can_not_be_meant_is_refused(pool: Clerk):
    assert "须写明期间" in types(pool, "run", "--from", "2026-01-01").err
    asked = ("run", "--from", "2026-01-01", "--to", "2026-02-01")
    assert types(pool, *asked, "--fee", "x").code == 2
    assert "--enter" in types(pool, *asked, "--enter", "2026", "1", "甲").err
    assert "还没有定稿的分配" in types(pool, "statements", "--out", pool.folder).err


def test_income_of_another_period_is_not_entered(pool: Clerk):
    types(pool, "run", "--from", "2026-01-01", "--to", "2026-12-31")
    late = types(pool, "run", "--run", "2026-01", "--enter", "2036-08-01", "75", "捐赠人")
    assert late.code == 2
    assert "不在期间 2026-01-01 至 2026-12-31 之内" in late.err


def test_a_payment_of_a_day_to_come_is_refused_and_nothing_due_is_no_fault(pool: Clerk):
    types(pool, "run", "--from", "2026-01-01", "--to", "2026-12-31", "--close")
    early = types(pool, "pay", "--run", "2026-01", "--member", "甲大学", "--on", "2036-01-20")
    assert early.code == 2
    assert "晚于今天" in early.err
    for one in types(pool, "pay", "--json").json["due"]:
        types(pool, "pay", "--run", "2026-01", "--member", one["member"], "--on", TODAY)
    book = pool.folder / "付款.xlsx"
    types(pool, "pay", "--out", book)
    assert types(pool, "pay", "--from", book).code == 0


@pytest.mark.parametrize(
    "words", ["pool list", "needs list", "match", "stock round", "stock watch"]
)
def test_where_there_is_nothing_the_next_step_is_told(clerk: Clerk, words: str):
    assert len(clerk.types(*words.split()).out) > 10
