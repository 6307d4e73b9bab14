"""Settings of the data that lead elsewhere: where copies, packages and mails go.

A backup may come from somebody else.  What in it would send the office's data to another place,
or open files there, is shown and asked before it is brought back; by itself the present stays.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from db.daily import SECOND_PLACE
from db.door import SqliteDoor
from db.store_problems import StoreProblem, told

PACK, PACKAGES_FOLDER = "pack", "submission.folder"
_ADDRESS = re.compile(r"pack\.(?P<code>.+)\.address")
_PACKAGE = re.compile(r"submission\.[0-9]+")


class Leading(msgspec.Struct, frozen=True, kw_only=True):
    """A setting that leads elsewhere and differs: as it is now, and as the backup has it."""

    name: str
    now: str
    backup: str


def leads_elsewhere(name: str) -> bool:
    """Whether a setting says where data go, or where files lie that are opened."""
    if name in (SECOND_PLACE, PACKAGES_FOLDER, PACK):
        return True
    return bool(_ADDRESS.fullmatch(name) or _PACKAGE.fullmatch(name))


def is_package(name: str) -> bool:
    """Whether a setting says where one package of former times lies."""
    return _PACKAGE.fullmatch(name) is not None


def pack_of_address(name: str) -> str | None:
    """The code of the pack whose address a setting replaces, None where it is another setting."""
    found = _ADDRESS.fullmatch(name)
    return found["code"] if found else None


def leading(file: Path, path: Path) -> tuple[Leading, ...]:
    """What a backup would change of where data go, in the place of the database.

    Raises a StoreProblem where the backup can not be read.
    """
    then, now = _of(SqliteDoor(file)), _present(path)
    names = [name for name in then if then[name] and then[name] != now.get(name, "")]
    return tuple(
        Leading(name=name, now=now.get(name, ""), backup=then[name]) for name in sorted(names)
    )


def keep_present(new: SqliteDoor, path: Path) -> None:
    """Put into a copy that is to be brought back what leads elsewhere now, and nothing else.

    Where a former package lies is said only of packages that the copy knows.  Raises a
    StoreProblem.
    """
    now, then = _present(path), _of(new, mode="rw")
    kept = [(name, value) for name, value in now.items() if not is_package(name) or name in then]
    with told(new.shown), closing(new.plain("rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("DELETE FROM settings WHERE name = ?", [(name,) for name in then])
        connection.executemany(
            "INSERT INTO settings (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            kept,
        )
        connection.execute("COMMIT")


def _present(path: Path) -> dict[str, str]:
    """What leads elsewhere now; nothing where there are no data, or none that can be read."""
    if not path.exists():
        return {}
    try:
        return _of(SqliteDoor(path))
    except StoreProblem:
        return {}


def _of(door: SqliteDoor, mode: str = "look") -> dict[str, str]:
    """The settings of a file that lead elsewhere."""
    with told(door.shown), closing(door.plain(mode)) as connection:
        try:
            rows = connection.execute("SELECT name, value FROM settings").fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):  # of a version before there were any
                return {}
            raise
    return {str(name): str(value) for name, value in rows if leads_elsewhere(str(name))}
