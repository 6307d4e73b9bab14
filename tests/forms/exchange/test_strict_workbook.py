"""A workbook saved as “Strict Open XML 电子表格” (ISO/IEC 29500-1) says the same."""

import io
import zipfile
from datetime import date

from openpyxl import Workbook

from forms.exchange.workbook_reader import read_content

_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/drawingml/2006/main": (
        b"http://purl.oclc.org/ooxml/drawingml/main"
    ),
    b"<workbook ": b'<workbook conformance="strict" ',
}


def strict(book: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as file, zipfile.ZipFile(made, "w") as written:
        for name in file.namelist():
            part = file.read(name)
            for of_all, of_strict in _STRICT.items():
                part = part.replace(of_all, of_strict)
            written.writestr(name, part)
    return made.getvalue()


def test_a_strict_workbook_is_read_as_the_other() -> None:
    book = Workbook()
    (sheet,) = book.worksheets
    for row in (
        ["专利号", "申请日", "比例", "备注"],
        ["ZL202110000001.X", date(2021, 6, 1), 0.05, 0],
    ):
        sheet.append(row)
    sheet["C2"].number_format = "0%"
    sheet.merge_cells("A4:B5")
    sheet.row_dimensions[3].hidden = True
    sheet["A3"], sheet["A4"] = "藏起的一行", "合并的"
    saved = io.BytesIO()
    book.save(saved)
    (usual,) = read_content(saved.getvalue(), "清单.xlsx")
    assert read_content(strict(saved.getvalue()), "清单.xlsx") == [usual]
    assert usual.rows[1] == ["ZL202110000001.X", date(2021, 6, 1), "5%", 0]
    assert usual.merged and usual.hidden_rows
