"""To version 4: a patent's facts leave the cases and stand in the ledger (专利台账).

Each case has an entry of its own at first, under the case's number.  Which of them are one
patent is asked as at any other time, by the store when it is first opened: see
`db.store.Store`.  The versions of cases stay whole.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection

_AT_ONCE = 1000
_OF_PATENT = ("patent", "owners", "department", "notes")
_TABLES = (
    "CREATE TABLE patents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
    " revision INTEGER NOT NULL, content TEXT NOT NULL, number TEXT, number_key TEXT,"
    " updated_at VARCHAR(32) NOT NULL, updated_by TEXT NOT NULL, what TEXT NOT NULL)",
    "CREATE INDEX patents_number_key ON patents (number_key)",
    "CREATE TABLE patent_versions (id INTEGER NOT NULL PRIMARY KEY,"
    " patent_id INTEGER NOT NULL REFERENCES patents (id), version INTEGER NOT NULL,"
    " content TEXT NOT NULL, made_at VARCHAR(32) NOT NULL, who TEXT NOT NULL,"
    " what TEXT NOT NULL, UNIQUE (patent_id, version))",
    "ALTER TABLE cases ADD COLUMN patent_id INTEGER REFERENCES patents (id)",
)
_ENTRY = (
    "INSERT INTO patents (id, revision, content, number, number_key, updated_at, updated_by, what)"
    " SELECT id, 1, ?, number, CASE WHEN number IS NOT NULL THEN number_key END, updated_at,"
    " updated_by, '建立台账' FROM cases WHERE id = ?"
)


def to_4(connection: Connection) -> None:
    """Make the ledger of the cases there are."""
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    for rows in _portions(connection):
        parts = [(case_id, *_apart(content)) for case_id, content in rows]
        entries = [(entry, case_id) for case_id, entry, _ in parts]
        connection.exec_driver_sql(_ENTRY, entries)
        own = [(case_id, rest, case_id) for case_id, _, rest in parts]
        update = "UPDATE cases SET patent_id = ?, content = ? WHERE id = ?"
        connection.exec_driver_sql(update, own)
    connection.exec_driver_sql("CREATE INDEX cases_patent_id ON cases (patent_id)")
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO settings (name, value) VALUES ('ledger.ungathered', 'yes')"
    )


def _portions(connection: Connection) -> Iterator[list[tuple[int, str]]]:
    last = 0
    asked = f"SELECT id, content FROM cases WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}"
    while rows := connection.exec_driver_sql(asked, (last,)).all():
        yield [(case_id, content) for case_id, content in rows]
        last = rows[-1][0]


def _apart(content: str) -> tuple[str, str]:
    """A case's JSON as its patent's entry and as what is the procedure's own."""
    case: dict[str, Any] = msgspec.json.decode(content)
    unread: dict[str, str] = case.pop("unread", {})
    entry: dict[str, Any] = {"version": 1}
    entry |= {name: case.pop(name) for name in _OF_PATENT if name in case}
    entry["unread"] = {path: text for path, text in unread.items() if _is_of_patent(path)}
    case["unread"] = {path: text for path, text in unread.items() if not _is_of_patent(path)}
    return _json(entry), _json(case)


def _is_of_patent(path: str) -> bool:
    return path.partition(".")[0] in _OF_PATENT


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
