"""The full look: whatever is wrong with any record is said of that record."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.store import Store
from db.store_problems import DamagedDatabase
from forms.facts.record import Case, Licence, Office, Party
from forms.office.stored import Made
from tests.db.conftest import spoil


@pytest.fixture
def full(store: Store, case: Case) -> Store:
    """A store with one of everything."""
    saved = store.cases.save(case)
    store.cases.save(Case(region="无号"))
    store.licences.add(saved.id, Licence(licensee=Party(name="丙公司")))
    store.parties.remember(Party(name="丙公司"))
    store.parties.set_office(Office(name="示例大学"))
    made = Made(
        paper="info",
        format="pdf",
        words="文字",
        sha256="0" * 64,
        draft=False,
        pack_code="hubei-2022",
        pack_version="1",
        case_id=saved.id,
    )
    store.papers.record_export(made)
    store.papers.add_scan(saved.id, "info", b"%PDF sealed", "0" * 64)
    return store


def test_a_whole_store_has_no_fault(full: Store) -> None:
    found = full.examine()
    assert found.faults == ()
    assert (found.cases, found.versions, found.licences, found.scans) == (2, 2, 1, 1)


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        ("UPDATE cases SET title = '别的' WHERE id = 1", ["案卷 ZL202110345678.3：列表各栏"]),
        ("UPDATE cases SET revision = 9 WHERE id = 2", ["案卷 第 2 号：现有内容与最后一次"]),
        ("UPDATE cases SET content = '{' WHERE id = 2", ["案卷 第 2 号：内容无法读取"]),
        (
            "UPDATE case_versions SET content = '{}x' WHERE id = 2",
            ["案卷 第 2 号", "历史版本 第 2"],
        ),
        ("UPDATE licences SET content = '[]'", ["许可 第 1 号：内容无法读取"]),
        ("UPDATE parties SET content = '[]'", ["名册 第 1 号：内容无法读取"]),
        ("UPDATE offices SET content = '[]'", ["单位资料 第 1 号：内容无法读取"]),
        (
            "UPDATE scan_files SET content = x'00'",
            [
                "签章扫描件",
            ],
        ),
        ("UPDATE words SET text = '别的'", ["已打印文书的文字"]),
    ],
)
def test_each_fault_is_named(full: Store, sql: str, faults: list[str]) -> None:
    spoil(full, sql)
    found = full.examine().faults
    assert len(found) == len(faults)
    assert all(part in said for part, said in zip(faults, found, strict=True))


def test_a_reference_that_leads_nowhere_is_damage(full: Store, file: Path) -> None:
    with closing(sqlite3.connect(full.path)) as connection, connection:
        connection.execute("UPDATE licences SET case_id = 99")
    with pytest.raises(DamagedDatabase):
        full.examine()


@pytest.mark.parametrize(
    "column",
    [
        "cases.content",
        "case_versions.content",
        "licences.content",
        "parties.content",
        "offices.content",
        "words.text",
        "exports.paper",
    ],
)
def test_bytes_that_are_no_text_are_damage(full: Store, file: Path, column: str) -> None:
    """What a disk spoils need not be words any more; the driver has no code for that error."""
    table, _, name = column.partition(".")
    spoil(full, f"UPDATE {table} SET {name} = CAST(x'FF' AS TEXT)")
    with pytest.raises(DamagedDatabase):
        for look in (full.examine, lambda: full.papers.exports(1)):
            look()
