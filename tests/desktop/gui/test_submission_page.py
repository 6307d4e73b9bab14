"""A clerk sends cases: chosen, ordered, checked, packed, noted as sent, by the page alone."""

import email
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
import pyzipper
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.pages.seals import SealsPage
from desktop.pages.submission import SubmissionPage, package_actions, submission_page
from desktop.pages.submission.check_step import MOST
from desktop.pages.submission.mail_sheet import PARTS, words_of
from desktop.pages.submission.outlook import Gathered, Outlook, Spot
from desktop.parts.notices import Notice
from desktop.parts.widgets.one_line import CardLine
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from tests.desktop.gui.seat import words
from tests.scans import one_page


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    asked: list[Path] = []

    def take(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return asked


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SubmissionPage:
    window.show_place("submission")
    shown = window.page
    assert isinstance(shown, SubmissionPage)
    return shown


def _checked(page: SubmissionPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page.checking.outlook.checked) and page._check is None)


def _to_check(page: SubmissionPage, qtbot: QtBot) -> None:
    page.begin()
    page.choose.tick_all()
    qtbot.mouseClick(page.choose.go_on, Qt.MouseButton.LeftButton)
    _checked(page, qtbot)


def _made(page: SubmissionPage, qtbot: QtBot) -> None:
    _to_check(page, qtbot)
    if page.checking.drop.isVisible():
        qtbot.mouseClick(page.checking.drop, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    with qtbot.waitSignal(page.desk.papers_changed):
        qtbot.mouseClick(page.checking.make, Qt.MouseButton.LeftButton)


def _state(page: SubmissionPage, place: int) -> str:
    assert page.result.package is not None
    return page.result.package.files[place].state


def _click(page: SubmissionPage, qtbot: QtBot, words: str) -> None:
    """Press the button with these words once it is there."""
    found: list[QPushButton] = []

    def is_there() -> bool:
        buttons = page.findChildren(QPushButton)
        found[:] = [one for one in buttons if one.text() == words and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_there)
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_what_is_chosen_elsewhere_is_checked_once_when_the_page_is_first_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    looks: list[int] = []
    real = submission_page.look_ahead

    def look_ahead(desk: Desk, case_ids: Sequence[int], report: Report) -> Outlook:
        looks.append(len(case_ids))
        return real(desk, case_ids, report)

    monkeypatch.setattr(submission_page, "look_ahead", look_ahead)
    ids = window.desk.store.register.ids()[:3]
    window.desk.go("submission", case_ids=ids)
    page = window.page
    assert isinstance(page, SubmissionPage)
    _checked(page, qtbot)
    qtbot.wait(50)
    assert looks == [3]
    window.desk.cases_changed.emit()  # news are looked at all the same
    qtbot.waitUntil(lambda: looks == [3, 3])


def test_noting_that_it_was_sent_leaves_the_focus_on_the_page(
    page: SubmissionPage, qtbot: QtBot
) -> None:
    _made(page, qtbot)
    note = next(one for one in page.findChildren(QPushButton) if one.text().startswith("登记已"))
    note.setFocus()
    with qtbot.waitSignal(page.desk.papers_changed):
        qtbot.keyClick(note, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.result.files)


def test_papers_without_seals_are_counted_alike_before_after_and_among_the_seals(
    page: SubmissionPage, window: MainWindow, qtbot: QtBot
) -> None:
    _to_check(page, qtbot)
    page.checking.drop_faulty()
    qtbot.waitUntil(page.checking.make.isEnabled)
    before = sum(page.checking.outlook.unsealed.values())
    assert any(f"{before} 份文书没有签章扫描件（未打印 {before}）" in one for one in words(page))
    chosen = set(page.case_ids)
    with qtbot.waitSignal(page.desk.papers_changed):
        page.make()
    package = page.result.package
    assert package is not None
    lacking = [title for one in package.lines("missing_seals") for title in one["papers"]]
    assert len(lacking) == before
    assert before % 2 == 1  # two papers of each case, and the summary
    window.show_place("seals")
    seals = window.page
    assert isinstance(seals, SealsPage)
    qtbot.waitUntil(lambda: bool(seals.papers))
    of_these = [one for one in seals.papers if one.stored is None or one.stored.id in chosen]
    assert [one.state for one in of_these] == ["printed"] * before
    window.desk.go("submission", case_ids=sorted(chosen))
    _checked(page, qtbot)
    assert page.checking.outlook.unsealed == {"printed": before}


def test_from_the_sample_to_the_mail_draft_by_the_page_alone(
    page: SubmissionPage, qtbot: QtBot, opened: list[Path]
) -> None:
    _made(page, qtbot)
    package = page.result.package
    assert package is not None
    assert page.steps.accessibleName().startswith("4/4")
    assert all(file.state == "same" for file in package.files)
    assert len(package.lies.skipped) >= 1  # the sample has cases with errors
    _click(page, qtbot, "打开邮件草稿")
    draft = email.message_from_bytes(opened[0].read_bytes())
    assert draft["X-Unsent"] == "1"
    names = [part.get_filename() for part in draft.walk() if part.get_filename()]
    assert len(names) == len(package.files) + 1  # and the manifest
    _click(page, qtbot, "打开文件夹")
    assert {file.name for file in opened[1].iterdir()} >= {one.name for one in package.files}


def test_without_a_mail_program_what_the_draft_says_is_copied(
    page: SubmissionPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    _made(page, qtbot)
    _click(page, qtbot, "打开邮件草稿")
    sheet = page.mail_sheet
    assert sheet is not None and sheet.isVisible()
    said = words_of(Path(page.result.package.lies.mails[0]).read_bytes())  # type: ignore[union-attr]
    assert "@" in said["to"] and said["subject"] and "附件" in said["text"]
    for part in PARTS:
        qtbot.mouseClick(sheet.copies[part], Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == said[part]
        assert sheet.copies[part].text().startswith("已复制")
    sheet.accept()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    page.mail_sheet = None
    _click(page, qtbot, "打开邮件草稿")
    assert page.mail_sheet is None
    _click(page, qtbot, "复制邮件内容")
    assert page.mail_sheet is not None


def test_an_error_blocks_with_its_reason_and_the_way_out(
    page: SubmissionPage, qtbot: QtBot
) -> None:
    _to_check(page, qtbot)
    faulty = page.checking.outlook.faulty
    assert faulty
    assert not page.checking.make.isEnabled()
    assert "不能报送" in page.checking.make.toolTip()
    qtbot.mouseClick(page.checking.drop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    assert not set(page.checking.ids) & set(faulty)


def test_of_very_many_faults_the_first_are_shown_and_the_others_counted(
    page: SubmissionPage, qtbot: QtBot
) -> None:
    spot = Spot(place=1, case_id=1, field="patent.title")
    faults = tuple(
        Gathered(severity="error", message=f"毛病{n}", beneath="", spots=(spot,))
        for n in range(2 * MOST + 5)
    )
    view = page.checking
    page._show(view, 1)
    view.show_outlook(replace(view.outlook, errors=faults))

    def shown() -> list[str]:
        lines = [one for one in view.findChildren(CardLine) if one.isVisible()]
        return [one.accessibleName() for one in lines if "毛病" in one.accessibleName()]

    qtbot.waitUntil(lambda: len(shown()) == MOST)
    qtbot.waitUntil(lambda: f"{len(faults)} 项" in words(view))
    _click(page, qtbot, f"另有 {MOST + 5} 项，继续查看")
    qtbot.waitUntil(lambda: len(shown()) == 2 * MOST)
    focus = view.focusWidget()
    assert isinstance(focus, QPushButton)
    assert f"毛病{MOST}" in focus.accessibleName()
    qtbot.waitUntil(lambda: not focus.visibleRegion().isEmpty())
    _click(page, qtbot, "另有 5 项，继续查看")
    qtbot.waitUntil(lambda: len(shown()) == len(faults))


def test_a_fault_leads_to_its_field(page: SubmissionPage, qtbot: QtBot) -> None:
    _to_check(page, qtbot)
    one = next(found for found in page.checking.outlook.errors if len(found.spots) == 1)
    asked: list[tuple[str, object]] = []
    page.desk.place_asked.disconnect()
    page.desk.place_asked.connect(lambda place, arguments: asked.append((place, arguments)))
    page.checking._go(one.spots)
    where = {"case_id": one.spots[0].case_id, "path": one.spots[0].field}
    assert asked == [("wizard", where)]


def test_cases_are_ordered_by_keys_and_the_order_is_kept(
    page: SubmissionPage, qtbot: QtBot
) -> None:
    _to_check(page, qtbot)
    first, second, *_ = page.checking.ids
    page.checking.table.choose(0)
    qtbot.keyClick(page.checking.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    _checked(page, qtbot)
    assert page.checking.ids[:2] == [second, first]
    assert page.checking.table.currentIndex().row() == 1
    page.go_home()
    page.begin()
    page.choose.take()
    _checked(page, qtbot)
    assert page.case_ids[:2] == [second, first]


def test_cases_are_dragged(page: SubmissionPage, qtbot: QtBot) -> None:
    _to_check(page, qtbot)
    table, before = page.checking.table, page.checking.ids
    view = table.viewport()
    start = table.visualRect(table.rows_model.index(0, 1)).center()
    end = table.visualRect(table.rows_model.index(2, 1)).bottomLeft()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    table._drop_at = 3
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert page.checking.ids[:3] == [before[1], before[2], before[0]]


def test_further_papers_travel_along(
    page: SubmissionPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    _to_check(page, qtbot)
    paper = tmp_path / "试点工作措施.pdf"
    paper.write_bytes(one_page("measures"))
    page.desk.dialogs.chosen_files = [paper]  # type: ignore[attr-defined]
    _click(page, qtbot, "添加附件…")
    page.checking.attach([tmp_path])
    assert "不是文件" in told[-1].text
    page.checking.drop_faulty()
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    with qtbot.waitSignal(page.desk.papers_changed):
        page.make()
    assert page.result.package is not None
    assert "试点工作措施.pdf" in {file.name for file in page.result.package.files}


def test_stopping_leaves_nothing(
    page: SubmissionPage,
    qtbot: QtBot,
    tmp_path: Path,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _to_check(page, qtbot)
    page.checking.drop_faulty()
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    out = tmp_path / "放这里"
    page.desk.dialogs.chosen_folder = out  # type: ignore[attr-defined]
    page.ask_folder()
    real = package_actions.submit

    def slow(*args: object, progress: Report, **more: object) -> object:
        def stop_here(done: int, total: int) -> None:
            if done == 1:
                progress.stop()
            progress(done, total)

        return real(*args, progress=stop_here, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(package_actions, "submit", slow)
    page.make()
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].text == "已停止，未留下任何文件。"
    assert not out.exists() or list(out.iterdir()) == []
    assert page.desk.store.papers.submissions() == []
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())


def test_a_package_that_can_not_be_written_says_so(
    page: SubmissionPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _to_check(page, qtbot)
    page.checking.drop_faulty()
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    page._out = tmp_path / "file"
    with qtbot.waitSignal(page.desk.jobs.unheard) as heard:
        page.make()
    assert "file" in str(heard.args[0])
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())


def test_what_was_sent_is_kept_and_a_later_change_is_said(
    page: SubmissionPage, qtbot: QtBot
) -> None:
    _made(page, qtbot)
    desk = page.desk
    package = page.result.package
    assert package is not None
    assert desk.store.papers.count_unsent() == 1
    with qtbot.waitSignal(desk.papers_changed):
        _click(page, qtbot, "登记已发出")
    sent = desk.store.papers.submissions()[0].sent_at
    assert sent is not None
    assert sent.astimezone().date() == desk.today
    assert desk.store.papers.count_unsent() == 0
    case_id = next(one.case_id for one in package.files if one.case_id)
    stored = desk.store.cases.one(case_id)
    desk.store.cases.save(with_value(stored.case, "other_terms", "另附技术资料。"), case_id=case_id)
    page.show_submission(desk.store.papers.submissions()[0])
    qtbot.waitUntil(lambda: page.result.package is not None and bool(page.result.package.changed))
    changed = page.result.package.changed
    assert {one.case_id for one in changed} >= {case_id}
    page.go_home()
    assert page.home.table.rows[0].sent_at is not None
    qtbot.waitUntil(lambda: bool(page.home._changed))
    assert page.home._since(page.home.table.rows[0])[1] == "refresh-cw"


def test_a_file_that_was_tampered_with_or_is_gone_is_said(
    page: SubmissionPage, qtbot: QtBot, opened: list[Path], told: list[Notice]
) -> None:
    _made(page, qtbot)
    package = page.result.package
    assert package is not None
    folder = Path(package.lies.folder)
    (folder / package.files[0].name).unlink()
    (folder / package.files[1].name).write_bytes(b"other")
    (folder / "manifest.json").write_text("[]", encoding="utf-8")
    page.show_submission(package.submission)
    qtbot.waitUntil(lambda: (_state(page, 0), _state(page, 1)) == ("gone", "changed"))
    page._open(folder / "nothing")
    assert "已不在原处" in told[-1].text
    assert opened == []


def test_the_search_keeps_what_is_ticked(page: SubmissionPage, qtbot: QtBot) -> None:
    page.begin()
    page.choose.tick_all()
    everything = page.choose.ids
    page.choose.search.setText("不会有的名字")
    assert page.choose.table.rows == []
    page.choose.search.clear()
    assert page.choose.ids == everything
    page.choose.untick_all()
    assert page.choose.ids == []
    assert not page.choose.go_on.isEnabled()
    page.choose.table.choose(0)
    qtbot.keyClick(page.choose.table, Qt.Key.Key_Space)
    assert page.choose.ids == everything[:1]


def test_the_page_begins_with_the_cases_it_is_given(window: MainWindow, qtbot: QtBot) -> None:
    ids = window.desk.store.register.ids()[:2]
    window.desk.go("submission", case_ids=ids)
    page = window.page
    assert isinstance(page, SubmissionPage)
    _checked(page, qtbot)
    assert sorted(page.checking.ids) == sorted(ids)
    page.checking.table.choose(0)
    page.checking.remove_current()
    _checked(page, qtbot)
    assert page.escape()
    assert page.stages.currentIndex() == 0
    assert not page.escape()


def test_an_empty_desk_says_what_to_do_first(desk: Desk, qtbot: QtBot) -> None:
    page = SubmissionPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.begin()
    assert not page.choose.go_on.isEnabled()
    assert page.panes() and page.shortcuts()
    desk.store.settings.put(package_actions.CASES, "not json")
    page.begin()
    desk.store.settings.put("submission.7", "{")
    assert package_actions._lies(desk.store, 7) == package_actions.Lies()


def test_the_office_s_gaps_and_wanted_papers_are_named(page: SubmissionPage, qtbot: QtBot) -> None:
    desk = page.desk
    office = msgspec.structs.replace(desk.store.parties.office(), phone="", kind="special_plan")
    desk.store.parties.set_office(office)
    _to_check(page, qtbot)
    assert page.checking.outlook.office_gaps == ("phone",)
    assert len(page.checking.outlook.wanted) == 1


def test_news_from_elsewhere_takes_the_button_from_nobody_s_finger(
    page: SubmissionPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _to_check(page, qtbot)
    page.checking.drop_faulty()
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    page._out = tmp_path / "放这里"
    page.refresh()
    with qtbot.waitSignal(page.desk.papers_changed):
        qtbot.mouseClick(page.checking.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result.package is not None)


def test_the_package_is_locked_by_a_password_that_is_kept_nowhere(
    page: SubmissionPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _to_check(page, qtbot)
    page.checking.drop_faulty()
    qtbot.waitUntil(lambda: page.checking.make.isEnabled())
    lock = page.checking.lock
    qtbot.mouseClick(lock.wanted, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert lock.line.isVisible()
    assert not page.checking.make.isEnabled()
    qtbot.keyClicks(lock.line, "kaifang")
    lock.line.editingFinished.emit()
    assert "8 至 99" in lock.line.accessibleDescription()
    qtbot.keyClicks(lock.line, "-2022")
    assert page.checking.make.isEnabled()
    out = tmp_path / "放这里"
    page._out = out
    with qtbot.waitSignal(page.desk.papers_changed):
        page.make()
    (archive,) = out.rglob("*.zip")
    with pyzipper.AESZipFile(archive) as locked:
        name = locked.namelist()[0]
        with pytest.raises(RuntimeError):
            locked.read(name)
        locked.setpassword(b"kaifang-2022")
        assert locked.read(name)
    qtbot.waitUntil(lambda: page.result.package is not None)
    assert page.result.package is not None
    assert page.result.package.lies.locked
    assert lock.password is None
    assert lock.line.text() == ""
    assert b"kaifang-2022" not in page.desk.store.backups.make().read_bytes()


def test_a_new_form_makes_no_sent_paper_stale(
    page: SubmissionPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _made(page, qtbot)
    desk = page.desk
    package = page.result.package
    assert package is not None
    folder = copytree(desk.issued_pack.folder, tmp_path / "新版")
    for name, old, new in (
        ("pack.toml", 'version = "1.0"', 'version = "1.1"'),
        ("papers/consent.toml", "同意", "愿意"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    desk.packs = {**desk.packs, "hubei-2022": folder}
    desk.choose_pack("hubei-2022")
    page.go_home()
    qtbot.waitUntil(lambda: package.submission.id in page.home._changed)
    assert page.home._changed[package.submission.id] == 0
    desk.store.cases.save(
        with_value(
            desk.store.cases.one(page.desk.store.register.ids()[1]).case, "other_terms", "另附。"
        ),
        case_id=page.desk.store.register.ids()[1],
    )
    page.go_home()
    qtbot.waitUntil(lambda: page.home._changed.get(package.submission.id, 0) > 0)


def test_a_pack_that_is_not_mailed_says_where_it_is_filed(
    page: SubmissionPage, told: list[Notice]
) -> None:
    page.desk.choose_pack("cnipa-2024")
    page.begin()
    assert "在网上填报，不用邮件报送" in told[-1].text
    assert page.stages.currentIndex() == 0
