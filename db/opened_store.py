"""Opening a database: what stands in a file decides what is done with it.

Nothing there, it is made.  Another program's, a newer or a damaged one, it is refused and not
touched.  An older one is checked, backed up, and brought up to date step by step.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, Engine

from db import tables
from db.data_places import KEPT_OF_EACH
from db.door import SqliteDoor, writing
from db.doors import Door
from db.rotation import keep_copy, newest_good, prune
from db.store_problems import (
    DamagedDatabase,
    MigrationFailed,
    NewerDatabase,
    NotADatabase,
    StoreProblem,
    VanishedDatabase,
    told,
)
from db.tables_version import SERVER_VERSION, VERSION

if TYPE_CHECKING:
    from db.migrations import Step
    from db.server_door import PostgresDoor

Clock = Callable[[], datetime]


def _our_steps() -> "Sequence[Step]":
    from db.migrations import STEPS

    return STEPS


class Schema(msgspec.Struct, frozen=True):
    """A state of the tables: its version, how it is made afresh, and the steps towards it."""

    version: int
    create: Callable[[Connection], None]
    steps: "Callable[[], Sequence[Step]]"


def _create_ours(connection: Connection) -> None:
    for statement in _statements():
        connection.exec_driver_sql(statement)


@cache
def _statements() -> tuple[str, ...]:
    """What makes our tables where there are none, put into words once."""
    of_both = tables.statements("sqlite://", tables.metadata)
    return of_both + tables.statements("sqlite://", tables.of_files)


OURS = Schema(VERSION, _create_ours, _our_steps)


def _create_on_server(connection: Connection) -> None:
    from db.server_tables import create

    create(connection)


def _server_steps() -> "Sequence[Step]":
    from db.migrations import SERVER_STEPS

    return SERVER_STEPS


ON_SERVER = Schema(SERVER_VERSION, _create_on_server, _server_steps)


def open_engine(
    door: SqliteDoor,
    *,
    now: Clock,
    create: bool = True,
    check: bool = True,
    keep: bool = True,
    schema: Schema = OURS,
) -> Engine:
    """Return an engine on a database that is whole and of this version.

    `create` makes the file and its folder where they are missing; `check` looks at every page
    but the scans'; `keep` backs an older one up first.  Raises a StoreProblem; the file
    then is as it was, and a damaged or vanished one's newest good backup is named.
    """
    try:
        version = _looked_at(door, create=create, check=check, schema=schema)
    except (DamagedDatabase, NotADatabase) as problem:
        raise _with_offer(problem, door) from problem
    engine = door.engine()
    try:
        if version == 0:
            _create(engine, door, schema)
        elif version < schema.version:
            kept = _kept_first(door, version, now()) if keep else None
            _migrate(engine, door, schema, kept)
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_server(door: "PostgresDoor", *, create: bool = True, schema: Schema = ON_SERVER) -> Engine:
    """Return an engine on a shared database of this version.

    `create` makes the tables where there are none.  Of several programs that come at once one
    makes them, or brings them up to date, and the others wait.  Raises a StoreProblem.
    """
    from db.server_problems import ServerNewer

    engine = door.engine()
    try:
        version = door.looked_at_version(engine, create=create)
        if version > schema.version:
            raise ServerNewer(door.shown, found=version, known=schema.version)
        if version == 0:
            _create(engine, door, schema)
        elif version < schema.version:
            _migrate(engine, door, schema, None)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _looked_at(door: SqliteDoor, *, create: bool, check: bool, schema: Schema) -> int:
    """Return the version of a database that may be opened; 0 where it is to be made."""
    if create and _is_missing(door.file) and (backup := newest_good(door.file)):
        inside = backup.inside
        raise VanishedDatabase(door.shown).offering(backup.file, backup.made_at, inside.cases)
    door.prepare(create=create)
    version = door.looked_at_version()
    if version > schema.version:
        raise NewerDatabase(door.shown, found=version, known=schema.version)
    if version and check:
        door.check(tables.CHECKED_QUICKLY if version == schema.version else ())
    return version


def _is_missing(file: Path) -> bool:
    """Whether there is no file, or one without content, as a power cut may leave it."""
    try:
        return file.stat().st_size == 0
    except OSError:
        return True


def _with_offer(problem: StoreProblem, door: SqliteDoor) -> StoreProblem:
    backup = newest_good(door.file)
    if backup is None:
        return problem
    return problem.offering(backup.file, backup.made_at, backup.inside.cases)


def _kept_first(door: SqliteDoor, version: int, now: datetime) -> Path:
    """Back an older database up; attempts that failed do not fill the disk with copies."""
    kept = keep_copy(door, f"v{version}", now=now)
    prune(door.file, KEPT_OF_EACH)
    return kept


def _create(engine: Engine, door: Door, schema: Schema) -> None:
    """Make the tables, unless another process has just done so."""
    with told(door.shown), writing(engine.connect()) as connection, connection.begin():
        if door.version(connection) == 0:
            schema.create(connection)
            door.mark(connection, schema.version)


def _migrate(engine: Engine, door: Door, schema: Schema, kept: Path | None) -> None:
    """Take every step there is to the present version."""
    try:
        for step in schema.steps():
            _take(engine, door, step)
        with told(door.shown), engine.connect() as connection, connection.begin():
            if door.version(connection) != schema.version:
                raise LookupError(f"no step leads to version {schema.version}")
    except StoreProblem:
        raise
    except Exception as error:
        raise _not_migrated(door, kept) from error


def _not_migrated(door: Door, kept: Path | None) -> MigrationFailed:
    if isinstance(door, SqliteDoor):
        return MigrationFailed(door.shown, backup=kept or door.shown)
    from db.server_problems import ServerNotMigrated

    return ServerNotMigrated(door.shown)


def _take(engine: Engine, door: Door, step: "Step") -> None:
    """Take one step and write its version, both or neither; a step taken is passed over."""
    with told(door.shown), door.rebuilding(engine) as connection:
        if door.version(connection) < step.version:
            step.apply(connection)
            door.mark(connection, step.version)
