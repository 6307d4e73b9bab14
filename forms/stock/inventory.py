"""The facts of the summary of stock patents (汇总表): rows as they are printed, and sums."""

from collections.abc import Sequence

import msgspec

from forms.stock.facts import InStock
from forms.stock.records import values_of
from forms.stock.stock_items import StockForm, is_complete, shown_answer

TO_FILL = "待填"
_UNWORKED, _UNWILLING = "none", "unwilling"
_STARS = 3


class InventoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A patent as it is printed, and in which sums it counts."""

    number: str
    title: str
    whose: str
    funded: str
    working: str
    willing: str
    maturity: str
    stars: str
    use: str
    complete: bool
    is_funded: bool
    is_worked: bool
    is_willing: bool
    has_three_stars: bool
    lacks_use: bool


class InventoryTotal(msgspec.Struct, frozen=True, kw_only=True):
    """How many patents, and how many count in each sum."""

    patents: int
    complete: int
    funded: int
    worked: int
    willing: int
    three_stars: int
    without_use: int


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """What the summary says: who, of what, on which day, its rows and sums."""

    office: str
    contact: str
    phone: str
    scope: str
    day: str
    note: str
    rows: tuple[InventoryRow, ...]
    total: InventoryTotal


def inventory_rows(form: StockForm, stock: Sequence[InStock]) -> tuple[InventoryRow, ...]:
    """Return the rows of some patents, in the order given."""
    return tuple(_row(form, one) for one in stock)


def total_of(rows: Sequence[InventoryRow]) -> InventoryTotal:
    """Return the sums of rows."""
    return InventoryTotal(
        patents=len(rows),
        complete=sum(row.complete for row in rows),
        funded=sum(row.is_funded for row in rows),
        worked=sum(row.is_worked for row in rows),
        willing=sum(row.is_willing for row in rows),
        three_stars=sum(row.has_three_stars for row in rows),
        without_use=sum(row.lacks_use for row in rows),
    )


def _row(form: StockForm, one: InStock) -> InventoryRow:
    answers = one.patent.answers

    def said(code: str) -> str:
        item = form.by_code.get(code)
        words = shown_answer(item, answers.get(code)) if item is not None else ""
        return words or TO_FILL

    working, willing = values_of(answers, "working"), values_of(answers, "willing")
    stars = values_of(answers, "stars")
    return InventoryRow(
        number=one.number,
        title=one.title,
        whose="\n".join(filter(None, (one.college, one.filler))),
        funded=said("funded"),
        working=said("working"),
        willing=said("willing"),
        maturity=said("maturity"),
        stars=said("stars"),
        use=said("use"),
        complete=is_complete(form, one.patent),
        is_funded=values_of(answers, "funded") == ("yes",),
        is_worked=bool(working) and working != (_UNWORKED,),
        is_willing=bool(willing) and willing != (_UNWILLING,),
        has_three_stars=bool(stars) and int(stars[0]) >= _STARS,
        lacks_use=not values_of(answers, "use"),
    )
