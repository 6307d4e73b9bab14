"""The register's model as Qt checks it, and the words of its cells."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from db.register_rows import RegisterRow
from desktop.pages.register.cell_words import changed, is_short, left, lines
from desktop.pages.register.model import RegisterModel
from desktop.pages.register.shown_rows import Filter, Listing, months_left, owners, year_of, years

NOW = datetime(2022, 9, 1, 10, 0, tzinfo=UTC).astimezone()


def row(number: int, **facts: object) -> RegisterRow:
    known: dict[str, object] = {
        "id": number,
        "updated_at": f"2022-08-{30 - number:02d}T08:00:00+00:00",
        "number_text": f"ZL20211034567{number}.3",
        "title": f"一种装置{number}",
        "owners": "示例大学、乙公司" if number % 2 else "示例大学",
        "kind": "invention",
        "filing_date": None,
        "offer_end": "2023-01-31",
        "royalty": "一次总付\n30,000 元",
        "state": "ready" if number % 2 else "faulty",
        "state_until": None,
        "inventors": None,
        "department": None,
        "pack": "",
        "folded": f"zl20211034567{number}.3\n一种装置{number}",
    }
    return RegisterRow(**(known | facts))  # type: ignore[arg-type]


@pytest.fixture
def model() -> RegisterModel:
    made = RegisterModel()
    made.take(Listing([row(number) for number in range(1, 6)]), NOW)
    return made


def test_qt_finds_no_fault_with_the_model(model: RegisterModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.look_for(Filter(state="ready"))
    model.tick([0])
    model.sort_by("title", descending=True)
    model.replace([row(9)], NOW)
    qtmodeltester.check(model)


def test_a_box_is_ticked_as_qt_does_it(model: RegisterModel) -> None:
    index = model.index(2, 0)
    assert model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked_ids() == [3]
    assert not model.setData(index, "x")
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_ticks_of_cases_that_are_gone_go(model: RegisterModel) -> None:
    model.tick([0, 1])
    model.take(Listing([row(2), row(3)]), NOW)
    assert model.ticked_ids() == [2]


def test_a_screen_reader_hears_both_lines(model: RegisterModel) -> None:
    read = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert read == "ZL202110345671.3，发明"
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == "示例大学\n乙公司"


def test_a_row_that_stays_where_it_was_is_only_drawn_anew(model: RegisterModel) -> None:
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.replace([row(2, royalty="免费使用")], NOW)
    assert resets == []
    model.replace([row(2, state="licensed")], NOW)
    assert resets == [1]
    assert model.counts["licensed"] == 1


def test_cells_say_what_is_there() -> None:
    today = NOW.date()
    blank = row(
        1,
        number_text=None,
        title="",
        owners="",
        kind=None,
        offer_end=None,
        royalty=None,
        state=None,
    )
    said = [lines(blank, name, today, NOW) for name in ("number", "title", "owners", "end")]
    assert said == [("未填专利号", ""), ("未填发明创造名称", ""), ("—", ""), ("—", "")]
    assert lines(row(1), "royalty", today, NOW) == ("一次总付", "30,000 元")
    assert lines(row(1), "owners", today, NOW) == ("示例大学", "等 2 个专利权人")
    assert lines(row(2), "state", today, NOW) == ("有错误", "")
    assert lines(row(2), "tick", today, NOW) == ("", "")


@pytest.mark.parametrize(
    ("end", "words", "short"),
    [
        ("2023-10-01", "还有 1 年 1 个月", False),
        ("2024-09-01", "还有 2 年", False),
        ("2023-03-31", "还有 6 个月", True),
        ("2022-09-13", "还有 12 天", True),
        ("2022-09-01", "今天届满", True),
        ("2022-08-31", "已届满", True),
        (None, "", False),
    ],
)
def test_the_time_left(end: str | None, words: str, short: bool) -> None:
    assert left(end, date(2022, 9, 1)) == words
    assert is_short(end, date(2022, 9, 1)) is short


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2022-09-01T09:59:30+00:00", "刚刚"),
        ("2022-08-31T09:00:00+00:00", "昨天"),
        ("2022-08-12T09:00:00+00:00", "08-12"),
        ("2021-08-12T09:00:00+00:00", "2021-08-12"),
    ],
)
def test_when_it_was_changed(moment: str, words: str) -> None:
    assert changed(moment, NOW) == words


def test_today_with_the_hour() -> None:
    assert changed("2022-09-01T08:15:00+00:00", NOW).startswith("今天 ")
    assert changed("2022-09-01T08:15:00+00:00", None) == "2022-09-01"


def test_years_and_owners_are_offered() -> None:
    rows = [row(1), row(2), row(3, number_text="ZL87100123.4", filing_date="1987-03-01")]
    assert years(rows) == ["2021", "1987"]
    assert owners(rows) == ["示例大学", "乙公司"]
    assert year_of(row(1, number_text="CN1")) == ""
    assert months_left(date(2022, 8, 31), date(2022, 9, 1)) < 0
