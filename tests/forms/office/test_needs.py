"""Needs of companies come in a workbook, again and again, and keep what was sent to them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.exchange.plain_table import TableRead, read_table
from forms.exchange.sheets import UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.office.needs import COLUMNS, NEEDS, Need, Push, as_book, take_in, template
from forms.output.plain_book import SheetOfRows, write_plain_book

RAIL = Need(
    company="襄阳示例轨道装备股份有限公司",
    words="碳纤维转向架",
    field="轨道交通",
    region="襄阳市",
    budget=Decimal(60000),
    contact="刘工",
)


def read(folder: Path, content: bytes) -> TableRead:
    file = folder / "需求.xlsx"
    file.write_bytes(content)
    return read_table(read_file(file), COLUMNS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "资料.db", now=lambda: datetime(2026, 11, 23, tzinfo=UTC)) as opened:
        yield opened


def test_needs_go_out_and_come_back_the_same(store: Store, tmp_path: Path) -> None:
    found = take_in(store, read(tmp_path, as_book([RAIL])), who="王敏")
    assert found.new == (RAIL,)
    again = take_in(store, read(tmp_path, as_book([RAIL])))
    assert (again.new, again.changed, again.unchanged) == ((), (), 1)
    assert [one.record for one in store.records.of(NEEDS).listed()] == [RAIL]


def test_a_need_said_again_is_brought_up_to_date_and_keeps_what_was_sent(
    store: Store, tmp_path: Path
) -> None:
    needs = store.records.of(NEEDS)
    sent = msgspec.structs.replace(
        RAIL, pushes=(Push(number="ZL202010136533.8", on=date(2026, 11, 2)),)
    )
    needs.add(sent)
    said = msgspec.structs.replace(RAIL, budget=Decimal(80000), contact="")
    take_in(store, read(tmp_path, as_book([said])))
    (kept,) = needs.listed()
    assert kept.record == msgspec.structs.replace(sent, budget=Decimal(80000))
    assert kept.state == "pushed"


def test_a_dry_run_says_what_would_come_and_keeps_nothing(store: Store, tmp_path: Path) -> None:
    found = take_in(store, read(tmp_path, as_book([RAIL, RAIL])), dry_run=True)
    assert len(found.new) == 1
    assert store.records.of(NEEDS).count() == 0


def test_other_orders_other_words_and_ten_thousands_are_understood(tmp_path: Path) -> None:
    rows = [("碳纤维转向架", "6", "某公司"), ("制动盘", "面议", "别的公司"), ("", "", "无需求公司")]
    book = write_plain_book([SheetOfRows("表", ("需求描述", "预算（万元）", "单位名称"), rows)])
    found = read(tmp_path, book)
    assert [row.values["budget"] for row in found.rows] == [Decimal(60000)]
    assert found.left_out == (
        "“表”第 3 行：可接受的许可使用费（元）“面议”无法识别，未导入。",
        "“表”第 4 行：没有技术需求，未导入。",
    )


def test_a_file_without_the_columns_says_which_there_should_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="企业名称”“技术需求"):
        read(tmp_path, write_plain_book([SheetOfRows("表", ("姓名", "电话"), [("甲", "1")])]))
    assert read(tmp_path, template()) == TableRead((), ())
