"""Annual fees: what is listed, the list to pay by, and the platform's tables held against it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import msgspec
import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store import Store, open_store
from forms.exchange.fee_export import read_fee_export
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.patent_number import check_character, parse
from forms.facts.paths import with_value
from forms.facts.record import Case, Office, Party, Patent
from forms.ground.cleaning import Cell
from forms.office.annual_fees import PaperHead, fees_of, payment_list, write_payment_files
from forms.office.fee_import import PAID_TO, FeeImport, compared, take_over
from forms.office.holdings import Holding, gathered
from forms.office.store import CannotDo
from forms.output.payment_list import COLUMNS, MOST_ROWS, write_payment_list
from tests.forms.office.test_duties import DAY, LATE, stored

OFFICE = Office(name="示例大学", identity_number="12420000MB0Y0G0A1F", contact="张喆")
HEAD = PaperHead(OFFICE, DAY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    with open_store(tmp_path / "openlicense.db", now=lambda: now) as opened:
        yield opened


def held(*patents: Patent) -> list[Holding]:
    return gathered([stored(Case(patent=one), place) for place, one in enumerate(patents, 1)], {})


# --- the list to pay by -------------------------------------------------------------------------


def test_a_surcharge_has_a_row_of_its_own_in_the_nine_columns(tmp_path: Path) -> None:
    listed = payment_list(held(LATE), OFFICE, DAY, date(2026, 12, 31))
    (file,) = write_payment_files(listed, tmp_path / "清单.xlsx", HEAD)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(rows[0]) == COLUMNS
    payer = ("示例大学", "12420000MB0Y0G0A1F")
    assert rows[1:] == [
        [1, "2018112033451", None, *payer, "发明专利第9年年费", None, 300, rows[1][8]],
        [2, "2018112033451", None, *payer, "发明专利年费滞纳金", None, 100, rows[2][8]],
    ]
    assert rows[1][8] == "2026-10-16 已到期；减缴85%"
    assert rows[2][8] == "第9年年费逾期，全额的5%"
    assert listed.total == 400
    with pytest.raises(CannotDo):
        write_payment_files(listed, file, HEAD)
    again = write_payment_list(listed.files[0])
    assert again == file.read_bytes()
    assert openpyxl.load_workbook(BytesIO(again)).worksheets[0].cell(2, 2).data_type == "s"


def test_a_file_holds_500_rows_and_a_patent_is_not_parted(tmp_path: Path) -> None:
    patents = []
    for place in range(260):
        digits = f"20181{place:07d}"
        number = f"ZL{digits}.{check_character(digits)}"
        patents.append(msgspec.structs.replace(LATE, number=number))
    paid = msgspec.structs.replace(LATE, number="ZL202110345678.3", fee_paid_to=date(2027, 10, 16))
    listed = payment_list(held(*patents, paid), OFFICE, DAY, DAY)
    assert [len(rows) for rows in listed.files] == [MOST_ROWS, 20]
    files = write_payment_files(listed, tmp_path / "清单.xlsx", HEAD)
    assert [file.name for file in files] == ["清单.xlsx", "清单-2.xlsx"]


def test_the_list_is_a_paper_for_those_who_sign_for_the_money(tmp_path: Path) -> None:
    listed = payment_list(held(LATE), OFFICE, DAY, date(2026, 12, 31))
    (file,) = write_payment_files(
        listed, tmp_path / "清单.pdf", PaperHead(OFFICE, DAY, date(2026, 12, 31))
    )
    document = pypdfium2.PdfDocument(file.read_bytes())
    printed = document[0].get_textpage().get_text_bounded().replace(" ", "")
    document.close()
    for words in ("2018112033451", "人民币肆佰元整", "1件专利，2笔", "2026年12月31日前", "张喆"):
        assert words in printed


def test_what_can_not_be_listed_is_told() -> None:
    unchecked = msgspec.structs.replace(LATE, number="ZL201811203345")
    lapsed = msgspec.structs.replace(LATE, fee_paid_to=date(2024, 10, 16))
    no_day = Patent(number="ZL202110345678.3")
    for patent, said in ((unchecked, "没有校验位"), (lapsed, "请求恢复权利"), (no_day, "申请日")):
        listed = payment_list(held(patent), OFFICE, DAY)
        assert not listed.files
        assert said in listed.left_out[0]
        with pytest.raises(CannotDo):
            write_payment_files(listed, Path("没有.xlsx"), HEAD)


def test_without_a_profile_the_first_patentee_pays() -> None:
    case = Case(patent=LATE, owners=(Party(name="甲大学", identity_number="1"),))
    ((first, *_),) = payment_list(gathered([stored(case)], {}), Office(), DAY).files
    assert (first.payer, first.credit_code) == ("甲大学", "1")


def test_a_clerk_is_told_what_stands_in_doubt() -> None:
    (doubtful,) = held(msgspec.structs.replace(LATE, fee_paid_to=None, grant_date=None))
    assert len(fees_of(doubtful, DAY).words) == 2
    (lapsed,) = held(
        msgspec.structs.replace(LATE, fee_paid_to=date(2024, 10, 16), legal_status="有效")
    )
    assert "请核对" in fees_of(lapsed, DAY).words[0]


# --- what the platform says ---------------------------------------------------------------------

OWED = ["申请号/专利号", "发明创造名称", "待缴费用名称", "应缴费用金额", "期限届满日"]
PAID = ["费用类别", "应缴金额", "缴费日期", "缴费人姓名", "票据代码", "票据号码"]
NUMBER = "2018112033451"


def read(*rows: list[Cell], number: str = "") -> FeeImport:
    export = read_fee_export([Sheet("a.xlsx", "表", list(rows))], parse(number) if number else None)
    assert not export.unread
    return compared(held(LATE), export, DAY)


def test_what_agrees_is_silent_and_what_differs_is_told() -> None:
    agreed = read(OWED, [NUMBER, "x", "发明专利第9年年费", 300, "2026-10-16"])
    assert (agreed.matched, agreed.differences, agreed.changes) == (1, (), ())
    other = read(OWED, [NUMBER, "x", "发明专利第9年年费", "2000元", "2026-11-16"])
    words = [one.words for one in other.differences]
    assert "平台为 2026-11-16" in words[0]
    assert "平台为 2,000.00 元，推算为 300.00 元（减缴85%）" in words[1]
    paid = read(OWED, [NUMBER, "x", "发明专利第8年年费", 300, "2025-10-16"])
    assert "照台账已经缴纳" in paid.differences[0].words


def test_what_was_paid_further_is_taken_over() -> None:
    title: list[Cell] = ["申请号：2018112033451"]
    found = read(title, PAID, ["发明专利第9年年费", 300, date(2026, 10, 9), "示例大学", "", ""])
    (change,) = found.changes
    assert (change.before, change.after) == (date(2026, 10, 16), date(2027, 10, 16))
    earlier = read(PAID, ["发明专利第7年年费", 300, "2024-10-09"], number=f"ZL{NUMBER}")
    assert not earlier.changes
    assert "只到 2025-10-16" in earlier.differences[0].words


def test_what_another_has_noted_further_meanwhile_is_not_taken_back(store: Store) -> None:
    ids = store.cases.add_all([(Case(pack=code, patent=LATE), {}, "") for code in ("甲", "乙")])
    holdings = gathered(store.cases.listed(), {})
    export = read_fee_export(
        [Sheet("a.xlsx", "表", [PAID, ["发明专利第9年年费", 300, "2026-10-09"]])],
        parse(f"ZL{NUMBER}"),
    )
    changes = compared(holdings, export, DAY).changes
    further = with_value(store.cases.one(ids[0]).case, PAID_TO, date(2028, 10, 16))
    store.cases.save(further, case_id=ids[0])
    store.cases.bin(ids[1])
    take_over(store, changes)
    assert store.cases.one(ids[0]).case.patent.fee_paid_to == date(2028, 10, 16)


def test_a_part_payment_pays_no_year_and_is_made_good_by_the_day() -> None:
    """审查指南 第五部分第九章 4.2.1.3: what is owed is by the step of the second payment's day."""
    both = [
        PAID,
        ["发明专利第9年年费", 200, "2026-10-10"],
        ["费用种类", "金额", "缴费截止日"],
        ["发明专利第9年年费", 100, "2026-10-16"],
        ["发明专利年费滞纳金", 100, "2026-12-16"],
    ]
    found = read(*both, number=f"ZL{NUMBER}")
    assert (found.changes, found.differences) == ((), ())


def test_numbers_and_lines_that_say_too_little_are_told() -> None:
    unknown = read(OWED, ["2021103456783", "x", "发明专利第9年年费", 300, "2026-10-16"])
    assert unknown.unknown == ("ZL202110345678.3",)
    rows: list[list[Cell]] = [
        *(OWED, ["待定", "x", "发明专利第9年年费", 300, "2026-10-16"]),
        *([NUMBER, "x", "发明专利第9年年费", "面议", "2026-10-16"],),
        *([NUMBER, "x", "变更费", 200, "2026-10-16"],),
    ]
    export = read_fee_export([Sheet("a.xlsx", "表", rows)])
    assert (len(export.unread), export.others, export.lines) == (2, 1, ())
    with pytest.raises(UnreadableFile):
        read_fee_export([Sheet("a.xlsx", "表", [["专利号"], [NUMBER]])])


def test_a_sum_is_exact() -> None:
    (one,) = held(LATE)
    fees = fees_of(one, DAY, all_years=True)
    assert fees.total_payable == sum((a.payable for a in fees.annuities), Decimal(0))


_CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.dates(), st.booleans()
)


@given(st.lists(st.lists(_CELLS, max_size=6), max_size=6))
def test_no_table_whatever_stops_it(rows: list[list[Cell]]) -> None:
    header: list[Cell] = ["专利号", "费用种类", "金额", "缴费日期"]
    table = [*rows, header, *([NUMBER, "发明专利第9年年费", *row] for row in rows)]
    export = read_fee_export([Sheet("a.xlsx", "表", table)])
    found = compared(held(LATE), export, DAY)
    assert len(export.lines) + len(export.unread) + export.others == len(rows)
    assert found.unknown == ()
