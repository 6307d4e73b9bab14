"""Pages of PDFs as images for a screen or a printer; no widgets, fit for a job."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.desk.jobs import Report
from desktop.on_paper.preview.page_image import image_of
from forms.ground.pdf_pages import PDFIUM

POINTS = 72
MOST_DPI = 600  # finer than that no letter gains


@dataclass(frozen=True)
class PageSize:
    """A page of a document: which document, which page of it, its size in points."""

    document: int
    page: int
    width_pt: float
    height_pt: float


def sizes(contents: Sequence[bytes]) -> list[PageSize]:
    """All pages of some PDFs, in order.  Raises pypdfium2.PdfiumError."""
    import pypdfium2

    found = []
    for document, content in enumerate(contents):
        with PDFIUM, pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
            for page in range(len(pdf)):
                wide, high = pdf.get_page_size(page)
                found.append(PageSize(document, page, wide, high))
    return found


def print_pages(
    contents: Sequence[bytes], pages: Sequence[PageSize], printer: QPrinter, report: Report
) -> int:
    """Print pages at the printer's resolution in their true size; return how many.

    Raises Cancelled; the printer is told to drop what it has.
    """
    dpi = min(printer.resolution(), MOST_DPI)
    printer.setFullPage(True)
    turn(printer, pages[0])
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    done = 0
    try:
        for one, image in _images(contents, pages, dpi):
            report(done, len(pages))
            if done:
                turn(printer, one)
                printer.newPage()
            scale = printer.resolution() / POINTS
            size = QSizeF(one.width_pt * scale, one.height_pt * scale)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
            done += 1
        report(done, len(pages))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return done


def turn(printer: QPrinter, page: PageSize) -> None:
    """Turn the printer's paper as the page lies."""
    upright = page.height_pt >= page.width_pt
    ways = QPageLayout.Orientation
    printer.setPageOrientation(ways.Portrait if upright else ways.Landscape)


def _images(
    contents: Sequence[bytes], pages: Sequence[PageSize], dpi: int
) -> Iterator[tuple[PageSize, QImage]]:
    for one in pages:
        wide = max(1, round(one.width_pt / POINTS * dpi))
        yield one, image_of(contents[one.document], wide, one.page)
