"""What is seen of the wizard: bar, map, form, problems, preview, foot, and how they share the room.

What is done with them is the page's (`desktop.pages.wizard.wizard_page`).
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page
from desktop.editing.side_sheet import SideSheet
from desktop.installed.screen_texts import t
from desktop.on_paper.preview import PaperPreview
from desktop.pages.wizard import wizard_layout
from desktop.pages.wizard.foot_count import FootCount, FootWanting
from desktop.pages.wizard.problem_list import ProblemList
from desktop.pages.wizard.reply_strip import ReplyStrip
from desktop.pages.wizard.steps_map import StepsMap
from desktop.pages.wizard.wizard_bar import WizardBar
from desktop.pages.wizard.wizard_stage import CHECK, Stage
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, column, frame, row
from desktop.parts.widgets.messages import MessageStrip
from forms.check.wizard_steps import Step, flow_of
from forms.facts.record import Party


class WizardView(Page):
    """The wizard's parts.  A subclass says what the foot's buttons do and what is asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._flow = flow_of(desk.pack)
        self._path = ""  # the fact in hand
        self._sheet: SideSheet | None = None
        self._wants_preview = True
        self._focus_soon = QTimer(self, singleShot=True, interval=0)
        self._focus_soon.timeout.connect(self._focus)
        self.bar = WizardBar()
        self.map = self._new_map()
        self.stage = Stage(self._book)
        self.problems = ProblemList()
        self.preview = PaperPreview(desk)
        self._lay_out()

    def _new_map(self) -> StepsMap:
        return StepsMap(self._flow.steps, (CHECK, t("wizard.map.check")))

    def _book(self) -> Sequence[Party]:
        return self.desk.entries()

    def escape(self) -> bool:
        """Close the sheet at the side, or the preview where it lies over the page."""
        if self._sheet is not None:
            self._sheet.close_sheet()
            return True
        if self._stack.currentWidget() is self.preview:
            self.toggle_preview()
            return True
        return False

    def panes(self) -> Sequence[QWidget]:
        """Map, form, problems, preview."""
        return (self.map, self.stage, self.problems, self.preview)

    def toggle_preview(self) -> None:
        """Show or close the preview."""
        if wizard_layout.is_side_by_side(self.width()):
            self._wants_preview = not self._wants_preview
        else:
            showing = self._stack.currentWidget() is self.preview
            self._stack.setCurrentWidget(self._middle if showing else self.preview)
        self.fit()

    @Slot()
    def _focus(self) -> None:
        """Put the focus where it was asked for; the window gave it to the first widget."""
        if self.isVisible() and self._sheet is None:
            self.stage.focus(self._path)

    def zoom_in(self) -> None:
        """Show the page larger."""
        self.preview.zoom_in()

    def zoom_out(self) -> None:
        """Show the page smaller."""
        self.preview.zoom_out()

    def fit_preview(self) -> None:
        """Show the page as wide as there is room."""
        self.preview.fit_width()

    def _settle(self) -> None:
        """What is half done in the field in hand is taken over."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()

    # --- laying out -------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._back = button("", "quiet", icon="arrow-left", clicked=self.back_clicked)
        self._next = button("", "primary", trailing="arrow-right", clicked=self.next_clicked)
        self.count, self.wanting = FootCount(), FootWanting()
        beside = (self.wanting, self.count, self._next)
        foot = frame("foot", row(self._back, None, *beside, margins=(24, 0, 24, 0)))
        foot.setFixedHeight(tk.FOOT)
        self.foot = foot
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self._lock_strip = MessageStrip("advice", t("wizard.lock.words"), fix=t("wizard.lock.open"))
        self._lock_strip.fix_asked.connect(self.unlock)
        self._lock_place = QWidget()
        self._lock_place.setLayout(column(self._lock_strip, margins=(32, 12, 32, 0)))
        self._lock_place.hide()
        self.reply = ReplyStrip()
        middle.addWidget(self._lock_place)
        middle.addWidget(self.reply)
        middle.addWidget(self.stage, 1)
        middle.addWidget(self.problems)
        middle.addWidget(foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._middle)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.map)
        body.addWidget(self._stack, 1)
        body.addWidget(self.preview)
        self._body = body
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)

    def lock(self, is_locked: bool) -> None:
        """Lock what has gone out of the house until one says so, or let it be filled in."""
        self.stage.lock(is_locked)
        self._lock_place.setVisible(is_locked)

    @Slot()
    def unlock(self) -> None:
        """Let the case be changed all the same."""
        self.lock(False)
        self._focus_soon.start()

    def back_clicked(self) -> None:
        """The foot's left button."""

    def next_clicked(self) -> None:
        """The foot's primary."""

    def _show_foot(self, *, is_faulty: bool) -> None:
        self.reply.setVisible(self.reply.reply is not None and self.stage.current != CHECK)
        self.count.show_count(self.stage.count())
        self.wanting.say(self.stage.wanting())
        before = self._before()
        words = t("wizard.foot.list")
        if before is not None:
            words = t("wizard.foot.back", step=_named(before))
        _say(self._back, words)
        if self.stage.current == CHECK:
            _say(self._next, t("wizard.foot.mend" if is_faulty else "wizard.foot.submit"))
            return
        after = self._flow.after(self.stage.current)
        name = _named(after) if after else t("wizard.map.check")
        _say(self._next, t("wizard.foot.next", step=name))

    def _before(self) -> Step | None:
        if self.stage.current == CHECK:
            return self._flow.steps[-1]
        return self._flow.before(self.stage.current)

    def _open_sheet(self, sheet: SideSheet) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
        self._sheet = sheet
        sheet.closed.connect(self._sheet_closed)
        sheet.open_sheet(QApplication.focusWidget())

    @Slot()
    def _sheet_closed(self) -> None:
        self._sheet = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Lay the parts out for the present size."""
        wizard_layout.fit(self, self._body, self._stack, self._wants_preview)
        if self._sheet is not None:
            self._sheet.fit()


def _named(step: Step) -> str:
    return f"{step.mark} {step.title}".strip()


def _say(one: QPushButton, words: str) -> None:
    one.setText(words)
    one.setAccessibleName(words)
