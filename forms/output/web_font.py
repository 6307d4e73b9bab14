"""A font for the public page: the glyphs it shows and no others, as WOFF.

The font's licence (SIL Open Font License 1.1) allows to embed and to subset it.  Source: the
OpenType specification (cmap 12, post 3), WOFF File Format 1.0 (W3C).  Same input, same bytes.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from forms.ground.locate import fonts_folder
from forms.ground.sfnt import FontFile

MOST_CHARACTERS = 2500
"""Rarer characters of a big set are left to the reader's own fonts: some 0.3 MB is enough."""
_FACE = "NotoSerifSC-Bold-8105"


def song_of(texts: Iterable[str]) -> bytes:
    """Return the Song of the page's headings with the characters of these texts."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(text)
    wanted = sorted(counted, key=lambda sign: (-counted[sign], sign))
    font = FontFile(fonts_folder() / f"{_FACE}.ttf")
    glyphs: dict[int, int] = {}
    for sign in wanted[:MOST_CHARACTERS]:
        if glyph := font.glyph(ord(sign)):
            glyphs[ord(sign)] = glyph
    codes = sorted(glyphs)
    subset = _tables(font.subset(glyphs[code] for code in codes))
    subset |= {
        "cmap": _cmap(codes),
        "OS/2": font.table("OS/2"),
        "name": font.table("name"),
        "post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _woff(subset)


def _tables(font: bytes) -> dict[str, bytes]:
    count = struct.unpack_from(">H", font, 4)[0]
    entries = struct.iter_unpack(">4s4xII", font[12 : 12 + 16 * count])
    return {tag.decode(): font[start : start + length] for tag, start, length in entries}


def _cmap(codes: list[int]) -> bytes:
    """Code point -> glyph 1, 2, …: formats 4 for browsers that want one, and 12."""
    groups: list[tuple[int, int, int]] = []
    for glyph, code in enumerate(codes, 1):
        first, last, start = groups[-1] if groups else (0, -2, 0)
        if code == last + 1:
            groups[-1] = (first, code, start)
        else:
            groups.append((code, code, glyph))
    packed = b"".join(struct.pack(">III", *group) for group in groups)
    body = struct.pack(">HHIII", 12, 0, 16 + len(packed), 0, len(groups)) + packed
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + body


def _woff(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    offset = 44 + 20 * count
    directory, bodies, whole = b"", b"", 12 + 16 * count
    for tag in sorted(tables):
        table = tables[tag]
        packed = zlib.compress(table, 9)
        stored = packed if len(packed) < len(table) else table
        entry = (tag.encode(), offset, len(stored), len(table), _sum(table, tag))
        directory += struct.pack(">4sIIII", *entry)
        padded = stored + bytes(-len(stored) % 4)
        bodies += padded
        offset += len(padded)
        whole += len(table) + -len(table) % 4
    head = (b"wOFF", 0x10000, offset, count, 0, whole, 1, 0, 0, 0, 0, 0, 0)
    return struct.pack(">4sIIHHIHHIIIII", *head) + directory + bodies


def _sum(table: bytes, tag: str) -> int:
    data = table[:8] + bytes(4) + table[12:] if tag == "head" else table
    padded = data + bytes(-len(data) % 4)
    total = 0
    for (word,) in struct.iter_unpack(">I", padded):
        total += word
    return total & 0xFFFFFFFF
