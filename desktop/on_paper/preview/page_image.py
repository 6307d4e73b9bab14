"""Draws one page of a paper: composed, laid out, made a PDF, and that made an image.

It runs beside the window, so it touches no widget and no store.  The page is the one the PDF
will have; what is marked on it is told apart and drawn by the screen alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtGui import QImage

from forms.facts.record import Case, Licence, Office
from forms.ground.pdf_pages import PDFIUM
from forms.pack.types import Pack
from forms.paper.stand import prints, standing
from forms.paper.statement_parts import places_of

if TYPE_CHECKING:
    from forms.output.page_sheet import Place, Sheet
    from forms.paper.document import Document

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

    `differing` are the spots of the facts that are marked.
    """

    image: QImage
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


def draw_page(wanted: Wanted) -> Drawn:
    """Draw it, a draft with 〓 for what has no glyph.  Raises CannotDraw where it is no draft."""
    from forms.ground.fonts import MissingGlyph
    from forms.output.stand_ins import drawn

    try:
        return drawn(_composed(wanted), lambda document: _drawn(document, wanted))
    except MissingGlyph as fault:
        raise CannotDraw(fault.character) from fault


def _drawn(document: "Document", wanted: Wanted) -> Drawn:
    from forms.ground.fonts import shipped_fonts
    from forms.output.pdf import pages_of

    sheets = pages_of(document, shipped_fonts())
    page, spots = _found(sheets, wanted)
    sheet = sheets[page]
    return Drawn(
        wanted=wanted,
        image=image_of(_pdf(document, sheet), wanted.width_px),
        page=page,
        pages=len(sheets),
        size_pt=(sheet.width, sheet.height),
        spots=spots,
        section=_section(sheet, spots),
        differing=tuple(_differing(sheet, page, wanted.differing)),
    )


def draw_document(document: "Document", page: int, width_px: int) -> DrawnPage:
    """Draw a page of a paper of any record, its last where it has fewer.

    Raises CannotDraw where it is no draft.
    """
    from forms.ground.fonts import MissingGlyph, shipped_fonts
    from forms.output.pdf import pages_of
    from forms.output.stand_ins import drawn

    def inside(document: "Document") -> DrawnPage:
        sheets = pages_of(document, shipped_fonts())
        place = max(0, min(page, len(sheets) - 1))
        sheet = sheets[place]
        return DrawnPage(
            image=image_of(_pdf(document, sheet), width_px),
            page=place,
            pages=len(sheets),
            size_pt=(sheet.width, sheet.height),
        )

    try:
        return drawn(document, inside)
    except MissingGlyph as fault:
        raise CannotDraw(fault.character) from fault


def image_of(content: bytes, width_px: int, page: int = 0) -> QImage:
    """A page of a PDF as an image so many pixels wide.  Raises pypdfium2.PdfiumError."""
    import pypdfium2

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(content)
        try:
            one = pdf[page]
            return _image(one, width_px / one.get_width())
        finally:
            pdf.close()


def _image(page: Any, scale: float) -> QImage:
    bitmap = page.render(scale=scale, prefer_bgrx=True)
    form = QImage.Format.Format_RGB32
    made = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
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


def _pdf(document: "Document", sheet: "Sheet") -> bytes:
    from forms.ground.fonts import shipped_fonts
    from forms.output.canvas import new_canvas

    canvas = new_canvas(
        shipped_fonts(), title="", subject="", page_size=(sheet.width, sheet.height)
    )
    sheet.draw(canvas, document.page.draft if document.draft else "")
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
