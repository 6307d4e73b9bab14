"""The address book (名册) and the office's own profile (单位)."""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, select

from db import tables
from db.projection import folded
from db.transactions import Transactions, inserted
from forms.facts.record import Bank, Office, Party
from forms.ground.combining import combined
from forms.office.stored import StoredParty

_p, _o = tables.parties.c, tables.offices.c
_OFFICE_ID = 1
_ASKED = select(_p.id, _p.content, _p.updated_at)

_party = msgspec.json.Decoder(Party)
_office = msgspec.json.Decoder(Office)
_encode = msgspec.json.Encoder(order="deterministic").encode


@cache
def _of_office() -> Select[Any]:
    return select(_o.content).where(_o.id == _OFFICE_ID)


class Parties:
    """The repository of parties and of the office."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    def listed(self) -> list[StoredParty]:
        """Return the address book in the order of the names' pinyin."""
        from forms.ground.pinyin import name_order  # loaded by who lists, not at every start

        with self._transactions.reading() as connection:
            found = _read(connection)
        return sorted(found, key=lambda one: name_order(one.party.name))

    def remember(self, party: Party) -> StoredParty:
        """Put a party into the address book, or bring its entry up to date.

        An entry is the same party if the names agree and nothing (kind, identity number)
        speaks against it.  What is blank in the party keeps what the entry has.
        """
        key = folded(party.name)
        with self._transactions.writing() as connection:
            known = next((e for e in _read(connection, key) if _agree(e.party, party)), None)
            new = party if known is None else _merged(known.party, party)
            if known and known.party == new:
                return known
            row = self._row(new)
            if known is not None:
                connection.execute(tables.parties.update().where(_p.id == known.id), row)
                return StoredParty(id=known.id, party=new, updated_at=row["updated_at"])
            party_id = inserted(connection, tables.parties, row)
            return StoredParty(id=party_id, party=new, updated_at=row["updated_at"])

    def _row(self, party: Party) -> dict[str, Any]:
        return {
            "content": _encode(party).decode(),
            "name_key": folded(party.name),
            "updated_at": self._transactions.now(),
        }

    def change(self, party_id: int, shown: Party, party: Party) -> StoredParty:
        """Keep what of an entry is another than was `shown`; the rest is as it stands now.

        What was made blank is blank.  An entry that is there no more becomes one again, and two
        that are the same party from now on become one.
        """
        with self._transactions.writing() as connection:
            now = _one(connection, party_id)
            if now is None:
                return self.remember(party)
            new = combined(shown, party, now.party)[0]
            if new == now.party:
                return now
            others = [one for one in _read(connection, folded(new.name)) if one.id != party_id]
            if any(_agree(one.party, new) for one in others):
                self.forget(party_id)
                return self.remember(new)
            row = self._row(new)
            connection.execute(tables.parties.update().where(_p.id == party_id), row)
            return StoredParty(id=party_id, party=new, updated_at=row["updated_at"])

    def forget(self, party_id: int) -> Party | None:
        """Take an entry out of the address book and return it; cases keep their copies."""
        with self._transactions.writing() as connection:
            gone = _one(connection, party_id)
            connection.execute(tables.parties.delete().where(_p.id == party_id))
            return None if gone is None else gone.party

    def complete(self, party: Party) -> StoredParty:
        """Put a party into the address book; of an entry that is there only blanks are filled."""
        with self._transactions.writing() as connection:
            alike = _read(connection, folded(party.name))
            now = next((one.party for one in alike if _agree(one.party, party)), None)
            return self.remember(party if now is None else _merged(party, now))

    def office(self) -> Office:
        """Return the office's profile; a blank one where none was set."""
        with self._transactions.reading() as connection:
            content = connection.execute(_of_office()).scalar_one_or_none()
            return Office() if content is None else _office.decode(content)

    def set_office(self, office: Office) -> None:
        """Keep the office's profile."""
        row: dict[str, Any] = {
            "content": _encode(office).decode(),
            "updated_at": self._transactions.now(),
        }
        with self._transactions.writing() as connection:
            here = tables.offices.update().where(_o.id == _OFFICE_ID)
            if connection.execute(here, row).rowcount == 0:
                connection.execute(tables.offices.insert(), row | {"id": _OFFICE_ID})

    def change_office(self, change: Callable[[Office], Office]) -> bool:
        """Make the office's profile what `change` makes of it, as it stands now.

        In one transaction, so that what others keep of it meanwhile stays.  Returns whether it
        has become another.
        """
        with self._transactions.writing():
            old = self.office()
            new = change(old)
            if new != old:
                self.set_office(new)
        return new != old


def _read(connection: Connection, name_key: str | None = None) -> list[StoredParty]:
    asked = _ASKED.order_by(_p.name_key, _p.id)
    if name_key is not None:
        asked = asked.where(_p.name_key == name_key)
    return [_stored(row) for row in connection.execute(asked).mappings()]


def _one(connection: Connection, party_id: int) -> StoredParty | None:
    row = connection.execute(_ASKED.where(_p.id == party_id)).mappings().one_or_none()
    return None if row is None else _stored(row)


def _stored(row: RowMapping) -> StoredParty:
    read = dict(row)
    return StoredParty(party=_party.decode(read.pop("content")), **read)


def _agree(one: Party, other: Party) -> bool:
    pairs = ((one.kind, other.kind), (one.identity_number, other.identity_number))
    return all(a == b or not a or not b for a, b in pairs)


def _merged(old: Party, new: Party) -> Party:
    filled = {name: value for name in Party.__struct_fields__ if (value := getattr(new, name))}
    filled["bank"] = new.bank if new.bank != Bank() else old.bank
    return msgspec.structs.replace(old, **filled)
