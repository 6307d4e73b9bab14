"""The settings page: what is declared is there, what is chosen holds, backups come back."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from db.store import Store, open_store
from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from desktop.installed.pack_parameters import kept_as
from desktop.installed.screen_texts import t
from desktop.installed.settings import SETTINGS, Setting
from desktop.pages.settings import SettingsPage
from desktop.pages.settings.about_section import third_parties
from desktop.pages.settings.backup_section import BackupsCard
from desktop.pages.settings.office_section import OfficeCard
from desktop.pages.settings.pack_section import PackCard, ParametersCard
from desktop.pages.settings.setting_fields import setting_field
from desktop.pages.settings.take_sheet import TakeSheet
from desktop.pages.settings.version_section import VersionsCard
from desktop.parts.notices import Notice
from desktop.parts.outside import open_outside
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.typed import when_turned
from desktop.shell.main_window import MainWindow
from forms.ground.locate import packs_folder
from tests.desktop.gui.seat import NOW
from tests.pack_files import ADDRESS, HUBEI, files_of, zipped

BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.show_place("settings")
    shown = window.page
    assert isinstance(shown, SettingsPage)
    return shown


def _card(page: SettingsPage, group: str, kind: type[QWidget]) -> QWidget:
    page.desk.go("settings", group=group)
    return next(card for card in page.cards if isinstance(card, kind))


def types_into(line: QLineEdit, text: str) -> None:
    """As a hand does: what `setText` puts there was typed by nobody."""
    line.selectAll()
    line.insert(text)


@pytest.fixture
def beside(page: SettingsPage) -> Iterator[Store]:
    """Another program on the same file."""
    with open_store(page.desk.store.path, now=lambda: NOW, create=False) as store:
        yield store


def test_every_declared_setting_has_its_field(page: SettingsPage) -> None:
    for setting in SETTINGS:
        if setting.group:
            page.desk.go("settings", group=setting.group)
            names = [w.accessibleName() for card in page.cards for w in card.findChildren(QWidget)]
            assert t(setting.label_key) in names


def test_what_is_chosen_holds_at_once(page: SettingsPage, tmp_path: Path) -> None:
    desk = page.desk
    by_key = {setting.key: setting for setting in SETTINGS}
    theme_field = setting_field(desk, by_key["theme"])
    theme = theme_field.findChildren(QComboBox)[0]
    theme.activated.emit(by_key["theme"].choices.index("dark"))
    assert desk.settings.text("theme") == "dark"
    theme.activated.emit(by_key["theme"].choices.index("light"))
    keep_field = setting_field(desk, by_key["backup.keep"])
    keep = keep_field.findChildren(QSpinBox)[0]
    keep.setValue(5)
    keep.editingFinished.emit()
    assert desk.store.backups.keep == 5
    place = setting_field(desk, by_key["backup.second_place"])
    desk.dialogs.chosen_folder = tmp_path  # type: ignore[attr-defined]
    change, away = place.findChildren(QPushButton)
    change.click()
    assert desk.store.backups.second_place == tmp_path
    away.click()
    assert desk.store.backups.second_place is None
    text = setting_field(desk, _declared("text"))
    assert text.findChildren(QLineEdit)


def _declared(kind: str) -> Setting:
    return Setting(key="theme", kind=kind, default="", group="look")  # type: ignore[arg-type]


def test_other_kinds_have_their_widgets(page: SettingsPage) -> None:
    started = Setting(key="started", kind="flag", default=False, group="look", at="data")
    box = setting_field_of(page.desk, started)
    assert isinstance(box, QCheckBox)
    box.setChecked(not box.isChecked())
    assert page.desk.settings.flag("started") == box.isChecked()


def setting_field_of(desk: Desk, setting: Setting) -> QWidget:
    from desktop.pages.settings.setting_fields import _WIDGETS

    return _WIDGETS[setting.kind](desk, setting)[0]


def test_the_office_is_kept_field_by_field(page: SettingsPage, qtbot: QtBot) -> None:
    card = _card(page, "office", OfficeCard)
    assert isinstance(card, OfficeCard)
    card.first().setFocus()
    types_into(card.fields["phone"], "027-1")
    with qtbot.waitSignal(page.desk.office_changed):
        card.fields["phone"].editingFinished.emit()
    card.kind.setCurrentIndex(2)
    card.kind.activated.emit(2)
    office = page.desk.store.parties.office()
    assert (office.phone, office.kind) == ("027-1", "city")
    with qtbot.assertNotEmitted(page.desk.office_changed):
        card.fields["phone"].editingFinished.emit()  # nothing new
    assert page.leave()


@pytest.mark.parametrize("what", ["office", "line", "number"])
def test_what_a_lock_keeps_out_of_the_settings_is_kept_once_it_is_gone(
    what: str, page: SettingsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = _card(page, "office", OfficeCard)
    assert isinstance(card, OfficeCard)
    name = {"office": "contact", "line": "phone"}.get(what, "address")
    parties, is_locked, kept = page.desk.store.parties, True, []
    change = parties.change_office

    def locked(*given: object) -> bool:
        if is_locked:
            raise LockedDatabase(page.desk.store.path)
        kept.append(what)
        return change(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("desktop.parts.widgets.typed.AGAIN_MS", 20)
    monkeypatch.setattr(parties, "change_office", locked)
    box = QSpinBox(card)
    when_turned(box, lambda number: locked(lambda office: replace(office, address=str(number))))
    with qtbot.captureExceptions() as told:
        if what == "number":
            box.setValue(7)
            box.editingFinished.emit()
        else:
            types_into(card.fields[name], "7")
            card.fields[name].editingFinished.emit()
        card.show_office(parties.office())  # shown anew meanwhile
        qtbot.wait(50)
        is_locked = False
        qtbot.waitUntil(lambda: bool(kept))
    assert all(error is LockedDatabase for error, *_ in told)
    assert len(told) > 1
    assert getattr(parties.office(), name) == "7"


def test_what_others_keep_of_the_office_stays_though_a_card_shows_what_was(
    page: SettingsPage, beside: Store, qtbot: QtBot
) -> None:
    card = _card(page, "office", OfficeCard)
    assert isinstance(card, OfficeCard)
    card.fields["contact"].setFocus()
    beside.parties.change_office(lambda office: replace(office, contact="别处所填"))
    page.desk.go("settings", group="backup")  # the field in hand is left
    assert beside.parties.office().contact == "别处所填"

    card = _card(page, "office", OfficeCard)
    assert isinstance(card, OfficeCard)
    beside.parties.change_office(lambda office: replace(office, contact="又一人"))
    types_into(card.fields["phone"], "027-2")
    card.fields["phone"].editingFinished.emit()
    card.fields["contact"].editingFinished.emit()
    office = beside.parties.office()
    assert (office.contact, office.phone) == ("又一人", "027-2")


def test_a_setting_of_the_data_that_was_only_looked_at_is_not_written(
    page: SettingsPage, beside: Store
) -> None:
    keep = _card(page, "backup", Card).findChildren(QSpinBox)[0]
    size = _card(page, "pack", ParametersCard).fields["size_limit_mb"]  # type: ignore[attr-defined]
    pack = page.desk.issued_pack
    beside.backups.settle(keep=7)
    beside.settings.put(kept_as(pack, "size_limit_mb"), "10")
    keep.editingFinished.emit()
    size.editingFinished.emit()
    assert page.desk.settings.number("backup.keep") == 7
    assert page.desk.settings.pack_parameter(pack, "size_limit_mb") == "10"


def test_parameters_stand_for_the_pack_s_own(page: SettingsPage) -> None:
    card = _card(page, "pack", ParametersCard)
    assert isinstance(card, ParametersCard)
    typed = {"address": ("nobody", "kfxk@example.gov.cn"), "size_limit_mb": ("0", "10")}
    typed |= {name: ("明天", "2022-10-01") for name in card.fields if name.startswith("deadline.")}
    for name, (wrong, right) in typed.items():
        for text in (wrong, right):
            types_into(card.fields[name], text)
            card.fields[name].editingFinished.emit()
            kept = page.desk.settings.pack_parameter(page.desk.issued_pack, name)
            assert kept == ("" if text == wrong else right)
    assert page.desk.pack.submission.address == "kfxk@example.gov.cn"
    assert page.desk.pack.submission.size_limit_mb == 10


def _issued(tmp_path: Path, version: str, **more: bytes) -> Path:
    files = files_of(version=version) | {f"{name}.toml": text for name, text in more.items()}
    return zipped(tmp_path / f"{version}.pack.zip", files)


def test_an_issued_pack_is_taken_in_and_used(
    page: SettingsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    card = _card(page, "pack", PackCard)
    assert isinstance(card, PackCard)
    page.desk.dialogs.chosen_files = [_issued(tmp_path, "1.1")]  # type: ignore[attr-defined]
    card.ask_take()
    qtbot.waitUntil(lambda: bool(told))
    assert "已接收" in told[-1].text
    assert page.desk.dialogs.asked[-1] == t("settings.pack.take_title")  # type: ignore[attr-defined]
    assert page.desk.pack.identity.version == "1.1"
    former = card
    qtbot.waitUntil(lambda: former not in page.cards)  # it is shown anew
    card = _card(page, "pack", PackCard)
    assert isinstance(card, PackCard)
    card.take_file(tmp_path / "1.1.pack.zip")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "已有" in told[-1].text
    card._chosen(0)


def test_a_pack_dropped_on_the_window_is_taken_in(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(_issued(tmp_path, "1.1")))])
    where, copy = QPointF(600, 400), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(where, copy, mime, left, none))
    qtbot.waitUntil(lambda: bool(told))
    assert "已接收" in told[-1].text
    assert isinstance(window.page, SettingsPage)
    assert window.desk.pack.identity.version == "1.1"


def test_a_pack_is_not_taken_unless_the_clerk_agrees(
    page: SettingsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    card = _card(page, "pack", PackCard)
    assert isinstance(card, PackCard)
    dialogs = page.desk.dialogs
    dialogs.says_yes = False  # type: ignore[attr-defined]
    address = "hubei@stranger.example"
    files = files_of(HUBEI, (ADDRESS, address), version="2099.1")
    card.take_file(zipped(tmp_path / "x.pack.zip", files))
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "未接收" in told[-1].text
    assert page.desk.pack.identity.version == "1.0"
    (sheet,) = dialogs.sheets  # type: ignore[attr-defined]
    assert isinstance(sheet, TakeSheet)
    words = " ".join(one.text() for one in sheet.findChildren(QLabel))
    assert address in words and ADDRESS in words and "2099 年" in words
    assert sheet.no.isDefault() and not sheet.yes.isDefault() and not sheet.yes.autoDefault()
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.keyClick(sheet, Qt.Key.Key_Return)  # pressed without looking
    assert sheet.result() == TakeSheet.DialogCode.Rejected


def test_a_version_is_put_back_and_taken_away(
    page: SettingsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    card = _card(page, "pack", PackCard)
    assert isinstance(card, PackCard)
    card.take_file(_issued(tmp_path, "2099.1"))
    qtbot.waitUntil(lambda: page.desk.pack.identity.version == "2099.1", timeout=20_000)
    page.desk.go("settings", group="pack")

    def press(name: str) -> None:
        versions = _card(page, "pack", VersionsCard)
        next(b for b in versions.findChildren(QPushButton) if b.accessibleName() == name).click()

    ours = page.desk.pack.identity.name
    press(f"{t('settings.versions.use')}：{ours}　1.0")
    assert page.desk.pack.identity.version == "1.0"
    assert "已改用 1.0 版" in told[-1].text
    press(f"{t('settings.versions.remove')}：{ours}　2099.1")
    assert page.desk.dialogs.asked[-1] == "移除 2099.1 版表单包"  # type: ignore[attr-defined]
    assert "2099.1" not in [
        one.text() for one in _card(page, "pack", VersionsCard).findChildren(QLabel)
    ]
    assert not list((page.desk.store.path.parent / "packs").glob("*2099*"))


def test_a_pack_that_can_not_be_used_is_listed_and_taken_away(page: SettingsPage) -> None:
    bad = page.desk.store.path.parent / "packs" / "坏的"
    bad.mkdir(parents=True)
    (bad / "pack.toml").write_text("x = [", encoding="utf-8")
    page.desk.go("settings", group="about")
    versions = _card(page, "pack", VersionsCard)
    assert "坏的" in [one.text() for one in versions.findChildren(QLabel)]
    name = f"{t('settings.versions.remove')}：坏的"
    next(b for b in versions.findChildren(QPushButton) if b.accessibleName() == name).click()
    assert not bad.exists()


def test_what_was_sent_is_compared_with_the_pack_it_was_made_with(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    desk = window.desk
    former = desk.pack
    folder = tmp_path / "新版"
    copytree(packs_folder() / "hubei-2022", folder)
    (folder / "pack.toml").write_text(
        (folder / "pack.toml").read_text(encoding="utf-8").replace('"1.0"', '"1.1"', 1),
        encoding="utf-8",
    )
    consent = folder / "papers" / "consent.toml"
    words = consent.read_text(encoding="utf-8")
    consent.write_text(words.replace("同意", "愿意"), encoding="utf-8")
    desk.packs = {**desk.packs, "hubei-2022": folder}
    desk.choose_pack("hubei-2022")
    assert desk.pack.identity.version == "1.1"
    same = desk.shelf.in_version("hubei-2022", "1.0")
    assert same is not None
    assert same.identity.version == "1.0"
    assert same.papers["consent"] == former.papers["consent"] != desk.pack.papers["consent"]
    assert desk.shelf.in_version("hubei-2022", "1.0") is same
    assert desk.shelf.in_version("hubei-2022", "1.1") is desk.pack
    assert desk.shelf.in_version("hubei-2022", "0.1") is desk.pack  # nobody has that any more
    assert desk.shelf.in_version("qinglan-2026", "0.3") is None


def test_a_faulty_pack_is_refused_with_its_faults(
    page: SettingsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    card = _card(page, "pack", PackCard)
    assert isinstance(card, PackCard)
    card.take_file(_issued(tmp_path, "1.2", stray=b"x = 1"))
    qtbot.waitUntil(lambda: bool(told))
    assert "处错误" in told[-1].text
    copy = next(b for b in card.findChildren(QPushButton) if b.text() == t("settings.pack.copy"))
    copy.click()
    assert "stray.toml" in QGuiApplication.clipboard().text()
    (tmp_path / "x.pack.zip").write_bytes(b"no zip")
    card.take_file(tmp_path / "x.pack.zip")
    qtbot.waitUntil(lambda: "未下载完整" in told[-1].text)
    with qtbot.waitSignal(page.desk.jobs.unheard):
        card.take_file(tmp_path / "gone.pack.zip")
    assert page.desk.pack.identity.version == "1.0"


def test_backups_are_made_looked_into_and_brought_back(
    page: SettingsPage,
    qtbot: QtBot,
    tmp_path: Path,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    page.desk.store.backups.settle(second_place=tmp_path)
    card = _card(page, "backup", BackupsCard)
    assert isinstance(card, BackupsCard)
    card.make()
    qtbot.waitUntil(lambda: len(card.table.rows) >= 2)
    assert {row.is_second for row in card.table.rows} == {True, False}
    qtbot.waitUntil(lambda: bool(told) and "已备份" in told[-1].text)
    card.table.choose(0)
    with qtbot.waitSignal(page.desk.restore_asked) as asked:
        card.restore.click()
    assert Path(asked.args[0]).is_file()
    page.desk.dialogs.says_yes = False  # type: ignore[attr-defined]
    card.table.opened.emit(card.table.rows[0])
    (tmp_path / "other.db").write_bytes(b"no database")
    page.desk.dialogs.chosen_files = [tmp_path / "other.db"]  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.desk.jobs.unheard):
        card.choose_file()
    card._open()
    assert opened


def test_a_backup_asked_for_is_told_of_though_others_save_meanwhile(
    page: SettingsPage, qtbot: QtBot, told: list[Notice]
) -> None:
    card = _card(page, "backup", BackupsCard)
    assert isinstance(card, BackupsCard)
    qtbot.waitUntil(lambda: not page.desk.jobs.running)
    card.make()
    page.refresh()
    assert card in page.cards, "the card waits for what it has asked for"
    qtbot.waitUntil(lambda: bool(told) and "已备份" in told[-1].text)
    qtbot.waitUntil(lambda: card not in page.cards)
    anew = next(one for one in page.cards if isinstance(one, BackupsCard))
    qtbot.waitUntil(lambda: bool(anew.table.rows))


def test_a_backup_asked_for_is_told_of_though_another_section_is_shown(
    page: SettingsPage, qtbot: QtBot, told: list[Notice]
) -> None:
    card = _card(page, "backup", BackupsCard)
    assert isinstance(card, BackupsCard)
    card.make()
    page.desk.go("settings", group="about")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: bool(told) and "已备份" in told[-1].text)


def test_what_the_program_stands_on_is_named(page: SettingsPage) -> None:
    page.desk.go("settings", group="about")
    assert "reportlab" in third_parties()
    page.refresh()
    page.desk.go("settings", group="no such")
    assert page.group == "about"
    assert page.panes()


def test_a_program_is_not_started_from_a_place_that_data_name(
    page: SettingsPage, tmp_path: Path, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    for name in ("草稿.exe", "草稿.eml.lnk", "无后缀"):
        (tmp_path / name).write_bytes(b"MZ")
        open_outside(tmp_path / name, page.desk.notices)
        assert "未打开" in told[-1].text
    (tmp_path / "草稿.EML").write_bytes(b"")
    open_outside(tmp_path / "草稿.EML", page.desk.notices)
    open_outside(tmp_path, page.desk.notices)
    assert [Path(url.toLocalFile()).name for url in opened] == ["草稿.EML", tmp_path.name]
