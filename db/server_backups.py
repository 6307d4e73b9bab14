"""Backups of a shared database: the server's own, made by its administrator, not by this program.

Stands where `db.daily.OwnBackups` stands for a file.
"""

from pathlib import Path

from db.data_places import KEPT_OF_EACH
from db.server_problems import BackedUpByServer
from db.shared_database import SharedDatabase


class ServerBackups:
    """Makes none, and says who does."""

    second_place: Path | None = None
    keep: int = KEPT_OF_EACH

    def __init__(self, place: SharedDatabase) -> None:
        """Speak of this database."""
        self._place = place

    def refusal(self) -> BackedUpByServer:
        """Say how a backup of it is made."""
        dump, bring_back = commands(self._place)
        return BackedUpByServer(self._place.shown, dump=dump, bring_back=bring_back)

    def before_write(self) -> None:
        """Make none."""

    def before_opened(self) -> None:
        """Make none."""

    def back_up_today(self) -> None:
        """Make none."""

    def wait(self) -> None:
        """Wait for nothing."""

    def make(self) -> Path:
        """Make none by hand either.  Raises BackedUpByServer."""
        raise self.refusal()

    def settle(self, *, keep: int | None = None, second_place: Path | None = None) -> None:
        """Nothing can be settled.  Raises BackedUpByServer."""
        raise self.refusal()


def commands(place: SharedDatabase) -> tuple[str, str]:
    """How an administrator backs the data up and brings them back, with PostgreSQL's own tools.

    https://www.postgresql.org/docs/current/app-pgdump.html
    """
    to = f"-h {place.host} -p {place.port} -U {place.user}"
    return (
        f"pg_dump {to} -n {place.schema} -Fc -f backup.dump {place.database}",
        f"pg_restore {to} -d {place.database} --clean --if-exists --single-transaction backup.dump",
    )
