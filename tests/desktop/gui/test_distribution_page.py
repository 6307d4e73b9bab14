"""A pool's money in the window: a year is shared, closed for ever, paid, corrected, written out."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.pages.distribution import DistributionPage
from desktop.pages.pool import PoolPage
from desktop.parts.facts_sheet import FactsSheet
from desktop.shell.main_window import MainWindow
from forms.office.pool_money import pool_money
from tests.desktop.gui.seat import once, words
from tests.pool_hand import PoolHand

Answers = Callable[..., None]


BEGINS_AT = ""


@pytest.fixture
def pool(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> PoolHand:
    monkeypatch.setattr(window.desk, "_clock", lambda: datetime(2027, 1, 15, 4, tzinfo=UTC))
    hand = PoolHand(window.desk.store)
    hand.licenses("农机公司", (date(2026, 5, 6), "1000.00"), (date(2025, 12, 31), "77.00"))
    hand.licenses("食品公司", (date(2026, 7, 8), "500.00"), numbers=("ZL202230514476.2",))
    return hand


@pytest.fixture
def page(window: MainWindow, pool: PoolHand) -> DistributionPage:
    window.desk.go("distribution", pool_id=pool.id)
    shown = window.page
    assert isinstance(shown, DistributionPage)
    return shown


@pytest.fixture
def says(page: DistributionPage, monkeypatch: pytest.MonkeyPatch, refused: list[str]) -> Answers:
    """What the clerk writes into the next sheet; what can not be meant keeps it open."""

    def prepare(**said: str) -> None:
        def agrees(sheet: QDialog) -> bool:
            assert isinstance(sheet, FactsSheet)
            for name, text in said.items():
                sheet.lines[name].setText(text)
            sheet.take()
            return sheet.result() == QDialog.DialogCode.Accepted

        monkeypatch.setattr(page.desk.dialogs, "agrees", once(agrees, refused))

    return prepare


def due(page: DistributionPage) -> list[str]:
    assert page.one.run is not None
    return [str(share.due) for share in page.one.run.shares]


def test_a_year_is_shared_closed_paid_and_corrected(
    page: DistributionPage,
    says: Answers,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    refused: list[str],
) -> None:
    assert "3 笔许可收入共 1,577.00 元尚未分配" in "\n".join(words(page.list))
    says(first="2026-12-32")
    page.list.new.click()
    assert page.run_id == 0
    says()  # the year that is over, as it is proposed
    page.list.new.click()
    one = page.one
    assert due(page) == ["642.86", "128.57", "578.57"]
    assert "各成员应得相加为 1,350.00 元" in "\n".join(words(one))

    one.receipts.ticks[0].click()  # the last that came: it is for one patent alone
    assert due(page) == ["642.86", "128.57", "128.57"]
    one.receipts.ticks[0].click()
    one.shares.method.chosen.emit("number")
    assert due(page) == ["300.00", "300.00", "750.00"]
    one.shares.method.chosen.emit("agreed")
    assert "甲大学 没有填写协议份额" in "\n".join(words(one))
    assert not one.next.isEnabled()
    says(number_part="50", weight_part="50", cap_percent="40")
    page.doing.change_formula()
    # 471.43, 214.29, 664.28 without the cap of 540; then 甲 is beyond it too
    assert due(page) == ["540.00", "270.00", "540.00"]
    one.shares.method.chosen.emit("weight")
    says(cap_percent="")
    page.doing.change_formula()
    says(fee_percent="20")
    page.doing.change_fee()
    assert due(page) == ["571.43", "114.29", "514.28"]

    monkeypatch.setattr(page.desk.dialogs, "confirm", lambda *_, **__: True)
    monkeypatch.setattr(page.desk.dialogs, "folder", lambda *_, **__: None)
    one.next.click()
    assert one.run is not None
    assert one.run.is_closed
    assert not one.receipts.ticks
    says(amount="571.44", voucher="0420")
    page.doing.pay_of_run(one.member_id)
    assert "不能登记 571.44 元" in refused[-1]
    says(amount="571.43")
    one.next.click()
    assert len(pool_money(page.desk.store, page.pool_id).payments) == 1

    says(reason="一笔误计")
    page.doing.correct()
    one.receipts.ticks[1].click()
    assert due(page) == ["-571.43", "-114.29", "-114.28"]
    page.show_list()
    assert [kept.record.is_closed for kept in page.list.table.rows] == [False, True]
    assert page.list.filters.current == "unpaid"
    assert [row.share.name for row in page.list.due.rows] == ["乙公司", "丙院"]


def test_notices_workbooks_and_mails_are_written(
    page: DistributionPage, pool: PoolHand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    run = pool.closes(pool.begins())
    page.show_run(run.id)
    monkeypatch.setattr(page.desk.dialogs, "folder", lambda *_, **__: tmp_path)
    page.doing.write_notices()
    qtbot.waitUntil(lambda: not page.desk.jobs.running, timeout=20_000)
    folder = tmp_path / "示例专利池_收益分配_2026-01"
    names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.*"))
    assert names == [
        "01 甲大学/收益分配明细_2026-01_甲大学.xlsx",
        "01 甲大学/收益分配通知书_2026-01_甲大学.pdf",
        "01 甲大学/邮件草稿1.eml",
        "02 乙公司/收益分配明细_2026-01_乙公司.xlsx",
        "02 乙公司/收益分配通知书_2026-01_乙公司.pdf",
        "03 丙院/收益分配明细_2026-01_丙院.xlsx",
        "03 丙院/收益分配通知书_2026-01_丙院.pdf",
        "分配表.pdf",
        "分配表.xlsx",
    ]
    book = openpyxl.load_workbook(folder / "分配表.xlsx")
    rows = list(book["分配表"].values)
    assert rows[1][1:4] == ("甲大学", 1, 1)
    assert rows[-1][-1] == 1350
    assert [row[0] for row in book["计入的专利"].values] == ["成员", "甲大学", "乙公司", "丙院"]

    file = tmp_path / "表.xlsx"
    monkeypatch.setattr(page.desk.dialogs, "save", lambda *_, **__: file)
    page.doing.save_book()
    assert file.read_bytes() == (folder / "分配表.xlsx").read_bytes()


def test_a_pool_that_was_joined_is_shared_by_its_operator(
    window: MainWindow, page: DistributionPage
) -> None:
    joined = PoolHand(window.desk.store, name="加入的专利池", run="joined")
    window.desk.go("distribution", pool_id=joined.id)
    page.refresh()
    assert page.joined.isVisible()
    page.escape()
    assert isinstance(window.page, PoolPage)


def test_a_payment_list_is_filled_in_and_taken_back(
    page: DistributionPage, pool: PoolHand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pool.closes(pool.begins())
    page.show_list()
    file = tmp_path / "付款.xlsx"
    monkeypatch.setattr(page.desk.dialogs, "save", lambda *_, **__: file)
    monkeypatch.setattr(page.desk.dialogs, "files", lambda *_, **__: [file])
    page.doing.payments_out()
    book = openpyxl.load_workbook(file)
    for line in (2, 3, 4):
        book["付款"].cell(line, 4, date(2027, 1, 12))
        book["付款"].cell(line, 5, book["付款"].cell(line, 3).value)
    book.save(file)
    page.doing.payments_in()
    page.refresh()
    assert page.list.due.rows == []
    assert not page.list.pay.isEnabled()


def test_the_notice_follows_the_member_in_hand(
    page: DistributionPage, pool: PoolHand, qtbot: QtBot
) -> None:
    page.show_run(pool.begins().id)
    page.resize(1500, 900)
    qtbot.waitUntil(lambda: page.one.preview.page_shown is not None, timeout=20_000)
    assert page.one.member_id == pool.members["甲大学"]
    page.one.next_member()
    assert page.one.member_id == pool.members["乙公司"]
    qtbot.waitUntil(lambda: "乙公司" in "\n".join(words(page.one.preview)))
    page.escape()
    assert page.run_id == 0
