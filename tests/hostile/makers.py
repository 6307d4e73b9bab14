"""Hostile files, made by code: nothing large or dangerous lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

import openpyxl

from forms.ground.locate import packs_folder

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PADDING = {"xl/media/noise.bin": Random(0).randbytes(600_000)}  # lowers the ratio
HEAD = ("专利号", "发明创造名称")


def book(*rows: Sequence[Any], sheet: str = "清单") -> bytes:
    """A workbook as a spreadsheet program saves it."""
    made = openpyxl.Workbook()
    made.worksheets[0].title = sheet
    for row in rows:
        made.worksheets[0].append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def _sample() -> Mapping[str, bytes]:
    with zipfile.ZipFile(packs_folder() / "hubei-2022" / "sample.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def with_parts(parts: Mapping[str, bytes], without: Sequence[str] = ()) -> bytes:
    """The sample workbook with parts put in or replaced."""
    kept = {name: part for name, part in _sample().items() if name not in without}
    return packed({**kept, **parts})


def sheet_xml(body: str, start: str = "") -> bytes:
    """A sheet with a header in its first row and further rows as XML."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEAD)
    return (
        f'{start}<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{cells}</row>{body}'
        "</sheetData></worksheet>"
    ).encode()


def encrypted_workbook() -> bytes:
    """What Excel writes with a password: an old-style container that names its content."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def locked_zip() -> bytes:
    """A zip whose entries are marked as encrypted."""
    data = bytearray(book(HEAD))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def ratio_bomb() -> bytes:
    """One part of 80 MB of zeros in 80 KB."""
    return with_parts({"xl/bomb.xml": b"\0" * 80_000_000})


def lying_bomb() -> bytes:
    """A part whose size in the directory is a lie."""
    data = with_parts({"xl/bomb.xml": b"\0" * 3_000_000})
    return data.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 10))


def nested_bomb() -> bytes:
    """Zips in a zip: only the outermost is ever opened."""
    inner = packed({"a.xml": b"\0" * 5_000_000})
    for _ in range(3):
        inner = packed({f"{i}.zip": inner for i in range(10)})
    return packed({f"{i}.zip": inner for i in range(10)})


def many_parts() -> bytes:
    """A directory of 60,000 entries."""
    return packed({f"xl/{i}.xml": b"" for i in range(60_000)}, zipfile.ZIP_STORED)


def shared_text_bomb() -> bytes:
    """One text of 300,000 characters in 200,000 cells: 60 GB once it is read."""
    text = "长" * 300_000
    shared = f'<sst xmlns="{_MAIN}"><si><t>{text}</t></si></sst>'.encode()
    cells = '<c t="s"><v>0</v></c>' * 100
    body = "".join(f'<row r="{r}">{cells}</row>' for r in range(2, 2002))
    return with_parts({SHEET: sheet_xml(body), TEXTS: shared})


def many_cells() -> bytes:
    """Six million elements: no size and no ratio tells of them."""
    return with_parts({SHEET: sheet_xml("<x/>" * 6_000_000), **_PADDING})


def far_cell(name: str = SHEET) -> bytes:
    """One cell in the last corner of the grid; `name` may differ from the listed one in case."""
    far = sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    return with_parts({name: far}, without=[SHEET])


def million_rows() -> bytes:
    """A million rows of two cells."""
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    return with_parts({SHEET: sheet_xml(row * 1_000_000), **_PADDING})


def with_doctype(doctype: str, body: str = "") -> bytes:
    """A sheet that declares entities."""
    return with_parts(
        {SHEET: sheet_xml(body, f'<?xml version="1.0"?><!DOCTYPE worksheet {doctype}>')}
    )


def billion_laughs() -> str:
    """Entities that grow tenfold, nine times."""
    entities = '<!ENTITY a0 "哈">' + "".join(
        f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)
    )
    return f"[{entities}]"
