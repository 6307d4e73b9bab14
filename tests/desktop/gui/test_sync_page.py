"""How patents stand now, by an export dropped at the window: looked at, ticked, taken over."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.store import open_store
from desktop.desk.desk import Desk
from desktop.pages.import_sheets import ImportPage
from desktop.pages.register import RegisterPage
from desktop.pages.sync import SyncPage
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value, with_values
from forms.facts.record import Case, Licence, Party
from tests.desktop.gui.seat import NOW, words

LAPSED, OWNER = "ZL201810024046.5", "ZL202120862680.3"
UNKNOWN = "ZL201811203345.1"
STATUS = "patent.legal_status"
EXPORT = f"""\
申请号,法律状态,终止通知书收到日,专利权人
{LAPSED},未缴年费专利权终止,2022-08-20,
{OWNER},专利权转移,,武汉示例科技有限公司
{UNKNOWN},有效,,
"""


def case_of(desk: Desk, number: str) -> Case:
    return desk.store.cases.listed([number])[0].case


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> SyncPage:
    """The page with an export dropped onto it."""
    desk = window.desk
    for number in (LAPSED, OWNER):
        (stored,) = desk.store.cases.listed([number])
        facts = {STATUS: "有效", "patent.fee_paid_to": date(2021, 10, 16)}
        desk.store.cases.save(with_values(stored.case, facts), case_id=stored.id)
    (stored,) = desk.store.cases.listed([LAPSED])
    desk.store.licences.add(stored.id, Licence(licensee=Party(name="襄阳示例机械公司")))
    file = tmp_path / "数据库导出.csv"
    file.write_text(EXPORT, encoding="utf-8-sig")
    register = window.page
    assert isinstance(register, RegisterPage)
    (way,) = (one for one in register.findChildren(QPushButton) if one.text() == "更新法律状态…")
    way.click()
    made = window.page
    assert isinstance(made, SyncPage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    made.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, button, keys))
    qtbot.waitUntil(lambda: made.look is not None)
    return made


def facts(page: SyncPage) -> dict[tuple[str, str], bool]:
    """The facts that are shown, each with its tick."""
    return {
        (one.row.holding.number, one.fact.label): page.table.facts.is_ticked(place)
        for place, one in enumerate(page.table.facts.rows)
    }


def takes(page: SyncPage, qtbot: QtBot) -> None:
    page.primary.click()
    qtbot.waitUntil(lambda: not page.desk.jobs.running and page.primary.text() == "更新")


def test_what_changed_is_shown_with_what_must_be_done_and_taken_over_by_choice(
    page: SyncPage, told: list[Notice], qtbot: QtBot
) -> None:
    desk = page.desk
    before = {number: case_of(desk, number) for number in (LAPSED, OWNER)}
    assert facts(page) == {
        (LAPSED, "专利法律状态"): True,
        (LAPSED, "终止通知书收到日"): True,
        (OWNER, "专利法律状态"): True,
        (OWNER, "专利权人"): False,
    }
    said = "\n".join(words(page))
    assert "专利法律状态：有效 → 未缴年费专利权终止" in said
    assert "告知被许可人（襄阳示例机械公司）" in said
    assert "专利法 第四十四条" in said
    page.filters.choose("conflict")
    assert "先核对专利登记簿" in "\n".join(words(page))
    page.filters.choose("all")

    # The clerk leaves the transfer for now.
    cell = page.table.visualRect(page.table.facts.index(2, 0))
    for across in (120, 20):  # the words are read, the box is ticked
        at = cell.topLeft() + QPoint(across, cell.height() // 2)
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.primary.text() == "更新 2 处（1 件）"
    takes(page, qtbot)
    assert case_of(desk, LAPSED).patent.legal_status == "未缴年费专利权终止"
    assert case_of(desk, OWNER) == before[OWNER]
    page.filters.choose("done")
    assert {number for number, _ in facts(page)} == {LAPSED}
    assert "告知被许可人" in "\n".join(words(page))

    assert told[-1].action is not None
    told[-1].action[1]()
    qtbot.waitUntil(lambda: case_of(desk, LAPSED) == before[LAPSED])


def test_another_owner_is_taken_over_once_the_clerk_ticks_it(page: SyncPage, qtbot: QtBot) -> None:
    page.tick_all()
    assert all(facts(page).values())
    takes(page, qtbot)
    assert [one.name for one in case_of(page.desk, OWNER).owners] == ["武汉示例科技有限公司"]


def test_what_changed_meanwhile_is_told_and_looked_at_again(
    page: SyncPage, told: list[Notice], qtbot: QtBot
) -> None:
    desk = page.desk
    (stored,) = desk.store.cases.listed([LAPSED])
    with open_store(desk.store.path, now=lambda: NOW) as elsewhere:
        changed = with_value(stored.case, STATUS, "年费滞纳期")
        elsewhere.cases.save(changed, case_id=stored.id)
    before = page.look
    page.take()
    qtbot.waitUntil(lambda: page.look is not before and not desk.jobs.running)
    assert any(f"{LAPSED}在此期间已有改动" in one.text for one in told)
    assert case_of(desk, LAPSED).patent.legal_status == "年费滞纳期"
    assert case_of(desk, OWNER).patent.legal_status == "有效"
    assert "年费滞纳期 → 未缴年费专利权终止" in "\n".join(words(page))


def test_the_import_and_the_sync_lead_to_each_other(
    page: SyncPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (way,) = (one for one in page.findChildren(QPushButton) if "不在台账中" in one.text())
    way.click()
    there = window.page
    assert isinstance(there, ImportPage)
    qtbot.waitUntil(lambda: there.look is not None)
    known = tmp_path / "已有.csv"
    known.write_text(f"专利号,法律状态\n{LAPSED},失效\n", encoding="utf-8-sig")
    there.open_files([known])
    qtbot.waitUntil(lambda: there.look is not None)
    (back,) = (one for one in there.findChildren(QPushButton) if one.text() == "改为更新法律状态…")
    assert back.isVisible()
    back.click()
    assert window.page is page
    qtbot.waitUntil(lambda: page.look is not None and bool(page.table.rows))
    assert set(facts(page)) == {(LAPSED, "专利法律状态")}


def test_a_file_that_says_nothing_of_patents_is_told(
    page: SyncPage, told: list[Notice], tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "通讯录.csv"
    file.write_text("姓名,电话\n张三,027-00000000\n", encoding="utf-8-sig")
    page.open_file(file)
    qtbot.waitUntil(lambda: bool(told))
    assert "须有“专利号”一列" in told[-1].text
    assert "将导出的表拖到此处" in "\n".join(words(page))
