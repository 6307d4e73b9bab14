"""收件: a clerk of a bureau drops what came, looks at it, completes it, sends it to review."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from desktop.installed.settings import Settings
from desktop.installed.workplaces import BUREAU
from desktop.pages.intake import IntakePage
from desktop.parts.notices import Notice
from desktop.parts.theme.theme import Theme
from desktop.shell.main_window import MainWindow
from forms.bureau.letters_to_units import reminder
from forms.bureau.records import PACKAGE_CASES, PACKAGES
from forms.bureau.units import UNITS, Quarter, Unit
from forms.exchange.locked_zip import locked_zip
from forms.facts.record import Office
from forms.pack.types import Pack
from tests.desktop.gui.seat import AnsweringDialogs, seat, words

NUMBER = "ZL202110771203.0"

BEGINS_AT = ""


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, settings: Settings, pack: Pack) -> Iterator[Desk]:
    made = seat(tmp_path / "资料", theme, settings, pack)
    made.workplace = BUREAU
    made.store.parties.set_office(Office(name="示例省知识产权局"))
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[IntakePage]:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show_place("intake")
    window.show()
    assert isinstance(window.page, IntakePage)
    shown = window.page
    qtbot.waitUntil(lambda: shown.looked is not None)
    yield shown
    window.close()


def folder_of(tmp_path: Path, name: str, *files: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    for file in files:
        (folder / file).write_bytes(b"%PDF-1.7\n" + name.encode() + file.encode())
    return folder


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(10, 10)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def rows(page: IntakePage, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(page.table.rows) == count and page.taking.isHidden())


def test_a_folder_dropped_anywhere_is_taken_in_completed_and_sent(
    page: IntakePage,
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window.show_place("settings")
    drop(window, folder_of(tmp_path, "水环境", f"{NUMBER}_信息表.pdf"))
    assert window.page is page
    rows(page, qtbot, 1)
    assert page.table.rows[0].standing == "foreign"
    assert page.pane.isVisible() and "未识别" not in " ".join(words(page.pane))
    assert isinstance(desk.dialogs, AnsweringDialogs)
    desk.dialogs.chosen_text = "示例水环境研究院"
    with monkeypatch.context() as patch:  # another program holds the data for a moment
        patch.setattr(
            "forms.bureau.package_care.name_office", Mock(side_effect=LockedDatabase(tmp_path))
        )
        page.pane.office_asked.emit()
    assert desk.dialogs.refused == [str(LockedDatabase(tmp_path))]
    page.pane.office_asked.emit()
    kept = desk.store.records.of(PACKAGE_CASES).listed()[0]
    assert page.current is not None
    sheet = page.doing.complete(page.current, kept)
    assert sheet.lines["number"].text() == NUMBER
    sheet.keep()  # the title is wanting, and said under its field
    assert sheet.lines["title"].property("state") == "error"
    sheet.lines["title"].setText("自适应滤波方法")
    sheet.keep()
    qtbot.waitUntil(lambda: page.table.rows[0].standing == "ready")
    page.send_ticked()  # the one in hand
    qtbot.waitUntil(lambda: page.table.rows[0].standing == "sent")
    assert told[-1].text == "1 包已送审核，共 1 件。"


def test_the_same_again_is_told_and_not_kept_twice(
    page: IntakePage, desk: Desk, tmp_path: Path, qtbot: QtBot, told: list[Notice]
) -> None:
    folder = folder_of(tmp_path, "水环境", f"{NUMBER}_信息表.pdf")
    page.taking.take_in([folder])
    page.taking.take_in([folder])  # waits for the first
    rows(page, qtbot, 1)
    qtbot.waitUntil(lambda: any("相同，未重复登记" in one.text for one in told))
    assert desk.store.records.of(PACKAGES).count() == 1


def test_what_can_not_be_read_stands_there_and_stops_nothing(
    page: IntakePage, tmp_path: Path, qtbot: QtBot
) -> None:
    broken, rar = tmp_path / "坏的.zip", tmp_path / "农科院.rar"
    broken.write_bytes(b"PK\x03\x04 no zip")
    rar.write_bytes(b"Rar!\x1a\x07")
    page.taking.take_in([broken, rar, folder_of(tmp_path, "乙", f"{NUMBER}.pdf")])
    rows(page, qtbot, 3)
    assert sorted(one.standing for one in page.table.rows) == [
        *("foreign", "unreadable", "unreadable"),
    ]
    page.filters.choose("unreadable")
    assert len(page.table.rows) == 2
    page.filters.choose("all")
    page.search.setText("202110771203")  # a patent's number leads to its package
    assert [one.standing for one in page.table.rows] == ["foreign"]


def test_a_zip_with_a_password_is_asked_for(
    page: IntakePage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:

    file = tmp_path / "加密.zip"
    file.write_bytes(locked_zip([(f"{NUMBER}.pdf", b"%PDF-1.7")], "Wuhan-2022-lake!", desk.today))
    assert isinstance(desk.dialogs, AnsweringDialogs)
    desk.dialogs.chosen_text = "Wuhan-2022-lake!"
    page.taking.take_in([file])
    qtbot.waitUntil(lambda: [one.standing for one in page.table.rows] == ["foreign"])
    assert "报送包有密码" in desk.dialogs.asked


def test_a_pack_is_still_a_pack_when_it_is_dropped(
    page: IntakePage, tmp_path: Path, qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    file = tmp_path / "青岚.pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("pack.toml", "x = 1")
    drop(window, file)
    assert window.page is not None and window.page.name == "settings"


def test_files_are_pasted(page: IntakePage, tmp_path: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder_of(tmp_path, "甲", f"{NUMBER}.pdf")))])
    QGuiApplication.clipboard().setMimeData(data)
    page.taking.paste()
    rows(page, qtbot, 1)


def test_units_not_heard_from_are_listed_and_reminded(
    page: IntakePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "desktop.pages.intake.intake_actions.open_outside", lambda file, _: opened.append(file)
    )
    shelf = desk.store.records.of(UNITS)
    shelf.add_all([Unit(name="示例大学", email="a@example.edu.cn"), Unit(name="江汉示例学院")])
    desk.records_changed.emit()
    qtbot.waitUntil(lambda: page.looked is not None and len(page.looked.silent) == 2)
    assert page.looked is not None
    sheet = page.doing.show_silent(page.looked)
    assert [one.name for one in sheet.table.rows] == ["示例大学", "江汉示例学院"]
    sheet.table.rows_model.tick([0])
    sheet.remind()
    drafts = list((desk.store.path.parent / "drafts").rglob("*.eml"))
    assert [file.stem for file in drafts] == ["催报_示例大学"] and opened == drafts
    bureau = desk.store.parties.office()
    assert drafts[0].read_bytes() == reminder(
        Unit(name="示例大学", email="a@example.edu.cn"), Quarter(2022, 3), None, bureau, desk.today
    )
