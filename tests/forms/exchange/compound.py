"""A compound file ([MS-CFB]) of given streams, for messages of Outlook: the least that is one."""

import struct
from collections.abc import Mapping
from itertools import pairwise

_SECTOR, _SMALL = 512, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def outlook_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a file with these streams by their paths; folders are made as they are named.

    Short ones are filled up with noughts, so that none is among the small streams.
    """
    entries: list[tuple[str, int, int, int, int]] = []  # name, kind, child, start, size
    siblings: list[int] = []
    sectors: list[bytes] = []
    chains: list[int] = []

    def put(content: bytes) -> int:
        pieces = [content[at : at + _SECTOR] for at in range(0, len(content), _SECTOR)]
        start = len(sectors)
        sectors.extend(piece.ljust(_SECTOR, b"\0") for piece in pieces)
        chains.extend([*range(start + 1, start + len(pieces)), _END][: len(pieces)])
        return start if pieces else _END

    def folder(name: str, kind: int, inside: Mapping[str, bytes]) -> int:
        place = len(entries)
        entries.append((name, kind, _FREE, _END if kind == _ROOT else 0, 0))
        siblings.append(_FREE)
        below: dict[str, dict[str, bytes]] = {}
        own = {}
        for path, content in inside.items():
            head, slash, rest = path.partition("/")
            if slash:
                below.setdefault(head, {})[rest] = content
            else:
                own[head] = content
        children = []
        for one, content in own.items():
            children.append(len(entries))
            long = content.ljust(_SMALL, b"\0") if content else b""
            entries.append((one, _STREAM, _FREE, put(long), len(long)))
            siblings.append(_FREE)
        children += [folder(one, _STORAGE, some) for one, some in below.items()]
        for one, following in pairwise(children):
            siblings[one] = following
        if children:
            entries[place] = (name, kind, children[0], entries[place][3], 0)
        return place

    folder("Root Entry", _ROOT, streams)
    directory = b"".join(
        struct.pack(
            "<64sHBBIII16sIQQIQ",
            name.encode("utf-16-le"),
            2 * len(name) + 2,
            *(kind, 1, _FREE, siblings[place], child, b"", 0, 0, 0, start, size),
        )
        for place, (name, kind, child, start, size) in enumerate(entries)
    )
    directory_at = put(directory)
    tables = 1
    while (len(sectors) + tables) * 4 > tables * _SECTOR:
        tables += 1
    fat_at = len(sectors)
    chains += [_FAT] * tables
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        *(0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, directory_at, 0, _SMALL, _END, 0, _END, 0),
        fat_at,
    )
    rest = struct.pack(f"<{tables - 1}I", *range(fat_at + 1, fat_at + tables))
    head = (head + rest).ljust(_SECTOR, b"\xff")
    return head + b"".join(sectors) + fat
