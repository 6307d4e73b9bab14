"""The address of a shared database: a PostgreSQL server that several clerks work on at once.

It is written as PostgreSQL's own tools write it, `postgresql://user@host:5432/database`.  The
password stands in no message and in no `repr`: what is shown is `SharedDatabase.shown`.
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
"""

import getpass
import os
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from db.password_file import password_for
from forms.ground.for_the_clerk import ForTheClerk

BEGINNINGS = ("postgresql://", "postgres://")
DEFAULT_PORT = 5432
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://|postgres(?:ql)?:")
_WRITTEN = (
    "共享数据库的地址写法有误。应为 postgresql://用户名@服务器:端口/数据库名，"
    "例如 postgresql://clerk@10.0.0.5:5432/openlicense。"
)
DEFAULT_SCHEMA = "openlicense"
TLS_MODES = ("disable", "prefer", "require", "verify-full")
_ASKED = ("host", "schema", "sslmode", "sslrootcert", "passfile")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class FaultyAddress(ForTheClerk):
    """An address of a shared database that can not be read; told without its password."""


class ServerName(str):
    """How messages name a shared database; by its type the store tells it from a file."""


class Secret:
    """A password that shows itself to nobody who merely looks at what holds it."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        """Show stars."""
        return "***"


class SharedDatabase(msgspec.Struct, frozen=True, kw_only=True):
    """A database on a server, and the local place beside which this computer's own files lie.

    `host` may be a folder with a socket in it.  `schema` keeps several apart in one database.
    `beside` stands for the database's file where a place on this computer is meant: form packs
    taken in, papers made.
    """

    host: str
    port: int
    user: str
    database: str
    beside: Path
    schema: str = DEFAULT_SCHEMA
    tls: str = "prefer"
    tls_root: str = ""
    password_file: str = ""
    secret: Secret | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is spoken to through a socket in a folder, not over the network."""
        return self.host.startswith("/")

    @property
    def shown(self) -> ServerName:
        """What the clerk is shown of it."""
        schema = "" if self.schema == DEFAULT_SCHEMA else f"?schema={self.schema}"
        return ServerName(f"{self.user}@{self.host}:{self.port}/{self.database}{schema}")

    @property
    def address(self) -> str:
        """The address without a password, as it is kept in the settings."""
        from sqlalchemy import URL

        said = {
            "host": self.host if self.is_local else "",
            "schema": "" if self.schema == DEFAULT_SCHEMA else self.schema,
            "sslmode": "" if self.tls == "prefer" else self.tls,
            "sslrootcert": self.tls_root,
            "passfile": self.password_file,
        }
        url = URL.create(
            "postgresql",
            username=self.user,
            host=None if self.is_local else self.host,
            port=None if self.is_local and self.port == DEFAULT_PORT else self.port,
            database=self.database,
            query={name: value for name, value in said.items() if value},
        )
        return url.render_as_string()

    @property
    def password(self) -> str | None:
        """The password: of the address, of PGPASSWORD, else of the password file; None for none."""
        if self.secret is not None:
            return self.secret.text
        if from_environment := os.environ.get("PGPASSWORD"):
            return from_environment
        host = "localhost" if self.is_local else self.host
        return password_for(host, self.port, self.database, self.user, self.password_file)


Place = Path | SharedDatabase
"""Where data are: a file, or a database on a server."""


def is_shared(text: str) -> bool:
    """Whether a text is meant as the address of a shared database, if only of another kind."""
    return _ADDRESS.match(text.strip().lower()) is not None


def shared_database(text: str, *, beside: Path) -> SharedDatabase:
    """Read an address.  Raises FaultyAddress, which names what is wrong and no password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    if not text.strip().lower().startswith(BEGINNINGS):
        raise FaultyAddress(_WRITTEN)
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as error:
        raise FaultyAddress(_WRITTEN) from error
    asked = _asked(url.query)
    host = asked.get("host") or url.host or "localhost"
    found = SharedDatabase(
        host=host,
        port=url.port or DEFAULT_PORT,
        user=url.username or _user(),
        database=url.database or "",
        beside=beside,
        schema=asked.get("schema") or DEFAULT_SCHEMA,
        tls=asked.get("sslmode") or "prefer",
        tls_root=asked.get("sslrootcert") or "",
        password_file=asked.get("passfile") or "",
        secret=Secret(str(url.password)) if url.password else None,
    )
    if not found.database:
        raise FaultyAddress("共享数据库的地址没有写数据库名，请写在最后一个“/”之后。")
    if not _SCHEMA.fullmatch(found.schema):
        raise FaultyAddress("地址中的 schema 只能用小写字母、数字和下划线。")
    if found.tls not in TLS_MODES:
        raise FaultyAddress(f"地址中的 sslmode 只能是 {'、'.join(TLS_MODES)} 之一。")
    return found


def _asked(query: Mapping[str, object]) -> dict[str, str]:
    """What follows the `?`.  Raises FaultyAddress for what nobody here knows."""
    unknown = sorted(set(query) - set(_ASKED))
    if unknown:
        raise FaultyAddress(
            f"地址中的 {'、'.join(unknown)} 本程序不认识，可以写的有 {'、'.join(_ASKED)}。"
        )
    return {name: str(value) for name, value in query.items()}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise FaultyAddress("共享数据库的地址没有写用户名，请写在“@”之前。") from error
