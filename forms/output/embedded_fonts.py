"""The fonts of one PDF: which characters it shows, their codes, and the font objects.

Each face may be embedded twice: once for the form's own words, which every copy of a paper
shows alike, so that the subset and its compressed bytes are made once for a batch, and once for
the answers.  Either is a function of the characters in the order the document shows them, never
of what was made before.  Source: ISO 32000-1, 9.7 (composite fonts), 9.10.3 (ToUnicode).
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from forms.ground.fonts import FontSet
from forms.ground.sfnt import FontFile

_SHARED_LEVEL = 6  # zlib: pack well what is packed once


_HEX = [f"{number:04X}" for number in range(1024)]  # few papers have more characters


class _Given(dict[str, str]):
    """Codes as four hex digits, given to characters in the order they are met."""

    def __missing__(self, character: str) -> str:
        number = len(self) + 1
        code = self[character] = _HEX[number] if number < len(_HEX) else f"{number:04X}"
        return code


class Codes:
    """The codes of one font's characters, given in the order they are met."""

    def __init__(self, resource: str) -> None:
        """Remember the name pages call the font by."""
        self.resource = resource
        self._given = _Given()

    def of(self, words: str) -> str:
        """Return the codes of words, new ones where they are met for the first time."""
        return "".join(map(self._given.__getitem__, words))

    @property
    def characters(self) -> str:
        """All characters met, in the order of their codes."""
        return "".join(self._given)


class Met:
    """What a font of a form's own words has met: its name on the pages, its characters in order.

    It is one object wherever the same was met (`met`), so that what follows from it may be kept
    by it: the words of a form are met in the same order in every copy.
    """

    __slots__ = ("characters", "resource")

    def __init__(self, resource: str, characters: str) -> None:
        """Say what was met."""
        self.resource = resource
        self.characters = characters

    def show(self, words: str) -> "tuple[str, Met]":
        """Return the codes of words, and what the font has met after them."""
        given = _Given()
        for character in self.characters:
            given[character]
        shown = "".join(map(given.__getitem__, words))
        return shown, met(self.resource, "".join(given))


@lru_cache(maxsize=2048)
def met(resource: str, characters: str) -> Met:
    """Return the one object that says what a font has met."""
    return Met(resource, characters)


class FormCodes:
    """The codes of a font of the form's own words: what it has met changes from word to word."""

    def __init__(self, resource: str) -> None:
        """Begin with nothing met."""
        self.met = met(resource, "")

    @property
    def resource(self) -> str:
        """The name pages call the font by."""
        return self.met.resource

    def of(self, words: str) -> str:
        """Return the codes of words, new ones where they are met for the first time."""
        shown, self.met = self.met.show(words)
        return shown

    @property
    def characters(self) -> str:
        """All characters met, in the order of their codes."""
        return self.met.characters


class RawObject(PDFObject):
    """A PDF object whose bytes are ready."""

    __RefOnly__ = 1

    def __init__(self, content: bytes = b"") -> None:
        """Hold the bytes between obj and endobj."""
        self.content = content
        self.here = ""  # how it is referred to, once it is in a document

    def format(self, document: Any) -> bytes:
        """Return the bytes, as reportlab asks."""
        return self.content


class DocumentFonts(RawObject):
    """The fonts one document uses, by name; reportlab calls addObjects when the file is made."""

    def __init__(self, fonts: FontSet) -> None:
        """Begin with none."""
        super().__init__()
        self._fonts = fonts
        self._of_form: dict[str, FormCodes] = {}
        self._of_answers: dict[str, Codes] = {}
        self._used: list[tuple[str, Codes | FormCodes]] = []  # by face

    def of_form(self, face: str) -> FormCodes:
        """Return the codes of a face's font for the form's own words."""
        found = self._of_form.get(face)
        if found is None:
            found = self._of_form[face] = FormCodes(f"F{len(self._used) + 1}")
            self._used.append((face, found))
        return found

    def of_answers(self, face: str) -> Codes:
        """Return the codes of a face's font for answers."""
        found = self._of_answers.get(face)
        if found is None:
            found = self._of_answers[face] = Codes(f"F{len(self._used) + 1}")
            self._used.append((face, found))
        return found

    def addObjects(self, document: PDFDocument) -> None:
        """Put every font into the document."""
        fonts = "".join(
            f"/{codes.resource} {self._add(document, face, codes)}" for face, codes in self._used
        )
        self.content = f"<<{fonts}>>".encode()

    def _add(self, document: PDFDocument, face: str, codes: Codes | FormCodes) -> str:
        subset = _embedded(self._fonts.file(face), codes.characters, isinstance(codes, FormCodes))
        font, cid, descriptor, program, unicode_map = (RawObject() for _ in range(5))
        cid_at, descriptor_at, program_at, map_at = (
            reference(document, entry) for entry in (cid, descriptor, program, unicode_map)
        )
        font.content = (subset.font % (cid_at, map_at)).encode()
        cid.content = (subset.cid % descriptor_at).encode()
        descriptor.content = (subset.descriptor % program_at).encode()
        program.content = subset.program
        unicode_map.content = subset.unicode_map
        return reference(document, font)


class _Subset(NamedTuple):
    """The objects of a font, ready but for the references: %s."""

    font: str
    cid: str
    descriptor: str
    program: bytes
    unicode_map: bytes


_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
    "/DescendantFonts[%s]/ToUnicode %s>>"
)
_CID_FONT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/FontDescriptor %s/CIDToGIDMap/Identity/DW 1000/W[{widths}]>>"
)
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
    "/Ascent {ascent:d}/Descent {descent:d}/CapHeight {cap:d}/StemV 80/FontFile2 %s>>"
)
_UNICODE_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_UNICODE_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_BLOCK = 100  # entries a bfchar block may have


class _Character(NamedTuple):
    """A character in a font: its glyph, its width in thousandths of an em, what a reader copies."""

    glyph: int
    width: int
    copied: str


@lru_cache(maxsize=8192)
def _character(file: FontFile, character: str) -> _Character:
    glyph = file.glyph(ord(character))
    width = round(file.advance(glyph) * 1000 / file.units)
    return _Character(glyph, width, character.encode("utf-16-be").hex().upper())


@lru_cache(maxsize=64)
def _embedded(file: FontFile, characters: str, shared: bool) -> _Subset:
    found = [_character(file, character) for character in characters]
    program = file.subset([one.glyph for one in found])
    widths = [f"{code}[{one.width}]" for code, one in enumerate(found, 1) if one.width != 1000]
    name = f"{_tag(characters)}+{_postscript_name(file)}"
    unicode_map = _unicode_map([one.copied for one in found]).encode("ascii")
    return _Subset(
        font=_FONT.format(name=name),
        cid=_CID_FONT.format(name=name, widths="".join(widths)),
        descriptor=_DESCRIPTOR.format(name=name, **_measures(file)),
        program=deflated(_packed(program, shared), f"/Length1 {len(program)}"),
        unicode_map=deflated(zlib.compress(unicode_map, _SHARED_LEVEL if shared else 1)),
    )


def _packed(program: bytes, shared: bool) -> bytes:
    """A font as zlib packs it: an answers' font by its bytes' frequency alone.

    Outlines have little in common: to look for it takes three times as long, for a twelfth.
    """
    if shared:
        return zlib.compress(program, _SHARED_LEVEL)
    packing = zlib.compressobj(1, memLevel=9, strategy=zlib.Z_HUFFMAN_ONLY)
    return packing.compress(program) + packing.flush()


def _unicode_map(copied: Sequence[str]) -> str:
    entries = [f"<{code:04X}> <{words}>\n" for code, words in enumerate(copied, 1)]
    blocks = [entries[at : at + _BLOCK] for at in range(0, len(entries), _BLOCK)]
    body = [f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks]
    return "".join((_UNICODE_HEAD, *body, _UNICODE_FOOT))


def _tag(characters: str) -> str:
    digest = hashlib.sha256(characters.encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _postscript_name(file: FontFile) -> str:
    return file.name.replace("_", "-")


@lru_cache(maxsize=32)
def _measures(file: FontFile) -> dict[str, Any]:
    def scaled(units: int) -> int:
        return round(units * 1000 / file.units)

    return {
        "box": " ".join(str(scaled(side)) for side in file.box),
        "ascent": scaled(file.ascent),
        "descent": scaled(file.descent),
        "cap": scaled(file.ascent) * 7 // 10,
    }


def reference(document: PDFDocument, entry: PDFObject) -> str:
    """Return how an object is referred to, put into the document if it is not there yet."""
    if isinstance(entry, RawObject) and entry.here:
        return entry.here
    name = document.Reference(entry).name  # type: ignore[no-untyped-call]
    here = f"{document.idToObjectNumberAndVersion[name][0]} 0 R"
    if isinstance(entry, RawObject):
        entry.here = here
    return here


@lru_cache(maxsize=512)
def text_string(words: str) -> str:
    """Return words as a PDF text string (ISO 32000-1, 7.9.2.2).

    >>> text_string("表")
    '<FEFF8868>'
    """
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream object; `entries` of its dictionary say how it is packed, if it is."""
    head = f"<<{entries}/Length {len(content)}>>\nstream\n"
    return head.encode() + content + b"\nendstream"


def deflated(content: bytes, entries: str = "") -> bytes:
    """Return a stream object of bytes that zlib has packed."""
    return stream(content, f"{entries}/Filter/FlateDecode")
