"""Search by substring on a PostgreSQL server, by an index of our own (docs/adr/0064).

`pg_trgm` knows no text of one or two characters, and in Chinese those are words.  Here every place
of a text gives one piece: two characters, or three where the first is ASCII, since ten digits would
make pieces of two that are in every number.  The pieces lie in a GIN index as words of a tsvector.
A text of a piece's length or more is found by all its pieces, a shorter one by all that begin with
it; what is found so is looked at again.

A tsvector holds 1 MiB: what is longer than `LONGEST` characters is found without it.

The index finds all places at once, which takes as long as there are many, and they come in no
order.  What is in every tenth text is therefore looked for from the first text on (`found`).
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

LONGEST = 60_000
_SEARCHED = ("cases", "records")
_LOOKED_AT_FIRST = 2000
_COMMON = 12
"""A text is common where more than one of so many hold it: looking from the first one on is then
quicker than the index."""
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
_AS_BEFORE = "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on"
_ASCII = "\x80"

_PIECES = f"""
CREATE FUNCTION pieces(searched text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 5000
AS $$
  SELECT coalesce(array_to_tsvector(array_agg(DISTINCT (
    one || coalesce(two, '')
    || CASE WHEN one COLLATE "C" < U&'\\0080' THEN coalesce(three, '') ELSE '' END
  ) COLLATE "C")), ''::tsvector)
  FROM (SELECT string_to_array(left(searched, {LONGEST}), NULL) AS signs) AS split,
    unnest(signs, signs[2:], signs[3:]) AS place (one, two, three)
$$
"""
"""The cost keeps PostgreSQL from computing it for row after row instead of asking the index."""


def statements() -> tuple[str, ...]:
    """What makes the index, of the tables that are searched."""
    made = [_PIECES]
    for table in _SEARCHED:
        made += [
            f"CREATE INDEX {table}_pieces ON {table} USING gin (pieces(folded))",
            f"CREATE INDEX {table}_long ON {table} (id) WHERE length(folded) > {LONGEST}",
            f"CREATE STATISTICS {table}_length ON length(folded) FROM {table}",
        ]
    return tuple(made)


def found(
    connection: Connection,
    asked: Select[int],
    column: ColumnElement[str],
    words: Sequence[str],
    most: int,
) -> list[int]:
    """Return the ids selected whose text holds every word: the first, but `most` + 1 at most.

    Of a word that is rare among the first texts and yet in more than `most`, they are any.
    """
    looked_at = _LOOKED_AT_FIRST
    for _ in range(2):
        ids = _among_the_first(connection, asked, column, words, looked_at, most)
        if len(ids) > most:
            return ids
        if len(ids) * _COMMON < looked_at:
            break
        looked_at = looked_at * (most + 1) // len(ids) * 3 // 2
    # PostgreSQL takes the pieces for dear and would rather go through all in order, or takes them
    # for cheap and computes them of row after row, at 0.1 ms each.
    connection.exec_driver_sql(_BY_INDEX)
    by_index = asked.where(*(contains(column, word) for word in words)).limit(most + 1)
    ids = sorted(connection.execute(by_index).scalars())
    connection.exec_driver_sql(_AS_BEFORE)
    return ids


def _among_the_first(
    connection: Connection,
    asked: Select[int],
    column: ColumnElement[str],
    words: Sequence[str],
    looked_at: int,
    most: int,
) -> list[int]:
    (number,) = asked.selected_columns
    first = asked.add_columns(column).order_by(number).limit(looked_at).subquery()
    in_order, text = first.columns
    holding = select(in_order).where(*(func.strpos(text, word) > 0 for word in words))
    return list(connection.execute(holding.order_by(in_order).limit(most + 1)).scalars())


def contains(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Return the condition that the column holds the text, one character or more."""
    if not text:
        return true()
    query = bindparam(None, _query(text), type_=String)
    by_index = func.pieces(column).op("@@")(cast(query, TSQUERY))
    is_long = func.length(column) > literal_column(str(LONGEST))
    return or_(by_index, is_long) & (func.strpos(column, text) > 0)


def _query(text: str) -> str:
    """Return what is asked of the pieces, as a tsquery is written."""
    whole = [piece for place in range(len(text)) if (piece := _piece(text, place))]
    if not whole:
        return f"{_quoted(text)}:*"
    return " & ".join(map(_quoted, dict.fromkeys(whole)))


def _piece(text: str, place: int) -> str:
    """The piece at a place, "" where the text ends before it does."""
    length = 3 if text[place] < _ASCII else 2
    piece = text[place : place + length]
    return piece if len(piece) == length else ""


def _quoted(piece: str) -> str:
    doubled = piece.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
