"""A TrueType file read just as far as printing needs: glyph numbers, widths, outlines, a subset.

The file is mapped, not loaded, and its tables are unpacked in bulk or where asked, so that
opening thirty megabytes costs a millisecond.  Source: the OpenType specification (cmap format
12, hmtx, long loca, glyf).  It knows neither roles nor PDF.
"""

import mmap
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple

_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x01, 0x08, 0x20, 0x40, 0x80
_SEGMENTED, _LONG_LOCA = 12, 1  # the kinds of cmap and loca that big fonts have
_MAGIC = 0xB1B0AFBA  # what a font file's words add up to
_GLYPHS_KEPT = 4096
_HINTS = ("cvt ", "fpgm", "prep")


class NotTrueType(ValueError):
    """The file is no TrueType font with glyf outlines and the tables a big font has."""


class _Glyph(NamedTuple):
    """A glyph as a subset takes it: its outline filled up to whole words, and their sum."""

    outline: bytes
    metrics: tuple[int, int]  # its advance and left side
    checksum: int


_EMPTY = _Glyph(b"", (1000, 0), 0)


class FontFile:
    """One font file; measures are in units of the em unless a name says otherwise."""

    def __init__(self, path: Path) -> None:
        """Map the file and read its directory.  Raises OSError, NotTrueType."""
        self.name = path.stem
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._tables = self._directory()
        self._glyphs = lru_cache(maxsize=_GLYPHS_KEPT)(self._read_glyph)
        if not {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"} <= self._tables.keys():
            raise NotTrueType(path.name)
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        self.units = self._unpack(">H", head + 18)[0]
        self.box: tuple[int, ...] = self._unpack(">4h", head + 36)
        if self._unpack(">h", head + 50)[0] != _LONG_LOCA:
            raise NotTrueType(path.name)
        self.ascent, self.descent = self._unpack(">hh", hhea + 4)
        self._long_metrics = self._unpack(">H", hhea + 34)[0]
        self.count = self._unpack(">H", self._tables["maxp"][0] + 4)[0]

    def glyph(self, character: int) -> int:
        """Return the glyph number of a code point, 0 where the font has none."""
        starts, ends, glyphs = self._characters
        at = bisect_right(starts, character) - 1
        if at < 0 or character > ends[at]:
            return 0
        return int(glyphs[at] + character - starts[at])

    def advance(self, glyph: int) -> int:
        """Return a glyph's advance in font units."""
        place = self._tables["hmtx"][0] + 4 * min(glyph, self._long_metrics - 1)
        return int(self._unpack(">H", place)[0])

    def extent(self, glyph: int) -> tuple[int, int] | None:
        """Return the least and greatest x of a glyph's ink in font units; None without ink."""
        start, end = self._span(glyph)
        if start == end:
            return None
        left, _, right, _ = self._unpack(">4h", start + 2)
        return left, right

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """Return a font whose glyph 0 is empty and whose glyphs 1, 2, … are the ones given.

        Components of composite glyphs are added behind them.  The result depends on nothing
        but the glyphs and their order.
        """
        order = list(glyphs)
        numbers: dict[int, int] = {}  # made when the first composite glyph asks for it
        taken = [_EMPTY]
        for glyph in order:  # grows while composite glyphs name their parts
            found = self._glyphs(glyph)
            if found.outline[:1] == b"\xff":
                numbers = numbers or {one: at for at, one in reversed([*enumerate(order, 1)])}
                found = self._renumbered(found, order, numbers)
            taken.append(found)
        return self._assemble(taken)

    def _unpack(self, shape: str, place: int) -> tuple[int, ...]:
        return struct.unpack_from(shape, self._data, place)

    def _directory(self) -> dict[str, tuple[int, int]]:
        if self._data[:4] not in (b"\0\1\0\0", b"true"):
            raise NotTrueType(self.name)
        count = self._unpack(">H", 4)[0]
        entries = struct.iter_unpack(">4s4xII", self._data[12 : 12 + 16 * count])
        return {tag.decode("latin-1"): (offset, length) for tag, offset, length in entries}

    @cached_property
    def _characters(self) -> tuple["array[int]", "array[int]", "array[int]"]:
        """First and last code point and first glyph of each stretch, in order."""
        base = self._tables["cmap"][0]
        count = self._unpack(">H", base + 2)[0]
        for entry in range(base + 4, base + 4 + 8 * count, 8):
            place = base + self._unpack(">I", entry + 4)[0]
            if self._unpack(">H", place)[0] == _SEGMENTED:
                groups = self._unpack(">I", place + 12)[0]
                numbers = self._unpack(f">{3 * groups}I", place + 16)
                return (
                    array("L", numbers[::3]),
                    array("L", numbers[1::3]),
                    array("L", numbers[2::3]),
                )
        raise NotTrueType(self.name)

    def _span(self, glyph: int) -> tuple[int, int]:
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        start, end = self._unpack(">II", loca + 4 * glyph)
        return glyf + start, glyf + end

    def _read_glyph(self, glyph: int) -> "_Glyph":
        start, end = self._span(glyph)
        outline = self._data[start:end] + b"\0" * ((start - end) % 4)
        left = self._unpack(">h", start + 2)[0] if outline else 0
        return _Glyph(outline, (self.advance(glyph), left), _checksum(outline))

    def _renumbered(self, glyph: "_Glyph", order: list[int], numbers: dict[int, int]) -> "_Glyph":
        """Point a composite glyph's parts at their new numbers, adding the parts it lacks."""
        outline = bytearray(glyph.outline)
        place, more = 10, True
        while more:
            flags, part = struct.unpack_from(">HH", outline, place)
            if part not in numbers:
                order.append(part)
                numbers[part] = len(order)
            struct.pack_into(">H", outline, place + 2, numbers[part])
            place += 8 if flags & _WORDS else 6
            place += 2 * bool(flags & _SCALE) + 4 * bool(flags & _XY_SCALE)
            place += 8 * bool(flags & _TWO_BY_TWO)
            more = bool(flags & _MORE)
        return glyph._replace(outline=bytes(outline), checksum=_checksum(outline))

    def _assemble(self, taken: list["_Glyph"]) -> bytes:
        count = len(taken)
        head, hhea, maxp = (bytearray(self.table(tag)) for tag in ("head", "hhea", "maxp"))
        head[8:12] = bytes(4)
        struct.pack_into(">H", hhea, 34, count)
        struct.pack_into(">H", maxp, 4, count)
        outlines = [glyph.outline for glyph in taken]
        places = accumulate(map(len, outlines), initial=0)
        metrics = chain.from_iterable([glyph.metrics for glyph in taken])
        tables = {
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": struct.pack(">" + "Hh" * count, *metrics),
            "loca": struct.pack(f">{count + 1}I", *places),
            "maxp": bytes(maxp),
        }
        tables |= {tag: self.table(tag) for tag in _HINTS if tag in self._tables}
        sums = {tag: _checksum(body) for tag, body in tables.items()}
        tables["glyf"] = b"".join(outlines)
        sums["glyf"] = sum([glyph.checksum for glyph in taken]) & 0xFFFFFFFF
        return _file(tables, sums)

    def table(self, tag: str) -> bytes:
        """Return a table as it is.  Raises KeyError where the font has none such."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]


def _file(tables: dict[str, bytes], sums: dict[str, int]) -> bytes:
    """Join tables into a font file and set the checksum of the whole."""
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x10000, count, search, power, 16 * count - search)
    offset, head, bodies = 12 + 16 * count, 0, []
    for tag in sorted(tables):
        if tag == "head":
            head = offset
        length = len(tables[tag])
        directory += struct.pack(">4sIII", tag.encode(), sums[tag], offset, length)
        bodies.append(tables[tag] + bytes(-length % 4))
        offset += length + -length % 4
    file = bytearray(b"".join((directory, *bodies)))
    whole = sum(sums.values()) + _checksum(directory)
    struct.pack_into(">I", file, head + 8, (_MAGIC - whole) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(data: bytes | bytearray) -> int:
    padded = bytes(data) + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
