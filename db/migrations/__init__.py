"""The way from every older version of the tables to the present one, step by step.

A step is a function over a connection inside a transaction that writes; its version is
written in the same transaction.  The list is explicit so that a frozen build contains every
step, and a step never uses `db.tables` or the records, which move on.  This package is
imported only when a database is older than the program.
"""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection

from db.migrations.first_ledger import to_4
from db.migrations.signs_of_cases import to_6


class Step(msgspec.Struct, frozen=True):
    """One step: what brings the tables to `version` from the version before."""

    version: int
    apply: Callable[[Connection], None]


def _to_2(connection: Connection) -> None:
    """Let the register read its columns from an index; states are computed when first shown."""
    for statement in (
        "ALTER TABLE cases ADD COLUMN number_text TEXT",
        "ALTER TABLE cases ADD COLUMN royalty TEXT",
        "UPDATE cases SET number_text = coalesce(number,"
        """ nullif(json_extract(content, '$.unread."patent.number"'), ''))""",
        "CREATE INDEX cases_register ON cases (binned_at, updated_at, number_text, title, owners,"
        " kind, filing_date, offer_end, royalty, state, state_until, folded)",
    ):
        connection.exec_driver_sql(statement)


def _to_3(connection: Connection) -> None:
    """Let the register show inventors and departments; cases gain a department and notes."""
    inventors = (
        "SELECT group_concat(value, '、') FROM"
        " (SELECT value FROM json_each(cases.content, '$.patent.inventors') ORDER BY key)"
    )
    for statement in (
        "ALTER TABLE cases ADD COLUMN inventors TEXT",
        "ALTER TABLE cases ADD COLUMN department TEXT",
        f"UPDATE cases SET inventors = coalesce(({inventors}), ''), department = ''",
        "DROP INDEX cases_register",
        "CREATE INDEX cases_register ON cases (binned_at, updated_at, number_text, title, owners,"
        " kind, filing_date, offer_end, royalty, state, state_until, inventors, department,"
        " folded)",
    ):
        connection.exec_driver_sql(statement)


def _to_5(connection: Connection) -> None:
    """Let the register show of which pack a case is.

    Records know the statutory declaration: an older program must not drop what it says.  What was
    copied into a web form, the files uploaded with it, and what is said of duties have tables of
    their own; so have the records of pools, stock and packages taken in.
    """
    for statement in (
        "DROP INDEX cases_register",
        "CREATE INDEX cases_register ON cases (binned_at, updated_at, number_text, title, owners,"
        " kind, filing_date, offer_end, royalty, state, state_until, inventors, department, pack,"
        " folded)",
        "CREATE TABLE online_copies (id INTEGER NOT NULL PRIMARY KEY,"
        " case_id INTEGER NOT NULL REFERENCES cases (id), field VARCHAR(40) NOT NULL,"
        " value_sha256 VARCHAR(64) NOT NULL, copied_at VARCHAR(32) NOT NULL,"
        " UNIQUE (case_id, field))",
        "CREATE TABLE online_files (id INTEGER NOT NULL PRIMARY KEY,"
        " case_id INTEGER NOT NULL REFERENCES cases (id), attachment VARCHAR(40) NOT NULL,"
        " name TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL REFERENCES scan_files (sha256),"
        " added_at VARCHAR(32) NOT NULL, added_by TEXT NOT NULL, UNIQUE (case_id, attachment))",
        "CREATE TABLE duty_notes (id INTEGER NOT NULL PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
        " state VARCHAR(8) NOT NULL, day DATE NOT NULL, amount TEXT NOT NULL,"
        " words TEXT NOT NULL, noted_at VARCHAR(32) NOT NULL, noted_by TEXT NOT NULL)",
        "CREATE TABLE records (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
        " kind VARCHAR(40) NOT NULL, parent_id INTEGER REFERENCES records (id),"
        " revision INTEGER NOT NULL, content TEXT NOT NULL, key TEXT NOT NULL,"
        " state VARCHAR(20) NOT NULL, folded TEXT NOT NULL, created_at VARCHAR(32) NOT NULL,"
        " updated_at VARCHAR(32) NOT NULL, updated_by TEXT NOT NULL, binned_at VARCHAR(32))",
        "CREATE INDEX records_kind ON records (kind, parent_id, state)",
        "CREATE INDEX records_key ON records (kind, key)",
        "CREATE INDEX records_search ON records (kind, state, binned_at, folded)",
        "CREATE TABLE record_versions (id INTEGER NOT NULL PRIMARY KEY,"
        " record_id INTEGER NOT NULL REFERENCES records (id), version INTEGER NOT NULL,"
        " content TEXT NOT NULL, made_at VARCHAR(32) NOT NULL, who TEXT NOT NULL,"
        " what TEXT NOT NULL, UNIQUE (record_id, version))",
        "CREATE TABLE record_files (id INTEGER NOT NULL PRIMARY KEY,"
        " record_id INTEGER NOT NULL REFERENCES records (id), role VARCHAR(40) NOT NULL,"
        " name TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL REFERENCES scan_files (sha256),"
        " added_at VARCHAR(32) NOT NULL, added_by TEXT NOT NULL)",
        "CREATE INDEX record_files_record_id ON record_files (record_id, role)",
    ):
        connection.exec_driver_sql(statement)


STEPS: tuple[Step, ...] = (
    Step(2, _to_2),
    Step(3, _to_3),
    Step(4, to_4),
    Step(5, _to_5),
    Step(6, to_6),
)
"""All steps in order.  Version 1 is the first that was released: nothing leads to it."""

SERVER_STEPS: tuple[Step, ...] = ()
"""The same for shared databases, in PostgreSQL's words.  They begin with version 5."""
