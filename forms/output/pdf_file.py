"""A PDF's objects put into one file, packed: small objects together, and an index of all.

A file may begin with what another began with (`Start`), so that what many files share is packed
once.  Source: ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams);
ISO 19005-2, 6.1.7.1 (the length of a stream) and 6.1.3 (the file's identifier).
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 1  # zlib: much alike, so little is gained by more
MOST_TOGETHER = 200
"""Objects in one stream: a reader unpacks it whole to read one."""
_FREE, _PLAIN, _TOGETHER = range(3)  # how the index calls what is nowhere, by itself, in a stream


class Start(NamedTuple):
    """How a file begins: its bytes, their index, how many objects, and a digest of what they say.

    The digest is not of what is packed: another zlib packs the same otherwise.
    """

    content: bytes
    places: bytes
    objects: int
    digest: bytes


_ENTRY = struct.Struct(">BIH")  # of the index: how, where, and more
NOTHING = Start(_HEADER, _ENTRY.pack(_FREE, 0, 0xFFFF), 0, b"")


class Alike(NamedTuple):
    """Small objects that many files have alike (`alike`): their words, and these packed.

    They are packed by themselves, so that they may follow whatever other objects a file has.
    """

    sizes: list[int]
    text: bytes
    packed: bytes


def alike(contents: Sequence[str]) -> Alike:
    """Return small objects (ASCII) ready to be put into files that all have them alike."""
    text = "\n".join(("", *contents)).encode("ascii")
    return Alike([len(content) + 1 for content in contents], text, _packed(text))


class PdfFile:
    """A file being written.  Each object is referred to by the words `reserve` gives for it."""

    def __init__(self, start: Start = NOTHING) -> None:
        """Begin with what is shared."""
        self._start = start
        self._parts = [start.content]
        self._size = len(start.content)
        self._next = start.objects + 1
        self._small: list[tuple[int, str]] = []
        self._placed: dict[int, bytes] = {}  # their entries in the index, of a range's at its first
        self._alike: list[tuple[int, Sequence[int], Alike]] = []

    def reserve(self, count: int = 1) -> int:
        """Return the number of an object to come, the first of so many."""
        number = self._next
        self._next += count
        return number

    def put(self, content: str, number: int = 0) -> str:
        """Add a small object (ASCII), under a number reserved for it; return its reference."""
        number = number or self.reserve()
        self._small.append((number, content))
        return f"{number} 0 R"

    def put_all(self, contents: Sequence[str]) -> None:
        """Add small objects under the next numbers."""
        self._small += enumerate(contents, self.reserve(len(contents)))

    def put_alike(self, some: Alike, numbers: Sequence[int] = ()) -> None:
        """Add objects that many files have alike, under the next numbers or some reserved."""
        if count := len(some.sizes):
            first = 0 if numbers else self.reserve(count)
            numbers = numbers or range(first, first + count)
            self._alike.append((len(self._small), numbers, some))

    def stream(self, content: bytes, entries: str = "", number: int = 0) -> str:
        """Add a stream; `entries` of its dictionary say how it is packed, if it is."""
        number = number or self.reserve()
        self._placed[number] = _ENTRY.pack(_PLAIN, self._size, 0)
        head = f"{number} 0 obj\n<<{entries}/Length {len(content)}>>\nstream\n"
        self._parts += (head.encode(), content, b"\nendstream\nendobj\n")
        self._size += len(head) + len(content) + 18
        return f"{number} 0 R"

    def deflated(self, content: bytes, entries: str = "", number: int = 0) -> str:
        """Add a stream of bytes that zlib has packed."""
        return self.stream(content, f"{entries}/Filter/FlateDecode", number)

    def as_start(self) -> Start:
        """Return what is there as the beginning of other files; numbers reserved must be used."""
        digest = self._digest()
        self._put_together()
        index = self._start.places + self._index()
        return Start(b"".join(self._parts), index, self._next - 1, digest)

    def finished(self, root: str, info: str) -> bytes:
        """Return the file, its catalog and information given by reference."""
        identity = self._digest().hex()[:32].upper()
        self._put_together()
        number = self.reserve()
        self._placed[number] = _ENTRY.pack(_PLAIN, self._size, 0)
        table = self._start.places + self._index()
        entries = (
            f"/Type/XRef/Size {number + 1}/W[1 4 2]/Root {root}/Info {info}"
            f"/ID[<{identity}><{identity}>]"
        )
        # A few hundred bytes: beginning to pack them takes longer than all else here.
        head = f"{number} 0 obj\n<<{entries}/Length {len(table)}>>\nstream\n".encode()
        foot = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % self._size
        return b"".join((*self._parts, head, table, foot))

    def _digest(self) -> bytes:
        said = [content for _, content in self._small]
        for place, _, some in reversed(self._alike):
            said.insert(place, some.text[1:].decode("ascii"))
        return hashlib.sha256(self._start.digest + "\n".join(said).encode("ascii")).digest()

    def _put_together(self) -> None:
        runs = self._alike
        count = len(self._small)
        for _, those, _ in runs:
            count += len(those)
        if count > MOST_TOGETHER:
            for at, those, some in reversed(runs):
                words = some.text[1:].decode("ascii").split("\n")
                self._small[at:at] = zip(those, words, strict=True)
            runs = []
        for start in range(0, len(self._small), MOST_TOGETHER):
            numbers, contents = zip(*self._small[start : start + MOST_TOGETHER], strict=True)
            number = self.reserve()
            place = _TOGETHER.to_bytes(1, "big") + number.to_bytes(4, "big")
            places = [place + at for at in _ORDER[: len(numbers)]]
            self._placed.update(zip(numbers, places, strict=True))
            for _, those, _ in runs:
                order = _ORDER[len(numbers) : len(numbers) + len(those)]
                if isinstance(those, range):
                    self._placed[those.start] = place + place.join(order)
                else:
                    self._placed.update(zip(those, [place + at for at in order], strict=True))
                numbers += (*those,)
            self.deflated(*_together(numbers, contents, [some for _, _, some in runs]), number)
        self._small, self._alike = [], []

    def _index(self) -> bytes:
        return b"".join([self._placed[number] for number in sorted(self._placed)])


_ORDER = [at.to_bytes(2, "big") for at in range(MOST_TOGETHER)]


def _together(
    numbers: Sequence[int], contents: Sequence[str], more: Sequence[Alike]
) -> tuple[bytes, str]:
    sizes = [len(content) + 1 for content in contents]
    for some in more:
        sizes += some.sizes
    heads = chain.from_iterable(
        zip(numbers, accumulate(sizes, initial=0), strict=False)
    )  # where the last ends, none begins
    head = _HEADS[: 6 * len(numbers)] % (*heads,)
    text = (head + "\n".join(contents)).encode("ascii")
    entries = f"/Type/ObjStm/N {len(numbers)}/First {len(head)}"
    if not more:
        return zlib.compress(text, _LEVEL), entries
    packed, check = [_ZLIB, _packed(text)], zlib.adler32(text)
    for some in more:
        packed.append(some.packed)
        check = zlib.adler32(some.text, check)
    return b"".join((*packed, _LAST_BLOCK, check.to_bytes(4, "big"))), entries


_ZLIB = b"\x78\x01"  # begins what zlib packs
_LAST_BLOCK = b"\x01\0\0\xff\xff"  # an empty one, unpacked (RFC 1951, 3.2.4)


def _packed(text: bytes) -> bytes:
    """Words packed so that other such may follow."""
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(text) + packing.flush(zlib.Z_FULL_FLUSH)


_HEADS = "%d %d " * MOST_TOGETHER


@lru_cache(maxsize=512)
def text_string(words: str) -> str:
    """Return words as a PDF text string (ISO 32000-1, 7.9.2.2).

    >>> text_string("表")
    '<FEFF8868>'
    """
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
