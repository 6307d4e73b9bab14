"""A payment list as a workbook: the nine columns of the office's batch workbook, values to paste.

It is no imitation of that workbook, which has macros and lists of its own: 业务类型 is chosen
there.
"""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_figure, put_text

COLUMNS = (
    *("序号", "申请号/专利号/国际申请号/海牙转交编号", "业务类型", "票据抬头", "统一社会信用代码"),
    *("费用种类", "外币金额", "费用金额（人民币）", "备注"),
)
"""The headings, in the order of the batch workbook (网上缴费)."""

MOST_ROWS = 500
"""The rows that the batch workbook takes."""

_WIDTHS = (6, 22, 12, 28, 24, 28, 12, 16, 44)
_AMOUNT = COLUMNS.index("费用金额（人民币）") + 1


class PaymentRow(msgspec.Struct, frozen=True):
    """One fee to be paid: number of 13 characters, payer, what for, yuan, a remark."""

    number: str
    payer: str
    credit_code: str
    fee: str
    yuan: Decimal
    remark: str


def write_payment_list(rows: Sequence[PaymentRow]) -> bytes:
    """Return one workbook of payment rows, at most `MOST_ROWS`."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "缴费清单"
    for place, (header, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        cell = put_text(sheet, 1, place, header)
        cell.font = Font(name="黑体", bold=True)
        cell.fill = PatternFill("solid", fgColor="EFEFEF")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, row in enumerate(rows, 2):
        put_figure(sheet, line, 1, line - 1, "0")
        texts = (row.number, "", row.payer, row.credit_code, row.fee, "", None, row.remark)
        for place, text in enumerate(texts, 2):
            if text:
                put_text(sheet, line, place, text)
        put_figure(sheet, line, _AMOUNT, row.yuan, "0.00")
    sheet.freeze_panes = "A2"
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())
