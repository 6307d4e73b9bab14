"""The fonts of one PDF: which characters it shows, their codes, and the font objects.

Each face may be embedded twice: once for what every copy of a paper may show (`FormFonts`), so that
the subset and its packed bytes are made once, and once for the answers of this copy alone.  Either
is a function of the characters it is given, never of what was made before.  Source: ISO 32000-1,
9.7 (composite fonts), 9.10.3 (ToUnicode).
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from forms.ground.alike_begun import note_beginning
from forms.ground.fonts import FontSet
from forms.ground.sfnt import FontFile
from forms.output.archive import packed_profile
from forms.output.pdf_file import PdfFile

_SHARED_LEVEL = 6  # zlib: pack well what is packed once
_HEX = [f"{number:04X}" for number in range(1024)]  # few papers have more characters


class _Given(dict[str, str]):
    """Codes as four hex digits, given to characters in the order they are met."""

    def __missing__(self, character: str) -> str:
        number = len(self) + 1
        code = self[character] = _HEX[number] if number < len(_HEX) else f"{number:04X}"
        return code


class Codes(NamedTuple):
    """What the pages call a font, and its characters with their codes."""

    resource: str
    given: dict[str, str]


class FormFonts:
    """The fonts of a form's own words and of figures: the beginning of each of its copies' files.

    It is one object for the same characters (`form_fonts`), so that what follows from it, such as
    how a line is drawn, may be kept with it (`kept`, at most `_KEPT`).
    """

    def __init__(self, fonts: FontSet, characters: tuple[tuple[str, str], ...]) -> None:
        """Embed the characters of each face."""
        file = PdfFile()
        self.profile = file.deflated(packed_profile(), "/N 3")
        self.codes: dict[str, Codes] = {}
        entries = []
        for place, (face, shown) in enumerate(characters, 1):
            given = _Given()
            for character in shown:
                given[character]
            resource = f"F{place}"
            self.codes[face] = Codes(resource, dict(given))
            here = _put(file, fonts.file(face), shown, is_shared=True)
            entries.append(f"/{resource} {here}")
        self.entries = "".join(entries)
        self.start = file.as_start()
        note_beginning(self.start.content)
        self._kept: dict[Any, Any] = {}
        self._kept_codes: dict[tuple[str, str], tuple[str, str]] = {}
        self._kept_groups: dict[Any, Any] = {}

    @property
    def kept(self) -> dict[Any, Any]:
        """What follows from these fonts, for whoever draws with them."""
        if len(self._kept) > _KEPT:
            self._kept.clear()
        return self._kept

    @property
    def kept_groups(self) -> dict[Any, Any]:
        """How what is drawn alike on many pages is drawn."""
        if len(self._kept_groups) > _GROUPS_KEPT:
            self._kept_groups.clear()
        return self._kept_groups

    @property
    def kept_codes(self) -> dict[tuple[str, str], tuple[str, str]]:
        """What a face's words are called and coded as, for words that these fonts show."""
        if len(self._kept_codes) > _KEPT:
            self._kept_codes.clear()
        return self._kept_codes


_KEPT, _GROUPS_KEPT = 4096, 256


@lru_cache(maxsize=16)
def form_fonts(fonts: FontSet, characters: tuple[tuple[str, str], ...] = ()) -> FormFonts:
    """Return the one object for these characters: pairs of a face and all it shows, in order."""
    return FormFonts(fonts, characters)


class DocumentFonts:
    """The fonts one document uses: the form's, and more for what those can not show."""

    def __init__(self, fonts: FontSet, form: FormFonts) -> None:
        """Begin with the form's alone."""
        self._fonts = fonts
        self._form = form.codes
        self._kept = form.kept_codes
        self._entries = form.entries
        self._further: dict[str, Codes] = {}
        self.further_count = 0  # of words that the form's fonts can not show

    def codes(self, face: str, words: str) -> tuple[str, str]:
        """Return what the font is called that shows words, and their codes in it."""
        kept = self._kept.get((face, words))
        if kept is not None:
            return kept
        form = self._form.get(face)
        if form is not None:
            try:
                found = form.resource, "".join(map(form.given.__getitem__, words))
            except KeyError:
                pass
            else:
                self._kept[face, words] = found
                return found
        self.further_count += 1
        further = self._further.get(face)
        if further is None:
            further = self._further[face] = Codes(f"A{len(self._further) + 1}", _Given())
        return further.resource, "".join(map(further.given.__getitem__, words))

    def put(self, file: PdfFile) -> str:
        """Put the fonts into the file; return the entries of a page's resources."""
        further = [
            f"/{codes.resource} {_put(file, self._fonts.file(face), ''.join(codes.given))}"
            for face, codes in self._further.items()
        ]
        return f"<<{self._entries}{''.join(further)}>>"


def _put(file: PdfFile, font: FontFile, characters: str, *, is_shared: bool = False) -> str:
    subset = _embedded(font, characters, is_shared)
    program = file.deflated(subset.program, f"/Length1 {subset.length}")
    descriptor = file.put(subset.descriptor % program)
    cid = file.put(subset.cid % descriptor)
    words = file.stream(subset.unicode_map, subset.map_entries)
    return file.put(subset.font % (cid, words))


class _Subset(NamedTuple):
    """The objects of a font, ready but for the references: %s."""

    font: str
    cid: str
    descriptor: str
    program: bytes
    length: int  # of the program, unpacked
    unicode_map: bytes
    map_entries: str


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
    "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[{box}]/ItalicAngle 0"
    "/Ascent {ascent:d}/Descent {descent:d}/CapHeight {cap:d}/StemV 80/FontFile2 %%s>>"
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


class _Known(dict[str, _Character]):
    """The characters of a font, made when first met."""

    def __init__(self, file: FontFile) -> None:
        super().__init__()
        self._file = file

    def __missing__(self, character: str) -> _Character:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        glyph = self._file.glyph(ord(character))
        width = round(self._file.advance(glyph) * 1000 / self._file.units)
        copied = character.encode("utf-16-be").hex().upper()
        known = self[character] = _Character(glyph, width, copied)
        return known


_MOST_KNOWN = 8192
_characters = lru_cache(maxsize=32)(_Known)


@lru_cache(maxsize=64)
def _embedded(file: FontFile, characters: str, is_shared: bool) -> _Subset:
    found = map(_characters(file).__getitem__, characters)
    glyphs, widths, copied = zip(*found, strict=True) if characters else ((), (), ())
    if is_shared:
        whole = file.subset(glyphs)
        program, length = zlib.compress(whole, _SHARED_LEVEL), len(whole)
    else:
        program, length = file.packed_subset(glyphs)
    narrow = [f"{code}[{width}]" for code, width in enumerate(widths, 1) if width != 1000]
    name = f"{_tag(characters)}+{_postscript_name(file)}"
    unicode_map = _unicode_map(copied).encode("ascii")
    return _Subset(
        font=_FONT.format(name=name),
        cid=_CID_FONT.format(name=name, widths="".join(narrow)),
        descriptor=_descriptor(file) % name,
        program=program,
        length=length,
        # To pack a map of few characters takes longer than all else of it.
        unicode_map=zlib.compress(unicode_map, _SHARED_LEVEL) if is_shared else unicode_map,
        map_entries="/Filter/FlateDecode" if is_shared else "",
    )


def _unicode_map(copied: Sequence[str]) -> str:
    parts = [_UNICODE_HEAD]
    for start in range(0, len(copied), _BLOCK):
        block = tuple(copied[start : start + _BLOCK])
        entries = _entries(start)[: _ENTRY * len(block)] % block
        parts.append(f"{len(block)} beginbfchar\n{entries}endbfchar\n")
    return "".join((*parts, _UNICODE_FOOT))


@lru_cache(maxsize=64)
def _entries(start: int) -> str:
    """The entries of a block's codes, ready but for what a reader copies: %s."""
    return "".join([f"<{code:04X}> <%s>\n" for code in range(start + 1, start + 1 + _BLOCK)])


_ENTRY = len("<0000> <%s>\n")


def _tag(characters: str) -> str:
    digest = hashlib.sha256(characters.encode()).digest()
    return digest[:6].translate(_LETTERS).decode("ascii")


_LETTERS = bytes(ord("A") + byte % 26 for byte in range(256))


def _postscript_name(file: FontFile) -> str:
    return file.name.replace("_", "-")


@lru_cache(maxsize=32)
def _descriptor(file: FontFile) -> str:
    """A font's descriptor, ready but for its name and the reference to its program."""

    def scaled(units: int) -> int:
        return round(units * 1000 / file.units)

    return _DESCRIPTOR.format(
        box=" ".join(str(scaled(side)) for side in file.box),
        ascent=scaled(file.ascent),
        descent=scaled(file.descent),
        cap=scaled(file.ascent) * 7 // 10,
    )
