"""Which columns a table has for these facts: those whose condition holds, headers filled."""

from collections.abc import Callable
from math import fsum

import msgspec

from forms.pack import language as lang
from forms.paper.answers import Answers


def columns_of(
    block: lang.Table, view: Answers, page: lang.Page, plain: Callable[[str, Answers], str]
) -> tuple[lang.Table, list[int]]:
    """Return the table with the columns that are there, and their places among all of them.

    `plain` fills a text's slots.  A column of width 0 gets what the others leave of the page.
    """
    places = [n for n, column in enumerate(block.columns) if view.holds(column.when)]
    taken = fsum(block.columns[place].width_mm for place in places)
    rest = page.width_mm - page.left_mm - page.right_mm - taken
    columns = tuple(
        msgspec.structs.replace(
            column,
            header=plain(column.header, view) if "{" in column.header else column.header,
            width_mm=column.width_mm or rest,
        )
        for column in (block.columns[place] for place in places)
    )
    if columns == block.columns:
        return block, places
    sums = tuple(block.page_sums[place] for place in places) if block.page_sums else ()
    return msgspec.structs.replace(block, columns=columns, page_sums=sums), places


def counts_of(table: lang.Table, row: Answers) -> tuple[bool, ...]:
    """Return in which columns a row counts for the sums of its page."""
    return tuple(
        bool(column.counts) and row.value(column.counts) is True for column in table.columns
    )
