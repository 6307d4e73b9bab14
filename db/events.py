"""The log of who did what: codes and counts only, so that no personal data can get in."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from db import tables
from db.transactions import Transactions
from forms.office.stored import Event

_v = tables.events.c
_CODE = re.compile(r"[a-z0-9_.-]{1,60}")
_counts = msgspec.json.Decoder(dict[str, int])


class Events:
    """The repository of events."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    def log(
        self,
        what: str,
        *,
        who: str = "",
        case_id: int | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Note an event by its code ("import.done"), with counts by their codes.

        Raises ValueError for anything but codes: words do not belong here.
        """
        counts = counts or {}
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

    def listed(self, *, limit: int | None = None, case_id: int | None = None) -> list[Event]:
        """Return the events, the latest first; those of one case if asked."""
        asked = select(*_v).order_by(_v.id.desc()).limit(limit)
        if case_id is not None:
            asked = asked.where(_v.case_id == case_id)
        with self._transactions.reading() as connection:
            rows = connection.execute(asked).mappings().all()
            return [Event(**{**row, "counts": _counts.decode(row["counts"])}) for row in rows]
