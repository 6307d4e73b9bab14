"""Chinese input methods: what is still being composed is nobody's answer yet.

An input method sends pre-edit text while it composes, then commits; Qt hands both over in
`QInputMethodEvent`.
"""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.register import RegisterPage
from desktop.pages.wizard import WizardPage
from desktop.screens.scene_waits import settle
from desktop.shell.main_window import MainWindow
from forms.facts.record import Case, Party
from tests.forms.filled import FULL

LONGER_THAN_SAVING_MS = 900

BEGINS_AT = ""


@pytest.fixture
def wizard(window: MainWindow) -> Iterator[WizardPage]:
    """The wizard at a stored case with nothing wrong."""
    stored = window.desk.store.cases.save(FULL)
    window.activateWindow()
    window.show_place("wizard", {"case_id": stored.id})
    page = window.page
    assert isinstance(page, WizardPage)
    yield page
    page.leave()


def composes(widget: QWidget, text: str) -> None:
    """The input method shows what it has so far; nothing is committed."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commits(widget: QWidget, text: str) -> None:
    """The clerk takes a word."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def field(page: WizardPage, path: str) -> QWidget:
    page.go_to(path)
    settle(0)
    form = page.stage.form
    assert form is not None
    found = form.widget_of(path)
    assert found is not None
    found.setFocus()
    if isinstance(found, QLineEdit):
        found.end(False)
    return found


def kept(page: WizardPage) -> Case:
    assert page.session.case_id is not None
    return page.desk.store.cases.one(page.session.case_id).case


@pytest.mark.parametrize("path", ["patent.title", "other_terms", "contact.address"])
def test_half_a_word_is_neither_checked_nor_kept(path: str, wizard: WizardPage) -> None:
    line = field(wizard, path)
    before, checked = kept(wizard), list(wizard.session.problems)
    versions = len(wizard.desk.store.cases.versions(wizard.session.case_id or 0))
    changed: list[object] = []
    wizard.session.changed.connect(changed.append)
    for so_far in ("c", "ce", "ceshi", "测shi"):
        composes(line, so_far)
    settle(LONGER_THAN_SAVING_MS)
    assert changed == []
    assert kept(wizard) == before
    assert list(wizard.session.problems) == checked
    assert len(wizard.desk.store.cases.versions(wizard.session.case_id or 0)) == versions
    assert wizard.session.draft.shown(path).count("测") == 0


def test_who_types_an_owner_types_on_in_that_one_though_another_takes_one_out_above(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    names = ("江城公司", "汉水公司", "楚天公司")
    owners = tuple(Party(name=name) for name in names)
    wizard.session.draft.put("owners", owners)
    wizard.session.save()
    store, case_id = wizard.desk.store, wizard.session.case_id

    def others_leave(*left: Party) -> None:
        store.cases.save(replace(kept(wizard), owners=left), case_id=case_id)
        wizard.session.follow()
        settle(0)

    line = field(wizard, "owners.1.name")
    composes(line, "shiye")
    others_leave(*owners[1:])
    commits(line, "实业")
    assert [one.name for one in wizard.session.case.owners] == ["汉水公司实业", "楚天公司"]
    wizard.session.save()
    others_leave(owners[2], *wizard.session.case.owners[:1])  # and another gives another order
    qtbot.keyClicks(line, "2")
    assert [one.name for one in wizard.session.case.owners] == ["楚天公司", "汉水公司实业2"]
    wizard.session.save()
    others_leave(owners[2])  # the one in hand is taken out: what is typed on is nobody's
    here = QApplication.focusWidget()
    assert here is not None
    qtbot.keyClicks(here, "3")
    assert [one.name for one in wizard.session.case.owners] == ["楚天公司"]


@pytest.mark.parametrize("path", ["patent.title", "other_terms"])
def test_a_word_that_was_taken_is_kept(path: str, wizard: WizardPage, qtbot: QtBot) -> None:
    line = field(wizard, path)
    assert isinstance(line, QLineEdit | QPlainTextEdit)
    composes(line, "ceshi")
    commits(line, "（测试）")
    assert "（测试）" in wizard.session.draft.shown(path)
    qtbot.waitUntil(lambda: "（测试）" in str(kept(wizard)))


def test_a_change_from_elsewhere_leaves_what_is_composed_alone(wizard: WizardPage) -> None:
    line = field(wizard, "patent.title")
    assert isinstance(line, QLineEdit)
    before = line.text()
    composes(line, "shui")
    wizard.session.draft.type("contact.postcode", "430071")
    form = wizard.stage.form
    assert form is not None
    form.refresh()
    commits(line, "水")
    assert line.text() == f"{before}水"


def test_a_word_left_half_composed_is_nobody_s_answer(wizard: WizardPage) -> None:
    line = field(wizard, "patent.title")
    before = kept(wizard).patent.title
    composes(line, "bianxie")
    field(wizard, "patent.number")
    wizard.save()
    assert kept(wizard).patent.title == before


@pytest.mark.parametrize(
    ("path", "typed", "shown"),
    [
        ("patent.grant_date", "２０２２年８月１６日", "2022-08-16"),
        ("contact.postcode", "４３００７０", "430070"),
    ],
)
def test_full_width_figures_are_figures(
    path: str, typed: str, shown: str, wizard: WizardPage
) -> None:
    line = field(wizard, path)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    commits(line, typed)
    field(wizard, "patent.title")
    assert wizard.session.draft.shown(path) == shown


def test_the_search_waits_for_the_word(window: MainWindow, qtbot: QtBot) -> None:
    window.show_place("register")
    page = window.page
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 20)
    all_of_them = page.model.rowCount()
    page.search()
    composes(page.filters.search, "qiaoliang")
    settle(200)
    assert page.model.rowCount() == all_of_them
    commits(page.filters.search, "桥梁")
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < all_of_them)
