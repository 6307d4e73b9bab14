"""What a clerk types, or a spreadsheet holds, and what it is read as."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.facts.amounts import capitals, chinese_date, grouped
from forms.facts.patent_number import check_character
from forms.facts.quantities import read_date, read_money
from forms.facts.record import Duration, Party
from forms.facts.several_names import (
    guess_kind,
    remarks_in,
    split_names,
    split_people,
    split_places,
)
from forms.ground.cleaning import NO_RESULT, Shown, cell_text, clean_line, clean_lines, fold
from forms.pack.reading import BLANKS, Unreadable, is_blank, read, write
from forms.pack.types import Choice, Field, FieldKind

KINDS: tuple[FieldKind, ...] = (
    "text",
    "long_text",
    "patent_number",
    "date",
    "money",
    "percent",
    "integer",
    "duration",
    "choice",
    "flag",
    "parties",
    "names",
    "postcode",
    "phone",
    "email",
)
WAYS = (
    Choice(value="free", label="免费", words=("免费使用", "无偿")),
    Choice(value="entry_running", label="入门费加提成", words=("入门费+提成费",)),
)
REPORT = (Choice(value="true", label="有", words=("已出具",)), Choice(value="false", label="无"))


def field(kind: FieldKind, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(path="region", label="某项", kind=kind, choices=choices)


def why(kind: FieldKind, cell: Any, choices: tuple[Choice, ...] = ()) -> str:
    with pytest.raises(Unreadable) as caught:
        read(field(kind, choices), cell)
    return caught.value.reason


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-16",
        "2023-5-16",
        "2023/5/16",
        "2023.5.16",
        "2023. 5. 16",
        "20230516",
        "2023年5月16日",
        "2023 年 05 月 16 日",
        "2023年5月16号",
        "二〇二三年五月十六日",
        "二○二三年五月十六日",
        "二零二三年 五月十六日",
        "２０２３－０５－１６",
        "２０２３年５月１６日",
        " 2023-05-16\u3000",
        "2023-05-16 00:00:00",
        "2023-05-16T10:30:00Z",
        "2023/5/16 9:05",
        "2023-05-16 10:30:00.000+08:00",
        date(2023, 5, 16),
        datetime(2023, 5, 16),
        datetime(2023, 5, 16, 10, 30),
        45062,
        45062.0,
        45062.4375,
        20230516,
        20230516.0,
    ],
)
def test_a_date_is_read_however_it_is_written(text: Any) -> None:
    assert read(field("date"), text) == date(2023, 5, 16)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2021-02-30", "no_such_day"),
        ("2030年2月30日", "no_such_day"),
        ("20230000", "no_such_day"),
        ("二〇二一年二月三十日", "no_such_day"),
        ("二〇二一年五月三十九日", "no_such_day"),
        (20210230, "no_such_day"),
        ("0203-05-16", "range"),
        ("2200-01-01", "range"),
        (5, "range"),
        (31137, "range"),
        (73051, "range"),
        (float("inf"), "range"),
        (2023.5, "range"),
        ("45000", "shape"),
        ("2023-05", "shape"),
        ("2023年5月", "shape"),
        ("16/5/2023", "shape"),
        ("23-5-16", "shape"),
        ("二〇二三年五月五五五日", "shape"),
        ("长期", "shape"),
        (True, "shape"),
        (time(10, 30), "shape"),
    ],
)
def test_what_is_no_date_is_not_guessed(text: Any, reason: str) -> None:
    assert why("date", text) == reason


def test_the_range_of_serial_numbers_reaches_from_the_patent_law_to_the_end_of_the_century() -> (
    None
):
    assert read(field("date"), 31138) == date(1985, 4, 1)
    assert read(field("date"), 73050.9) == date(2099, 12, 31)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_is_read_back(day: date) -> None:
    assert read(field("date"), write(field("date"), day)) == day
    assert read_date(chinese_date(day)) == day
    assert read_date(f"{day:%Y%m%d}") == day


@given(st.dates(date(1985, 4, 1), date(2099, 12, 31)))
def test_every_serial_number_is_its_day(day: date) -> None:
    assert read(field("date"), (day - date(1899, 12, 30)).days) == day


# ------------------------------------------------------------------ money and numbers


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100,000.00", "100000.00"),
        ("￥100000元", "100000"),
        ("¥ 100,000", "100000"),
        ("10万", "100000"),
        ("10万元", "100000"),
        ("1.5万", "15000"),
        ("１０万元", "100000"),
        ("0.8亿元", "80000000"),
        ("3百万元", "3000000"),
        ("5千元", "5000"),
        ("人民币100000元整", "100000"),
        ("人民币：100000元正", "100000"),
        ("RMB 5000", "5000"),
        ("10w", "100000"),
        ("1.5W元", "15000"),
        ("100 000", "100000"),
        ("1 234 567.80", "1234567.80"),
        ("100000元人民币", "100000"),
        ("十万元", "100000"),
        ("人民币壹拾万元整", "100000"),
        ("两万五千元", "25000"),
        ("壹佰元零伍分", "100.05"),
        ("一百元五角", "100.5"),
        ("12.340", "12.34"),
        ("0", "0"),
        (100000, "100000"),
        (100000.0, "100000"),
        (0.1 + 0.2, "0.3"),
        (33333.33, "33333.33"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: Any, amount: str) -> None:
    assert read(field("money"), text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "negative"),
        ("−5万元", "negative"),
        ("负五万元", "negative"),
        ("¥-5", "negative"),
        (-5.0, "negative"),
        ("3%", "shape"),
        ("面议", "shape"),
        ("10万元/年", "shape"),
        ("约10万", "shape"),
        ("10,00", "shape"),
        ("10 00", "shape"),
        ("100 000,5", "shape"),
        ("1e5", "shape"),
        ("万万万", "shape"),
        (date(2023, 5, 16), "shape"),
        (True, "shape"),
        ("1.005", "decimals"),
        (100 / 3, "decimals"),
        ("1000000000000000", "range"),
        (1e15, "shape"),
    ],
)
def test_what_is_no_amount_is_not_guessed(text: Any, reason: str) -> None:
    assert why("money", text) == reason


amounts = st.decimals(0, 10**14, places=2) | st.integers(0, 10**14).map(Decimal)


@given(amounts)
def test_every_amount_is_read_back_in_figures_and_in_capitals(amount: Decimal) -> None:
    assert read(field("money"), write(field("money"), amount)) == amount
    assert read_money(grouped(amount)) == amount
    if amount >= 1:
        assert read_money(capitals(amount)) == amount


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("3", "3"),
        ("3%", "3"),
        ("３％", "3"),
        ("3.5 %", "3.5"),
        ("百分之三", "3"),
        ("百分之3", "3"),
        (3.0, "3"),
        (0.03, "0.03"),
        ("1,000", "1000"),
        ("0.0300", "0.03"),
    ],
)
def test_a_percentage_is_read_as_stated(text: Any, percent: str) -> None:
    assert read(field("percent"), text) == Decimal(percent)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-3%", "negative"),
        ("3%~5%", "shape"),
        ("百分之万万", "shape"),
        ("3元", "shape"),
        ("0.12345", "decimals"),
        ("1000000000000", "range"),
    ],
)
def test_what_is_no_percentage_is_not_guessed(text: Any, reason: str) -> None:
    assert why("percent", text) == reason


@given(st.decimals(0, 999, places=4))
def test_every_percentage_is_read_back(percent: Decimal) -> None:
    assert read(field("percent"), write(field("percent"), percent)) == percent


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("30", 30),
        ("30日", 30),
        ("30 天", 30),
        ("30日内", 30),
        ("三十日", 30),
        ("7批次", 7),
        ("7个批次", 7),
        ("七", 7),
        ("30.0", 30),
        (30, 30),
        (30.0, 30),
        ("３０", 30),
    ],
)
def test_a_count_is_read_with_its_word_or_without(text: Any, count: int) -> None:
    assert read(field("integer"), text) == count
    assert write(field("integer"), count) == str(count)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-1", "negative"),
        ("30个月", "shape"),
        ("30个工作日", "shape"),
        ("30.5", "shape"),
        (30.5, "shape"),
        ("1000000000", "range"),
        ("1" * 5000, "range"),
        ("亿亿", "shape"),
        ("一百亿", "range"),
    ],
)
def test_what_is_no_count_is_not_guessed(text: Any, reason: str) -> None:
    assert why("integer", text) == reason


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("3年", 3, "year"),
        ("三年", 3, "year"),
        ("3", 3, "year"),
        (3.0, 3, "year"),
        ("36个月", 36, "month"),
        ("36月", 36, "month"),
        ("十二个月", 12, "month"),
        ("90日", 90, "day"),
        ("90 天", 90, "day"),
        ("半年", 6, "month"),
        ("一年半", 18, "month"),
        ("1年6个月", 18, "month"),
        ("两年又三个月", 27, "month"),
    ],
)
def test_a_length_of_time_is_read(text: Any, count: int, unit: Any) -> None:
    assert read(field("duration"), text) == Duration(count=count, unit=unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("0", "range"), ("100000年", "range"), ("长期", "shape"), ("3-5年", "shape"), (1.5, "shape")],
)
def test_what_is_no_length_of_time_is_not_guessed(text: Any, reason: str) -> None:
    assert why("duration", text) == reason


@given(st.integers(1, 99_999), st.sampled_from(["year", "month", "day"]))
def test_every_length_of_time_is_read_back(count: int, unit: Any) -> None:
    length = Duration(count=count, unit=unit)
    assert read(field("duration"), write(field("duration"), length)) == length


# ------------------------------------------------------------------ patent numbers


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("ZL202110345678.3", "ZL202110345678.3"),
        ("CN 2021 1 0345678.3", "ZL202110345678.3"),
        ("'2021103456783", "ZL202110345678.3"),
        (202110345678.3, "ZL202110345678.3"),
        (2021103456783, "ZL202110345678.3"),
        (2021103456783.0, "ZL202110345678.3"),
        ("202110345678", "ZL202110345678"),  # said without a check character: it stays so
        (202110345678, "ZL202110345678"),  # it should end in .3, so nothing is certain
    ],
)
def test_a_number_that_excel_took_for_a_number_is_read(cell: Any, number: str) -> None:
    assert read(field("patent_number"), cell) == number


@given(st.integers(0, 9_999_999))
def test_a_number_cell_gets_its_lost_zero_back_only_where_it_is_certain(serial: int) -> None:
    digits = f"20211{serial:07}"
    read_as = read(field("patent_number"), float(digits))
    ends_in_zero = check_character(digits) == "0"
    assert read_as == (f"ZL{digits}.0" if ends_in_zero else f"ZL{digits}")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("CN113483051B", "publication"),
        ("PCT/CN2021/100001", "international"),
        ("2.02E+12", "lost_digits"),
        ("2.02110345678E+12", "lost_digits"),
        (2.02110345678e20, "lost_digits"),
        ("ZL", "shape"),
        ("合计", "shape"),
        ("202160345678.3", "kind"),
        ("190010345678.3", "year"),
        (True, "shape"),
    ],
)
def test_what_is_no_patent_number_says_why(cell: Any, reason: str) -> None:
    assert why("patent_number", cell) == reason


def test_marks_alone_are_no_number() -> None:
    assert why("patent_number", "“”") == "shape"


# ------------------------------------------------------------------ choices, flags, text


@pytest.mark.parametrize("text", ["免费", "免费使用", "【免费】", " 免 费 ", "☑免费", "free"])
def test_a_choice_is_known_by_its_many_words(text: Any) -> None:
    assert read(field("choice", WAYS), text) == "free"


def test_a_choice_that_is_none_of_the_answers_is_not_guessed() -> None:
    assert why("choice", "入门费", WAYS) == "choice"
    assert why("choice", "面议", WAYS) == "choice"
    assert why("choice", "免费；入门费加提成", WAYS) == "choice"
    assert why("choice", "——。", WAYS) == "choice"


@pytest.mark.parametrize("cell", ["有", "是", "已出具", "√", "TRUE", True, 1, 1.0])
def test_yes(cell: Any) -> None:
    assert read(field("flag", REPORT), cell) is True
    assert cell == "已出具" or read(field("flag"), cell) is True


@pytest.mark.parametrize("cell", ["无", "否", "没有", "×", "false", False])
def test_no(cell: Any) -> None:
    assert read(field("flag", REPORT), cell) is False


def test_a_flag_that_says_neither() -> None:
    assert why("flag", "待定", REPORT) == "choice"
    assert why("flag", "待定") == "choice"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("□有 ☑无", False),
        ("☒有 ☐无", True),
        ("■有□无", True),
        ("√有", True),
        ("无√", False),
        ("☑", True),
    ],
)
def test_of_answers_with_boxes_the_ticked_one_is_meant(text: str, said: bool) -> None:
    assert read(field("flag", REPORT), text) is said


@pytest.mark.parametrize("text", ["□有", "□有 □无", "☑有 ☑无", "有√无", "□免费"])
def test_a_box_that_is_not_ticked_is_no_answer(text: str) -> None:
    assert why("flag", text, REPORT) == "choice"
    assert why("choice", text, WAYS) == "choice"


def test_a_flag_is_written_in_the_forms_words() -> None:
    assert write(field("flag", REPORT), False) == "无"
    assert write(field("flag"), True) == "是"
    assert write(field("flag"), False) == "否"


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("  一种\r\n装置 ", "一种装置"),
        ("A\nB", "A B"),
        ("A\n\n装置", "A装置"),
        ("一\x00种\x1f装置\x7f", "一种装置"),
        ("\ufeff装置\u200b", "装置"),
        ("坏\ud800字", "坏\ufffd字"),
        ("e\u0301", "\u00e9"),
        ("一种_x000D_\n装置", "一种装置"),
        ("装\u202e置", "装\u202e置"),  # it stays: a rule shows it
        (430070.0, "430070"),
        (date(2022, 6, 1), "2022年6月1日"),
        (time(10, 30), "10:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_text_is_cleaned_and_nothing_seen_is_lost(cell: Any, line: str) -> None:
    assert read(field("text"), cell) == line


WORDY = tuple(kind for kind in KINDS if BLANKS.get(kind) is not None or kind in ("choice", "flag"))


@pytest.mark.parametrize("kind", WORDY)
@pytest.mark.parametrize(
    "cell", [0, 0.0, "0", "０", "0.00", "0%", "1900-01-00", "1899-12-30", "1900年1月"]
)
def test_the_zero_of_an_empty_cell_is_nothing_a_clerk_wrote(kind: FieldKind, cell: Any) -> None:
    assert why(kind, cell, WAYS if kind == "choice" else ()) == "nought"


def test_a_zero_is_a_value_where_a_number_is_asked_for() -> None:
    assert read(field("money"), 0) == 0
    assert read(field("integer"), "0") == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "Err:502", "####", NO_RESULT])
def test_an_error_of_a_formula_is_no_value_of_any_kind(kind: FieldKind, cell: str) -> None:
    assert why(kind, cell, WAYS if kind == "choice" else ()) == "error_value"


@pytest.mark.parametrize("name", ["示例大学；0", "示例大学；#N/A"])
def test_nor_is_it_one_of_several_names(name: str) -> None:
    assert why("parties", name) in ("nought", "error_value")
    assert read(field("parties"), "示例大学；/") == (Party(name="示例大学", kind="unit"),)


@pytest.mark.parametrize(
    "cell",
    [
        6222021234567890123,
        6.222021234567890123e18,
        "6.22202E+18",
        "6222021234567890000",
        "6222 0212 3456 7890 000",
        4.20106199001011e17,
    ],
)
def test_a_long_number_that_a_spreadsheet_cut_is_told(cell: Any) -> None:
    assert why("text", cell) == "lost_digits"


@pytest.mark.parametrize(
    "cell",
    [
        "6222021234567890123",
        "4200000000000000",
        420000000000000,
        "6222-0212-3456-7890-000",  # parted as no sheet parts it: it is so
        "420106199001041000",  # its check character is right
    ],
)
def test_a_long_number_that_is_whole_is_read(cell: Any) -> None:
    assert read(field("text"), cell) == str(cell)


def test_a_moment_a_hair_short_of_midnight_is_the_next_day() -> None:
    assert read(field("date"), 44285.99999999999) == date(2021, 3, 31)
    assert read(field("date"), datetime(2021, 3, 30, 23, 59, 59, 999_999)) == date(2021, 3, 31)
    assert read(field("text"), datetime(2021, 3, 30, 23, 59, 59, 999_999)) == "2021年3月31日"
    assert read(field("date"), 44285.75) == date(2021, 3, 30)
    assert cell_text(datetime.max) == "9999-12-31 23:59:59"


def test_a_date_that_shows_its_month_is_that_month() -> None:
    june = Shown(date(2022, 6, 1), "2022年6月")
    assert read(field("text"), june) == "2022年6月"
    assert why("date", june) == "shape"  # the 1st is nobody's word
    assert read(field("date"), Shown(date(2022, 6, 8), "2022年6月")) == date(2022, 6, 8)


def test_radicals_become_the_letters_they_look_like() -> None:
    assert read(field("text"), "⼀种⻓⻔装置") == "一种长门装置"
    assert fold("专利⼈") == fold("专利人")


def test_long_text_keeps_its_lines() -> None:
    assert read(field("long_text"), "一、\r\n 二、\n") == "一、\n二、"


def test_dates_of_a_cell_are_shown_as_such() -> None:
    assert cell_text(datetime(2023, 5, 16)) == "2023-05-16"
    assert cell_text(datetime(2023, 5, 16, 8, 30)) == "2023-05-16 08:30:00"
    assert cell_text(None) == ""
    assert cell_text(7) == "7"


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("postcode", "４３００７０", "430070"),
        ("postcode", 10010.0, "010010"),
        ("postcode", "10010", "10010"),
        ("phone", "０２７－６８８８０００１", "027-68880001"),
        ("phone", 13800138000.0, "13800138000"),
        ("email", "ａ@example.com ", "a@example.com"),
    ],
)
def test_codes_and_addresses_are_made_half_width(kind: FieldKind, cell: Any, text: str) -> None:
    assert read(field(kind), cell) == text


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_no_cell_can_hold_is_refused(kind: FieldKind) -> None:
    assert why(kind, "长" * 40_000, WAYS) == "too_long"
    assert not is_blank(field(kind), " " * 40_000)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", ["", "  ", None, "\u3000\n"])
def test_a_blank_is_a_blank(kind: FieldKind, cell: Any) -> None:
    assert is_blank(field(kind), cell)
    assert read(field(kind), cell) == BLANKS.get(kind)


@pytest.mark.parametrize("cell", ["-", "—", "/", "无", "n/a", "不适用"])
def test_a_dash_means_nothing_where_a_number_is_asked_for(cell: str) -> None:
    assert read(field("money"), cell) is None
    assert read(field("date"), cell) is None
    assert read(field("text"), cell) == cell


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("示例大学；江汉科技有限公司", ("示例大学", "江汉科技有限公司")),
        ("示例大学;江汉科技有限公司;", ("示例大学", "江汉科技有限公司")),
        ("示例大学\n江汉科技有限公司", ("示例大学", "江汉科技有限公司")),
        ("示例大学 | 江汉科技有限公司", ("示例大学", "江汉科技有限公司")),
        ("示例大学 / 张三", ("示例大学", "张三")),
        ("示例大学、张三", ("示例大学", "张三")),
        ("示例大学，张三", ("示例大学", "张三")),
        ("1. 示例大学；2. 张三", ("示例大学", "张三")),
        ("1、张三 2、李四", ("张三", "李四")),
        ("（1）张三\n（2）李四", ("张三", "李四")),
        ("Foo Co., Ltd.", ("Foo Co., Ltd.",)),
        ("Foo Co., Ltd.；示例大学", ("Foo Co., Ltd.", "示例大学")),
        ("3M中国有限公司", ("3M中国有限公司",)),
        ("1.5微米科技有限公司", ("1.5微米科技有限公司",)),
        ("湖北A/S科技有限公司", ("湖北A/S科技有限公司",)),
        ("；；", ()),
        ("1.示例大学2.江汉科技有限公司", ("示例大学", "江汉科技有限公司")),
        ("(1)示例大学(2)张三", ("示例大学", "张三")),
        ("①示例大学②江汉公司③张三", ("示例大学", "江汉公司", "张三")),
        ("示例科技有限公司,Foo GmbH", ("示例科技有限公司", "Foo GmbH")),
        ("示例科技有限公司，Foo Co., Ltd.", ("示例科技有限公司", "Foo Co., Ltd.")),
        ("示例大学&江汉公司", ("示例大学", "江汉公司")),
        ("示例大学。江汉公司", ("示例大学", "江汉公司")),
        ("A&B科技有限公司", ("A&B科技有限公司",)),
        ("强生&示例公司", ("强生&示例公司",)),
        ("示例大学（第一）；江汉公司（第二）", ("示例大学", "江汉公司")),
        ("示例大学 60%；江汉公司：40%", ("示例大学", "江汉公司")),
        ("示例研究院（武汉）", ("示例研究院（武汉）",)),
        ("一、示例大学二、江汉公司", ("示例大学", "江汉公司")),
        ("（一）示例大学（二）张三", ("示例大学", "张三")),
        ("Ⅰ.示例大学Ⅱ.江汉公司", ("示例大学", "江汉公司")),
        ("一汽示例公司；二汽示例公司", ("一汽示例公司", "二汽示例公司")),
        ("甲：示例大学；乙：江汉公司", ("示例大学", "江汉公司")),
        ("第一专利权人：示例大学", ("示例大学",)),
        ("示例大学（产权份额60％）；江汉公司（占40%）", ("示例大学", "江汉公司")),
    ],
)
def test_names_in_one_cell_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


def test_what_stands_behind_a_name_is_no_part_of_it() -> None:
    assert remarks_in("示例大学（第一）；江汉公司 40%；张三") == ("（第一）", "40%")
    assert remarks_in("示例研究院（武汉）") == ()
    assert remarks_in("甲：示例大学；江汉公司（产权份额40％）") == ("甲", "（产权份额40％）")


def test_people_may_be_parted_by_spaces() -> None:
    assert split_people("张三 李四　王示例") == ("张三", "李四", "王示例")
    assert split_people("John Smith") == ("John Smith",)
    assert read(field("names"), "张三；李四") == ("张三", "李四")


def test_the_pieces_of_each_owner_keep_their_places() -> None:
    assert split_places("甲；；丙") == ("甲", "", "丙")
    assert split_places("甲；\n乙\n丙") == ("甲", "乙", "丙")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("示例大学", "unit"),
        ("甲大学", "unit"),
        ("乙公司", "unit"),
        ("李学会", "person"),
        ("武汉示例光电技术股份有限公司", "unit"),
        ("中国示例研究所（武汉）", "unit"),
        ("Foo GmbH", "unit"),
        ("张三", "person"),
        ("欧阳修文", "person"),
        ("欧阳知行", "person"),  # no bank
        ("司马文馆", "person"),
        ("迪丽热巴·示例所", "person"),
        ("欧阳示例研究院", "unit"),
        ("阿卜杜·热西提", "person"),
        ("李所", "person"),
        ("华为技术示例联合体甲", None),
        ("John Smith", None),
        ("甲", None),
    ],
)
def test_a_unit_or_a_person_only_where_the_name_shows_it(name: str, kind: str | None) -> None:
    assert guess_kind(name) == kind


def test_parties_are_read_with_their_kind() -> None:
    parties = read(field("parties"), "示例大学；张三")
    assert parties == (Party(name="示例大学", kind="unit"), Party(name="张三", kind="person"))
    assert write(field("parties"), parties) == "示例大学；张三"


# ------------------------------------------------------------------ laws

cells = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.text(st.characters(exclude_categories=()))
    | st.text(
        st.sampled_from("0123456789.,-/年月日万亿千百十元整角分%零一二三〇ZLX EeP+；、\n（）半负")
    )
)


@given(st.sampled_from(KINDS), cells)
@example("money", "一百万亿亿")
@example("money", "零零")
@example("integer", "十百")
@example("date", "９９９９年9月9日")
def test_reading_never_raises_but_unreadable_and_is_read_back(kind: FieldKind, cell: Any) -> None:
    asked = field(kind, WAYS if kind == "choice" else ())
    try:
        value = read(asked, cell)
    except Unreadable as fault:
        assert fault.reason
        return
    text = write(asked, value)
    assert read(asked, text) == value
    assert write(asked, read(asked, text)) == text


def test_what_does_not_count_when_words_are_compared() -> None:
    assert fold("*付款 期限\n（日）：\u200b") == fold("付款期限(日)") == "付款期限日"
    assert fold("Ｅ-Mail") == "email"


@given(st.text(st.characters(exclude_categories=())))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    clean_lines(text).encode()


@pytest.mark.parametrize(
    "text", ["null", "NULL", "(null)", "NaN", "None", "<NA>", "undefined", "\\N"]
)
def test_what_databases_write_for_nothing_is_nothing(text: str) -> None:
    assert read(field("text"), text) == ""
    assert read(field("date"), text) is None
    assert read(field("parties"), f"示例大学；{text}") == (Party(name="示例大学", kind="unit"),)
    assert read(field("text"), f"{text}型装置") == f"{text}型装置"


@pytest.mark.parametrize("kind", ["text", "long_text", "parties", "phone", "postcode"])
def test_a_truth_value_is_no_name_and_no_address(kind: FieldKind) -> None:
    assert why(kind, False) == "error_value"
    assert why(kind, True) == "error_value"


def test_a_truth_value_answers_a_question_of_yes_and_no() -> None:
    assert read(field("flag"), True) is True
