"""Makes tables that are no .xlsx, as other programs save them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import xlwt


def old(*rows: list[Any], fill: Callable[[Any], None] | None = None, **more: Any) -> bytes:
    """A workbook as Excel 2003 saved it; a cell may be (value, number format)."""
    made = xlwt.Workbook(**more)
    sheet = made.add_sheet("专利清单")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            value, shape = cell if isinstance(cell, tuple) else (cell, "General")
            if value is not None:
                sheet.write(place, column, value, xlwt.easyxf(num_format_str=shape))
    if fill is not None:
        fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def excel_95(rows: list[list[str]]) -> bytes:
    """A workbook of the older kind, not in a container, its texts in the Chinese code page."""

    def record(kind: int, body: bytes) -> bytes:
        return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body

    def label(row: int, column: int, text: str) -> bytes:
        said = text.encode("gbk")
        place = row.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\0\0"
        return record(0x0204, place + len(said).to_bytes(2, "little") + said)

    begin, end = record(0x0809, b"\0\5\x05\0\0\0\0\0"), record(0x000A, b"")
    font = record(0x0031, b"\xc8\0\0\0\xff\x7f\x90\x01\0\0\0\0\0\0\5Arial")
    style = record(0x00E0, b"\0\0\0\0" + b"\0" * 12)
    name = "清单".encode("gbk")
    head = begin + record(0x0042, b"\xa8\3") + font + style
    size = len(head) + 4 + 7 + len(name) + len(end)
    bound = record(0x0085, size.to_bytes(4, "little") + b"\0\0" + bytes([len(name)]) + name)
    sheet = record(0x0809, b"\0\5\x10\0\0\0\0\0")
    cells = (label(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return contained("Book", head + bound + end + sheet + b"".join(cells) + end)


def contained(name: str, stream: bytes) -> bytes:
    """An OLE container with one stream ([MS-CFB] 2)."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512

    def entry(called: str, kind: int, child: int, start: int, size: int) -> bytes:
        said = called.encode("utf-16-le") + b"\0\0"
        none = b"\xff\xff\xff\xff"
        head = said.ljust(64, b"\0") + len(said).to_bytes(2, "little") + bytes([kind, 1])
        links = none + none + child.to_bytes(4, "little", signed=True)
        end = start.to_bytes(4, "little", signed=True) + size.to_bytes(8, "little")
        return head + links + b"\0" * 36 + end

    chain = [-3, -2, *range(3, 2 + count), -2]
    table = b"".join(one.to_bytes(4, "little", signed=True) for one in chain).ljust(512, b"\xff")
    directory = entry("Root Entry", 5, 1, -2, 0) + entry(name, 2, -1, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\3\0\xfe\xff\x09\0\6\0"
    header += b"\0" * 10 + (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\0" * 4
    header += (4096).to_bytes(4, "little") + b"\xfe\xff\xff\xff" + b"\0" * 4
    header += b"\xfe\xff\xff\xff" + b"\0" * 4 + b"\0\0\0\0" + b"\xff" * 432
    return header + table + directory.ljust(512, b"\0") + stream


_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{meant}:1.0"'
    for name, meant in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_STYLES = """
<number:percentage-style style:name="N1"><number:number number:decimal-places="1"/>
<number:text>%</number:text></number:percentage-style>
<number:date-style style:name="N2"><number:year number:style="long"/><number:text>年</number:text>
<number:month/><number:text>月</number:text></number:date-style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>
</style:style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>
"""


def ods(rows: str, more: str = "", **parts: bytes) -> bytes:
    """A spreadsheet of LibreOffice's kind, from the rows of its first table."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES}'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="清单">{rows}</table:table>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", parts.get("mimetype", _SPREADSHEET))
        archive.writestr("content.xml", parts.get("content", content.encode()))
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", b"<manifest/>"))
    return out.getvalue()


def text_cell(text: str, more: str = "") -> str:
    inside = f"<text:p>{text}</text:p>"
    return f'<table:table-cell office:value-type="string"{more}>{inside}</table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def value_cell(kind: str, value: str, more: str = "", shown: str = "") -> str:
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(
        kind, "value"
    )
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"{more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
