"""An examiner goes through a package, patent by patent, and writes the answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.store_problems import LockedDatabase
from desktop.installed.workplaces import BUREAU
from desktop.pages.review import ReviewPage
from desktop.pages.review.drafts import draft_of
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.bureau.intake import take_in
from forms.bureau.originals import originals_folder
from forms.bureau.package_care import send_to_review
from forms.bureau.records import PACKAGE_CASES, PackageCase
from forms.office.submission import submit

BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewPage]:
    """The sample's own package, taken in at the same desk and sent to review."""
    desk = window.desk
    store = desk.store
    made = submit(
        store, desk.pack, desk.today, store.cases.listed()[:9], tmp_path / "报送", skip_faulty=True
    )
    originals = originals_folder(store.path.parent)
    taken = take_in(store, [made.written.zip], originals, [desk.pack], now=desk.now)
    ids = [one.package_id for one in taken if one.package_id is not None]
    send_to_review(store, ids, now=desk.now())
    desk.settings.set("workplace", BUREAU)
    window.show_place("review")
    shown = window.page
    assert isinstance(shown, ReviewPage)
    qtbot.waitUntil(lambda: bool(shown.patents.table.rows))
    yield shown
    desk.settings.set("workplace", "office")


def cases_of(page: ReviewPage) -> list[PackageCase]:
    return [one.record for one in page.desk.store.records.of(PACKAGE_CASES).listed()]


def test_patents_are_decided_one_after_the_other_and_answered(
    page: ReviewPage,
    qtbot: QtBot,
    tmp_path: Path,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = len(page.patents.table.rows)
    assert count >= 2
    assert not page.record.isEnabled(), "nothing is chosen"
    assert not page.letter.isEnabled()
    page.case.choose("pass")
    page.case.words.setPlainText("已核对原件")
    page.record_case()
    assert [one.state for one in cases_of(page)][:2] == ["passed", "waiting"]
    here = page.patents.here
    assert here is not None and here.record.place == 2, "it goes on by itself"
    page.case.choose("return")
    page.case.words.setPlainText("缺评价报告")
    page.case.deadline.setText("下周")
    assert not page.record.isEnabled()
    page.case.deadline.setText("2022-10-09")
    page.record_case()
    for _ in range(count - 2):
        page.case.choose("pass")
        page.case.words.setPlainText("已核对")
        page.record_case()
    qtbot.waitUntil(page.letter.isEnabled)
    out = tmp_path / "意见"
    monkeypatch.setattr(page.desk.dialogs, "folder", lambda *_: out)
    qtbot.mouseClick(page.letter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("审核意见" in one.text for one in told))
    assert {file.name for file in next(out.glob("*/")).iterdir()} == {
        "审核意见.pdf",
        "answers.json",
        "邮件草稿.eml",
    }


def test_what_is_typed_is_there_again_and_an_opinion_can_be_taken_back(
    page: ReviewPage, qtbot: QtBot
) -> None:
    page.case.choose("return")
    page.case.words.setPlainText("还没有想好")
    page._go(1)
    page._go(-1)
    assert page.case.words.toPlainText() == "还没有想好"
    assert page.case.verdict.value == "return"
    page.leave()
    page.record_case()
    assert cases_of(page)[0].state == "returned"
    page._go(-1)
    page.undo_case()
    assert cases_of(page)[0].state == "waiting"
    assert page.case.words.toPlainText() == ""


def test_what_a_lock_keeps_out_of_an_opinion_is_kept_once_it_is_gone(
    page: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, here, is_locked = page.desk.store.settings, page.patents.here, True
    assert here is not None
    put = settings.put

    def locked(name: str, text: str) -> None:
        if is_locked:
            raise LockedDatabase(page.desk.store.path)
        put(name, text)

    monkeypatch.setattr(settings, "put", locked)
    with qtbot.captureExceptions() as told:
        page.case.choose("return")
        page.case.words.setPlainText("缺评价报告")
        qtbot.waitUntil(lambda: bool(told))
        is_locked = False
        qtbot.waitUntil(lambda: draft_of(page.desk, here.id) is not None)
    assert {error for error, *_ in told} == {LockedDatabase}


def test_another_examiner_who_was_quicker_is_told(page: ReviewPage, told: list[Notice]) -> None:
    here = page.patents.here
    assert here is not None
    from forms.bureau.review import Ruling, decide

    ruling = Ruling(verdict="pass", text="别人看过")
    decide(page.desk.store, here, ruling, has_errors=True, now=page.desk.now(), who="别人")
    page.case.choose("return")
    page.case.words.setPlainText("缺评价报告")
    page.record_case()
    assert cases_of(page)[0].state == "passed"
    assert "由别人审过" in told[-1].text


def test_the_scan_is_shown_and_zoomed_and_never_touched(page: ReviewPage, qtbot: QtBot) -> None:
    page.scan.show()
    qtbot.waitUntil(lambda: page.scan.paper._picture is not None)
    before = page.scan.paper.minimumWidth()
    page.scan.zoom()
    qtbot.waitUntil(lambda: page.scan.paper.minimumWidth() > before)
    page.case.next_finding()
