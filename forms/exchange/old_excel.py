"""Read the workbooks of before 2007 (.xls, and the .et of WPS, which is the same inside).

xlrd reads them: unlike python-calamine it tells number formats, errors, merged ranges and hidden
rows, without which 3 % is 0.03 and a hidden patent is one more (docs/adr/0043-other-tables.md).
This module must not know packs or cases.
"""

import io
from struct import unpack_from
from typing import Any

from forms.exchange.rebuilt_xlsx import Rebuilt, SheetWriter
from forms.exchange.sheets import UnreadableFile, check_size
from forms.exchange.strangers import SAVE_AS, encrypted

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FORMULA = 0x0006
_END = 0x000A
_FIRST_OWN = 164  # formats below are every program's, known by their number
_RESTRICTED = "“{file}”受权限保护（仅限指定人员打开），请有权限的人员另存为不受保护的文件后再导入。"
_OTHERS = (  # names in the container of what is no workbook, and what to say of it
    ("DRMEncryptedDataSpace", _RESTRICTED),
    ("\tDRMContent", _RESTRICTED),
    ("EncryptedPackage", ""),
    ("WordDocument", "“{file}”是 Word 文档，不是工作簿，请另选文件。"),
    ("PowerPoint Document", "“{file}”是演示文稿，不是工作簿，请另选文件。"),
    ("__properties_version1.0", "“{file}”是邮件，请打开邮件，将附件中的工作簿另存后再导入。"),
)


def rebuilt(data: bytes, file: str) -> bytes:
    """Return the workbook as an .xlsx.  Raises UnreadableFile."""
    import xlrd  # seldom wanted

    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
        made = Rebuilt(file, from_1904=bool(book.datemode))
        for place, name in enumerate(book.sheet_names()):
            hidden = bool(book._sheet_visibility[place])
            with made.sheet(name, hidden=hidden) as writer:
                if not hidden:
                    _copy(book, place, writer, f"“{file}”工作表“{name}”")
        return made.data()
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # a broken one raises nearly anything
        raise UnreadableFile(_why(data, file, str(error))) from error


def _why(data: bytes, file: str, error: str) -> str:
    if "encrypted" in error:
        return encrypted(file)
    for name, sentence in _OTHERS:
        if name.encode("utf-16-le") in data:
            return sentence.format(file=file) or encrypted(file)
    return f"“{file}”不是工作簿，或已损坏；{SAVE_AS}"


def _copy(book: Any, place: int, writer: SheetWriter, where: str) -> None:
    sheet = book.sheet_by_index(place)
    _refuse_far(sheet, where)
    formulas = _formulas(book, place)
    formats = [_format(book, style.format_key) for style in book.xf_list]
    for row in range(sheet.nrows):
        info = sheet.rowinfo_map.get(row)
        writer.row(row, hidden=bool(info and info.hidden))
        values, styles = sheet.row_values(row), sheet._cell_xf_indexes[row]
        for column, kind in enumerate(sheet.row_types(row)):
            value, is_formula = values[column], (row, column) in formulas
            if kind in (2, 3):  # a number, or a day's
                number_format = formats[styles[column]]
                writer.number(column, value, number_format, formula=is_formula)
            elif kind == 1 and value:
                writer.text(column, value, formula=is_formula)
            elif kind == 4:
                writer.truth(column, bool(value))
            elif kind == 5:
                from xlrd.biffh import error_text_from_code

                writer.error(column, error_text_from_code.get(value, "#N/A"))
    for top, below, left, beyond in sheet.merged_cells:
        writer.merge(top, left, below - 1, beyond - 1)
    book.unload_sheet(place)


def _refuse_far(sheet: Any, where: str) -> None:
    """Refuse a sheet that is too large; cells that are only formatted do not count."""
    for row in range(sheet.nrows - 1, -1, -1):
        if any(kind not in (0, 6) for kind in sheet.row_types(row)):
            check_size(where, row + 1, 1)
            return


def _formulas(book: Any, place: int) -> set[tuple[int, int]]:
    """Return the cells of a sheet that are formulas, which xlrd does not say.

    Source: [MS-XLS] 2.1.4: a record is its kind and its length, then so many bytes.
    """
    memory, at = book.mem, book._sh_abs_posn[place]
    found: set[tuple[int, int]] = set()
    depth = 0
    while at + 8 <= len(memory):
        kind, length = unpack_from("<HH", memory, at)
        if kind == _FORMULA:
            found.add(unpack_from("<HH", memory, at + 4))
        elif kind & 0xFF == 0x09:  # a chart within the sheet begins
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        at += 4 + length
    return found


def _format(book: Any, key: int) -> int | str:
    """Return a number format: the number of one that all programs know, else its code."""
    from xlrd.formatting import std_format_strings

    own = book.format_map.get(key)
    code = own.format_str if own is not None else None
    if code is None or (key < _FIRST_OWN and code == std_format_strings.get(key)):
        return key
    return str(code)
