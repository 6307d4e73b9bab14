"""The preview pane: papers as tabs, zoom, pages; draws beside the window, the newest wins."""

import re
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.on_paper.preview.page_image import CannotDraw, Drawn, Wanted, draw_page
from desktop.on_paper.preview.page_view import DPI, MARGIN, POINTS, PageView, next_zoom
from desktop.parts.widgets.basics import button, frame, icon_button, icon_label, label
from desktop.parts.widgets.one_line import Elided
from forms.facts.record import Case, Licence, Office
from forms.office.paper_making import by_weight
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.made_for import is_for
from forms.paper.stand import how_well

_SHORT = re.compile(r"(信息表|汇总表|声明书?|简要说明|合同|申请书|请求书)(?:（[^）]*）)?$")


def short_title(paper: Paper) -> str:
    """What a paper is in a word: as the pack says, else 信息表, 声明, 汇总表, 合同."""
    found = _SHORT.search(paper.title)
    return paper.short or (found[1] if found else paper.title[-6:])


class PaperPreview(QFrame):
    """Shows a paper of the record in hand."""

    drawn = Signal(float)  # a page was shown, so many ms after it was asked for
    close_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        scopes: Sequence[str] = ("case", "batch"),
        *,
        closable: bool = True,
        pack: Pack | None = None,
    ) -> None:
        """`scopes` are those of the papers to show: case, licence, batch.

        They are those of a pack, the one in use where none is named.
        """
        super().__init__()
        self.setProperty("role", "desk")
        self.setAccessibleName(t("preview.name"))
        self._desk = desk
        self._pack = pack or desk.pack
        self._papers = by_weight(self._pack, scopes)
        self._case = Case()
        self._licence: Licence | None = None
        self._office = Office()
        self._draft, self._path = True, ""
        self._differing: tuple[str, ...] = ()
        self._granted: tuple[Licence, ...] = ()
        self._page: int | None = None
        self._zoom: float | None = None  # None fits the width
        self._asked_at: float | None = None
        self._is_by_hand = False
        self._running = self._is_stale = self._follows = False
        self._has_record = False
        self._view = PageView()
        self._view.zoom_asked.connect(self._zoom_by)
        self._view.turn_asked.connect(self.turn)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._draw)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head(closable))
        whole.addWidget(self._view, 1)
        whole.addWidget(self._foot())

    # --- what may be asked ------------------------------------------------------------------

    @property
    def page_shown(self) -> Drawn | None:
        """The page that is shown."""
        shown = self._view.sheet.drawn
        return shown if isinstance(shown, Drawn) else None

    @property
    def paper(self) -> str:
        """The code of the paper shown."""
        return self._papers[self._tabs.currentIndex()].code

    @property
    def case_paper(self) -> str:
        """The paper shown if it is one of a single case, else the first that is."""
        shown = self._papers[self._tabs.currentIndex()]
        return next(p.code for p in (shown, *self._papers) if p.scope != "batch")

    def show_record(
        self,
        case: Case,
        *,
        licence: Licence | None = None,
        office: Office,
        draft: bool,
        differing: Sequence[str] = (),
        granted: Sequence[Licence] = (),
    ) -> None:
        """Show a record; the page that is shown stays until the new one is drawn.

        `granted` are a case's licences, for papers that name the licensees.

        `differing` are facts to be marked as differing from what was offered.
        """
        self._differing, self._granted = tuple(differing), tuple(granted)
        self._case, self._licence, self._office = case, licence, office
        self._draft, self._has_record = draft, True
        self._offer_papers()
        self._say()
        self._ask(at_once=True)

    def _offer_papers(self) -> None:
        """Show the tabs of the papers that are made of the record, the first if no other is."""
        licence, today = self._licence, self._desk.today
        offered = [
            is_for(paper, self._case, self._pack, licence=licence, today=today)
            for paper in self._papers
        ]
        here = self._tabs.currentIndex()
        with QSignalBlocker(self._tabs):
            for place, is_offered in enumerate(offered):
                self._tabs.setTabVisible(place, is_offered or (place == 0 and not any(offered)))
            if self._papers and not self._tabs.isTabVisible(here):
                self._tabs.setCurrentIndex(offered.index(True) if any(offered) else 0)
                self._page = None

    def show_field(self, path: str) -> None:
        """Keep a field in sight, its place marked; "" marks none.

        A paper chosen by hand stays where it prints the field; else the one that prints it best
        is turned to, of equals the fullest.
        """
        self._path, self._page = path, None
        printing = {
            place: rank
            for place, paper in enumerate(self._papers)
            if self._tabs.isTabVisible(place) and (rank := how_well(paper, path)) is not None
        }
        here, best = self._tabs.currentIndex(), min(printing, key=printing.__getitem__, default=-1)
        if printing and not (here in printing and self._is_by_hand) and here != best:
            self._tabs.setCurrentIndex(best)
            self._is_by_hand = False
        self._ask(follow=True)

    def show_paper(self, code: str) -> None:
        """Turn to another paper, if it is made of the record."""
        codes = [paper.code for paper in self._papers]
        if code in codes and self._tabs.isTabVisible(codes.index(code)):
            self._tabs.setCurrentIndex(codes.index(code))

    def zoom_in(self) -> None:
        """Show it larger."""
        self._zoom_by(1)

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._zoom_by(-1)

    def fit_width(self) -> None:
        """Show it as wide as there is room."""
        self._zoom = None
        self._ask()

    @Slot(int)
    def turn(self, way: int) -> None:
        """Turn the page."""
        shown = self.page_shown
        if shown is not None and 0 <= shown.page + way < shown.pages:
            self._page = shown.page + way
            self._ask()
            self._view.verticalScrollBar().setValue(0)

    # --- drawing ----------------------------------------------------------------------------

    def _ask(self, *, follow: bool = False, at_once: bool = False) -> None:
        """Have it drawn, with all else that is asked for in this turn, or `at_once`."""
        self._follows = self._follows or follow
        if not self._has_record or not self.isVisible():
            self._is_stale = True
            return
        if self._asked_at is None:
            self._asked_at = time.perf_counter()
        if self._running:
            self._is_stale = True
        elif at_once and not self._again.isActive():
            self._draw()
        else:
            self._again.start()

    @Slot()
    def _draw(self) -> None:
        if self._running or not self._papers:
            return
        if not self.isVisible():
            self._is_stale = True
            return
        self._running, self._is_stale = True, False
        wanted = self._wanted()
        asked, self._asked_at = self._asked_at, None
        self._started = asked if asked is not None else time.perf_counter()
        self._desk.jobs.run(
            _Drawing(wanted, self.page_shown),
            t("preview.drawing"),
            finished=self._finished,
            failed=self._failed,
            drawing=True,
            quiet=True,
        )

    def _wanted(self) -> Wanted:
        shown = self.page_shown
        same = shown is not None and shown.wanted.paper == self.paper
        return Wanted(
            pack=self._pack,
            paper=self.paper,
            case=self._case,
            office=self._office,
            width_px=max(64, round(self._width() * self.devicePixelRatioF())),
            licence=self._licence,
            granted=self._granted,
            today=self._desk.today,
            draft=self._draft,
            path=self._path,
            page=self._page,
            page_else=shown.page if shown is not None and same else 0,
            differing=self._differing,
        )

    def _width(self) -> int:
        """How wide the page is drawn, in logical pixels."""
        if self._zoom is None:
            bar = self._view.verticalScrollBar().sizeHint().width()
            return max(160, self._view.width() - 2 * MARGIN - bar)
        return round(self._zoom * 595 / POINTS * DPI)

    @Slot(object)
    def _finished(self, drawn: Drawn) -> None:
        self._running = False
        width = round(drawn.wanted.width_px / self.devicePixelRatioF())
        drawn.image.setDevicePixelRatio(self.devicePixelRatioF())
        self._view.show_drawn(drawn, width, follow=self._follows)
        self._follows = False
        self._say_page(drawn)
        self.drawn.emit((time.perf_counter() - self._started) * 1000)
        self._go_on()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._running = False
        if not isinstance(error, CannotDraw):
            raise error
        self._say(t("preview.no_glyph", character=error.character))
        self._go_on()

    def _go_on(self) -> None:
        if self._is_stale:
            self._again.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was asked for while it was hidden."""
        super().showEvent(event)
        self._ask(follow=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw it as wide as there is room."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the marks and the desk."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._view.sheet.update()

    # --- head and foot ------------------------------------------------------------------------

    def _head(self, closable: bool) -> QFrame:
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(t("preview.papers"))
        for paper in self._papers:
            place = self._tabs.addTab(short_title(paper))
            self._tabs.setTabToolTip(place, paper.title)
        self._tabs.currentChanged.connect(self._turned)
        out = icon_button("zoom-out", t("preview.zoom_out"), keys="Ctrl+-", clicked=self.zoom_out)
        into = icon_button("zoom-in", t("preview.zoom_in"), keys="Ctrl+=", clicked=self.zoom_in)
        self._zoom_word = button(t("preview.fit"), "quiet", keys="Ctrl+0", clicked=self.fit_width)
        layout = QHBoxLayout()
        layout.setContentsMargins(8, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self._tabs)
        layout.addStretch()
        for one in (out, self._zoom_word, into):
            layout.addWidget(one)
        if closable:
            layout.addWidget(
                icon_button(
                    "panel-right-close", t("preview.close"), keys="Ctrl+\\", clicked=self._close
                )
            )
        head = frame("bar", layout)
        head.setFixedHeight(48)
        return head

    def _foot(self) -> QWidget:
        self._icon = icon_label("pencil-line")
        self._words = Elided("", "hint")
        self._page_word = label("", "hint")
        self._previous = icon_button("chevron-left", t("preview.previous"), clicked=self._back)
        self._next = icon_button("chevron-right", t("preview.next"), clicked=self._forward)
        layout = QHBoxLayout()
        layout.setContentsMargins(20, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        for one in (self._previous, self._page_word, self._next):
            layout.addWidget(one)
        holder = QWidget()
        holder.setFixedHeight(40)
        holder.setLayout(layout)
        return holder

    def _say(self, fault: str = "") -> None:
        self._icon.show_icon("octagon-x" if fault else "pencil-line", "error" if fault else "text2")
        words = fault or (t("preview.draft") if self._draft else "")
        self._icon.setVisible(bool(words))
        self._words.say(words)

    def _say_page(self, drawn: Drawn) -> None:
        self._say()
        self._page_word.setText(t("preview.page", page=drawn.page + 1, pages=drawn.pages))
        self._previous.setVisible(drawn.pages > 1)
        self._next.setVisible(drawn.pages > 1)
        self._previous.setEnabled(drawn.page > 0)
        self._next.setEnabled(drawn.page + 1 < drawn.pages)
        zoom = t("preview.fit") if self._zoom is None else f"{self._zoom:.0%}"
        self._zoom_word.setText(zoom)

    @Slot(int)
    def _turned(self, _place: int) -> None:
        self._page, self._is_by_hand = None, True
        self._view.verticalScrollBar().setValue(0)
        self._ask(follow=True)

    @Slot(int)
    def _zoom_by(self, way: int) -> None:
        here = self._zoom or self._width() / (595 / POINTS * DPI)
        zoom = next_zoom(here, way)
        if zoom is not None:
            self._zoom = zoom
            self._ask(follow=True)

    def _back(self) -> None:
        self.turn(-1)

    def _forward(self) -> None:
        self.turn(1)

    def _close(self) -> None:
        self.close_asked.emit()


class _Drawing:
    """The work of a drawing job."""

    def __init__(self, wanted: Wanted, before: Drawn | None) -> None:
        self._wanted, self._before = wanted, before

    def __call__(self, report: Report) -> Drawn:
        return draw_page(self._wanted, self._before)


__all__ = ["PaperPreview", "short_title"]
