"""The tables, as this version of the program knows them.

A fresh database is made from here; an older one is brought here by `db.migrations`.  The
JSON in a `content` column is the truth, the columns beside it are projected from it
(`db.projection`).  Any database of SQLAlchemy's can hold these tables.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_mock_engine,
    func,
    type_coerce,
)
from sqlalchemy.schema import ExecutableDDLElement

from db.store_problems import SpoiledValue


class Moment(TypeDecorator[datetime]):
    """A moment as text in UTC, which sorts as it reads; a naive one is local time."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write the moment."""
        return None if value is None else _text_of(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read the moment."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise SpoiledValue(self.__class__.__name__) from error


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC, as it comes back from the store."""
    return moment.astimezone(UTC)


@lru_cache(maxsize=64)  # all that is saved in one go has one moment
def _text_of(moment: datetime) -> str:
    return utc(moment).isoformat(timespec="microseconds")


metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, *, nullable: bool = False) -> Column[int]:
    name = f"{table.removesuffix('s')}_id"
    return Column(name, ForeignKey(f"{table}.id"), nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Moment, nullable=nullable)


REGISTER = (
    *("binned_at", "updated_at", "number_text", "title", "owners", "kind", "filing_date"),
    *("offer_end", "royalty", "state", "state_until", "inventors", "department"),
    *("pack", "folded"),
)
"""What the register reads of a case, as an index: it need not touch the contents."""

patents = Table(
    "patents",
    metadata,
    _id(),
    Column("revision", Integer, nullable=False),
    _text("content"),
    Column("number", Text),
    Column("number_key", Text),
    _moment("updated_at"),
    _text("updated_by"),
    _text("what"),
    Index("patents_number_key", "number_key"),
    sqlite_autoincrement=True,
)
"""The ledger: a patent's facts, which its cases share.  A case's `content` is without them, its
columns and its versions are of the case with them.  A row is the present version of the entry;
those before are kept beside."""

patent_versions = Table(
    "patent_versions",
    metadata,
    _id(),
    _of("patents"),
    Column("version", Integer, nullable=False),
    _text("content"),
    _moment("made_at"),
    _text("who"),
    _text("what"),
    UniqueConstraint("patent_id", "version"),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("revision", Integer, nullable=False),
    _text("content"),
    _text("imported"),
    _moment("created_at"),
    _moment("updated_at"),
    _text("updated_by"),
    _moment("binned_at", nullable=True),
    _text("binned_by"),
    Column("number", Text),
    Column("number_key", Text),
    _text("title"),
    _text("owners"),
    Column("kind", String(20)),
    Column("filing_date", Date),
    Column("offer_end", Date),
    Column("royalty_way", String(20)),
    _text("region"),
    _text("pack"),
    _text("folded"),
    Column("state", String(20)),
    Column("state_until", Date),
    Column("number_text", Text),
    Column("royalty", Text),
    Column("inventors", Text),
    Column("department", Text),
    _of("patents", nullable=True),  # every case has one; a column added to old tables may be null
    Index("cases_number_key", "number_key"),
    Index("cases_patent_id", "patent_id"),
    Index("cases_register", *REGISTER),
    sqlite_autoincrement=True,
)

of_files = MetaData()
"""What a file has and a server has not."""

case_signs = Table(
    "case_signs", of_files, Column("block", Integer, primary_key=True), _text("signs")
)
"""Which characters blocks of cases have: see `db.case_signs`."""

LIVE = cases.c.binned_at.is_(None)
"""What is asked of all live cases."""

LIVE_OF_SOME = func.coalesce(type_coerce(cases.c.binned_at, String), "") == ""
"""The same, asked of some cases by their ids or numbers.

Put so that SQLite does not take an index for it: it would go through all that are live, as soon
as two are asked for.
"""


def of_pack(code: str | BindParameter[str]) -> ColumnElement[bool]:
    """What is asked of the cases of a pack; those of none are every pack's."""
    return cases.c.pack.in_(("", code))


case_versions = Table(
    "case_versions",
    metadata,
    _id(),
    _of("cases"),
    Column("version", Integer, nullable=False),
    _text("content"),
    _moment("made_at"),
    _text("who"),
    _text("what"),
    UniqueConstraint("case_id", "version"),
)

licences = Table(
    "licences",
    metadata,
    _id(),
    _of("cases"),
    Column("revision", Integer, nullable=False),
    _text("content"),
    _moment("created_at"),
    _moment("updated_at"),
    _moment("binned_at", nullable=True),
    Index("licences_case_id", "case_id"),
    sqlite_autoincrement=True,
)

licence_versions = Table(
    "licence_versions",
    metadata,
    _id(),
    _of("licences"),
    Column("version", Integer, nullable=False),
    _text("content"),
    _moment("made_at"),
    _text("who"),
    _text("what"),
    UniqueConstraint("licence_id", "version"),
)

parties = Table(
    "parties",
    metadata,
    _id(),
    _text("content"),
    _text("name_key"),
    _moment("updated_at"),
    Index("parties_name_key", "name_key"),
    sqlite_autoincrement=True,
)

offices = Table("offices", metadata, _id(), _text("content"), _moment("updated_at"))

words = Table("words", metadata, Column("sha256", String(64), primary_key=True), _text("text"))

exports = Table(
    "exports",
    metadata,
    _id(),
    _of("cases", nullable=True),
    _of("licences", nullable=True),
    Column("paper", String(40), nullable=False),
    Column("format", String(10), nullable=False),
    Column("words_sha256", ForeignKey("words.sha256"), nullable=False),
    Column("sha256", String(64), nullable=False),
    _text("pack_code"),
    _text("pack_version"),
    Column("draft", Boolean, nullable=False),
    _moment("made_at"),
    Index("exports_case_id", "case_id", "paper"),
)

scan_files = Table(
    "scan_files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

scans = Table(
    "scans",
    metadata,
    _id(),
    _of("cases", nullable=True),
    _of("licences", nullable=True),
    Column("paper", String(40), nullable=False),
    Column("sha256", ForeignKey("scan_files.sha256"), nullable=False),
    Column("words_sha256", String(64), nullable=False),
    _moment("added_at"),
    _text("added_by"),
    Index("scans_case_id", "case_id", "paper"),
)

online_copies = Table(
    "online_copies",
    metadata,
    _id(),
    _of("cases"),
    Column("field", String(40), nullable=False),
    Column("value_sha256", String(64), nullable=False),
    _moment("copied_at"),
    UniqueConstraint("case_id", "field"),
)
"""网上填报: what of a case was copied into the web form, by the hash of the value."""

online_files = Table(
    "online_files",
    metadata,
    _id(),
    _of("cases"),
    Column("attachment", String(40), nullable=False),
    _text("name"),
    Column("sha256", ForeignKey("scan_files.sha256"), nullable=False),
    _moment("added_at"),
    _text("added_by"),
    UniqueConstraint("case_id", "attachment"),
)
"""Files from elsewhere that are uploaded with a case: 评价报告, 委托书."""

duty_notes = Table(
    "duty_notes",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("state", String(8), nullable=False),
    Column("day", Date, nullable=False),
    _text("amount"),
    _text("words"),
    _moment("noted_at"),
    _text("noted_by"),
)
"""日程: what the office says of a duty, which itself is reckoned: done, put off, not its own."""

records = Table(
    "records",
    metadata,
    _id(),
    Column("kind", String(40), nullable=False),
    Column("parent_id", ForeignKey("records.id"), nullable=True),
    Column("revision", Integer, nullable=False),
    _text("content"),
    _text("key"),
    Column("state", String(20), nullable=False, default=""),
    _text("folded"),
    _moment("created_at"),
    _moment("updated_at"),
    _text("updated_by"),
    _moment("binned_at", nullable=True),
    Index("records_kind", "kind", "parent_id", "state"),
    Index("records_key", "kind", "key"),
    # Searched and counted without the content being read: ten times as quick among 60,000.
    Index("records_search", "kind", "state", "binned_at", "folded"),
    sqlite_autoincrement=True,
)
"""What is kept beside cases: pools, stock, packages taken in, needs.  Each is of a kind
(`forms.ground.record_kind`), whose shape its `content` has and which projects the columns."""

record_versions = Table(
    "record_versions",
    metadata,
    _id(),
    _of("records"),
    Column("version", Integer, nullable=False),
    _text("content"),
    _moment("made_at"),
    _text("who"),
    _text("what"),
    UniqueConstraint("record_id", "version"),
)

record_files = Table(
    "record_files",
    metadata,
    _id(),
    _of("records"),
    Column("role", String(40), nullable=False),
    _text("name"),
    Column("sha256", ForeignKey("scan_files.sha256"), nullable=False),
    _moment("added_at"),
    _text("added_by"),
    Index("record_files_record_id", "record_id", "role"),
)
"""Files of a record, under the part they play; their bytes lie with the scans."""

submissions = Table(
    "submissions",
    metadata,
    _id(),
    _moment("made_at"),
    _text("who"),
    _text("pack_code"),
    _text("pack_version"),
    _moment("sent_at", nullable=True),
)

submission_files = Table(
    "submission_files",
    metadata,
    _id(),
    _of("submissions"),
    _of("cases", nullable=True),
    _text("paper"),
    _text("name"),
    Column("sha256", String(64), nullable=False),
    Index("submission_files_submission_id", "submission_id"),
)

events = Table(
    "events",
    metadata,
    _id(),
    _moment("at"),
    _text("who"),
    Column("what", String(60), nullable=False),
    _of("cases", nullable=True),
    _text("counts"),
)

settings = Table("settings", metadata, Column("name", String(60), primary_key=True), _text("value"))

# Blobs are left to their own hashes: reading half a gigabyte of scans is not quick.
CHECKED_QUICKLY = (
    *(name for name in metadata.tables if name != scan_files.name),
    *of_files.tables,
)
"""The tables that a quick check looks at."""


def statements(dialect: str, of: MetaData) -> tuple[str, ...]:
    """Return what makes tables where there are none, in the words of a database's URL."""
    said: list[str] = []

    def note(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        said.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine(dialect, note)
    of.create_all(engine, checkfirst=False)
    return tuple(said)
