"""A clerk takes in needs, ticks what answers one, makes the letter, and notes the answer."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.pages.match import MatchPage
from desktop.pages.match.need_sheet import NeedSheet, WeightSheet
from desktop.shell.main_window import MainWindow
from forms.office.matching import WEIGHTS_KEY, Match, weights_kept
from forms.office.needs import NEEDS, Need
from forms.output.plain_book import SheetOfRows, write_plain_book

COMPANY = "襄阳示例轨道装备股份有限公司"

BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MatchPage:
    file = tmp_path / "需求.xlsx"
    rows = [(COMPANY, "桥梁裂缝检测"), ("某公司", "氢燃料船舶")]
    file.write_bytes(write_plain_book([SheetOfRows("需求", ("企业名称", "技术需求"), rows)]))
    window.show_place("match")
    made = window.page
    assert isinstance(made, MatchPage)
    made.import_file(file)
    qtbot.waitUntil(lambda: bool(made.matches.rows))
    return made


def test_a_need_is_answered_by_a_letter_and_keeps_what_was_said(
    page: MatchPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = page.matches.rows[0]
    assert isinstance(best, Match)
    assert "桥梁裂缝检测" in "".join(best.words)
    assert not page.primary.isEnabled()
    page.matches.setFocus()
    qtbot.keyClick(page.matches, Qt.Key.Key_Space)
    out = tmp_path / "推送"
    monkeypatch.setattr(page.desk.dialogs, "folder", lambda *_: out)
    page.push()
    qtbot.waitUntil(lambda: bool(page.matches.rows) and page.matches.rows[0].is_sent)
    assert {file.name for file in next(out.glob("*/")).iterdir()} == {
        "推送函.pdf",
        "专利清单.xlsx",
        "邮件草稿.eml",
    }
    page.pane.answered.emit("interested")
    kept = page.desk.store.records.of(NEEDS).listed(search=COMPANY)[0].record
    assert [(push.number, push.answer) for push in kept.pushes] == [
        (best.offer.number, "interested")
    ]


def test_a_need_that_nobody_answers_says_so(page: MatchPage) -> None:
    page.needs.table.choose(1)
    assert page.matches.rows == []
    assert "没有专利" in page.matches.empty_words()


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    page: MatchPage, qtbot: QtBot
) -> None:
    sheet = NeedSheet(None, page)
    qtbot.addWidget(sheet)
    sheet.edits["company"].setText("新公司")  # type: ignore[union-attr]
    sheet.edits["budget"].setText("面议")  # type: ignore[union-attr]
    sheet._save()
    assert sheet.result() != QDialog.DialogCode.Accepted
    sheet.edits["words"].setPlainText("制动盘")  # type: ignore[union-attr]
    sheet.edits["budget"].setText("6万元")  # type: ignore[union-attr]
    sheet._save()
    assert sheet.need == Need(company="新公司", words="制动盘", budget=sheet.need.budget)
    assert sheet.need.budget == 60000


def test_weights_are_kept_with_the_data(page: MatchPage, qtbot: QtBot) -> None:
    sheet = WeightSheet(weights_kept(None), page)
    qtbot.addWidget(sheet)
    sheet.spins["region"].setValue(90)
    sheet._save()
    assert sheet.weights.region == 90
    sheet._usual()
    assert sheet.spins["region"].value() == weights_kept(None).region
    assert page.desk.store.settings.get(WEIGHTS_KEY) is None
