"""The duty in hand beside the list: how it was come by, the words of its basis, what to do."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from desktop.installed.law_texts import articles_in
from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from desktop.parts.theme.chips import Look
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.basics import (
    button,
    clear,
    column,
    frame,
    icon_button,
    label,
    line,
    row,
    upright,
)
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import Chip, DerivedPanel, MessageStrip
from forms.office.agenda import Item

WIDTH = 376


class DutyPane(QFrame):
    """Shows a duty; `asked` carries what is to be done with it: done, snooze, exclude, undo, go."""

    asked = Signal(str)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(t("overview.pane.name"))
        self.chip = Chip()
        close = icon_button(
            "x", t("overview.pane.close"), keys="Ctrl+\\", clicked=self.close_asked.emit
        )
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 12, 24, 16)
        whole.addLayout(self._body)
        whole.addStretch()
        self._area = scrolled(inside)
        self._nothing = label(t("overview.pane.nothing"), "hint", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._foot = self._buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.chip, None, close, margins=(24, 16, 16, 0)))
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._foot)
        self.show_nothing()

    def _buttons(self) -> QWidget:
        self.done = button(t("overview.do.done"), icon="check", keys="D")
        self.done.clicked.connect(partial(self._ask, "done"))
        self.undo = button(t("overview.do.undo"), icon="undo-2")
        self.undo.clicked.connect(partial(self._ask, "undo"))
        self.go = button(t("overview.go.wizard"), icon="folder-open", keys="Return")
        self.go.clicked.connect(partial(self._ask, "go"))
        self.more = icon_button("ellipsis", t("overview.do.more"))
        self.more.setProperty("role", "button")
        self.more.setFixedSize(36, 32)
        menu = QMenu(self.more)
        for name, picture in (("snooze", "clock"), ("exclude", "circle-minus"), ("undo", "undo-2")):
            action = menu.addAction(icon(picture), t(f"overview.do.{name}"))
            action.triggered.connect(partial(self._ask, name))
        self._undo_snooze = action
        self.more.setMenu(menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        beside = row(self.done, self.undo, self.go, self.more, margins=(24, 12, 24, 16))
        for place in range(3):
            beside.setStretch(place, 1)
        foot = column(line(), space=0)
        foot.addLayout(beside)
        return frame("plain", foot)

    def show_nothing(self) -> None:
        """No duty is in hand."""
        for widget in (self.chip, self._area, self._foot):
            widget.hide()
        self._nothing.show()

    def show_duty(self, item: Item, reckoned: Sequence[tuple[str, str]], today: date) -> None:
        """Show a duty and what it follows from."""
        duty, note = item.duty, item.note
        tone = words.tone_of(item, today)
        picture = {"error": "octagon-x", "pending": "clock", "done": "circle-check"}
        self.chip.show_look(
            Look(picture.get(tone, "calendar"), tone, ""), words.left_words(item, today)
        )
        clear(self._body)
        self._body.addWidget(label(duty.what, "pane", wrap=True))
        below = label(words.whose_words(item), "hint", wrap=True)
        below.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._body.addWidget(below)
        if note is not None:
            self._body.addWidget(_said(item))
        self._body.addWidget(line())
        panel = DerivedPanel(t("overview.pane.reckoned"))
        panel.show_facts([(name, value, "") for name, value in reckoned])
        self._body.addWidget(panel)
        self._body.addWidget(label(t("overview.pane.basis"), "strong"))
        self._bases(duty.basis)
        if duty.kind in ("annual_fee", "grace_step", "lapse"):
            self._body.addWidget(MessageStrip("advice", t("overview.pane.grace")))
        page, _ = words.place_of(item)
        self.go.setText(t(f"overview.go.{page}"))
        self.go.setAccessibleName(self.go.text())
        self.done.setVisible(item.is_open)
        self.more.setVisible(item.is_open)
        self.undo.setVisible(note is not None and not item.is_open)
        self._undo_snooze.setVisible(item.is_snoozed)
        for widget in (self.chip, self._area, self._foot):
            widget.show()
        self._nothing.hide()

    def _bases(self, basis: str) -> None:
        """The articles in full where they ship, else where they stand."""
        for part in basis.split("；"):
            found = dict(articles_in(part))
            if not found:
                self._body.addWidget(_quoted("", part))
            for where, text in found.items():
                self._body.addWidget(_quoted(text, where))

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)


def _said(item: Item) -> QWidget:
    """What the office says of a duty."""
    note = item.note
    assert note is not None
    if item.is_done:
        text = t("overview.pane.done", day=note.day, who=note.noted_by)
    elif item.is_excluded:
        text = t("overview.pane.excluded", day=note.day, who=note.noted_by)
    else:
        text = t("overview.pane.snoozed", day=note.day, who=note.noted_by, due=item.duty.date)
    return label("\n".join(filter(None, (text, note.words))), wrap=True)


def _quoted(text: str, where: str) -> QWidget:
    """The words of an article with where they stand, a line at their left."""
    inside = column(space=2, margins=(12, 0, 0, 0))
    if text:
        quoted = label(text.removeprefix(where.rpartition(" ")[2]).strip(), wrap=True)
        quoted.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(quoted)
    inside.addWidget(label(where, "caption", wrap=True))
    holder = row(upright(), space=0)
    holder.addLayout(inside, 1)
    return frame("plain", holder)
