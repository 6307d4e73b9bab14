"""The guide: in the program as on paper, with pictures that are there and small."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.pages.help import HelpPage
from desktop.pages.help.guide import guide_file, tasks
from desktop.pages.wizard import WizardPage
from desktop.screens import screens
from desktop.shell.main_window import MainWindow
from desktop.shell.page_table import PAGES

GUIDE = guide_file()
PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
MOST_BYTES = 3_000_000
BEGINS_AT = ""


def pictures() -> list[tuple[str, Path]]:
    text = GUIDE.read_text(encoding="utf-8")
    return [(words, GUIDE.parent / name) for words, name in PICTURE.findall(text)]


def test_every_picture_of_the_guide_is_there_with_its_words() -> None:
    assert pictures()
    for words, file in pictures():
        assert file.is_file(), file
        assert words.strip()


def test_every_picture_that_is_drawn_for_the_guide_stands_in_it() -> None:
    drawn = {one.name for one in screens() if one.in_guide}
    named = {file.stem for _, file in pictures()}
    kept = {file.stem for file in (GUIDE.parent / "pictures" / "guide").glob("*.png")}
    assert drawn == named == kept


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for _, file in pictures()) < MOST_BYTES


def test_f1_shows_the_guide_with_its_pictures(window: MainWindow, qtbot: QtBot) -> None:
    window.show_place("help")
    page = window.page
    assert isinstance(page, HelpPage)
    listed = [page.tasks.item(row).text() for row in range(page.tasks.count())]
    assert listed == tasks(GUIDE.read_text(encoding="utf-8"))
    assert page.words.verticalScrollBar().value() == 0
    title = page.words.document().begin().layout()
    assert title.lineCount() == 1  # as wide as there is room, from the first sight on
    kind = QTextDocument.ResourceType.ImageResource.value
    for _, file in pictures():
        shown = page.words.loadResource(kind, str(file.relative_to(GUIDE.parent)))
        assert isinstance(shown, QImage)
        assert 200 < shown.width() / shown.devicePixelRatio() <= page.words.viewport().width()
    page.tasks.setCurrentRow(len(listed) - 1)
    assert page.words.verticalScrollBar().value() > 0
    before = page.words.toPlainText()
    window.desk.settings.set("theme", "dark")
    assert page.words.toPlainText() == before


def test_f1_leads_from_every_page_to_its_own_chapter(window: MainWindow) -> None:
    listed = tasks(GUIDE.read_text(encoding="utf-8"))
    for name in PAGES:
        if name == "help":
            continue
        window.show_place(name)
        page = window.page
        assert page is not None
        assert page.topic in listed, name
        window._help()
        help_page = window.page
        assert isinstance(help_page, HelpPage)
        assert help_page.tasks.currentItem().text() == page.topic


def test_esc_leads_from_the_guide_back_to_the_field_in_hand(
    window: MainWindow, qtbot: QtBot
) -> None:
    case_id = window.desk.store.register.ids()[0]
    window.show_place("wizard", {"case_id": case_id, "path": "contact.phone"})
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert wizard.stage.form is not None
    field = wizard.stage.form.widget_of("contact.phone")
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_F1)
    assert isinstance(window.page, HelpPage)
    qtbot.keyClick(window.page.tasks, Qt.Key.Key_Escape)
    assert window.page is wizard
    assert wizard.session.case_id == case_id  # nothing was entered anew
    qtbot.waitUntil(field.hasFocus)


def test_the_guide_is_searched(window: MainWindow) -> None:
    window.show_place("help")
    page = window.page
    assert isinstance(page, HelpPage)
    page.search.setText("回收站")
    first = page.words.textCursor().position()
    assert page.words.textCursor().selectedText() == "回收站"
    page._seek_on()
    assert page.words.textCursor().position() != first
    page.search.setText("量子纠缠")
    assert "未找到与“量子纠缠”相符的" in page._found.text()
