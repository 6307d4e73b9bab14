"""All of a pool as one workbook: its facts, members, patents, applications, licences, checklists.

What is written is read in again by `pool_book_in`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from forms.facts.amounts import plain
from forms.facts.paths import value_at
from forms.office.pool_entry import STAGE_WORDS
from forms.office.pools import PoolView
from forms.output.plain_book import Cell, SheetOfRows, write_plain_book
from forms.pack.reading import write
from forms.pack.types import Field
from forms.pool.book_columns import (
    ANSWERS,
    APPLICATIONS,
    BASIS,
    CATEGORIES,
    GRADES,
    LICENCES,
    LICENSEE,
    MEMBER,
    MEMBERS,
    OPINIONS,
    PAID_BY,
    PATENTS,
    POOL,
    POOL_SHEET,
    QUESTION,
    RECEIPTS,
    REVIEWED,
    SHEETS,
    STAGE,
    BookSheet,
)
from forms.pool.book_values import licence_cells
from forms.pool.checklists import answers_of, basis_of, checklists
from forms.pool.records import Answer, Pool

_WIDEST, _LEAST, _LOOKED_AT = 40, 10, 200

Own = Mapping[str, Any]


def pool_book(view: PoolView, sheets: Sequence[BookSheet] = ()) -> bytes:
    """Return a pool as a workbook, all of it or these sheets."""
    rows = {
        MEMBERS.code: [_row(MEMBERS, one.record) for one in view.members],
        PATENTS.code: [
            _row(PATENTS, one.record, {MEMBER: view.names.get(one.record.member_id, "")})
            for one in view.patents
        ],
        APPLICATIONS.code: list(_applications(view)),
        OPINIONS.code: [
            _row(OPINIONS, opinion, {REVIEWED: one.id})
            for one in view.applications
            for opinion in one.record.opinions
        ],
        LICENCES.code: [
            _row(LICENCES, one.record, {PAID_BY: one.id} | licence_cells(one.record))
            for one in view.licences
        ],
        RECEIPTS.code: [
            _row(RECEIPTS, receipt, {PAID_BY: one.id, LICENSEE: one.record.licence.licensee.name})
            for one in view.licences
            for receipt in one.record.licence.life.receipts
        ],
        ANSWERS.code: list(_answers(view.pool.record)),
    }
    wanted = sheets or SHEETS
    made = [_sheet(one, rows[one.code]) for one in wanted]
    if not sheets:
        facts = pool_facts(view.pool.record)
        made.insert(0, SheetOfRows(POOL_SHEET, ("项目", "内容"), facts, (26, 60)))
    return write_plain_book(made, view.pool.record.name)


def empty_book(sheets: Sequence[BookSheet]) -> bytes:
    """Return a workbook of headings alone, to be filled in."""
    return write_plain_book([_sheet(one, ()) for one in sheets])


def pool_facts(pool: Pool) -> list[tuple[str, str]]:
    """Return the facts of a pool in words, a label with each."""
    own = {
        GRADES: "；".join(f"{one.name}={plain(one.weight)}" for one in pool.grades),
        CATEGORIES: "；".join(pool.categories),
    }
    return [
        (field.label, own.get(field.path) or _words(field, _at(pool, field.path))) for field in POOL
    ]


def _applications(view: PoolView) -> Iterator[tuple[Cell, ...]]:
    for one in view.applications:
        own = {REVIEWED: one.id, STAGE: STAGE_WORDS[one.record.stage]}
        for patent in one.record.patents:
            of_patent = {
                field.path: getattr(patent, field.path)
                for field in APPLICATIONS.fields
                if field.path in patent.__struct_fields__
            }
            yield _row(APPLICATIONS, one.record, own | of_patent)


def _answers(pool: Pool) -> Iterator[tuple[Cell, ...]]:
    given = answers_of(pool)
    for checklist in checklists():
        for part, item in checklist.items():
            answer = given.get(item.code, Answer(item=item.code))
            own = {QUESTION: item.words, BASIS: basis_of(checklist, part)}
            yield _row(ANSWERS, answer, own)


def _sheet(sheet: BookSheet, rows: Sequence[tuple[Cell, ...]]) -> SheetOfRows:
    heads = tuple(field.label for field in sheet.fields)
    return SheetOfRows(sheet.name, heads, rows, _widths(heads, rows))


def _row(sheet: BookSheet, record: Any, own: Own | None = None) -> tuple[Cell, ...]:
    told = own or {}
    return tuple(
        _cell(field, told[field.path] if field.path in told else _at(record, field.path))
        for field in sheet.fields
    )


def _at(record: Any, path: str) -> Any:
    return None if path.startswith("@") else value_at(record, path)


def _cell(field: Field, value: Any) -> Cell:
    if isinstance(value, Decimal) and field.kind != "percent":
        return value
    if isinstance(value, bool | str | tuple) or field.kind == "percent":
        return _words(field, value)
    return value if isinstance(value, int | date) else None


def _words(field: Field, value: Any) -> str:
    return write(field, value)


def _widths(heads: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> tuple[int, ...]:
    """How wide columns are, by their first rows: a list of thousands is not measured whole."""
    some = rows[:_LOOKED_AT]
    return tuple(
        min(_WIDEST, max(_LEAST, 2 * len(head) + 3, *(_wide(row[place]) for row in some), 0))
        for place, head in enumerate(heads)
    )


def _wide(cell: Cell) -> int:
    from forms.ground.columns import width

    return width(str(cell)) + 3 if cell is not None else 0
