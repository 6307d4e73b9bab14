"""Read a file of patents: a workbook or a text table, known by its content, never by its name.

A workbook is .xlsx, .xls (and .et of WPS), .ods, or a page with tables that calls itself .xls;
the others are written anew as the first, so that one pair of eyes looks at all.

Nothing in a file is run or followed: formulas give the value that was last shown, macros and
links stay behind.  What can not be read raises UnreadableFile, a Chinese sentence that names
the file and says what to do.  This module must not know packs or cases.
"""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import msgspec
import python_calamine as calamine

from forms.exchange import old_excel, open_document, web_tables
from forms.exchange.delimited import read_delimited
from forms.exchange.number_formats import Format
from forms.exchange.sheets import MAX_FILE_BYTES, Block, Sheet, UnreadableFile
from forms.exchange.strangers import SAVE_AS, damaged, is_lock_file, lock_file, what_else
from forms.exchange.xlsx_zip import Unpacked, parts_of, unpack
from forms.ground.cleaning import Cell, Shown
from forms.ground.files import not_a_file, why
from forms.ground.held import HeldFile, reading

__all__ = ["Sheet", "UnreadableFile", "read_content", "read_file"]

_ZIP = b"PK\x03\x04"
_NO_PAGES = (b"<?xml", b"mime-version")  # kinds of pages and tables that are not read


def read_file(path: Path) -> list[Sheet]:
    """Return the sheets of a file, at least one of them with content.  Raises UnreadableFile."""
    file = path.name
    try:
        data = _data(path)
    except UnreadableFile as fault:
        if is_lock_file(file) and path.exists():
            raise UnreadableFile(lock_file(file)) from fault
        raise
    return read_content(data, file)


def read_content(data: bytes, file: str) -> list[Sheet]:
    """Return the sheets of a file in memory, as `read_file` does.  Raises UnreadableFile."""
    if is_lock_file(file) and not data.startswith((_ZIP, old_excel.MAGIC)):
        raise UnreadableFile(lock_file(file))
    if sentence := what_else(data, file):
        raise UnreadableFile(sentence)
    sheets = _sheets(data, file)
    if not any(cell not in (None, "") for sheet in sheets for row in sheet.rows for cell in row):
        raise UnreadableFile(f"“{file}”没有内容，请另选文件。")
    return sheets


def _sheets(data: bytes, file: str) -> list[Sheet]:
    if data.startswith(_ZIP):
        parts = parts_of(data, file)
        if open_document.is_one(parts):
            parts = parts_of(open_document.rebuilt(parts, file), file)
        return _workbook(parts, file)
    if data.startswith(old_excel.MAGIC):
        return _workbook(parts_of(old_excel.rebuilt(data, file), file), file)
    if web_tables.is_page(data):
        page, notes = web_tables.rebuilt(data, file)
        sheets = _workbook(parts_of(page, file), file)
        return [msgspec.structs.replace(sheet, notes=notes) for sheet in sheets]
    if data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_NO_PAGES):
        raise UnreadableFile(f"“{file}”实为网页或 XML，{SAVE_AS}")
    return [read_delimited(data, file)]


def _data(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UnreadableFile(f"找不到文件“{path}”，请核对位置。")
        looked_at = path.stat()
        if odd := not_a_file(looked_at.st_mode):
            raise UnreadableFile(f"“{path.name}”无法读取：{odd}。请选择工作簿。")
        size = looked_at.st_size
        with reading(path) as file:
            data = file.read(min(size, MAX_FILE_BYTES) + 1)
    except HeldFile as error:
        raise UnreadableFile(f"“{path.name}”无法读取：{why(error)}。") from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise UnreadableFile(
            f"“{path.name}”无法打开：可能正被其他程序占用，或没有读取权限，请关闭占用的程序后再试。"
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"“{path.name}”过大（超过 {MAX_FILE_BYTES // 1_000_000} MB），请拆分成几个文件。"
        )
    if not data:
        raise UnreadableFile(f"“{path.name}”是空文件，请另选文件。")
    return data


def _workbook(parts: dict[str, bytes], file: str) -> list[Sheet]:
    unpacked = unpack(parts, file)
    try:
        book = calamine.load_workbook(io.BytesIO(unpacked.data))
        return [
            _sheet(book, place, file, unpacked)
            for place, meta in enumerate(book.sheets_metadata)
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise UnreadableFile(damaged(file)) from error


def _sheet(book: calamine.CalamineWorkbook, place: int, file: str, unpacked: Unpacked) -> Sheet:
    meta, noted = book.sheets_metadata[place], unpacked.noted[place]
    if meta.visible != calamine.SheetVisibleEnum.Visible:
        return Sheet(file, meta.name, [], hidden=True)
    cells = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
    rows = cast("list[list[Cell]]", cells)
    for (row, column), format in noted.formats.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = _as_shown(rows[row][column], format)
    zeros = {*noted.zeros, *_spilled_zeros(rows, noted.spilled)}
    for row, column in zeros:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = ""
    for (row, column), text in noted.texts.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = text
    return Sheet(
        file,
        meta.name,
        rows,
        from_1904=unpacked.from_1904,
        merged=noted.merged,
        zeros=frozenset(zeros),
        hidden_rows=noted.hidden_rows,
        hidden_columns=noted.hidden_columns,
    )


def _as_shown(cell: Cell, format: Format) -> Cell:
    """Return a cell as its format shows it, where that is more than the value."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        text = format.number(cell)
        return cell if text is None else text
    if isinstance(cell, date):
        text = format.date(cell)
        return cell if text is None else Shown(cell, text)
    return format.text(cell) if isinstance(cell, str) and cell else cell


def _spilled_zeros(rows: list[list[Cell]], blocks: tuple[Block, ...]) -> Iterator[tuple[int, int]]:
    """The cells that one array formula filled with the 0 of a blank."""
    for block in blocks:
        for row in range(block.top, min(block.bottom + 1, len(rows))):
            for column in range(block.left, min(block.right + 1, len(rows[row]))):
                cell = rows[row][column]
                if type(cell) in (int, float) and cell == 0:
                    yield row, column
