"""All that is kept of stock patents as one plain workbook: facts, every item, who answered last.

Its headings are those of the workbooks that colleges fill in: it can be taken back as one of them.
"""

from collections.abc import Sequence

from forms.output.plain_book import Cell, SheetOfRows, write_plain_book
from forms.stock.facts import InStock
from forms.stock.stock_items import StockForm, shown_answer
from forms.stock.stock_sheet import FACTS, LIST_SHEET, facts_of

_LAST = ("最后填写人", "最后填写日", "移出盘点的原因")


def write_stock_list(form: StockForm, stock: Sequence[InStock]) -> bytes:
    """Return the workbook, a row for each patent in the order given."""
    head = (*FACTS, *(item.header for item in form.items), *_LAST)
    return write_plain_book(
        [SheetOfRows(LIST_SHEET, head, [_row(form, one) for one in stock])], title=form.title
    )


def _row(form: StockForm, one: InStock) -> tuple[Cell, ...]:
    answers = one.patent.answers
    dated = [(answer.on, answer.by) for answer in answers.values() if answer.on is not None]
    day, by = max(dated, default=(None, ""))
    return (
        *facts_of(one),
        *(shown_answer(item, answers.get(item.code)) for item in form.items),
        by,
        day,
        one.patent.out_reason if one.patent.is_out else "",
    )
