"""Some dozens of kills: what was acknowledged is there, and nothing half made is found."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.store import open_store
from db.store_problems import LockedDatabase
from forms.ground.files import temporary_beside
from tools.develop.torture.__main__ import Torturer
from tools.develop.torture.jobs import JOBS, WINDOW_JOBS, clock
from tools.develop.torture.office import Office
from tools.develop.torture.whole import Broken, Looker
from tools.develop.torture.window import lost
from tools.develop.torture.worker import FORKS, Order, Worker

ROUNDS = 5

pytestmark = pytest.mark.skipif(not FORKS, reason="Windows forks no processes: dev.py torture")


@pytest.fixture(scope="module")
def torturer(request: pytest.FixtureRequest) -> Torturer:
    has_windows = not WINDOW_JOBS.keys().isdisjoint(JOBS)  # without Qt there are none
    nursery = request.getfixturevalue("nursery") if has_windows else None
    return Torturer(seed=20220901, nursery=nursery)


@pytest.fixture(scope="module")
def office(torturer: Torturer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("torture") / "office", torturer.looker)
    for job in JOBS:
        torturer.learn(made, job)
    yield made
    assert torturer.counts["rounds"] == ROUNDS * len(JOBS)
    assert made.counts["killed"] > ROUNDS * len(JOBS) // 2  # the others were done before


@pytest.mark.parametrize("job", JOBS)
def test_a_kill_loses_nothing(torturer: Torturer, office: Office, job: str) -> None:
    for _ in range(ROUNDS):
        torturer.round(office, job)


def test_two_windows_at_once_lose_no_save(tmp_path: Path) -> None:
    """Both work, or one is told; every acknowledged save is a version of its own."""
    office = Office(tmp_path / "office")
    root = str(office.place.root)
    workers = [Worker(Order(job="edit", root=root, seed=seed)) for seed in (1, 2, 3)]
    office.verify(workers)
    assert office.counts["ended"] == 3
    assert office.counts["done"] + office.counts["problem"] == 3
    assert office.counts["edit"] > 60
    with open_store(office.place.database, now=clock(random.Random(4))) as store:
        for stored in store.cases.listed():
            numbers = [version.version for version in store.cases.versions(stored.id)]
            assert numbers == list(range(stored.revision, 0, -1))


def test_a_restore_beside_a_window_at_work_is_told(tmp_path: Path) -> None:
    place = Office(tmp_path / "office").place
    with open_store(place.database, now=clock(random.Random(1))) as store:
        with store.transaction():
            store.settings.put("x", "y")
            worker = Worker(Order(job="restore", root=str(place.root), seed=5))
            worker.wait()
        (ack,) = worker.acks()
        assert ack["kind"] == LockedDatabase.__name__
        assert "占用" in ack["said"]
        assert store.settings.get("x") == "y"


# --- the looker itself sees what is broken ----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.pdf", b"%PDF-1.7 half"),
        ("表.pdf", b"%PDF-1.7 no page\n%%EOF\n"),
        ("包.zip", b"PK\x03\x04 half"),
        ("总.xlsx", b"PK\x03\x04 half"),
        ("合同.docx", b""),
        ("信.eml", b"To: a@example.cn\r\n\r\nno attachment"),
        ("manifest.json", b"{"),
        ("备份.db", b"SQLite format 3\x00 half"),
        ("表.pdf.part", b"a strange name for what is not finished"),
    ],
)
def test_what_is_half_made_is_seen(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "出").mkdir()
    (tmp_path / "出" / name).write_bytes(content)
    with pytest.raises(Broken, match=name):
        Looker().look(tmp_path)


def test_what_is_in_the_making_is_passed_over(tmp_path: Path) -> None:
    temporary_beside(tmp_path / "a").write_bytes(b"half")
    Looker().look(tmp_path)


def test_a_package_that_does_not_agree_is_seen(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b'{"files": [{"name": "a.pdf", "sha256": "0"}]}')
    with pytest.raises(Broken, match="agree"):
        Looker().look(tmp_path)


def test_what_was_acknowledged_and_is_not_there_is_seen(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    worker = Worker(Order(job="edit", root=str(office.place.root), seed=6))
    worker.wait()
    lost = worker.acks()[0]
    with closing(sqlite3.connect(office.place.database)) as connection, connection:
        for table in ("cases", "case_versions"):
            connection.execute(
                f"UPDATE {table} SET content = replace(content, ?, 'x')", (lost["token"],)
            )
    with pytest.raises(Broken, match="not there"):
        office.verify([worker])


def test_what_was_typed_over_in_a_case_that_was_new_is_not_missed() -> None:
    def typed(at: float, token: str, case: int | None) -> dict[str, Any]:
        words = {"token": token, "case": case, "path": "region", "text": token}
        return {"what": "typed", "at": at, **words}

    new = [typed(0.0, "first", None), {"what": "saved", "at": 1.0, "token": "first", "case": 7}]
    end = {"what": "tick", "at": 9.0}
    assert [one["token"] for one in lost([*new, end])] == ["first"]
    assert [one["token"] for one in lost([*new, typed(2.0, "second", 7), end])] == ["second"]
    assert [one["token"] for one in lost([*new, typed(2.0, "second", 8), end])] == [
        "first",
        "second",
    ]
