"""Draws one page of a paper: composed, laid out, made a PDF, and that made an image.

It runs beside the window, so it touches no widget and no store.  The page is the one the PDF
will have; what is marked on it is told apart and drawn by the screen alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QImage

from desktop.on_paper.preview.page_ink import PageInk, Rows, differing, ink_of, part_of
from forms.facts.record import Case, Licence, Office
from forms.ground.pdf_pages import PDFIUM
from forms.pack.types import Pack
from forms.paper.stand import prints, standing
from forms.paper.statement_parts import places_of

if TYPE_CHECKING:
    from forms.output.page_sheet import Place, Sheet
    from forms.paper.document import Document

_EDGE_PX = 3  # rows drawn and not taken: at an edge PDFium draws thin rules otherwise
_MARK = "一"  # every font has it
_WHOLE = 0.97  # of the longest rule: a rule as long parts the sections of a grid


@dataclass(frozen=True)
class Wanted:
    """What is to be drawn: a paper of a record, the page of a field or a page, so wide.

    `page` None means the page on which `path` stands, else `page_else`.  `differing` are facts
    that are marked wherever they stand.
    """

    pack: Pack
    paper: str
    case: Case
    office: Office
    width_px: int
    licence: Licence | None = None
    granted: tuple[Licence, ...] = ()
    today: date | None = None
    draft: bool = False
    path: str = ""
    page: int | None = None
    page_else: int = 0
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageSpot:
    """A rectangle on the page, in points from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class DrawnPage:
    """A page drawn: of how many, how large in points, the field's spots and its section.

    `differing` are the spots of the facts that are marked.  `ink` is what it is drawn with, `rows`
    are those in which it differs from the page whose ink was `since`.
    """

    image: QImage
    ink: PageInk
    rows: Rows
    since: PageInk | None
    page: int
    pages: int
    size_pt: tuple[float, float]
    spots: tuple[PageSpot, ...] = ()
    section: PageSpot | None = None
    differing: tuple[PageSpot, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawn(DrawnPage):
    """A page of a case's or a licence's paper, as it was asked for."""

    wanted: Wanted


class CannotDraw(Exception):
    """A character has no glyph in any font; the page can not be printed either."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no glyph for U+{ord(character):04X}")
        self.character = character


def draw_page(wanted: Wanted, before: DrawnPage | None = None) -> Drawn:
    """Draw it, a draft with 〓 for what has no glyph.  Raises CannotDraw where it is no draft.

    Of a page that was drawn `before` what looks the same is taken.
    """
    from forms.ground.fonts import MissingGlyph
    from forms.output.stand_ins import drawn

    try:
        return drawn(_composed(wanted), lambda document: _drawn(document, wanted, before))
    except MissingGlyph as fault:
        raise CannotDraw(fault.character) from fault


def _drawn(document: "Document", wanted: Wanted, before: DrawnPage | None) -> Drawn:
    from forms.ground.fonts import shipped_fonts
    from forms.output.pdf import pages_of

    sheets = pages_of(document, shipped_fonts())
    page, spots = _found(sheets, wanted)
    sheet = sheets[page]
    image, ink, rows = _fresh(before, document, sheet, wanted.width_px)
    return Drawn(
        wanted=wanted,
        image=image,
        ink=ink,
        rows=rows,
        since=before.ink if before is not None else None,
        page=page,
        pages=len(sheets),
        size_pt=(sheet.width, sheet.height),
        spots=spots,
        section=_section(sheet, spots),
        differing=tuple(_differing(sheet, page, wanted.differing)),
    )


def draw_document(
    document: "Document", page: int, width_px: int, before: DrawnPage | None = None
) -> DrawnPage:
    """Draw a page of a paper of any record, its last where it has fewer.

    Of a page that was drawn `before` what looks the same is taken.
    Raises CannotDraw where it is no draft.
    """
    from forms.ground.fonts import MissingGlyph, shipped_fonts
    from forms.output.pdf import pages_of
    from forms.output.stand_ins import drawn

    def inside(document: "Document") -> DrawnPage:
        sheets = pages_of(document, shipped_fonts())
        place = max(0, min(page, len(sheets) - 1))
        sheet = sheets[place]
        image, ink, rows = _fresh(before, document, sheet, width_px)
        return DrawnPage(
            image=image,
            ink=ink,
            rows=rows,
            since=before.ink if before is not None else None,
            page=place,
            pages=len(sheets),
            size_pt=(sheet.width, sheet.height),
        )

    try:
        return drawn(document, inside)
    except MissingGlyph as fault:
        raise CannotDraw(fault.character) from fault


def _fresh(
    before: DrawnPage | None, document: "Document", sheet: "Sheet", width_px: int
) -> tuple[QImage, PageInk, Rows]:
    """A sheet's image and ink, and the rows drawn anew: of one before as wide those that differ."""
    draft = document.page.draft if document.draft else ""
    ink = ink_of(sheet, draft)
    if before is not None and before.image.width() == width_px:
        high, scale = before.image.height(), width_px / sheet.width
        rows = differing(before.ink, ink, high, scale)
        if rows.top == rows.bottom:
            return before.image, ink, rows
        if rows != (0, high):
            edge = _EDGE_PX + 1
            reach = (rows.top - edge) / scale, (rows.bottom + edge) / scale
            part = _pdf(document, part_of(sheet, draft, reach), draft)
            return _drawn_over(before.image, rows, part), ink, rows
    whole = image_of(_pdf(document, sheet, draft), width_px)
    return whole, ink, Rows(0, whole.height())


def image_of(content: bytes, width_px: int, page: int = 0) -> QImage:
    """A page of a PDF as an image so many pixels wide.  Raises pypdfium2.PdfiumError."""
    import pypdfium2

    form = QImage.Format.Format_RGB32
    with PDFIUM, pypdfium2.PdfDocument(content) as pdf:
        one = pdf[page]
        bitmap = one.render(scale=width_px / one.get_width(), prefer_bgrx=True)
        made = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
        bitmap.close()
        return made


def _drawn_over(image: QImage, rows: Rows, content: bytes) -> QImage:
    """A copy of a page's image in which some rows are those of the page of a PDF."""
    import pypdfium2

    made, high = image.copy(), image.height()
    first, after = max(0, rows.top - _EDGE_PX), min(high, rows.bottom + _EDGE_PX)
    with PDFIUM, pypdfium2.PdfDocument(content) as pdf:
        one = pdf[0]
        scale = image.width() / one.get_width()
        # PDFium is told in points and rounds up: half a pixel less is the whole pixel.
        top, foot = ((cut - 0.5) / scale if cut else 0 for cut in (first, high - after))
        bitmap = one.render(scale=scale, crop=(0, foot, 0, top), prefer_bgrx=True)
        drawn = bytes(bitmap.buffer)[(rows.top - first) * bitmap.stride :]
        size = (rows.bottom - rows.top) * bitmap.stride
        bits = made.bits()
        assert isinstance(bits, memoryview)
        bits[rows.top * bitmap.stride :][:size] = drawn[:size]
        bitmap.close()
    return made


def _composed(wanted: Wanted) -> "Document":
    from forms.office.paper_making import composed, composed_of_batch

    paper = wanted.pack.papers[wanted.paper]
    if paper.scope == "batch":
        cases = [wanted.case]
        return composed_of_batch(wanted.pack, paper, cases, wanted.office, draft=wanted.draft)
    return composed(
        wanted.pack,
        paper,
        wanted.case,
        wanted.office,
        licence=wanted.licence,
        granted=wanted.granted,
        today=wanted.today,
        draft=wanted.draft,
    )


def _pdf(document: "Document", sheet: "Sheet", draft: str) -> bytes:
    from forms.ground.fonts import shipped_fonts
    from forms.output.canvas import new_canvas
    from forms.output.form_words import fonts_of
    from forms.output.pdf import pages_of

    fonts, size = shipped_fonts(), (sheet.width, sheet.height)
    # The form's fonts are at hand for each keystroke; words of one paper alone are put in anew.
    form = fonts_of([(document, (sheet,))], fonts, pages_of) if document.plain else None
    canvas = new_canvas(fonts, title="", page_size=size, form=form)
    sheet.draw(canvas, draft)
    canvas.end_page()
    return canvas.content()


def _found(sheets: "Sequence[Sheet]", wanted: Wanted) -> tuple[int, tuple[PageSpot, ...]]:
    """The page to draw, and where the field stands on it."""
    mine = _of_path(sheets, wanted)
    first = mine[0].page if mine else _blank_page(wanted)
    page = wanted.page if wanted.page is not None else first
    page = max(0, min(wanted.page_else if page is None else page, len(sheets) - 1))
    return page, tuple(PageSpot(p.x, p.y, p.width, p.height) for p in mine if p.page == page)


def _blank_page(wanted: Wanted) -> int | None:
    """The page on which a blank fact would stand that leaves nothing on the paper; None: nowhere.

    The paper is laid out with a mark there, as something that was typed and can not be read.
    """
    from forms.ground.fonts import shipped_fonts
    from forms.output.pdf import pages_of
    from forms.output.stand_ins import standing_in

    if wanted.page is not None or not prints(wanted.pack.papers[wanted.paper], wanted.path):
        return None
    name = wanted.path.removeprefix("licence.")
    if name == wanted.path:
        case = msgspec.structs.replace(wanted.case, unread={**wanted.case.unread, name: _MARK})
        marked = replace(wanted, case=case)
    else:
        licence = wanted.licence or Licence()
        licence = msgspec.structs.replace(licence, unread={**licence.unread, name: _MARK})
        marked = replace(wanted, licence=licence)
    sheets = pages_of(standing_in(_composed(marked)), shipped_fonts())
    mine = _of_path(sheets, marked)
    return mine[0].page if mine else None


def _differing(sheet: "Sheet", page: int, paths: Sequence[str]) -> Iterator[PageSpot]:
    """Where facts, or those beneath them, stand on a page."""
    places = list(sheet.places(page)) if paths else []
    names = [place.path for place in places]
    mine = frozenset[str]().union(*(standing(path, names) for path in paths))
    for place in places:
        if place.path in mine:
            yield PageSpot(place.x, place.y, place.width, place.height)


def _of_path(sheets: "Sequence[Sheet]", wanted: Wanted) -> "list[Place]":
    """The places of the fact in hand, in order."""
    path = wanted.path
    places = [place for page, sheet in enumerate(sheets) for place in sheet.places(page)]
    names = list(dict.fromkeys(place.path for place in places))
    mine = places_of(wanted.case, wanted.pack, path).intersection(names) or standing(path, names)
    return [place for place in places if place.path in mine]


def _section(sheet: "Sheet", spots: Sequence[PageSpot]) -> PageSpot | None:
    """The section of a grid around a field, else the field's own lines."""
    from forms.output.page_sheet import Stroke

    if not spots:
        return None
    top, bottom = min(s.y for s in spots), max(s.y + s.height for s in spots)
    rules = [op for op in sheet.ops if isinstance(op, Stroke) and op.y1 == op.y2]
    longest = max((rule.x2 - rule.x1 for rule in rules), default=0.0)
    long = [rule for rule in rules if rule.x2 - rule.x1 >= _WHOLE * longest]
    above = [rule.y1 for rule in long if rule.y1 <= top]
    below = [rule.y1 for rule in long if rule.y1 >= bottom]
    if longest > sheet.width / 2 and above and below:
        left, right = min(r.x1 for r in long), max(r.x2 for r in long)
        return PageSpot(left, max(above), right - left, min(below) - max(above))
    margin = 60.0
    return PageSpot(margin, top - 3, sheet.width - 2 * margin, bottom - top + 6)
