"""The canvas our papers are drawn on: our fonts, metadata, PDF/A, no junk.

It knows the file's make-up, not what stands on a page.
"""

import re
import zlib
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from forms.ground.fonts import FontSet
from forms.ground.steady_archive import MADE_BY
from forms.ground.voices import Role
from forms.output.archive import xmp
from forms.output.embedded_fonts import DocumentFonts, FormFonts, form_fonts
from forms.output.interactive import Box, SignatureFields
from forms.output.pdf_file import PdfFile, text_string
from forms.output.tag_objects import put_tree
from forms.output.tags import Element, Marks, Tree
from forms.pack.language import Spoken

A4 = (595.2756, 841.8898)
A4_LANDSCAPE = (841.8898, 595.2756)

_LANGUAGE = "zh-CN"
_PAGE_LEVEL = 1  # zlib: beside its fonts a page is a small part of a file


class Picture(NamedTuple):
    """A picture as a PDF holds it: packed bytes, the entries that say how to read them, its place.

    `sides` and `corner` are the page's share of its matrix (a b c d, e f): upright and filling
    the page as they come.
    """

    content: bytes
    entries: str
    sides: tuple[int, int, int, int] = (1, 0, 0, 1)
    corner: tuple[int, int] = (0, 0)


class About(NamedTuple):
    """What a file says of itself."""

    title: str
    subject: str
    author: str


class DrawnGroup(NamedTuple):
    """How something is drawn: its operators, %d for each mark, what these belong to, bookmarks.

    Without marks it is not known, as it differs from page to page.
    """

    operators: str
    marks: Marks
    bookmarks: list[tuple[str, float]]
    spoken: Spoken


_BEGINS = re.compile(r"EMC\n/\w+<</MCID ")
_MARK = re.compile(r"/MCID \d+")

NOTHING = Element("P")
"""Stands for what is drawn on a page so far while nothing is marked."""


class PaperCanvas:
    """A canvas that knows our fonts.

    Draw graphics with `write` (PDF operators), words with `show` or `forms.output.text.draw`, each
    after `mark`; end each page with end_page; take the file with content().
    """

    def __init__(
        self,
        fonts: FontSet,
        about: About,
        page_size: tuple[float, float],
        tree: Tree | None,
        form: FormFonts,
    ) -> None:
        """Make an empty file of pages of this size in points, tagged where it has a tree."""
        self.fonts = fonts
        self.form = form
        self.kept = form.kept
        self.used = DocumentFonts(fonts, form)
        self.page_size = page_size
        self.tree = tree
        self._about = about
        self._file = PdfFile(form.start)
        self._pages_number, self._fonts_number = self._file.reserve(), self._file.reserve()
        self._pages: list[str] = []
        self._fields = SignatureFields(self._file)
        self._outline: list[tuple[str, str, float]] = []
        self._labels = ""
        self.marked: Element | None = NOTHING  # what is drawn now belongs to
        self._begin_page()

    def _begin_page(self) -> None:
        self.operators: list[str] = []
        self._page_number = self._file.reserve()
        self._page = f"{self._page_number} 0 R"
        if self.tree is not None:
            self.tree.begin_page(self._page)

    def write(self, operators: str) -> None:
        """Append operators to the page's content."""
        self.operators.append(operators)

    def mark(self, element: Element | None) -> None:
        """Let what is drawn from here on belong to an element, or to none (an artifact)."""
        tree = self.tree
        if tree is None or element is self.marked:
            return
        end = "" if self.marked is NOTHING else "EMC\n"
        if element is None:
            self.operators.append(f"{end}/Artifact BMC")
        else:
            self.operators.append(f"{end}/{element.kind}<</MCID {tree.mark(element)}>>BDC")
        self.marked = element

    def draw_again(self, what: tuple[object, ...], draw: Callable[[], None]) -> None:
        """Draw what is drawn alike on many pages of this form; `what` tells it from others.

        It begins with words that belong to an element of its own.
        """
        tree, kept = self.tree, self.form.kept_groups
        if tree is None or self.marked is NOTHING:
            draw()
            return
        known = kept.get(what)
        if known is None or known.spoken is not tree.spoken:
            known = kept[what] = self._drawn(tree, draw)
            return
        if not known.marks.owners or known.marks.owners[0] is self.marked:
            draw()
            return
        self.operators.append(known.operators % (*tree.again(known.marks),))
        self.marked = known.marks.owners[-1]
        self._outline += [(title, self._page, top) for title, top in known.bookmarks]

    def _drawn(self, tree: Tree, draw: Callable[[], None]) -> DrawnGroup:
        """Draw what may be drawn again, and return how: not at all, if other fonts are in it."""
        operators, bookmarks, place = len(self.operators), len(self._outline), tree.place()
        further = self.used.further_count
        draw()
        drawn = self.operators[operators:]
        is_shared = further == self.used.further_count
        if not (is_shared and drawn and _BEGINS.match(drawn[0]) and self.marked is not None):
            return DrawnGroup("", Marks([], [], [], []), [], tree.spoken)
        return DrawnGroup(
            _MARK.sub("/MCID %d", "\n".join(drawn)),
            tree.since(place),
            [(title, top) for title, _, top in self._outline[bookmarks:]],
            tree.spoken,
        )

    def show(
        self,
        x_pt: float,
        baseline_pt: float,
        words: str,
        role: Role,
        size_pt: float,
    ) -> float:
        """Draw words as they are, unspaced and unbroken, and return their width in points.

        Raises MissingGlyph.
        """
        operators = [f"BT 1 0 0 1 {x_pt:.3f} {baseline_pt:.3f} Tm"]
        for face, stretch in self.fonts.runs(words, role):
            for _, part in groupby(stretch, str.isascii):
                resource, codes = self.used.codes(face, "".join(part))
                operators.append(f"/{resource} {size_pt:g} Tf <{codes}> Tj")
        self.write(f"{' '.join(operators)} ET")
        return self.fonts.width(words, role, size_pt)

    def picture_page(self, picture: Picture, size: tuple[float, float]) -> None:
        """Make a page that is a picture, its size in points."""
        self.page_size = size
        width, height = size
        (a, b, c, d), (e, f) = picture.sides, picture.corner
        here = (a * width, b * height, c * width, d * height, e * width, f * height)
        self.write(f"q {' '.join(f'{one:.4f}' for one in here)} cm /P Do Q")
        entries = f"/Type/XObject/Subtype/Image{picture.entries}"
        self._add_page(f"/XObject<</P {self._file.stream(picture.content, entries)}>>")

    def signature_field(self, within: Element | None, box: Box, spoken: str) -> None:
        """Add a field to be signed in, a Form of an element; points, PDF coordinates."""
        tree = self.tree
        if tree is None or within is None:
            self._fields.add(box, spoken, None)
            return
        here = self._fields.add(box, spoken, tree.next_key())
        tree.hold(tree.within(within, "Form", spoken), here)

    def name_pages(self, labels: str | None) -> None:
        """Say what the pages are called, by `forms.output.interactive.page_labels`."""
        self._labels = labels or ""

    def bookmark(self, title: str, top_pt: float) -> None:
        """Add an outline entry that leads to this page at this height (PDF coordinates)."""
        self._outline.append((title, self._page, top_pt))

    def end_page(self) -> None:
        """Close the page and begin another."""
        self._add_page("")

    def _add_page(self, more: str) -> None:
        if self.marked is not NOTHING:
            self.operators.append("EMC")
            self.marked = NOTHING
        drawn = self._file.deflated(_packed_page("\n".join(self.operators)))
        key = None if self.tree is None else self.tree.key()
        tagged = "" if key is None else f"/Tabs/S/StructParents {key}"
        tagged += self._fields.of_page()
        fonts = f"{self._fonts_number} 0 R"
        page = _PAGE % (*self.page_size, self._pages_number, fonts, more, drawn, tagged)
        self._file.put(page, self._page_number)
        self._pages.append(self._page)
        self._begin_page()

    def content(self) -> bytes:
        """Return the file; what was drawn since the last page's end is left out."""
        file, about = self._file, self._about
        pages = f"<</Type/Pages/Count {len(self._pages)}/Kids[{' '.join(self._pages)}]>>"
        file.put(pages, self._pages_number)
        file.put(self.used.put(file), self._fonts_number)
        packet = xmp(
            title=about.title,
            subject=about.subject,
            author=about.author,
            tool=MADE_BY,
            producer=MADE_BY,
            tagged=self.tree is not None,
        )
        entries = [
            _CATALOG % (self._pages_number, self.form.profile),
            f"/Metadata {file.stream(packet, '/Type/Metadata/Subtype/XML')}",
        ]
        if self._outline:
            entries.append(f"/Outlines {_put_outline(file, self._outline)}")
        if self._labels:
            entries.append(f"/PageLabels {self._labels}")
        if (fields := self._fields.form()) is not None:
            entries.append(f"/AcroForm {fields}")
        if self.tree is not None and (root := put_tree(self.tree, file)):
            entries.append(f"/MarkInfo<</Marked true>>/StructTreeRoot {root}")
        # The page that was begun and is none leaves its number.
        catalog = file.put(f"<<{''.join(entries)}>>", self._page_number)
        return file.finished(catalog, file.put(_information(about)))


_PAGE = (
    "<</Type/Page/MediaBox[0 0 %.4f %.4f]/Parent %s 0 R/Resources<</Font %s%s/ProcSet[/PDF/Text]>>"
    "/Contents %s%s>>"
)
_CATALOG = (
    f"/Type/Catalog/Pages %s 0 R/Lang({_LANGUAGE})/ViewerPreferences<</DisplayDocTitle true>>"
    "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
    "/Info(sRGB IEC61966-2.1)/DestOutputProfile %s>>]"
)
_OUTLINE = "<</Type/Outlines/Count %d/First %d 0 R/Last %d 0 R>>"


def _put_outline(file: PdfFile, entries: list[tuple[str, str, float]]) -> str:
    """Put the file's outline, one entry after the other, each chained to its neighbours."""
    here = file.reserve()
    first, last = here + 1, here + len(entries)
    file.put(_OUTLINE % (len(entries), first, last), here)
    for number, (title, page, top) in enumerate(entries, first):
        chain = f"/Prev {number - 1} 0 R" if number > first else ""
        chain += f"/Next {number + 1} 0 R" if number < last else ""
        entry = (
            f"<</Title{text_string(title)}/Parent {here} 0 R{chain}"
            f"/Dest[{page}/XYZ 0 {top:.3f} 0]>>"
        )
        file.put(entry)
    return f"{here} 0 R"


def _information(about: About) -> str:
    """The information dictionary, without dates: a paper's dates are printed on it."""
    entries = {"Title": about.title, "Creator": MADE_BY, "Producer": MADE_BY}
    entries |= {"Subject": about.subject} if about.subject else {}
    entries |= {"Author": about.author} if about.author else {}
    shown = "".join(f"/{name}{text_string(words)}" for name, words in entries.items())
    return f"<<{shown}>>"


def new_canvas(
    fonts: FontSet,
    *,
    title: str,
    subject: str = "",
    author: str = "",
    page_size: tuple[float, float] = A4,
    tree: Tree | None = None,
    form: FormFonts | None = None,
) -> PaperCanvas:
    """Return a canvas with metadata (zh-CN) and nothing of the clock.

    With a tree its file is PDF/A-2a and PDF/UA-1, without one PDF/A-2b.
    """
    about = About(title, subject, author)
    return PaperCanvas(fonts, about, page_size, tree, form or form_fonts(fonts))


@lru_cache(maxsize=32)
def _packed_page(operators: str) -> bytes:
    """A page's content; pages without answers, such as notes, come again in every copy."""
    return zlib.compress(operators.encode("ascii"), _PAGE_LEVEL)
