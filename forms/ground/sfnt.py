"""A TrueType file read just as far as printing needs: glyph numbers, widths, outlines, a subset.

The file is mapped, not loaded, and its tables are unpacked in bulk or where asked, so that
opening thirty megabytes costs a millisecond.  Source: the OpenType specification (cmap format
12, hmtx, long loca, glyf).  It knows neither roles nor PDF.
"""

import mmap
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import NamedTuple

_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x01, 0x08, 0x20, 0x40, 0x80
_SEGMENTED, _LONG_LOCA = 12, 1  # the kinds of cmap and loca that big fonts have
_MAGIC = 0xB1B0AFBA  # what a font file's words add up to
_WORD = 0xFFFFFFFF
_GLYPHS_KEPT = 4096
_HINTS = ("cvt ", "fpgm", "prep")


class NotTrueType(ValueError):
    """The file is no TrueType font with glyf outlines and the tables a big font has."""


class _Glyph(NamedTuple):
    """A glyph as a subset takes it: its outline filled up to whole words, and their sum.

    `low` and `high` are the halves of the outline's Adler-32, the low one less 1.
    """

    outline: bytes
    metrics: bytes  # its advance and left side, as hmtx has them
    checksum: int
    metrics_sum: int  # the same four bytes as a number
    has_parts: bool  # it names other glyphs to be put together
    low: int
    high: int


def _glyph(outline: bytes, advance: int, left: int) -> _Glyph:
    metrics = struct.pack(">Hh", advance, left)
    of_metrics = int.from_bytes(metrics, "big")
    check = zlib.adler32(outline)
    halves = (check & 0xFFFF) - 1, check >> 16
    return _Glyph(outline, metrics, _checksum(outline), of_metrics, outline[:1] == b"\xff", *halves)


class _Columns(NamedTuple):
    """Glyphs by what each has: `_Glyph`s turned over, which are far quicker to join and add up."""

    outlines: tuple[bytes, ...]
    metrics: tuple[bytes, ...]
    checksums: tuple[int, ...]
    metrics_sums: tuple[int, ...]
    has_parts: tuple[bool, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]


class _Frame(NamedTuple):
    """A font file of no glyph: its directory and the tables that do not grow with its glyphs.

    `entries` tells where in it the directory's entry of each table begins, `places` where each
    table does; `sums` are the checksums of those tables.
    """

    content: bytes
    entries: dict[str, int]
    places: dict[str, int]
    sums: dict[str, int]


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
        tables, taken = self._subset(glyphs)
        return b"".join((tables, *taken.outlines))

    def packed_subset(self, glyphs: Iterable[int]) -> tuple[bytes, int]:
        """Return such a font as zlib packs it, and its length unpacked.

        Each outline is packed by itself, once for all subsets that have it: together they would be
        a tenth smaller, and packing is most of the work.
        """
        tables, taken = self._subset(glyphs)
        packed = map(_packed, taken.outlines[1:])
        sizes = [*map(len, taken.outlines)]
        check = _adler32(tables, taken, sizes).to_bytes(4, "big")
        length = len(tables) + sum(sizes)
        return b"".join((_ZLIB, *_stored(tables), *packed, _LAST_BLOCK, check)), length

    def _subset(self, glyphs: Iterable[int]) -> tuple[bytes, _Columns]:
        """Everything of a font before its outlines, and its glyphs."""
        order = list(glyphs)
        taken = _Columns(*zip(_EMPTY, *map(self._glyphs, order), strict=True))
        if True in taken.has_parts:
            taken = _Columns(*zip(*self._with_parts(order), strict=True))
        return self._assemble(taken), taken

    def _with_parts(self, order: list[int]) -> list["_Glyph"]:
        """Glyphs of which some are put together from others, and these others behind them."""
        numbers = {one: at for at, one in reversed([*enumerate(order, 1)])}
        taken = [_EMPTY]
        for glyph in order:  # grows while composite glyphs name their parts
            found = self._glyphs(glyph)
            if found.has_parts:
                found = self._renumbered(found, order, numbers)
            taken.append(found)
        return taken

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
        return _glyph(outline, self.advance(glyph), left)

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
        advance, left = struct.unpack(">Hh", glyph.metrics)
        return _glyph(bytes(outline), advance, left)

    def _assemble(self, taken: "_Columns") -> bytes:
        frame, count = self._frame, len(taken.outlines)
        starts = [*accumulate(map(len, taken.outlines), initial=0)]
        metrics = b"".join(taken.metrics)
        loca = struct.pack(f">{count + 1}I", *starts)
        sums = {
            "hhea": frame.sums["hhea"] + count,  # the count is the last half of its word,
            "maxp": frame.sums["maxp"] + (count << 16),  # and here the first
            "hmtx": sum(taken.metrics_sums),
            "loca": sum(starts),
            "glyf": sum(taken.checksums),
        }
        file = bytearray(frame.content)
        struct.pack_into(">H", file, frame.places["hhea"] + 34, count)
        struct.pack_into(">H", file, frame.places["maxp"] + 4, count)
        for tag in ("hhea", "maxp"):
            struct.pack_into(">I", file, frame.entries[tag] + 4, sums[tag] & _WORD)
        place = len(file)
        for tag, length in (("hmtx", 4 * count), ("loca", len(loca)), ("glyf", starts[-1])):
            entry = sums[tag] & _WORD, place, length
            struct.pack_into(">III", file, frame.entries[tag] + 4, *entry)
            place += length
        whole = sum((frame.sums | sums).values()) + _checksum(file[: frame.places["hhea"]])
        struct.pack_into(">I", file, frame.places["head"] + 8, (_MAGIC - whole) & _WORD)
        return b"".join((file, metrics, loca))

    @cached_property
    def _frame(self) -> _Frame:
        bodies = {tag: bytearray(self.table(tag)) for tag in ("hhea", "maxp", "head")}
        bodies["hhea"][34:36] = bodies["maxp"][4:6] = bytes(2)
        bodies["head"][8:12] = bytes(4)
        bodies |= {tag: bytearray(self.table(tag)) for tag in _HINTS if tag in self._tables}
        tags = sorted((*bodies, "hmtx", "loca", "glyf"))
        count = len(tags)
        power = count.bit_length() - 1
        search = 16 << power
        file = bytearray(struct.pack(">IHHHH", 0x10000, count, search, power, 16 * count - search))
        for tag in tags:
            file += tag.encode() + bytes(12)
        entries = {tag: 12 + 16 * at for at, tag in enumerate(tags)}
        places, sums = {}, {}
        for tag, body in bodies.items():
            places[tag], sums[tag] = len(file), _checksum(body)
            struct.pack_into(">III", file, entries[tag] + 4, sums[tag], len(file), len(body))
            file += body + bytes(-len(body) % 4)
        return _Frame(bytes(file), entries, places, sums)

    def table(self, tag: str) -> bytes:
        """Return a table as it is.  Raises KeyError where the font has none such."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]


_MOST_STORED = 0xFFFF  # bytes in one block
_ZLIB = b"\x78\x9c"  # begins what zlib packs
_LAST_BLOCK = b"\x01\0\0\xff\xff"  # an empty one, unpacked (RFC 1951, 3.2.4)


def _stored(data: bytes) -> list[bytes]:
    """Few bytes as zlib has them unpacked: to begin packing takes longer than to pack them."""
    parts: list[bytes] = []
    for start in range(0, len(data), _MOST_STORED):
        block = data[start : start + _MOST_STORED]
        parts += (struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF), block)
    return parts


def _adler32(tables: bytes, taken: _Columns, sizes: list[int]) -> int:
    """The Adler-32 of tables and outlines, put together from that of each (RFC 1950, 2.2).

    So the outlines, twenty kilobytes, are not gone through for each subset.
    """
    first = zlib.adler32(tables)
    before = [*accumulate(taken.lows, initial=(first & 0xFFFF) - 1)]
    high: int = (first >> 16) + sum(taken.highs) + sum(map(mul, sizes, before))
    return high % _ADLER << 16 | (before[-1] + 1) % _ADLER


_ADLER = 65521


def _chunk(data: bytes) -> bytes:
    """Bytes packed so that other such may follow."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush(zlib.Z_FULL_FLUSH)


_packed = lru_cache(maxsize=_GLYPHS_KEPT)(_chunk)


def _checksum(data: bytes | bytearray) -> int:
    padded = bytes(data) + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & _WORD


_EMPTY = _glyph(b"", 1000, 0)
