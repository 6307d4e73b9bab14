"""The widgets pages are made of: messages, fields, heads and feet, help, the empty register."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import desktop
from desktop.pages.first_start import EmptyRegister
from desktop.pages.help import HelpPage
from desktop.parts.question import AskChoice, Question
from desktop.parts.theme.theme import Theme
from desktop.parts.widgets.basics import button, clear, column, icon_button, label
from desktop.parts.widgets.frames import Card, FilterBar, FootBar, PageHead, StepsBar
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.messages import Chip, DerivedPanel, MessageStrip
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.shell.main_window import MainWindow
from tests.desktop.gui.looking_over import faults
from tests.desktop.gui.seat import words

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme) -> Shown:
    def shown(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(640, 400)
        widget.show()
        return widget

    return shown


def test_a_message_offers_its_fix_and_its_basis(show: Shown, qtbot: QtBot) -> None:
    strip = MessageStrip(
        "error",
        "各批相加得 180,000 元，不是 200,000 元。",
        fix="改为 180,000 元",
        basis="信息表 第⑥栏",
    )
    show(strip)
    fix, basis = strip.findChildren(QPushButton)
    with qtbot.waitSignal(strip.fix_asked):
        fix.click()
    with qtbot.waitSignal(strip.basis_asked):
        basis.click()
    assert basis.text() == "依据：信息表 第⑥栏"
    assert strip.accessibleName().startswith("错误：各批相加")
    assert MessageStrip("advice", "请斟酌。").findChildren(QPushButton) == []


def test_a_message_is_as_high_as_its_words(show: Shown) -> None:
    short, long = MessageStrip("pending", "报送前补齐。"), MessageStrip("pending", "补齐。" * 60)
    holder = QWidget()
    holder.setLayout(column(short, long, None))
    show(holder)
    assert short.height() < 44
    assert long.height() > 3 * short.height() / 2


def test_a_field_says_what_is_wrong_in_words_too(show: Shown, qtbot: QtBot) -> None:
    entry = QLineEdit()
    field = LabelledField("共计", entry, hint="元")
    show(field)
    fixed: list[int] = []
    field.show_problems(
        [
            FieldProblem("advice", "末批较晚。"),
            FieldProblem("error", "不相等。", fix="改", on_fix=lambda: fixed.append(1)),
        ]
    )
    assert entry.property("state") == "error"
    assert entry.accessibleDescription() == "末批较晚。；不相等。"
    assert entry.accessibleName() == "共计"
    field.findChildren(QPushButton)[0].click()
    assert fixed == [1]
    field.show_problems([FieldProblem("advice", "末批较晚。")])
    assert not entry.property("state")
    field.show_problems([])
    assert entry.accessibleDescription() == ""


def test_derived_facts_come_with_their_reasons(show: Shown) -> None:
    panel = DerivedPanel()
    show(panel)
    panel.show_facts([("专利类型", "发明", "专利号第 5 位为 1")])
    assert words(panel) == ["由以上推算", "专利类型", "发明", "专利号第 5 位为 1"]
    assert panel.findChildren(QLineEdit) == []
    panel.show_facts([])
    assert not panel.isVisible()


def test_a_disabled_primary_has_its_reason_beside_it(show: Shown) -> None:
    primary = button("生成报送包", "primary")
    foot = FootBar(primary)
    show(foot)
    foot.say("保存到 D:\\开放许可")
    foot.block("第 4 件有错误，不能报送")
    assert not primary.isEnabled()
    assert "第 4 件有错误，不能报送" in [
        one.text() for one in foot.findChildren(QLabel) if one.isVisible()
    ]
    foot.block("")
    assert primary.isEnabled()


def test_filters_are_counted_and_one_is_chosen(show: Shown, qtbot: QtBot) -> None:
    bar = FilterBar([("all", "全部"), ("faulty", "有错误")])
    show(bar)
    bar.show_counts({"all": 1312, "faulty": 6})
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    buttons = bar.findChildren(QPushButton)
    assert [one.text() for one in buttons] == ["全部  1,312", "有错误  6"]
    buttons[1].click()
    bar.choose("all")
    assert chosen == ["faulty", "all"]
    assert bar.current == "all"


def test_steps_say_which_is_in_hand(show: Shown) -> None:
    bar = StepsBar(["选文件", "对应列", "试导入", "完成"])
    show(bar)
    bar.show_current(2)
    assert bar.accessibleName() == "3/4 试导入"
    assert not bar.grab().isNull()


def test_heads_and_cards_hold_what_they_are_given(show: Shown, qtbot: QtBot) -> None:
    head = PageHead("案卷", back="案卷", buttons=[button("导入清单")])
    card = Card("已生成", beside="17 个文件", buttons=[button("文件清单")])
    holder = QWidget()
    holder.setLayout(column(head, card, None))
    show(holder)
    head.show_title("导入清单")
    head.show_beside("50 行")
    card.show_title("未生成", "1 件", tone="error")
    assert words(holder) == ["导入清单", "50 行", "未生成", "1 件"]
    with qtbot.waitSignal(head.back_asked):
        head.findChildren(QPushButton)[0].click()


LONG = "江汉平原再生稻联合收获与秸秆还田装备专利池运营管理办公室"


def test_a_long_name_in_a_head_gives_way_to_what_stands_beside_it(
    show: Shown, qtbot: QtBot
) -> None:
    made = button("分配表 Excel")
    head = PageHead("", back="专利池", buttons=[made])
    card = Card("单位", buttons=[button("删除单位")])
    holder = QWidget()
    holder.setLayout(column(head, card, None))
    show(holder)
    head.show_title(LONG)
    card.show_title(LONG * 2, "示例大学")
    holder.resize(580, 300)
    qtbot.waitUntil(lambda: holder.width() == 580)
    qtbot.waitUntil(lambda: list(faults(holder)) == [])  # what is cut is in its tooltip
    assert made.width() == made.sizeHint().width()
    for one in holder.findChildren(Elided):
        if LONG in one.text():
            assert one.shown.endswith("…")
            assert one.toolTip() == plain_tip(one.text())


def test_a_chip_says_its_word(show: Shown) -> None:
    chip = Chip("faulty")
    show(chip)
    before = chip.sizeHint()
    chip.show_state("unsealed")
    assert chip.accessibleName() == "待签章"
    assert chip.sizeHint().height() == before.height() == 24
    with pytest.raises(KeyError):
        chip.show_state("nothing")


def test_every_button_has_a_name_for_those_who_listen(show: Shown) -> None:
    one = icon_button("undo-2", "撤销", keys="Ctrl+Z")
    show(one)
    assert one.accessibleName() == "撤销"
    assert one.toolTip() == "撤销  Ctrl+Z"


def test_clearing_leaves_nothing(show: Shown) -> None:
    holder = QWidget()
    layout = column(label("一"), label("二"))
    layout.addLayout(column(label("三"), None))
    holder.setLayout(layout)
    show(holder)
    clear(layout)
    assert layout.count() == 0
    assert all(not one.isVisible() for one in holder.findChildren(QLabel))


def test_a_dialog_grows_to_what_its_words_ask_for(qtbot: QtBot, theme: Theme) -> None:
    answers = ("恢复，保留现在的设置", "连同设置一并恢复")
    question = Question("恢复备份", "现有资料将先自动备份，再换成备份中的内容。" * 4, answers)
    qtbot.addWidget(question)
    question.resize(420, 60)  # as on a small screen, of which Qt takes two thirds
    question.show()
    qtbot.waitUntil(lambda: list(faults(question)) == [])
    wide = question.screen().availableGeometry().width() + 50
    for size in (question.size(), QSize(wide, 400)):  # large enough: nothing changes
        question.resize(size)
        qtbot.waitUntil(lambda size=size: question.size() == size)  # type: ignore[misc]
        question.grow()
        assert question.size() == size


def test_every_dialog_of_ours_is_a_sheet() -> None:
    shown_as_they_are = {"PrintPreview", "ProgressDialog", "Sheet"}  # a page; a bar; the sheet
    found = {
        name
        for file in Path(desktop.__file__).parent.rglob("*.py")
        for name in re.findall(r"^class (\w+)\(QDialog\)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert found == shown_as_they_are


def test_a_question_is_answered_with_a_verb(qtbot: QtBot, theme: Theme) -> None:
    question = Question("删除案卷", "3 件案卷将移入回收站。", ("删除 3 件案卷",), danger=True)
    qtbot.addWidget(question)
    question.show()
    stay, yes = question.findChildren(QPushButton)
    assert (stay.text(), stay.accessibleName()) == ("取消(&C)", "取消")
    yes.click()
    assert question._answer == "删除 3 件案卷"


@pytest.mark.parametrize("is_sample", [False, True])
def test_an_empty_register_offers_three_ways_and_one_of_them_first(
    is_sample: bool, show: Shown, qtbot: QtBot
) -> None:
    empty = EmptyRegister(is_sample=is_sample)
    show(empty)
    buttons = {one.text(): one for one in empty.findChildren(QPushButton)}
    assert [b.text() for b in buttons.values() if b.property("role") == "primary"] == ["选择清单…"]
    assert ("打开样例" in buttons) is not is_sample
    with qtbot.waitSignal(empty.import_asked):
        buttons["选择清单…"].click()
    with qtbot.waitSignal(empty.new_asked):
        buttons["新建案卷"].click()
    with qtbot.waitSignal(empty.restore_asked):
        buttons["从备份恢复"].click()
    if not is_sample:
        with qtbot.waitSignal(empty.sample_asked):
            buttons["打开样例"].click()


def test_the_guide_opens_at_the_task_that_is_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    page = window.page
    assert isinstance(page, HelpPage)
    assert page.tasks.count() >= 8
    window.show_place("help", {"topic": "报送"})
    assert page.tasks.currentItem().text() == "报送"
    assert page.words.verticalScrollBar().value() > 0
    assert page.words.horizontalScrollBar().maximum() == 0


def test_of_several_none_is_chosen_until_the_clerk_chooses(qtbot: QtBot, theme: Theme) -> None:
    asked = AskChoice("用哪一个？", "有几种。", ["甲", "乙"], "用这个")
    qtbot.addWidget(asked)
    asked.show()
    asked.list.setFocus()
    assert not asked.yes.isEnabled()
    asked.list.setCurrentRow(1)
    assert asked.yes.isEnabled()
    QTimer.singleShot(0, asked.yes.click)
    assert asked.ask() == 1
    QTimer.singleShot(0, asked.reject)
    assert asked.ask() is None
