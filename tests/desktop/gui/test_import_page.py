"""Importing by mouse: dropped, looked at, columns and words put right, imported."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.pages.import_sheets import ImportPage, columns_card
from desktop.pages.import_sheets.columns_card import Choice
from desktop.pages.import_sheets.import_look import SheetLine
from desktop.pages.register import RegisterPage
from desktop.parts.notices import Notice
from desktop.parts.widgets import word_pieces
from desktop.shell.main_window import MainWindow
from forms.office.stored import Settled
from tests.desktop.gui.seat import AnsweringDialogs, type_chinese

LIST = """\
专利号,发明名称,权利人,授权日,许可费方式,总付金额（万元）,结束日,课题组
ZL202010318862.4,一种桥梁拉索涡激振动的在线监测方法,示例大学,2022.8.16,一次总付,20,2027/12/31,土木
ZL202010995106.3,江河水质在线监测浮标,示例大学,2021.3.9,面议,,2027/12/31,水利
,,示例大学,,,,,备注
CN113000000B,磷石膏基自流平砂浆及其制备方法,示例大学,2022.1.4,免费,,2027/12/31,材料
"""

Wait = Callable[[], None]
POPUPS = ("does not support raise", "does not support grabbing")  # offscreen


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ImportPage:
    made = ImportPage(desk)
    qtbot.addWidget(made)
    made.resize(1368, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "2022 年秋季征集汇总.csv"
    made.write_text(LIST, encoding="utf-8-sig")
    return made


@pytest.fixture
def looked(page: ImportPage, file: Path, qtbot: QtBot) -> ImportPage:
    """The page with the list looked at."""
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.look is not None)
    return page


def words(page: ImportPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def press(page: ImportPage, text: str, qtbot: QtBot) -> None:
    found = [one for one in page.findChildren(QPushButton) if one.text() == text]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def choose(page: ImportPage, header: str, path: str, qtbot: QtBot) -> None:
    """Put a column right."""
    before, combo = page.look, page.columns.combos[header]
    place = combo.findData(path)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    qtbot.waitUntil(lambda: page.look is not before and page.look is not None)


def test_what_an_import_would_do_is_shown_first(looked: ImportPage) -> None:
    assert looked.desk.store.register.count() == 0
    assert [one.action for one in looked.rows.lines] == ["new", "new", "refused", "new"]
    assert looked.primary.text() == "导入 3 件"
    reasons = [one.reason for one in looked.rows.lines]
    assert reasons[0] == ""
    assert "校验位应为 5，表中为 3" in reasons[1]
    assert "“面议”无法识别" in reasons[1]
    assert "没有专利号" in reasons[2]
    assert "CN113000000B" in reasons[3]
    assert "1 行不能导入。2 行有疑问" in words(looked)


def test_very_many_choices_are_made_in_pieces_and_shown_at_once(
    page: ImportPage, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_pieces, "_AT_ONCE_S", 0.0)
    seen: list[tuple[int, bool]] = []
    made = columns_card.Choices._column

    def noted(self: columns_card.Choices, *more: object) -> None:
        seen.append((len(page.columns.combos), page.look is None and page.asking.isVisible()))
        made(self, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(columns_card.Choices, "_column", noted)
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.columns.is_making)
    qtbot.waitUntil(lambda: page.look is not None)
    assert seen == [(0, True)] * 8
    assert len(page.columns.combos) == 8
    assert not page.columns.is_making


def test_a_look_that_is_not_shown_yet_gives_way(
    looked: ImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_pieces, "_AT_ONCE_S", 0.0)
    before, combo = looked.look, looked.columns.combos["结束日"]
    pick(combo, "offer_end")
    qtbot.waitUntil(lambda: looked.columns.is_making)
    assert looked.look is before
    looked.do_import()  # what would be imported is not what is shown
    pick(looked.columns.combos["课题组"], "region")  # what is shown may still be put right
    assert looked.columns.combos["结束日"] is combo
    qtbot.waitUntil(
        lambda: (
            looked.look is not None and set(looked.look.decisions.columns) == {"结束日", "课题组"}
        )
    )
    assert looked.desk.store.register.count() == 0
    assert looked.columns.combos["结束日"].currentData() == "offer_end"
    made = looked.columns._area.viewport().findChildren(columns_card.Choices)
    qtbot.waitUntil(lambda: not looked.columns.is_making)
    assert looked.columns._made in made
    pick(looked.columns.combos["课题组"], "")
    qtbot.waitUntil(lambda: looked.columns.is_making)
    looked.back()
    qtbot.wait(50)
    assert looked.look is None
    left = looked.columns._area.viewport().findChildren(columns_card.Choices)
    assert left == [looked.columns._made]


def test_rows_are_counted_and_filtered(looked: ImportPage) -> None:
    looked.rows.filters.choose("refused")
    assert [one.where for one in looked.rows.lines] == ["4"]
    looked.rows.filters.choose("doubtful")
    assert len(looked.rows.lines) == 2


def test_columns_are_shown_as_understood(looked: ImportPage) -> None:
    assert looked.columns.combos["专利号"].currentText() == "① 专利号"
    assert looked.columns.combos["课题组"].currentData() == ""
    assert looked.columns.combos["许可费方式"].property("state") == "pending"
    assert "万元换算为元" in words(looked)
    assert "2022.8.16" in words(looked)


def test_a_column_is_put_right_and_remembered(looked: ImportPage, file: Path, qtbot: QtBot) -> None:
    choose(looked, "结束日", "offer_end", qtbot)
    assert looked.look is not None
    assert {str(row.case.offer_end) for row in looked.look.plan.rows if row.case.offer_end} == {
        "2027-12-31"
    }
    choose(looked, "课题组", "region", qtbot)
    looked.do_import()
    qtbot.waitUntil(lambda: looked.desk.store.register.count() == 3)
    qtbot.waitUntil(lambda: looked.look is None)
    looked.open_files([file])
    qtbot.waitUntil(lambda: looked.look is not None)
    assert looked.columns.combos["结束日"].currentData() == "offer_end"
    assert "按您的选择" in words(looked)
    assert looked.look is not None
    assert looked.look.plan.count("unchanged") == 3
    assert not looked.primary.isEnabled()
    assert "没有可以导入的行" in words(looked)


def test_an_import_goes_on_though_others_save_meanwhile(looked: ImportPage, qtbot: QtBot) -> None:
    """It was told that the cases have changed just before: it would have looked again."""
    qtbot.waitUntil(lambda: not looked._is_looking())
    looked.do_import()
    looked.refresh()
    assert not looked._again.isActive()
    qtbot.waitUntil(lambda: looked.look is None, timeout=60_000)
    assert looked.desk.store.register.count() == 3


def test_what_a_heading_means_is_remembered_when_columns_are_added(
    looked: ImportPage, file: Path, qtbot: QtBot
) -> None:
    choose(looked, "结束日", "offer_end", qtbot)
    qtbot.waitUntil(lambda: not looked._is_looking())
    looked.do_import()
    qtbot.waitUntil(lambda: looked.look is None)
    lines = LIST.splitlines()
    wider = [f"{line},{'批次' if not place else ''}" for place, line in enumerate(lines)]
    file.write_text("\n".join(wider) + "\n", encoding="utf-8-sig")
    looked.enter(files=[file])
    qtbot.waitUntil(lambda: looked.look is not None)
    assert looked.columns.combos["结束日"].currentData() == "offer_end"


def test_what_has_no_column_is_told_until_one_is_said(looked: ImportPage, qtbot: QtBot) -> None:
    assert looked.look is not None
    assert "offer_end" in [field.path for field in looked.look.unanswered]
    assert "清单中没有对应的列：" in words(looked)
    choose(looked, "结束日", "offer_end", qtbot)
    assert looked.look is not None
    assert "offer_end" not in [field.path for field in looked.look.unanswered]


def test_the_row_in_hand_is_told_whole_with_its_title(looked: ImportPage) -> None:
    place = next(i for i, one in enumerate(looked.rows.table.rows) if len(one.reason) > 10)
    looked.rows.table.choose(place)
    one = looked.rows.table.rows[place]
    assert one.reason in looked.rows._all_of_it.text()
    assert looked.rows._all_of_it.isVisible()


@pytest.mark.qt_log_ignore(*POPUPS)
def test_a_target_is_found_by_typing_any_part_of_its_name(looked: ImportPage, qtbot: QtBot) -> None:
    looked.activateWindow()
    combo = looked.columns.combos["结束日"]
    combo.setFocus()
    qtbot.waitUntil(combo.isEditable)
    type_chinese("届满")
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not looked._is_looking())
    assert looked.columns.combos["结束日"].currentData() == "offer_end"


@pytest.mark.qt_log_ignore(*POPUPS)
def test_typing_what_no_target_has_changes_nothing(looked: ImportPage, qtbot: QtBot) -> None:
    looked.activateWindow()
    combo = looked.columns.combos["结束日"]
    combo.setFocus()
    qtbot.waitUntil(combo.isEditable)
    type_chinese("什么也不是")
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    looked.rows.table.setFocus()
    assert combo.currentData() == ""
    assert combo.currentText() == "不导入"


def test_a_layout_is_not_remembered_against_ones_will(
    looked: ImportPage, file: Path, qtbot: QtBot
) -> None:
    choose(looked, "结束日", "offer_end", qtbot)
    looked.columns.remember.setChecked(False)
    looked.do_import()
    qtbot.waitUntil(lambda: looked.look is None)
    looked.open_files([file])
    qtbot.waitUntil(lambda: looked.look is not None)
    assert looked.columns.combos["结束日"].currentData() == ""


def test_a_word_is_told_what_it_means(looked: ImportPage, qtbot: QtBot) -> None:
    before, combo = looked.look, looked.columns.word_combos["royalty.way", "面议"]
    place = combo.findData("other")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    qtbot.waitUntil(lambda: looked.look is not before and looked.look is not None)
    assert looked.look is not None
    assert looked.look.plan.rows[1].case.royalty.way == "other"
    assert looked.columns.combos["许可费方式"].property("state") is None
    combo = looked.columns.word_combos["royalty.way", "面议"]
    assert combo.currentText() == "其他"


def test_the_list_can_not_lose_number_and_title(
    looked: ImportPage, told: list[Notice], qtbot: QtBot
) -> None:
    choose(looked, "发明名称", "", qtbot)
    combo = looked.columns.combos["专利号"]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    qtbot.waitUntil(lambda: bool(told))
    assert "没有找到表头" in told[-1].text
    assert looked.columns.combos["专利号"].currentData() == "patent.number"


def test_importing_leads_to_what_was_imported(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    before = window.desk.store.register.count()
    window.dropEvent(_drop(file))
    page = window.page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.look is not None)
    page.do_import()
    qtbot.waitUntil(lambda: isinstance(window.page, RegisterPage))
    register = window.page
    assert isinstance(register, RegisterPage)
    qtbot.waitUntil(lambda: register.model.rowCount() == 3)
    assert window.desk.store.register.count() == before + 3
    assert "刚导入 3 件" in register.filters.only.text()
    marked = [register.model.row_at(place) for place in range(3)]
    assert {row.number_text: row.state for row in marked}["ZL202010995106.3"] == "faulty"
    assert window.notices.notice is not None
    assert "新增 3 件" in window.notices.notice.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.xlsx", b"This is no workbook.", "坏.xlsx"),
        ("空.csv", b"", "空.csv"),
        ("别的.csv", "姓名,电话\n张喆,027-1\n".encode(), "没有找到表头"),
    ],
)
def test_a_bad_file_is_told_kindly(
    name: str, content: bytes, said: str, page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    page.open_files([file])
    qtbot.waitUntil(lambda: "文件未能读取" in words(page))
    qtbot.waitUntil(lambda: said in words(page))
    assert page.look is None
    assert not page.foot.isVisible()


def test_a_file_that_is_gone_is_told_kindly(page: ImportPage, qtbot: QtBot) -> None:
    page.open_files([Path("没有这个.xlsx")])
    qtbot.waitUntil(lambda: "没有这个.xlsx" in words(page))


def test_reasons_and_template_are_saved(
    looked: ImportPage, told: list[Notice], tmp_path: Path
) -> None:
    dialogs = cast(AnsweringDialogs, looked.desk.dialogs)
    looked.save_reasons()
    looked.save_template()
    assert told == []
    dialogs.chosen_save = tmp_path / "原因.csv"
    looked.save_reasons()
    text = (tmp_path / "原因.csv").read_text(encoding="utf-8-sig")
    assert "不能导入" in text
    dialogs.chosen_save = tmp_path / "模板.xlsx"
    looked.asking.template_asked.emit()
    assert (tmp_path / "模板.xlsx").read_bytes()[:2] == b"PK"
    assert "模板" in told[-1].text


def test_another_file_may_be_chosen_or_none(looked: ImportPage, file: Path, qtbot: QtBot) -> None:
    dialogs = cast(AnsweringDialogs, looked.desk.dialogs)
    looked.ask_files()
    assert looked.look is not None
    dialogs.chosen_files = [file, file]
    looked.ask_files()
    qtbot.waitUntil(lambda: looked.look is not None and len(looked.look.lines) == 8)
    assert looked.look is not None
    assert "是同一件专利" in looked.look.lines[0].reason
    asked: list[str] = []
    looked.desk.place_asked.connect(lambda place, _: asked.append(place))
    assert looked.escape()
    assert asked == ["register"]
    assert looked.look is None


def test_it_is_looked_at_again_when_cases_change(looked: ImportPage, qtbot: QtBot) -> None:
    before = looked.look
    looked.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: looked.look is not before and looked.look is not None)


def test_cards_take_turns_where_it_is_narrow(looked: ImportPage, qtbot: QtBot) -> None:
    looked.resize(828, 500)
    qtbot.waitUntil(lambda: not looked.columns.isVisible())
    assert looked.rows.isVisible()
    looked.turn.choose("columns")
    assert looked.columns.isVisible()
    assert not looked.rows.isVisible()


def test_the_wheel_changes_no_column(looked: ImportPage) -> None:
    combo = looked.columns.combos["专利号"]
    before = combo.currentIndex()
    event = _wheel()
    combo.wheelEvent(event)
    assert not event.isAccepted()
    assert combo.currentIndex() == before


def _wheel() -> QWheelEvent:
    from PySide6.QtCore import QPoint

    return QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def _drop(file: Path) -> QDropEvent:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.mime = mime  # type: ignore[attr-defined]  # Qt keeps no reference of its own
    return event


# --- where the header is, what was passed over, what is missing ---------------------------------

ODD = """\
2022 年秋季征集,,,
编码,成果,单位,截止
ZL202010318862.4,一种桥梁拉索涡激振动的在线监测方法,示例大学,2027/12/31
ZL202010995106.3,江河水质在线监测浮标,示例大学,2027/12/31
"""


def pick(combo: Choice, data: object) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_a_header_that_is_not_recognised_is_pointed_out_mapped_and_remembered(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "另一种.csv"
    file.write_text(ODD, encoding="utf-8-sig")
    page.enter(files=[file])
    qtbot.waitUntil(lambda: "没有找到表头" in words(page))
    press(page, "指明列名在哪一行", qtbot)
    qtbot.waitUntil(lambda: page.look is not None)
    assert page.columns.header_combos[""].currentData() == 2
    assert not page.primary.isEnabled()
    for header, path in (("编码", "patent.number"), ("成果", "patent.title")):
        before = page.look
        pick(page.columns.combos[header], path)
        qtbot.waitUntil(lambda before=before: page.look is not before)  # type: ignore[misc]
    assert page.look is not None
    assert page.look.taken == 2
    with qtbot.waitSignal(page.desk.cases_changed):
        page.do_import()
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.look is not None)
    assert [one.action for one in page.look.lines] == ["unchanged", "unchanged"]


def test_the_header_may_be_another_row(looked: ImportPage, qtbot: QtBot) -> None:
    combo = looked.columns.header_combos[""]
    assert combo.currentData() == 1
    assert combo.itemText(0).startswith("第 1 行：专利号、发明名称")
    pick(combo, 2)
    qtbot.waitUntil(lambda: "ZL202010318862.4" in looked.columns.combos)
    pick(looked.columns.header_combos[""], 1)
    qtbot.waitUntil(lambda: "发明名称" in looked.columns.combos)


def test_samples_are_shown_as_passed_over(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "示例.csv"
    rows = "示例ZL202110345678.3,一种示例\n示例 ZL202010318862.4,真的有\nZL202010995106.3,浮标\n"
    file.write_text(f"专利号,发明名称\n{rows}", encoding="utf-8-sig")
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.look is not None)
    page.rows.filters.choose("sample")
    first, second = page.rows.lines
    assert "模板自带" in first.reason
    assert "删除“示例”" in second.reason
    assert (first.is_doubtful, second.is_doubtful) == (False, True)
    assert page.look is not None
    assert page.look.taken == 1


def test_cases_that_stand_in_no_row_any_more_are_named(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "清单.csv"
    lines = [f"ZL20201031886{n}.X,一种{n}" for n in "123456"]
    file.write_text("\n".join(["专利号,发明名称", *lines]), encoding="utf-8-sig")
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.look is not None)
    assert page.rows._said.count() == 0
    with qtbot.waitSignal(page.desk.cases_changed):
        page.do_import()
    file.write_text("\n".join(["专利号,发明名称", lines[0]]), encoding="utf-8-sig")
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.look is not None)
    assert "有 5 件案卷以前由同类清单导入" in words(page)


def test_bytes_that_were_no_text_are_told_above_the_rows(
    page: ImportPage, file: Path, qtbot: QtBot
) -> None:
    data = LIST.encode().replace("磷石膏".encode(), "磷".encode() + b"\xe7\x9f" + "膏".encode())
    file.write_bytes(data)
    page.enter(files=[file])
    qtbot.waitUntil(lambda: page.look is not None)
    assert "第 5 行有无法识别的字" in words(page)
    [line] = [one for one in page.rows.lines if "�" in one.reason]
    assert "膏" in line.reason and line.is_doubtful


def test_rows_that_are_none_and_columns_that_are_left_out_are_told(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "清单.csv"
    rows = [
        "专利号,专利名称,专利权人,专利权人（变更前）,备注",
        "ZL202110345678.3,一种装置,示例大学,示例学院,已质押",
        ",,江汉科技有限公司,,",
        "合计：1件,,,,",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    page = ImportPage(desk)
    qtbot.addWidget(page)
    page.open_files([file])
    qtbot.waitUntil(lambda: page.look is not None)
    first, more, footer = page.rows.lines
    assert (first.action, more.action, footer.action) == ("new", "passed", "passed")
    assert first.is_doubtful and "质押" in first.reason
    assert "已并入" in more.reason and "合计" in footer.reason
    said = "".join(label.text() for label in page.rows.findChildren(QLabel))
    assert "“专利权人(变更前)”是变更以前的，未导入" in said


def test_a_row_that_would_change_a_case_that_was_sent_is_to_be_looked_at(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "清单.csv"
    head, row = "专利号,专利名称,备注", "ZL202010318862.4,{title},{notes}"

    def looked_at(title: str, notes: str) -> SheetLine:
        said = row.format(title=title, notes=notes)
        file.write_text(f"{head}\n{said}", encoding="utf-8-sig")
        page.look = None
        page.open_files([file])
        qtbot.waitUntil(lambda: page.look is not None)
        (line,) = page.rows.lines
        return line

    page = ImportPage(desk)
    qtbot.addWidget(page)
    assert not looked_at("一种装置", "").is_doubtful
    page.do_import()
    qtbot.waitUntil(lambda: desk.store.register.count() == 1)
    qtbot.waitUntil(lambda: page.look is None)
    sent = Settled(state="sent", until=None, royalty="")
    desk.store.settle_by(lambda _store, ids: dict.fromkeys(ids, sent))
    desk.store.settle(desk.store.register.ids())
    renamed = looked_at("另一种装置", "")
    assert renamed.is_doubtful
    assert renamed.reason.startswith("这件案卷已经报送")
    assert not looked_at("一种装置", "已催过一次").is_doubtful  # the office's own may change
