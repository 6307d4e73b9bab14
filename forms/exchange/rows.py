"""The rows of a sheet that may be cases: every cell under the field it answers.

Of several columns that mean the same the first one filled counts; a column that several
fields share goes to the one the row's own answers ask for.  Blank rows and repeated
headers are passed over, the template's sample says that it is one.  This module must not know
cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from forms.cleaning import Cell, cell_text, clean_lines, narrow
from forms.exchange.columns import NUMBER, TITLE, Header, with_unit
from forms.exchange.sheets import Sheet
from forms.pack.types import Field, Pack
from forms.reading import Unreadable, Value, is_blank, read, write

SAMPLE_MARK = "示例"  # a row whose number begins so is the template's sample, not a patent
NO_CASE = "既没有专利号，也没有发明创造名称，不是一件专利。"

_CELLS_KEPT = 20_000

Sort = Literal["blank", "read", "unread"]


class Answer(msgspec.Struct, frozen=True):
    """A cell under its field; `text` is the cell in one way of writing ("" for a blank).

    2023/5/16 and a date cell have one text, 2023-05-16; what can not be read has its own, and
    no `value`.
    """

    field: Field
    cell: Cell
    text: str
    value: Value
    sort: Sort


class Row(msgspec.Struct, frozen=True):
    """A row that may be a case, `row` as a spreadsheet counts it; answers in the pack's order.

    `number` and `title` are the texts of those fields, "" where the row says nothing of them.
    """

    sheet: Sheet
    row: int
    answers: tuple[Answer, ...]
    number: str = ""
    title: str = ""

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
        return f"专利号一格写的是“{number[:40]}”，也没有发明创造名称，不是一件专利。"


def rows_of(sheet: Sheet, header: Header, pack: Pack) -> Iterator[Row]:
    """Yield a sheet's rows but blank ones and repeated headers; a sample says that it is one."""
    reader = _Reader()
    order = {field.path: place for place, field in enumerate(pack.fields)}
    titles = sheet.rows[header.row]
    for place, cells in enumerate(sheet.rows[header.row + 1 :], start=header.row + 2):
        if _is_blank_row(cells) or cells == titles:
            continue
        answers = _answers(cells, header, reader)
        number, title = (answers[path].text if path in answers else "" for path in (NUMBER, TITLE))
        in_order = sorted(answers.values(), key=lambda answer: order[answer.field.path])
        yield Row(sheet, place, tuple(in_order), number, title)


def _is_blank_row(cells: Sequence[Cell]) -> bool:
    return not any(cell not in ("", None) and cell_text(cell).strip() for cell in cells)


def as_typed(cell: Cell) -> str:
    """Return a cell's text as it is kept where it can not be read."""
    return clean_lines(cell_text(cell))


class _Reader:
    """Reads cells; most cells of a long list say what one above them said."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, type, Cell], Answer] = {}
        self._blanks: dict[str, Answer] = {}

    def answer(self, field: Field, cell: Cell) -> Answer:
        """Return what a cell says for a field."""
        key = (field.path, type(cell), cell)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _CELLS_KEPT:
                self._known.clear()
            found = self._known[key] = _read(field, cell)
        return found

    def blank(self, field: Field) -> Answer:
        """Return what a cell with nothing in it says for a field."""
        found = self._blanks.get(field.path)
        if found is None:
            found = self._blanks[field.path] = _read(field, "")
        return found


def _read(field: Field, cell: Cell) -> Answer:
    sort: Sort = "blank" if is_blank(field, cell) else "read"
    try:
        value = read(field, cell)
    except Unreadable:
        return Answer(field, cell, as_typed(cell), None, "unread")
    return Answer(field, cell, write(field, value), value, sort)


def _answers(cells: Sequence[Cell], header: Header, reader: _Reader) -> dict[str, Answer]:
    shared: list[tuple[tuple[Field, ...], Cell]] = []
    given: dict[str, Answer] = {}
    width = len(cells)
    for slot in header.slots:
        fields = slot[0].fields
        found: Answer | None = None
        for column in slot:
            cell = cells[column.place] if column.place < width else ""
            if cell == "":  # as most are
                continue
            if column.unit:
                cell = with_unit(cell, column.unit)
            answer = reader.answer(column.fields[0], cell)
            if answer.sort != "blank":
                found = answer
                break
        found = found or reader.blank(fields[0])
        if len(fields) > 1:
            shared.append((fields, found.cell))
        else:
            given[fields[0].path] = found
    for fields, cell in shared:
        field = _meant(fields, given)
        if field.path not in given:
            given[field.path] = reader.answer(field, cell)
    return given


def _meant(fields: tuple[Field, ...], given: Mapping[str, Answer]) -> Field:
    """Of fields that share a column, the one whose `when` the row's own answers meet.

    Where the choice is blank or another, the one beside which something is filled (付款期限
    beside 首期金额), else the first.
    """
    for field in fields:
        if all(_says(given.get(path), value) for path, value in field.when.items()):
            return field
    filled = [path for path, answer in given.items() if answer.text]
    for field in fields:
        beside = field.path.rpartition(".")[0] + "."
        if any(path.startswith(beside) for path in filled):
            return field
    return fields[0]


def _says(answer: Answer | None, value: str) -> bool:
    if answer is None:
        return False
    return any(c.value == value and c.label == answer.text for c in answer.field.choices)
