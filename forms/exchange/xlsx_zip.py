"""Look into an .xlsx before a reader is let in: it is a zip from a stranger.

Its parts are unpacked within bounds.  Which part is the workbook, a sheet, the styles is found as
the format has it, by their relations and not by their names.  Those that were looked at are
packed anew, plainly, under the usual names: the reader can see no other bytes; macros, pictures
and all else stay behind.  What `forms.exchange.sheet_scan` notes of the sheets goes with them.

This module must not know packs or cases.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import msgspec

from forms.exchange.number_formats import BUILT_IN, Format, format_of
from forms.exchange.sheet_scan import (
    Attributes,
    Noted,
    Texts,
    local,
    parser,
    refuse_doctype,
    scanned,
    text_lengths,
    too_large,
)
from forms.exchange.sheets import UnreadableFile
from forms.exchange.strangers import SAVE_AS, damaged, encrypted

MAX_PARTS = 5_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_SMALL_PART_BYTES = 10_000_000  # of styles, relations, the list of sheets
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 20_000_000

_WORKBOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedstrings.xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DIRECTORY_ENTRY = b"PK\x01\x02"


class Unpacked(msgspec.Struct, frozen=True):
    """A workbook made safe: its bytes, and what is noted of each sheet, in order.

    `from_1904` says that its days count from 1904.
    """

    data: bytes
    noted: tuple[Noted, ...]
    from_1904: bool = False


class _Relation(msgspec.Struct, frozen=True):
    """A relation of a part: its id, its whole type, the part it leads to."""

    id: str
    type: str
    target: str

    @property
    def sort(self) -> str:
        """The last word of its type: worksheet, styles, sharedStrings."""
        return self.type.rpartition("/")[2]


def unpack(parts: dict[str, bytes], file: str) -> Unpacked:
    """Return a safe copy of the workbook of some parts.  Raises UnreadableFile."""
    try:
        book = _book(parts)
        if book is None:
            raise UnreadableFile(_what_zip(parts, file))
        relations = _relations(parts, book)
        names = {relation.sort: relation.target for relation in relations}
        styles = parts.get(names.get("styles", _STYLES), b"")
        shared = parts.get(names.get("sharedStrings", _TEXTS), b"")
        formats = _formats(styles)
        texts = Texts(file, text_lengths(shared, file))
        sheets, from_1904 = _sheets(parts[book], relations)
        scans = [
            scanned(parts.get(part, b""), f"“{file}”工作表“{name}”", formats, texts)
            for name, part in sheets
        ]
        for part in parts.values():
            _refuse_entities(part)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last of an encoding
        raise UnreadableFile(damaged(file)) from error
    kept = {_WORKBOOK: parts[book], _STYLES: styles, _TEXTS: shared}
    renamed = {part: f"xl/worksheets/sheet{n}.xml" for n, (_, part) in enumerate(sheets, 1)}
    kept |= {new: parts[part] for part, new in renamed.items() if part in parts}
    relations += (  # of the usual names, where nothing leads to them
        _Relation("ours-styles", f"{_OF_OFFICE}styles", _STYLES),
        _Relation("ours-texts", f"{_OF_OFFICE}sharedStrings", _TEXTS),
    )
    renamed |= {names.get("styles", _STYLES): _STYLES, names.get("sharedStrings", _TEXTS): _TEXTS}
    kept["xl/_rels/workbook.xml.rels"] = _written(relations, renamed)
    root = _Relation("a", f"{_OF_OFFICE}officeDocument", _WORKBOOK)
    kept["_rels/.rels"] = _written((root,), {})
    return Unpacked(_packed({n: p for n, p in kept.items() if p}), tuple(scans), from_1904)


def _book(parts: Mapping[str, bytes]) -> str | None:
    """Return the name of the part that is the workbook, None where there is none."""
    roots = [r.target for r in _relations(parts, "") if r.sort == "officeDocument"]
    return next((name for name in (*roots, _WORKBOOK) if _is_workbook(parts.get(name))), None)


def _is_workbook(part: bytes | None) -> bool:
    names: list[str] = []
    if part:
        _walk(part, lambda name, _: names.append(name))
    return names[:1] == ["workbook"]


def _relations(parts: Mapping[str, bytes], of: str) -> tuple[_Relation, ...]:
    """Return what leads from a part to others, "" for the whole file."""
    folder, name = posixpath.split(of)
    found: list[_Relation] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            id, type = attributes.get("Id", ""), attributes.get("Type", "")
            found.append(_Relation(id, type, target.lstrip("/").lower()))

    part = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if part:
        _walk(part, relation)
    return tuple(found)


def _written(relations: tuple[_Relation, ...], renamed: Mapping[str, str]) -> bytes:
    lines = "".join(
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)}"
        f" Target={quoteattr('/' + renamed.get(one.target, one.target))}/>"
        for one in relations
    )
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'.encode()


def parts_of(data: bytes, file: str) -> dict[str, bytes]:
    """Return the parts of a zip that may be looked at, under names in lower case, within bounds.

    Raises UnreadableFile.
    """
    if data.count(_DIRECTORY_ENTRY) > MAX_PARTS:
        raise too_large(file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_bombs(infos, file)
            named = {info.filename.replace("\\", "/").lower(): info for info in infos}
            return {
                name: archive.read(info) if not name.endswith(".bin") else b""
                for name, info in named.items()
                if name.endswith((".xml", ".rels", "mimetype", "xl/workbook.bin"))
            }
    except UnreadableFile:
        raise
    except Exception as error:  # a broken zip raises nearly anything
        raise UnreadableFile(f"“{file}”已损坏或不完整，无法读取，请重新取得该文件。") from error


def _refuse_bombs(infos: list[zipfile.ZipInfo], file: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFile(encrypted(file))
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    is_bomb = unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or is_bomb or len(infos) > MAX_PARTS:
        raise too_large(file)


def _what_zip(parts: dict[str, bytes], file: str) -> str:
    if "xl/workbook.bin" in parts:
        return f"“{file}”是二进制工作簿（.xlsb），{SAVE_AS}"
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis"):
        return f"“{file}”是 OpenDocument 文件，但不是表格（.ods），请另选文件。"
    if "word/document.xml" in parts:
        return f"“{file}”是 Word 文档，不是工作簿，请另选文件。"
    return f"“{file}”是压缩文件，不是工作簿；请解压后导入其中的工作簿。"


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _walk(part: bytes, start: Callable[[str, Attributes], Any]) -> None:
    """Call `start` with the local name and attributes of every element; refuse a DTD.

    Raises ValueError.
    """
    if len(part) > MAX_SMALL_PART_BYTES:
        raise ValueError("no workbook has so much to say of itself")
    parser(lambda name, attributes: start(local(name), attributes)).Parse(part, True)


def _refuse_entities(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        refuse_doctype()


def _sheets(
    workbook: bytes, relations: tuple[_Relation, ...]
) -> tuple[list[tuple[str, str]], bool]:
    """Return name and part of every sheet, in the workbook's order, and whether from 1904."""
    targets = {relation.id: relation.target for relation in relations}
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if name == "sheet":
            reference = next((v for k, v in attributes.items() if local(k) == "id"), "")
            sheets.append((attributes.get("name", ""), targets.get(reference, "")))
        elif name == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")

    _walk(workbook, start)
    return sheets, from_1904


def _formats(part: bytes) -> dict[str, Format]:
    """Return the number formats that show more than the number, by the place of a cell style."""
    codes = {str(id): code for id, code in BUILT_IN.items()}
    styles: dict[str, Format] = {}
    place = -1  # of a style in the list of cell styles
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal place, inside
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            place += 1
            found = format_of(codes.get(attributes.get("numFmtId", ""), "")[:255])
            if found.matters:
                styles[str(place)] = found

    if part:
        _walk(part, start)
    return styles
