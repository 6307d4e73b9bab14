"""The full look at a store: every record read, every hash and every projected column compared.

SQLite keeps no checksums of its pages; what its own check can not see may show here.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, select, true

from db import case_signs, tables
from db.case_rows import whole
from db.duty_notes import note_of
from db.patents import columns as patent_columns
from db.projection import columns
from db.record_kinds import kinds
from db.records import projected
from db.store_problems import SpoiledValue
from db.transactions import Transactions
from forms.facts.record import Case, LedgerEntry, Licence, Office, Party
from forms.ground.record_kind import RecordKind

R = TypeVar("R")

_SHA256 = re.compile("[0-9a-f]{64}")

_case = msgspec.json.Decoder(Case)
_entry = msgspec.json.Decoder(LedgerEntry)
_licence = msgspec.json.Decoder(Licence)


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """How much was looked at, and a sentence for each fault."""

    cases: int
    patents: int
    versions: int
    licences: int
    scans: int
    faults: tuple[str, ...]


def examine(transactions: Transactions) -> Examined:
    """Look at every record as of one moment.  Raises a StoreProblem where it can not be read."""
    with transactions.reading() as connection:
        entries = _entries(connection)
        faults = (
            *_patents(connection, entries),
            *_cases(connection, entries),
            *_licences(connection),
            *_contents(connection, tables.parties, msgspec.json.Decoder(Party).decode, "名册"),
            *_contents(connection, tables.offices, msgspec.json.Decoder(Office).decode, "单位资料"),
            *_hashes(connection),
            *_copied(connection),
            *_said_of_duties(connection),
            *_kinds(connection),
        )
        return Examined(
            cases=_count(connection, tables.cases),
            patents=_count(connection, tables.patents),
            versions=_count(connection, tables.case_versions),
            licences=_count(connection, tables.licences),
            scans=_count(connection, tables.scan_files),
            faults=faults,
        )


def _entries(connection: Connection) -> dict[int, str]:
    p = tables.patents.c
    return {row[0]: row[1] for row in connection.execute(select(p.id, p.content))}


def _patents(connection: Connection, entries: Mapping[int, str]) -> Iterator[str]:
    """Compare the ledger's entries with their columns, and read the versions before them."""
    for row in connection.execute(select(tables.patents)).mappings():
        name = _name(row, "台账")
        try:
            entry = _entry.decode(entries[row["id"]])
        except msgspec.DecodeError:
            yield f"{name}：内容无法读取。"
            continue
        if _differs(patent_columns(entry), row):
            yield f"{name}：列表各栏与台账内容不一致。"
    yield from _contents(connection, tables.patent_versions, _entry.decode, "台账的历史版本")


def _cases(connection: Connection, entries: Mapping[int, str]) -> Iterator[str]:
    """Compare the cases, with their patents' facts, with their columns and latest version."""

    def read(row: RowMapping) -> Case:
        return whole(row["content"], entries.get(row["patent_id"]))

    uncovered = case_signs.uncovered(connection)

    def differs(case: Case, row: RowMapping) -> bool:
        return _differs(columns(case), row) or row["id"] in uncovered

    yield from _records(
        *(connection, tables.cases, tables.case_versions, "case_id", "案卷"),
        read,
        _case.decode,
        differs,
    )


def _licences(connection: Connection) -> Iterator[str]:
    """Compare the licences with their latest version."""
    yield from _records(
        *(connection, tables.licences, tables.licence_versions, "licence_id", "许可"),
        lambda row: _licence.decode(row["content"]),
        _licence.decode,
        lambda _record, _row: False,
    )


def _kinds(connection: Connection) -> Iterator[str]:
    """Compare the records of each kind; one of a kind that is not known was not written here."""
    r = tables.records.c
    known = {kind.name: kind for kind in kinds()}
    for name in connection.execute(select(r.kind).distinct().order_by(r.kind)).scalars().all():
        kind = known.get(name)
        if kind is None:
            yield f"“{name}”类的记录：本程序不认识。"
            continue
        yield from _of_kind(connection, kind)


def _of_kind(connection: Connection, kind: RecordKind[Any]) -> Iterator[str]:
    """Compare the records of one kind with their columns and latest version."""
    r, v = tables.records.c, tables.record_versions.c
    decode = msgspec.json.Decoder(kind.shape).decode

    def read(row: RowMapping) -> Any:
        return decode(row["content"])

    def differs(record: Any, row: RowMapping) -> bool:
        return _differs(projected(kind, record), row)

    of_kind = r.kind == kind.name
    yield from _records(
        *(connection, tables.records, tables.record_versions, "record_id", kind.word),
        *(read, decode, differs),
        (of_kind, v.record_id.in_(select(r.id).where(of_kind))),
    )


def _records(
    connection: Connection,
    table: Table,
    versions: Table,
    owner: str,
    word: str,
    read: Callable[[RowMapping], R],
    decode: Callable[[str], R],
    differs: Callable[[R, RowMapping], bool],
    where: tuple[ColumnElement[bool], ColumnElement[bool]] | None = None,
) -> Iterator[str]:
    """Compare records with their columns, their revision and their latest version.

    `where` narrows the records and their versions.
    """
    v = versions.c
    here, of_these = where or (true(), true())
    told = select(v[owner], v.version, v.content).where(of_these).order_by(v.version)
    latest = {row[0]: (row[1], row[2]) for row in connection.execute(told)}
    for row in connection.execute(select(table).where(here).order_by(table.c.id)).mappings():
        name = _name(row, word)
        try:
            record = read(row)
        except (msgspec.DecodeError, SpoiledValue):
            yield f"{name}：内容无法读取。"
            continue
        version, content = latest.get(row["id"], (None, ""))
        if version != row["revision"] or not _is_like(record, content, decode):
            yield f"{name}：现有内容与最后一次保存的版本不一致。"
        if differs(record, row):
            yield f"{name}：列表各栏与案卷内容不一致。"
    yield from _contents(connection, versions, decode, f"{word}的历史版本", of_these)


def _is_like(record: R, content: str, decode: Callable[[str], R]) -> bool:
    try:
        return decode(content) == record
    except msgspec.DecodeError:
        return False


def _name(row: RowMapping, word: str) -> str:
    """Name a record for the clerk: by its patent number, else by its own number."""
    return f"{word} {row.get('number') or '第 {} 号'.format(row['id'])}"


def _differs(computed: Mapping[str, Any], row: RowMapping) -> bool:
    return any(value != row[name] for name, value in computed.items())


def _contents(
    connection: Connection,
    table: Table,
    decode: Callable[[str], object],
    word: str,
    where: ColumnElement[bool] | None = None,
) -> Iterator[str]:
    asked = select(table.c.id, table.c.content).where(true() if where is None else where)
    for number, content in connection.execute(asked):
        try:
            decode(content)
        except msgspec.DecodeError:
            yield f"{word} 第 {number} 号：内容无法读取。"


def _hashes(connection: Connection) -> Iterator[str]:
    """Compare scans and printed words with the hashes they are kept under."""
    s, w = tables.scan_files.c, tables.words.c
    for sha256 in connection.execute(select(s.sha256)).scalars().all():  # one scan in memory
        content = connection.execute(select(s.content).where(s.sha256 == sha256)).scalar_one()
        if hashlib.sha256(content).hexdigest() != sha256:
            yield f"签章扫描件、附件 {sha256[:8]}：内容已损坏，请重新添加。"
    for sha256, text in connection.execute(select(w.sha256, w.text)):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield f"已打印文书的文字 {sha256[:8]}：内容已损坏。"


def _copied(connection: Connection) -> Iterator[str]:
    """Look whether what was noted as copied (网上填报) is a hash, which else is never met again."""
    c = tables.online_copies.c
    for number, sha256 in connection.execute(select(c.id, c.value_sha256)):
        if not (isinstance(sha256, str) and _SHA256.fullmatch(sha256)):
            yield f"网上填报的复制记录 第 {number} 号：内容已损坏，请全部重来。"


def _said_of_duties(connection: Connection) -> Iterator[str]:
    """Look whether what is said of a duty (日程) can be read."""
    for row in connection.execute(select(*tables.duty_notes.c)).mappings():
        if note_of(row) is None:
            yield f"日程的办理记录 第 {row['id']} 号：内容无法读取，该项请重新登记。"


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
