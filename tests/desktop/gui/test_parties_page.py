"""The address book by mouse and keys: added, changed, found, deleted, in and out."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.pages.parties import PartiesPage
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.exchange.address_book import write_book
from forms.facts.record import Bank, Party

UNIT = Party(name="湖北示例科技有限公司", kind="unit", phone="027-1", bank=Bank(name="示例银行"))
PERSON = Party(name="张喆铉", kind="person", address="武汉市")


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow) -> PartiesPage:
    window.desk.store.parties.remember(UNIT)
    window.desk.store.parties.remember(PERSON)
    window.show_place("parties")
    shown = window.page
    assert isinstance(shown, PartiesPage)
    return shown


def _names(page: PartiesPage) -> list[str]:
    return [one.party.name for one in page.desk.store.parties.listed()]


def test_an_entry_is_added_by_keys(page: PartiesPage, qtbot: QtBot, told: list[Notice]) -> None:
    page.new()
    assert not page.editor.save_button.isEnabled()
    qtbot.keyClicks(page.editor.fields["name"], "Yichang Co., Ltd.")
    qtbot.keyClick(page.editor.fields["name"], Qt.Key.Key_Return)
    qtbot.keyClicks(page.editor.fields["bank.account"], "4200")
    assert page.editor.kind.currentData() == "unit"  # the name says so
    qtbot.mouseClick(page.editor.save_button, Qt.MouseButton.LeftButton)
    assert "Yichang Co., Ltd." in _names(page)
    assert page.desk.store.parties.listed()[-1].party.bank.account in ("", "4200")
    assert "已保存" in told[-1].text


def test_a_new_entry_stays_open_while_the_empty_book_is_read_again(window: MainWindow) -> None:
    window.show_place("parties")
    page = window.page
    assert isinstance(page, PartiesPage)
    for one in page.desk.store.parties.listed():
        page.desk.store.parties.forget(one.id)
    page.refresh()
    assert not page.editor.isVisible()
    page.new()
    page.refresh()  # another program has saved something
    assert page.editor.fields["name"].isVisible()


def test_what_is_made_blank_is_blank(page: PartiesPage, qtbot: QtBot) -> None:
    place = next(p for p, one in enumerate(page.table.rows) if one.party == UNIT)
    page.table.choose(place)
    phone = page.editor.fields["phone"]
    assert phone.text() == "027-1"
    phone.setFocus()
    phone.selectAll()
    qtbot.keyClick(phone, Qt.Key.Key_Delete)
    page.editor.save()
    kept = next(
        one.party for one in page.desk.store.parties.listed() if one.party.name == UNIT.name
    )
    assert kept.phone == ""
    assert kept.bank == UNIT.bank
    assert len(_names(page)) == 2


def test_what_is_typed_is_kept_on_leaving(page: PartiesPage, qtbot: QtBot) -> None:
    page.table.choose(0)
    qtbot.keyClicks(page.editor.fields["contact"], "Li Si")
    page.table.choose(1)
    assert "Li Si" in [one.party.contact for one in page.desk.store.parties.listed()]
    page.new()
    qtbot.keyClicks(page.editor.fields["contact"], "nobody")
    assert page.leave()  # without a name there is nothing to keep
    assert len(_names(page)) == 2


def test_what_another_program_keeps_of_an_entry_stays(page: PartiesPage, qtbot: QtBot) -> None:
    place = next(p for p, one in enumerate(page.table.rows) if one.party == UNIT)
    page.table.choose(place)
    book = page.desk.store.parties
    book.remember(replace(UNIT, phone="027-9", contact="王敏"))
    qtbot.keyClicks(page.editor.fields["email"], "a@example.com")
    page.editor.save()
    (kept,) = (one.party for one in book.listed() if one.party.name == UNIT.name)
    assert (kept.phone, kept.contact, kept.email) == ("027-9", "王敏", "a@example.com")
    assert page.editor.fields["phone"].text() == "027-9"
    book.remember(replace(kept, phone="027-10"))
    page.refresh()  # as the window does: nothing is typed, so it is shown
    assert page.editor.fields["phone"].text() == "027-10"


def test_an_entry_that_another_deleted_is_shown_no_more(page: PartiesPage, qtbot: QtBot) -> None:
    book = page.desk.store.parties
    for place, is_typed in ((0, True), (0, False)):
        page.table.choose(place)
        here = page.table.rows[place]
        if is_typed:
            qtbot.keyClicks(page.editor.fields["email"], "a@example.com")
        book.forget(here.id)
        page.refresh()
        assert page.editor.save_button.isVisible() == is_typed
        page.leave()
        assert (here.party.name in _names(page)) == is_typed


def test_an_entry_is_deleted_and_brought_back(
    page: PartiesPage, qtbot: QtBot, told: list[Notice]
) -> None:
    page.table.choose(0)
    page.desk.dialogs.says_yes = False  # type: ignore[attr-defined]
    page.delete()
    assert len(_names(page)) == 2
    page.desk.dialogs.says_yes = True  # type: ignore[attr-defined]
    qtbot.mouseClick(page.editor.delete_button, Qt.MouseButton.LeftButton)
    assert len(_names(page)) == 1
    assert told[-1].action is not None
    told[-1].action[1]()
    assert len(_names(page)) == 2


def test_the_book_is_searched(page: PartiesPage, qtbot: QtBot) -> None:
    page._find()
    page.search.setText("张喆铉")
    assert [one.party.name for one in page.table.rows] == ["张喆铉"]
    page.search.setText("没有的")
    assert page.table.rows == []
    assert page._nothing.isVisible()


def test_the_book_goes_out_and_in(
    page: PartiesPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    page.desk.dialogs.chosen_save = tmp_path / "名册"  # type: ignore[attr-defined]
    page.export()
    assert (tmp_path / "名册.xlsx").is_file()
    more = tmp_path / "更多.xlsx"
    more.write_bytes(write_book([Party(name="宜昌示例公司"), Party(name="张喆铉", phone="138")]))
    page.desk.dialogs.chosen_files = [more]  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.desk.parties_changed):
        page.ask_import()
    assert "新增 1 个，补充 1 个" in told[-1].text
    assert "宜昌示例公司" in _names(page)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "名册.xlsx"))])
    no_keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    with qtbot.waitSignal(page.desk.parties_changed):
        page.dropEvent(QDropEvent(QPointF(), Qt.DropAction.CopyAction, mime, left, no_keys))
    assert "新增 0 个，补充 0 个" in told[-1].text


def test_a_wrong_file_is_told_kindly(page: PartiesPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "成绩.csv").write_text("学号,分数\n1,90\n", encoding="utf-8")
    with qtbot.waitSignal(page.desk.jobs.unheard) as heard:
        page.import_file(tmp_path / "成绩.csv")
    assert "没有“名称”一列" in str(heard.args[0])


def test_an_empty_book_says_what_it_is_for(desk: Desk, qtbot: QtBot) -> None:
    page = PartiesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.ask_import()
    page.export()
    assert page._stack.currentIndex() == 0
    page.new()
    assert page._stack.currentIndex() == 1
    assert page.panes() and page.shortcuts()
