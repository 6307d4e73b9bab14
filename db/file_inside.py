"""A look inside a database's file that leaves no trace on it or beside it."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from db import tables
from db.door import SqliteDoor
from db.store_problems import DamagedDatabase, NewerDatabase, NotADatabase, told
from db.tables_shape import check_shape
from db.tables_version import VERSION


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: the version of its tables, how much, and its cases' latest change.

    `records` counts what is kept beside cases: packages taken in, pools, needs, stock.
    """

    version: int
    cases: int
    binned: int
    licences: int
    scans: int
    records: int
    changed_at: datetime | None


def look_inside(file: Path, *, full: bool = True) -> Inside:
    """Say what a backup holds, leaving no trace on it or beside it.

    `full` checks that all of it is whole; else the scans' bytes are left out.  Raises
    NotADatabase, NewerDatabase, DamagedDatabase or another StoreProblem.
    """
    door = SqliteDoor(file)
    door.refuse_strangers()
    version = door.looked_at_version("look")
    if version == 0:
        raise NotADatabase(file)
    if version > VERSION:
        raise NewerDatabase(file, found=version, known=VERSION)
    quickly = tables.CHECKED_QUICKLY if version == VERSION else ()
    door.check(() if full else quickly, full=full, mode="look")
    if full and version == VERSION:
        check_shape(door, "look")
    return _counted(door, version)


def _counted(door: SqliteDoor, version: int) -> Inside:
    with told(door.shown), closing(door.plain("look")) as connection:

        def one(sql: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {sql}").fetchone()[0])

        has_records = one("sqlite_master WHERE type = 'table' AND name = 'records'")
        latest = connection.execute("SELECT max(updated_at) FROM cases").fetchone()[0]
        return Inside(
            version=version,
            cases=one("cases WHERE binned_at IS NULL"),
            binned=one("cases WHERE binned_at IS NOT NULL"),
            licences=one("licences WHERE binned_at IS NULL"),
            scans=one("scans"),
            records=one("records WHERE binned_at IS NULL AND parent_id IS NULL")
            if has_records
            else 0,
            changed_at=None if latest is None else _moment(door, latest),
        )


def _moment(door: SqliteDoor, text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise DamagedDatabase(door.shown) from error
