"""The preview of what will be printed, and the way to the printer."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.jobs import Report
from desktop.printing.pages import PageSize, print_pages, sizes
from desktop.texts import t
from desktop.theme.tokens import tokens
from desktop.widgets.basics import button, label, row
from desktop.workers import on_every_core
from forms.office.making import Order, Orders
from forms.office.papers import Made, Unprintable, note
from forms.office.store import CannotDo

_WIDE, _GAP, _MARGIN = 560, 20, 28
_LOOKED_AT = 40  # so many pages are shown; all are printed


class PrintPreview(QDialog):
    """Shows the pages as they will come out; asks for the printer; prints beside the window."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        contents: Sequence[bytes],
        *,
        printed: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`printed` is called once the pages have gone to the printer."""
        super().__init__(parent)
        self._desk = desk
        self._contents = list(contents)
        self._pages = sizes(self._contents)
        self._printed = printed
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 820)
        self.sheets = _Sheets(self._pages[:_LOOKED_AT])
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.sheets)
        area.setProperty("role", "paper")
        words = t("printing.pages", count=len(self._pages), papers=len(self._contents))
        if len(self._pages) > _LOOKED_AT:
            words += t("printing.first_shown", count=_LOOKED_AT)
        self.go = button(t("printing.print"), "primary", icon="printer", clicked=self.ask_printer)
        foot = row(
            label(words, "hint"),
            None,
            button(t("frame.close"), clicked=self.reject),
            self.go,
            margins=(24, 12, 24, 16),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)
        self._draw()

    def ask_printer(self) -> None:
        """Open the system's dialog; print where the clerk says yes."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        if self.choose(printer):
            self.print_on(printer)

    def choose(self, printer: QPrinter) -> bool:
        """The system's dialog."""
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, len(self._pages)))
        return bool(dialog.exec())

    def print_on(self, printer: QPrinter) -> None:
        """Print in a job; the dialog closes when it is done."""
        self.go.setDisabled(True)
        first, last = printer.fromPage() or 1, printer.toPage() or len(self._pages)
        pages = self._pages[first - 1 : last] or self._pages
        work = partial(_printing, self._contents, pages, printer)
        self._desk.jobs.run(
            work,
            t("printing.printing", count=len(pages)),
            finished=self._finished,
            failed=self._failed,
            cancelled=self._stopped,
            drawing=True,
        )

    def _finished(self, count: int) -> None:
        if not count:
            self._desk.notices.tell("error", t("printing.no_printer"))
            self.go.setEnabled(True)
            return
        if self._printed is not None:
            self._printed()
        self._desk.notices.tell("done", t("printing.done", count=count))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self._desk.jobs.unheard.emit(error)

    def _stopped(self) -> None:
        self.go.setEnabled(True)
        self._desk.notices.tell("advice", t("printing.stopped"))

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        for place, page in enumerate(self._pages[:_LOOKED_AT]):
            wide = round(_WIDE * ratio)
            work = partial(_drawing, place, self._contents[page.document], page, wide)
            self._desk.jobs.run(
                work,
                self.windowTitle(),
                finished=self.sheets.show_image,
                drawing=True,
                quiet=True,
            )


class _Sheets(QWidget):
    """Pages below each other on the desk."""

    def __init__(self, pages: Sequence[PageSize]) -> None:
        super().__init__()
        self._pages = list(pages)
        self._images: dict[int, QImage] = {}
        self.setAccessibleName(t("printing.preview"))
        self.setMinimumSize(self.sizeHint())

    @property
    def shown(self) -> int:
        """How many pages have been drawn."""
        return len(self._images)

    def show_image(self, drawn: tuple[int, QImage]) -> None:
        """Show a page that was drawn: its place and image."""
        place, image = drawn
        self._images[place] = image
        self.update()

    def sizeHint(self) -> QSize:
        """All pages in their width."""
        high = sum(self._high(page) + _GAP for page in self._pages)
        return QSize(_WIDE + 2 * _MARGIN, round(high) + 2 * _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw desk and pages."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().colour("desk"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        x, y = float((self.width() - _WIDE) // 2), float(_MARGIN)
        for place, page in enumerate(self._pages):
            sheet = QRectF(x, round(y), _WIDE, round(self._high(page)))
            if sheet.intersects(QRectF(event.rect())):
                painter.setPen(QPen(QColor(0, 0, 0, 40), 1))
                painter.fillRect(sheet, QColor("#FFFFFF"))
                if place in self._images:
                    painter.drawImage(sheet, self._images[place])
                painter.drawRect(sheet)
            y += sheet.height() + _GAP

    def _high(self, page: PageSize) -> float:
        return _WIDE * page.height_pt / page.width_pt


def print_papers(
    desk: Desk,
    parent: QWidget,
    title: str,
    orders: Sequence[Order],
    *,
    shown: Callable[[PrintPreview], object] | None = None,
) -> None:
    """Make papers in a job, show them, print them; what was printed is noted in the store."""
    office = desk.store.office()
    work = partial(_making, Orders(pack=desk.pack, office=office, each=tuple(orders)))

    def finished(made: list[Made]) -> None:
        preview = PrintPreview(
            desk,
            title,
            [one.content for one in made],
            printed=partial(_note, desk, made),
            parent=parent,
        )
        preview.open()
        if shown is not None:
            shown(preview)

    desk.jobs.run(work, t("printing.making", count=len(orders)), finished=finished, drawing=True)


def _making(orders: Orders, report: Report) -> list[Made]:
    made: list[Made] = []
    faults: list[str] = []
    for place, result in enumerate(on_every_core(orders)):
        report(place, len(orders.each))
        if isinstance(result, Unprintable):
            faults.append(f"{result}。")
        else:
            made.append(result)
    if not made:
        raise CannotDo("".join(dict.fromkeys(faults)) or t("printing.nothing"))
    return made


def _note(desk: Desk, made: Sequence[Made]) -> None:
    note(desk.store, desk.pack, made)
    desk.papers_changed.emit()


def _printing(
    contents: Sequence[bytes], pages: Sequence[PageSize], printer: QPrinter, report: Report
) -> int:
    return print_pages(contents, pages, printer, report)


def _drawing(
    place: int, content: bytes, page: PageSize, wide: int, report: Report
) -> tuple[int, QImage]:
    from desktop.preview.drawing import image_of

    report.check()
    return place, image_of(content, wide, page.page)
