"""The full look at a store: every record read, every hash and every projected column compared.

SQLite keeps no checksums of its pages; what its own check can not see may show here.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Table, func, select

from db import tables
from db.projection import columns
from db.transactions import Transactions
from forms.facts.record import Case, Licence, Office, Party


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """How much was looked at, and a sentence for each fault."""

    cases: int
    versions: int
    licences: int
    scans: int
    faults: tuple[str, ...]


def examine(transactions: Transactions) -> Examined:
    """Look at every record as of one moment.  Raises a StoreProblem where it can not be read."""
    with transactions.reading() as connection:
        faults = (
            *_records(connection, tables.cases, tables.case_versions, "case_id", Case, "案卷"),
            *_records(
                *(connection, tables.licences, tables.licence_versions, "licence_id"),
                *(Licence, "许可"),
            ),
            *_contents(connection, tables.parties, Party, "名册"),
            *_contents(connection, tables.offices, Office, "单位资料"),
            *_hashes(connection),
        )
        return Examined(
            cases=_count(connection, tables.cases),
            versions=_count(connection, tables.case_versions),
            licences=_count(connection, tables.licences),
            scans=_count(connection, tables.scan_files),
            faults=faults,
        )


def _records(
    connection: Connection, table: Table, versions: Table, owner: str, kind: type[Any], word: str
) -> Iterator[str]:
    """Compare records with their columns, their revision and their latest version."""
    v = versions.c
    latest = {
        row[0]: (row[1], row[2])
        for row in connection.execute(select(v[owner], v.version, v.content).order_by(v.version))
    }
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        name = _name(row, word)
        try:
            record = msgspec.json.decode(row["content"], type=kind)
        except msgspec.DecodeError:
            yield f"{name}：内容无法读取。"
            continue
        if latest.get(row["id"]) != (row["revision"], row["content"]):
            yield f"{name}：现有内容与最后一次保存的版本不一致。"
        if isinstance(record, Case) and _differs(columns(record), row):
            yield f"{name}：列表各栏与案卷内容不一致。"
    yield from _contents(connection, versions, kind, f"{word}的历史版本")


def _name(row: RowMapping, word: str) -> str:
    """Name a record for the clerk: by its patent number, else by its own number."""
    return f"{word} {row.get('number') or '第 {} 号'.format(row['id'])}"


def _differs(computed: dict[str, Any], row: RowMapping) -> bool:
    return any(value != row[name] for name, value in computed.items())


def _contents(connection: Connection, table: Table, kind: type[Any], word: str) -> Iterator[str]:
    decoder = msgspec.json.Decoder(kind)
    for number, content in connection.execute(select(table.c.id, table.c.content)):
        try:
            decoder.decode(content)
        except msgspec.DecodeError:
            yield f"{word} 第 {number} 号：内容无法读取。"


def _hashes(connection: Connection) -> Iterator[str]:
    """Compare scans and printed words with the hashes they are kept under."""
    s, w = tables.scan_files.c, tables.words.c
    for sha256 in connection.execute(select(s.sha256)).scalars().all():  # one scan in memory
        content = connection.execute(select(s.content).where(s.sha256 == sha256)).scalar_one()
        if hashlib.sha256(content).hexdigest() != sha256:
            yield f"签章扫描件 {sha256[:8]}：内容已损坏，请重新添加。"
    for sha256, text in connection.execute(select(w.sha256, w.text)):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield f"已打印文书的文字 {sha256[:8]}：内容已损坏。"


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
