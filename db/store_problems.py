"""What can go wrong with the store, each told in one sentence a clerk can act on.

This is also the one place where the database's own errors are translated; an error that is
nobody's but ours (bad SQL, a broken constraint) is not translated and stays a bug.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

from forms.ground.for_the_clerk import ForTheClerk

if TYPE_CHECKING:
    from db.shared_database import ServerName


class StoreProblem(ForTheClerk):
    """A fault of the store, told by the `sentence` of its kind."""

    sentence: ClassVar[str] = "数据文件“{file}”暂时不能使用，请稍后再试。"

    def __init__(self, file: Path | ServerName | None = None, **facts: object) -> None:
        """Keep the file and fill the sentence with the facts."""
        self.file = file
        self.offer: Path | None = None
        super().__init__(self.sentence.format(file=file, **facts))

    def offering(self, backup: Path, made_at: datetime, cases: int) -> Self:
        """Name the newest good backup in the sentence; return the problem itself."""
        self.offer = backup
        said = f"最近的完好备份是“{backup}”（{made_at:%Y-%m-%d %H:%M}，案卷 {cases} 件），"
        self.args = (f"{self}{said}可以从备份恢复。",)
        return self


class NewerDatabase(StoreProblem):
    """A later program has written this file."""

    sentence = (
        "数据文件“{file}”由更新版本的程序建立（数据版本 {found}，本程序支持到 {known}）。"
        "请安装新版本后再打开；文件未作任何改动。"
    )


class DamagedDatabase(StoreProblem):
    """The file is one of SQLite's, but not whole; nothing in it has been touched."""

    asks_for_backup = True
    sentence = "数据文件“{file}”已损坏，程序未作改动。请从备份恢复；损坏的文件将另存，不会覆盖。"


class VanishedDatabase(StoreProblem):
    """There is no database, or an empty file, although backups of one lie beside it."""

    asks_for_backup = True
    sentence = (
        "数据文件“{file}”已丢失或被清空，为免与原有数据混淆，程序未另建新文件。"
        "请从备份恢复；确需从空白开始的，请先将同一文件夹中的“backups”改名。"
    )


class NotADatabase(StoreProblem):
    """The file is something else than a database of this program."""

    sentence = (
        "“{file}”不是本程序的数据文件或备份（可能是其他文件，或内容已被破坏）。"
        "请选择正确的文件；文件未作任何改动。"
    )


class LockedDatabase(StoreProblem):
    """Another program keeps the file to itself for longer than we wait."""

    sentence = (
        "数据文件“{file}”正被另一个程序占用。"
        "请关闭正在使用它的窗口、同步或备份软件，稍后再试；已保存的内容不受影响。"
    )


class ReadOnly(StoreProblem):
    """The file or its folder can not be written."""

    sentence = (
        "数据文件“{file}”或所在文件夹不允许写入。"
        "请取消“只读”，或将数据移到有写入权限的文件夹后再试。"
    )


class DiskFull(StoreProblem):
    """There is no room left; what was saved before stands."""

    sentence = "磁盘空间不足，本次内容未写入“{file}”。请清理空间后再试；此前已保存的内容不受影响。"


class DiskTrouble(StoreProblem):
    """The disk, the stick or the network share failed while reading or writing."""

    sentence = (
        "读写“{file}”时磁盘、U盘或网络位置没有响应。请检查连接后再试；此前已保存的内容不受影响。"
    )


class MissingFolder(StoreProblem):
    """The folder is not there and can not be made."""

    sentence = (
        "找不到也无法建立“{file}”所在的文件夹。请检查磁盘或网络位置是否已连接、路径是否正确。"
    )


class MissingDatabase(StoreProblem):
    """The file that was asked for is not there."""

    sentence = "找不到文件“{file}”。请检查它是否已被移动、改名，或所在的磁盘没有连接。"


class NoBackup(StoreProblem):
    """There is no good backup to bring back."""

    sentence = "“{file}”所在文件夹没有完好的自动备份。有另存备份的，请指明该文件。"


class SameFile(StoreProblem):
    """A backup may not be written over the data it is made of."""

    sentence = "“{file}”是正在使用的数据文件，不能覆盖。请另选文件。"


class MigrationFailed(StoreProblem):
    """Bringing an older file up to date failed and was taken back."""

    sentence = (
        "数据文件“{file}”更新到新版本时出错，已退回原样，数据未改动（备份在“{backup}”）。"
        "请继续使用原来的版本，并联系技术支持。"
    )


class StaleRevision(StoreProblem):
    """Someone else has saved the same record since it was read."""

    sentence = "本案卷已在别处修改，为免覆盖，本次未保存。请重新打开后再改。"


class RestoredElsewhere(StaleRevision):
    """The data were brought back from a backup since they were last read here."""

    sentence = (
        "数据文件“{file}”刚在别处从备份恢复，为免写入恢复前的内容，本次操作未执行。"
        "请核对现有内容后重做。"
    )


class UnknownCase(StoreProblem):
    """No such case (or it lies in the bin)."""

    sentence = "找不到本案卷，可能已移入回收站。请刷新列表后再试。"


class UnknownPatent(StoreProblem):
    """No such entry in the ledger."""

    sentence = "专利台账中找不到这件专利，可能已与另一条合并。请刷新后再试。"


class UnknownVersion(StoreProblem):
    """The case has no such version."""

    sentence = "本案卷没有第 {version} 版。请在历史版本中另选。"


class UnknownLicence(StoreProblem):
    """No such licence."""

    sentence = "找不到这份许可合同，可能已删除。请刷新列表后再试。"


class UnknownRecord(StoreProblem):
    """No such record of a kind (or it lies in the bin)."""

    sentence = "没有这条{word}记录，或者它已移入回收站；请刷新后再选。"


class DamagedScan(StoreProblem):
    """A kept scan no longer is what was put in."""

    sentence = "保存的扫描件已损坏，不能使用。请重新添加签章扫描件。"


class ScanTooLarge(StoreProblem):
    """A scan is larger than the store keeps."""

    sentence = (
        "扫描件为 {size_mb} MB，超过 {limit_mb} MB，未保存。"
        "请降低扫描分辨率（例如 200 dpi）后再试。"
    )


_BY_CODE: dict[int, type[StoreProblem]] = {
    sqlite3.SQLITE_PERM: ReadOnly,
    sqlite3.SQLITE_BUSY: LockedDatabase,
    sqlite3.SQLITE_LOCKED: LockedDatabase,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_IOERR: DiskTrouble,
    sqlite3.SQLITE_CORRUPT: DamagedDatabase,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_CANTOPEN: ReadOnly,
    sqlite3.SQLITE_PROTOCOL: LockedDatabase,
    sqlite3.SQLITE_NOTADB: DamagedDatabase,  # strangers are refused before SQLite sees them
}

_BY_ERRNO: dict[int, type[StoreProblem]] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), DiskFull),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), ReadOnly),
    errno.EBUSY: LockedDatabase,
}


_FULL_BELOW_BYTES = 128 << 10


PASSING = (
    LockedDatabase,
    DiskFull,
    DiskTrouble,
    MissingDatabase,
    MissingFolder,
    ReadOnly,
    VanishedDatabase,
)
"""What may be over by itself: a share that comes back, room that is made, a restore elsewhere."""


_SPOILED = ("no such table", "no such column", "Could not decode to UTF-8")
"""How the driver's errors begin that have no code: what every file of ours has is not there, or
what should be a text is none."""


class SpoiledValue(ValueError):
    """A stored value is not what its column holds, so that the file was spoiled."""


def problem_of(error: BaseException, file: Path | ServerName) -> StoreProblem | None:
    """Return the clerk's word for a database error, or None where the fault is ours.

    A failed statement may make the rollback fail too: what came first is what counts.
    """
    found = None if error.__context__ is None else problem_of(error.__context__, file)
    if found is not None:
        return found
    if not isinstance(file, Path):
        return _problem_of_server(error, file)
    if _is_unreadable(error):
        return DamagedDatabase(file)
    if isinstance(error, SpoiledValue):
        return DamagedDatabase(file)
    raw = getattr(error, "orig", error)  # what SQLAlchemy wraps
    code = getattr(raw, "sqlite_errorcode", None)
    if isinstance(raw, sqlite3.OperationalError) and str(raw).startswith(_SPOILED):
        return DamagedDatabase(file)
    kind = None if code is None else _BY_CODE.get(code & 0xFF)
    if code == sqlite3.SQLITE_CANTOPEN and not file.exists():
        kind = MissingDatabase
    if kind is DiskTrouble and _is_full(file):
        kind = DiskFull
    return None if kind is None else kind(file)


def _problem_of_server(error: BaseException, name: ServerName) -> StoreProblem | None:
    from db.server_problems import ServerDamaged, problem_of_server

    if isinstance(error, SpoiledValue) or _is_unreadable(error):
        return ServerDamaged(name)
    return problem_of_server(getattr(error, "orig", None) or error, name)


def problem_of_disk(error: OSError, file: Path) -> StoreProblem:
    """Return the clerk's word for a failed operation on the file itself."""
    return _BY_ERRNO.get(error.errno or 0, DiskTrouble)(file)


def _is_full(file: Path) -> bool:
    """Whether a failed reading or writing is for want of room: SQLite does not always say so.

    It can not even open a log whose shared memory (32 KB) finds no room.
    """
    try:
        return shutil.disk_usage(file.parent).free < _FULL_BELOW_BYTES
    except OSError:
        return False


@contextmanager
def told(file: Path | ServerName) -> Iterator[None]:
    """Turn the database's errors into the clerk's words, whatever layer they come through."""
    try:
        yield
    except Exception as error:
        problem = problem_of(error, file) if _is_of_database(error) else None
        if problem is None:
            raise
        raise problem from error


def _is_of_database(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error | SpoiledValue) or _is_unreadable(error):
        return True
    from sqlalchemy.exc import DBAPIError  # slow to load, and nobody's error without a store

    return isinstance(error, DBAPIError)


def _is_unreadable(error: BaseException) -> bool:
    """Whether a record's JSON could not be read."""
    import msgspec  # slow to load: who only looks at a file does without

    return isinstance(error, msgspec.DecodeError)
