"""Rows of cases: read with the patent's facts, written without them.

A case's own row holds what its procedure asks; what it shares with other cases of its patent
stands once, in the ledger's entry.  Its columns are those of the whole case.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import RowMapping, Select, select

from db import tables
from db.lean_json import writer_of
from db.projection import columns
from db.shared_database import ServerName
from db.store_problems import SpoiledValue, told
from forms.facts.ledger import PROCEDURE, join, unread_apart
from forms.facts.record import Case, LedgerEntry
from forms.office.stored import StoredCase

T = TypeVar("T")

_c = tables.cases.c
_READ = (
    *(_c.id, _c.revision, _c.patent_id, _c.content, _c.imported),
    *(_c.created_at, _c.updated_at, _c.updated_by, _c.binned_at),
)

_ALL_READ = '"unread":{}}'  # how a record ends whose last field is blank
_procedure = attrgetter(*PROCEDURE)
_case = msgspec.json.Decoder(Case)
_entry = msgspec.json.Decoder(LedgerEntry)
_texts = msgspec.json.Decoder(dict[str, str])


class _KnownBy(msgspec.Struct, frozen=True):
    """Of the cells last imported those that a case is found by; the others are not read."""

    number: str = msgspec.field(default="", name="patent.number")
    title: str = msgspec.field(default="", name="patent.title")


_known_by = msgspec.json.Decoder(_KnownBy)
encode = msgspec.json.Encoder(order="deterministic").encode
whole_json = writer_of(Case)
"""Writes the JSON of a version: all of the case."""

_own_json = writer_of(Case, only=(*PROCEDURE, "unread"))


def asked() -> Select[Any]:
    """Return what is asked of cases, to be narrowed down.

    The join is an outer one, so that SQLite begins with the cases.
    """
    p = tables.patents
    return select(*_READ, p.c.content.label("entry")).select_from(
        tables.cases.outerjoin(p, p.c.id == _c.patent_id)
    )


def asked_of_standing() -> Select[Any]:
    """Return what is asked of the cases as they stand, to be narrowed down."""
    p = tables.patents
    read = (_c.id, _c.content, p.c.content.label("entry"), _c.imported)
    return select(*read).select_from(tables.cases.outerjoin(p, p.c.id == _c.patent_id))


class Standing(msgspec.Struct, eq=False, gc=False):
    """A case as it stood when it was looked up; what of it nobody asks for is not read.

    It is made of the JSON of a row and of its patent, and the database's name for messages.
    """

    id: int
    _content: str
    _entry: str | None
    _imported: str
    _shown: Path | ServerName
    _case: Case | None = None
    _cells: dict[str, str] | None = None

    @property
    def case(self) -> Case:
        """The whole case."""
        if self._case is None:
            self._case = self._told(lambda: whole(self._content, self._entry))
        return self._case

    @property
    def imported(self) -> dict[str, str]:
        """The cells last imported, by field."""
        if self._cells is None:
            self._cells = self._told(lambda: _texts.decode(self._imported))
        return self._cells

    @property
    def known_by(self) -> tuple[str, str]:
        """The cells of the number and the title, as last imported; "" for none."""
        known = self._told(lambda: _known_by.decode(self._imported))
        return known.number, known.title

    def says(self, cells: Mapping[str, str]) -> bool:
        """Whether these are the cells last imported."""
        return encode(cells).decode() == self._imported or cells == self.imported

    def _told(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except Exception:
            with told(self._shown):
                raise

    @property
    def has_unread(self) -> bool:
        """Whether anything of it could not be read."""
        is_plain = self._content.endswith(_ALL_READ) and (self._entry or "").endswith(_ALL_READ)
        return not is_plain and bool(self.case.unread)


def stored(row: RowMapping) -> StoredCase:
    """Return a case with its patent's facts.  Raises SpoiledValue where they are missing."""
    return StoredCase(
        id=row["id"],
        revision=row["revision"],
        patent_id=row["patent_id"],
        case=whole(row["content"], row["entry"]),
        imported=_texts.decode(row["imported"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        updated_by=row["updated_by"],
    )


def whole(content: str, entry: str | None) -> Case:
    """Return the case of its own JSON and its patent's.  Raises SpoiledValue."""
    if entry is None:
        raise SpoiledValue("patent_id")
    return join(_entry.decode(entry), _case.decode(content))


def values(case: Case, cells: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the columns of a case's row; without cells those imported stay."""
    own: dict[str, Any] = dict(zip(PROCEDURE, _procedure(case), strict=True))
    own["unread"] = unread_apart(case)[1]
    row = columns(case)
    row["content"] = _own_json(own)
    if cells is not None:
        row["imported"] = encode(cells).decode()
    return row
