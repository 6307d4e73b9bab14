"""At the command line: a year of an office, from the import to the year's report."""

import openpyxl
import pikepdf

from forms.ground.locate import packs_folder
from tests.desktop.clerk import Clerk

TODAY = "2026-11-30"
SAMPLE = packs_folder() / "cnipa-2024" / "sample.xlsx"
PAID, FREE, REFUSED = "ZL202121057728.X", "ZL201810236617.1", "ZL202230514476.2"


def lives(clerk: Clerk) -> None:
    """Import, declare, license, be paid, record."""

    def does(*words: object) -> None:
        assert clerk.types(*words, today=TODAY).code == 0, clerk.types(*words, today=TODAY).err

    does("import", SAMPLE, "--pack", "cnipa-2024")
    for number in (PAID, FREE):
        does("filed", number, "--on", "2026-02-02", "--published", "2026-03-03")
    does("filed", REFUSED, "--on", "2026-10-10")
    does("license", "notice", PAID, "--licensee", "武汉示例科技有限公司", "--on", "2026-04-01")
    does("license", "receipt", PAID, "1", "--on", "2026-04-10", "--amount", "50000")
    does("license", "record", PAID, "1", "--submitted", "2026-05-06", "--recorded", "2026-05-20")
    does("license", "notice", FREE, "--licensee", "宜昌示例陶瓷有限公司", "--on", "2026-06-01")
    does("license", "notice", FREE, "--licensee", "荆州示例陶瓷有限公司", "--on", "2026-06-02")


def test_a_year_of_an_office(clerk: Clerk) -> None:
    lives(clerk)
    out = clerk.folder / "统计"
    words = ("stats", "--target", "报送专利=4", "--target", "达成率=15", "--out", out, "--json")
    made = clerk.types(*words, today=TODAY)
    assert made.code == 0
    told = made.json
    measures = {one["measure"]: one for one in told["measures"]}
    assert {name: (one["value"], one["target"]) for name, one in measures.items()} == {
        "sent": (3, "4"),
        "licensed": (3, None),
        "rate": ("66.7", "15"),
        "units": (1, None),
        "income": ("50000.00", None),
        "recorded": (1, None),
    }
    months = {one["month"]: one for one in told["licences_by_month"]}
    assert [months[4][way]["value"] for way in ("paid", "free")] == [1, 0]
    assert [months[6][way]["value"] for way in ("paid", "free")] == [0, 2]
    ways = {one["way"]: one["value"] for one in told["income_by_way"]}
    assert ways == dict.fromkeys(ways, "0.00") | {"lump_sum": "50000.00"}
    assert sum(one["value"] for one in told["states"]) == 20
    departments = {one["department"]: one for one in told["departments"]}
    assert departments["能源学院"]["income"]["value"] == "50000.00"
    assert departments["能源学院"]["sent"]["case_ids"] == [3]
    assert [one["kind"] for one in told["kinds"]] == ["invention", "utility_model", "design"]
    assert told["total"]["held"]["value"] == 20

    pdf, xlsx = (
        clerk.folder / "统计" / f"专利开放许可工作年度统计表_2026.{one}" for one in ("pdf", "xlsx")
    )
    with pikepdf.open(pdf) as file:
        assert file.Root.MarkInfo.Marked
    book = openpyxl.load_workbook(xlsx)
    assert book.sheetnames == ["统计", "报送明细", "许可明细", "到账明细"]
    assert [sheet.max_row for sheet in book] == [book["统计"].max_row, 4, 4, 2]
    assert (book["到账明细"]["D2"].value, book["到账明细"]["A2"].value) == (50000, PAID)
    assert clerk.types(*words, today=TODAY).code == 2
    assert clerk.types(*words, "--force", today=TODAY).code == 0


def test_a_year_of_which_nothing_is_known(clerk: Clerk) -> None:
    lives(clerk)
    before = clerk.types("stats", "--year", "2025", "--json", today=TODAY).json
    values = {one["measure"]: one["value"] for one in before["measures"]}
    assert values == {
        **dict.fromkeys(("sent", "licensed", "units", "recorded"), 0),
        "income": "0.00",
        "rate": None,
    }
    shown = clerk.types("stats", "--year", "2025", today=TODAY).out
    assert "达成率（%）       —     —" in shown
    assert "2025年度\n" in shown
    assert "截至2026年11月30日" in clerk.types("stats", today=TODAY).out


def test_targets_are_kept_with_the_data_year_by_year(clerk: Clerk) -> None:
    clerk.types("import", SAMPLE, "--pack", "cnipa-2024", today=TODAY)

    def targets(*words: object) -> dict[str, str]:
        told = clerk.types("stats", *words, "--json", today=TODAY).json["measures"]
        return {one["measure"]: one["target"] for one in told if one["target"]}

    scheme = {"units": "30", "sent": "500", "rate": "15"}
    assert targets("--year", "2022", "--scheme", "hubei-2022") == scheme
    assert targets() == {}
    assert targets("--year", "2022", "--target", "报送专利=1,200", "--target", "rate=") == {
        "units": "30",
        "sent": "1200",
    }
    for wrong in ("件数=3", "报送专利", "报送专利=很多", "报送专利=-1", "报送专利=NaN"):
        assert clerk.types("stats", "--target", wrong, today=TODAY).code == 2
    assert clerk.types("stats", "--scheme", "x", today=TODAY).code == 2
