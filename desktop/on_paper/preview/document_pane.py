"""A preview of papers of records that are no cases: drawn beside the window, the newest wins."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.on_paper.preview.page_image import CannotDraw, DrawnPage, draw_document
from desktop.on_paper.preview.page_view import DPI, MARGIN, POINTS, PageView, next_zoom
from desktop.parts.widgets.basics import button, frame, icon_button, icon_label, label
from desktop.parts.widgets.one_line import Elided

if TYPE_CHECKING:
    from forms.paper.document import Document

Make = Callable[[], "Document"]
_A4_PT = 595


class DocumentPreview(QFrame):
    """Shows a page of a paper; what makes it is called in another thread and touches no store.

    With `tabs` (code and word) the paper asked for is chosen at the top, `tab_chosen`.  With
    `of_many` the foot turns from one to the next of several, `other_asked`, else the pages.
    """

    drawn = Signal()
    tab_chosen = Signal(str)
    other_asked = Signal(int)

    def __init__(
        self, desk: Desk, tabs: Sequence[tuple[str, str]] = (), *, of_many: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", "desk")
        self.setAccessibleName(t("preview.name"))
        self._desk, self._codes, self._of_many = desk, [code for code, _ in tabs], of_many
        self._make: Make | None = None
        self._page = 0
        self._zoom: float | None = None  # None fits the width
        self._running = self._is_stale = False
        self._view = PageView()
        self._view.zoom_asked.connect(self._zoom_by)
        self._view.turn_asked.connect(self.turn)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._draw)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head(tabs))
        whole.addWidget(self._view, 1)
        whole.addWidget(self._foot())

    @property
    def page_shown(self) -> DrawnPage | None:
        """The page that is shown."""
        return self._view.sheet.drawn

    @property
    def tab(self) -> str:
        """The code of the tab chosen, "" where there are none."""
        return self._codes[self._tabs.currentIndex()] if self._codes else ""

    def show_document(self, make: Make, words: str = "", place: int = 0, count: int = 0) -> None:
        """Show what is made; `words` say whose it is, the `place`th (from 0) of `count`."""
        self._make, self._page = make, 0
        self._words.say(words)
        if self._of_many:
            self._place.setText(t("preview.copy", place=place + 1, count=count) if count else "")
            self._before.setEnabled(place > 0)
            self._after.setEnabled(place + 1 < count)
        self._icon.hide()
        self._ask()

    def show_nothing(self) -> None:
        """There is no paper to show."""
        self._make = None
        self._view.sheet.hide()
        for one in (self._pages, self._place):
            one.clear()
        self._words.say("")
        for arrow in (self._before, self._after):
            arrow.setEnabled(False)

    @Slot(int)
    def turn(self, way: int) -> None:
        """Turn the page."""
        shown = self.page_shown
        if shown is not None and 0 <= shown.page + way < shown.pages:
            self._page = shown.page + way
            self._view.verticalScrollBar().setValue(0)
            self._ask()

    # --- drawing ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._make is None or not self.isVisible() or self._running:
            self._is_stale = True
        else:
            self._again.start()

    @Slot()
    def _draw(self) -> None:
        if self._running or self._make is None or not self.isVisible():
            return
        self._running, self._is_stale = True, False
        width = max(64, round(self._width() * self.devicePixelRatioF()))
        self._desk.jobs.run(
            partial(_drawing, self._make, self._page, width),
            t("preview.drawing"),
            finished=self._finished,
            failed=self._failed,
            drawing=True,
            quiet=True,
        )

    def _width(self) -> int:
        """How wide the page is drawn, in logical pixels."""
        if self._zoom is None:
            bar = self._view.verticalScrollBar().sizeHint().width()
            return max(160, self._view.width() - 2 * MARGIN - bar)
        return round(self._zoom * _A4_PT / POINTS * DPI)

    @Slot(object)
    def _finished(self, drawn: DrawnPage) -> None:
        self._running = False
        if self._make is None:
            return
        self._view.sheet.show()
        width = round(drawn.image.width() / self.devicePixelRatioF())
        drawn.image.setDevicePixelRatio(self.devicePixelRatioF())
        self._view.show_drawn(drawn, width, follow=False)
        self._zoom_word.setText(t("preview.fit") if self._zoom is None else f"{self._zoom:.0%}")
        if self._of_many:
            several = t("preview.page", page=drawn.page + 1, pages=drawn.pages)
            self._pages.setText(several if drawn.pages > 1 else "")
        else:
            self._place.setText(t("preview.page", page=drawn.page + 1, pages=drawn.pages))
            self._before.setEnabled(drawn.page > 0)
            self._after.setEnabled(drawn.page + 1 < drawn.pages)
        self.drawn.emit()
        self._go_on()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._running = False
        if not isinstance(error, CannotDraw):
            raise error
        self._icon.show()
        self._words.say(t("preview.no_glyph", character=error.character))
        self._go_on()

    def _go_on(self) -> None:
        if self._is_stale:
            self._again.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was asked for while it was hidden."""
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw it as wide as there is room."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._ask()

    # --- head and foot ------------------------------------------------------------------------

    def _head(self, tabs: Sequence[tuple[str, str]]) -> QFrame:
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(t("preview.papers"))
        for _, word in tabs:
            self._tabs.addTab(word)
        self._tabs.setVisible(bool(tabs))
        self._tabs.currentChanged.connect(self._turned)
        out = icon_button("zoom-out", t("preview.zoom_out"), clicked=partial(self._zoom_by, -1))
        into = icon_button("zoom-in", t("preview.zoom_in"), clicked=partial(self._zoom_by, 1))
        self._zoom_word = button(t("preview.fit"), "quiet", clicked=self._fit)
        layout = QHBoxLayout()
        layout.setContentsMargins(8, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self._tabs)
        layout.addStretch()
        for one in (out, self._zoom_word, into):
            layout.addWidget(one)
        head = frame("bar", layout)
        head.setFixedHeight(48)
        return head

    def _foot(self) -> QWidget:
        self._icon = icon_label("octagon-x", "error")
        self._icon.hide()
        self._words = Elided("", "hint")
        self._pages, self._place = label("", "hint"), label("", "hint")
        before, after = ("copy_before", "copy_after") if self._of_many else ("previous", "next")
        self._before = icon_button(
            "chevron-left", t(f"preview.{before}"), clicked=partial(self._go, -1)
        )
        self._after = icon_button(
            "chevron-right", t(f"preview.{after}"), clicked=partial(self._go, 1)
        )
        layout = QHBoxLayout()
        layout.setContentsMargins(20, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        for one in (self._pages, self._before, self._place, self._after):
            layout.addWidget(one)
        holder = QWidget()
        holder.setFixedHeight(40)
        holder.setLayout(layout)
        return holder

    @Slot(int)
    def _turned(self, place: int) -> None:
        self.tab_chosen.emit(self._codes[place])

    def _zoom_by(self, way: int, _checked: bool = False) -> None:
        here = self._zoom or self._width() / (_A4_PT / POINTS * DPI)
        zoom = next_zoom(here, way)
        if zoom is not None:
            self._zoom = zoom
            self._ask()

    def _fit(self) -> None:
        self._zoom = None
        self._ask()

    def _go(self, way: int, _checked: bool = False) -> None:
        if self._of_many:
            self.other_asked.emit(way)
        else:
            self.turn(way)


def _drawing(make: Make, page: int, width: int, _report: Report) -> DrawnPage:
    return draw_document(make(), page, width)
