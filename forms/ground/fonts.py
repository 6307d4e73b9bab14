"""Which shipped font sets a character, and how wide it is there.

A style's role picks the first font; a character it lacks goes down the chain to the first font
that has it, the largest being opened only when one is needed.  Nothing here knows a page or PDF.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from forms.ground.locate import fonts_folder
from forms.ground.sfnt import FontFile
from forms.ground.voices import Role

_OF_ROLE: dict[Role, str] = {
    "title": "NotoSerifSC-Bold-8105",
    "heading": "NotoSansSC-Medium-8105",
    "song": "NotoSerifSC_400Regular",
    "fangsong": "LXGWZhuqueFangsong-Regular",
    "kai": "LXGWWenKaiGBLite-Regular",
}
_SERIF, _WENKAI, _RARE = "NotoSerifSC_400Regular", "LXGWWenKaiGBLite-Regular", "HanaMinB"
_LAST = _OF_ROLE["fangsong"]  # has a few letters that no other font has; so all voices have all

# Noto's dash is too short to join, and it has no ballot boxes; Zhuque's figures are old-style,
# its quotes half as wide as they should be and its × ± tiny.
_TO_WENKAI = frozenset("□☐☑☒■—―")
_TO_SERIF = frozenset([*map(chr, range(0x20, 0x250)), *"“”‘’"]) - {"\u00b7"}
_SERIF_ROLES = frozenset({"fangsong", "kai"})


def _bounds(*ranges: tuple[int, int]) -> list[int]:
    """Ranges in their order as one list: where each begins, and where what is behind it does."""
    return [bound for first, last in ranges for bound in (first, last + 1)]


_IGNORED_RANGES = _bounds(
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xE0000, 0xE0FFF),
)
# What stands there is agreed on nowhere; fonts have signs of their own there.
_PRIVATE_RANGES = _bounds((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
STAND_IN = "〓"  # what printers set for a letter that is not at hand


class MissingGlyph(ValueError):
    """No shipped font has this character; the print must stop and say so."""

    def __init__(self, character: str, path: str = "") -> None:
        super().__init__(f"U+{ord(character):04X} {character}")
        self.character = character
        self.path = path


class Setting(NamedTuple):
    """How a character is set: its font, its advance and its white sides, in em.

    The face is "" for what takes neither glyph nor width.
    """

    face: str
    width: float
    before: float
    after: float


def is_ignored(character: str) -> bool:
    """Tell whether a character takes neither glyph nor width.

    Such are controls and Unicode's default-ignorable code points (variation selectors,
    zero-width spaces, marks of direction).
    """
    return _is_in(character, _IGNORED_RANGES)


def _is_in(character: str, ranges: list[int]) -> bool:
    return bisect_right(ranges, ord(character)) % 2 == 1


class FontSet:
    """The fonts of a folder; make one and keep it, since what it has read serves every paper."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; files are opened when the first character asks for them."""
        self._folder = folder
        self._files: dict[str, FontFile] = {}
        self._settings: dict[Role, dict[str, Setting | None]] = {role: {} for role in _OF_ROLE}

    def file(self, face: str) -> FontFile:
        """Return the font file of a face, opened on first use.  Raises OSError, NotTrueType."""
        found = self._files.get(face)
        if found is None:
            found = self._files[face] = FontFile(self._folder / f"{face}.ttf")
        return found

    def setting(self, character: str, role: Role) -> Setting:
        """Return how a character is set in a role.  Raises MissingGlyph."""
        known = self._settings[role]
        found = known.get(character)
        if found is None:
            found = known[character] = self._find(character, role)
        if found is None:
            raise MissingGlyph(character)
        return found

    def width(self, text: str, role: Role, size_pt: float) -> float:
        """Return the plain width in points, without squeezing or spacing.

        Raises MissingGlyph.
        """
        return size_pt * sum(self.setting(character, role).width for character in text)

    def missing(self, text: str, role: Role) -> list[str]:
        """Return each character that no font has, once, in the order met."""
        lacking = dict.fromkeys(text)
        return [character for character in lacking if not self._has(character, role)]

    def runs(self, text: str, role: Role) -> Iterator[tuple[str, str]]:
        """Yield (font file's stem, stretch of text it sets); raises MissingGlyph."""
        faced = [(self.setting(character, role).face, character) for character in text]
        for face, pairs in groupby((pair for pair in faced if pair[0]), lambda pair: pair[0]):
            yield face, "".join(character for _, character in pairs)

    def _has(self, character: str, role: Role) -> bool:
        try:
            self.setting(character, role)
        except MissingGlyph:
            return False
        return True

    def _find(self, character: str, role: Role) -> Setting | None:
        if is_ignored(character):
            return Setting("", 0, 0, 0)
        if _is_in(character, _PRIVATE_RANGES):
            return None
        for face in dict.fromkeys(_chain(character, role)):
            found = self._in_face(character, face)
            if found is not None:
                return found
        return None

    def _in_face(self, character: str, face: str) -> Setting | None:
        file = self.file(face)
        glyph = file.glyph(ord(character))
        if not glyph:
            return None
        width = file.advance(glyph)
        ink = file.extent(glyph) or (0, width)
        return Setting(face, width / file.units, ink[0] / file.units, (width - ink[1]) / file.units)


def _chain(character: str, role: Role) -> Iterator[str]:
    """Yield the faces to ask for a character, in order, some perhaps twice."""
    if character in _TO_WENKAI:
        yield _WENKAI
    if role in _SERIF_ROLES and character in _TO_SERIF:
        yield _SERIF
    yield from (_OF_ROLE[role], _SERIF, _WENKAI, _RARE, _LAST)


@cache
def shipped_fonts() -> FontSet:
    """The fonts that come with the program, opened once."""
    return FontSet(fonts_folder())


def without_glyph(text: str) -> tuple[str, ...]:
    """Return each character of a text that no shipped font has, once, in the order met.

    All voices have the same characters, and all of GBK: most texts are known by that alone.
    """
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return tuple(shipped_fonts().missing(text, "song"))
    return ()


def with_stand_ins(text: str) -> str:
    """Return a text with a visible mark for each character that no shipped font has."""
    lacking = without_glyph(text)
    return text.translate({ord(one): STAND_IN for one in lacking}) if lacking else text
