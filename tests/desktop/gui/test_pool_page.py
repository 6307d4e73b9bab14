"""专利池 in the window: made, filled, an application led to its agreement, a charter answered."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.data_places import database_file
from db.records import RecordShelf
from db.store_problems import LockedDatabase
from desktop.installed.settings import Settings
from desktop.pages.pool import PoolPage
from desktop.pages.pool.application_row import ApplicationRow
from desktop.pages.pool.application_sheet import ApplicationSheet
from desktop.pages.pool.fields_sheet import FieldsSheet
from desktop.pages.pool.plan_sheet import PlanSheet
from desktop.parts.notices import Notice
from desktop.parts.theme.theme import Theme
from desktop.screens.pool_scenes import lived_in
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from forms.office import pools
from forms.office.pools import view
from forms.pack.types import Pack
from forms.pool.checklists import with_answer
from forms.pool.records import APPLICATIONS, CHARTS, MEMBERS, PATENTS, Element, Member
from forms.pool.records import Answer as Answered
from tests.desktop.gui.seat import DataMade, once, seat

Answer = Callable[[QDialog], bool]


def types(**told: str) -> Answer:
    """Type into a sheet of fields and agree; `_` stands for the dot of a path."""

    def answer(sheet: QDialog) -> bool:
        assert isinstance(sheet, FieldsSheet)
        for name, text in told.items():
            path = name if name in sheet.edits else name.replace("_", ".")
            line = sheet.edits[path].line
            if isinstance(line, QComboBox):
                line.setCurrentText(text)
            elif isinstance(line, QPlainTextEdit):
                line.setPlainText(text)
            else:
                line.setText(text)
        sheet.take()
        return sheet.result() == QDialog.DialogCode.Accepted

    return answer


def steps(name: str) -> Answer:
    """Ask for a step of an application."""

    def answer(sheet: QDialog) -> bool:
        assert isinstance(sheet, ApplicationSheet)
        sheet.step = name
        return bool(name)

    return answer


BEGINS_AT = ""


class Lived(NamedTuple):
    """A database with a pool that has gone on for some time."""

    file: Path
    pool_id: int


@pytest.fixture(scope="module")
def pool_made(
    theme: Theme, pack: Pack, tmp_path_factory: pytest.TempPathFactory, data_made: DataMade
) -> Lived:
    """Made once and copied: that costs a test less than a life of a pool."""
    folder = tmp_path_factory.mktemp("pool")
    shutil.copy(data_made.sample, database_file(folder))
    made = seat(folder, theme, Settings(folder / "settings.toml"), pack)
    made.store.backups._done_on = made.today
    pool_id = lived_in(made.store, made.today)
    made.close()
    return Lived(database_file(folder), pool_id)


@pytest.fixture
def desk_data(request: pytest.FixtureRequest, data_made: DataMade) -> DataMade:
    if "lived" not in request.fixturenames:
        return data_made
    lived: Lived = request.getfixturevalue("pool_made")
    return data_made._replace(sample=lived.file)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PoolPage:
    window.show_place("pool")
    shown = window.page
    assert isinstance(shown, PoolPage)
    _waits(shown, qtbot)
    return shown


def _waits(page: PoolPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._is_stale and page.look is not None)
    qtbot.waitUntil(lambda: not page.desk.jobs.running, timeout=20_000)


def _answers(page: PoolPage, monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> None:
    waiting = list(answers)
    monkeypatch.setattr(page.desk.dialogs, "agrees", lambda sheet: waiting.pop(0)(sheet))


def test_a_new_clerk_makes_a_pool_and_its_place_stays_on_the_rail(
    page: PoolPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page._stack.currentWidget() is page.empty
    assert window._rail.buttons["pool"].isHidden()
    _answers(page, monkeypatch, types(name="智慧农业专利池", fee_percent="10%"))
    page.new_pool("run")
    qtbot.waitUntil(lambda: page.look is not None and page.look.view is not None)
    assert page.look is not None
    pool = page.look.whole.pool.record
    assert (pool.name, pool.operator.name, str(pool.fee.percent)) == (
        "智慧农业专利池",
        page.desk.store.parties.office().name,
        "10",
    )
    assert not window._rail.buttons["pool"].isHidden()


@pytest.fixture
def lived(page: PoolPage, pool_made: Lived, qtbot: QtBot) -> PoolPage:
    page.show_pool(pool_made.pool_id)
    qtbot.waitUntil(lambda: page.look is not None and page.look.view is not None)
    _waits(page, qtbot)
    return page


def test_a_cell_of_the_matrix_opens_its_patents(lived: PoolPage, qtbot: QtBot) -> None:
    overview = lived.shown["overview"]
    matrix = overview.matrix  # type: ignore[attr-defined]
    room = matrix.room_of(1, 2)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=room.center().toPoint())
    patents = lived.shown["patents"]
    assert lived.tabs.current == "patents"
    rows = patents.table.rows  # type: ignore[attr-defined]
    assert len(rows) == 7
    assert {(one.record.category, one.record.grade) for one in rows} == {("农机装备", "丙级")}
    patents.show_all()  # type: ignore[attr-defined]
    assert len(patents.table.rows) == 85  # type: ignore[attr-defined]


def test_an_application_is_led_to_its_agreement(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = lived.findChildren(ApplicationRow)
    last = next(one for one in rows if one.kept.record.applicant.name == "示例农业科学院")
    before = len(view(lived.desk.store, lived.doing.pool_id).patents)
    _answers(
        *(lived, monkeypatch),
        *(steps("list"), steps("sign"), types(signed_on="2022-09-01", ends_on="2025-12-31")),
    )
    last.click()
    found = view(lived.desk.store, lived.doing.pool_id)
    assert len(found.patents) == before + 1
    entered = found.patents[-1].record
    assert (entered.grade, entered.entered_on, entered.agreed_until) == (
        "乙级",
        date(2022, 9, 1),
        date(2025, 12, 31),
    )


def test_an_agreement_that_bars_members_is_not_taken(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = next(one for one in lived.look.waiting if one.record.stage == "agreement")  # type: ignore[union-attr]
    _answers(
        *(lived, monkeypatch),
        *(steps("sign"), types(signed_on="2022-09-01", members_license_alone="否"), steps("")),
    )
    lived.doing.open_application(waiting.id)
    assert lived.look is not None
    signed = view(lived.desk.store, lived.doing.pool_id).agreements
    assert all(one.record.application_id is None for one in signed)


def test_a_report_that_came_is_ticked_and_nothing_is_wanting_any_more(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lived.doing.look.waiting[0]
    assert [one.code for one in (lived.doing.look.checked or {})[first.id]] == ["report_missing"]

    def tick(sheet: QDialog) -> bool:
        assert isinstance(sheet, ApplicationSheet)
        sheet._came[0][0].setChecked(True)
        return False

    _answers(lived, monkeypatch, tick)
    lived.doing.open_application(first.id)
    qtbot.waitUntil(lambda: (lived.doing.look.checked or {})[first.id] == ())
    _waits(lived, qtbot)


def test_what_is_enclosed_is_kept_and_saved_elsewhere(
    lived: PoolPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialogs, folder = lived.desk.dialogs, tmp_path / "另存"
    folder.mkdir()
    (folder / "证书.pdf").write_bytes(b"another")
    file = tmp_path / "证书.pdf"
    file.write_bytes(b"%PDF-1.4 invented")
    monkeypatch.setattr(dialogs, "files", lambda *_: [file])
    monkeypatch.setattr(dialogs, "folder", lambda *_: folder)
    _answers(lived, monkeypatch, steps("enclose"), steps("save_enclosed"), steps(""))
    lived.doing.open_application(lived.doing.look.waiting[0].id)
    written = sorted(one.read_bytes() for one in folder.iterdir())
    assert written == [b"%PDF-1.4 invented", b"another"]


def test_a_member_leaves_with_its_patents(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = view(lived.desk.store, lived.doing.pool_id).members[-1]
    _answers(lived, monkeypatch, types(day="2022-12-01"))
    lived.doing.leave(member.id)
    shelf = lived.desk.store.records
    assert shelf.of(MEMBERS).get(member.id).record.left_on == date(2022, 12, 1)
    own = [one for one in shelf.of(PATENTS).listed() if one.record.member_id == member.id]
    assert {one.record.why_out for one in own} <= {"left", "lapsed"}


def test_what_is_answered_in_the_charter_is_kept_at_once(lived: PoolPage, qtbot: QtBot) -> None:
    lived.show_charter()
    reply = lived.charter.replies["effect.alone"]
    reply.setCurrentText("是")
    reply.activated.emit(1)
    name = lived.charter.edits["name"].line
    assert isinstance(name, QLineEdit)
    name.setText("江汉智慧农业专利池")
    name.editingFinished.emit()
    alone = lived.charter.edits["members_license_alone"].line
    assert isinstance(alone, QComboBox)
    alone.setCurrentText("否")
    alone.activated.emit(2)
    pool = view(lived.desk.store, lived.doing.pool_id).pool
    assert (pool.record.name, pool.record.members_license_alone) == ("江汉智慧农业专利池", False)
    answers: Mapping[str, str | None] = {one.item: one.reply for one in pool.record.answers}
    assert answers["effect.alone"] == "yes"
    assert lived.escape()
    assert lived._stack.currentWidget() is lived._tabbed


def test_what_two_change_of_a_charter_is_all_kept(lived: PoolPage, qtbot: QtBot) -> None:
    lived.show_charter()
    store, at = lived.desk.store, lived.doing.pool_id
    answer = Answered(item="effect.alone", reply="no", who="王敏")
    pools.change(store, at, lambda pool: with_answer(replace(pool, payout_days=45), answer))
    name, days = (lived.charter.edits[path].line for path in ("name", "payout_days"))
    assert isinstance(name, QLineEdit) and isinstance(days, QLineEdit)
    name.setText("江汉智慧农业专利池")
    name.editingFinished.emit()
    days.editingFinished.emit()  # only passed through
    other = next(code for code in lived.charter.replies if code != "effect.alone")
    lived.charter.replies[other].setCurrentText("是")
    lived.charter.replies[other].activated.emit(1)
    pool = view(store, at).pool.record
    assert (pool.name, pool.payout_days) == ("江汉智慧农业专利池", 45)
    replies = {one.item: one.reply for one in pool.answers}
    assert (replies["effect.alone"], replies[other]) == ("no", "yes")


def test_what_one_says_and_another_notes_of_an_item_are_both_its_answer(lived: PoolPage) -> None:
    lived.show_charter()
    store, at = lived.desk.store, lived.doing.pool_id
    item = next(code for code, reply in lived.charter.replies.items() if not reply.currentData())
    theirs = Answered(item=item, reply="yes", who="王敏")
    pools.change(store, at, lambda pool: with_answer(pool, theirs))
    lived.charter.words[item].setText("见章程第八条")
    lived.charter.words[item].editingFinished.emit()
    kept = next(one for one in view(store, at).pool.record.answers if one.item == item)
    assert (kept.reply, kept.words) == ("yes", "见章程第八条")


def test_who_goes_on_from_one_long_text_to_another_at_once_keeps_both(lived: PoolPage) -> None:
    lived.show_charter()
    store, at = lived.desk.store, lived.doing.pool_id
    for path in ("purpose", "charter_words"):
        line = lived.charter.edits[path].line
        assert isinstance(line, QPlainTextEdit)
        line.setPlainText(f"{path}：自拟")
    lived.charter.keep()
    pool = view(store, at).pool.record
    assert (pool.purpose, pool.charter_words) == ("purpose：自拟", "charter_words：自拟")


def test_what_two_change_of_a_member_is_both_kept_and_what_failed_is_not_said_to_be_saved(
    lived: PoolPage, monkeypatch: pytest.MonkeyPatch, refused: list[str]
) -> None:
    shelf = lived.desk.store.records.of(MEMBERS)
    member = view(lived.desk.store, lived.doing.pool_id).members[-1]

    def meanwhile(record: Member, answer: Answer) -> Answer:
        def answers(sheet: QDialog) -> bool:
            shelf.save(member.id, record)
            return answer(sheet)

        return answers

    moved = with_value(member.record, "party.address", "武汉市")
    _answers(lived, monkeypatch, meanwhile(moved, types(party_phone="027-77")))
    lived.doing.edit_member(member.id)
    party = shelf.get(member.id).record.party
    assert (party.address, party.phone) == ("武汉市", "027-77")

    def gone(sheet: QDialog) -> bool:
        shelf.bin([member.id])
        return types(party_phone="027-78")(sheet)

    monkeypatch.setattr(lived.desk.dialogs, "agrees", once(gone, refused))
    lived.doing.edit_member(member.id)
    assert refused


def refused_once(save: Callable[..., Any], locks: list[LockedDatabase]) -> Callable[..., Any]:
    """Refuse to save as long as there are locks; each is met once."""

    def later(self: Any, *arguments: Any, **more: Any) -> object:
        if locks:
            raise locks.pop()
        return save(self, *arguments, **more)

    return later


def test_what_was_ticked_of_an_application_comes_again_where_a_lock_refuses_it(
    lived: PoolPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lived.doing.look.waiting[0]
    locks = [LockedDatabase(lived.desk.store.path)]

    def ticks(sheet: QDialog) -> bool:
        assert isinstance(sheet, ApplicationSheet)
        sheet._came[0][0].setChecked(True)
        return steps("enclose")(sheet)

    def comes_again(sheet: QDialog) -> bool:
        assert isinstance(sheet, ApplicationSheet)
        assert sheet._came[0][0].isChecked()
        return steps("enclose")(sheet)

    monkeypatch.setattr(RecordShelf, "save", refused_once(RecordShelf.save, locks))
    _answers(lived, monkeypatch, ticks, comes_again, steps(""))
    lived.doing.open_application(first.id)
    assert not locks
    assert lived.desk.store.records.of(APPLICATIONS).get(first.id).record.patents[0].report


def test_a_sheet_that_a_lock_refuses_comes_again_as_it_was_typed(
    lived: PoolPage, monkeypatch: pytest.MonkeyPatch, told: list[Notice]
) -> None:
    store, pool_id = lived.desk.store, lived.doing.pool_id
    member = view(store, pool_id).members[-1]
    locks = [LockedDatabase(store.path)]

    def comes_again(sheet: QDialog) -> bool:
        assert isinstance(sheet, FieldsSheet)
        assert sheet.edits["party.phone"].text == "027-79"
        why = sheet.findChild(QLabel, "why")
        assert why is not None
        assert "占用" in why.text()
        sheet.take()
        return True

    monkeypatch.setattr(RecordShelf, "save_changes", refused_once(RecordShelf.save_changes, locks))
    _answers(lived, monkeypatch, types(party_phone="027-79"), comes_again)
    lived.doing.edit_member(member.id)
    assert not locks
    assert view(store, pool_id).members[-1].record.party.phone == "027-79"
    assert [one.tone for one in told] == ["done"]


def test_what_a_lock_keeps_out_of_the_charter_is_not_left_behind(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived.show_charter()
    store, at, change = lived.desk.store, lived.doing.pool_id, pools.change
    is_locked = True

    def locked(*given: object, **named: object) -> object:
        if is_locked:
            raise LockedDatabase(store.path)
        return change(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pools, "change", locked)
    name = lived.charter.edits["name"].line
    assert isinstance(name, QLineEdit)
    name.setText("江汉智慧农业专利池")
    name.editingFinished.emit()
    item, reply = next(iter(lived.charter.replies.items()))
    reply.setCurrentText("否")
    reply.activated.emit(2)
    assert not lived.leave()  # it was said why
    assert lived.charter.isVisible()
    is_locked = False
    qtbot.waitUntil(lambda: view(store, at).pool.record.name == "江汉智慧农业专利池")
    answers = {one.item: one.reply for one in view(store, at).pool.record.answers}
    assert answers[item] == "no"
    assert lived.leave()


def test_what_a_lock_keeps_out_of_a_chart_is_not_left_behind(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lived.look is not None
    lived.show_evidence(lived.look.inside[0].record.number)
    shelf = lived.desk.store.records.of(CHARTS)
    add, is_locked = type(shelf).add, True

    def locked(*given: object, **named: object) -> object:
        if is_locked:
            raise LockedDatabase(lived.desk.store.path)
        return add(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(type(shelf), "add", locked)
    QTest.keyClicks(lived.evidence.facts["product"], "M3")
    assert not lived.leave()
    is_locked = False
    qtbot.waitUntil(lambda: bool(shelf.listed()))
    assert lived.leave()


def test_a_chart_that_two_fill_has_what_both_typed(lived: PoolPage, qtbot: QtBot) -> None:
    assert lived.look is not None
    lived.show_evidence(lived.look.inside[0].record.number)
    shelf, shown = lived.desk.store.records.of(CHARTS), lived.evidence
    QTest.keyClicks(shown.facts["product"], "M3")
    qtbot.waitUntil(lambda: bool(shelf.listed()))
    (kept,) = shelf.listed()
    theirs = replace(kept.record, maker="某公司", elements=(Element(words="传感器"),))
    shelf.save(kept.id, theirs)
    shown.rows[0].words.setPlainText("控制器")
    qtbot.waitUntil(lambda: shelf.get(kept.id).revision > kept.revision + 1)
    shown.conclusion.setPlainText("相符")
    qtbot.waitUntil(lambda: bool(shelf.get(kept.id).record.conclusion))
    now = shelf.get(kept.id).record
    assert (now.maker, [one.words for one in now.elements]) == ("某公司", ["控制器", "传感器"])
    shelf.bin([kept.id])
    shown.conclusion.setPlainText("相符，见附图")
    qtbot.waitUntil(lambda: [one.record.conclusion for one in shelf.listed()] == ["相符，见附图"])


def test_a_chart_of_evidence_is_kept_as_it_is_typed(lived: PoolPage, qtbot: QtBot) -> None:
    assert lived.look is not None
    lived.show_evidence(lived.look.inside[0].record.number)
    view_ = lived.evidence
    QTest.keyClicks(view_.facts["product"], "M3")
    view_.rows[0].words.setPlainText("多个土壤湿度传感器")
    view_.rows[0].day.setText("后天")
    shelf = lived.desk.store.records.of(CHARTS)
    qtbot.waitUntil(lambda: bool(shelf.listed()) and bool(shelf.listed()[0].record.elements))
    (kept,) = shelf.listed()
    assert kept.record.product == "M3"
    assert kept.record.elements[0].words == "多个土壤湿度传感器"
    assert kept.record.elements[0].source_day is None


def test_a_workbook_is_looked_at_before_it_is_taken(
    lived: PoolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "成员.csv"
    file.write_bytes("名称,电话\n示例大学,027-1\n新成员大学,027-2\n".encode("utf-8-sig"))
    seen: list[QDialog] = []

    def agrees(sheet: QDialog) -> bool:
        seen.append(sheet)
        return True

    monkeypatch.setattr(lived.desk.dialogs, "agrees", agrees)
    lived.doing.take_files([file])
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert isinstance(seen[0], PlanSheet)
    pool_id = lived.doing.pool_id
    qtbot.waitUntil(lambda: len(view(lived.desk.store, pool_id).members) == 8, timeout=20_000)
    _waits(lived, qtbot)


def test_what_a_use_case_refuses_is_told_on_the_sheet(
    lived: PoolPage, monkeypatch: pytest.MonkeyPatch, refused: list[str]
) -> None:
    monkeypatch.setattr(lived.desk.dialogs, "agrees", once(types(party_name="示例大学"), refused))
    lived.doing.new_member()
    assert refused == ["示例大学 已是成员。"]


def test_papers_are_offered_for_what_there_is_and_written(
    lived: PoolPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = lived.doing.papers.menu(lived)
    offered = {inner.title(): inner for inner in menu.findChildren(QMenu)}
    whole = lived.doing.look.whole
    applicants = [one.record.applicant.name for one in whole.applications]
    assert [action.text() for action in offered["入池申请表"].actions()] == applicants
    assert offered["权利要求对照表"].isEnabled() == bool(whole.charts)
    file = tmp_path / "自查表.pdf"
    monkeypatch.setattr(lived.desk.dialogs, "save", lambda *_: file)
    checklist = next(one for one in offered["自查表"].actions() if one.text() == "公平竞争")
    checklist.trigger()
    qtbot.waitUntil(file.exists, timeout=20_000)
    _waits(lived, qtbot)
    assert file.read_bytes().startswith(b"%PDF")
