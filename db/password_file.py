"""PostgreSQL's password file, which its own tools (pg_dump, psql) read too.

One line a server, `host:port:database:user:password`, a `*` for any, `\\` before a `:` or a `\\`;
the first that fits counts.  Nobody else may read the file.
https://www.postgresql.org/docs/current/libpq-pgpass.html
"""

import os
import re
import stat
from pathlib import Path

from forms.ground.files import temporary_beside

_PART = re.compile(r"((?:\\.|[^:\\])*)(?::|$)")


def password_file(named: str = "") -> Path:
    """Return the password file: the one named, that of PGPASSFILE, else the usual one."""
    if chosen := named or os.environ.get("PGPASSFILE", ""):
        return Path(chosen)
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", ""), "postgresql", "pgpass.conf")
    return Path(os.environ.get("HOME") or Path.home(), ".pgpass")


def password_for(host: str, port: int, database: str, user: str, named: str = "") -> str | None:
    """Return the password of the first line that fits, None where there is none.

    A file that others may read counts for nothing, as PostgreSQL's own tools have it.
    """
    wanted = (host, str(port), database, user)
    for parts in _lines(password_file(named)):
        if all(part in ("*", value) for part, value in zip(parts, wanted, strict=False)):
            return parts[4]
    return None


def keep_password(
    host: str, port: int, database: str, user: str, password: str, named: str = ""
) -> Path:
    """Put a password into the file, in the place of the one before; return the file.

    Only its owner may read it.  Raises OSError.
    """
    file = password_file(named)
    file.parent.mkdir(parents=True, exist_ok=True)
    ours = [host, str(port), database, user]
    try:
        before = file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except FileNotFoundError:
        before = []
    kept = [line for line in before if (_parts(line) or [])[:4] != ours]
    text = "\n".join([":".join(map(_escaped, [*ours, password])), *kept, ""])
    _write_for_owner(file, text.encode(errors="surrogateescape"))
    return file


def _write_for_owner(file: Path, content: bytes) -> None:
    """Write the file whole, and at no moment readable for others."""
    temporary = temporary_beside(file)
    try:
        with os.fdopen(
            os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"
        ) as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _lines(file: Path) -> list[list[str]]:
    try:
        if os.name != "nt" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return []
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [parts for line in text.splitlines() if (parts := _parts(line)) is not None]


def _parts(line: str) -> list[str] | None:
    """Return the five parts of a line, None for a remark or what is no line of it."""
    parts = [re.sub(r"\\(.)", r"\1", part) for part in _PART.findall(line)]
    return None if line.startswith("#") or len(parts) < 5 else parts[:5]


def _escaped(part: str) -> str:
    return re.sub(r"([:\\])", r"\\\1", part)
