"""The versions of a record: every save is kept and can be brought back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from db.many_rows import insert_many
from db.store_problems import UnknownVersion
from forms.office.stored import Version


class History:
    """The versions in one table, by the id of the record they belong to."""

    def __init__(self, table: Table, owner: str) -> None:
        """Name the table and its column of the owner's id."""
        self._table = table
        self._owner = table.c[owner]

    def add(
        self,
        connection: Connection,
        owner_id: int,
        version: int,
        content: str,
        *,
        at: datetime,
        who: str,
        what: str,
        amended: int | None = None,
    ) -> None:
        """Keep a version, in the place of the one that it amends."""
        row: dict[str, Any] = {self._owner.name: owner_id, "version": version, "content": content}
        if amended is not None:
            t = self._table.c
            here = self._table.delete().where(self._owner == owner_id, t.version == amended)
            connection.execute(here)
        connection.execute(self._table.insert(), row | {"made_at": at, "who": who, "what": what})

    def rewrite(self, connection: Connection, owner_id: int, version: int, content: str) -> None:
        """Let a version that is being saved hold other content."""
        here = self._table.update().where(self._owner == owner_id, self._table.c.version == version)
        connection.execute(here, {"content": content})

    def begin(
        self,
        connection: Connection,
        records: Iterable[tuple[int, str, str]],
        *,
        at: datetime,
        who: str,
    ) -> None:
        """Keep the first version of many records, each an id, its content and what was done."""
        name = self._owner.name
        rows = [
            {name: owner, "version": 1, "content": content, "made_at": at, "who": who, "what": what}
            for owner, content, what in records
        ]
        insert_many(connection, self._table, rows)

    def listed(self, connection: Connection, owner_id: int) -> list[Version]:
        """Return the versions, the latest first."""
        t = self._table.c
        asked = select(t.version, t.made_at, t.who, t.what).where(self._owner == owner_id)
        rows = connection.execute(asked.order_by(t.version.desc()))
        return [Version(**row) for row in rows.mappings()]

    def what(self, connection: Connection, owner_id: int, version: int) -> str | None:
        """Return what was done in a version; None where there is none."""
        t = self._table.c
        asked = select(t.what).where(self._owner == owner_id, t.version == version)
        found: str | None = connection.execute(asked).scalar_one_or_none()
        return found

    def content(self, connection: Connection, owner_id: int, version: int) -> str:
        """Return the JSON of a version.  Raises UnknownVersion."""
        t = self._table.c
        asked = select(t.content).where(self._owner == owner_id, t.version == version)
        found: str | None = connection.execute(asked).scalar_one_or_none()
        if found is None:
            raise UnknownVersion(version=version)
        return found
