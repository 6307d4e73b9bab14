"""The sealed scan at the right: a tab for each paper, a page of it, zoomed and never edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.installed.screen_texts import t
from desktop.pages.review.review_jobs import Scan, scanning
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import clear, icon_button, icon_label, label, line, row
from desktop.parts.widgets.frames import PageTabs

if TYPE_CHECKING:
    from forms.bureau.records import Package, PackageCase, PackageFile
    from forms.office.stored import Kept

_ROOM, _LARGE, _MOST_TABS = 20, 2.0, 4


class _Paper(QWidget):
    """The page's picture."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(t("review.scan"))

    def show_picture(self, picture: QPixmap | None, words: str = "") -> None:
        """Show a page, or say why there is none."""
        self._picture, self._words = picture, words
        size = picture.deviceIndependentSize().toSize() if picture else QSize(0, 0)
        self.setMinimumSize(size + QSize(2 * _ROOM, 2 * _ROOM))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it on the ground of papers."""
        painter = QPainter(self)
        if self._picture is None:
            painter.setPen(tokens().colour("text2"))
            centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), centre, self._words)
            return
        size = self._picture.deviceIndependentSize()
        x = max(_ROOM, round((self.width() - size.width()) / 2))
        painter.drawPixmap(x, _ROOM, self._picture)
        painter.setPen(tokens().colour("line"))
        painter.drawRect(x, _ROOM, round(size.width()), round(size.height()))


class ScanPane(QFrame):
    """Tabs, picture, page; `zoomed` when it was made larger or smaller."""

    zoomed = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._package: Kept[Package] | None = None
        self._files: list[PackageFile] = []
        self._here, self._page, self._pages, self._scale = 0, 0, 0, 1.0
        self._job: Job | None = None
        self._wanted: tuple[int, str, int, int] | None = None
        self.setProperty("role", "side")
        self.setAccessibleName(t("review.scan"))
        self._tabs = QVBoxLayout()
        self.paper = _Paper()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.paper)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self.back = icon_button("chevron-left", t("review.keys.previous"), clicked=self.turn_back)
        self.on = icon_button("chevron-right", t("review.keys.next"), clicked=self.turn_on)
        self._zoom = icon_button("zoom-in", t("review.zoom"), clicked=self.zoom)
        self._sound_icon = icon_label("shield-check", "done")
        self._sound, self._where = label("", "hint"), label("", "hint")
        foot = row(
            *(self._sound_icon, self._sound, None, self.back, self._where, self.on, self._zoom),
            margins=(16, 4, 12, 4),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tabs)
        layout.addWidget(line())
        layout.addWidget(self._area, 1)
        layout.addWidget(line())
        layout.addLayout(foot)

    def show_case(self, package: Kept[Package] | None, one: PackageCase | None) -> None:
        """Show the papers of a case, the sealed ones first."""
        self._package = package
        before = self._name_here()
        self._files = _papers(package.record, one) if package and one else []
        titles = {paper.file: paper.title for paper in one.papers} if one else {}
        names = [titles.get(file.name) or file.name for file in self._files]
        self._here = next((at for at, name in enumerate(names) if name == before), 0)
        self._names = names
        self._page, self._scale = 0, 1.0
        clear(self._tabs)
        if len(names) > 1:
            tabs = PageTabs([(str(at), _short(name)) for at, name in enumerate(names[:_MOST_TABS])])
            tabs.setContentsMargins(12, 8, 12, 8)
            tabs.choose(str(self._here))
            tabs.chosen.connect(self._turn_to)
            self._tabs.addWidget(tabs)
        self._look()

    def zoom(self) -> None:
        """Make the page larger, or as wide as the pane again."""
        self._scale = _LARGE if self._scale == 1.0 else 1.0
        self._look()
        self.zoomed.emit(self._scale != 1.0)

    def turn_on(self) -> None:
        """Show the next page."""
        self._turn(1)

    def turn_back(self) -> None:
        """Show the page before."""
        self._turn(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page as wide as there is room."""
        super().resizeEvent(event)
        self._look()

    _names: Sequence[str] = ()

    def _name_here(self) -> str:
        return self._names[self._here] if self._here < len(self._names) else ""

    def _turn_to(self, name: str) -> None:
        self._here, self._page = int(name), 0
        self._look()

    def _turn(self, way: int) -> None:
        if 0 <= self._page + way < self._pages:
            self._page += way
            self._look()

    def _look(self) -> None:
        if self._package is None or not self._files:
            self._wanted = None
            self.paper.show_picture(None, t("review.no_scan"))
            self._say()
            return
        file = self._files[self._here]
        room = max(200, self._area.viewport().width() - 2 * _ROOM)
        wide = round(room * self._scale * self.devicePixelRatioF())
        key = (self._package.id, file.name, self._page, wide)
        if key == self._wanted:
            return
        self._wanted = key
        folder = self._desk.store.path.parent
        self._job = self._desk.jobs.run(
            scanning(folder, self._package, file, self._page, wide),
            file.name,
            finished=self._drawn,
            drawing=True,
            quiet=True,
        )
        self._say()

    def _drawn(self, scan: Scan) -> None:
        if scan.key != self._wanted:
            return
        self._pages = scan.pages
        if scan.image is None:
            self.paper.show_picture(None, t("review.scan_broken", why=scan.fault))
        else:
            picture = QPixmap.fromImage(scan.image)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.paper.show_picture(picture)
        self._say()

    def _say(self) -> None:
        has_file = self._package is not None and bool(self._files)
        words = t("review.page", page=self._page + 1, pages=self._pages) if self._pages else ""
        self._where.setText(words if has_file else "")
        self.back.setEnabled(has_file and self._page > 0)
        self.on.setEnabled(has_file and self._page + 1 < self._pages)
        self._zoom.setEnabled(has_file)
        self._sound_icon.setVisible(has_file)
        if not has_file:
            self._sound.setText("")
            return
        file = self._files[self._here]
        state = "unlisted" if not file.listed else "sound" if _is_sound(file) else "altered"
        icon = ("shield-check", "done") if state == "sound" else ("info", "text2")
        self._sound_icon.show_icon(*(("octagon-x", "error") if state == "altered" else icon))
        self._sound.setText(t(f"review.{state}"))


def _short(name: str) -> str:
    """A paper's title without what all of them begin with."""
    for word in ("信息表", "声明", "合同", "汇总表", "简要说明"):
        if word in name:
            return word
    return name[:6]


def _is_sound(file: PackageFile) -> bool:
    return file.listed == file.found


def _papers(package: Package, one: PackageCase) -> list[PackageFile]:
    """The PDFs of a case, sealed ones first, then the package's own."""
    own = {paper.file for paper in one.papers}
    pdfs = [file for file in package.files if file.found and file.name.lower().endswith(".pdf")]
    of_case = [file for file in pdfs if file.name in own or file.patent_number == one.number]
    of_all = [file for file in pdfs if not file.patent_number and file.name not in own]
    return [*sorted(of_case, key=lambda file: not file.sealed), *of_all[:3]]
