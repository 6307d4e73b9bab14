"""Every field of the wizard is filled by keyboard alone, whatever pack it was made from.

Nothing here knows a field: what is typed is the pack's own sample of it, else its first answer or
what suits its kind.  Steps with a page of their own have tests of their own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.editing.form import Form
from desktop.editing.form.owner_editors import PartiesEditor
from desktop.editing.form.segments import Segments
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.wizard_stage import CHECK
from desktop.shell.main_window import MainWindow
from forms.check.wizard_steps import Item
from forms.facts.paths import value_at
from forms.facts.record import Party
from forms.ground.locate import packs_folder
from forms.pack.reading import read
from forms.pack.types import Field
from tests.desktop.gui.hand import CTRL, Hand, focused

PACKS = {
    "hubei-2022": packs_folder() / "hubei-2022",
    "cnipa-2024": packs_folder() / "cnipa-2024",
    "qinglan-2026": Path(__file__).parents[2] / "packs" / "qinglan-2026",
}
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST_TABS = 80
OF_KIND: dict[str, str] = {
    "date": "2026-01-05",
    "money": "1000",
    "percent": "3",
    "number": "2",
    "integer": "2",
}


BEGINS_AT = ""


@pytest.fixture(params=PACKS)
def wizard(
    request: pytest.FixtureRequest, window: MainWindow, qtbot: QtBot
) -> Iterator[WizardPage]:
    """The window at a new case of a pack."""
    window.desk.packs = {**window.desk.packs, **PACKS}
    window.desk.choose_pack(request.param)
    window.activateWindow()
    window.show_place("wizard")
    page = window.page
    assert isinstance(page, WizardPage)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield page
    page.leave()


class Typist:
    """Goes through a form by Tab and fills what has the focus."""

    def __init__(self, wizard: WizardPage, hand: Hand) -> None:
        self.wizard, self.hand = wizard, hand
        self.filled: set[str] = set()

    def fills_step(self) -> None:
        """Tab from the first field to where the form ends."""
        form = self._form
        for _ in range(MOST_TABS):
            item, field = self._here()
            if item is not None and field is not None and field.path not in self.filled:
                if item.options and field is item.field:
                    self._every_way(item)
                else:
                    self._fill(field)
            self.hand.key(Qt.Key.Key_Tab)
            if not form.isAncestorOf(focused()) and self.filled:
                return

    @property
    def _form(self) -> Form:
        form = self.wizard.stage.form
        assert form is not None
        return form

    def _here(self) -> tuple[Item, Field] | tuple[None, None]:
        """The item and the field that have the focus."""
        step = self.wizard.session.flow.step(self.wizard.stage.current)
        for item in step.items:
            for field in item.fields:
                if self._form.widget_of(field.path) is focused():
                    return item, field
            is_a_way = isinstance(focused(), QRadioButton)
            if item.options and is_a_way and item.field.path not in self.filled:
                return item, item.field
        return None, None

    def _every_way(self, item: Item) -> None:
        """Choose one way after the other, fill its blanks, go back by Shift+Tab."""
        for place, option in enumerate(item.options, 1):
            self.hand.types(str(place))
            assert value_at(self.wizard.session.case, item.field.path) == option.value
            for field in option.fields:
                self.hand.key(Qt.Key.Key_Tab)
                assert self._form.widget_of(field.path) is focused(), field.path
                self._fill(field)
            for _ in option.fields:
                self.hand.key(Qt.Key.Key_Tab, SHIFT)
            assert isinstance(focused(), QRadioButton)
        self.filled.add(item.field.path)

    def _fill(self, field: Field) -> None:
        here = focused()
        if isinstance(here, Segments):
            values = [choice.value for choice in field.choices] or ["true", "false"]
            sample = str(read(field, _typed(field))).lower()
            self.hand.types(str(values.index(sample) + 1))
        else:
            assert not isinstance(here, QPlainTextEdit) or here.tabChangesFocus()
            self.hand.types(_typed(field))
        if field.kind == "parties":
            self.hand.key(Qt.Key.Key_Return)
        self.filled.add(field.path)


def _typed(field: Field) -> str:
    first = field.choices[0].label if field.choices else ""
    return field.sample or first or OF_KIND.get(field.kind, "示例内容")


def test_every_field_is_filled_by_keyboard_alone(wizard: WizardPage, qtbot: QtBot) -> None:
    """Tab goes from field to field, Ctrl+PgDown from step to step; the mouse is not touched."""
    hand = Hand(qtbot)
    typist = Typist(wizard, hand)
    for step in wizard.session.flow.steps:
        assert wizard.stage.current == step.id
        if step.page == "form":
            hand.waits(QApplication.focusWidget)
            typist.fills_step()
            hand.key(Qt.Key.Key_PageDown, CTRL)
        else:
            wizard.go_on()
    assert wizard.stage.current == CHECK
    forms = [step for step in wizard.session.flow.steps if step.page == "form"]
    asked = {path for step in forms for path in step.paths}
    assert typist.filled == asked
    assert wizard.session.case_id is not None
    case = wizard.desk.store.cases.one(wizard.session.case_id).case
    assert case.unread == {}
    pack = wizard.desk.pack
    for path in asked:
        field = pack.field(path)
        assert field is not None
        if field.kind == "parties":
            owners = value_at(case, path)
            typed = read(field, _typed(field))
            assert isinstance(typed, tuple)
            names = [one.name for one in typed if isinstance(one, Party)]
            assert [one.name for one in owners][-len(names) :] == names  # behind the ledger's
        elif not any(item.options and item.field is field for item in _items(wizard)):
            assert value_at(case, path) == read(field, _typed(field)), path


def test_parties_are_typed_ordered_and_named_by_keyboard_alone(
    wizard: WizardPage, qtbot: QtBot
) -> None:
    hand = Hand(qtbot)
    step = next(s for s in wizard.session.flow.steps if "owners" in s.paths)
    while wizard.stage.current != step.id:
        hand.key(Qt.Key.Key_PageDown, CTRL)
    _tab_to(wizard, hand, "owners")
    hand.types("示例大学；张喆铉")
    hand.key(Qt.Key.Key_Return)
    # Other lists of parties may stand on the same step.
    (editor,) = (one for one in wizard.stage.findChildren(PartiesEditor) if one.rows)
    for _ in range(MOST_TABS):
        if focused() is editor.rows[1].line:
            break
        hand.key(Qt.Key.Key_Tab, SHIFT)
    hand.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [owner.name for owner in wizard.session.case.owners] == ["张喆铉", "示例大学"]
    assert focused() is editor.rows[0].line
    hand.key(Qt.Key.Key_Tab)
    assert focused() is editor.rows[0].kind
    hand.types("2")
    assert wizard.session.case.owners[0].kind == "person"


def _items(wizard: WizardPage) -> list[Item]:
    return [item for step in wizard.session.flow.steps for item in step.items]


def _tab_to(wizard: WizardPage, hand: Hand, path: str) -> None:
    form = wizard.stage.form
    assert form is not None
    for _ in range(MOST_TABS):
        if form.widget_of(path) is focused():
            return
        hand.key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {path}")
