"""The rows of a sheet that may be cases: every cell under the field it answers.

Of several columns that mean the same the first one filled counts; a column that several
fields share goes to the one the row's own answers ask for, and a cell of it that names a way
(免费) answers the choice where no column does.  Blank rows and repeated
headers are passed over, the template's sample says that it is one.  This module must not know
cases.
"""

import re
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Literal, cast

import msgspec

from forms.exchange.headers import Header
from forms.exchange.sheet_columns import NUMBER, TITLE, Column, with_unit
from forms.exchange.sheets import Sheet
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.several_names import remarks_in
from forms.ground.cleaning import (
    Cell,
    cell_text,
    clean_lines,
    narrow,
    private_codes,
    radicals_in,
    with_code,
)
from forms.ground.fonts import without_glyph
from forms.pack.plain_reading import plainly_read
from forms.pack.reading import Unreadable, Value, is_blank, read, write
from forms.pack.types import Field, FieldKind, Pack

SAMPLE_MARK = "示例"  # a row whose number begins so is the template's sample, not a patent
NO_CASE = "没有专利号和发明创造名称，不是专利。"

_AT_ONCE = 1000  # rows whose columns are read together
DAYS_FROM_1900_TO_1904 = 1462
_COUNTS: frozenset[FieldKind] = frozenset({"money", "percent", "number", "integer"})
_FIGURE = re.compile(r"\d")  # a 0 is a number and no way

Sort = Literal["blank", "read", "unread"]


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A cell under its field; `text` is the cell in one way of writing ("" for a blank).

    2023/5/16 and a date cell have one text, 2023-05-16; what can not be read has its own, and
    no `value`.  `note` is what is to be told of the cell, Chinese.  `radicals` stood there for the
    letters they look like.
    """

    field: Field
    cell: Cell
    text: str
    value: Value
    sort: Sort
    note: str = ""
    radicals: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row that may be a case, `row` as a spreadsheet counts it; answers in the pack's order.

    `number` and `title` are the texts of those fields, "" where the row says nothing of them.
    """

    sheet: Sheet
    row: int
    answers: tuple[Answer, ...]
    number: str = ""
    title: str = ""
    patent: PatentNumber | None = None
    """The number, where it is one."""
    is_merged_away: bool = False
    """Whether all that it says stands in cells merged with those of the row above."""

    @property
    def key(self) -> Hashable:
        """What identifies its patent: the digits of its number, or what is there instead."""
        return self.patent.digits if self.patent else (narrow(self.number), self.title)

    @property
    def is_sample(self) -> bool:
        """Whether it is marked as a sample, which is no patent."""
        return narrow(self.number).startswith(SAMPLE_MARK)

    @property
    def refusal(self) -> str:
        """Why the row is no case, or ""."""
        if self.title:
            return ""
        number = narrow(self.number)
        if not number:
            return NO_CASE
        if any(character.isdecimal() for character in number):
            return ""
        return f"专利号一格为“{number[:40]}”，也没有发明创造名称，不是专利。"


def is_blank_row(cells: Sequence[Cell]) -> bool:
    """Whether nothing stands in any of the cells."""
    return not any(cell not in ("", None) and cell_text(cell).strip() for cell in cells)


def as_typed(cell: Cell) -> str:
    """Return a cell's text as it is kept where it can not be read."""
    return clean_lines(cell_text(cell))


_Key = str | tuple[type, Cell]  # of a cell: 1, 1.0 and True are not the same


class _CellReader(dict[_Key, Answer]):
    """What the cells of a field say; most in a long list say what one above them said.

    It keeps no more than the rows do that are read by it.
    """

    def __init__(self, field: Field, *, from_1904: bool = False) -> None:
        super().__init__()
        self.field = field
        self.has_told = False
        """Whether anything is to be told of any of the cells."""
        self._is_late = from_1904 and field.kind == "date"

    def __missing__(self, key: _Key) -> Answer:
        cell = key if isinstance(key, str) else key[1]
        found = self[key] = _read(self.field, _from_1900(cell) if self._is_late else cell)
        self.has_told = self.has_told or bool(found.note or found.radicals)
        return found

    def read_plain(self, texts: Iterable[str]) -> Mapping[str, Answer]:
        """Read those of some texts together that are new and written as nearly all are."""
        field, new = self.field, [text for text in texts if text not in self]
        found = {t: Answer(field, t, t, v, "read") for t, v in plainly_read(field, new).items()}
        self.update(found)
        return found

    def answer(self, cell: Cell) -> Answer:
        """Return what a cell says for the field."""
        return self[cell if type(cell) is str else (type(cell), cell)]


class _ColumnReader(dict[_Key, Answer]):
    """What the cells of a column say for its field, its unit counted; a blank one says nothing."""

    def __init__(self, column: Column, reader: _CellReader) -> None:
        super().__init__()
        self._column = column
        self._reader = reader
        self.path = reader.field.path

    def __missing__(self, key: _Key) -> Answer:
        cell = key if isinstance(key, str) else key[1]
        unit = self._column.unit
        answer = self._reader.answer(with_unit(cell, unit) if unit else cell)
        found = self[key] = self._reader.answer("") if answer.sort == "blank" else answer
        return found

    def answers(self, columns: Sequence[Sequence[Cell]]) -> list[Answer]:
        """Return what the column says in each row of a sheet's columns."""
        cells = columns[self._column.place]
        if self._column.also:
            parts = (columns[place] for place in (self._column.place, *self._column.also))
            cells = list(map(_together, zip(*parts, strict=True)))
        each = set(cells)
        if set(map(type, each)) == {str}:  # as in nearly all columns
            if not self._column.unit:
                new = [text for text in cast("set[str]", each) if text not in self]
                self.update(self._reader.read_plain(new))
            return list(map(self.__getitem__, cast("Sequence[str]", cells)))
        return [self[cell if type(cell) is str else (type(cell), cell)] for cell in cells]


def _from_1900(cell: Cell) -> Cell:
    """Return a bare number of days since 1904 as one of the days that all else counts."""
    is_days = isinstance(cell, int | float) and not isinstance(cell, bool) and cell < 100_000
    return cell + DAYS_FROM_1900_TO_1904 if is_days and isinstance(cell, int | float) else cell


def _read(field: Field, cell: Cell) -> Answer:
    radicals = tuple(radicals_in(cell)) if type(cell) is str and not cell.isascii() else ()
    try:
        value = read(field, cell)
    except Unreadable:
        return Answer(field, cell, as_typed(cell), None, "unread", radicals=radicals)
    sort: Sort = "blank" if not value and is_blank(field, cell) else "read"
    text = write(field, value)
    return Answer(field, cell, text, value, sort, _note(field, cell, value, text), radicals)


def _note(field: Field, cell: Cell, value: Value, text: str) -> str:
    """Return what is to be told of a cell that was read."""
    if not text.isascii() and (lacking := without_glyph(text)):
        return f"：字体中没有{'、'.join(map(_unprintable, lacking))}，无法打印，请核对原件"
    if field.kind in ("parties", "names") and (remarks := remarks_in(cell_text(cell))):
        return f"名称前后的“{'、'.join(remarks)}”不是名称，未计入名称，需要的请另行写明"
    if field.kind in _COUNTS and value == 0 and not field.nought:
        return "为 0，请核对"
    return ""


def _unprintable(character: str) -> str:
    meant = private_codes().get(character)
    if meant is None:
        return with_code(character)
    return f"旧编码 U+{ord(character):04X}（现在写作“{meant}”）"


_Given = dict[str, Answer | None]


class RowReader:
    """Reads the rows under a header."""

    def __init__(self, header: Header, pack: Pack, *, from_1904: bool = False) -> None:
        self._readers = {
            field.path: _CellReader(field, from_1904=from_1904) for field in pack.fields
        }
        own: list[tuple[str, Column]] = []
        self._shared: list[tuple[tuple[Field, ...], tuple[Column, ...]]] = []
        for slot in header.slots:
            fields = slot[0].fields
            if len(fields) > 1:
                self._shared.append((fields, slot))
            else:
                own += [(fields[0].path, column) for column in reversed(slot)]
        self._own = [_ColumnReader(column, self._readers[path]) for path, column in own]
        answered = {path for path, _ in own}
        shared = {field.path for fields, _ in self._shared for field in fields}
        self._choices = {path for fields, _ in self._shared for path in fields[0].when}
        self._when = {
            field.path: [(path, self._labels(path, value)) for path, value in field.when.items()]
            for fields, _ in self._shared
            for field in fields
        }
        self._implied = {
            (field.path, path): self._readers[path].answer(value)
            for field in pack.fields
            if field.path in answered
            for path, value in _implied_words(field, pack)
        }
        implied = {path for _, path in self._implied}
        self._nothing_said: _Given = {
            path: reader.answer("") if path in answered or path in self._choices else None
            for path, reader in self._readers.items()
            if path in answered or path in shared or path in self._choices or path in implied
        }
        self._beside = {
            path: [one for one in self._nothing_said if one.startswith(_group(path))]
            for path in shared
        }
        places = (place for c in header.columns for place in (c.place, *c.also))
        self._width = max(places, default=-1) + 1

    @property
    def has_told(self) -> bool:
        """Whether anything is to be told of any cell that was read."""
        return any(reader.has_told for reader in self._readers.values())

    def rows(
        self, sheet: Sheet, places: Sequence[int], merged_away: Container[int] = ()
    ) -> Iterator[Row]:
        """Give rows of the sheet by their places from 0, in that order.

        Of those in `merged_away` all that they say is merged with the row above.
        """
        for start in range(0, len(places), _AT_ONCE):
            portion = places[start : start + _AT_ONCE]
            for place, given in zip(
                portion, self._given([sheet.rows[one] for one in portion]), strict=True
            ):
                number, title = given.get(NUMBER), given.get(TITLE)
                yield Row(
                    sheet,
                    place + 1,
                    tuple(filter(None, given.values())),
                    number.text if number else "",
                    title.text if title and title.sort == "read" else "",
                    _parsed(number.text) if number else None,
                    place in merged_away,
                )

    def answer(self, path: str, cell: Cell) -> Answer:
        """Return what a cell says for a field."""
        return self._readers[path].answer(cell)

    def _given(self, rows: Sequence[Sequence[Cell]]) -> Iterator[_Given]:
        """What each row says, in the pack's order; None for what another field was meant by."""
        width = self._width
        rows = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]
        said: dict[str, Iterable[Answer | None]] = {
            path: repeat(answer) for path, answer in self._nothing_said.items()
        }
        columns = list(zip(*rows, strict=False))
        for column in self._own:
            answers, before = column.answers(columns), said[column.path]
            if not isinstance(before, repeat):  # over that of a column whose name is less good
                answers = [
                    worse if worse is not None and better.sort == "blank" else better
                    for worse, better in zip(before, answers, strict=True)
                ]
            said[column.path] = answers
        paths = tuple(said)
        answered_by_row = zip(*said.values(), strict=False) if said else repeat(())
        for cells, answered in zip(rows, answered_by_row, strict=False):
            given = dict(zip(paths, answered, strict=True))
            self._answer_shared(cells, given)
            yield given

    def _answer_shared(self, cells: Sequence[Cell], given: _Given) -> None:
        """Answer by a row's shared columns the fields they mean there, and what is implied."""
        for fields, columns in self._shared:
            cell = self._first_filled(columns, cells)
            if self._names_a_way(fields, cell, given):
                continue
            path = self._meant(fields, given)
            held = given[path]
            if held is None or held.sort == "blank":
                given[path] = self._readers[path].answer(cell)
        for (said, path), implied in self._implied.items():
            filled, held = given[said], given[path]
            if filled and filled.sort == "read" and (held is None or held.sort == "blank"):
                given[path] = implied

    def _names_a_way(self, fields: Sequence[Field], cell: Cell, given: _Given) -> bool:
        """Whether a shared cell says no more than the way: it is answered where it was blank."""
        if not isinstance(cell, str) or _FIGURE.search(cell):
            return False
        for path in fields[0].when:
            reader, held = self._readers.get(path), given.get(path)
            said = reader.answer(cell) if reader is not None else None
            if said is None or said.sort != "read":
                continue
            if held is None or held.sort == "blank":
                given[path] = said
            if (stands := given[path]) is not None and stands.text == said.text:
                return True
        return False

    def _meant(self, fields: tuple[Field, ...], given: Mapping[str, Answer | None]) -> str:
        """Of fields that share a column, the path of that whose `when` the row's answers meet.

        Where the choice is blank or another, the one beside which something is filled (付款期限
        beside 首期金额), else the first.
        """
        for field in fields:
            for path, labels in self._when[field.path]:
                if (answer := given.get(path)) is None or answer.text not in labels:
                    break
            else:
                return field.path
        for field in fields:
            beside = (given[path] for path in self._beside[field.path])
            if any(answer is not None and answer.text for answer in beside):
                return field.path
        return fields[0].path

    def _labels(self, path: str, value: str) -> frozenset[str]:
        """The words in which the answer of a field is that value."""
        reader = self._readers.get(path)
        choices = reader.field.choices if reader is not None else ()
        return frozenset(choice.label for choice in choices if choice.value == value)

    def _first_filled(self, columns: Sequence[Column], cells: Sequence[Cell]) -> Cell:
        """Return what stands in the first of several columns that says anything."""
        for column in columns:
            cell = with_unit(cells[column.place], column.unit)
            if self._readers[column.fields[0].path].answer(cell).sort != "blank":
                return cell
        return ""


def _implied_words(field: Field, pack: Pack) -> Iterator[tuple[str, str]]:
    """The choices that a field answers where a row leaves them open, with the word for each."""
    for path, value in field.implies.items():
        other = pack.field(path)
        for choice in other.choices if other else ():
            if choice.value == value:
                yield path, choice.label


def _together(cells: Sequence[Cell]) -> Cell:
    """Return what the cells of several columns say as one list."""
    texts = (cell_text(cell).strip() for cell in cells)
    return "；".join(text for text in texts if text)


def _group(path: str) -> str:
    return path.rpartition(".")[0] + "."


def _parsed(text: str) -> PatentNumber | None:
    try:
        return parse(text)
    except NotAPatentNumber:
        return None
