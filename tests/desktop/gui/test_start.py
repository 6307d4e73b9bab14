"""A start: the register is there and takes keys before anything slow is loaded."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.data_places import database_file
from db.glance import glance
from db.store import open_store
from forms.facts.record import Case, Patent
from tools.develop.bench.window.begun import NEEDED

ROOT = Path(__file__).parents[3]
SLOW = {"sqlalchemy", "msgspec", "reportlab", "openpyxl", "docx", "pypdfium2"}
SLOW |= {
    "logging.handlers",
    "multiprocessing",
    "importlib.metadata",
    "forms.pack",
    "forms.facts.record",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of an office that has been started before."""
    with open_store(database_file(tmp_path), now=lambda: datetime.now(UTC)) as store:
        store.settings.put("started", "true")
        for title in ("一种冷却装置", "一种水泵", "一种阀门"):
            store.cases.save(Case(patent=Patent(title=title)))
    return tmp_path


def test_the_first_sight_loads_nothing_slow(folder: Path, tmp_path: Path) -> None:
    settings = {"XDG_CONFIG_HOME": str(tmp_path), "BENCH_BEGAN": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.develop.bench.window.begun", "ours", str(folder)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = set(json.loads(done.stdout)["modules"])
    assert sorted(loaded & SLOW) == []
    qt = {name for name in loaded if name.startswith("PySide6.Qt")}
    assert qt == {f"PySide6.{name}" for name in NEEDED}


def test_a_glance_sees_the_last_changed_and_how_many_there_are(folder: Path) -> None:
    seen = glance(database_file(folder), limit=2)
    assert seen is not None
    assert (seen.total, [row.title for row in seen.rows]) == (3, ["一种阀门", "一种水泵"])
    assert seen.settings["started"] == "true"


def test_a_glance_is_what_the_store_says_of_the_same_cases(folder: Path) -> None:
    seen = glance(database_file(folder), limit=60)
    with open_store(database_file(folder), now=lambda: datetime.now(UTC)) as store:
        assert seen is not None
        assert seen.rows == [row for some in store.register.rows() for row in some]


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + b"\xff" * 9])
def test_there_is_no_glance_at_what_is_out_of_order(tmp_path: Path, content: bytes | None) -> None:
    file = database_file(tmp_path)
    if content is not None:
        file.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    assert glance(file, limit=9) is None
    assert sorted(tmp_path.iterdir()) == before


def test_there_is_no_glance_at_an_older_or_a_newer_database(folder: Path) -> None:
    import sqlite3

    file = database_file(folder)
    for version in (1, 99):
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA user_version={version}")
        connection.close()
        assert glance(file, limit=9) is None
