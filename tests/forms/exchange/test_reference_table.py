"""Reference figures of an office's own: read with their source, kept, offered, taken."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from forms.exchange.reference_table import read_figures
from forms.exchange.workbook_reader import read_file
from forms.facts.paths import with_values
from forms.ground.locate import packs_folder
from forms.office.reference_figures import (
    bring_back,
    drop_own,
    figures,
    own_figures,
    suits,
    take_in,
    taken,
)
from forms.pack.load import load
from tests.forms.stated import STATED

PACK = load(packs_folder() / "cnipa-2024")
HEAD = ["行业", "年份", "平均许可金额（万元）", "平均许可年限", "平均提成率（%）", "来源", "日期"]


class Kept(dict[str, str]):
    """Settings in memory."""

    def put(self, name: str, value: str) -> None:
        self[name] = value

    def change(self, name: str, made_of: Callable[[str | None], str]) -> None:
        self[name] = made_of(self.get(name))


def table(tmp_path: Path, *rows: list[object], head: list[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (head, *rows):
        sheet.append(row)
    book.save(tmp_path / "行业数据.xlsx")
    return tmp_path / "行业数据.xlsx"


def test_a_table_is_read_with_its_sources(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["专用设备制造业", 2023, "120.5", "3.2", "", "某公报", datetime(2024, 12, 13)],
        ["软件业", "2023年", "", "", "4.5", "某公报", ""],
    )
    found = read_figures(read_file(path))
    first, second = found.figures
    assert (first.industry, first.year, first.source) == ("专用设备制造业", 2023, "某公报")
    assert (first.amount, first.years) == (Decimal(1_205_000), Decimal("3.2"))
    assert first.day == date(2024, 12, 13)
    assert (second.rate, second.amount, second.day) == (Decimal("4.5"), None, None)
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["", 2023, "1", "", "", "某公报", ""], "没有行业"),
        (["软件业", 2023, "", "3", "", "某公报", ""], "没有金额，也没有提成率"),
        (["软件业", 2023, "1", "", "", "", ""], "没有写明来源"),
        (["软件业", "", "1", "", "", "某公报", ""], "没有年份，也没有日期"),
        (["软件业", 2023, "面议", "", "", "某公报", ""], "无法识别"),
        (["软件业", 2023, "1", "", "", "源" * 300, ""], "过长"),
    ],
)
def test_a_figure_that_nobody_can_look_up_is_left_out_and_told(
    tmp_path: Path, row: list[object], why: str
) -> None:
    found = read_figures(read_file(table(tmp_path, row)))
    assert found.figures == ()
    (told,) = found.left_out
    assert why in told
    assert "第 2 行" in told


def test_a_list_of_patents_holds_no_figures(tmp_path: Path) -> None:
    path = table(tmp_path, ["ZL202110345678.3", "一种装置"], head=["专利号", "名称"])
    assert read_figures(read_file(path)).figures == ()


def test_own_figures_are_kept_beside_the_packs_and_one_of_a_name_anew(tmp_path: Path) -> None:
    kept = Kept()
    row: list[object] = ["软件业", 2023, "80", "3", "", "某公报", ""]
    assert take_in(kept, PACK, read_figures(read_file(table(tmp_path, row)))) == 1
    row[2] = "90"
    take_in(kept, PACK, read_figures(read_file(table(tmp_path, row))))
    (own,) = own_figures(kept, PACK)
    assert own.amount == Decimal(900_000)
    assert figures(kept, PACK)[-1] == own
    dropped = drop_own(kept, PACK)
    row[0] = "钢铁业"  # taken in by another before the figures come back
    take_in(kept, PACK, read_figures(read_file(table(tmp_path, row))))
    bring_back(kept, PACK, dropped)
    assert [one.industry for one in own_figures(kept, PACK)] == ["软件业", "钢铁业"]
    assert own_figures(Kept({"references.cnipa-2024": "[{"}), PACK) == ()


def test_a_figure_that_is_taken_fills_the_base_and_names_its_source() -> None:
    latest = figures(Kept(), PACK)[0]
    assert suits(latest, "fee") and not suits(latest, "rate")
    case = with_values(STATED, dict(taken(latest, STATED.statement, "fee")))
    statement = case.statement
    assert (statement.base_amount, statement.base_years) == (Decimal(1_660_000), Decimal("3.0"))
    assert statement.sources == STATED.statement.sources  # it is named already
    blank = type(statement)()
    assert taken(latest, blank, "fee")["statement.sources"][0].name == latest.source


def test_every_figure_of_ours_names_its_source() -> None:
    for one in figures(Kept(), PACK):
        assert one.source
        assert one.day or one.caution
