"""Backups: made, looked into, and brought back, never at the cost of what is there.

A backup is one file that holds everything, the sealed scans too.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import select

from db import tables
from db.copies import copy_whole, half_made, put_in_place, put_where_nothing_is, unused
from db.data_settings import DataSettings
from db.door import BUSY_TIMEOUT_S, Progress, SqliteDoor
from db.file_inside import Inside, look_inside
from db.leading_settings import keep_present
from db.opened_store import open_engine
from db.rotation import BEFORE_RESTORE, keep_copy
from db.store_problems import DamagedDatabase, NotADatabase, SameFile, told
from db.tables_shape import check_shape
from db.transactions import Transactions
from db.writes import RESTORED
from forms.facts.record import Case, LedgerEntry, Licence
from forms.ground.files import sweep

__all__ = ["Inside", "Restored", "backup", "look_inside", "restore", "set_aside"]

Clock = Callable[[], datetime]


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was brought back, and where that which was there before lies now."""

    inside: Inside
    kept: Path | None


def backup(path: Path, target: Path, *, progress: Progress | None = None) -> Inside:
    """Back a database up into a file while it may be in use, and verify the copy.

    Raises a StoreProblem; what stood at the target then still stands.
    """
    door = SqliteDoor(path)
    if _same(path, target):
        raise SameFile(target)
    door.prepare(create=False)
    if door.looked_at_version() == 0:
        raise NotADatabase(path)
    copy_whole(door, target, progress=progress)
    return look_inside(target, full=False)


def restore(file: Path, path: Path, *, now: Clock, takes_settings: bool = False) -> Restored:
    """Put a backup in the place of the database.

    The backup is verified, brought up to date and read through first; what is there is
    backed up (or, where it can not be read, set aside) and then replaced in one step, all of
    it while nobody else gets at the database.  Raises a StoreProblem, LockedDatabase where it
    is in use; the database then is as it was.

    The settings that lead elsewhere (see `db.leading_settings`) stay as they are, unless the
    backup's are wanted: `takes_settings`.
    """
    if _same(file, path):
        raise SameFile(file)
    inside = look_inside(file)
    with half_made(path) as temporary:
        made = SqliteDoor(temporary, shown=path)  # what can not be written is the place of the data
        made.prepare(create=True)
        sweep(path.parent, temporary)
        SqliteDoor(file).copy_to(made, mode="look")
        new = SqliteDoor(temporary, shown=file)  # and what can not be read the backup
        _read_through(new, now)
        check_shape(new)
        if not takes_settings:
            keep_present(new, path)
        new.settle()
        kept = _replace(SqliteDoor(path, busy_timeout_s=BUSY_TIMEOUT_S), new, now())
    return Restored(inside=inside, kept=kept)


def _read_through(door: SqliteDoor, now: Clock) -> None:
    """Bring a copy up to date, read every record of it, and mark it as brought back."""
    engine = open_engine(door, now=now, create=False, keep=False)
    try:
        with told(door.shown), engine.connect() as connection, connection.begin():
            for table, kind in (
                (tables.patents, LedgerEntry),
                (tables.cases, Case),
                (tables.licences, Licence),
            ):
                decoder = msgspec.json.Decoder(kind)
                for content in connection.execute(select(table.c.content)).scalars():
                    decoder.decode(content)
        DataSettings(Transactions(engine, door.shown, now)).put(RESTORED, secrets.token_hex(8))
    finally:
        engine.dispose()


def _replace(live: SqliteDoor, new: SqliteDoor, now: datetime) -> Path | None:
    """Replace the live database, keeping what it held; return where that lies."""
    if live.file.exists():
        try:
            return _replace_alone(live, new, now)
        except (DamagedDatabase, NotADatabase) as problem:
            if problem.file != live.shown:
                raise
    aside = None
    if live.file.exists() or live.side_files():
        # A log left by a database that is gone would be played into the new one.
        aside = set_aside(live.file, now=now)
    if put_where_nothing_is(new.file, live.file):
        return aside
    return _replace_alone(live, new, now) or aside


def _replace_alone(live: SqliteDoor, new: SqliteDoor, now: datetime) -> Path | None:
    """Keep what the live database holds and replace it, letting nobody in between the two."""
    live.prepare(create=False)
    with live.alone():
        holds_something = live.looked_at_version() > 0
        live.check(full=True)
        kept = keep_copy(live, BEFORE_RESTORE, now=now) if holds_something else None
        new.copy_to(live)
    return kept


def set_aside(path: Path, *, now: datetime) -> Path:
    """Rename a damaged database, with the files that belong to it, and return its new name."""
    door = SqliteDoor(path)
    target = unused(path.with_name(f"{path.name}.damaged-{now.astimezone():%Y%m%d-%H%M%S}"))
    # The side files first: left behind, they would be taken for the next database's.
    for beside in door.side_files():
        put_in_place(beside, path.with_name(target.name + beside.name.removeprefix(path.name)))
    if path.exists():
        put_in_place(path, target)
    return target


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
