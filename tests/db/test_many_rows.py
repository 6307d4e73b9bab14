"""Many rows at once are stored as SQLAlchemy stores each of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, create_engine, select

from db import tables
from db.many_rows import insert_many

MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CASES = st.fixed_dictionaries(
    {
        "revision": st.integers(1, 10**9),
        "content": TEXTS,
        "created_at": MOMENTS,
        "updated_at": MOMENTS,
        "filing_date": st.none() | st.dates(date(1900, 1, 1), date(9999, 12, 31)),
        "kind": st.none() | st.just("invention"),
        "number": st.none() | TEXTS,
        "title": TEXTS,
    }
)


def _stored(table: Table, rows: list[dict[str, Any]], *, one_by_one: bool) -> list[Any]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            tables.metadata.create_all(connection)
            if one_by_one:
                for row in rows:
                    connection.execute(table.insert(), row)
            else:
                insert_many(connection, table, rows)
            driver = connection.connection.driver_connection
            assert driver is not None
            return list(driver.execute(str(select(table).compile(dialect=engine.dialect))))
    finally:
        engine.dispose()


@given(rows=st.lists(CASES, max_size=3))
def test_rows_are_stored_as_one_by_one(rows: list[dict[str, Any]]) -> None:
    """Days, moments, blanks and what a column holds by itself, as they lie in the file."""
    together = _stored(tables.cases, rows, one_by_one=False)
    assert together == _stored(tables.cases, rows, one_by_one=True)


@pytest.mark.parametrize("names", [["name"], ["name", "value"]])
def test_few_columns_are_no_other_matter(names: list[str]) -> None:
    """A row of one column too."""
    rows: list[dict[str, Any]] = [dict.fromkeys(names, text) for text in ("甲", "乙")]
    together = _stored(tables.settings, rows, one_by_one=False)
    assert together == _stored(tables.settings, rows, one_by_one=True)
    assert len(together) == 2
