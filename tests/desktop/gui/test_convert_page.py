"""A pilot's case made a declaration in the window, and what came of it put down in the wizard."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.store import Store, open_store
from desktop.desk.desk import Desk
from desktop.pages.convert import ConvertPage
from desktop.pages.register import RegisterPage
from desktop.pages.results import ResultsPage
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.filing_page import FilingPage
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from forms.office.stored import StoredCase
from tests.desktop.gui.seat import NOW, words

SEVERAL, BARRED = "ZL202120862680.3", "ZL202110975167.X"


def said(widget: QWidget) -> str:
    """All that can be read in a widget."""
    return "\n".join(words(widget))


def case_of(desk: Desk, number: str) -> StoredCase:
    return desk.store.cases.listed([number])[0]


def looks_at(window: MainWindow, number: str) -> ConvertPage:
    """Look what a case of the sample becomes."""
    window.desk.go("convert", case_id=case_of(window.desk, number).id)
    page = window.page
    assert isinstance(page, ConvertPage)
    return page


def test_both_sides_are_shown_and_the_new_case_is_opened(window: MainWindow) -> None:
    desk, page = window.desk, looks_at(window, SEVERAL)
    pilot = case_of(desk, SEVERAL)
    shown = {row.label: row for row in page.table.rows}
    assert shown["实施地域"].after == ("中国境内任何单位或者个人",)
    page.filters.choose("dropped")
    assert {row.becomes for row in page.table.rows} == {"dropped"}
    text = said(page)
    assert "不得实行的九项情形" in text
    assert "请确认" in text
    assert page.make.text() == "新建法定声明案卷"

    page.make.click()
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert (wizard.session.case.pack, desk.pack.identity.code) == ("cnipa-2024", "cnipa-2024")
    assert wizard.session.case.converted_from == "hubei-2022"
    assert desk.store.cases.one(pilot.id) == pilot
    # The way there and back.
    assert wizard.bar.other.text() == f"案卷{pilot.id}"
    wizard.bar.other.click()
    assert wizard.session.case_id == pilot.id
    assert desk.pack.identity.code == "hubei-2022"


def test_the_bar_is_named_where_there_is_one(window: MainWindow) -> None:
    page = looks_at(window, BARRED)
    assert not page.make.isEnabled()
    text = said(page)
    assert "独占、排他许可有效期限内，不得实行" in text
    assert "第十一章 3.1(1)" in text
    page.make_one()
    assert window.page is page


def test_what_changed_meanwhile_is_told_and_shown_anew(window: MainWindow) -> None:
    desk, page = window.desk, looks_at(window, SEVERAL)
    pilot, count = case_of(desk, SEVERAL), desk.store.register.count()
    with open_store(desk.store.path, now=lambda: NOW) as elsewhere:
        elsewhere.cases.save(with_value(pilot.case, "region", "武汉市"), case_id=pilot.id)
    page.make.click()
    assert window.page is page
    assert desk.store.register.count() == count
    assert [row.before for row in page.table.rows if row.label == "实施地域"] == [("武汉市",)]
    page.make.click()
    assert desk.store.register.count() == count + 1


def test_ticked_cases_are_converted_together_with_a_result_for_each(
    window: MainWindow, qtbot: QtBot
) -> None:
    desk, register = window.desk, window.page
    assert isinstance(register, RegisterPage)
    ids = [case_of(desk, number).id for number in (SEVERAL, BARRED)]
    qtbot.waitUntil(lambda: register.loader.is_whole)
    for case_id in ids:
        register.model.tick([register.model.place_of(case_id)])
    register.bulk.asked.emit("convert")
    page = window.page
    assert isinstance(page, ConvertPage)
    assert page.many.text() == "2 件一起转换…"
    page.many.click()
    qtbot.waitUntil(lambda: isinstance(window.page, ResultsPage))
    results = window.page
    assert isinstance(results, ResultsPage)
    assert "1 件已新建，1 件未建" in said(results)
    left, made = results.outcomes
    assert "第十一章 3.1(1)" in left.reason
    results.table.opened.emit(made)
    assert isinstance(window.page, WizardPage)
    assert window.page.session.case.pack == "cnipa-2024"


def test_what_takes_no_case_is_not_offered(window: MainWindow) -> None:
    looks_at(window, SEVERAL).make.click()
    wizard = window.page
    assert isinstance(wizard, WizardPage)

    def offered() -> list[str]:
        wizard.bar.more_menu.aboutToShow.emit()
        return [one.text() for one in wizard.bar.more_menu.actions() if one.isVisible()]

    assert "转为法定声明…" not in offered()
    wizard.bar.other.click()
    assert "转为法定声明…" in offered()


def test_without_a_case_the_page_says_where_to_find_one(window: MainWindow) -> None:
    window.desk.go("convert")
    assert isinstance(window.page, ConvertPage)
    assert "勾选几件" in said(window.page)


@pytest.fixture
def wizard(window: MainWindow) -> WizardPage:
    """A new declaration in the wizard, at 登记受理."""
    looks_at(window, SEVERAL).make.click()
    page = window.page
    assert isinstance(page, WizardPage)
    page.open_step("filing")
    return page


def filing(wizard: WizardPage) -> FilingPage:
    form = wizard.stage.form
    assert isinstance(form, FilingPage)
    return form


def test_the_course_is_put_down_in_its_order(wizard: WizardPage) -> None:
    draft, page = wizard.session.draft, filing(wizard)
    assert "填写提交日" in said(page)
    assert "撤回声明" not in said(page)
    draft.type("declaration.filed_on", "2022-07-01")
    assert wizard.session.case.declaration.royalty == wizard.session.case.royalty
    assert "已填报" in page.chip.accessibleName()
    draft.type("declaration.published_on", "2022-08-01")
    assert "撤回声明" in said(page)
    draft.undo()
    draft.undo()
    assert wizard.session.case.declaration.royalty is None


def test_what_is_owed_stands_where_the_course_is_put_down(wizard: WizardPage) -> None:
    draft, page = wizard.session.draft, filing(wizard)
    draft.type("declaration.filed_on", "2022-07-01")
    draft.type("declaration.published_on", "2022-08-01")
    draft.put("patent.fee_paid_to", date(2022, 8, 15))
    wizard.session.show_everything()
    assert "应当及时撤回声明，同时通知被许可人" in said(page)
    draft.put("patent.fee_paid_to", date(2023, 8, 15))
    assert "应当及时撤回声明，同时通知被许可人" not in said(page)
    draft.put("offer_end", date(2029, 1, 1))
    assert "许可期限不能就地更改" in said(page)


def test_one_that_was_withdrawn_is_declared_again(wizard: WizardPage, window: MainWindow) -> None:
    draft, page = wizard.session.draft, filing(wizard)
    for name, text in (("filed_on", "2022-07-01"), ("published_on", "2022-08-01")):
        draft.type(f"declaration.{name}", text)
    assert page.again.isHidden()
    draft.type("declaration.withdrawn_on", "2022-08-20")
    page.again.click()
    case = wizard.session.case
    assert case.declaration.filed_on is None
    assert [one.withdrawn_on for one in case.earlier] == [date(2022, 8, 20)]
    assert "以前的声明" in said(page)
    assert "撤回公告日 2022年8月20日" in said(page)


def test_the_register_knows_how_far_a_declaration_is(
    wizard: WizardPage, window: MainWindow, qtbot: QtBot
) -> None:
    store: Store = window.desk.store
    wizard.session.draft.type("declaration.filed_on", "2022-07-01")
    wizard.save()
    case_id = wizard.session.case_id
    assert case_id is not None
    qtbot.waitUntil(lambda: store.register.rows_of([case_id])[0].state == "filed")
    window.desk.go("register", case_id=case_id)
    page = window.page
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.model.counts.get("filed") == 1)
    page.filters.states.choose("filed")
    assert page.model.shown_ids() == [case_id]
    qtbot.waitUntil(lambda: page.summary.primary.text() == "登记公告")
    links = [one.text() for one in page.summary.findChildren(QPushButton)]
    assert any("湖北省专利开放许可（试点）" in text for text in links)
