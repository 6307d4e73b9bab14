"""From the start to the window: first start, sample, trouble, backups, a second start, crashes."""

import shutil
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from db.backup import backup
from db.data_places import database_file
from db.glance import is_older
from db.rotation import backups_folder
from db.store import open_store
from db.store_problems import LockedDatabase
from desktop.desk.opened_data import Data
from desktop.installed import program_places
from desktop.installed.bureau_edition import Edition, read_edition
from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.pages.first_start import FirstStart
from desktop.parts.notices import Notice
from desktop.parts.theme.theme import Theme
from desktop.program import app as app_module
from desktop.program import log
from desktop.program.app import Options, Program, data_folder, main
from desktop.program.crash_window import CrashWindow, report
from desktop.program.desk_maker import DeskMaker
from desktop.program.opening_window import TroubleWindow, pack_in_use
from desktop.program.single import SingleInstance
from desktop.program.waiting_window import WaitingWindow
from desktop.shell.main_window import MainWindow
from forms.bureau.originals import originals_folder
from forms.bureau.records import PACKAGES, Package
from forms.exchange.sheets import Sheet
from forms.facts.record import Case, Office
from forms.ground.locate import packs_folder
from forms.pack.load import PackFault, find_packs, load
from tests.desktop.gui.seat import NOW, AnsweringDialogs, type_chinese

Start = Callable[..., Program]
STORES = Path(__file__).resolve().parents[2] / "data" / "stores"
OURS = packs_folder()
INVENTED = Path(__file__).resolve().parents[2] / "packs" / "qinglan-2026"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "开放许可资料"


@pytest.fixture
def dialogs() -> AnsweringDialogs:
    return AnsweringDialogs()


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pack of the pilot ships with the program, and no other."""
    packs = tmp_path / "随附"
    shutil.copytree(packs_folder() / "hubei-2022", packs / "hubei-2022")
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: packs)
    return packs


@pytest.fixture
def start(
    qapp: QApplication,
    theme: Theme,
    settings: Settings,
    folder: Path,
    dialogs: AnsweringDialogs,
    shipped: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Start]:
    """Starts the program, as often as asked; every one is put away at the end."""
    monkeypatch.setattr(app_module, "dress", lambda *_, **__: theme)
    started: list[Program] = []

    def begin(*files: Path, now: datetime = NOW) -> Program:
        for before in started:
            before.close()
        program = Program(qapp, settings, folder, clock=lambda: now, dialogs=dialogs)
        started.append(program)
        program.open(files)
        return program

    yield begin
    for program in started:
        program.close()
        if program.window is not None:
            program.window.close()
            program.window.deleteLater()
    theme.choose("light")


def an_office(folder: Path) -> None:
    with open_store(database_file(folder), now=lambda: NOW) as store:
        store.parties.set_office(Office(name="示例大学"))
        store.cases.save(Case())


def fill(window: object) -> FirstStart:
    assert isinstance(window, FirstStart)
    for name, text in (
        ("name", "示例大学"),
        ("contact", "陈思远"),
        ("phone", "027-8700 0000"),
        ("email", "zscq@example.edu.cn"),
    ):
        window.fields[name].setText(text)
    return window


# --- first start --------------------------------------------------------------------------


def test_the_first_start_asks_five_facts_and_opens_the_register(start: Start) -> None:
    program = start()
    fill(program.window).start()
    assert isinstance(program.window, MainWindow)
    assert program.desk is not None
    office = program.desk.store.parties.office()
    assert (office.name, office.contact, office.region) == ("示例大学", "陈思远", "全省")
    assert program.desk.pack.identity.code == "hubei-2022"


def test_the_first_start_keeps_what_the_command_line_has_set_before(start: Start) -> None:
    program = start()
    window = fill(program.window)
    assert program.desk is not None
    known = Office(address="武汉市示例路 1 号", email="old@example.edu.cn")
    program.desk.store.parties.set_office(known)
    window.start()
    office = program.desk.store.parties.office()
    assert (office.name, office.address) == ("示例大学", "武汉市示例路 1 号")
    assert office.email == "zscq@example.edu.cn"


def test_the_first_start_takes_what_is_typed_at_once(start: Start) -> None:
    window = start().window
    assert isinstance(window, FirstStart)
    assert window.focusWidget() is window.fields["name"]


def test_what_comes_next_is_loaded_while_the_facts_are_typed(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(
        "desktop.program.preload.preload", lambda pack: loaded.append(pack.identity.code)
    )
    assert isinstance(start().window, FirstStart)
    qtbot.waitUntil(lambda: loaded == ["hubei-2022"])


def test_it_is_asked_once(start: Start) -> None:
    fill(start().window).start()
    assert isinstance(start().window, MainWindow)


def test_what_is_wrong_is_said_under_its_field_and_nothing_before(start: Start) -> None:
    window = start().window
    assert isinstance(window, FirstStart)
    assert not window.fields["name"].property("state")
    window.fields["email"].setText("zscq@example")
    window.start()
    assert isinstance(window, FirstStart)
    assert window.fields["name"].property("state") == "error"
    assert "汇总表" in window.fields["name"].accessibleDescription()
    assert "zscq@example" in window.fields["email"].accessibleDescription()
    window.fields["email"].setText("zscq@example.edu.cn")
    window.fields["email"].editingFinished.emit()
    assert not window.fields["email"].property("state")
    assert window.fields["name"].property("state") == "error"


def test_the_data_may_lie_elsewhere(
    start: Start, dialogs: AnsweringDialogs, settings: Settings, tmp_path: Path
) -> None:
    program = start()
    window = fill(program.window)
    dialogs.chosen_folder = tmp_path / "U盘"
    window._choose_folder()
    window.start()
    assert database_file(tmp_path / "U盘").is_file()
    assert data_folder(settings) == tmp_path / "U盘"
    assert program.desk is not None
    assert program.desk.store.parties.office().name == "示例大学"


def test_it_can_be_done_with_the_keyboard_alone(start: Start, qtbot: QtBot) -> None:
    window = start().window
    assert isinstance(window, FirstStart)
    window.activateWindow()
    window.fields["name"].setFocus()
    qtbot.waitUntil(window.fields["name"].hasFocus)
    for text in ("示例大学", "陈思远", "027-8700 0000", "zscq@example.edu.cn"):
        field = QApplication.focusWidget()
        assert field in window.fields.values()
        type_chinese(text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert [field.text() for field in window.fields.values()] == [
        "示例大学",
        "陈思远",
        "027-8700 0000",
        "zscq@example.edu.cn",
    ]
    assert all(field.accessibleName() for field in window.fields.values())


# --- sample -------------------------------------------------------------------------------


def test_the_sample_stands_apart_from_the_office_s_own_data(start: Start, folder: Path) -> None:
    program = start()
    assert isinstance(program.window, FirstStart)
    program.window.sample_asked.emit()
    assert program.desk is not None
    assert program.desk.is_sample
    assert len(program.desk.store.cases.listed()) > 10
    assert isinstance(program.window, MainWindow)
    notice = program.window.notices.notice
    assert notice is not None
    assert "虚构" in notice.text
    program.window.notices._act()
    assert isinstance(program.window, FirstStart)
    with open_store(database_file(folder), now=lambda: NOW) as store:
        assert store.cases.listed() == []


def test_a_sample_that_can_not_be_read_leads_back_to_the_office_s_own_data(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office(folder)
    program = start()
    monkeypatch.setattr(
        "desktop.program.sample.read_files", lambda _files: [Sheet("清单.xlsx", "表1", [])]
    )
    said: list[Notice] = []
    program.notices.posted.connect(said.append)
    program.show_sample()
    assert program.desk is not None
    assert not program.desk.is_sample
    assert isinstance(program.window, MainWindow)
    assert any("“清单.xlsx”中没有找到表头" in one.text for one in said)


# --- trouble ------------------------------------------------------------------------------


def test_damaged_data_lead_to_the_backups(
    start: Start, folder: Path, dialogs: AnsweringDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    an_office(folder)
    backup(database_file(folder), tmp_path / "备份.db")
    database_file(folder).write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    program = start()
    assert isinstance(program.window, TroubleWindow)
    program.window.backups_asked.emit()
    assert isinstance(program.window, TroubleWindow)  # the clerk chose no file
    dialogs.chosen_files = [tmp_path / "备份.db"]
    program.window.backups_asked.emit()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    assert program.desk is not None
    assert len(program.desk.store.cases.listed()) == 1
    notice = program.window.notices.notice
    assert notice is not None
    assert notice.text.startswith("已从备份恢复。")


def test_what_no_backup_holds_is_told_when_one_is_brought_back(
    start: Start, folder: Path, dialogs: AnsweringDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    an_office(folder)
    file = database_file(folder)
    with open_store(file, now=lambda: NOW) as store:
        for name in ("甲.zip", "乙.zip"):
            one = Package(source=name, original=f"ab/{name}", whole_sha256=name)
            store.records.of(PACKAGES).add(one)
    (originals_folder(folder) / "ab").mkdir(parents=True)
    (originals_folder(folder) / "ab" / "甲.zip").touch()
    backup(file, tmp_path / "备份.db")
    program = start()
    dialogs.chosen_files = [tmp_path / "备份.db"]
    program.restore_backup()

    def is_told() -> bool:
        notice = program.window.notices.notice if program.desk and program.window else None
        return notice is not None and "报送包“乙.zip”的原件不在" in notice.text

    qtbot.waitUntil(is_told)


def test_a_bad_backup_is_refused_and_said(
    start: Start, folder: Path, dialogs: AnsweringDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    folder.mkdir()
    database_file(folder).write_bytes(b"nothing of ours")
    (tmp_path / "照片.db").write_bytes(b"nothing of ours either")
    dialogs.chosen_files = [tmp_path / "照片.db"]
    program = start()
    program.restore_backup()

    def is_said() -> bool:
        assert isinstance(program.window, TroubleWindow)
        notice = program.window.notices.notice
        return notice is not None and "照片.db" in notice.text

    qtbot.waitUntil(is_said)


@pytest.mark.parametrize(("picked", "address"), [(None, ""), (0, ""), (1, "x@stranger.example")])
def test_a_backup_brings_its_address_only_where_the_clerk_says_so(
    start: Start,
    folder: Path,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    qtbot: QtBot,
    picked: int | None,
    address: str,
) -> None:
    an_office(folder)
    theirs = tmp_path / "别处"
    an_office(theirs)
    with open_store(database_file(theirs), now=lambda: NOW) as store:
        store.settings.put("pack.hubei-2022.address", "x@stranger.example")
        store.cases.save(Case())
    program = start()
    dialogs.picked = picked
    dialogs.chosen_files = [database_file(theirs)]
    program.restore_backup()
    assert "收件邮箱（hubei-2022）：现在 无，备份中 x@stranger.example" in dialogs.asked[-1]

    def cases() -> int:
        is_shown = isinstance(program.window, MainWindow) and program.window.isEnabled()
        return program.desk.store.register.count() if program.desk is not None and is_shown else 0

    qtbot.waitUntil(lambda: cases() == (1 if picked is None else 2))
    assert program.desk is not None
    assert (program.desk.store.settings.get("pack.hubei-2022.address") or "") == address


def test_moved_data_are_found_again(
    start: Start, folder: Path, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    folder.mkdir()
    database_file(folder).write_bytes(b"nothing of ours")
    an_office(tmp_path / "新位置")
    program = start()
    dialogs.chosen_folder = tmp_path / "新位置"
    assert isinstance(program.window, TroubleWindow)
    program.window.folder_asked.emit()
    assert isinstance(program.window, MainWindow)


def test_data_that_come_free_open_at_the_next_try(start: Start, folder: Path) -> None:
    folder.mkdir()
    database_file(folder).write_bytes(b"nothing of ours")
    program = start()
    database_file(folder).unlink()
    an_office(folder)
    assert isinstance(program.window, TroubleWindow)
    program.window.again_asked.emit()
    assert isinstance(program.window, MainWindow)


def cut(words: QLabel) -> bool:
    return words.height() < words.heightForWidth(words.width())


def an_older_office(folder: Path) -> Path:
    """Data as the first version of the tables kept them."""
    folder.mkdir()
    return shutil.copy(STORES / "v1-0.1.0.db", database_file(folder))


def test_older_data_are_brought_up_to_date_beside_a_window_that_says_so(
    start: Start, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, go_on, threads = an_older_office(folder), threading.Event(), []
    real = DeskMaker.data_of

    def slowly(self: DeskMaker, file: Path) -> Data:
        threads.append(threading.current_thread())
        go_on.wait(60)
        return real(self, file)

    monkeypatch.setattr(DeskMaker, "data_of", slowly)
    program = start()
    assert isinstance(program.window, WaitingWindow)
    assert program.window.isVisible()
    assert not any(cut(one) for one in program.window.findChildren(QLabel))
    heard: list[int] = []
    QTimer.singleShot(0, lambda: heard.append(1))
    qtbot.waitUntil(lambda: bool(heard))  # the window listens
    program.rise([str(folder / "专利.csv")])
    go_on.set()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    assert threads != [threading.main_thread()]
    assert program.desk is not None
    assert program.desk.store.register.count() > 0
    assert isinstance(program.window, MainWindow)
    assert program.window.page is not None
    assert program.window.page.name == "import"  # what it was given meanwhile
    assert list(backups_folder(file).glob("*v1*"))


def test_older_data_that_can_not_be_brought_up_to_date_say_why(
    start: Start, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_older_office(folder)

    def fails(_self: DeskMaker, file: Path) -> Data:
        raise LockedDatabase(file)

    monkeypatch.setattr(DeskMaker, "data_of", fails)
    program = start()
    qtbot.waitUntil(lambda: isinstance(program.window, TroubleWindow))
    monkeypatch.undo()
    program.try_again()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))


def test_closing_meanwhile_leaves_nothing_half_done(start: Start, folder: Path) -> None:
    file = an_older_office(folder)
    program = start()
    assert isinstance(program.window, WaitingWindow)
    program.close()
    assert not is_older(file)
    with open_store(file, now=lambda: NOW) as store:
        store.check(full=True)


def test_for_locked_data_no_backup_is_offered(qtbot: QtBot, theme: Theme) -> None:
    window = TroubleWindow(LockedDatabase(Path("D:/资料/openlicense.db")))
    qtbot.addWidget(window)
    words = {one.accessibleName() for one in window.findChildren(type(window._first))}
    assert "重试" in words
    assert "占用" in "".join(one.text() for one in window.findChildren(QObject) if _is_label(one))


def _is_label(widget: object) -> bool:
    return type(widget).__name__ == "QLabel"


def test_a_backup_is_brought_back_while_the_window_is_open(
    start: Start, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    an_office(folder)
    backup(database_file(folder), tmp_path / "备份.db")
    program = start()
    assert program.desk is not None
    program.desk.store.cases.save(Case())
    assert len(program.desk.store.cases.listed()) == 2
    program.desk.restore_asked.emit(tmp_path / "备份.db")
    assert program.window is not None
    assert not program.window.isEnabled()  # it waits
    qtbot.waitUntil(lambda: program.desk is not None)
    assert program.window.isEnabled()
    assert len(program.desk.store.cases.listed()) == 1


def test_spoilt_settings_are_told_together(start: Start, folder: Path, settings: Settings) -> None:
    an_office(folder)
    settings._faults += ["theme", "scale"]
    window = start().window
    assert isinstance(window, MainWindow)
    notice = window.notices.notice
    assert notice is not None
    assert "2 项设置" in notice.text


# --- packs --------------------------------------------------------------------------------


def test_a_pack_that_is_gone_gives_way_to_one_that_works() -> None:
    told: list[str] = []
    found = find_packs(packs_folder())
    assert pack_in_use(found, "", told.append).identity.code in found
    assert told == []
    with pytest.raises(PackFault, match="表单包"):
        pack_in_use({}, "", told.append)


def test_a_broken_pack_is_passed_over_and_told(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "broken").mkdir()
    found = {"broken": tmp_path / "broken", **find_packs(packs_folder())}
    assert pack_in_use(found, "", told.append).identity.code != "broken"
    assert "broken" in told[0]
    with pytest.raises(PackFault):
        pack_in_use({"broken": tmp_path / "broken"}, "", told.append)


@pytest.fixture
def two_packs(shipped: Path) -> Path:
    """Two packs ship with the program, both in force, and it is nobody's edition."""
    shutil.copytree(INVENTED, shipped / "qinglan-2026")
    main = shipped / "qinglan-2026" / "pack.toml"
    lines = main.read_text(encoding="utf-8").splitlines(keepends=True)
    main.write_text("".join(one for one in lines if "in_force" not in one), encoding="utf-8")
    return shipped


def test_of_several_packs_the_first_start_offers_the_one_that_is_in_force(
    start: Start, shipped: Path
) -> None:
    for code in ("cnipa-2022", "cnipa-2024"):
        shutil.copytree(OURS / code, shipped / code)
    window = fill(start(now=datetime(2026, 11, 30, tzinfo=UTC)).window)
    assert window.pack.currentData() == "cnipa-2024"
    assert window.pack.count() == 3


def test_of_several_packs_the_first_start_takes_none_by_itself(
    start: Start, two_packs: Path
) -> None:
    program = start()
    window = fill(program.window)
    assert window.pack.currentData() == ""
    window.start()
    assert program.window is window  # it has to be chosen first
    window.pack.setCurrentIndex(window.pack.findData("qinglan-2026"))
    window.start()
    assert isinstance(program.window, MainWindow)
    assert program.desk is not None and program.desk.pack.identity.code == "qinglan-2026"
    assert not program.desk.asks_for_pack


def test_the_pack_is_that_of_the_cases_and_nobody_is_asked(
    start: Start, folder: Path, dialogs: AnsweringDialogs, two_packs: Path
) -> None:
    an_office(folder)
    with open_store(database_file(folder), now=lambda: NOW) as store:
        store.cases.save(Case(pack="qinglan-2026"))
    program = start()
    assert program.desk is not None and program.desk.pack.identity.code == "qinglan-2026"
    assert dialogs.asked == []


def test_where_the_cases_do_not_say_the_clerk_is_asked(
    start: Start, folder: Path, dialogs: AnsweringDialogs, two_packs: Path
) -> None:
    an_office(folder)
    dialogs.chosen_place = None  # left as it is
    program = start()
    assert dialogs.asked == [t("opening.which_pack.title")]
    assert isinstance(program.window, MainWindow) and program.window.notices.notice is not None
    assert "尚未选择表单包" in program.window.notices.notice.text
    assert program.desk is not None and program.desk.store.settings.get("pack") is None
    dialogs.chosen_place = 1
    again = start()
    assert again.desk is not None and again.desk.pack.identity.code == "qinglan-2026"
    assert again.desk.store.settings.get("pack") == "qinglan-2026"


def test_a_pack_that_can_not_be_used_is_told_and_stops_nothing(start: Start, folder: Path) -> None:
    an_office(folder)
    bad = folder / "packs" / "坏的"
    bad.mkdir(parents=True)
    (bad / "pack.toml").write_text("x = [", encoding="utf-8")
    program = start()
    assert isinstance(program.window, MainWindow)
    assert program.desk is not None and program.desk.pack.identity.code == "hubei-2022"
    notice = program.window.notices.notice
    assert notice is not None and "坏的" in notice.text


# --- a second start -----------------------------------------------------------------------


def test_a_second_start_raises_the_first_window(folder: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(folder), SingleInstance(folder)
    assert first.is_first([])
    with qtbot.waitSignal(first.asked_to_rise) as asked:
        assert not second.is_first(["/资料/专利.xlsx"])
    assert asked.args == [["/资料/专利.xlsx"]]
    first.close()
    assert second.is_first([])
    second.close()


def test_other_data_are_another_program(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    first, other = SingleInstance(folder), SingleInstance(tmp_path / "样例")
    assert first.is_first([])
    assert other.is_first([])
    first.close()
    other.close()


def test_the_window_comes_up_with_what_it_is_given(start: Start, folder: Path) -> None:
    an_office(folder)
    program = start()
    program.rise([])
    assert isinstance(program.window, MainWindow)
    assert program.window.page is not None
    program.rise(["/资料/专利.xlsx"])
    assert program.window.page is not None
    assert program.window.page.name == "import"


# --- crashes and the log --------------------------------------------------------------------


def a_crash() -> Exception:
    try:
        raise ZeroDivisionError("示例大学 027-8700 0000")
    except ZeroDivisionError as error:
        return error


def test_the_report_says_where_and_never_whose() -> None:
    text = report(a_crash(), "0.1.0")
    assert "ZeroDivisionError" in text
    assert "test_app.py" in text
    assert "OpenLicense Desk 0.1.0" in text
    assert "示例大学" not in text
    assert str(Path.home()) not in text


def test_a_crash_is_met_calmly(start: Start, folder: Path, qtbot: QtBot) -> None:
    an_office(folder)
    program = start()
    program.hook.begin()
    sys.excepthook(ZeroDivisionError, a_crash(), None)
    crash = program.hook.window
    assert isinstance(crash, CrashWindow)
    assert crash.isVisible()
    crash.copy()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    sys.excepthook(ZeroDivisionError, a_crash(), None)
    assert program.hook.window is crash
    crash.accept()
    program.hook.end()
    written = (folder / log.LOG_FOLDER / log.LOG_FILE).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "示例大学" not in written


def test_a_crash_in_a_sheet_that_goes_is_told_all_the_same(
    start: Start, folder: Path, qtbot: QtBot
) -> None:
    an_office(folder)
    program = start()
    sheet = QDialog(program.window)
    with qtbot.waitActive(sheet):
        sheet.open()
    program.hook.meet(a_crash())
    crash = program.hook.window
    assert crash is not None
    sheet.accept()
    sheet.deleteLater()
    QCoreApplication.sendPostedEvents(sheet, QEvent.Type.DeferredDelete)
    assert crash.isVisible()
    program.hook.meet(a_crash())
    assert program.hook.window is crash
    crash.accept()


def test_a_crash_in_another_thread_is_met_here(start: Start, folder: Path, qtbot: QtBot) -> None:
    an_office(folder)
    program = start()
    program.hook.begin()
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: program.hook.window is not None)
    assert program.hook.window is not None
    program.hook.window.accept()
    program.hook.end()


def test_a_fault_of_the_clerk_s_machine_is_a_message(start: Start, folder: Path) -> None:
    an_office(folder)
    program = start()
    heard: list[Notice] = []
    program.notices.posted.connect(heard.append)
    program.hook.meet(LockedDatabase(Path("D:/资料/openlicense.db")))
    program.hook.meet(PermissionError(13, "denied", "D:/资料"))
    assert [notice.tone for notice in heard] == ["error", "error"]
    assert "占用" in heard[0].text
    assert program.hook.window is None


def test_leaving_from_the_calm_window_closes_the_program(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office(folder)
    program = start()
    left: list[int] = []
    monkeypatch.setattr(QCoreApplication, "quit", lambda *_: left.append(1))
    program.hook.meet(a_crash())
    assert program.hook.window is not None
    program.hook.window.leave()
    assert left == [1]
    assert program.window is not None
    assert not program.window.isVisible()


def test_the_log_rotates_and_takes_what_qt_says(tmp_path: Path) -> None:
    handler = log.begin(tmp_path)
    assert handler is not None
    for _ in range(12):
        log.logger().info("x" * 100_000)
    log.end(handler)
    files = sorted(file.name for file in (tmp_path / log.LOG_FOLDER).iterdir())
    assert files == ["openlicense.log", "openlicense.log.1", "openlicense.log.2"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert log.begin(tmp_path / "file") is None


# --- words and places -----------------------------------------------------------------------


def test_qt_s_own_buttons_speak_chinese(qtbot: QtBot, theme: Theme) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().startswith("取消")


def test_a_portable_program_keeps_its_settings_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_places, "program_folder", lambda: tmp_path)
    assert not program_places.settings_file().is_relative_to(tmp_path)
    (tmp_path / "portable").touch()
    assert program_places.settings_file() == tmp_path / "data" / "settings.toml"
    assert program_places.usual_data_folder() == tmp_path / "data"


def test_the_command_line_of_the_window() -> None:
    assert app_module._options([]) == Options()
    given = app_module._options(["--data", "D:/资料", "专利.xlsx"])
    assert given == Options(Path("D:/资料"), (Path("专利.xlsx"),))
    assert callable(main)


def test_the_command_line_works_on_the_data_the_window_chose(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "配置" / "settings.toml"
    monkeypatch.setattr(program_places, "settings_file", lambda: file)
    assert program_places.data_folder_in_use() == program_places.usual_data_folder()
    settings.set("data_folder", str(tmp_path / "开放许可资料"))
    assert program_places.data_folder_in_use() == tmp_path / "开放许可资料"
    file.write_text("data_folder = 3", encoding="utf-8")
    assert program_places.data_folder_in_use() == program_places.usual_data_folder()


# --- a bureau's edition, and packs that are opened ------------------------------------------


@pytest.fixture
def bureau(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edition]:
    """The program is a bureau's edition, whose pack is the invented one."""
    made = read_edition(
        'name = "青岚省知识产权局"\npack = "qinglan-2026"\n'
        '[office]\nregion = "青岚省"\nkind = "city"\n'
        '[submission]\naddress = "licence@qinglan.example"\n'
    )
    packs = folder.parent / "packs"
    shutil.copytree(packs_folder() / "hubei-2022", packs / "hubei-2022")
    shutil.copytree(INVENTED, packs / "qinglan-2026")
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: packs)
    monkeypatch.setattr("desktop.installed.bureau_edition.edition_here", lambda: made)
    yield made


def test_a_bureaus_edition_offers_its_pack_and_its_words(start: Start, bureau: Edition) -> None:
    program = start()
    window = program.window
    assert isinstance(window, FirstStart)
    assert window.pack.currentData() == bureau.pack
    assert bureau.name in " ".join(label.text() for label in window.findChildren(QLabel))
    assert window.region.currentText() == "青岚省"
    fill(window).start()
    assert program.desk is not None
    assert program.desk.pack.identity.code == bureau.pack
    assert program.desk.store.parties.office().kind == "city"
    assert program.desk.pack.submission.address == "licence@qinglan.example"


def test_a_clerk_may_choose_another_pack_than_the_bureaus(start: Start, bureau: Edition) -> None:
    program = start()
    window = fill(program.window)
    window.pack.setCurrentIndex(window.pack.findData("hubei-2022"))
    window.start()
    assert program.desk is not None
    pack = program.desk.pack
    assert pack.identity.code == "hubei-2022"
    assert pack.submission.address == load(packs_folder() / "hubei-2022").submission.address


def test_an_office_that_had_begun_before_sends_to_the_bureaus_address(
    start: Start, folder: Path, bureau: Edition
) -> None:
    an_office(folder)
    program = start()
    assert program.desk is not None
    program.desk.choose_pack(bureau.pack)
    assert program.desk.pack.submission.address == "licence@qinglan.example"
    program.desk.settings.set_pack_parameter(program.desk.issued_pack, "address", "own@a.example")
    assert program.desk.pack.submission.address == "own@a.example"


def test_a_pack_that_is_opened_is_taken_in(
    start: Start, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    an_office(folder)
    file = tmp_path / "青岚.pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for part in INVENTED.rglob("*"):
            archive.write(part, part.relative_to(INVENTED))
    program = start(file)
    desk = program.desk
    assert desk is not None
    qtbot.waitUntil(lambda: "qinglan-2026" in desk.packs)
    assert (folder / "packs" / "qinglan-2026-0.3" / "pack.toml").is_file()
    newer = tmp_path / "broken.pack.zip"
    newer.write_bytes(b"not a pack")
    program.rise([str(newer)])
    assert isinstance(program.window, MainWindow)
    strip = program.window.notices
    qtbot.waitUntil(lambda: strip.notice is not None and "broken.pack.zip" in strip.notice.text)
