"""What came in under a licence as a workbook: a row for each receipt, amounts to add up."""

from collections.abc import Sequence
from decimal import Decimal

from forms.facts.amounts import FEN
from forms.facts.licence_life import Receipt
from forms.output.plain_book import SheetOfRows, write_plain_book

COLUMNS = ("序号", "到账日期", "款项", "金额（元）", "票据号、回单号", "凭证")
_WIDTHS = (6, 14, 28, 18, 26, 30)


def write_receipt_list(receipts: Sequence[Receipt]) -> bytes:
    """Return a workbook of receipts in their order."""
    rows = [
        (place, one.day, one.purpose, _fen(one.amount), one.number, one.proof.name)
        for place, one in enumerate(receipts, 1)
    ]
    return write_plain_book([SheetOfRows("收款账", COLUMNS, rows, _WIDTHS)])


def _fen(amount: Decimal | None) -> Decimal | None:
    return amount.quantize(FEN) if amount is not None else None
