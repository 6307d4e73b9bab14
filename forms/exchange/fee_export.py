"""What the office's payment platform shows of annuities, copied or saved as a table.

Tables of fees owed (应缴) have a last day, those of fees paid (已缴) a day of payment; the
columns are those of 应缴费查询, 待缴费业务 and the public query.  A table that names no patent
is of the one said above it, or of the one asked for.  This module must not know the store or a
screen.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.quantities import Unreadable, read_date, read_day_number, read_money
from forms.ground.cleaning import Cell, cell_text, fold, narrow

Column = Literal["number", "fee", "amount", "due", "paid_on"]

_HEADINGS: Mapping[Column, tuple[str, ...]] = {
    "number": (
        *("申请号/专利号", "申请号", "专利号", "专利申请号"),
        "申请号/专利号/国际申请号/海牙转交编号",
    ),
    "fee": ("费用种类", "费用类别", "待缴费用名称", "费用名称"),
    "amount": ("金额", "应缴金额", "应缴费用金额", "费用金额（人民币）", "缴费金额"),
    "due": ("缴费期限届满日", "缴费截止日", "期限届满日"),
    "paid_on": ("缴费日期", "缴费日", "缴费时间"),
}
_KNOWN = {fold(word): column for column, words in _HEADINGS.items() for word in words}
_LOOKED_AT = 20  # rows from the top among which a header is sought
_YEAR = re.compile(r"第([0-9]{1,2})年(?:度)?年费|年费[^0-9]{0,3}第([0-9]{1,2})年")
_LATE = "滞纳金"
_FEWEST_DIGITS = 8  # of a patent's number
_LONGEST = 40  # characters of a heading, with blanks and marks


class FeeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fee of a table: of an annuity's `year`, or of a surcharge, whose year is not named.

    `day` is the last day of one owed, the day of payment of one paid.  `row` counts from 1.
    """

    file: str
    sheet: str
    row: int
    number: PatentNumber | None
    is_paid: bool
    fee: str
    year: int | None
    is_surcharge: bool
    amount: Decimal | None
    day: date | None


class FeeExport(msgspec.Struct, frozen=True):
    """The lines about annuities, how many are about other fees, and lines that say too little."""

    lines: tuple[FeeLine, ...]
    others: int = 0
    unread: tuple[str, ...] = ()


def read_fee_export(sheets: Sequence[Sheet], number: PatentNumber | None = None) -> FeeExport:
    """Return what tables say of annuities; `number` is the patent of a table that names none.

    Raises UnreadableFile where no table has the columns.
    """
    lines: list[FeeLine] = []
    unread: list[str] = []
    others, found = 0, False
    for sheet in sheets:
        tables = list(_tables(sheet))
        ends = [*(top for top, _ in tables[1:]), len(sheet.rows)]
        for (top, columns), end in zip(tables, ends, strict=False):
            found = True
            for line in _lines(sheet, top, end, columns, number):
                if line.year is None and not line.is_surcharge:
                    others += 1
                elif line.number is None or line.amount is None or line.day is None:
                    unread.append(f"“{sheet.name}”第 {line.row} 行（{line.fee}）")
                else:
                    lines.append(line)
    if not found:
        file = sheets[0].file if sheets else ""
        raise UnreadableFile(
            f"“{file}”中没有费用表：应缴的须有“费用种类、金额、缴费期限届满日”，"
            "已缴的须有“费用种类、应缴金额、缴费日期”各列。"
        )
    return FeeExport(tuple(lines), others, tuple(unread))


def _tables(sheet: Sheet) -> Iterator[tuple[int, dict[Column, int]]]:
    """The headers of a sheet, wherever they stand: a page has one table under another."""
    for top, row in enumerate(sheet.rows):
        columns: dict[Column, int] = {}
        for place, cell in enumerate(row):
            if not isinstance(cell, str) or not 1 < len(cell) <= _LONGEST:
                continue
            column = _KNOWN.get(fold(cell))
            if column is not None:
                columns.setdefault(column, place)
        if {"fee", "amount"} <= columns.keys() and columns.keys() & {"due", "paid_on"}:
            yield top, columns


def _lines(
    sheet: Sheet, top: int, end: int, columns: Mapping[Column, int], number: PatentNumber | None
) -> Iterator[FeeLine]:
    known = (_above(sheet, top) or number) if end > top + 1 else None
    day_column: Column = "paid_on" if "paid_on" in columns else "due"
    for place, row in enumerate(sheet.rows[top + 1 : end], top + 1):
        cells = {name: row[at] for name, at in columns.items() if at < len(row)}
        fee = narrow(cell_text(cells.get("fee")))
        if not fee:
            continue
        year = _YEAR.search(fee)
        yield FeeLine(
            file=sheet.file,
            sheet=sheet.name,
            row=place + 1,
            number=_number(cells["number"]) if cells.get("number") else known,
            is_paid=day_column == "paid_on",
            fee=fee,
            year=int(year[1] or year[2]) if year else None,
            is_surcharge="年费" in fee and _LATE in fee,
            amount=_money(cells.get("amount")),
            day=_day(cells.get(day_column)),
        )


def _above(sheet: Sheet, top: int) -> PatentNumber | None:
    """The patent that is named above a table, in a cell of its own or behind 申请号."""
    for row in reversed(sheet.rows[max(0, top - _LOOKED_AT) : top]):
        for cell in row:
            if (number := _number(cell)) is not None:
                return number
    return _number(sheet.name)


def _number(cell: Cell) -> PatentNumber | None:
    text = cell_text(cell)
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return None
    try:
        return parse(text)
    except NotAPatentNumber:
        return None


def _money(cell: Cell) -> Decimal | None:
    try:
        return read_money(cell_text(cell).strip().removesuffix("元"))
    except Unreadable:
        return None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    try:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return read_day_number(cell)
        return read_date(cell_text(cell))
    except Unreadable:
        return None
