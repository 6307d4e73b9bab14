"""Data of the version before the ledger: what agrees is one patent, what differs is told."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from db import backup
from db.door import SqliteDoor
from db.projection import columns
from db.shared_patents import FOLLOWED, UNGATHERED
from db.store import Store, open_store
from db.store_problems import DiskFull
from forms.facts.record import Case, Party, Patent

Clock = Callable[[], datetime]
V3 = Path(__file__).resolve().parents[1] / "data" / "stores" / "v3-0.1.0.db"
NUMBER = "ZL202120943363.4"
MOMENT = "2022-09-01T08:00:00.000000+00:00"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of the version before."""
    return Path(shutil.copy(V3, tmp_path / "openlicense.db"))


def keep(file: Path, *cases: Case, binned: bool = False) -> list[int]:
    """Keep cases as the version before did: whole, with a first version each."""
    ids = []
    with closing(sqlite3.connect(file)) as connection, connection:
        for case in cases:
            row = columns(case) | {
                "revision": 1,
                "content": msgspec.json.encode(case).decode(),
                "imported": "{}",
                "created_at": MOMENT,
                "updated_at": MOMENT,
                "updated_by": "甲",
                "binned_at": MOMENT if binned else None,
                "binned_by": "",
                "state": "ready",
            }
            values = [v.isoformat() if isinstance(v, date) else v for v in row.values()]
            marks = ", ".join("?" * len(row))
            made = connection.execute(
                f"INSERT INTO cases ({', '.join(row)}) VALUES ({marks})", values
            )
            assert made.lastrowid is not None
            ids.append(made.lastrowid)
            version = (made.lastrowid, 1, row["content"], MOMENT, "甲", "导入")
            connection.execute(
                "INSERT INTO case_versions (case_id, version, content, made_at, who, what)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                version,
            )
    return ids


def case_of(pack: str, title: str = "育秧装置", **facts: object) -> Case:
    patent = Patent(number=NUMBER, title=title, **facts)  # type: ignore[arg-type]
    return Case(pack=pack, patent=patent, region=f"{pack} 的区域", unread={"offer_end": "明年"})


@pytest.fixture
def opened(old: Path, clock: Clock) -> Iterator[Callable[[], Store]]:
    stores: list[Store] = []

    def again() -> Store:
        stores.append(open_store(old, now=clock))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


def test_two_procedures_that_agree_are_on_one_patent(
    old: Path, opened: Callable[[], Store]
) -> None:
    one = case_of("hubei-2022", fee_paid_to=date(2027, 3, 31))
    other = msgspec.structs.replace(case_of("other-2024"), owners=(Party(name="示例大学"),))
    ids = keep(old, one, other)
    store = opened()
    assert store.examine().faults == ()
    first, second = store.cases.listed(ids=ids)
    assert first.patent_id == second.patent_id
    assert (first.revision, second.revision) == (2, 2)
    for stored, was in ((first, one), (second, other)):
        assert stored.case.patent == one.patent
        assert stored.case.owners == other.owners
        assert (stored.case.pack, stored.case.region) == (was.pack, was.region)
        assert stored.case.unread == {"offer_end": "明年"}
        assert store.cases.at_version(stored.id, 1) == was
        assert store.cases.versions(stored.id)[0].what == FOLLOWED
    assert store.register.search("示例大学")[-2:] == ids
    assert set(store.register.unsettled(date(2022, 9, 1))) >= set(ids)


def test_what_differs_stays_apart_and_is_told(old: Path, opened: Callable[[], Store]) -> None:
    ids = keep(old, case_of("hubei-2022"), case_of("other-2024", "一种育秧装置"))
    store = opened()
    assert [one.case.patent.title for one in store.cases.listed(ids=ids)] == [
        "育秧装置",
        "一种育秧装置",
    ]
    assert [one.revision for one in store.cases.listed(ids=ids)] == [1, 1]
    assert set(store.ledger.counterparts()) == set(ids)
    assert set(store.register.unsettled(date(2022, 9, 1))) >= set(ids)
    assert store.examine().faults == ()


def test_cases_of_one_pack_without_number_or_in_the_bin_stand_alone(
    old: Path, opened: Callable[[], Store]
) -> None:
    twice = keep(old, case_of("hubei-2022"), case_of("hubei-2022"))
    unread = Case(pack="a", unread={"patent.number": "待定"})
    numberless = keep(old, unread, msgspec.structs.replace(unread, pack="b"))
    binned = keep(old, case_of("other-2024"), binned=True)
    store = opened()
    live = store.cases.listed(ids=[*twice, *numberless])
    assert len({one.patent_id for one in live}) == 4
    assert store.cases.unbin(binned[0]).patent_id == live[0].patent_id
    assert store.examine().faults == ()


def test_the_data_before_are_backed_up(old: Path, opened: Callable[[], Store]) -> None:
    keep(old, case_of("hubei-2022"))
    opened()
    kept = [file for file in (old.parent / "backups").iterdir() if "v3" in file.name]
    assert [backup.look_inside(file).version for file in kept] == [3]


def test_an_old_backup_is_brought_back(
    old: Path, opened: Callable[[], Store], tmp_path: Path, clock: Clock
) -> None:
    saved = Path(shutil.copy(V3, tmp_path / "保存.db"))
    ids = keep(saved, case_of("hubei-2022"), case_of("other-2024"))
    opened().close()
    backup.restore(saved, old, now=clock)
    first, second = opened().cases.listed(ids=ids)
    assert first.patent_id == second.patent_id


def test_what_kept_it_from_being_brought_together_is_made_up_for(
    old: Path, opened: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = keep(old, case_of("hubei-2022"), case_of("other-2024"))
    with monkeypatch.context() as patch:

        def full(_self: object) -> None:
            raise DiskFull(old)

        patch.setattr("db.shared_patents.Ledger.gather_all", full)
        store = opened()
        assert len({one.patent_id for one in store.cases.listed(ids=ids)}) == 2
        store.close()
    store = opened()
    assert len({one.patent_id for one in store.cases.listed(ids=ids)}) == 1
    assert store.settings.get(UNGATHERED) == ""


def test_old_tables_become_the_same_as_new_ones(
    old: Path, opened: Callable[[], Store], tmp_path: Path, clock: Clock
) -> None:
    opened()
    fresh = tmp_path / "fresh.db"
    open_store(fresh, now=clock).close()

    def shape(file: Path) -> set[tuple[object, ...]]:
        with closing(SqliteDoor(file).plain("rw")) as connection:
            of_tables = (
                (table, name, kind, bool(needed))
                for table in ("patents", "patent_versions", "cases")
                for _, name, kind, needed, *_ in connection.execute(f"PRAGMA table_info({table})")
            )
            indexes = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"
            return {*of_tables, *connection.execute(indexes)}

    assert shape(old) == shape(fresh)
