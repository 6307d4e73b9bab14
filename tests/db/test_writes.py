"""What others have written is news; what stores that share their writes have written is none."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db.backup import backup, restore
from db.problems import UnknownCase
from db.store import Store, open_store
from forms.record import Case

Clock = Callable[[], datetime]


@pytest.fixture
def job(store: Store, file: Path, clock: Clock) -> Iterator[Store]:
    """A store of a job of the same window."""
    with open_store(file, now=clock, writes=store.writes) as made:
        yield made


@pytest.fixture
def other(file: Path, clock: Clock) -> Iterator[Store]:
    """Another program's."""
    with open_store(file, now=clock) as made:
        yield made


def test_ones_own_writes_are_no_news_and_others_are(store: Store, job: Store, other: Store) -> None:
    before = store.news()
    store.save(Case(region="全省"))
    job.set_setting("a", "1")
    assert store.news() == before
    other.set_setting("a", "2")
    after = store.news()
    assert after != before
    assert store.news() == after


def test_another_write_between_two_of_ones_own_is_not_missed(
    store: Store, job: Store, other: Store
) -> None:
    before = store.news()
    job.set_setting("a", "1")
    other.set_setting("a", "2")
    job.set_setting("a", "3")
    assert store.news() != before


def test_what_changes_nothing_is_no_write(store: Store, other: Store, case: Case) -> None:
    saved = store.save(case)
    before = store.news()
    other.save(case, case_id=saved.id)
    assert store.news() == before


def test_the_number_of_a_write_that_failed_may_be_anothers(
    store: Store, job: Store, other: Store
) -> None:
    before = store.news()
    with pytest.raises(UnknownCase), job.transaction():
        job.set_setting("a", "1")
        job.bin(404)
    assert store.setting("a") is None
    other.set_setting("a", "2")
    assert store.news() != before


def test_a_backup_that_was_brought_back_is_news(
    store: Store, file: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(Case(region="全省"))
    before = store.news()
    kept = tmp_path / "备份.db"
    backup(file, kept)
    store.close()
    restore(kept, file, now=clock)
    with open_store(file, now=clock, writes=store.writes) as again:
        assert again.news() != before
