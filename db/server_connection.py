"""One connection to a PostgreSQL server, through pg8000.

This is the one place of the program from which a network is reached, and it is loaded only for
the address of a shared database that a clerk has given.
"""

from contextlib import suppress
from typing import Any

import pg8000
import pg8000.dbapi

from db.server_tls import tls_context
from db.shared_database import SharedDatabase

CONNECT_WITHIN_S = 10.0
ANSWER_WITHIN_S = 60.0
"""How long a server may say nothing at all before the connection is taken for lost."""
MILLISECONDS = 1000
DRIVER: str = pg8000.__version__


class ServerConnection(pg8000.dbapi.Connection):  # type: ignore[misc]
    """pg8000's connection, which tells every failure of the network as its own error.

    Left alone it lets an OSError through where an answer breaks off or does not come, which
    SQLAlchemy then does not take for a lost connection.
    """

    def __init__(self, to: SharedDatabase, lock_wait_s: float) -> None:
        # A server that wants a password and gets None makes pg8000 fail with an AttributeError.
        where: dict[str, Any] = {"host": to.host, "port": to.port, "ssl_context": tls_context(to)}
        if to.is_local:
            where = {"unix_sock": f"{to.host}/.s.PGSQL.{to.port}", "ssl_context": False}
        try:
            super().__init__(
                to.user,
                database=to.database,
                password=to.password or "",
                timeout=CONNECT_WITHIN_S,
                application_name="OpenLicense Desk",
                startup_params=_settings(to, lock_wait_s),
                **where,
            )
        except OSError as error:
            raise pg8000.dbapi.InterfaceError("network error") from error
        self.be_patient(ANSWER_WITHIN_S)

    def close(self) -> None:
        """Close the connection, and what it reads and writes by.

        pg8000 1.31 closes its socket only, which the file made of it holds open: where a server did
        not let us in, or went away, that was left to the garbage collector.
        """
        reads_and_writes = self._sock
        try:
            super().close()
        finally:
            if reads_and_writes is not None:
                with suppress(OSError):  # the last words of a connection that is broken
                    reads_and_writes.close()

    def be_patient(self, wait_s: float | None) -> None:
        """Wait so long for an answer; None for however long it takes."""
        self._usock.settimeout(wait_s)

    def handle_ERROR_RESPONSE(self, data: Any, context: Any) -> None:
        """Take an error without the values it is about, which may be anybody's name."""
        super().handle_ERROR_RESPONSE(data, context)
        for part in ("D", "W"):  # detail, where
            context.error.args[0].pop(part, None)

    def execute_simple(self, statement: str) -> Any:
        """Execute a statement without parameters."""
        try:
            return super().execute_simple(statement)
        except OSError as error:
            raise pg8000.dbapi.InterfaceError("network error") from error

    def execute_unnamed(self, *args: Any, **named: Any) -> Any:
        """Execute a statement with parameters."""
        try:
            return super().execute_unnamed(*args, **named)
        except OSError as error:
            raise pg8000.dbapi.InterfaceError("network error") from error


def _settings(to: SharedDatabase, lock_wait_s: float) -> dict[str, str]:
    """What the server is told of this session at its beginning.

    A reading transaction sees one moment.  Compiling a query and starting workers for it takes
    longer (20 to 70 ms) than what is asked for here does; a search keeps in memory which rows it
    has found, or it looks at whole pages again.  A client that is gone without a word is found
    out in some two minutes, so that its lock does not stay.
    """
    return {
        "search_path": to.schema,
        "default_transaction_isolation": "repeatable read",
        "lock_timeout": str(max(int(lock_wait_s * MILLISECONDS), 1)),
        "idle_in_transaction_session_timeout": "600000",
        "tcp_keepalives_idle": "60",
        "tcp_keepalives_interval": "15",
        "tcp_keepalives_count": "4",
        "jit": "off",
        "work_mem": "64MB",
        "max_parallel_workers_per_gather": "0",
        "DateStyle": "ISO, YMD",
        "client_min_messages": "warning",
    }
