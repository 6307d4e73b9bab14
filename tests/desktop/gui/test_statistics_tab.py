"""统计: a clerk looks at the year, sets targets, goes to what a figure counts, makes the report."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.editing.target_sheet import TargetSheet
from desktop.pages.overview import OverviewPage
from desktop.pages.overview.statistics_tab import StatisticsTab
from desktop.pages.overview.year_rows import MeasureRow
from desktop.pages.register import RegisterPage
from desktop.parts.notices import Notice
from desktop.parts.widgets.bar_chart import BarChart
from desktop.shell.main_window import MainWindow
from forms.facts.declaration import Declaration
from forms.facts.licence_life import Life, Receipt
from forms.facts.record import Case, Licence, Party, Patent
from forms.facts.royalty import LumpSum, Royalty
from forms.office.targets import targets
from tests.desktop.gui.seat import AnsweringDialogs

BEGINS_AT = ""


@pytest.fixture
def tab(window: MainWindow, qtbot: QtBot) -> StatisticsTab:
    """A year with two patents filed and one of them licensed; today is 2022-09-01."""
    desk = window.desk
    with desk.store.transaction():
        for stored in desk.store.cases.listed():
            desk.store.cases.bin(stored.id)
    for number, department, filed in (
        ("ZL201811203345.1", "土木工程学院", date(2022, 3, 2)),
        ("ZL202110345678.3", "材料学院", date(2022, 4, 5)),
        ("ZL202123065412.8", "材料学院", None),
    ):
        declared = Declaration(filed_on=filed)
        patent = Patent(number=number, title="磷石膏基自流平砂浆")
        case = Case(pack="hubei-2022", patent=patent, department=department, declaration=declared)
        stored = desk.store.cases.save(case)
        if department == "土木工程学院":
            day = date(2022, 5, 6)
            licence = Licence(
                licensee=Party(name="武汉示例公司", kind="unit"),
                signed_on=day,
                agreed="negotiated",
                royalty=Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(80_000))),
                life=Life(receipts=(Receipt(day=day, amount=Decimal(80_000)),)),
            )
            desk.store.licences.add(stored.id, licence)
    desk.cases_changed.emit()
    desk.go("overview", tab="statistics")
    assert isinstance(window.page, OverviewPage)
    made = window.page.statistics
    settled(window, qtbot)
    return made


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the year is counted."""
    page = window.page
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(lambda: page.statistics.found is not None and not window.desk.jobs.running)


def said(tab: StatisticsTab) -> list[str]:
    return [one.accessibleName() for one in tab.view.findChildren(MeasureRow)]


def numbers(window: MainWindow, qtbot: QtBot) -> list[str]:
    """The patents that the register shows now."""
    page = window.page
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: not page.desk.jobs.running and not page.filters.only.isHidden())
    found = page.filters.filter.only
    assert found is not None
    return sorted(str(page.desk.store.cases.one(one).case.patent.number) for one in found)


def press(chart: BarChart, place: int) -> None:
    middle = chart.room_of(place).center().toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle)


def test_bars_and_figures_lead_to_their_cases(
    tab: StatisticsTab, window: MainWindow, qtbot: QtBot
) -> None:
    assert said(tab)[:2] == ["报送专利 2 件", "达成许可 1 项"]
    months = tab.view.charts["months"]
    assert [bar.number for bar in months._chart.bars] == ["0"] * 4 + ["1"] + ["0"] * 4
    press(months, 0)  # counts nothing: stays
    assert isinstance(window.page, OverviewPage)
    press(months, 4)
    assert numbers(window, qtbot) == ["ZL201811203345.1"]
    window.desk.go("overview", tab="statistics")
    settled(window, qtbot)
    departments = tab.view.charts["departments"]
    departments.setFocus()
    QTest.keyClick(departments, Qt.Key.Key_Return)  # by keys too: the department of the most
    assert numbers(window, qtbot) == ["ZL202110345678.3", "ZL202123065412.8"]
    window.desk.go("overview", tab="statistics")
    settled(window, qtbot)
    table = tab.view.departments
    assert [table.rows_model.lines(row, table.rows_model.columns[2])[0] for row in table.rows] == [
        "1",
        "1",
        "2",
    ]
    cell = table.visualRect(table.rows_model.index(0, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell))
    assert numbers(window, qtbot) == ["ZL202110345678.3"]


def test_what_could_not_be_counted_is_said_and_leads_to_its_cases(
    tab: StatisticsTab, window: MainWindow, qtbot: QtBot
) -> None:
    desk = window.desk
    (stored,) = desk.store.cases.listed(["ZL202110345678.3"])
    licensee = Party(name="宜昌示例公司", kind="unit")
    receipts = (Receipt(amount=Decimal(100)),)  # on a day that nobody wrote down
    desk.store.licences.add(stored.id, Licence(licensee=licensee, life=Life(receipts=receipts)))
    desk.cases_changed.emit()
    words = "1 笔到账没有日期或者金额，未计入"

    def links() -> list[QPushButton]:
        return [one for one in tab.view.findChildren(QPushButton) if one.text() == words]

    qtbot.waitUntil(lambda: bool(links()))
    links()[0].click()
    assert numbers(window, qtbot) == ["ZL202110345678.3"]


def test_targets_are_kept_as_the_command_keeps_them(
    tab: StatisticsTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(sheet: QDialog) -> bool:
        assert isinstance(sheet, TargetSheet)
        sheet.lines["licensed"].setText("两项")
        assert not sheet.yes.isEnabled()
        sheet.lines["licensed"].setText("２")
        sheet.lines["income"].setText("1,000,000")
        assert sheet.yes.isEnabled()
        return True

    monkeypatch.setattr(window.desk.dialogs, "agrees", fill)
    tab.view.target.click()
    kept = {"licensed": Decimal(2), "income": Decimal(1_000_000)}
    assert targets(window.desk.store.settings, 2022) == kept
    qtbot.waitUntil(lambda: "达成许可 1 项，目标 2 项" in said(tab))
    tab.before.click()
    settled(window, qtbot)
    qtbot.waitUntil(lambda: "达成许可 0 项" in said(tab))  # targets are of a year
    assert tab.after.isEnabled()
    tab.after.click()
    assert not tab.after.isEnabled()
    qtbot.waitUntil(lambda: "达成许可 1 项，目标 2 项" in said(tab))


def test_the_report_is_made_where_the_clerk_says_and_replaced_only_if_so_said(
    tab: StatisticsTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    answers = window.desk.dialogs
    assert isinstance(answers, AnsweringDialogs)
    answers.chosen_folder = tmp_path / "统计"
    tab.export.click()
    qtbot.waitUntil(lambda: bool(told))
    paper, book = sorted((tmp_path / "统计").iterdir())
    assert paper.read_bytes().startswith(b"%PDF")
    rows = openpyxl.load_workbook(book)["报送明细"]
    assert [row[0].value for row in rows.iter_rows(min_row=2)] == [
        "ZL201811203345.1",
        "ZL202110345678.3",
    ]
    paper.write_bytes(b"signed")
    answers.says_yes = False
    tab.export.click()
    assert not window.desk.jobs.running
    assert paper.read_bytes() == b"signed"
    answers.says_yes = True
    with qtbot.waitActive(window):
        window.activateWindow()
    tab.view.area.setFocus()
    QTest.keyClick(tab.view.area, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert paper.read_bytes().startswith(b"%PDF")
