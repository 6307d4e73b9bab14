"""What can go wrong with a shared database, each told in one sentence a clerk can act on.

They are kinds of what can go wrong with a file, so that whoever waits for a lock or a disk there
does so here.  The codes are PostgreSQL's: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from typing import Any

from db import store_problems as of_files
from db.shared_database import ServerName


class ServerBusy(of_files.LockedDatabase):
    """Others write, and for longer than we wait; or the server took our part back for theirs."""

    sentence = (
        "共享数据库“{file}”正在写入其他人的内容，本次未保存。请稍后再试；已保存的内容不受影响。"
    )


class TooManyClerks(of_files.LockedDatabase):
    """The server takes no further connection."""

    sentence = (
        "共享数据库“{file}”的连接已满。请关闭不用的窗口后再试，或请管理员调大 max_connections。"
    )


class ServerAway(of_files.DiskTrouble):
    """There is no server, or the connection is lost; what was saved before stands."""

    sentence = (
        "连不上共享数据库“{file}”，或连接中断（服务器或网络没有响应）。"
        "请检查网络和地址后再试；未确认的内容没有保存，此前已保存的内容不受影响。"
    )


class PasswordRefused(of_files.StoreProblem):
    """The server does not know this user, or not this password."""

    sentence = (
        "共享数据库“{file}”不接受这个用户名或密码。请在“设置”的“资料”中重新填写密码，"
        "或在密码文件（pgpass）中更正；仍不行的，请管理员检查 pg_hba.conf。"
    )


class NoSuchDatabase(of_files.MissingDatabase):
    """The server is there, the database is not."""

    sentence = "服务器上没有数据库“{file}”。请核对地址中的数据库名，或请管理员先建立（createdb）。"


class NothingThere(of_files.MissingDatabase):
    """The database is there and empty, and was not to be made."""

    sentence = "共享数据库“{file}”中还没有本程序的数据。请核对地址。"


class NoRight(of_files.ReadOnly):
    """This user may not do this, or it is a copy that is only read."""

    sentence = (
        "共享数据库“{file}”不允许写入（用户没有权限，或这是只读的副本）。"
        "请改用主服务器的地址，或请管理员授权。"
    )


class ServerFull(of_files.DiskFull):
    """The server has no room left; what was saved before stands."""

    sentence = (
        "共享数据库“{file}”所在服务器的磁盘空间不足，本次内容未写入。"
        "请管理员清理后再试；此前已保存的内容不受影响。"
    )


class ServerDamaged(of_files.DamagedDatabase):
    """Something in the database is not whole, or not as this program left it."""

    sentence = (
        "共享数据库“{file}”的内容不完整或已损坏，程序未作改动。"
        "请管理员用 pg_restore 从备份恢复（见使用说明“多人共用一个数据库”）。"
    )


class ServerNotOurs(of_files.NotADatabase):
    """The schema holds another program's tables."""

    sentence = (
        "“{file}”中有其他程序的表，不是本程序的数据。"
        "请用 ?schema= 另指一个名称，或另建数据库；内容未作任何改动。"
    )


class ServerUnsuitable(of_files.StoreProblem):
    """The server is too old, or its database not in UTF-8."""

    sentence = (
        "共享数据库“{file}”不能使用：需要 PostgreSQL 15 以上、编码为 UTF8 的数据库"
        "（服务器为 {version}，编码 {encoding}）。请管理员另建。"
    )


class ServerNewer(of_files.NewerDatabase):
    """A later program has brought the tables up to date."""

    sentence = (
        "共享数据库“{file}”已由更新版本的程序更新（数据版本 {found}，本程序支持到 {known}）。"
        "请安装新版本后再打开；内容未作任何改动。"
    )


class ServerNotMigrated(of_files.MigrationFailed):
    """Bringing the tables up to date failed and was taken back."""

    sentence = (
        "共享数据库“{file}”更新到新版本时出错，已退回原样，数据未改动。"
        "请继续使用原来的版本，并联系技术支持。"
    )


class BackedUpByServer(of_files.StoreProblem):
    """Backups of a shared database are the server's own."""

    sentence = (
        "共享数据库“{file}”由管理员用 PostgreSQL 自带的工具备份和恢复，本程序不做："
        "备份用 {dump} ，恢复用 {bring_back} 。"
    )


_BY_STATE: dict[str, type[of_files.StoreProblem]] = {
    "40001": ServerBusy,  # serialization failure
    "40P01": ServerBusy,  # deadlock
    "55P03": ServerBusy,  # lock not available
    "57014": ServerBusy,  # statement timeout
    "25P03": ServerBusy,  # idle in transaction for too long
    "53300": TooManyClerks,
    "53100": ServerFull,
    "28000": PasswordRefused,
    "28P01": PasswordRefused,
    "3D000": NoSuchDatabase,
    "25006": NoRight,  # read-only transaction
    "42501": NoRight,  # insufficient privilege
    "42P01": ServerDamaged,  # undefined table
    "42703": ServerDamaged,  # undefined column
    "XX001": ServerDamaged,  # data corrupted
    "XX002": ServerDamaged,  # index corrupted
}
_BY_CLASS = {"08": ServerAway, "57P": ServerAway, "53": ServerFull}
_LOST = ("network error", "connection is closed", "communication error", "Can't create a conn")
"""How the driver's own errors begin when there is no server, or no longer one."""


def problem_of_server(raw: BaseException, name: ServerName) -> of_files.StoreProblem | None:
    """Return the clerk's word for an error of the driver's, or None where the fault is ours."""
    said: Any = raw.args[0] if raw.args else ""
    if isinstance(said, dict):
        state = str(said.get("C", ""))
        starts = (kind for start, kind in _BY_CLASS.items() if state.startswith(start))
        found = _BY_STATE.get(state) or next(starts, None)
        return None if found is None else found(name)
    if type(raw).__name__ == "InterfaceError":
        text = str(raw)
        if text.startswith(_LOST):
            return ServerAway(name)
        if "authentication" in text or "password" in text:
            return PasswordRefused(name)
        if "SSL" in text:
            return ServerAway(name)
    return None
