"""An export of a patent database or of the office: how patents stand now, row by row.

Headings are those an import knows; what an export says beside number, status, annuities, owners
and days is passed over.  This module must not know the store or a screen.
"""

from collections.abc import Iterator, Sequence

import msgspec

from forms.exchange.row_cells import Answer, Row
from forms.exchange.sheet_columns import NUMBER, TITLE, Names
from forms.exchange.sheet_layout import header_of
from forms.exchange.sheet_rows import listed
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.pack.types import Field, Pack

SYNCED = (
    "patent.legal_status",
    "patent.fee_paid_to",
    "owners",
    "patent.transferred_on",
    "patent.lapse_notice_on",
    "patent.pledge",
    "patent.hold",
    "patent.fee_reduction",
    "patent.open_licence_recorded_on",
    "patent.filing_date",
    "patent.grant_date",
)
"""The facts that are taken from an export, in the order they are told."""


class StatusLine(msgspec.Struct, frozen=True, gc=False):
    """What a row says of a patent: the answers that could be read, none of them blank."""

    row: Row
    number: PatentNumber
    answers: tuple[Answer, ...]


class StatusExport(msgspec.Struct, frozen=True):
    """The rows with a patent's number, the facts that have a column, and what is to be told."""

    lines: tuple[StatusLine, ...]
    asked: tuple[Field, ...]
    notes: tuple[str, ...] = ()


def synced_fields(packs: Sequence[Pack]) -> tuple[Field, ...]:
    """Return the facts of an export as fields, each with the headings that any pack knows."""
    fields = []
    for path in SYNCED:
        found = [field for pack in packs if (field := pack.field(path)) is not None]
        if found:
            columns = dict.fromkeys(column for field in found for column in field.columns)
            fields.append(msgspec.structs.replace(found[0], columns=tuple(columns)))
    return tuple(fields)


def read_status_export(sheets: Sequence[Sheet], packs: Sequence[Pack]) -> StatusExport:
    """Return what tables say of patents, in the words of some packs (at least one).

    Raises UnreadableFile where no table names patents and anything of how they stand.
    """
    identity = [field for path in (NUMBER, TITLE) if (field := packs[0].field(path)) is not None]
    fields = synced_fields(packs)
    pack = msgspec.structs.replace(packs[0], fields=(*identity, *fields))
    names, asked = Names(pack), set[str]()
    lines: list[StatusLine] = []
    notes: list[str] = []
    for sheet in sheets:
        header = header_of(sheet, names)
        if header is None:
            continue
        here = {field.path for column in header.columns for field in column.fields}
        if NUMBER not in here or not here & {field.path for field in fields}:
            continue
        asked |= here
        rows, _ = listed(sheet, header, pack)
        for row in rows:
            line = _line(row)
            if line is not None:
                lines.append(line)
            notes += _notes(row, line)
    if not asked:
        file = sheets[0].file if sheets else ""
        raise UnreadableFile(
            f"“{file}”中没有可核对的表：须有“专利号”一列，和“法律状态”“年费已交至”“专利权人”等任一列。"
        )
    used = tuple(field for field in fields if field.path in asked)
    return StatusExport(tuple(lines), used, tuple(notes))


def _line(row: Row) -> StatusLine | None:
    if row.is_sample:
        return None
    try:
        number = parse(row.number)
    except NotAPatentNumber:
        return None
    said = tuple(
        answer
        for answer in row.answers
        if answer.field.path in SYNCED and answer.sort == "read" and answer.text
    )
    return StatusLine(row, number, said)


def _notes(row: Row, line: StatusLine | None) -> Iterator[str]:
    where = place_of(row)
    if line is None:
        if not row.is_sample:
            yield f"{where}没有能识别的专利号，未核对"
        return
    for answer in row.answers:
        if answer.sort == "unread" and answer.field.path in SYNCED:
            yield f"{where}“{answer.field.label}”一格不能识别，未采用"


def place_of(row: Row) -> str:
    """Where a row stands, as it is told."""
    sheet = f"工作表“{row.sheet.name}”" if row.sheet.name else ""
    return f"“{row.sheet.file}”{sheet}第 {row.row} 行"
