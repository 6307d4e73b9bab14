"""A bureau's clerk publishes: decides what is of a person, makes the files, registers the issue."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.publish import PublishPage
from desktop.pages.publish.publish_sheets import ConcernSheet
from desktop.parts.question import AskText
from desktop.shell.main_window import MainWindow
from forms.bureau.publish import (
    choice_of,
    decide_anew,
    issues_of,
    keep_made,
    made_issue,
    take_down,
)
from forms.bureau.records import PACKAGE_CASES, PackageCase
from forms.facts.record import Case
from forms.office.store import ChangedMeanwhile
from tests.desktop.gui.seat import AnsweringDialogs, why_again, words
from tests.forms.bureau.made_cases import UNITS, case_of, number_of


def sent(cases: Sequence[Case]) -> list[PackageCase]:
    return [PackageCase(office=UNITS[0], case=case, state="passed") for case in cases]


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PublishPage:
    """The page with three patents that passed, one with a private mailbox."""
    case = case_of(0)
    contact = msgspec.structs.replace(case.contact, email="chen@qq.com", phone="13800002046")
    private = msgspec.structs.replace(case, contact=contact)
    shelf = window.desk.store.records.of(PACKAGE_CASES)
    shelf.add_all(sent([private, case_of(1), case_of(2)]))
    window.desk.go("publish")
    made = window.page
    assert isinstance(made, PublishPage)
    looked(made, qtbot)
    return made


def looked(page: PublishPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.look is not None and not page.desk.jobs.running)


def link(page: PublishPage, text: str) -> QPushButton:
    (found,) = (one for one in page.findChildren(QPushButton) if one.text() == text)
    return found


def test_what_is_open_is_named_and_what_was_decided_is_kept(
    page: PublishPage, qtbot: QtBot
) -> None:
    assert not page.primary.isEnabled()
    assert "先决定 1 处像个人邮箱的电子邮件是否公布" in words(page)
    assert "手机号码：遮去中间几位 1 处" in words(page)
    link(page, "单位已同意，照原样").click()
    looked(page, qtbot)
    assert page.primary.isEnabled()
    assert choice_of(page.desk.store).usual == {"personal_mail": "whole"}


def test_a_field_is_switched_off_and_on(page: PublishPage, qtbot: QtBot) -> None:
    switch = page.fields.switches["region"]
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    looked(page, qtbot)
    assert page.look is not None
    assert "region" not in {one.name for one in page.look.found.published.columns}
    assert choice_of(page.desk.store).on == {"region": False}
    assert not page.fields.switches["owners"].isEnabled()
    assert "bank" not in page.fields.switches


def test_each_is_gone_through(
    page: PublishPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def agrees(sheet: ConcernSheet) -> bool:
        shown.append(sheet.table.rows[0].words)
        next(one for one in sheet.ways if one.text() == "遮去中间几位").click()
        return True

    monkeypatch.setattr(page.desk.dialogs, "agrees", agrees)
    page.go_through("personal_mail")
    looked(page, qtbot)
    assert shown == ["chen@qq.com"]
    assert page.look is not None
    patents = {one.number: one for one in page.look.found.published.patents}
    assert patents[number_of(0)].contact_email == "c***@qq.com"


def test_an_issue_is_made_and_registered(page: PublishPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.decide_all("personal_mail", "left_out")
    looked(page, qtbot)
    out = tmp_path / "公布"
    assert isinstance(page.desk.dialogs, AnsweringDialogs)
    page.desk.dialogs.chosen_folder = out
    page.ask_folder()
    looked(page, qtbot)
    page.go_on()
    qtbot.waitUntil(lambda: page.made is not None)
    assert (out / "index.html").is_file()
    assert page.primary.text() == "登记已公布"
    assert any("请交网站管理员放上去" in text for text in words(page))
    page.go_on()
    qtbot.waitUntil(lambda: bool(issues_of(page.desk.store)))
    looked(page, qtbot)
    qtbot.waitUntil(lambda: page.look is not None and page.look.found.published.issue == 2)
    states = page.desk.store.records.of(PACKAGE_CASES).states()
    assert states == {"published": 3}
    page.show_past()
    assert page.desk.dialogs.asked[-1] == "历次公布"


def test_one_is_taken_down_and_put_back(
    page: PublishPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = iter(["ZL000000000000.0", number_of(1, "2").removeprefix("ZL"), "专利权转移"])
    seen: list[AskText] = []

    def types(sheet: AskText) -> bool:
        if sheet in seen:  # no such patent: the line comes again
            assert why_again(sheet) == "ZL000000000000.0 不在这一期公布的专利里。"
            assert sheet.line.text() == "ZL000000000000.0"
        seen.append(sheet)
        sheet.line.setText(next(given))
        return True

    monkeypatch.setattr(page.desk.dialogs, "agrees", types)
    page.take_one_down()
    assert len(seen) == 3
    looked(page, qtbot)
    assert page.look is not None
    assert [one.reason for one in page.look.found.withheld] == ["已撤下：专利权转移"]
    decide_anew(page.desk.store, lambda choice: take_down(choice, number_of(1, "2"), "质押"))
    page._put_back(number_of(1, "2"), "专利权转移")  # another has a reason of their own
    assert page.choice.taken_down == {number_of(1, "2"): "质押"}
    page._put_back(number_of(1, "2"), "质押")
    looked(page, qtbot)
    assert page.look.found.withheld == ()


def test_a_day_that_is_none_is_refused(page: PublishPage, qtbot: QtBot) -> None:
    before = page.day
    page.take_day("明天")
    assert page.outputs.day.text() == before.isoformat()
    page.take_day("2026年12月1日")
    looked(page, qtbot)
    assert page.outputs.day.text() == "2026-12-01"


def test_files_made_while_another_decides_are_not_those_to_be_put_up(
    page: PublishPage, qtbot: QtBot
) -> None:
    store = page.desk.store
    assert page.look is not None
    decide_anew(store, lambda choice: take_down(choice, number_of(1), "已转让"))
    with pytest.raises(ChangedMeanwhile, match="重新生成"):
        keep_made(store, page.look.found, page.look.choice)
    assert made_issue(store) is None


def test_a_day_that_was_only_passed_through_is_not_written(page: PublishPage, qtbot: QtBot) -> None:
    store, day = page.desk.store, date(2022, 10, 8)
    decide_anew(store, lambda choice: msgspec.structs.replace(choice, day=day))
    page.choice = choice_of(store)  # read again; the look that shows it is still to come
    page.outputs.day.editingFinished.emit()
    assert choice_of(store).day == day


def test_what_two_clerks_decide_is_all_kept(page: PublishPage, qtbot: QtBot) -> None:
    store = page.desk.store
    decide_anew(store, lambda choice: take_down(choice, number_of(1), "已转让"))
    page.turn("region", on=False)
    page.decide_all("personal_mail", "left_out")
    looked(page, qtbot)
    choice = choice_of(store)
    assert (choice.taken_down, choice.on) == ({number_of(1): "已转让"}, {"region": False})
    assert choice.usual == {"personal_mail": "left_out"}
    assert page.choice == choice
