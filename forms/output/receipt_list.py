"""What came in under a licence as a workbook: a row for each receipt, amounts to add up."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.facts.licence_life import Receipt
from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_figure, put_text

COLUMNS = ("序号", "到账日期", "款项", "金额（元）", "票据号、回单号", "凭证")
_WIDTHS = (6, 14, 28, 18, 26, 30)


def write_receipt_list(receipts: Sequence[Receipt]) -> bytes:
    """Return a workbook of receipts in their order."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "收款账"
    for place, (header, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        cell = put_text(sheet, 1, place, header)
        cell.font = Font(name="黑体", bold=True)
        cell.fill = PatternFill("solid", fgColor="EFEFEF")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, one in enumerate(receipts, 2):
        put_figure(sheet, line, 1, line - 1, "0")
        if one.day:
            put_figure(sheet, line, 2, one.day, "yyyy-mm-dd")
        if one.amount is not None:
            put_figure(sheet, line, 4, one.amount, "#,##0.00")
        for place, text in ((3, one.purpose), (5, one.number), (6, one.proof.name)):
            if text:
                put_text(sheet, line, place, text)
    sheet.freeze_panes = "A2"
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())
