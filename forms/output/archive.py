"""What makes a PDF fit for the archive and for every reader: XMP metadata, meaning of colours.

Source: ISO 19005-2 (PDF/A-2, levels A and B; 6.6.2.3.3 for the description of further schemas);
ISO 14289-1, 5 (the claim of PDF/UA-1); ICC.1:2001-04 for the profile; IEC 61966-2-1 for sRGB.
It knows the texts it is given, not where they come from.
"""

import struct
import zlib
from functools import cache, lru_cache

# sRGB's primaries and white, adapted to D50, as its profiles state them.
_WHITE = (0.9505, 1.0, 1.0891)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_CURVE_STEPS = 1024

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{more}<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{tool}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>{claim}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_UNIVERSAL = """<rdf:Description rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
_SUBJECT = (
    '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n'
)
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"


def xmp(
    *, title: str, subject: str, author: str, tool: str, producer: str, tagged: bool = False
) -> bytes:
    """Return the metadata packet; subject and author are left out where empty.

    A tagged file claims PDF/A-2a and PDF/UA-1, another PDF/A-2b.
    """
    before, after = _around_title(subject, author, tool, producer, tagged)
    return b"".join((before, _xml(title).encode(), after))


@lru_cache(maxsize=64)
def _around_title(
    subject: str, author: str, tool: str, producer: str, tagged: bool
) -> tuple[bytes, bytes]:
    """What stands before and behind the title, which alone differs between a paper's copies."""
    more = _SUBJECT.format(_xml(subject)) if subject else ""
    more += _AUTHOR.format(_xml(author)) if author else ""
    before, after = _XMP.split("{title}")
    how = {
        "level": "A" if tagged else "B",
        "more": more,
        "tool": _xml(tool),
        "producer": _xml(producer),
        "claim": _UNIVERSAL if tagged else "",
    }
    return before.format(**how).encode(), after.format(**how).encode()


def _xml(words: str) -> str:
    if not words.isprintable():
        words = "".join(character for character in words if character.isprintable())
    return words.translate(_ESCAPED)


@cache
def srgb_profile() -> bytes:
    """Return a colour profile of sRGB (ICC version 2, display), made here from the standard."""
    curve = struct.pack(
        f">4s4xI{_CURVE_STEPS}H", b"curv", _CURVE_STEPS, *map(_light, range(_CURVE_STEPS))
    )
    tags = {
        b"desc": _description("sRGB"),
        b"cprt": b"text\0\0\0\0Public domain\0",
        b"wtpt": _xyz(_WHITE),
        **{tag: _xyz(primary) for tag, primary in _PRIMARIES.items()},
    }
    shared = (b"rTRC", b"gTRC", b"bTRC")
    offset = 128 + 4 + 12 * (len(tags) + len(shared))
    table, body = [], b""
    for tag, data in tags.items():
        table.append(struct.pack(">4sII", tag, offset + len(body), len(data)))
        body += data + b"\0" * (-len(data) % 4)
    table += [struct.pack(">4sII", tag, offset + len(body), len(curve)) for tag in shared]
    content = struct.pack(">I", len(table)) + b"".join(table) + body + curve
    return _profile_header(128 + len(content)) + content


@cache
def packed_profile() -> bytes:
    """Return the profile as zlib packs it."""
    return zlib.compress(srgb_profile(), 9)


def _profile_header(size: int) -> bytes:
    return struct.pack(
        ">I4sI4s4s4s6H4s4sIII8sI3i4s44x",
        size,
        b"\0\0\0\0",
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2000, 1, 1, 0, 0, 0),
        b"acsp",
        b"\0\0\0\0",
        0,
        0,
        0,
        b"\0" * 8,
        0,
        *(_fixed(part) for part in (0.9642, 1.0, 0.8249)),
        b"\0\0\0\0",
    )


def _light(step: int) -> int:
    part = step / (_CURVE_STEPS - 1)
    linear = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return round(linear * 65535)


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *map(_fixed, values))


def _description(words: str) -> bytes:
    text = words.encode("ascii") + b"\0"
    return struct.pack(">4s4xI", b"desc", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)
