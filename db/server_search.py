"""Search by substring on a PostgreSQL server, one character or more, by an index of our own."""

from sqlalchemy import ColumnElement, func, true

_SEARCHED = ("cases", "records")


def statements() -> tuple[str, ...]:
    """What makes the index."""
    return ()


def contains(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Return the condition that the column holds the text."""
    return func.strpos(column, text) > 0 if text else true()
