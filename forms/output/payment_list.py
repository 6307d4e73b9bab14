"""A payment list as a workbook: the nine columns of the office's batch workbook, values to paste.

It is no imitation of that workbook, which has macros and lists of its own: 业务类型 is chosen
there.
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from forms.facts.amounts import FEN
from forms.output.plain_book import SheetOfRows, write_plain_book

COLUMNS = (
    *("序号", "申请号/专利号/国际申请号/海牙转交编号", "业务类型", "票据抬头", "统一社会信用代码"),
    *("费用种类", "外币金额", "费用金额（人民币）", "备注"),
)
"""The headings, in the order of the batch workbook (网上缴费)."""

MOST_ROWS = 500
"""The rows that the batch workbook takes."""

_WIDTHS = (6, 22, 12, 28, 24, 28, 12, 16, 44)


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
    lines = [
        (
            *(place, row.number, "", row.payer, row.credit_code, row.fee, ""),
            *(row.yuan.quantize(FEN), row.remark),
        )
        for place, row in enumerate(rows, 1)
    ]
    return write_plain_book([SheetOfRows("缴费清单", COLUMNS, lines, _WIDTHS, "0.00")])
