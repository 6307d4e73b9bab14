"""The log of who did what: codes and counts only, so that no personal data can get in."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from db import tables
from db.stored import Event
from db.transactions import Transactions
from db.writes import put_setting

_v = tables.events.c
_CODE = re.compile(r"[a-z0-9_.-]{1,60}")
_counts = msgspec.json.Decoder(dict[str, int])
_settings = tables.settings.c


class Events:
    """The repository of events and of small settings."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    def log(self, what: str, *, who: str, case_id: int | None, counts: Mapping[str, int]) -> None:
        """Note an event by its code ("import.done"), with counts by their codes.

        Raises ValueError for anything but codes: words do not belong here.
        """
        for code in (what, *counts):
            if not _CODE.fullmatch(code):
                raise ValueError("an event is told in codes")
        row: dict[str, Any] = {
            "at": self._transactions.now(),
            "who": who,
            "what": what,
            "case_id": case_id,
        }
        text = msgspec.json.encode({code: int(count) for code, count in counts.items()}).decode()
        with self._transactions.writing() as connection:
            connection.execute(tables.events.insert(), row | {"case_id": case_id, "counts": text})

    def listed(self, *, limit: int | None, case_id: int | None = None) -> list[Event]:
        """Return the events, the latest first; those of one case if asked."""
        asked = select(*_v).order_by(_v.id.desc()).limit(limit)
        if case_id is not None:
            asked = asked.where(_v.case_id == case_id)
        with self._transactions.reading() as connection:
            rows = connection.execute(asked).mappings().all()
            return [Event(**{**row, "counts": _counts.decode(row["counts"])}) for row in rows]

    def setting(self, name: str) -> str | None:
        """Return a setting, or None."""
        asked = select(_settings.value).where(_settings.name == name)
        with self._transactions.reading() as connection:
            return connection.execute(asked).scalar_one_or_none()

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._transactions.writing() as connection:
            put_setting(connection, name, value)
