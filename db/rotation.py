"""The backups the program makes by itself: their names, which are good, how many are kept.

They lie in the folder `backups` beside the database, named after it, the moment (of the
clock on the wall) and the reason; a tag tells apart those of several offices in one place.
Made by a person (`MADE_BY_HAND`) they are never cleared away.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from db.copies import copy_whole, unused
from db.door import SqliteDoor
from db.file_inside import Inside, look_inside
from db.store_problems import StoreProblem

BACKUPS_FOLDER = "backups"
DAILY, BEFORE_RESTORE, MADE_BY_HAND = "auto", "before-restore", "manual"

Clock = Callable[[], datetime]

_NAME = re.compile(
    r"(?P<stem>.+)-(?P<moment>[0-9]{8}-[0-9]{6})-(?P<reason>[a-z][a-z0-9-]*?)"
    r"(?:-(?P<count>[0-9]+))?"
)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that is good: where it lies, when and why it was made, and what it holds."""

    file: Path
    made_at: datetime
    reason: str
    inside: Inside


class _Named(msgspec.Struct, frozen=True, order=True):
    """A backup by its name alone; they sort by the moment."""

    made_at: datetime
    count: int
    reason: str
    file: Path


def backups_folder(database: Path) -> Path:
    """Return the folder of a database's own backups; it need not exist."""
    return database.parent / BACKUPS_FOLDER


def keep_copy(
    door: SqliteDoor,
    reason: str,
    *,
    now: datetime,
    folder: Path | None = None,
    tag: str = "",
    mode: str = "rw",
    begun: Callable[[], object] | None = None,
) -> Path:
    """Copy a database into a folder of backups, verified, and return where it lies.

    `begun` as in the door's `copy_to`.  Raises a StoreProblem.
    """
    name = f"{_stem(door.file, tag)}-{now.astimezone():%Y%m%d-%H%M%S}-{reason}{door.file.suffix}"
    target = unused((folder or backups_folder(door.file)) / name)
    copy_whole(door, target, mode=mode, begun=begun)
    return target


def good_backups(
    database: Path, folder: Path | None = None, *, full: bool = False
) -> Iterator[Kept]:
    """Yield the good backups of a database, the newest first; `full` checks the scans too.

    In a folder that is named all backups are meant, whosesoever they are.
    """
    stem = None if folder else _stem(database, "")
    for one in _named(folder or backups_folder(database), stem, database.suffix):
        with suppress(StoreProblem):
            inside = look_inside(one.file, full=full)
            yield Kept(file=one.file, made_at=one.made_at, reason=one.reason, inside=inside)


def newest_good(database: Path) -> Kept | None:
    """Return the newest backup that is whole in every part, or None."""
    return next(good_backups(database, full=True), None)


def last_made(database: Path, reason: str) -> datetime | None:
    """Return the moment (local, naive) of the last backup of a reason, by the names alone."""
    named = _named(backups_folder(database), _stem(database, ""), database.suffix)
    return next((one.made_at for one in named if one.reason == reason), None)


def prune(database: Path, keep: int, *, folder: Path | None = None, tag: str = "") -> None:
    """Clear away all but the newest `keep` backups of each reason.

    Nothing goes while no good one would be left, nor anything made by hand.
    """
    groups: dict[str, list[Path]] = {}
    stem = _stem(database, tag)
    for one in _named(folder or backups_folder(database), stem, database.suffix):
        groups.setdefault(one.reason, []).append(one.file)
    groups.pop(MADE_BY_HAND, None)
    for group in groups.values():
        staying, going = group[: max(keep, 1)], group[max(keep, 1) :]
        if going and any(map(_is_good, staying)):
            for file in going:
                with suppress(OSError):  # one that is open elsewhere goes the next time
                    file.unlink()


def _is_good(file: Path) -> bool:
    try:
        look_inside(file, full=False)
    except StoreProblem:
        return False
    return True


def _stem(database: Path, tag: str) -> str:
    return f"{database.stem}-{tag}" if tag else database.stem


def _named(folder: Path, stem: str | None, suffix: str) -> list[_Named]:
    """Return the backups in a folder, the newest first; those of one stem, or all."""
    found = []
    with suppress(OSError):
        for file in folder.iterdir():
            match = _NAME.fullmatch(file.stem)
            if not match or file.suffix != suffix or stem not in (None, match["stem"]):
                continue
            with suppress(ValueError):  # digits that are no moment
                made_at = datetime.fromisoformat(match["moment"].replace("-", "T"))
                found.append(_Named(made_at, int(match["count"] or 1), match["reason"], file))
    return sorted(found, reverse=True)
