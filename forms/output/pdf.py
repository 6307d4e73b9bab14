"""Documents as PDF: blocks onto pages, pages counted, everything drawn.

A pure function of the documents: the same in, the same bytes out.  The words are the
documents', the places are the paper's measures; this module only puts one to the other.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from math import fsum
from typing import assert_never

from forms.ground.fonts import FontSet, MissingGlyph, shipped_fonts
from forms.ground.kept import Kept
from forms.ground.name_patterns import fill
from forms.output import seals
from forms.output.batch_table import TableBox, least_height
from forms.output.block_setting import Setter, height
from forms.output.canvas import new_canvas
from forms.output.charts_box import put_charts
from forms.output.form_words import fonts_of
from forms.output.further import Further
from forms.output.grid import GridBox, TooTall, lay_out
from forms.output.interactive import page_labels
from forms.output.page_flow import Pages, Unit, head_line_unit, paragraph_units, party_units
from forms.output.page_sheet import MM, Group, Place, Sheet
from forms.output.tags import Element, Tree
from forms.pack.language import Continuation
from forms.paper import document as doc
from forms.paper.document import Document

_RULE_AFTER_PT = 1.6 * MM  # white above a title's rule

__all__ = ["MissingGlyph", "Place", "TooTall", "places", "render"]


def render(document: Document | Sequence[Document], fonts: FontSet | None = None) -> bytes:
    """Return one PDF of one or several documents, each with its own page numbers.

    Raises MissingGlyph if a character has no glyph in any font, TooTall if a pack's grid can
    not stand on its page.
    """
    documents = [document] if isinstance(document, Document) else list(document)
    fonts = fonts or shipped_fonts()
    taken: set[int] = set()
    papers = [(each, *_laid_out(each, Setter(fonts, taken))) for each in documents]
    first, (sheet, *_), _ = papers[0]
    whole = Element("Document")
    canvas = new_canvas(
        fonts,
        title=f"{first.title} {first.number}".strip(),
        subject=first.label,
        page_size=(sheet.width, sheet.height),
        tree=Tree(whole, first.page.spoken),
        form=fonts_of([(each, sheets) for each, sheets, _ in papers], fonts, pages_of),
    )
    canvas.name_pages(
        page_labels([(each.label, [sheet.name for sheet in sheets]) for each, sheets, _ in papers])
    )
    for each, sheets, tags in papers:
        whole.kids.append(tags)
        if each.draft:
            sheets[0].draft_tag = tags.kids[0]
            tags.kids[0].spoken = each.page.draft
        for sheet in sheets:
            sheet.draw(canvas, each.page.draft if each.draft else "")
            canvas.end_page()
    return canvas.content()


def places(document: Document, fonts: FontSet | None = None) -> list[Place]:
    """Return where each fact stands, by page (0 is the first), for a preview."""
    sheets = pages_of(document, fonts or shipped_fonts())
    return [place for page, sheet in enumerate(sheets) for place in sheet.places(page)]


def pages_of(document: Document, fonts: FontSet) -> list[Sheet]:
    """Lay a document out: its pages, numbered."""
    return _laid_out(document, Setter(fonts))[0]


def _laid_out(document: Document, setter: Setter) -> tuple[list[Sheet], Element]:
    """The pages, numbered, and what stands on them as a tree, a draft's mark first."""
    layout = _Layout(document, setter)
    for block in document.blocks:
        layout.add(block)
    sheets = layout.finish()
    _number(document, sheets, setter)
    if len(sheets) == 1:
        sheets[0].drop_bookmarks_of_many()
    return sheets, layout.pages.tags


def _number(document: Document, sheets: list[Sheet], setter: Setter) -> None:
    page = document.page
    for place, sheet in enumerate(sheets, 1):
        words = _numbered(page.number, place, len(sheets))
        left, right = page.left_mm * MM, page.right_mm * MM
        width = sheet.width - left - right
        for line in setter.words(words, "song", page.number_pt, width, align="center"):
            sheet.at(line, left, sheet.height - page.number_mm * MM)
    if page.code == "always" and not document.draft:
        _put_codes(document, sheets)


@lru_cache(maxsize=256)
def _numbered(pattern: str, page: int, pages: int) -> str:
    return fill(pattern, {"page": str(page), "pages": str(pages)})


def _put_codes(document: Document, sheets: list[Sheet]) -> None:
    """Put its code on each page: of the paper's words, the page, how many there are."""
    from forms.ground.page_code import page_code
    from forms.output.page_codes import put_code
    from forms.paper.document_words import words_sha256

    sha256 = words_sha256(document)
    for place, sheet in enumerate(sheets, 1):
        put_code(sheet, document.page, page_code(sha256, place, len(sheets)))


@lru_cache(maxsize=64)
def _continuation(title: str) -> Continuation:
    return Continuation(title=title)


_noted: Kept[tuple[list[Element], list[Group]]] = Kept(32)


def _notes(notes: doc.Notes, setter: Setter, bottom: float) -> tuple[list[Element], list[Group]]:
    """Notes as elements and what stands on each of their pages: they are alike in all copies."""
    spec = notes.spec
    left, width, top = spec.left_mm * MM, spec.width_mm * MM, spec.top_mm * MM
    size, spread = spec.title_pt, spec.title_spread_em
    title = setter.words(spec.title, "title", size, width, align="center", spread_em=spread)
    tags = [Element("H2")]
    sheets = [Sheet(0, 0)]
    sheets[0].bookmark(spec.title, top)
    y = sheets[0].lines(title, left, top, tags[0]) + spec.gap_pt
    for paragraph in notes.paragraphs:
        tags.append(Element("P"))
        for line in setter.lines(paragraph, width):
            if y + line.height > bottom:
                sheets.append(Sheet(0, 0))
                y = top
            y = sheets[-1].line(line, left, y, tags[-1])
    return tags, [sheet.as_group() for sheet in sheets]


class _Layout:
    """One document being laid out, block by block."""

    def __init__(self, document: Document, setter: Setter) -> None:
        self.document = document
        self.setter = setter
        self.pages = Pages(document, setter)
        self.units: list[Unit] = []
        self.grids: list[tuple[GridBox, Sheet, float]] = []

    def add(self, block: doc.AnyBlock) -> None:
        """Take the next block."""
        units = self._units(block)
        if units is not None:
            self.units.extend(units)
            return
        self._flush(least_height(block) if isinstance(block, doc.Table) else 0)
        match block:
            case doc.Title():
                self._placed(block.text, block.spec.size_pt, block.spec.at_mm, title=block)
            case doc.Label() if block.text:
                self._placed(block.text, block.spec.size_pt, block.spec.at_mm)
            case doc.Paragraph():
                self._paragraph_at(block)
            case doc.Grid():
                self._grid(block)
            case doc.Notes():
                self._notes(block)
            case doc.Table():
                TableBox(block, self.pages).lay_out()
            case doc.Charts():
                put_charts(block, self.pages)
            case doc.PageBreak():
                self.pages.new_sheet()
            case doc.Label():
                pass
            case _:
                raise AssertionError(f"{block} brings units")

    def _units(self, block: doc.AnyBlock) -> list[Unit] | None:
        """What a block brings to the running text; None where it stands by itself."""
        width = self.pages.width
        match block:
            case doc.HeadLine():
                return [head_line_unit(block, width, self.setter, self.pages.tags)]
            case doc.Paragraph() if block.at_mm:
                return None
            case doc.Paragraph():
                return paragraph_units(block, width, self.setter, self.pages.tags)
            case doc.Party():
                return party_units(block, width, self.setter, self.pages.tags)
            case doc.Signatures():
                return seals.units(block, width, self.setter, self.pages.tags)
            case doc.Title() if not block.spec.at_mm:
                return [self._flowing_title(block)]
            case doc.Label() if block.text and not block.spec.at_mm:
                return [self._flowing_label(block)]
            case doc.Title() | doc.Label() | doc.Grid() | doc.Notes() | doc.Table():
                return None
            case doc.Charts() | doc.PageBreak():
                return None
            case _:
                assert_never(block)

    def _flowing_title(self, block: doc.Title) -> Unit:
        spec = block.spec
        tag = self.pages.tags.add("H1")
        lines = self.setter.words(
            block.text,
            "title",
            spec.size_pt,
            self.pages.width,
            align="center",
            spread_em=spec.spread_em,
        )
        rules = fsum(_RULE_AFTER_PT + rule for rule in spec.rules_pt)

        def draw(sheet: Sheet, x: float, y: float) -> None:
            below = sheet.lines(lines, x, y, tag)
            for rule in spec.rules_pt:
                below += _RULE_AFTER_PT + rule / 2
                sheet.rule(x, below, x + self.pages.width, below, rule)
                below += rule / 2

        return Unit(
            height=height(lines) + rules + spec.after_pt,
            draw=draw,
            glue=True,
            before=spec.before_pt,
        )

    def _flowing_label(self, block: doc.Label) -> Unit:
        lines = self.setter.words(block.text, "heading", block.spec.size_pt, self.pages.width)
        tag = self.pages.tags.add("P")
        return Unit(
            height=height(lines),
            draw=lambda sheet, x, y: seals.void(sheet.lines(lines, x, y, tag)),
            glue=True,
        )

    def _placed(
        self, text: str, size_pt: float, at_mm: float, *, title: doc.Title | None = None
    ) -> None:
        """A title or label at a height of its own; further lines stand below."""
        pages = self.pages
        lines = self.setter.words(
            text,
            "title" if title else "heading",
            size_pt,
            pages.width,
            align="center" if title else "left",
            spread_em=title.spec.spread_em if title else 0,
        )
        tag = pages.tags.add("H1" if title else "P")
        if title:
            pages.sheet.bookmark(text, at_mm * MM - size_pt, is_of_many=True)
        for place, line in enumerate(lines):
            pages.sheet.at(line, pages.left, at_mm * MM + place * line.height, tag)

    def _paragraph_at(self, paragraph: doc.Paragraph) -> None:
        """A paragraph at a height of its own, such as a line below a title."""
        pages, y = self.pages, paragraph.at_mm * MM
        tag = pages.tags.add("P")
        for line in self.setter.lines(paragraph, pages.width):
            pages.sheet.at(line, pages.left, y, tag)
            y += line.height

    def _flush(self, room: float = 0) -> None:
        """Put the running text; a line that stays with what follows has so much room below it."""
        units, pages = self.units, self.pages
        self.units = []
        if room and units and units[-1].glue:
            pages.flow([*units, Unit(height=room, draw=lambda *_: None)])
            pages.y -= room
        else:
            pages.flow(units)

    def _grid(self, grid: doc.Grid) -> None:
        """Measure a grid; it is drawn at the end, when the further sheets are counted."""
        pages = self.pages
        continuation = self.document.continuation
        spec = continuation.spec if continuation else _continuation(self.document.title)
        if not pages.fresh and not self._goes_whole(grid, spec):
            pages.new_sheet()
        box = self._grid_box(grid, spec)
        pages.tags.kids.append(box.tags)
        self.grids.append((box, pages.sheet, pages.y))
        pages.y += box.share_out(pages.bottom - pages.y)

    def _goes_whole(self, grid: doc.Grid, spec: Continuation) -> bool:
        try:
            return not self._grid_box(grid, spec).rests
        except TooTall:
            return False

    def _grid_box(self, grid: doc.Grid, spec: Continuation) -> GridBox:
        pages = self.pages
        room = pages.bottom - pages.y
        return lay_out(grid, spec, pages.left, pages.width, room, self.setter)

    def _notes(self, notes: doc.Notes) -> None:
        pages = self.pages
        make = partial(_notes, notes, self.setter, pages.bottom)
        kept = _noted.get((notes, self.document.page, self.setter.fonts), make)
        tags, groups = kept if self.setter.takes(kept) else make()
        pages.tags.kids += tags
        for group in groups:
            pages.new_sheet().group(group)
        pages.y = pages.bottom

    def finish(self) -> list[Sheet]:
        """Lay the further sheets, draw the grids that quote their numbers, give all pages."""
        self._flush()
        sheets = list(self.pages.sheets)
        for box, sheet, top in self.grids:
            sheets += self._further(box)
            box.draw(sheet, top)
        return sheets

    def _further(self, box: GridBox) -> list[Sheet]:
        if not box.rests:
            return []
        continuation = self.document.continuation or doc.Continuation(spec=box.further, left=())
        further = Further(continuation, self.document.page, box.spec, self.setter)
        self.pages.tags.kids.append(further.tags)
        for rest in box.rests:
            further.add(rest)
        return further.sheets
