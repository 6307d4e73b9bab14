"""Look into a zip from a stranger: its files, one by one, within bounds, under clean names.

Nothing is ever unpacked onto the disk under a name of the zip's own.  Names that Chinese Windows
wrote without saying so are read as GB 18030.  What is encrypted opens with its password, as WinZip,
7-Zip and this program lock it (AES), or as old programs do.  This module must not know packages.
"""

import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import msgspec

from forms.ground.for_the_clerk import ForTheClerk

MAX_FILES = 20_000
MAX_FILE_BYTES = 200 << 20
MAX_UNPACKED_BYTES = 2 << 30
MAX_RATIO = 250
_RATIO_COUNTS_FROM = 20 << 20
MAX_DIRECTORY_BYTES = 8 << 20
MAX_OLD_LOCKED_BYTES = 64 << 20  # Python opens the old lock at 1 MB a second
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_AT_ONCE = 1 << 18
_SAYS_UTF8 = 0x800
_IS_LOCKED = 1
_AES = 99


class UnreadableZip(ForTheClerk):
    """A zip that can not be read; the sentence says why."""


class WantsPassword(UnreadableZip):
    """A zip that opens with a password only, and none of those given is it."""


class Entry(msgspec.Struct, frozen=True):
    """A file somewhere: its path with "/" between folders, its size in bytes as it is told.

    `pieces` reads it from the start, piece by piece; what is more than `MAX_FILE_BYTES` or can not
    be read raises UnreadableZip.
    """

    path: str
    size: int
    pieces: Callable[[], Iterator[bytes]]

    def content(self, most: int = MAX_FILE_BYTES) -> bytes:
        """The whole content.  Raises UnreadableZip where it is more than `most` bytes."""
        held: list[bytes] = []
        left = most
        for piece in self.pieces():
            left -= len(piece)
            if left < 0:
                raise UnreadableZip(f"“{self.path}”过大，未读取。")
            held.append(piece)
        return b"".join(held)


class Opened(msgspec.Struct, frozen=True):
    """A zip that is open: its files, what of it was refused (path, why), whether it was locked."""

    entries: tuple[Entry, ...]
    refused: tuple[tuple[str, str], ...] = ()
    locked: bool = False


@contextmanager
def opened_zip(file: IO[bytes], name: str, passwords: tuple[str, ...] = ()) -> Iterator[Opened]:
    """Open a zip of this name.  Raises UnreadableZip, WantsPassword."""
    _refuse_huge(file, name)
    archive = _archive(file, name)
    with archive:
        infos = archive.infolist()
        if len(infos) > MAX_FILES:
            raise UnreadableZip(
                f"“{name}”内的文件过多（超过 {MAX_FILES} 个），未读取，请核对来源。"
            )
        locked = [info for info in infos if info.flag_bits & _IS_LOCKED]
        if locked:
            _unlock(archive, locked, name, passwords)
        yield _looked_through(archive, infos, name, is_locked=bool(locked))


def _archive(file: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
        if any(info.compress_type == _AES for info in archive.infolist()):
            archive.close()
            import pyzipper  # slow to load, and seldom wanted

            file.seek(0)
            with_aes: zipfile.ZipFile = pyzipper.AESZipFile(file)
            return with_aes
    except Exception as error:  # a broken zip raises nearly anything
        raise UnreadableZip(f"“{name}”已损坏或不完整，无法解压，请单位重新发送。") from error
    return archive


def _refuse_huge(file: IO[bytes], name: str) -> None:
    """Refuse a list of files that alone would fill the memory, before anything reads it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    end = file.read()
    file.seek(0)
    place = end.rfind(_END)
    if place < 0 or len(end) - place < _END_BYTES:
        raise UnreadableZip(f"“{name}”已损坏或不完整，无法解压，请单位重新发送。")
    directory = int.from_bytes(end[place + 12 : place + 16], "little")
    if directory > MAX_DIRECTORY_BYTES:  # also of the kind beyond 4 GB, which says FFFFFFFF
        raise UnreadableZip(f"“{name}”内的文件过多或超过 4 GB，未读取，请核对来源。")


def _unlock(
    archive: zipfile.ZipFile, locked: list[zipfile.ZipInfo], name: str, passwords: tuple[str, ...]
) -> None:
    is_old = any(
        info.compress_type != _AES and not hasattr(info, "wz_aes_version") for info in locked
    )
    smallest = min(locked, key=lambda info: info.file_size)
    if is_old and sum(info.file_size for info in locked) > MAX_OLD_LOCKED_BYTES:
        raise UnreadableZip(f"“{name}”用旧式方法加密且较大，请先用解压软件解开，再放入文件夹。")
    for password in passwords:
        for coding in ("utf-8", "gb18030"):
            archive.setpassword(password.encode(coding))
            try:
                with archive.open(smallest) as inside:
                    while inside.read(_AT_ONCE):
                        pass
            except Exception:
                continue
            return
    why = "密码不对" if passwords else "需要密码"
    raise WantsPassword(f"“{name}”已加密，{why}，请输入单位另行告知的密码后再收。")


def _looked_through(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], name: str, *, is_locked: bool
) -> Opened:
    entries: list[Entry] = []
    refused: list[tuple[str, str]] = []
    unpacked = sum(info.file_size for info in infos)
    is_bomb = any(
        info.file_size > max(_RATIO_COUNTS_FROM, MAX_RATIO * info.compress_size) for info in infos
    )
    if unpacked > MAX_UNPACKED_BYTES or is_bomb:
        raise UnreadableZip(f"“{name}”解压后过大（{unpacked >> 20} MB），未读取，请核对来源。")
    for info in infos:
        if info.is_dir():
            continue
        path = _name(info)
        if why := _why_refused(path, info):
            refused.append((path, why))
            continue
        entries.append(Entry(path, info.file_size, _pieces(archive, info, path)))
    return Opened(tuple(entries), tuple(refused), is_locked)


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name in the letters that its writer meant."""
    name = getattr(info, "orig_filename", info.filename)
    if not info.flag_bits & _SAYS_UTF8 and not name.isascii():
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return name.replace("\\", "/")


def _why_refused(path: str, info: zipfile.ZipInfo) -> str:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是指向别处的链接，未读取"
    if "\0" in path or path.startswith("/") or ":" in path or ".." in path.split("/"):
        return "路径指向压缩包以外，未读取"
    if info.file_size > MAX_FILE_BYTES:
        return f"超过 {MAX_FILE_BYTES >> 20} MB，未读取"
    return ""


def _pieces(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str
) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        left = MAX_FILE_BYTES
        try:
            with archive.open(info) as inside:
                while piece := inside.read(_AT_ONCE):
                    left -= len(piece)
                    if left < 0:  # more than it says of itself
                        raise UnreadableZip(f"“{path}”过大，未读取。")
                    yield piece
        except UnreadableZip:
            raise
        except Exception as error:  # a broken entry raises nearly anything
            raise UnreadableZip(f"“{path}”已损坏，无法解压。") from error

    return pieces


def entry_of(path: str, content: bytes) -> Entry:
    """Return a file that is in memory already."""

    def pieces() -> Iterator[bytes]:
        yield content

    return Entry(path, len(content), pieces)
