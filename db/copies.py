"""Whole copies of a database: one file each, verified, put in place when it is done.

Copying a live database's file loses what still stands in its log; the database's own backup
does not.  Knows the door, no table.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.door import Progress, SqliteDoor
from db.store_problems import problem_of_disk
from forms.ground.files import sweep, sync_file, sync_folder, temporary_beside
from forms.ground.held import by_hand, refuse_held


def copy_whole(
    door: SqliteDoor,
    target: Path,
    *,
    mode: str = "rw",
    progress: Progress | None = None,
    begun: Callable[[], object] | None = None,
) -> None:
    """Copy a database to a file, verify the copy in full, then put it in place.

    What stood at the target stays until then, and on any failure; `begun` as in the door's
    `copy_to`.  Raises a StoreProblem.
    """
    with half_made(target) as temporary:
        copy = SqliteDoor(temporary, shown=target)
        copy.prepare(create=True)
        sweep(target.parent, temporary)
        door.copy_to(copy, mode=mode, progress=progress, begun=begun)
        copy.settle()
        copy.check(full=True)
        put_in_place(temporary, target)


@contextmanager
def half_made(target: Path) -> Iterator[Path]:
    """Give a name for a file in the making beside the target, cleared away at the end."""
    temporary = temporary_beside(target)
    try:
        yield temporary
    finally:
        for path in (*SqliteDoor(temporary).side_files(), temporary):
            with suppress(OSError):
                path.unlink()


def put_in_place(made: Path, target: Path) -> None:
    """Sync a finished file and give it its name, in one step.  Raises a StoreProblem.

    What this process has open is neither renamed nor replaced: see `forms.ground.held`.
    """
    try:
        _finish(made, target)
        made.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise problem_of_disk(error, target) from error


def put_where_nothing_is(made: Path, target: Path) -> bool:
    """Sync a finished file and give it a name in one step; False where something bears it.

    So nobody finds it half made, and what another program has just begun there is not replaced.
    The file keeps its first name too, where the disk has links.  Raises a StoreProblem.
    """
    try:
        _finish(made, target)
        target.hardlink_to(made)
        sync_folder(target.parent)
    except FileExistsError:
        return False
    except OSError:  # no links on this disk, or the fault that is told now
        if target.exists():
            return False
        put_in_place(made, target)
    return True


def _finish(made: Path, target: Path) -> None:
    """Sync a file that is about to get its name, which is nobody's here."""
    refuse_held(target)
    with by_hand(made):
        sync_file(made)


def unused(path: Path) -> Path:
    """Return the path, or the first with a number that nothing bears yet."""
    found, count = path, 1
    while found.exists():
        count += 1
        found = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return found
