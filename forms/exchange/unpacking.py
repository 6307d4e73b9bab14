"""Look into an .xlsx before a reader is let in: it is a zip from a stranger.

Its parts are unpacked within bounds.  Those that were looked at, the sheets and what they
need, are packed anew, plainly, under names in lower case (the reader minds no case): the reader
can see no other bytes; macros, pictures and all else stay behind.  A sheet's cells are counted
before a grid is built of them, since one cell far away makes a grid of billions, and so are the
shared texts, since one long text in a million cells makes terabytes.

What the reader would pass over is noted: that a number is shown as a percentage (0.03 shown as
3% is 3%), errors such as #N/A, formulas without a result.

This module must not know packs or cases.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

import msgspec

from forms.exchange.sheets import MAX_COLUMNS, UnreadableFile, check_size

MAX_PARTS = 5_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_SMALL_PART_BYTES = 10_000_000  # of styles, relations, the list of sheets
MAX_ELEMENTS = 5_000_000  # of a sheet or of the shared texts: about as many microseconds
MAX_SHARED_CHARACTERS = 50_000_000  # in all cells; one shared text may stand in millions
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 20_000_000

_CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
_PERCENT_BUILT_IN = {"9", "10"}
NO_RESULT = "（公式没有结果）"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedstrings.xml"
_ROOT = (  # ours, so that the reader finds no other workbook than we do
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_DIRECTORY_ENTRY = b"PK\x01\x02"

Place = tuple[int, int]  # row and column, from 0
Attributes = dict[str, str]


class Noted(msgspec.Struct, frozen=True):
    """Cells of a sheet that a reader gets wrong: shown as percent, or to be read as a text."""

    percents: frozenset[Place] = frozenset()
    texts: dict[Place, str] = {}


class Unpacked(msgspec.Struct, frozen=True):
    """A workbook made safe: its bytes, and what is noted of each sheet, in order."""

    data: bytes
    noted: tuple[Noted, ...]


def unpack(data: bytes, file: str) -> Unpacked:
    """Return a workbook's safe copy.  Raises UnreadableFile."""
    parts = _parts(data, file)
    if _WORKBOOK not in parts:
        raise UnreadableFile(_what_zip(parts, file))
    try:
        percents = _percent_styles(parts.get(_STYLES, b""))
        names = _sheet_parts(parts)
        lengths = _text_lengths(parts.get(_TEXTS, b""), file)
        texts = _Texts(file, lengths)
        scans = [
            _scanned(parts.get(part, b""), f"“{file}”工作表“{name}”", percents, texts)
            for name, part in names
        ]
        for name in parts:
            _refuse_entities(parts[name])
    except (expat.ExpatError, ValueError) as error:
        raise UnreadableFile(
            f"“{file}”已损坏，读不出来；请在 Excel 或者 WPS 中打开，另存一次再导入。"
        ) from error
    looked_at = {_WORKBOOK, _RELATIONS, _STYLES, _TEXTS, *(part for _, part in names)}
    kept = {name: part for name, part in parts.items() if name in looked_at}
    kept["_rels/.rels"] = _ROOT
    return Unpacked(_packed(kept), tuple(scans))


def _parts(data: bytes, file: str) -> dict[str, bytes]:
    if data.count(_DIRECTORY_ENTRY) > MAX_PARTS:
        raise _too_large(file)
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
        raise UnreadableFile(f"“{file}”已损坏或者不完整，读不出来；请重新取得这个文件。") from error


def _refuse_bombs(infos: list[zipfile.ZipInfo], file: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFile(encrypted(file))
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    is_bomb = unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or is_bomb or len(infos) > MAX_PARTS:
        raise _too_large(file)


def _too_large(file: str) -> UnreadableFile:
    return UnreadableFile(f"“{file}”解开后太大，不像正常的工作簿，没有读取。")


def encrypted(file: str) -> str:
    """Return the sentence for a workbook with a password."""
    return f"“{file}”有密码，请在 Excel 或者 WPS 中去掉密码，另存后再导入。"


def _what_zip(parts: dict[str, bytes], file: str) -> str:
    advice = "请在 Excel 或者 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再导入。"
    if "xl/workbook.bin" in parts:
        return f"“{file}”是二进制工作簿（.xlsb），{advice}"
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis"):
        return f"“{file}”是 OpenDocument 文件（.ods），{advice}"
    if "word/document.xml" in parts:
        return f"“{file}”是 Word 文档，不是工作簿。"
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
    _parser(lambda name, attributes: start(_local(name), attributes)).Parse(part, True)


def _parser(start: Callable[[str, Attributes], Any]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    return parser


def _local(name: str) -> str:
    """Return the name of an element without its namespace's prefix."""
    return name.rpartition(":")[2]


def _refuse_doctype(*_: Any) -> None:
    raise ValueError("a workbook has no document type")


def _refuse_entities(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        _refuse_doctype()


def _refuse_crowded(part: bytes, file: str) -> None:
    """Refuse a part of more elements than are looked at; < begins one, </ ends it.

    In every encoding that the parser knows < is that byte, so there are never more than these.
    """
    if part.count(b"<") - part.count(b"</") > MAX_ELEMENTS:
        raise _too_large(file)


def _sheet_parts(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return name and part of every sheet, in the workbook's order."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = (
                target[1:] if target.startswith("/") else f"xl/{target}"
            ).lower()

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            reference = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            sheets.append((attributes.get("name", ""), targets.get(reference, "")))

    if _RELATIONS in parts:
        _walk(parts[_RELATIONS], relation)
    _walk(parts[_WORKBOOK], sheet)
    return sheets


def _percent_styles(part: bytes) -> frozenset[str]:
    """Return the cell styles, by place, whose number format shows a percentage."""
    formats = set(_PERCENT_BUILT_IN)
    styles: set[str] = set()
    place = -1  # -1 outside the list of cell styles
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal place, inside
        if name == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            place += 1
            if attributes.get("numFmtId") in formats:
                styles.add(str(place))

    if part:
        _walk(part, start)
    return frozenset(styles)


def _text_lengths(part: bytes, file: str) -> list[int]:
    """Return the length of every shared text, as the cells name them by place."""
    lengths: list[int] = []
    _refuse_crowded(part, file)

    def start(name: str, _attributes: Attributes) -> None:
        if _local(name) == "si":
            lengths.append(0)

    def text(more: str) -> None:
        if lengths:
            lengths[-1] += len(more)

    if part:
        parser = _parser(start)
        parser.CharacterDataHandler = text
        parser.Parse(part, True)
    return lengths


class _Texts:
    """Counts the characters of the shared texts that stand in a workbook's cells."""

    def __init__(self, file: str, lengths: list[int]) -> None:
        self.file = file
        self.lengths = lengths
        self.characters = 0

    def used(self, place: str) -> None:
        """One more cell shows the text of that place.

        Raises ValueError where there is none: the reader would take the first text instead.
        """
        if not (place.isascii() and place.isdigit() and len(place) < 10):
            raise ValueError("a place of a shared text is a number")
        if int(place) >= len(self.lengths):
            raise ValueError("no shared text has that place")
        self.characters += self.lengths[int(place)]
        if self.characters > MAX_SHARED_CHARACTERS:
            raise _too_large(self.file)


def _scanned(part: bytes, where: str, percents: frozenset[str], texts: _Texts) -> Noted:
    scan = _Scan(where, percents, texts)
    if part:
        scan.run(part)
    return Noted(frozenset(scan.percents), scan.texts)


class _Scan:
    """Goes through a sheet's cells: counts rows and columns that hold anything, notes cells."""

    def __init__(self, where: str, percent_styles: frozenset[str], shared: _Texts) -> None:
        self.where = where
        self.shared = shared
        self.percent_styles = percent_styles
        self.percents: set[Place] = set()
        self.texts: dict[Place, str] = {}
        self.columns: dict[str, int] = {}  # of the letters met so far
        self.row = self.column = self.last_row = self.last_column = 0
        self.row_text = "0"
        self.is_percent = self.is_error = self.may_be_empty = self.has_formula = False
        self.is_shared = self.is_listening = False
        self.reference = ""
        self.parser = _parser(self._start)

    def run(self, part: bytes) -> None:
        _refuse_crowded(part, self.shared.file)
        self.parser.Parse(part, True)
        self._end_cell()

    def _start(self, name: str, attributes: Attributes) -> None:
        if self.is_listening:
            self.parser.CharacterDataHandler = None
            self.is_listening = False
        if name == "c":
            if self.reference or self.has_formula:
                self._end_cell()
            self._cell(attributes)
        elif name == "v" or name == "is":
            self._value()
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self._end_cell()
            self._at_row(int(attributes.get("r", self.row + 1)))
            self.column = 0
        elif ":" in name:
            self._start(_local(name), attributes)

    def _cell(self, attributes: Attributes) -> None:
        at = attributes.get("r", "")
        column = self.columns.get(at.removesuffix(self.row_text))
        if column is not None and at.endswith(self.row_text):
            self.column = column  # as nearly all are: of this row, in a column met before
        elif match := _CELL.fullmatch(at):
            self._at_row(int(match[2]))
            self.column = _column(match[1])
            if self.column <= MAX_COLUMNS:
                self.columns[match[1]] = self.column
        else:
            self.column += 1
        kind = attributes.get("t", "n")
        self.is_error = kind == "e"
        self.is_shared = kind == "s"
        self.may_be_empty = kind == "str"  # a formula whose result is no text at all
        self.is_percent = kind == "n" and attributes.get("s", "0") in self.percent_styles

    def _at_row(self, row: int) -> None:
        self.row, self.row_text = row, str(row)

    def _value(self) -> None:
        if self.row > self.last_row or self.column > self.last_column:
            self._grow()
        if self.may_be_empty:
            self.has_formula = False
        elif self.has_formula:
            self._listen(self._result)
        if self.is_percent:
            self.percents.add(self._place())
        elif self.is_shared:
            self._end_reference()
            self._listen(self._reference)
        elif self.is_error:
            self.texts[self._place()] = ""
            self._listen(self._error_text)

    def _listen(self, to: Callable[[str], None]) -> None:
        self.parser.CharacterDataHandler = to
        self.is_listening = True

    def _result(self, text: str) -> None:
        self.has_formula = False

    def _reference(self, text: str) -> None:
        self.has_formula = False
        self.reference += text

    def _end_reference(self) -> None:
        if self.reference:
            self.shared.used(self.reference)
        self.reference = ""

    def _error_text(self, text: str) -> None:
        self.has_formula = False
        self.texts[self._place()] += text.strip()

    def _end_cell(self) -> None:
        self._end_reference()
        if self.has_formula:
            self.texts[self._place()] = NO_RESULT
        self.has_formula = False

    def _place(self) -> Place:
        self._grow()
        return self.row - 1, self.column - 1

    def _grow(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        check_size(self.where, self.last_row, self.last_column)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
