"""Scans that were dropped: each with its paper, seen side by side with what was printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.on_paper.preview.preview_pane import short_title
from desktop.pages.seals.waiting_papers import Key, Waiting
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import (
    button,
    clear,
    frame,
    icon_button,
    icon_label,
    label,
    row,
    set_state,
)
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.one_line import Elided, ElidedCombo
from forms.facts.record import Office
from forms.ground.pdf_pages import page_count


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A scan: its file's name, its bytes and pages, and the paper it is of.

    `is_part` where it is a page of a stack: two that are of one paper are put together.
    """

    name: str
    content: bytes
    pages: int
    key: Key | None
    by_name: bool = False
    is_part: bool = False

    def with_part(self, part: "Dropped") -> "Dropped":
        """The scan with a further page, as one."""
        from forms.exchange.scanned_pages import PageOf, put_together

        pages = [PageOf(one.content, place) for one in (self, part) for place in range(one.pages)]
        return replace(self, content=put_together(pages), pages=len(pages))


class ScanLine(QWidget):
    """A scan in the list: name, paper, remove."""

    chosen = Signal(object)  # Key or None
    removed = Signal()
    entered = Signal()

    def __init__(self, scan: Dropped, papers: Sequence[Waiting]) -> None:
        super().__init__()
        self.papers = ElidedCombo()
        self.papers.setAccessibleName(t("seals.scans.paper_of", name=scan.name))
        self.papers.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.papers.setMinimumContentsLength(12)
        self.papers.addItem(t("seals.scans.nothing"), None)
        for one in papers:
            self.papers.addItem(f"{short_title(one.paper)}　{one.name}", one.key)
        at = next((i for i, one in enumerate(papers, 1) if one.key == scan.key), 0)
        self.papers.setCurrentIndex(at)
        set_state(self.papers, "" if at else "pending")
        self.papers.activated.connect(self._chosen)
        name = Elided(scan.name, mode=Qt.TextElideMode.ElideMiddle)
        remove = icon_button("x", t("seals.scans.remove"), clicked=self.removed.emit)
        look = icon_button(
            "search", t("seals.scans.look", name=scan.name), clicked=self.entered.emit
        )
        icon = icon_label("scan", "text2" if at else "pending")
        whole = row(icon, name, look, self.papers, remove, space=8, margins=(16, 4, 8, 4))
        name.setMinimumWidth(96)
        whole.setStretch(1, 2)
        whole.setStretch(3, 3)
        self.setLayout(whole)

    def _chosen(self, _place: int) -> None:
        self.chosen.emit(self.papers.currentData())


_LEAST = 320  # so high that a page can be told from another


class SideBySide(QWidget):
    """Two pages beside each other: the scan, and the paper as it would be printed today."""

    def __init__(self) -> None:
        super().__init__()
        self._images: list[QImage | None] = [None, None]
        self.setMinimumHeight(_LEAST)
        self.setAccessibleName(f"{t('seals.scans.scan')}、{t('seals.scans.paper')}")

    def show_images(self, scan: QImage | None, paper: QImage | None) -> None:
        """Show both; None leaves a place empty."""
        self._images = [scan, paper]
        self.update()

    @property
    def images(self) -> list[QImage | None]:
        """What is shown: scan and paper."""
        return list(self._images)

    def sizeHint(self) -> QSize:
        """Two upright pages."""
        return QSize(640, 460)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both on the desk."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), tokens().colour("desk"))
        half = self.width() / 2
        names = (t("seals.scans.scan"), t("seals.scans.paper"))
        for place, (name, image) in enumerate(zip(names, self._images, strict=True)):
            room = QRectF(place * half + 12, 32, half - 24, self.height() - 44)
            painter.setPen(tokens().colour("text2"))
            painter.drawText(
                QRectF(room.x(), 4, room.width(), 26), int(Qt.AlignmentFlag.AlignCenter), name
            )
            if image is None or image.isNull():
                continue
            size = image.size().toSizeF()
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = room.center().x() - size.width() / 2
            sheet = QRectF(left, room.y(), size.width(), size.height())
            painter.fillRect(sheet, QColor("#FFFFFF"))
            painter.drawImage(sheet, image)
            painter.setPen(QPen(QColor(0, 0, 0, 50), 1))
            painter.drawRect(sheet)


class ScansPane(QWidget):
    """The pane at the right: what was dropped, and both pages of the one in hand."""

    files_asked = Signal()
    save_asked = Signal(object)  # Dropped: a scan that was taken before
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._papers: Mapping[Key, Waiting] = {}
        self.scans: list[Dropped] = []
        self.kept: Dropped | None = None  # taken before and looked at again
        self._here, self._page, self._paper_pages = -1, 0, 0
        self._office = Office()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 4, 0, 4)
        self._list.setSpacing(0)
        self._said = QVBoxLayout()
        self._said.setContentsMargins(16, 0, 16, 8)
        self.pages = SideBySide()
        self._page_words = label("", "hint")
        self.previous = icon_button(
            "chevron-left", t("seals.scans.previous"), clicked=self.turn_back
        )
        self.next = icon_button("chevron-right", t("seals.scans.next"), clicked=self.turn_on)
        turning = row(None, self.previous, self._page_words, self.next, None, margins=(0, 4, 0, 4))
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(self._list)
        inside.addLayout(self._said)
        inside.addWidget(self.pages, 1)
        inside.addLayout(turning)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty())
        self._stack.addWidget(scrolled(full))

    def show_papers(self, papers: Sequence[Waiting], office: Office) -> None:
        """The papers that scans may be of; those already matched stay."""
        self._papers = {one.key: one for one in papers}
        self._office = office
        self._show()

    def add(self, scans: Sequence[Dropped]) -> None:
        """Take further scans; the first of them comes in hand."""
        if scans:
            self.kept = None
            self._here, self._page = len(self.scans), 0
        self.scans += scans
        self._show()

    def show_kept(self, scan: Dropped) -> None:
        """Show a scan that was taken before, beside its paper."""
        self.kept, self._page = scan, 0
        self._show()

    def close_kept(self) -> None:
        """Put it away."""
        self.kept, self._page = None, 0
        self._show()

    @property
    def _in_hand(self) -> Dropped | None:
        if self.kept is not None:
            return self.kept
        return self.scans[self._here] if 0 <= self._here < len(self.scans) else None

    def forget(self, scans: Sequence[Dropped]) -> None:
        """Let go of scans that were taken."""
        self.scans = [one for one in self.scans if one not in scans]
        self._here, self._page = (0 if self.scans else -1), 0
        self._show()

    def problem(self, scan: Dropped) -> tuple[str, str]:
        """What is to be said of a scan: how grave, and the sentence; ("", "") for nothing."""
        paper = self._papers.get(scan.key) if scan.key else None
        if paper is None:
            return "", ""
        if sum(other.key == scan.key for other in self.scans) > 1:
            return "error", t("seals.scans.twice")
        if paper.standing == "unmade":
            return "error", t("seals.scans.unmade")
        if paper.standing == "stale":
            return "pending", t("seals.scans.stale")
        return "", ""

    @property
    def takable(self) -> list[Dropped]:
        """The scans that can be taken: of a paper, and nothing grave against them."""
        return [
            one for one in self.scans if one.key in self._papers and self.problem(one)[0] != "error"
        ]

    def turn_on(self) -> None:
        """Turn both to the next page."""
        self._turn(1)

    def turn_back(self) -> None:
        """Turn both to the page before."""
        self._turn(-1)

    # --- inside -------------------------------------------------------------------------------

    def _turn(self, way: int) -> None:
        scan = self._in_hand
        most = max(scan.pages if scan else 0, self._paper_pages)
        if 0 <= self._page + way < most:
            self._page += way
            self._look()

    def _empty(self) -> QWidget:
        inside = QVBoxLayout()
        inside.setContentsMargins(32, 24, 32, 24)
        inside.setSpacing(12)
        centre = Qt.AlignmentFlag.AlignHCenter
        inside.addStretch(2)
        inside.addWidget(icon_label("scan", "text3", 40), 0, centre)
        inside.addWidget(label(t("seals.scans.drop"), "pane"), 0, centre)
        words = label(t("seals.scans.drop_words"), "hint", wrap=True)
        words.setAlignment(centre)
        inside.addWidget(words)
        choose = button(t("seals.scans.choose"), icon="folder-open", clicked=self.files_asked.emit)
        inside.addWidget(choose, 0, centre)
        inside.addStretch(3)
        around = QWidget()
        outside = QHBoxLayout(around)
        outside.setContentsMargins(16, 16, 16, 16)
        outside.addWidget(frame("derived", inside))
        return around

    def _show(self) -> None:
        clear(self._list)
        if self.kept is not None:
            self._list.addWidget(self._kept_line(self.kept))
        papers = list(self._papers.values())
        for place, scan in enumerate(self.scans):
            line = ScanLine(scan, papers)
            line.chosen.connect(partial(self._match, place))
            line.removed.connect(partial(self._remove, place))
            line.entered.connect(partial(self._take_in_hand, place))
            self._list.addWidget(line)
        self._stack.setCurrentIndex(1 if self.scans or self.kept else 0)
        self._look()
        self.changed.emit()

    def _kept_line(self, scan: Dropped) -> QWidget:
        """Says that it was taken; it can be saved as a file and put away."""
        holder = QWidget()
        words = label(t("seals.scans.kept"), "strong")
        name = Elided(scan.name, "hint", mode=Qt.TextElideMode.ElideMiddle)
        save = button(t("seals.scans.save"), "quiet", icon="download")
        save.clicked.connect(partial(self.save_asked.emit, scan))
        close = icon_button("x", t("seals.scans.close_kept"), clicked=self.close_kept)
        whole = row(icon_label("file-check", "done"), words, name, save, close)
        whole.setContentsMargins(16, 4, 8, 4)
        whole.setStretch(2, 1)
        holder.setLayout(whole)
        return holder

    def _match(self, place: int, key: Key | None) -> None:
        self.kept = None
        scan = replace(self.scans[place], key=key, by_name=False)
        same = (at for at, one in enumerate(self.scans) if one.key == key and at != place)
        to = next(same, None) if key is not None and scan.is_part else None
        if to is None:
            self.scans[place] = scan
        else:
            self.scans[to] = self.scans[to].with_part(scan)
            del self.scans[place]
            place = to - (to > place)
        self._here, self._page = place, 0
        self._show()

    def _remove(self, place: int) -> None:
        self.forget([self.scans[place]])

    def _take_in_hand(self, place: int) -> None:
        self.kept = None
        self._here, self._page = place, 0
        self._show()

    def _look(self) -> None:
        """Draw both pages of the scan in hand, beside the window."""
        clear(self._said)
        scan = self._in_hand
        if scan is None:
            self.pages.show_images(None, None)
            return
        severity, sentence = ("", "") if scan is self.kept else self.problem(scan)
        if severity:
            self._said.addWidget(
                MessageStrip("error" if severity == "error" else "pending", sentence)
            )
        paper = self._papers.get(scan.key) if scan.key else None
        wide = max(200, round(self.pages.width() / 2 * self.devicePixelRatioF()))
        work = partial(_both, self._desk, scan, paper, self._office, self._page, wide)
        self._desk.jobs.run(work, scan.name, finished=self._drawn, drawing=True, quiet=True)

    def _drawn(self, both: "_Both") -> None:
        scan = both.of
        if self._in_hand != scan:
            return
        self._paper_pages = both.pages
        self.pages.show_images(both.scan, both.paper)
        most = max(scan.pages, both.pages)
        self._page_words.setText(t("seals.scans.page", page=self._page + 1, pages=most))
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < most)
        if both.pages and both.pages != scan.pages and not self._said.count():
            words = t("seals.scans.pages_differ", scan=scan.pages, paper=both.pages)
            self._said.addWidget(MessageStrip("advice", words))


@dataclass(frozen=True)
class _Both:
    of: Dropped
    scan: QImage | None
    paper: QImage | None
    pages: int  # of the paper


def _both(
    desk: Desk,
    scan: Dropped,
    paper: Waiting | None,
    office: Office,
    page: int,
    wide: int,
    report: Report,
) -> _Both:
    from desktop.on_paper.preview.page_image import image_of
    from forms.office.paper_making import composed, composed_of_batch, written

    left = image_of(scan.content, wide, page) if page < scan.pages else None
    report.check()
    if paper is None:
        return _Both(scan, left, None, 0)
    licence = paper.licence.licence if paper.licence else None
    draft = paper.is_faulty
    document = (
        composed(desk.pack, paper.paper, paper.cases[0], office, licence=licence, draft=draft)
        if paper.stored
        else composed_of_batch(desk.pack, paper.paper, paper.cases, office, draft=draft)
    )
    content = written(document, "pdf", desk.pack)
    pages = page_count(content)
    right = image_of(content, wide, page) if page < pages else None
    return _Both(scan, left, right, pages)
