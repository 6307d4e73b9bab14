"""Tell the rows of a sheet that hold nothing but plain cells, by one pattern over their bytes.

Such rows are nearly all there are, and there is nothing to note of them that the pattern does not
say: no formula, no error, every cell where its row is, every place of a shared text a number.  An
element that is not asked for takes a tenth of the time of one that is handed over, so these need
not be handed over.  The parser goes through them all the same: what is no XML is refused by it.

What the pattern does not know is no fault: those rows are looked at cell by cell, as any were.
This module must not know zips, packs or cases.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Mapping

import msgspec

from forms.exchange.number_formats import Format
from forms.exchange.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

Place = tuple[int, int]  # row and column, from 0

_LAST_COLUMN = 78  # BZ, so that as many rows as may be are few enough cells
assert _LAST_COLUMN <= MAX_COLUMNS and _LAST_COLUMN * MAX_ROWS <= MAX_CELLS

_ATTRIBUTES = (
    rb"spans|ht|customHeight|s|customFormat|hidden|outlineLevel|collapsed|thickTop|thickBot|ph"
    rb"|x14ac:dyDescent"
)


def _row(said: bytes, quoted: bytes, blank: bytes) -> re.Pattern[bytes]:
    """The pattern of a row: what cells may say, what attributes may, what may be between rows."""
    cell = (
        rb'<c r="[AB]?[A-Z]\1"(?: s="(?:0|[1-9][0-9]{0,4})")?+(?:/>'
        rb'| t="s"(?:/>|>(?:<v>[0-9]{1,9}</v>)?+</c>)'
        rb'|(?: t="(?:n|b|str|inlineStr)")?+(?:/>|>(?:<v>' + said + rb"</v>"
        rb'|<is><t(?: xml:space="preserve")?+>' + said + rb"</t></is>)?+</c>))"
    )
    attribute = rb" (?:" + _ATTRIBUTES + rb')="' + quoted + rb'"'
    return re.compile(
        blank
        + rb'<row r="([1-9][0-9]{0,4})"((?:'
        + attribute
        + rb")*+)(?:/>|>(?:"
        + cell
        + rb")*+</row>)"
    )


_ROW = _row(rb"[^<]*+", rb'[^"<&]*+', rb"\s*+")
_LETTERS = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]++"
_NUMBER = (  # of a letter; none is a surrogate, or over 65499
    rb"[1-4][0-9]{4}|[1-9][0-9]{2,3}|5[0-489][0-9]{3}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
)
_SURE_ROW = _row(
    rb"(?:(?:&#[1-4][0-9][0-9][0-9][0-9];)++|"  # nearly all Chinese, where it is written so
    + _LETTERS
    + rb"|&(?:#(?:"
    + _NUMBER
    + rb")|amp|lt|gt|quot|apos);)*+",
    rb'[^"<&\x00-\x1f]*+',
    rb"[\t\n\r ]*+",
)
"""A row that is XML for sure, once its letters and attributes are looked at."""
_AT_ONCE = 1 << 20  # bytes that are decoded together
_NO_TEXT = b"]]>"
_NO_LETTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE, U+FFFF
_BEGINS, _ENDS = b"<sheetData>", b"</sheetData>"
_IN_ROWS = re.compile(rb"<(?:[^\s<>/]*:)?(?:row|c|v|is|f)\b")
_DECLARED = re.compile(rb"\s*<\?xml [^<>]*\?>")
_OTHER_CODE = re.compile(rb"encoding\s*=\s*['\"](?!utf-8['\"])", re.IGNORECASE)
_BLANKS = b"\t\n\r "
_NAME = re.compile(rb' ([^ =]+)="[^"]*"')
_HIDDEN = (b' hidden="1"', b' hidden="true"')
_SHARED = re.compile(rb' t="s"><v>([0-9]+)</v>')

_TABLE = re.compile(rb"\s*<sst(?: [^<>]*)?>")
_TEXT = re.compile(rb"<si><t(?: xml:space=\"preserve\")?+>([^<]*+)</t></si>")
_LETTER = re.compile(r"&[^;]*;")


class PlainRows(msgspec.Struct, frozen=True):
    """Rows of a sheet between two places of its bytes, and all that is to be noted of them.

    `formats` are those of filled cells whose style matters, `shared` the places of the shared
    texts that they show, `hidden_rows` count from 0.  `are_xml` says that a parser has nothing
    to refuse among them.
    """

    start: int
    end: int
    formats: dict[Place, Format]
    shared: list[int]
    hidden_rows: list[int]
    are_xml: bool


def plain_rows(part: bytes, styles: Mapping[str, Format]) -> PlainRows | None:
    """Return the rows of a sheet if all of them are plain, None where any may not be.

    `styles` are the formats that matter, by a cell's style.
    """
    start = part.find(_BEGINS) + len(_BEGINS)
    end = part.find(_ENDS, start)
    if start < len(_BEGINS) or end < 0 or "0" in styles:
        return None
    head, tail = part[:start], part[end:]
    declared = _DECLARED.match(head)
    if declared and _OTHER_CODE.search(declared[0]):
        return None
    for around in (head[declared.end() if declared else 0 :], tail):
        if b"<!" in around or b"<?" in around or _IN_ROWS.search(around):
            return None
    for pattern in (_SURE_ROW, _ROW):
        if (known := _known(pattern, part, start, end)) is None:
            continue
        hidden, attributes = known
        shared = list(map(int, _SHARED.findall(part, start, end)))
        are_xml = (
            pattern is _SURE_ROW
            and all(map(_is_each_once, attributes))
            and _are_letters(part, start, end)
        )
        return PlainRows(start, end, _formats(part, start, end, styles), shared, hidden, are_xml)
    return None


def _known(
    pattern: re.Pattern[bytes], part: bytes, start: int, end: int
) -> tuple[list[int], set[bytes]] | None:
    """Return which rows are hidden, from 0, and what rows have for attributes.

    None where the pattern does not know all of them.
    """
    at, hidden, every = start, list[int](), set[bytes]()
    while row := pattern.match(part, at, end):
        at, number, attributes = row.end(), int(row[1]), row[2]
        if number > MAX_ROWS:
            return None
        if attributes:
            every.add(attributes)
            if any(one in attributes for one in _HIDDEN):
                hidden.append(number - 1)
    return None if part[at:end].strip(_BLANKS) else (hidden, every)


def _are_letters(part: bytes, start: int, end: int) -> bool:
    """Whether rows are text that a parser takes; what is no letter of XML was not let through."""
    if part.find(_NO_TEXT, start, end) >= 0:
        return False
    if part.isascii():
        return True
    if any(part.find(one, start, end) >= 0 for one in _NO_LETTERS):
        return False
    decoder, rows = getincrementaldecoder("utf-8")(), memoryview(part)[start:end]
    try:
        for place in range(0, len(rows), _AT_ONCE):
            decoder.decode(rows[place : place + _AT_ONCE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_each_once(attributes: bytes) -> bool:
    names = _NAME.findall(attributes)
    return len(names) == len(set(names))


def _formats(
    part: bytes, start: int, end: int, styles: Mapping[str, Format]
) -> dict[Place, Format]:
    if not styles:
        return {}
    mattering = "|".join(sorted(styles)).encode()
    filled = re.compile(
        rb'<c r="([AB]?)([A-Z])([0-9]+)" s="(' + mattering + rb')"(?: t="\w++")?+><(?:v|is)>'
    )
    found: dict[Place, Format] = {}
    for first, last, row, style in filled.findall(part, start, end):
        column = (first[0] - 64) * 26 if first else 0
        found[int(row) - 1, column + last[0] - 65] = styles[style.decode()]
    return found


def plain_lengths(part: bytes) -> list[int] | None:
    """Return the length of every shared text if all of them are plain, None where any may not be.

    A character that is written by its number or its name is one.
    """
    declared = _DECLARED.match(part)
    if b"\r" in part or (declared and _OTHER_CODE.search(declared[0])):
        return None
    table = _TABLE.match(part, declared.end() if declared else 0)
    if table is None:
        return None
    at, texts = table.end(), []
    for text in _TEXT.finditer(part, at):
        if text.start() != at:
            return None
        at = text.end()
        texts.append(text[1])
    if part[at:].rstrip() != b"</sst>":
        return None
    try:
        return [_length(text.decode()) for text in texts]
    except UnicodeDecodeError:
        return None


def _length(text: str) -> int:
    return len(_LETTER.sub("&", text) if "&" in text else text)
