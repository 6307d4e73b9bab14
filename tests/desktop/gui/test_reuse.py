"""Nothing is typed twice: cases like others, templates, what was filled in before, the book."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.editing.form.contact_editor import ContactEditor
from desktop.editing.form.owner_editors import PartiesEditor
from desktop.pages.licences import LicencesPage
from desktop.pages.register import RegisterPage
from desktop.pages.register.bin_sheet import BinSheet
from desktop.pages.templates import TemplatesSheet
from desktop.pages.wizard import WizardPage
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.record import Party
from forms.office.templates import templates
from tests.desktop.gui.hand import CTRL, Hand, focused

SHIFT = Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore(
    "does not support raise", "does not support grabbing"
)  # offscreen


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


@pytest.fixture
def register(window: MainWindow, qtbot: QtBot) -> RegisterPage:
    window.activateWindow()
    page = window.page
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: bool(page.table.current_id) and not page.settler._running)
    page.table.setFocus()
    return page


@pytest.fixture
def wizard(window: MainWindow, qtbot: QtBot) -> WizardPage:
    window.activateWindow()
    window.show_place("wizard")
    page = window.page
    assert isinstance(page, WizardPage)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return page


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def keep(window: MainWindow, name: str | None) -> None:
    window.desk.dialogs.chosen_text = name  # type: ignore[attr-defined]


def test_a_case_is_kept_as_a_template_and_a_new_one_made_from_it(
    window: MainWindow, register: RegisterPage, hand: Hand, told: list[Notice]
) -> None:
    case = window.desk.store.cases.one(register.table.current_id).case
    keep(window, "材料学院")
    register.summary.more.menu().actions()[1].trigger()
    assert told[-1].text.startswith("已存为模板“材料学院”")
    hand.key(Qt.Key.Key_N, CTRL | SHIFT)
    assert open_menu().actions()[0].text() == "材料学院"
    hand.picks("材料学院")
    page = window.page
    assert isinstance(page, WizardPage)
    assert page.session.case_id is None
    new = page.session.case
    assert (new.owners, new.contact, new.offer_end) == (case.owners, case.contact, case.offer_end)
    assert new.patent.number is None


def test_a_template_of_the_same_name_gives_way_only_if_the_clerk_says_so(
    window: MainWindow, register: RegisterPage
) -> None:
    desk = window.desk
    keep(window, "甲")
    register.keep_as_template()
    first = templates(desk.store.settings, desk.pack)
    register.table.choose_place(register.table.currentIndex().row() + 2)
    desk.dialogs.says_yes = False  # type: ignore[attr-defined]
    register.keep_as_template()
    assert templates(desk.store.settings, desk.pack) == first
    keep(window, None)
    register.keep_as_template()
    assert templates(desk.store.settings, desk.pack) == first


def test_templates_are_renamed_deleted_and_brought_back(
    window: MainWindow, register: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    desk = window.desk
    for name in ("甲", "乙"):
        keep(window, name)
        register.keep_as_template()
    sheet = TemplatesSheet(desk, window)
    qtbot.addWidget(sheet)
    sheet.open()
    keep(window, "甲")
    sheet.table.choose([one.name for one in sheet.table.rows].index("乙"))
    sheet.rename.click()
    assert desk.dialogs.refused == ["已有名为“甲”的模板，请另选名称。"]  # type: ignore[attr-defined]
    keep(window, "丙")
    sheet.rename.click()
    assert sheet.current is not None and sheet.current.name == "丙"
    sheet.delete.click()
    assert [one.name for one in templates(desk.store.settings, desk.pack)] == ["甲"]
    assert told[-1].action is not None
    told[-1].action[1]()
    assert [one.name for one in templates(desk.store.settings, desk.pack)] == ["丙", "甲"]
    sheet.refresh()
    sheet.use.click()
    assert isinstance(window.page, WizardPage)


def test_without_templates_the_way_to_one_is_said(
    window: MainWindow, register: RegisterPage, hand: Hand, qtbot: QtBot
) -> None:
    register.offer_templates()
    assert not open_menu().actions()[0].isEnabled()
    hand.picks("管理模板…")
    sheet = window.findChild(TemplatesSheet)
    assert isinstance(sheet, TemplatesSheet)
    assert not sheet.use.isEnabled()
    sheet.reject()


def test_down_offers_what_was_filled_in_before(wizard: WizardPage, hand: Hand) -> None:
    wizard.go_to("contact.address")
    field = focused()
    hand.key(Qt.Key.Key_Down)
    offered = [action.text() for action in open_menu().actions()]
    assert "湖北省武汉市洪山区示例路88号示例大学" in offered
    assert len(offered) == len(set(offered))
    hand.picks(offered[0])
    assert wizard.session.case.contact.address == offered[0]
    assert focused() is field
    assert field.property("text") == offered[0]


def test_nothing_is_offered_where_nothing_may_be_shared(wizard: WizardPage, hand: Hand) -> None:
    wizard.go_to("patent.title")
    hand.key(Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is None


def test_a_contact_comes_from_the_address_book_with_all_it_has(
    wizard: WizardPage, hand: Hand
) -> None:
    store = wizard.desk.store
    store.parties.remember(Party(name="示例大学", contact="李铱", phone="027-68880001"))
    store.parties.remember(Party(name="没有联系人的公司", kind="unit"))
    wizard.go_to("contact.name")
    editor = wizard.stage.findChild(ContactEditor)
    assert isinstance(editor, ContactEditor)
    hand.clicks(editor.from_book)
    # The office's own contact first, then another one of the same unit.
    own, *others = [action.text() for action in open_menu().actions()]
    assert own.endswith("示例大学（单位资料）") and others == ["李铱　示例大学"]
    hand.picks("李铱　示例大学")
    contact = wizard.session.case.contact
    assert (contact.name, contact.phone, contact.postcode) == ("李铱", "027-68880001", "")
    wizard.undo()
    assert wizard.session.case.contact.name == ""


def test_an_owner_is_taken_though_tab_leaves_the_open_list(wizard: WizardPage, hand: Hand) -> None:
    wizard.desk.store.parties.remember(Party(name="武汉新大学", kind="unit", phone="027-1"))
    wizard.go_to("owners")
    editor = wizard.stage.findChild(PartiesEditor)
    assert isinstance(editor, PartiesEditor)
    hand.types("武汉新大学")
    editor.new.completer().complete()
    assert editor.new.completer().popup().isVisible()
    hand.key(Qt.Key.Key_Tab)
    assert [owner.name for owner in wizard.session.case.owners] == ["武汉新大学"]
    assert wizard.session.case.owners[0].phone == "027-1"


def test_many_cases_get_a_contact_of_the_book(
    window: MainWindow, register: RegisterPage, hand: Hand
) -> None:
    window.desk.store.parties.remember(Party(name="示例大学", contact="李铱", phone="027-68880001"))
    ids = register.model.shown_ids()[:3]
    register.doing.change("contact", ids)
    hand.waits(lambda: register.doing.sheet is not None)
    sheet = register.doing.sheet
    assert sheet is not None
    hand.clicks(sheet.from_book)
    hand.picks("李铱　示例大学")
    hand.waits(lambda: sheet.primary.isEnabled() and "3" in sheet.primary.text())
    hand.clicks(sheet.primary)
    hand.waits(
        lambda: (
            {one.case.contact.phone for one in window.desk.store.cases.listed(ids=ids)}
            == {"027-68880001"}
        )
    )
    register.undo()
    hand.waits(
        lambda: (
            {one.case.contact.name for one in window.desk.store.cases.listed(ids=ids)} != {"李铱"}
        )
    )


def test_what_was_binned_comes_back_another_day(
    window: MainWindow, register: RegisterPage, hand: Hand
) -> None:
    ids = register.model.shown_ids()[:2]
    for case_id in ids:
        window.desk.store.cases.bin(case_id)
    window.desk.cases_changed.emit()
    hand.waits(lambda: register.model.rowCount() == 21)
    hand.clicks(register.filters.states.buttons["more"])
    hand.picks("回收站…")
    hand.waits(lambda: window.findChild(BinSheet) is not None)
    sheet = window.findChild(BinSheet)
    assert isinstance(sheet, BinSheet)
    assert len(sheet.table.rows) == 2
    assert not sheet.take.isEnabled()
    hand.clicks_row(sheet.table, 0)
    hand.clicks(sheet.take)
    hand.waits(lambda: register.model.rowCount() == 22)


def test_a_contract_s_typing_is_undone(window: MainWindow, hand: Hand) -> None:
    window.desk.go("licences", case_id=window.desk.store.register.ids()[1])
    page = window.page
    assert isinstance(page, LicencesPage)
    assert page.one is not None
    hand.waits(page.one.licensee.hasFocus)
    hand.types("江汉示例公司")
    assert page.one.session.licence.licensee.name == "江汉示例公司"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert page.one.session.licence.licensee.name == ""
    hand.key(Qt.Key.Key_Y, CTRL)
    assert page.one.session.licence.licensee.name == "江汉示例公司"
