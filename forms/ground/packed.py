"""Many records kept packed, some hundred together: what they take is what they differ by."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar, overload

import msgspec

_TOGETHER = 256
_QUICKLY = 1  # zlib's level

Record = TypeVar("Record", bound=msgspec.Struct)


class Packed(Sequence[Record]):
    """Records of one type, read as a tuple of them is: a hundred thousand names take some MB.

    Paths may be among their facts.  A look at a place unpacks those that lie with it; the last of
    these are held, so that neighbours are had at once.
    """

    def __init__(self, of: type[Record], records: Iterable[Record]) -> None:
        """Pack them as they come; none is held."""
        self._decoder = msgspec.msgpack.Decoder(list[of], dec_hook=_from_text)  # type: ignore[valid-type]
        self._blocks: list[bytes] = []
        self._count = 0
        self._held: tuple[int, list[Record]] = -1, []
        encode, rest = msgspec.msgpack.Encoder(enc_hook=str).encode, iter(records)
        while some := list(islice(rest, _TOGETHER)):
            self._blocks.append(zlib.compress(encode(some), _QUICKLY))
            self._count += len(some)

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __iter__(self) -> Iterator[Record]:
        """Yield each; one after the other they are unpacked once."""
        for block in self._blocks:
            yield from self._unpacked(block)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        """Return one by its place, or some.  Raises IndexError."""
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(self._count))]
        block, place = divmod(range(self._count)[at], _TOGETHER)
        if self._held[0] != block:
            self._held = block, self._unpacked(self._blocks[block])
        return self._held[1][place]

    def _unpacked(self, block: bytes) -> list[Record]:
        return self._decoder.decode(zlib.decompress(block))


def _from_text(of: type, text: str) -> Path:
    assert of is Path
    return Path(text)
