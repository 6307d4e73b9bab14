"""The originals of packages: kept beside the data as they came, byte for byte, by their hash.

`intake/ab/abcd…/` in the folder of the data holds what came: a file, several parts of a mail, or a
folder's files with their names.  Beside them lies `opened 1.zip` where the files of a package can
not be read one by one otherwise (a mail, a zip with a password).  Nothing there is ever written a
second time.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from forms.bureau.records import Package, PackageFile
from forms.exchange.came import Came
from forms.exchange.mail import plain_line
from forms.exchange.zip_reading import UnreadableZip, opened_zip
from forms.ground.files import CannotWrite, make_folder, sync_folder, temporary_beside, why
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.held import by_hand

FOLDER = "intake"
_AT_ONCE = 1 << 20


class ChangedMeanwhile(ForTheClerk):
    """What came is not the same any more as when it was looked into."""


class DamagedOriginal(ForTheClerk):
    """An original is not there any more, or is another one than was taken in."""


def originals_folder(data_folder: Path) -> Path:
    """Return the folder of all originals, which need not exist yet."""
    return data_folder / FOLDER


def place_of(whole_sha256: str) -> str:
    """Return where an original lies in the folder of originals ("ab/abcd…"), by its hash."""
    return f"{whole_sha256[:2]}/{whole_sha256}"


def keep(originals: Path, came: Came, whole_sha256: str) -> str:
    """Copy what came to its place, once; where it lies in the folder of originals.

    That is a folder for a folder and for the parts of a mail.  Raises ChangedMeanwhile,
    CannotWrite.
    """
    place = place_of(whole_sha256)
    is_one = len(came.files) == 1 and came.channel != "folder"
    kept = f"{place}/{came.files[0].name}" if is_one else place
    if (originals / place).exists():
        return _as_named_before(originals, place) if is_one else kept
    making = temporary_beside(originals / "original")
    try:
        sums = []
        for file in came.files:
            name = file.relative_to(came.base)
            sums.append(f"{name.as_posix()}\0{_copied(file, making / name)}\n")
        _refuse_changed(sums, whole_sha256, came, is_one=is_one)
        make_folder((originals / place).parent)
        making.replace(originals / place)
        sync_folder((originals / place).parent)
    except OSError as error:
        raise CannotWrite(f"“{originals}”未能写入：{why(error)}。") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return kept


def _as_named_before(originals: Path, place: str) -> str:
    """Where a file lies that was kept before, perhaps under another name."""
    names = sorted(path.name for path in (originals / place).iterdir())
    first = next((name for name in names if not _is_opened(name)), "")
    return f"{place}/{first}"


def _is_opened(name: str) -> bool:
    return name.startswith("opened ") and name.endswith(".zip")


def _copied(file: Path, to: Path) -> str:
    """Copy a file so that it lasts; the sum of what was copied.  Raises OSError."""
    make_folder(to.parent)
    summed = hashlib.sha256()
    with by_hand(file), file.open("rb") as source, to.open("xb") as target:
        while piece := source.read(_AT_ONCE):
            summed.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return summed.hexdigest()


def _refuse_changed(sums: list[str], whole_sha256: str, came: Came, *, is_one: bool) -> None:
    if is_one:
        found = sums[0].partition("\0")[2].strip()
    else:
        lines = "".join(sorted(sums)).encode("utf-8", "surrogateescape")
        found = hashlib.sha256(lines).hexdigest()
    if found != whole_sha256:
        raise ChangedMeanwhile(f"“{came.name}”在核对期间被改动，未收，请重新放入。")


def put_opened(originals: Path, whole_sha256: str, count: int, made: Path) -> str:
    """Put a package's opened files beside its original; where they lie.  Raises CannotWrite."""
    place = f"{place_of(whole_sha256)}/opened {count}.zip"
    try:
        if not (originals / place).exists():
            make_folder((originals / place).parent)
            made.replace(originals / place)
    except OSError as error:
        raise CannotWrite(f"“{originals}”未能写入：{why(error)}。") from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    return place


def file_content(originals: Path, package: Package, file: PackageFile) -> bytes:
    """Return a file of a package as it came, verified by its hash.

    Raises DamagedOriginal, also where the originals were moved away.
    """
    try:
        for name, content in _each(originals, package):
            if plain_line(name)[:200] == file.name:
                found = content()
                if hashlib.sha256(found).hexdigest() == file.found:
                    return found
    except (OSError, UnreadableZip):
        pass
    raise DamagedOriginal(
        f"“{file.name}”的原件不在或已损坏（{originals / package.original}），请从备份中找回。"
    )


def _each(originals: Path, package: Package) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file of a package with what reads it."""
    place = originals / (package.opened or package.original)
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            name = path.relative_to(place).as_posix()
            if path.is_file() and name.startswith(package.root):
                yield name[len(package.root) :], path.read_bytes
    elif package.channel == "file":
        yield place.name, place.read_bytes
    else:
        root = "" if package.opened else package.root
        with place.open("rb") as archive, opened_zip(archive, place.name) as opened:
            for entry in opened.entries:
                if entry.path.startswith(root):
                    yield entry.path[len(root) :], entry.content
