"""Files as a clerk's machine wants them: written whole or not at all, under names every
system takes.

A name made here is safe on Windows, macOS and Linux, in a zip, in a mail and in a spreadsheet.
This module must not know cases, packs or papers.
"""

import errno
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.held import SIDE_FILES, HeldFile, NoPlainFile, reading, refuse_held
from forms.ground.late_pattern import late_pattern

NAME_LIMIT = 80  # UTF-16 units, as Windows counts
NAME_BYTES = 200  # UTF-8 bytes; Linux takes 255, room is left for " (2)" and an extension
NO_NAME = "未命名"

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = late_pattern(r"(?i)(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)")
# Characters that print nothing although Unicode calls them letters, marks or symbols.
_INVISIBLE = late_pattern(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0"
    "\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LEADING = "=+-@~. "  # a formula in a spreadsheet, an option, a lock file, a hidden file
_UNPRINTED = frozenset({"Cc", "Cf", "Co", "Cs"})
_TEMPORARY = ".~{}.part"
_OURS = re.compile(rf"\.~[0-9a-f]{{8}}\.part({'|'.join(SIDE_FILES)})?")
STALE_AFTER_S = 24 * 60 * 60


class CannotWrite(ForTheClerk):
    """A file or folder could not be written."""


class CannotRead(ForTheClerk):
    """A file could not be read."""


class TooLarge(CannotRead):
    """A file is larger than such a file can be."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(f"“{path}”过大，超过 {in_words(most)}，未读取。请核对是否选错文件。")


def why(error: OSError) -> str:
    """The cause of a failed file operation and its remedy, as a clerk reads it."""
    if isinstance(error, HeldFile):
        return "这是本程序正在使用的数据文件，请另选文件"
    if isinstance(error, NoPlainFile):
        return _NO_FILE
    if isinstance(error, PermissionError) or error.errno == errno.EBUSY:
        return "没有写入权限，或文件正被 Excel、WPS 等程序打开，请关闭该文件或另选文件夹"
    return _CAUSES.get(error.errno or 0, "文件操作未完成，请检查磁盘或另选文件夹")


_NO_FILE = "这是设备或管道，不是文件"
_CAUSES = {
    errno.ENOSPC: "磁盘空间已满，请腾出空间或另选磁盘",
    errno.EDQUOT: "磁盘配额已满，请腾出空间或另选磁盘",
    errno.EROFS: "磁盘为只读，请另选文件夹",
    errno.ENOENT: "找不到该文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "同名的文件已经存在，请另选名称",
    errno.ENAMETOOLONG: "文件名过长，请另选路径较短的文件夹",
    errno.EINVAL: "文件名含有系统不允许的字符",
    errno.EFBIG: "文件超过该磁盘允许的大小，请另选磁盘",
    errno.EIO: "磁盘、U盘或网络位置读写出错，请检查连接或另选磁盘",
}


def read_bytes(path: Path, *, most: int) -> bytes:
    """The content of a file of at most so many bytes; kind and size are looked at first.

    Raises TooLarge; CannotRead, also of a folder, a device or a pipe, which may have no end.
    """
    try:
        looked_at = path.stat()
        if odd := not_a_file(looked_at.st_mode):
            raise CannotRead(f"“{path}”无法读取：{odd}。")
        if looked_at.st_size > most:
            raise TooLarge(path, most)
        with reading(path) as file:
            content = file.read(most + 1)
    except PermissionError as error:
        raise CannotRead(f"“{path}”无法读取：没有读取权限，或文件正被其他程序占用。") from error
    except (OSError, ValueError) as error:
        cause = why(error) if isinstance(error, OSError) else "文件名含有系统不允许的字符"
        raise CannotRead(f"“{path}”无法读取：{cause}。") from error
    if len(content) > most:
        raise TooLarge(path, most)
    return content


def not_a_file(mode: int) -> str:
    """What that is which a `stat` tells of, "" for a plain file."""
    if stat.S_ISDIR(mode):
        return "这是文件夹，不是文件"
    return "" if stat.S_ISREG(mode) else _NO_FILE


def in_words(size: int) -> str:
    """A size in bytes as a clerk reads it: whole MB, below one whole KB."""
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size >> 10} KB"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole: on any failure the old one stays and nothing else is left.

    Raises CannotWrite.
    """
    try:
        make_folder(path.parent)
        temporary = temporary_beside(path)
        refuse_held(path)
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error


def temporary_beside(path: Path) -> Path:
    """A name in the same folder for a file or folder in the making, without extension."""
    return path.with_name(_TEMPORARY.format(os.urandom(4).hex()))


def is_temporary(name: str) -> bool:
    """Whether a name is one that `temporary_beside` gives, or of SQLite's beside such a one."""
    return _OURS.fullmatch(name) is not None


def sweep(folder: Path, fresh: Path) -> None:
    """Clear away what killed runs left in a folder: ours only, a day older than `fresh`.

    `fresh` is a file or folder made just now: so the disk's own clock tells the age, a
    network share's too.  What can not be cleared away stays.
    """
    with suppress(OSError):
        oldest = fresh.stat().st_mtime - STALE_AFTER_S
        for path in [one for one in folder.iterdir() if is_temporary(one.name)]:
            if path.is_symlink() or path.stat().st_mtime > oldest:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def safe_name(text: str, limit: int = NAME_LIMIT) -> str:
    """A name (without extension) that every system takes; never empty.

    `limit` counts UTF-16 units and is at least 8; the name is at most NAME_BYTES long in UTF-8.
    """
    shown = "".join(" " if c.isspace() else c for c in text if _is_printed(c))
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", shown))
    name = _cut(_trimmed(" ".join(name.split())), limit)
    if _RESERVED.match(name):
        name = _cut("_" + name, limit)
    return name or NO_NAME


def fits(name: str, limit: int = NAME_LIMIT) -> bool:
    """Whether a name is short enough to stay whole."""
    return _cut(name, limit) == name


def safe_file_name(name: str, limit: int = NAME_LIMIT) -> str:
    """A safe form of a file's name that keeps its extension ("措施.pdf")."""
    stem, dot, extension = name.rpartition(".")
    kept = re.sub(r"[^0-9A-Za-z]", "", extension)[:10]
    if not dot or not kept:
        return safe_name(name, limit)
    return f"{safe_name(stem, limit)}.{kept}"


def name_key(name: str) -> str:
    """What two names share when a system may take them for one: case, width and form folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def unique_names(names: Sequence[str]) -> list[str]:
    """The same names with " (2)", " (3)" … put before the extension of later namesakes."""
    others = other_names(names)
    return [others.get(place, name) for place, name in enumerate(names)]


def other_names(names: Collection[str]) -> dict[int, str]:
    """Return what later namesakes are called, by their places: " (2)" … before the extension.

    The names may be read anew each time they are gone through: of thousands mostly none is like
    another, and then a number apiece is kept.
    """
    hashes = sorted(hash(name_key(name)) for name in names)
    if all(one != other for one, other in pairwise(hashes)):
        return {}
    wanted = {name_key(name) for name in names}
    taken: set[str] = set()
    others = {}
    for place, name in enumerate(names):
        chosen, count = name, 1
        while name_key(chosen) in taken or (count > 1 and name_key(chosen) in wanted):
            count += 1
            chosen = others[place] = numbered(name, count)
        taken.add(name_key(chosen))
    return others


def numbered(name: str, count: int) -> str:
    """The name with a count before its extension: "表.pdf", 2 -> "表 (2).pdf"."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not re.fullmatch(r"[0-9A-Za-z]{1,10}", extension):
        return f"{name} ({count})"
    return f"{stem} ({count}).{extension}"


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A temporary folder inside `folder` (made where missing), gone at the end.

    What is made in it is put in its place with `publish`.  On any failure the folders that were
    made for it go, too, where nothing lies in them.  Raises CannotWrite.
    """
    made: list[Path] = []
    try:
        try:
            temporary = temporary_beside(folder / "a")
            made = [one for one in (folder, *folder.parents) if not one.exists()]
            make_folder(folder)
            temporary.mkdir()
        except (OSError, ValueError) as error:
            raise cannot_write(folder, error) from error
        try:
            sweep(folder, temporary)
            yield temporary
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except BaseException:
        with suppress(OSError, ValueError):  # the innermost first, until one holds something
            for one in made:
                one.rmdir()
        raise


def publish(made: Sequence[tuple[Path, Path]], *, aside: Path | None = None) -> None:
    """Move finished files and folders to their places: all of them or none.

    A file that lies at a place already is kept in the folder `aside` until the end and
    replaced in one step, so that a kill leaves the old one or the new one there; without
    `aside` no place may be taken.  Raises CannotWrite.
    """
    kept: list[int] = []
    moved: list[int] = []
    target = Path()
    try:
        for place, (source, target) in enumerate(made):
            refuse_held(target)
            if not target.exists():
                moved.append(place)
            elif aside is None:
                raise FileExistsError(errno.EEXIST, "taken", str(target))
            else:
                _keep(target, aside / str(len(kept)))
                kept.append(place)
            source.replace(target)
        for folder in {target.parent for _, target in made}:
            sync_folder(folder)
    except BaseException as error:
        if aside is not None:
            _take_back([(aside / str(nth), made[at][1]) for nth, at in enumerate(kept)], [])
        _take_back([], [made[at] for at in moved])
        if isinstance(error, OSError):
            raise cannot_write(target, error) from error
        raise


@contextmanager
def set_aside(folders: Sequence[Path], former: Path) -> Iterator[None]:
    """Move folders that are there into a new folder `former`, so that others may take their place.

    On any failure within they are brought back.  Raises CannotWrite.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        former.mkdir()
        for folder in folders:
            if folder.exists():
                try:
                    folder.replace(former / str(len(moved)))
                except OSError as error:
                    raise cannot_write(folder, error) from error
                moved.append((former / str(len(moved)), folder))
        yield
    except BaseException:
        for source, target in moved:
            with suppress(OSError):
                source.replace(target)
        raise


def _keep(target: Path, former: Path) -> None:
    """Give a file a second name without taking its first; a copy where the disk has no links."""
    try:
        former.hardlink_to(target)
    except OSError:
        shutil.copy2(target, former)


def _take_back(kept: Sequence[tuple[Path, Path]], moved: Sequence[tuple[Path, Path]]) -> None:
    """Bring the former state back; what can not be is no reason to leave the rest."""
    for former, target in kept:
        with suppress(OSError):
            former.replace(target)
    for source, target in moved:
        with suppress(OSError):
            if not source.exists():
                target.replace(source)


def cannot_write(path: Path, error: Exception) -> CannotWrite:
    """What a clerk is told of a failed write: the file, why, what to do.

    Of what is made in a workshop the folder is named for which it is made.
    """
    cause = why(error) if isinstance(error, OSError) else _CAUSES[errno.EINVAL]
    ways = (path, *path.parents)
    place = next((one.parent for one in reversed(ways) if is_temporary(one.name)), path)
    return CannotWrite(f"“{place}”未能写入：{cause}。")


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it where missing, so that they last.

    `mode` is of the folder itself, less what the system takes away.  Raises OSError.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode, parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def take_away(folder: Path) -> None:
    """Take a folder with all that is in it away in one step, for good.  Raises CannotWrite."""
    gone = temporary_beside(folder)
    try:
        folder.rename(gone)
        sync_folder(folder.parent)
    except OSError as error:
        raise CannotWrite(f"“{folder}”未能移除：{why(error)}。") from error
    shutil.rmtree(gone, ignore_errors=True)


def sync_file(path: Path) -> None:
    """See to it that a finished file lasts.  Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the folder's new names last through a power cut, where the system can.

    Raises OSError where the disk fails; one that knows no such thing is no fault.
    """
    if os.name == "nt":
        return  # Windows opens no folder for fsync
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        # Network file systems refuse fsync of folders; a drop box may not be read.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES):
            raise


def _is_printed(character: str) -> bool:
    if character.isspace():
        return True
    return unicodedata.category(character) not in _UNPRINTED and not _INVISIBLE.match(character)


def _trimmed(name: str) -> str:
    return name.lstrip(_LEADING).rstrip(". ")


def _cut(name: str, limit: int) -> str:
    """The longest beginning within the limits that parts no character from its marks."""
    units = size = end = 0
    for end, character in enumerate(name):  # noqa: B007
        units += 1 + (character > "\uffff")
        size += len(character.encode())
        if units > limit or size > NAME_BYTES:
            break
    else:
        return name  # it is whole
    while end and unicodedata.combining(name[end]):
        end -= 1
    return name[:end].rstrip(". ")
