"""The bar over a case: the way back, what it is, how it stands, whether it is kept."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.basics import button, icon_button, icon_label, label, upright
from desktop.parts.widgets.messages import Chip
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.plain_tip import plain_tip

_LEAST = 72  # of a title or a number that is cut


class WizardBar(QFrame):
    """Back, title, number, state; saved, undo, redo, history, printing."""

    back_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    history_asked = Signal()
    preview_asked = Signal()
    case_asked = Signal(int)  # another case of the patent

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setFixedHeight(tk.BAR)
        self._title = Elided("", "pane", shrinks=False, least=_LEAST)
        self._number = Elided("", "hint", shrinks=False, least=_LEAST)
        self.chip = Chip()
        self.other = button("", "link", icon="git-compare", clicked=self._ask_other)
        self._to_others: list[QAction] = []
        self._others: tuple[tuple[int, str], ...] = ()
        self._saved_icon = icon_label("circle-check", "done")
        self._saved = label("", "hint")
        self.undo = icon_button("undo-2", t("wizard.bar.undo"), keys="Ctrl+Z", clicked=self._undo)
        self.redo = icon_button("redo-2", t("wizard.bar.redo"), keys="Ctrl+Y", clicked=self._redo)
        self.history = icon_button("history", t("wizard.bar.history"), clicked=self._history)
        self.preview = icon_button(
            "panel-right", t("wizard.bar.preview"), keys="Ctrl+\\", clicked=self._preview
        )
        self.preview.setCheckable(True)
        self.menu = QMenu(self)
        self.paper = button(t("wizard.bar.print"), icon="printer")
        self.paper.setMenu(self.menu)
        self.more_menu = QMenu(self)
        self.more = icon_button("ellipsis", t("wizard.bar.more"))
        self.more.setMenu(self.more_menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        self.back = button(t("wizard.bar.back"), "quiet", icon="chevron-left", clicked=self._back)
        first, second = upright(), upright()
        for one in (first, second):
            one.setFixedHeight(20)
        for at_left in (self.back, first):
            layout.addWidget(at_left)
        layout.addSpacing(8)
        for named in (self._title, self._number, self.chip, self.other):
            layout.addWidget(named)
        layout.addStretch(1)
        parts = (self._saved_icon, self._saved, self.undo, self.redo, self.history)
        for widget in (*parts, self.preview, self.more, second, self.paper):
            layout.addWidget(widget)

    def add_paper_action(self, text: str, keys: str, slot: Callable[[], object]) -> None:
        """Put an action into the printing menu; its key is the page's."""
        action = self.menu.addAction(text + (f"\t{keys}" if keys else ""))
        action.triggered.connect(slot)

    def add_case_action(
        self, picture: str, text: str, keys: str, slot: Callable[[], object]
    ) -> QAction:
        """Put an action into the menu of what is done with the case; its key is the page's."""
        action: QAction = self.more_menu.addAction(
            icon(picture), text + (f"\t{keys}" if keys else "")
        )
        action.triggered.connect(slot)
        return action

    def show_case(self, title: str, number: str) -> None:
        """Show which case it is."""
        self._title.say(title or t("wizard.bar.untitled"))
        self._number.say(number)

    def show_others(self, others: Sequence[tuple[int, str]]) -> None:
        """Show the way to the patent's other cases (id, how each is called): the first of them.

        All of them are in the menu of what is done with the case.
        """
        for action in self._to_others:
            self.more_menu.removeAction(action)
        self._others = tuple(others)
        self._to_others = []
        for case_id, words in self._others:
            action = self.more_menu.addAction(icon("git-compare"), words)
            action.triggered.connect(partial(self._ask_case, case_id))
            self._to_others.append(action)
        self.other.setText(self._others[0][1].partition("\u3000")[0] if self._others else "")
        self.other.setToolTip(plain_tip(self._others[0][1]) if self._others else "")
        self.other.setAccessibleName(self.other.toolTip())
        self.other.setVisible(bool(self._others))

    def _ask_other(self) -> None:
        self.case_asked.emit(self._others[0][0])

    def _ask_case(self, case_id: int, _checked: bool = False) -> None:
        self.case_asked.emit(case_id)

    def show_saved(self, words: str, *, done: bool) -> None:
        """Show whether all is kept."""
        self._saved_icon.setVisible(bool(words))
        self._saved_icon.show_icon(
            "circle-check" if done else "circle-dot", "done" if done else "text3"
        )
        self._saved.setText(words)

    def fit(self, width: int) -> None:
        """Leave out what there is no room for."""
        self._number.setVisible(width >= 1000)
        self.preview.setVisible(True)

    def _back(self) -> None:
        self.back_asked.emit()

    def _undo(self) -> None:
        self.undo_asked.emit()

    def _redo(self) -> None:
        self.redo_asked.emit()

    def _history(self) -> None:
        self.history_asked.emit()

    def _preview(self) -> None:
        self.preview_asked.emit()
