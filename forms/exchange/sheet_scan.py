"""Go through the sheets of a workbook before a reader does: count, and note what it gets wrong.

A sheet's cells are counted before a grid is built of them, since one cell far away makes a grid of
billions, and so are the shared texts, since one long text in a million cells makes terabytes.

What the reader would pass over is noted: formats that show more than the number (36个月, 3%),
errors such as #N/A, formulas without a result or whose result is the 0 of an empty cell, merged
cells, hidden rows and columns.

This module must not know zips, packs or cases.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any
from xml.parsers import expat

import msgspec

from forms.exchange.number_formats import Format
from forms.exchange.plain_rows import Place, plain_lengths, plain_rows
from forms.exchange.sheets import MAX_COLUMNS, Block, UnreadableFile, check_size
from forms.ground.cleaning import NO_RESULT

MAX_ELEMENTS = 5_000_000  # of a sheet or of the shared texts: about as many microseconds
MAX_SHARED_CHARACTERS = 50_000_000  # in all cells; one shared text may stand in millions

_CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
_TRUE = frozenset(("1", "true"))

Attributes = dict[str, str]


class Noted(msgspec.Struct, frozen=True):
    """What a reader gets wrong in a sheet, or does not tell.

    `formats` are those of cells that may show something else than their value, `texts` cells to
    be read as a text, `zeros` formulas whose result is 0, `spilled` the blocks that such a formula
    fills besides.  Rows and columns count from 0.
    """

    formats: dict[Place, Format] = {}
    texts: dict[Place, str] = {}
    zeros: frozenset[Place] = frozenset()
    spilled: tuple[Block, ...] = ()
    merged: tuple[Block, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()


def too_large(file: str) -> UnreadableFile:
    """Return the refusal of a workbook that is too much when it is unpacked."""
    return UnreadableFile(
        f"“{file}”解压后过大，未读取：可能是整列、整行都设了格式；"
        "请将有内容的行复制到新建的工作簿，保存后再导入。"
    )


def parser(start: Callable[[str, Attributes], Any] | None) -> expat.XMLParserType:
    """Return a parser that calls `start`, if any, for every element and refuses a document type."""
    made = expat.ParserCreate()
    made.StartDoctypeDeclHandler = refuse_doctype
    made.StartElementHandler = start
    return made


def local(name: str) -> str:
    """Return the name of an element without its namespace's prefix."""
    return name.rpartition(":")[2]


def refuse_doctype(*_: Any) -> None:
    """Raise ValueError: a workbook has no document type."""
    raise ValueError("a workbook has no document type")


def refuse_crowded(part: bytes, file: str) -> None:
    """Refuse a part of more elements than are looked at; < begins one, </ ends it.

    In every encoding that the parser knows < is that byte, so there are never more than these.
    """
    if part.count(b"<") - part.count(b"</") > MAX_ELEMENTS:
        raise too_large(file)


def text_lengths(part: bytes, file: str) -> list[int]:
    """Return the length of every shared text, as the cells name them by place."""
    lengths: list[int] = []
    refuse_crowded(part, file)

    def start(name: str, _attributes: Attributes) -> None:
        if local(name) == "si":
            lengths.append(0)

    def text(more: str) -> None:
        if lengths:
            lengths[-1] += len(more)

    if part and (plain := plain_lengths(part)) is not None:
        parser(None).Parse(part, True)
        return plain
    if part:
        reading = parser(start)
        reading.CharacterDataHandler = text
        reading.Parse(part, True)
    return lengths


class Texts:
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
            raise too_large(self.file)

    def all_used(self, places: Collection[int]) -> bool:
        """As many more cells show the texts of those places; False, and none does, if not all may.

        Whoever then goes through them one by one meets the first that may not.
        """
        if not places:
            return True
        if max(places) >= len(self.lengths):
            return False
        characters = self.characters + sum(map(self.lengths.__getitem__, places))
        if characters > MAX_SHARED_CHARACTERS:
            return False
        self.characters = characters
        return True


def scanned(part: bytes, where: str, styles: Mapping[str, Format], texts: Texts) -> Noted:
    """Return what is noted of a sheet; `styles` are the formats that matter, by a cell's style.

    Raises UnreadableFile for one too large, ValueError and ExpatError for a broken one.
    """
    scan = _Scan(where, styles, texts)
    if part:
        scan.run(part)
    return Noted(
        formats=scan.formats,
        texts=scan.texts,
        zeros=frozenset(scan.zeros),
        spilled=tuple(scan.spilled),
        merged=tuple(scan.merged),
        hidden_rows=tuple(scan.hidden_rows),
        hidden_columns=tuple(scan.hidden_columns),
    )


class _Scan:
    """Goes through a sheet's cells: counts rows and columns that hold anything, notes cells."""

    def __init__(self, where: str, styles: Mapping[str, Format], shared: Texts) -> None:
        self.where = where
        self.shared = shared
        self.styles = styles
        self.formats: dict[Place, Format] = {}
        self.texts: dict[Place, str] = {}
        self.zeros: set[Place] = set()
        self.spilled: list[Block] = []
        self.merged: list[Block] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.columns: dict[str, int] = {}  # of the letters met so far
        self.row = self.column = self.last_row = self.last_column = 0
        self.row_text = "0"
        self.is_error = self.may_be_empty = self.has_formula = self.has_result = False
        self.is_shared = self.is_listening = self.is_number = False
        self.style: Format | None = None
        self.reference = self.result = ""
        self.parser = parser(self._start)

    def run(self, part: bytes) -> None:
        refuse_crowded(part, self.shared.file)
        plain = plain_rows(part, self.styles)
        if plain is None or not self.shared.all_used(plain.shared):
            self.parser.Parse(part, True)
            self._end_cell()
            return
        self.formats, self.hidden_rows = plain.formats, plain.hidden_rows
        whole = memoryview(part)
        self.parser.Parse(whole[: plain.start], False)
        if not plain.are_xml:
            self.parser.StartElementHandler = None
            self.parser.Parse(whole[plain.start : plain.end], False)
            self.parser.StartElementHandler = self._start
        self.parser.Parse(whole[plain.end :], True)

    def _start(self, name: str, attributes: Attributes) -> None:
        if self.is_listening:
            self._end_listening()
        if name == "c":
            if self.reference or self.has_formula:
                self._end_cell()
            self._cell(attributes)
        elif name == "v" or name == "is":
            self._value()
        elif name == "f":
            self.has_formula, self.has_result = True, False
            self._formula(attributes)
        elif name == "row":
            self._end_cell()
            self._at_row(int(attributes.get("r", self.row + 1)))
            self.column = 0
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.append(self.row - 1)
        elif name == "mergeCell":
            self.merged.extend(_block(attributes.get("ref", "")))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self.hidden_columns.append((first - 1, last - 1))
        elif ":" in name:
            self._start(local(name), attributes)

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
        self.is_number = kind == "n"
        self.may_be_empty = kind == "str"  # a formula whose result is no text at all
        self.style = self.styles.get(attributes.get("s", "0"))

    def _formula(self, attributes: Attributes) -> None:
        """Note what an array formula fills: the cells beside its own have no formula."""
        if attributes.get("t") == "array" and ":" in attributes.get("ref", ""):
            self.spilled.extend(_block(attributes["ref"]))

    def _at_row(self, row: int) -> None:
        self.row, self.row_text = row, str(row)

    def _value(self) -> None:
        if self.row > self.last_row or self.column > self.last_column:
            self._grow()
        if self.may_be_empty:
            self.has_result = True
        elif self.has_formula:
            self._listen(self._result)
        if self.style is not None and not self.is_error:
            self.formats[self._place()] = self.style
        if self.is_shared:
            self._end_reference()
            self._listen(self._reference)
        elif self.is_error:
            self.texts[self._place()] = ""
            self._listen(self._error_text)

    def _listen(self, to: Callable[[str], None]) -> None:
        self.parser.CharacterDataHandler = to
        self.parser.EndElementHandler = self._end_listening
        self.is_listening = True

    def _end_listening(self, _name: str = "") -> None:
        """Hear no more: behind a value may be a line's end, which is none of its."""
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None
        self.is_listening = False

    def _result(self, text: str) -> None:
        self.has_result = True
        if self.is_number:
            self.result += text

    def _reference(self, text: str) -> None:
        self.has_result = True
        self.reference += text

    def _end_reference(self) -> None:
        if self.reference:
            self.shared.used(self.reference)
        self.reference = ""

    def _error_text(self, text: str) -> None:
        self.has_result = True
        self.texts[self._place()] += text.strip()

    def _end_cell(self) -> None:
        self._end_reference()
        if self.has_formula and not self.has_result:
            self.texts[self._place()] = NO_RESULT
        elif self.result and _is_zero(self.result):
            self.zeros.add(self._place())
        self.has_formula = False
        self.result = ""

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


def _is_zero(result: str) -> bool:
    try:
        return float(result) == 0
    except ValueError:
        return False


def _block(reference: str) -> list[Block]:
    """Return the block of cells that a reference names ("A2:B3"), none where it is none."""
    first, _, last = reference.replace("$", "").partition(":")
    corners = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if corners[0] is None or corners[1] is None:
        return []
    (left, top), (right, bottom) = ((_column(c[1]) - 1, int(c[2]) - 1) for c in corners if c)
    return [Block(top, left, bottom, right)]
