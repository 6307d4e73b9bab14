"""The originals of packages: kept beside the data as they came, byte for byte, by their hash.

`intake/ab/abcd…/` in the folder of the data holds what came: a file, several parts of a mail, or a
folder's files with their names.  Beside them lies `opened 1.zip` where the files of a package can
not be read one by one otherwise (a mail, a zip with a password).  Nothing there is ever written a
second time.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from forms.bureau.records import Package, PackageFile
from forms.exchange.came import Came
from forms.exchange.mail import plain_line
from forms.exchange.zip_reading import UnreadableZip, opened_zip
from forms.ground.files import (
    CannotWrite,
    is_temporary,
    make_folder,
    sync_file,
    sync_folder,
    temporary_beside,
    why,
)
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.held import reading

FOLDER = "intake"
_AT_ONCE = 1 << 20


class DamagedOriginal(ForTheClerk):
    """An original is not there any more, or is another one than was taken in."""


def originals_folder(data_folder: Path) -> Path:
    """Return the folder of all originals, which need not exist yet."""
    return data_folder / FOLDER


def has_any(originals: Path) -> bool:
    """Whether an original lies in the folder of originals."""
    return originals.is_dir() and any(not is_temporary(one.name) for one in originals.iterdir())


def lacking(originals: Path, packages: Iterable[Package]) -> list[str]:
    """Return the packages, by their files' names, whose originals are not there to be read."""
    return [
        one.source for one in packages if one.original and not _is_there(originals / one.original)
    ]


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # a folder that nobody may look into, a share that has gone
        return False


def place_of(whole_sha256: str) -> str:
    """Return where an original lies in the folder of originals ("ab/abcd…"), by its hash."""
    return f"{whole_sha256[:2]}/{whole_sha256}"


def copied(came: Came, bench: Path) -> tuple[Came, str]:
    """Copy what came onto a bench, so that it lasts; the copy, and its SHA-256.

    Of several files that is of all names and sums.  Raises OSError where what came is at fault,
    CannotWrite where the bench is.
    """
    making = temporary_beside(bench / "original")
    lines, made = [], []
    for file in came.files:
        name = file.relative_to(came.base)
        with reading(file) as source:
            lines.append((name.as_posix(), _copy(source, making / name)))
        made.append(making / name)
    try:
        for one in made:  # once all are written: the disk does them together
            sync_file(one)
    except OSError as error:
        raise _cannot_write(bench, error) from error
    copy = msgspec.structs.replace(came, base=making, files=tuple(made))
    if is_one(came):
        return copy, lines[0][1]
    text = "".join(sorted(f"{name}\0{summed}\n" for name, summed in lines))
    return copy, hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def is_one(came: Came) -> bool:
    """Whether what came is one file, and no folder and no mail in parts."""
    return len(came.files) == 1 and came.channel != "folder"


def _copy(source: IO[bytes], to: Path) -> str:
    summed = hashlib.sha256()
    try:
        make_folder(to.parent)
        target = to.open("xb")
    except OSError as error:
        raise _cannot_write(to.parent, error) from error
    with target:
        while piece := source.read(_AT_ONCE):
            summed.update(piece)
            try:
                target.write(piece)
            except OSError as error:
                raise _cannot_write(to.parent, error) from error
    return summed.hexdigest()


def keep(originals: Path, copy: Came, whole_sha256: str) -> str:
    """Put a copy at its place, once; where it lies in the folder of originals.

    That is a folder for a folder and for the parts of a mail.  Raises CannotWrite.
    """
    place = place_of(whole_sha256)
    try:
        if not (originals / place).exists():
            make_folder((originals / place).parent)
            copy.base.replace(originals / place)
            sync_folder((originals / place).parent)
    except OSError as error:
        raise _cannot_write(originals, error) from error
    if not is_one(copy):
        return place
    there = (path.name for path in sorted((originals / place).iterdir()))
    return f"{place}/{next(name for name in there if not _is_opened(name))}"


def _is_opened(name: str) -> bool:
    return name.startswith("opened ") and name.endswith(".zip")


def _cannot_write(place: Path, error: OSError) -> CannotWrite:
    return CannotWrite(f"“{place}”未能写入：{why(error)}。")


def put_opened(originals: Path, whole_sha256: str, count: int, made: Path) -> str:
    """Put a package's opened files beside its original; where they lie.  Raises CannotWrite."""
    place = f"{place_of(whole_sha256)}/opened {count}.zip"
    try:
        if not (originals / place).exists():
            make_folder((originals / place).parent)
            made.replace(originals / place)
    except OSError as error:
        raise _cannot_write(originals, error) from error
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
        f"“{file.name}”的原件不在或已损坏（{originals / package.original}）。"
        "原件不在备份中，请从另行复制的 intake 文件夹中找回，或者请单位重新报送。"
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
