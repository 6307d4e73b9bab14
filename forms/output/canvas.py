"""The reportlab canvas our papers are drawn on: our fonts, metadata, PDF/A, no junk.

It knows the file's make-up, not what stands on a page.
"""

import zlib
from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFInfo
from reportlab.pdfgen.canvas import Canvas

from forms.ground.fonts import FontSet
from forms.ground.steady_archive import MADE_BY
from forms.ground.voices import Role
from forms.output.archive import srgb_profile, xmp
from forms.output.compact import packed
from forms.output.embedded_fonts import (
    DocumentFonts,
    RawObject,
    deflated,
    reference,
    stream,
    text_string,
)
from forms.output.interactive import Box, SignatureFields
from forms.output.tags import Element, Tree

A4 = (595.2756, 841.8898)
A4_LANDSCAPE = (841.8898, 595.2756)

_LANGUAGE = "zh-CN"
_PAGE_LEVEL = 1  # zlib: beside its fonts a page is a small part of a file
_PRODUCER = "ReportLab PDF Library"


class Picture(NamedTuple):
    """A picture as a PDF holds it: packed bytes, the entries that say how to read them, its place.

    `sides` and `corner` are the page's share of its matrix (a b c d, e f): upright and filling
    the page as they come.
    """

    content: bytes
    entries: str
    sides: tuple[int, int, int, int] = (1, 0, 0, 1)
    corner: tuple[int, int] = (0, 0)


class PaperCanvas(Canvas):
    """A canvas that knows our fonts.

    Draw graphics with reportlab's own methods (rect, setLineWidth, setStrokeGray, setFillGray,
    saveState, translate, rotate), words with `show` or `forms.output.text.draw`, each after
    `mark`; end each page with showPage; take the file with getpdfdata().

    What every page is full of (words, rules, bookmarks, the page itself) is written as bytes at
    once: reportlab's way over objects for each would take as long as everything else.
    """

    # reportlab's, which its type stubs leave out
    _doc: Any
    _code: list[str]
    _pagesize: tuple[float, float]
    _startPage: Callable[[], None]

    def __init__(
        self, fonts: FontSet, page_size: tuple[float, float], tree: Tree | None = None
    ) -> None:
        """Make an empty file of pages of this size in points, tagged where it has a tree."""
        super().__init__(
            BytesIO(),
            pagesize=page_size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=_LANGUAGE,
        )
        self.fonts = fonts
        self.used = DocumentFonts(fonts)
        self._doc.format = lambda: packed(self._doc, tree.objects if tree else ())
        self._doc.delayedFonts.append(self.used)
        self.tree = tree
        self._page = self._doc.thisPageName()
        self._marked: Element | None = None
        self._is_open = False
        if tree is not None:
            self._doc.delayedFonts.append(tree)
        self._fields = SignatureFields(self._doc)
        self._outline = self._doc.outline = self._doc.Outlines = _Outline()
        self._doc.Catalog.Outlines = self._outline

    def write(self, operators: str) -> None:
        """Append operators to the page's content."""
        self._code.append(operators)

    def mark(self, element: Element | None) -> None:
        """Let what is drawn from here on belong to an element, or to none (an artifact)."""
        tree = self.tree
        if tree is None or (self._is_open and self._marked is element):
            return
        self._end_mark()
        if element is None:
            self._code.append("/Artifact BMC")
        else:
            number = tree.mark(element, self._page)
            self._code.append(f"/{element.kind}<</MCID {number}>>BDC")
        self._marked, self._is_open = element, True

    def _end_mark(self) -> None:
        if self._is_open:
            self._code.append("EMC")
            self._is_open = False

    def show(
        self,
        x_pt: float,
        baseline_pt: float,
        words: str,
        role: Role,
        size_pt: float,
        *,
        answer: bool = False,
    ) -> float:
        """Draw words as they are, unspaced and unbroken, and return their width in points.

        `answer` marks what differs from copy to copy, so that it stays out of the shared font.
        Raises MissingGlyph.
        """
        operators = [f"BT 1 0 0 1 {x_pt:.3f} {baseline_pt:.3f} Tm"]
        for face, stretch in self.fonts.runs(words, role):
            for ascii_only, part in groupby(stretch, str.isascii):
                is_of_form = not answer and not ascii_only
                codes = self.used.of_form(face) if is_of_form else self.used.of_answers(face)
                operators.append(f"/{codes.resource} {size_pt:g} Tf <{codes.of(''.join(part))}> Tj")
        self.write(f"{' '.join(operators)} ET")
        return self.fonts.width(words, role, size_pt)

    def picture_page(self, picture: Picture, size: tuple[float, float]) -> None:
        """Make a page that is a picture, its size in points."""
        self._pagesize = size
        width, height = size
        (a, b, c, d), (e, f) = picture.sides, picture.corner
        here = (a * width, b * height, c * width, d * height, e * width, f * height)
        self.write(f"q {' '.join(f'{one:.4f}' for one in here)} cm /P Do Q")
        entries = f"/Type/XObject/Subtype/Image{picture.entries}"
        shown = RawObject(stream(picture.content, entries))
        self._add_page(f"/XObject<</P {reference(self._doc, shown)}>>")

    def signature_field(self, within: Element | None, box: Box, spoken: str) -> None:
        """Add a field to be signed in, a Form of an element; points, PDF coordinates."""
        tree = self.tree
        if tree is None or within is None:
            self._fields.add(box, spoken, None)
            return
        here = self._fields.add(box, spoken, tree.next_key())
        tree.hold(tree.within(within, "Form", spoken), here)

    def name_pages(self, labels: bytes | None) -> None:
        """Say what the pages are called, by `forms.output.interactive.page_labels`."""
        if labels is not None:
            self._doc.Catalog.PageLabels = RawObject(labels)

    def bookmark(self, title: str, top_pt: float) -> None:
        """Add an outline entry that leads to this page at this height (PDF coordinates)."""
        self._outline.add(title, self._doc.thisPageName(), top_pt)

    def showPage(self) -> None:
        """Close the page, made here: reportlab's has an empty transition and ASCII85 armour."""
        self._add_page("")

    def _add_page(self, more: str) -> None:
        document = self._doc
        self._end_mark()
        parts = (document.Pages, self.used, RawObject(_packed_page("\n".join(self._code))))
        pages, fonts, drawn = (reference(document, part) for part in parts)
        key = None if self.tree is None else self.tree.key(self._page)
        tagged = "" if key is None else f"/Tabs/S/StructParents {key}"
        tagged += self._fields.of_page()
        page = _PAGE % (*self._pagesize, pages, fonts, more, drawn, tagged)
        document.addPage(RawObject(page.encode()))
        self._startPage()
        self._page = document.thisPageName()

    def getpdfdata(self) -> bytes:
        """Return the file; a page begun is closed first."""
        if (form := self._fields.form()) is not None:
            self._doc.Catalog.AcroForm = RawObject(form)
        return bytes(super().getpdfdata())  # type: ignore[no-untyped-call]

    def _make_preamble(self) -> None:
        """Begin pages with nothing: reportlab would call for Helvetica here."""
        self._preamble = ""


_PAGE = (
    "<</Type/Page/MediaBox[0 0 %.4f %.4f]/Parent %s/Resources<</Font %s%s/ProcSet[/PDF/Text]>>"
    "/Contents %s%s>>"
)


class _Outline(RawObject):
    """The file's outline, one entry after the other; reportlab asks it to be ready."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[str, str, float]] = []
        self.ready = -1  # reportlab leaves out an outline of which it reads this

    def add(self, title: str, page: str, top_pt: float) -> None:
        """Add an entry that leads to a page, by reportlab's name of it."""
        self._entries.append((title, page, top_pt))
        self.ready = 1

    def prepare(self, document: Any, _canvas: Canvas) -> None:
        """Put the entries into the document, each chained to its neighbours."""
        if not self._entries:
            return
        here = reference(document, self)
        objects = [RawObject() for _ in self._entries]
        places = ["", *(reference(document, entry) for entry in objects), ""]
        self.content = (_OUTLINE % (len(objects), places[1], places[-2])).encode()
        for place, (entry, (title, page, top)) in enumerate(
            zip(objects, self._entries, strict=True), 1
        ):
            target = document.idToObjectNumberAndVersion[page][0]
            chain = f"/Prev {places[place - 1]}" if place > 1 else ""
            chain += f"/Next {places[place + 1]}" if places[place + 1] else ""
            entry.content = (
                f"<</Title{text_string(title)}/Parent {here}{chain}"
                f"/Dest[{target} 0 R/XYZ 0 {top:.3f} 0]>>"
            ).encode()


_OUTLINE = "<</Type/Outlines/Count %d/First %s/Last %s>>"


class _Info(PDFInfo):
    """The information dictionary, without dates: a paper's dates are printed on it."""

    def format(self, _document: PDFDocument) -> bytes:
        entries = {"Title": self.title, "Creator": self.creator, "Producer": self.producer}
        entries |= {"Subject": self.subject} if self.subject else {}
        entries |= {"Author": self.author} if self.author else {}
        shown = "".join(f"/{name}{text_string(words)}" for name, words in entries.items())
        return f"<<{shown}>>".encode()


def new_canvas(
    fonts: FontSet,
    *,
    title: str,
    subject: str = "",
    author: str = "",
    page_size: tuple[float, float] = A4,
    tree: Tree | None = None,
) -> PaperCanvas:
    """Return a canvas with metadata (zh-CN) and nothing of the clock.

    With a tree its file is PDF/A-2a and PDF/UA-1, without one PDF/A-2b.
    """
    canvas = PaperCanvas(fonts, page_size, tree)
    document = canvas._doc
    info = document.info = _Info()
    info.title, info.subject, info.author = title, subject, author
    info.creator, info.producer = MADE_BY, _PRODUCER
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.__Refs__ = [*catalog.__Refs__, "OutputIntents"]
    catalog.ViewerPreferences = RawObject(b"<</DisplayDocTitle true>>")
    packet = xmp(
        title=title,
        subject=subject,
        author=author,
        tool=MADE_BY,
        producer=_PRODUCER,
        tagged=tree is not None,
    )
    catalog.Metadata = RawObject(stream(packet, "/Type/Metadata/Subtype/XML"))
    profile = RawObject(deflated(_packed_profile(), "/N 3"))
    intent = _OUTPUT_INTENT % reference(document, profile)
    catalog.OutputIntents = RawObject(intent.encode())
    return canvas


_OUTPUT_INTENT = (
    "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
    "/Info(sRGB IEC61966-2.1)/DestOutputProfile %s>>]"
)


@lru_cache(maxsize=32)
def _packed_page(operators: str) -> bytes:
    """A page's content; pages without answers, such as notes, come again in every copy."""
    return deflated(zlib.compress(operators.encode("ascii"), _PAGE_LEVEL))


@cache
def _packed_profile() -> bytes:
    return zlib.compress(srgb_profile(), 9)
