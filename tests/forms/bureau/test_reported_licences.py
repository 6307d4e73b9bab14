"""Licences as offices report them: read from any workbook, each kept once, strangers told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from db.store import Store, open_store
from forms.bureau.provincial_store import export, look_up
from forms.bureau.records import PACKAGE_CASES, PackageCase
from forms.bureau.reported_licences import read_licences, take_licences
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.record import Case, Patent
from forms.ground.cleaning import Cell

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
DAY = date(2026, 11, 24)
FIRST, SECOND = "ZL202110345678.3", "ZL202120862680.3"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "省局.db", now=lambda: NOW) as opened:
        case = Case(patent=Patent(number=FIRST, title="桥梁裂缝检测方法"))
        opened.records.of(PACKAGE_CASES).add(
            PackageCase(office="示例大学", case=case, state="published")
        )
        yield opened


def sheet(*rows: list[Cell]) -> Sheet:
    return Sheet("许可情况.xlsx", "表1", [list(row) for row in rows])


def test_a_report_is_read_kept_once_and_what_is_not_in_the_store_is_told(store: Store) -> None:
    read = read_licences(
        [
            sheet(
                ["2026 年第 4 季度许可情况"],
                ["序号", "专利号", "被许可人", "合同金额（万元）", "签订日期"],
                [1, FIRST, "甲公司", 5, "2026-11-01"],
                [2, FIRST, "甲公司", 5, "2026-11-01"],
                [3, SECOND, "乙公司", None, None],
                [4, "", "丙公司", None, None],
                [5, FIRST, "丁公司", "面议", None],
            )
        ],
        "季度报表.xlsx",
        DAY,
    )
    assert len(read.left_out) == 2 and "第 6 行" in read.left_out[0]
    taken = take_licences(store, read.licences)
    assert (taken.kept, taken.again, taken.unlisted) == (1, 1, (SECOND,))
    (entry,) = look_up(store, "licensed").entries
    (licence,) = [kept.record for kept in entry.licences]
    assert (licence.title, licence.office) == ("桥梁裂缝检测方法", "示例大学")
    assert licence.amount == Decimal(50_000) and licence.signed_on == date(2026, 11, 1)
    assert licence.source == "季度报表.xlsx" and licence.reported_on == DAY
    assert take_licences(store, read.licences).kept == 0


def test_a_search_of_the_store_says_where_it_found_more_than_it_shows(store: Store) -> None:
    shelf = store.records.of(PACKAGE_CASES)
    for state in ("passed", "refused", "passed"):
        case = Case(patent=Patent(number=SECOND, title="桥梁检测装置"))
        shelf.add(PackageCase(office="示例大学", case=case, state=state))
    found = look_up(store, search="桥梁 检测")
    assert [one.kept.state for one in found.entries] == ["passed", "passed", "published"]
    assert (found.total, found.is_more) == (3, False)
    some = look_up(store, search="桥梁", limit=2)
    assert (len(some.entries), some.total, some.is_more) == (2, 2, True)
    assert look_up(store, search="桥梁", limit=None).total == 3
    assert look_up(store, limit=2).total == 3


def test_the_stores_own_export_is_understood(store: Store, tmp_path: Path) -> None:
    read = read_licences(
        [sheet(["专利号", "被许可人", "金额（元）"], [FIRST, "甲公司", 300])], "报表", DAY
    )
    take_licences(store, read.licences)
    (tmp_path / "总库.xlsx").write_bytes(export(look_up(store).entries, {}))
    again = read_licences(read_file(tmp_path / "总库.xlsx"), "总库", DAY)
    assert [(one.licensee, one.amount) for one in again.licences] == [("甲公司", Decimal(300))]
    assert take_licences(store, again.licences).again == 1


def test_a_workbook_of_something_else_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="被许可人"):
        read_licences([sheet(["单位", "联系人"], ["示例大学", "陈"])], "名册", DAY)
