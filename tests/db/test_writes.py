"""What others have written is news; what stores that share their writes have written is none."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.backup import backup, restore
from db.store import Store, open_store
from db.store_problems import UnknownCase
from db.writes import RESTORED, WRITES
from forms.facts.record import Case

Clock = Callable[[], datetime]
NOW = datetime(2022, 9, 1, 10, 0, tzinfo=UTC)
OF_OTHERS = {"other", "restore"}


@pytest.fixture
def job(store: Store, clock: Clock) -> Iterator[Store]:
    """A store of a job of the same window."""
    with open_store(store.place, now=clock, writes=store.writes) as made:
        yield made


@pytest.fixture
def other(store: Store, clock: Clock) -> Iterator[Store]:
    """Another program's."""
    with open_store(store.place, now=clock) as made:
        yield made


def test_ones_own_writes_are_no_news_and_others_are(store: Store, job: Store, other: Store) -> None:
    before = store.news()
    store.cases.save(Case(region="全省"))
    job.settings.put("a", "1")
    assert store.news() == before
    other.settings.put("a", "2")
    after = store.news()
    assert after != before
    assert store.news() == after


def test_another_write_between_two_of_ones_own_is_not_missed(
    store: Store, job: Store, other: Store
) -> None:
    before = store.news()
    job.settings.put("a", "1")
    other.settings.put("a", "2")
    job.settings.put("a", "3")
    assert store.news() != before


def test_what_changes_nothing_is_no_write(store: Store, other: Store, case: Case) -> None:
    saved = store.cases.save(case)
    before = store.news()
    other.cases.save(case, case_id=saved.id)
    assert store.news() == before


def test_the_number_of_a_write_that_failed_may_be_anothers(
    store: Store, job: Store, other: Store
) -> None:
    before = store.news()
    with pytest.raises(UnknownCase), job.transaction():
        job.settings.put("a", "1")
        job.cases.bin(404)
    assert store.settings.get("a") is None
    other.settings.put("a", "2")
    assert store.news() != before


def test_a_backup_that_was_brought_back_is_news(
    store: Store, file: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.cases.save(Case(region="全省"))
    before = store.news()
    kept = tmp_path / "备份.db"
    backup(file, kept)
    store.close()
    restore(kept, file, now=clock)
    with open_store(file, now=clock, writes=store.writes) as again:
        assert again.news() != before


# --- the law ---


def bring_back(path: Path, number: int) -> None:
    """What a restore leaves of both settings: an earlier count, and its own mark."""
    with closing(sqlite3.connect(path)) as connection, connection:
        put = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)"
        (before,) = connection.execute(
            "SELECT coalesce(max(value), '') FROM settings WHERE name = ?", (RESTORED,)
        ).fetchone()
        connection.executemany(put, [(WRITES, str(number)), (RESTORED, f"{before}x")])


@given(
    st.lists(st.sampled_from(["own", "job", "nothing", "other", "restore", "look"]), max_size=14)
)
@example(["own", "own", "restore", "look", "other"])  # the numbers are given anew, to the other
def test_news_is_what_others_did(acts: list[str]) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "openlicense.db"
        own = stack.enter_context(open_store(path, now=lambda: NOW))
        job = stack.enter_context(open_store(path, now=lambda: NOW, writes=own.writes))
        other = stack.enter_context(open_store(path, now=lambda: NOW))
        stores = {"own": own, "job": job, "other": other}
        own.settings.put("x", "0")
        seen, since = own.news(), set[str]()
        for place, act in enumerate([*acts, "look"]):
            if act == "look":
                now = own.news()
                assert (now != seen) == bool(since & OF_OTHERS), (acts, since)
                seen, since = now, set()
                continue
            since.add(act)
            if act == "restore":
                bring_back(path, 1)
                for store in stores.values():
                    store.look_for_restore()
            elif act == "nothing":
                own.settings.get("x")
            else:
                stores[act].settings.put("x", str(place))
