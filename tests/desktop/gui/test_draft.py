"""The record in hand: what is typed or pasted, and what could not be read before."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.editing.draft import Draft
from desktop.editing.form.line_editor import BoundLine, BoundText
from desktop.pages.wizard.case_session import CaseSession
from desktop.parts.notices import Notice
from forms.facts.paths import with_value
from forms.facts.record import Case, Party
from forms.ground.locate import packs_folder
from forms.pack.load import load
from tests.forms.filled import FULL

PACK = load(packs_folder() / "hubei-2022")
OWNERS = (Party(name="示例大学", kind="unit"), Party(name="江汉公司", kind="unit"))


def test_what_was_typed_anew_is_no_longer_unread() -> None:
    unread = {"owners.1.bank.account": "6.22E+18"}
    draft = Draft(Case(owners=OWNERS, unread=unread), PACK)
    draft.type("owners.1.bank.account", "6222021234567890123")
    assert draft.record.unread == {}
    draft.type("owners.1.bank.account", "6.22E+18")
    assert draft.record.unread == unread
    draft.put("owners", OWNERS[::-1])
    assert draft.record.unread == {"owners.0.bank.account": "6.22E+18"}
    draft.undo()
    assert draft.record.unread == unread


def test_a_step_back_leaves_what_stood_where_two_wrote_one_fact() -> None:
    before = Case(region="全省")
    draft = Draft(before, PACK)
    draft.type("region", "武汉市")
    draft.type("other_terms", "面谈")  # before the region was saved
    theirs = with_value(before, "region", "黄石市")
    draft.take_over(before, theirs, draft.record)
    assert draft.undo() == "other_terms"
    assert (draft.record.region, draft.record.other_terms) == ("武汉市", "")
    assert draft.undo() == "region"
    assert draft.record == theirs


def test_a_step_back_says_all_that_it_changes() -> None:
    before, told = Case(owners=OWNERS), list[frozenset[str]]()
    draft = Draft(before, PACK)
    draft.type("owners.0.phone", "1")
    draft.type("region", "武汉市")
    theirs = with_value(before, "owners.0.phone", "2")
    draft.take_over(before, theirs, draft.record)
    draft.changed.connect(told.append)
    draft.undo()
    assert draft.record == theirs  # the telephone, too, is another than was shown
    assert told == [frozenset()]
    draft.redo()
    assert (draft.record.owners[0].phone, draft.record.region) == ("1", "武汉市")


def paste(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.insert(text)
        field.textEdited.emit(field.text())
    else:
        field.insertPlainText(text)


def test_radicals_that_are_pasted_turn_into_letters_and_it_is_said(
    desk: Desk, qtbot: QtBot, told: list[Notice]
) -> None:
    session = CaseSession(desk, None, with_value(FULL, "patent.title", "装置"))
    line = BoundLine(session.draft, "patent.title")
    qtbot.addWidget(line)
    paste(line, "⻓⻔⻓")
    assert (line.text(), line.cursorPosition()) == ("长门长装置", 3)
    assert session.case.patent.title == line.text()
    (said,) = told
    assert said.text.startswith("发明创造名称：粘贴的内容中有部首")
    assert "U+2ED3 改为“长”、U+2ED4 改为“门”" in said.text
    paste(line, "水")
    assert len(told) == 1


def test_radicals_in_a_long_text_turn_into_letters_as_well(
    desk: Desk, qtbot: QtBot, told: list[Notice]
) -> None:
    session = CaseSession(desk, None, FULL)
    text = BoundText(session.draft, "other_terms")
    qtbot.addWidget(text)
    paste(text, "⼀年⼀付")
    assert text.toPlainText() == f"一年一付{FULL.other_terms}"
    assert text.textCursor().position() == 4
    assert session.case.other_terms == text.toPlainText()
    assert len(told) == 1
