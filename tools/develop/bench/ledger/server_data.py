"""Very many patents on a server: some are invented, the others are their copies, made by it.

A copy has a number and a moment of its own.  Made in bulk, the indexes last: saved by the program
a million would take hours.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Table

from db.shared_database import DEFAULT_SCHEMA, SharedDatabase
from db.store import open_store
from db.tables import cases
from db.tables import patents as patents_of
from tests.postgres_server import Server
from tools.develop.bench.stored import put_patents

_INVENTED = 20_000
_SERIAL = 7  # digits of a number, from its seventh sign on (ZL2021 1 0345678 3)

_LATER = f"""
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = '{DEFAULT_SCHEMA}' AND tablename IN ('cases', 'patents')
  AND indexname NOT LIKE '%pkey'
"""


def fill(server: Server, place: SharedDatabase, count: int) -> None:
    """Make the tables and put so many patents with a case each into them."""
    invented = min(count, _INVENTED)
    with open_store(place, now=lambda: datetime.now(UTC)) as store:
        put_patents(store, invented)
    indexes = server.execute(_LATER)
    server.execute(
        f"SET search_path = {DEFAULT_SCHEMA}",
        "SET maintenance_work_mem = '512MB'",
        "SET session_replication_role = replica",  # the copies' patents are there, unasked
        *(f"DROP INDEX {name}" for name, _ in indexes),
        *(_copies(table, invented, count // invented - 1) for table in (patents_of, cases)),
        *(definition for _, definition in indexes),
        "VACUUM ANALYZE cases",
        "VACUUM ANALYZE patents",
    )


def processor_s(server: Server) -> float | None:
    """The processor's time in seconds that a server and all its sessions have taken, to 10 ms.

    None where the system has no /proc.
    """
    if not Path("/proc/self/stat").is_file():
        return None
    ours = server.pid
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = place.read_text().rpartition(")")[2].split()
            if place.parent.name == str(ours):
                ticks += sum(map(int, told[11:15]))  # its own, and of sessions that have ended
            elif told[1] == str(ours):
                ticks += sum(map(int, told[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _copies(table: Table, invented: int, times: int) -> str:
    """The statement that copies the rows of a table so many times."""
    serial = f"substr(number_key, 6, {_SERIAL})"
    further = f"lpad(({serial}::int + again * {invented})::text, {_SERIAL}, '0')"
    others = {
        name: f"replace({name}, {serial}, {further})"
        for name in ("number", "number_key", "number_text", "content", "folded")
    }
    others |= {name: f"{name} + again * {invented}" for name in ("id", "patent_id")}
    # Some in each minute of years, in another order than that of the ids.
    others["updated_at"] = (
        "to_char(timestamp '2022-01-01' + interval '1 minute'"
        " * (id::bigint * 7919 * again % 2000003),"
        " 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00'"
    )
    names = [column.name for column in table.columns]
    return (
        f"INSERT INTO {table.name} ({', '.join(names)})"
        f" SELECT {', '.join(others.get(name, name) for name in names)}"
        f" FROM {table.name}, generate_series(1, {times}) AS again"
    )
