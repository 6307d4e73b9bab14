"""A PDF's objects put into one file, packed: small objects together, and an index of all.

reportlab writes each object by itself and unpacked; a tagged paper has hundreds that are alike.
Source: ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams); ISO 19005-2,
6.1.7.1 (the length of a stream) and 6.1.3 (the file's identifier).
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any

from reportlab.pdfbase import pdfdoc

from forms.output.embedded_fonts import RawObject, deflated

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 1  # zlib: much alike, so little is gained by more
_MOST = 200  # objects in one stream: a reader unpacks it whole to read one


def packed(document: Any, further: Sequence[tuple[int, bytes]] = ()) -> bytes:
    """Return the file of a reportlab document whose outline and fonts are ready.

    `further` objects have the numbers that the document has left to them.
    """
    catalog, info = (document.Reference(part).name for part in (document.Catalog, document.info))
    parts = [_HEADER]
    size = len(_HEADER)
    index: dict[int, tuple[int, int, int]] = {0: (0, 0, 0xFFFF)}  # kind, place, more
    small = list(further)
    number = 1
    while number <= document.objectcounter:  # more may be added while one is written
        name = document.numberToId.get(number)
        if name is None:
            number += 1
            continue
        entry = document.idToObject[name]
        if isinstance(entry, RawObject):
            content = entry.content
        else:
            content = bytes(pdfdoc.format(entry, document, toplevel=1)).strip()
        if content.endswith(b"endstream"):
            index[number] = (1, size, 0)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
            size += len(parts[-1])
        else:
            small.append((number, content))
        number += 1
    for start in range(0, len(small), _MOST):
        some = small[start : start + _MOST]
        index |= {held: (2, number, place) for place, (held, _) in enumerate(some)}
        index[number] = (1, size, 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, _together(some)))
        size += len(parts[-1])
        number += 1
    index[number] = (1, size, 0)
    root, about = (document.idToObjectNumberAndVersion[name][0] for name in (catalog, info))
    # Not of what is packed: another zlib packs the same otherwise.
    identity = hashlib.sha256(b"\n".join(content for _, content in small)).hexdigest()[:32].upper()
    entries = (
        f"/Type/XRef/Size {number + 1}/W[1 4 2]/Root {root} 0 R/Info {about} 0 R"
        f"/ID[<{identity}><{identity}>]"
    )
    held = chain.from_iterable([index[place] for place in range(number + 1)])
    table = struct.pack(">" + "BIH" * (number + 1), *held)
    shown = deflated(zlib.compress(table, _LEVEL), entries)
    parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, shown))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % size)
    return b"".join(parts)


def _together(objects: list[tuple[int, bytes]]) -> bytes:
    numbers, contents = zip(*objects, strict=True)
    ends = accumulate([len(content) + 1 for content in contents])
    heads = zip(numbers, (0, *ends), strict=False)  # where the last ends, none begins
    head = "".join([f"{number} {at} " for number, at in heads]).encode()
    body = b"\n".join(contents)
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head)}"
    return deflated(zlib.compress(head + body, _LEVEL), entries)
