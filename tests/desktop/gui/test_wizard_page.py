"""The wizard at a window: a clerk fills in a case, goes about, is told what is wrong, goes back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.store_problems import LockedDatabase
from desktop.editing.form.option_editors import OptionsEditor
from desktop.editing.form.owner_editors import PartiesEditor
from desktop.editing.version_rows import ChangeLine, VersionList, VersionRow
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.problem_list import ProblemRow
from desktop.pages.wizard.step_page import StepPage
from desktop.pages.wizard.wizard_stage import CHECK
from desktop.parts.notices import Notice
from desktop.parts.widgets.messages import MessageStrip
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from forms.facts.record import Case, Office, Party
from forms.pack.own_facts import OWN_STEP
from tests.forms.filled import FULL

W = TypeVar("W", bound=QWidget)
POPUPS = ("does not support raise", "does not support grabbing")  # offscreen


BEGINS_AT = ""


@pytest.fixture
def wizard(window: MainWindow, qtbot: QtBot) -> Iterator[WizardPage]:
    """The window at a new case."""
    window.activateWindow()
    window.show_place("wizard")
    page = window.page
    assert isinstance(page, WizardPage)
    yield page
    page.leave()


@pytest.fixture
def full(wizard: WizardPage) -> WizardPage:
    """The wizard at a stored case with nothing wrong."""
    stored = wizard.desk.store.cases.save(with_value(FULL, "patent.number", "ZL202110345679.8"))
    wizard.desk.go("wizard", case_id=stored.id)
    return wizard


def focused() -> QWidget:
    """The widget that has the focus."""
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def all_of(parent: QWidget, kind: type[W]) -> list[W]:
    """The widgets of a kind inside another."""
    return list(parent.findChildren(kind))


def kept(page: WizardPage) -> Case:
    """The case as the store has it."""
    assert page.session.case_id is not None
    return page.desk.store.cases.one(page.session.case_id).case


def widget(page: WizardPage, path: str) -> QWidget:
    found = page.stage.form
    assert found is not None
    made = found.widget_of(path)
    assert made is not None
    return made


def type_in(page: WizardPage, path: str, text: str) -> None:
    """Put the focus on a field and type over what stands there."""
    page.go_to(path)
    field = widget(page, path)
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.selectAll()
    type_text(field, text)


def type_text(field: QWidget, text: str) -> None:
    """Type as an input method commits: QTest knows ASCII keys alone."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(field, character)
        elif isinstance(field, QLineEdit):
            field.insert(character)
            field.textEdited.emit(field.text())
        elif isinstance(field, QPlainTextEdit):
            field.insertPlainText(character)


def messages(page: WizardPage) -> list[str]:
    form = page.stage.form
    assert form is not None
    if isinstance(form, StepPage):  # 网上填报 asks for nothing
        return []
    return [trouble.message for trouble in form.troubles()]


# --- typing and keeping -----------------------------------------------------------------------


def test_a_new_case_is_kept_from_its_first_word_and_not_before(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    before = len(wizard.desk.store.cases.listed())
    assert wizard.session.case_id is None
    with qtbot.waitSignal(wizard.desk.cases_changed):
        type_in(wizard, "patent.title", "一种水冷散热装置")
    assert len(wizard.desk.store.cases.listed()) == before + 1
    assert kept(wizard).patent.title == "一种水冷散热装置"
    assert kept(wizard).pack == "hubei-2022"
    assert "已保存" in wizard.bar._saved.text()


def test_typing_is_kept_by_itself_and_at_once_when_the_field_is_left(
    full: WizardPage, qtbot: QtBot
) -> None:
    type_in(full, "patent.title", "一种风冷散热装置")
    qtbot.waitUntil(lambda: kept(full).patent.title == "一种风冷散热装置")
    type_in(full, "patent.title", "另一种")
    QTest.keyClick(widget(full, "patent.title"), Qt.Key.Key_Tab)
    assert kept(full).patent.title == "另一种"


def test_leaving_the_page_keeps_what_is_half_done(wizard: WizardPage) -> None:
    wizard.open_step("owners")
    type_in(wizard, "owners", "武汉示例大学")
    wizard.desk.go("register")
    (owner,) = kept(wizard).owners
    assert (owner.name, owner.kind) == ("武汉示例大学", "unit")


def test_what_can_not_be_read_stays_as_it_was_typed(full: WizardPage) -> None:
    type_in(full, "offer_end", "很久以后")
    full.save()
    assert kept(full).unread == {"offer_end": "很久以后"}
    assert kept(full).offer_end is None
    field = widget(full, "offer_end")
    assert isinstance(field, QLineEdit)
    assert field.text() == "很久以后"
    type_in(full, "offer_end", "2030.12.31")
    full.save()
    assert kept(full).offer_end == date(2030, 12, 31)
    assert field.text() == "2030-12-31"


def test_a_lock_is_told_and_nothing_is_lost(
    full: WizardPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    save = full.desk.store.cases.save

    def locked(*_: object, **__: object) -> None:
        raise LockedDatabase

    monkeypatch.setattr(full.desk.store.cases, "save", locked)
    full.session.draft.type("patent.title", "另一种")
    with pytest.raises(LockedDatabase):
        full.session.save()
    assert not full.session.is_kept
    monkeypatch.setattr(full.desk.store.cases, "save", save)
    qtbot.waitUntil(lambda: full.session.is_kept)
    assert kept(full).patent.title == "另一种"


# --- going about ------------------------------------------------------------------------------


def test_back_never_loses_an_answer(wizard: WizardPage) -> None:
    answers = {"patent.title": "一种装置", "contact.name": "陈思远", "region": "全省"}
    for path, text in answers.items():
        type_in(wizard, path, text)
    for _ in range(12):
        wizard.go_back()
    for _ in range(12):
        wizard.go_on()
    assert wizard.stage.current == CHECK
    for path, text in answers.items():
        wizard.go_to(path)
        field = widget(wizard, path)
        assert isinstance(field, QLineEdit)
        assert field.text() == text


def test_another_way_loses_no_answer_of_the_first(full: WizardPage) -> None:
    full.open_step("royalty")
    editor = full.stage.form
    assert editor is not None
    QTest.keyClick(widget(full, "royalty.way"), Qt.Key.Key_3)
    assert full.session.case.royalty.way == "lump_sum"
    type_in(full, "royalty.lump_sum.amount", "100000")
    full.go_to("royalty.way")
    QTest.keyClick(widget(full, "royalty.way"), Qt.Key.Key_4)
    assert full.session.case.royalty.instalments == FULL.royalty.instalments
    assert full.session.case.royalty.lump_sum.amount == Decimal(100000)


def test_any_step_opens_by_a_click_by_its_number_and_by_its_key(full: WizardPage) -> None:
    full.map.buttons["contact"].click()
    assert full.stage.current == "contact"
    QTest.keyClick(focused(), Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert full.stage.current == "royalty"
    full.open_place(2)  # the promises: printed, not asked
    assert full.stage.current == "royalty"
    full.map.last.click()
    assert full.stage.current == CHECK


def test_the_foot_names_where_it_goes(wizard: WizardPage) -> None:
    assert wizard._back.text() == "案卷列表"
    assert "①⑨ 专利权人" in wizard._next.text()
    wizard._next.click()
    assert "① 专利信息" in wizard._back.text()
    wizard._back.click()
    wizard._back.click()
    assert wizard.desk.store.cases.listed()  # and the register is shown
    assert not wizard.isVisible()


# --- what is wrong ----------------------------------------------------------------------------


def test_nothing_is_red_before_anything_was_typed(wizard: WizardPage) -> None:
    for step in wizard.session.flow.steps:
        wizard.stage.show_step(step)
        wizard._checked()
        assert messages(wizard) == []
    assert wizard.problems.entries == ()
    states = {button.standing.state for button in wizard.map.buttons.values()}
    assert states == {"empty"}


def test_a_field_is_found_fault_with_once_it_was_left(wizard: WizardPage) -> None:
    wizard.go_to("patent.title")
    QTest.keyClick(widget(wizard, "patent.title"), Qt.Key.Key_Tab)
    assert messages(wizard) == []  # nothing was typed yet
    type_in(wizard, "patent.grant_date", "2022-03-08")
    wizard.go_to("patent.title")
    assert messages(wizard) == []
    QTest.keyClick(widget(wizard, "patent.title"), Qt.Key.Key_Tab)
    assert messages(wizard) == ["未填写，请照专利证书填写。"]


def test_while_typing_no_new_fault_appears_and_a_mended_one_goes(full: WizardPage) -> None:
    type_in(full, "contact.postcode", "4300")
    assert messages(full) == []
    assert full.map.buttons["contact"].standing.state == "done"
    QTest.keyClick(widget(full, "contact.postcode"), Qt.Key.Key_Tab)
    assert len(messages(full)) == 1
    type_in(full, "contact.postcode", "430070")
    assert messages(full) == []


def test_a_wrong_check_character_shows_the_right_one_as_the_fix(full: WizardPage) -> None:
    type_in(full, "patent.number", "2021 1 0345679.3")
    QTest.keyClick(widget(full, "patent.number"), Qt.Key.Key_Tab)
    assert "校验位" in messages(full)[0]
    full.go_to("patent.number")
    QTest.keyClick(
        widget(full, "patent.number"), Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier
    )
    assert kept(full).patent.number == "ZL202110345679.8"
    assert messages(full) == []


def test_f8_goes_round_the_problems_and_its_row_jumps_to_the_field(wizard: WizardPage) -> None:
    wizard.open_step(CHECK)
    wizard.next_problem()
    assert wizard.stage.current == "patent"
    assert focused() is widget(wizard, "patent.number")
    count = len(wizard.problems.entries)
    for _ in range(count):
        QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert wizard.stage.current == "patent"
    wizard.previous_problem()
    assert wizard.stage.current != "patent"
    wizard.problems.set_open(True)
    rows = all_of(wizard.problems, ProblemRow)
    row = next(one for one in rows if one.entry.problem.field == "contact.phone")
    row.click()
    assert focused() is widget(wizard, "contact.phone")


def test_f8_goes_forward_from_where_one_is(wizard: WizardPage) -> None:
    wizard.open_step(CHECK)
    wizard.go_to("contact.name")
    wizard._findings.problem = None
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert wizard.stage.current == "contact"
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert wizard._path != "patent.number"
    order = [step.id for step in wizard._flow.steps]
    assert order.index(wizard.stage.current) >= order.index("contact")


def test_what_is_not_filled_yet_is_no_error_until_all_was_looked_through(
    wizard: WizardPage,
) -> None:
    wizard.open_step("contact")
    wizard.open_step("patent")
    told = {entry.problem.field: entry.problem.severity for entry in wizard.problems.entries}
    assert told["contact.name"] == "pending"
    assert wizard.map.buttons["contact"].standing.errors == 0
    wizard.open_step(CHECK)
    told = {entry.problem.field: entry.problem.severity for entry in wizard.problems.entries}
    assert told["contact.name"] == "error"


def test_what_was_sent_is_locked_until_one_says_so(
    wizard: WizardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wizard, "_has_gone_out", lambda: True)
    case_id = wizard.desk.store.cases.save(FULL).id
    wizard.enter(case_id=case_id)
    before = wizard.session.case
    assert wizard._lock_strip.isVisible()
    assert wizard.stage.form is not None
    assert not wizard.stage.form.isEnabled()
    wizard.undo()
    assert wizard.session.case == before
    wizard.unlock()
    assert wizard.stage.form.isEnabled()
    assert not wizard._lock_strip.isVisible()


def test_while_the_data_are_locked_a_field_is_entered_without_what_was_filled_before(
    wizard: WizardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = wizard.desk.store
    past = wizard.session.draft.past

    def locked() -> Office:
        raise LockedDatabase(store.path)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(store.parties, "office", locked)
        assert past("region") == ()
    assert past("region") != ()


def test_saving_and_what_saves_first_leave_the_field_in_hand(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    wizard.open_step("contact")
    wizard.go_to("contact.phone")
    assert wizard.stage.form is not None
    field = wizard.stage.form.widget_of("contact.phone")
    assert isinstance(field, QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "027-6")
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert wizard.session.is_kept
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "1")
    assert wizard.session.case.contact.phone == "027-61"
    wizard.show_history()
    assert wizard._sheet is not None
    wizard._sheet.close_sheet()
    qtbot.waitUntil(field.hasFocus)


def test_notes_are_written_on_a_locked_case_and_leave_its_papers_as_they_are(
    wizard: WizardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wizard, "_has_gone_out", lambda: True)
    desk = wizard.desk
    case_id = desk.store.cases.save(FULL).id
    wizard.enter(case_id=case_id, path="notes")
    assert wizard.stage.current == OWN_STEP
    assert wizard.stage.is_locked
    assert wizard.stage.form is not None
    assert wizard.stage.form.isEnabled()
    wizard.session.draft.type("notes", "7 月 3 日电话：已收到")
    wizard.save()
    assert desk.store.cases.one(case_id).case.notes == "7 月 3 日电话：已收到"
    (latest, _) = desk.store.cases.versions(case_id)
    assert latest.version == 2
    wizard.undo()
    assert wizard.session.case.notes == ""
    wizard.redo()
    wizard.open_step("contact")
    assert not wizard.stage.form.isEnabled()


def test_a_long_basis_never_makes_the_step_wider_than_it_is(qtbot: QtBot) -> None:
    strip = MessageStrip("error", "金额不对。", basis="专利法实施细则 第八十五条第三款、" * 8)
    qtbot.addWidget(strip)
    strip.resize(420, 100)
    strip.show()
    assert strip.minimumSizeHint().width() <= 420
    assert strip._basis_button is not None
    assert strip._basis_button.text() == "查看依据"


def test_the_basis_is_shown_in_full_and_esc_closes_it(wizard: WizardPage) -> None:
    wizard.open_step(CHECK)
    wizard.go_to("offer_end")
    QTest.keyClick(widget(wizard, "offer_end"), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    sheet = wizard._sheet
    assert sheet is not None
    words = " ".join(one.property("text") for one in all_of(sheet, QWidget) if one.property("text"))
    assert "开放许可声明应当写明以下事项" in words
    assert wizard.escape()
    assert wizard._sheet is None
    assert not wizard.escape()


def test_the_help_of_a_step_shows_the_notes_of_the_form(wizard: WizardPage) -> None:
    wizard.open_step("term")
    wizard.show_help()
    sheet = wizard._sheet
    assert sheet is not None
    words = " ".join(one.property("text") for one in all_of(sheet, QWidget) if one.property("text"))
    assert "五、本表第⑤栏许可期限届满日不能超过专利期限届满日。" in words


# --- undo, history, others --------------------------------------------------------------------


def test_undo_and_redo_go_over_fields_and_steps(full: WizardPage) -> None:
    type_in(full, "patent.title", "甲")
    full.open_step("contact")
    type_in(full, "contact.name", "乙")
    assert full.bar.undo.isEnabled()
    QTest.keyClick(widget(full, "contact.name"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert full.session.case.contact.name == "陈思远"
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert full.session.case.patent.title == FULL.patent.title
    assert full.stage.current == "patent"
    assert not full.bar.undo.isEnabled()
    QTest.keyClick(focused(), Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert full.session.case.patent.title == "甲"
    field = widget(full, "patent.title")
    assert isinstance(field, QLineEdit)
    assert field.text() == "甲"


def test_an_earlier_version_is_brought_back(full: WizardPage) -> None:
    type_in(full, "patent.title", "甲")
    full.show_history()
    sheet = full._sheet
    assert sheet is not None
    rows = all_of(sheet, VersionRow)
    assert len(rows) == 2
    rows[-1].asked.emit(rows[-1].version)
    assert kept(full).patent.title == FULL.patent.title
    full.undo()
    full.save()
    assert kept(full).patent.title == "甲"


def lines(row: VersionRow) -> list[str]:
    """What a version says has changed in it, box and texts."""
    return [
        "|".join(one.text() for one in all_of(change, QLabel))
        for change in all_of(row, ChangeLine)
        if change.isVisibleTo(row)
    ]


def test_the_history_says_which_boxes_changed_from_what_to_what(
    full: WizardPage, qtbot: QtBot
) -> None:
    store, case_id = full.desk.store, full.session.case_id
    assert case_id is not None
    case = kept(full)
    owners = (*case.owners, Party(name="湖北示例公司", kind="unit"))
    for path, value in (("offer_end", date(2031, 5, 6)), ("owners", owners)):
        case = with_value(case, path, value)
        store.cases.save(case, case_id=case_id, who="李四", what=f"改 {path}")
    terms = case.other_terms * 12
    case = with_value(case, "other_terms", terms)
    for path, value in (("region", "武汉市"), ("contact.phone", "13900000000")):
        case = with_value(case, path, value)
    case = with_value(case, "patent.legal_status", "")
    store.cases.save(case, case_id=case_id, who="李四", what="改多处")
    full.show_history()
    sheet = full._sheet
    assert sheet is not None
    many, listed, dated, first = all_of(sheet, VersionRow)
    assert lines(dated) == ["第⑤栏 许可期限届满日|2030年12月31日 → 2031年5月6日"]
    assert lines(listed) == ["第①栏 专利权人|武汉示例大学 → 武汉示例大学；湖北示例公司"]
    assert not listed.more.isVisibleTo(sheet)
    assert [line.partition("|")[0] for line in lines(many)] == [
        "第⑦栏 其他约定事项",
        "第⑧栏 电话",
        "汇总表 专利法律状态",
    ]
    assert max(map(len, lines(many))) < 150  # the long text is shown where it changed
    assert lines(many)[2] == "汇总表 专利法律状态|清空，原为：有效"
    assert many.more.text() == "查看全部 4 处"
    many.more.click()
    qtbot.waitUntil(lambda: len(lines(many)) == 4)
    assert lines(many)[3] == "汇总表 开放范围|全省 → 武汉市"
    many.more.click()
    assert len(lines(many)) == 3

    assert lines(first) == []  # all of it is new: how much there is, until it is asked for
    assert first.more.text() == "查看填入的 24 栏"
    first.more.click()
    qtbot.waitUntil(lambda: len(lines(first)) == 24)
    assert "第①栏 发明创造名称|填入：一种水冷散热装置" in lines(first)


def test_typing_on_in_a_field_is_one_entry_of_the_history(full: WizardPage) -> None:
    """Saves that belong together are told together: from before the first to after the last."""
    for text in ("甲", "甲乙"):
        type_in(full, "patent.title", text)
        full.save()
        type_in(full, "region", text)
        full.save()
    full.show_history()
    sheet = full._sheet
    assert sheet is not None
    latest, _first = all_of(sheet, VersionRow)
    assert lines(latest) == [
        "第①栏 发明创造名称|一种水冷散热装置 → 甲乙",
        "汇总表 开放范围|全省 → 甲乙",
    ]


def test_a_long_history_is_shown_piece_by_piece(full: WizardPage) -> None:
    store, case_id = full.desk.store, full.session.case_id
    assert case_id is not None
    for place in range(64):
        store.cases.save(
            with_value(kept(full), "region", f"第{place}市"), case_id=case_id, who=f"{place}"
        )
    full.show_history()
    sheet = full._sheet
    assert sheet is not None
    (listed,) = all_of(sheet, VersionList)
    assert [len(listed.rows), listed.rows[-1].version] == [30, 36]
    assert lines(listed.rows[-1]) == ["汇总表 开放范围|第33市 → 第34市"]
    listed.earlier.click()
    assert [len(listed.rows), listed.rows[-1].version] == [60, 6]
    assert focused().accessibleName().startswith("恢复到")  # on with the keyboard from there
    assert listed.rows[30].isAncestorOf(focused())
    assert listed.earlier.isVisibleTo(sheet)
    listed.earlier.click()
    assert [one.version for one in listed.rows] == [*range(65, 0, -1)]
    assert not listed.earlier.isVisibleTo(sheet)
    assert listed.rows[-1].more.text() == "查看填入的 24 栏"
    listed.rows[-1].asked.emit(1)
    assert kept(full).region == "全省"


def test_what_somebody_else_saved_is_combined_with_what_was_typed(
    full: WizardPage, told: list[Notice]
) -> None:
    assert full.session.case_id is not None
    full.desk.store.cases.save(
        with_value(kept(full), "region", "武汉市"), case_id=full.session.case_id
    )
    type_in(full, "patent.title", "甲")
    full.save()
    assert (kept(full).patent.title, kept(full).region) == ("甲", "武汉市")
    assert [one.tone for one in told] == ["advice"]
    full.desk.store.cases.save(
        with_value(kept(full), "region", "宜昌市"), case_id=full.session.case_id
    )
    type_in(full, "region", "全省")
    full.save()
    assert kept(full).region == "全省"
    assert "开放范围" in told[-1].text


def test_a_case_saved_elsewhere_is_read_anew_when_the_page_is_shown_again(
    full: WizardPage, window: MainWindow
) -> None:
    case_id = full.session.case_id
    window.show_place("register")
    full.desk.store.cases.save(with_value(kept(full), "region", "武汉市"), case_id=case_id)
    assert case_id is not None
    full.desk.case_saved.emit(case_id)
    window.show_place("wizard", {"case_id": case_id})
    assert full.session.case.region == "武汉市"


def test_a_case_binned_elsewhere_leaves_a_new_one(full: WizardPage) -> None:
    assert full.session.case_id is not None
    full.desk.store.cases.bin(full.session.case_id)
    full.refresh()
    assert full.session.case_id is None


def test_another_case_is_like_the_first_but_for_the_patent(full: WizardPage) -> None:
    first = full.session.case_id
    QTest.keyClick(focused(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert full.session.case_id is None
    assert full.session.case.contact == FULL.contact
    assert full.session.case.patent.number is None
    assert first is not None


# --- widgets ----------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore(*POPUPS)  # the office's own name is offered
def test_owners_are_added_ordered_and_taken_away_by_keyboard(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    wizard.open_step("owners")
    type_in(wizard, "owners", "示例大学；湖北示例路桥科技有限公司")
    QTest.keyClick(widget(wizard, "owners"), Qt.Key.Key_Return)
    editor = all_of(wizard.stage, PartiesEditor)[0]
    editor.rows[0].line.setFocus()
    QTest.keyClick(editor.rows[0].line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    names = [owner.name for owner in wizard.session.case.owners]
    assert names == ["湖北示例路桥科技有限公司", "示例大学"]
    qtbot.waitUntil(editor.rows[1].line.hasFocus)
    editor.remove_party(0)
    assert [owner.name for owner in wizard.session.case.owners] == ["示例大学"]
    assert [stored.party.name for stored in wizard.desk.store.parties.listed()].count(
        "示例大学"
    ) == 1


def test_the_kind_of_an_owners_document_is_chosen_from_a_list(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    wizard.session.draft.put("owners", (Party(name="罗伯特·示例", kind="person"),))
    wizard.go_to("owners.0.document")
    answers = focused()
    assert isinstance(answers, QComboBox)
    assert answers.itemText(0) == ""
    answers.setCurrentText("护照")
    answers.activated.emit(answers.currentIndex())
    assert wizard.session.case.owners[0].document == "passport"
    answers.setCurrentIndex(0)
    answers.activated.emit(0)
    assert wizard.session.case.owners[0].document is None


def test_what_a_contract_asks_of_an_owner_is_filled_in_below_the_name(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    wizard.session.draft.put("owners", (Party(name="甲"), Party(name="乙")))
    wizard.go_to("owners.1.identity_number")
    editor = all_of(wizard.stage, PartiesEditor)[0]
    assert [row.details is not None for row in editor.rows] == [False, True]
    assert focused() is editor.lines()["owners.1.identity_number"]
    QTest.keyClicks(focused(), "91420100MA4K0D3E19")
    qtbot.wait(20)  # the order of Tab is laid
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is editor.lines()["owners.1.address"]
    type_text(focused(), "武汉市示例路9号")
    wizard.save()
    owner = kept(wizard).owners[1]
    assert (owner.identity_number, owner.address) == ("91420100MA4K0D3E19", "武汉市示例路9号")
    editor.rows[1].dragged.emit(
        1, editor.rows[0].mapToGlobal(editor.rows[0].rect().center()).y() - 60
    )
    assert wizard.session.case.owners[0].identity_number == "91420100MA4K0D3E19"
    field = editor.lines()["owners.0.identity_number"]
    assert isinstance(field, QLineEdit)
    assert field.text() == "91420100MA4K0D3E19"
    editor.rows[0].more.click()
    assert "owners.0.identity_number" not in editor.lines()


def test_owners_are_dragged_by_the_grip(wizard: WizardPage) -> None:
    wizard.session.draft.put("owners", (Party(name="甲"), Party(name="乙"), Party(name="丙")))
    wizard.open_step("owners")
    editor = all_of(wizard.stage, PartiesEditor)[0]
    first = editor.rows[0]
    y = editor.rows[1].mapToGlobal(editor.rows[1].rect().center()).y() + 30
    first.dragged.emit(first.place, y)
    assert [owner.name for owner in wizard.session.case.owners] == ["乙", "甲", "丙"]
    assert [row.line.text() for row in editor.rows] == ["乙", "甲", "丙"]
    assert editor.rows[1] is first


@pytest.mark.qt_log_ignore(*POPUPS)
def test_an_owner_from_the_address_book_comes_with_all_that_is_known(wizard: WizardPage) -> None:
    wizard.desk.store.parties.remember(Party(name="武汉新大学", kind="unit", phone="027-1"))
    wizard.open_step("owners")
    type_in(wizard, "owners", "武汉新大学")
    QTest.keyClick(widget(wizard, "owners"), Qt.Key.Key_Return)
    assert wizard.session.case.owners[0].phone == "027-1"


@pytest.mark.qt_log_ignore(*POPUPS)
def test_an_owner_taken_from_the_address_book_writes_nothing_back_there(
    wizard: WizardPage,
) -> None:
    book = wizard.desk.store.parties
    shown = book.remember(Party(name="武汉新大学", kind="unit", phone="027-1")).party
    book.remember(Party(name="武汉新大学", phone="027-2"))  # by another program, since
    wizard._party_added(shown)
    (kept,) = (one.party for one in book.listed() if one.party.name == "武汉新大学")
    assert kept.phone == "027-2"


def test_the_chosen_way_is_open_and_the_others_keep_quiet(full: WizardPage) -> None:
    full.open_step("royalty")
    editor = all_of(full.stage, OptionsEditor)[0]
    chosen = [card for card in editor.cards if card.radio.isChecked()]
    assert [card.option.value for card in chosen] == ["instalments"]
    for card in editor.cards:
        live = [blank for blank in card.blanks.values() if blank.isVisible()]
        assert bool(live) == (card is chosen[0] and bool(card.blanks))
    QTest.mouseClick(editor.cards[2], Qt.MouseButton.LeftButton)
    assert full.session.case.royalty.way == "lump_sum"


@pytest.mark.qt_log_ignore(*POPUPS)
def test_a_day_is_taken_from_the_calendar(full: WizardPage) -> None:
    from desktop.editing.form.editors import CalendarPopup, DateEditor

    full.open_step("term")
    QTest.keyClick(widget(full, "offer_end"), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    editors = all_of(full.stage, DateEditor)
    editor = next(one for one in editors if one.path == "offer_end")
    popup = all_of(editor, CalendarPopup)[0]
    popup._take(popup.calendar.selectedDate().addDays(-1))
    assert full.session.case.offer_end == date(2030, 12, 30)


# --- sizes, leaks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height", "beside", "map_width"),
    [
        (1440, 900, True, 208),
        (1280, 720, True, 192),
        (1100, 720, False, 192),
        (900, 500, False, 56),
    ],
)
def test_the_panes_share_the_width(
    full: WizardPage, window: MainWindow, width: int, height: int, beside: bool, map_width: int
) -> None:
    window.resize(width, height)
    assert full.map.width() == map_width
    assert full.preview.isVisible() == beside
    full.toggle_preview()
    assert full.preview.isVisible() != beside
    assert full.stage.isVisible() == beside
    full.toggle_preview()
    assert full.stage.isVisible()
    assert window.size().width() == width  # nothing forces it wider
