"""Backups made by themselves: when, how many are kept, where else, and what is told."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import rotation
from db.door import SqliteDoor
from db.rotation import good_backups, keep_copy, last_made, newest_good, prune
from db.store import Store, open_store
from db.store_problems import DiskFull
from forms.facts.record import Case

OF_A_FILE = True
"""What is asked here is asked of SQLite's file alone."""

Clock = Callable[[], datetime]

MORNING = datetime(2022, 10, 10, 8, 0, tzinfo=UTC)


class Days:
    """A clock that stands until the next day is called."""

    def __init__(self) -> None:
        self.moment = MORNING

    def __call__(self) -> datetime:
        return self.moment

    def next(self) -> None:
        self.moment += timedelta(days=1)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def kept_store(file: Path, days: Days, said: list[str], case: Case) -> Iterator[Store]:
    """A store with a case, on its first day."""
    with open_store(file, now=days, tell=said.append, busy_timeout_s=0.05) as store:
        store.cases.save(case)
        yield store


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def of_reason(file: Path, reason: str) -> list[str]:
    return [name for name in names(file.parent / "backups") if f"-{reason}" in name]


def test_the_first_write_of_each_day_backs_up_what_was_there(
    kept_store: Store, days: Days, said: list[str], case: Case
) -> None:
    assert names(kept_store.path.parent / "backups") == []  # nothing was there yet
    for _ in range(3):
        days.next()
        kept_store.cases.save(case)
        kept_store.cases.save(case)
    made = list(good_backups(kept_store.path))
    assert [one.inside.cases for one in made] == [5, 3, 1]
    assert [one.made_at.day for one in made] == [13, 12, 11]
    assert {one.reason for one in made} == {"auto"}
    assert said == []


def test_reading_backs_nothing_up(kept_store: Store, days: Days) -> None:
    days.next()
    kept_store.cases.listed()
    kept_store.register.search("水稻")
    assert names(kept_store.path.parent / "backups") == []


def test_a_second_window_of_the_same_day_backs_up_no_more(
    kept_store: Store, days: Days, case: Case
) -> None:
    days.next()
    kept_store.cases.save(case)
    with open_store(kept_store.path, now=days) as other:
        other.cases.save(case)
    assert len(of_reason(kept_store.path, "auto")) == 1


def test_as_many_are_kept_as_the_office_says(kept_store: Store, days: Days, case: Case) -> None:
    assert kept_store.backups.keep == 10
    kept_store.backups.settle(keep=2)
    assert kept_store.backups.keep == 2
    for _ in range(4):
        days.next()
        kept_store.cases.save(case)
    assert [one.made_at.day for one in good_backups(kept_store.path)] == [14, 13]
    by_hand = [kept_store.backups.make() for _ in range(4)]
    assert all(one.exists() for one in by_hand)  # those stay
    assert len(set(by_hand)) == 4
    with pytest.raises(ValueError, match="one backup"):
        kept_store.backups.settle(keep=0)
    kept_store.settings.put("backup.keep", "viele")
    assert kept_store.backups.keep == 10


def test_a_second_place_gets_them_too_under_the_offices_tag(
    kept_store: Store, days: Days, case: Case, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    strange = stick / "openlicense-abcdef-20200101-080000-auto.db"
    strange.write_bytes(b"another office's")
    kept_store.backups.settle(keep=2, second_place=stick)
    tag = kept_store.settings.get("backup.tag")
    for _ in range(4):
        days.next()
        kept_store.cases.save(case)
    ours = [name for name in names(stick) if f"-{tag}-" in name]
    assert len(ours) == 2
    assert strange.exists()
    there = list(good_backups(kept_store.path, stick))
    assert [one.file.name for one in there] == sorted(ours, reverse=True)
    kept_store.backups.settle(second_place=Path())
    assert kept_store.backups.second_place is None
    days.next()
    kept_store.cases.save(case)
    assert len([name for name in names(stick) if f"-{tag}-" in name]) == 2


def test_a_stick_that_is_gone_is_told_and_work_goes_on(
    kept_store: Store, days: Days, said: list[str], case: Case, tmp_path: Path
) -> None:
    kept_store.backups.settle(second_place=tmp_path / "U盘")
    days.next()
    kept_store.cases.save(case)
    (sentence,) = said
    assert "U盘" in sentence
    assert "暂时找不到" in sentence
    assert "不影响当前工作" in sentence
    assert len(kept_store.cases.listed()) == 2
    assert len(of_reason(kept_store.path, "auto")) == 1
    assert not (tmp_path / "U盘").exists()


def test_a_stick_that_is_full_is_told_and_the_backup_here_stands(
    kept_store: Store,
    days: Days,
    said: list[str],
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(door: SqliteDoor, target: Path, **_: object) -> None:
        raise DiskFull(target)

    kept_store.backups.settle(second_place=tmp_path)
    monkeypatch.setattr("db.daily.copy_whole", full)
    days.next()
    kept_store.cases.save(case)
    (sentence,) = said
    assert "备用备份未完成" in sentence
    assert "磁盘空间不足" in sentence
    assert len(of_reason(kept_store.path, "auto")) == 1


def test_a_backup_that_can_not_be_made_stops_no_work(
    kept_store: Store, days: Days, said: list[str], case: Case
) -> None:
    (kept_store.path.parent / "backups").write_text("a file where the folder should be")
    days.next()
    kept_store.cases.save(case)
    kept_store.cases.save(case)
    (sentence,) = said  # told once a day
    assert "自动备份未完成" in sentence
    assert len(kept_store.cases.listed()) == 3


def test_nobody_needs_to_be_told(file: Path, days: Days, case: Case) -> None:
    with open_store(file, now=days) as store:
        store.cases.save(case)
        (file.parent / "backups").write_text("in the way")
        days.next()
        store.cases.save(case)


# --- which are good, which go -----------------------------------------------------------------


def test_only_good_backups_are_listed(kept_store: Store, days: Days) -> None:
    door = SqliteDoor(kept_store.path)
    first = keep_copy(door, "auto", now=days())
    again = keep_copy(door, "auto", now=days())
    assert again.stem == f"{first.stem}-2"
    days.next()
    broken = keep_copy(door, "before-restore", now=days())
    broken.write_bytes(broken.read_bytes()[:5000])
    folder = first.parent
    for name in ("x.db", "openlicense-20229999-080000-auto.db", "other-20221010-080000-auto.db"):
        (folder / name).write_bytes(first.read_bytes())
    (folder / f"{first.stem}.txt").write_bytes(b"")
    assert [one.file for one in good_backups(kept_store.path)] == [again, first]
    newest = newest_good(kept_store.path)
    assert newest is not None
    assert newest.file == again
    last = last_made(kept_store.path, "before-restore")
    assert last is not None
    assert last.day == 11
    assert last_made(kept_store.path, "v1") is None
    # in a named folder all are meant, whosesoever
    assert len(list(good_backups(kept_store.path, folder))) == 3


def test_the_only_good_one_is_never_cleared_away(kept_store: Store, days: Days) -> None:
    door = SqliteDoor(kept_store.path)
    good = keep_copy(door, "auto", now=days())
    for _ in range(3):
        days.next()
        keep_copy(door, "auto", now=days()).write_bytes(b"SQLite format 3\x00 broken")
    prune(kept_store.path, 2)
    assert good.exists()
    assert len(of_reason(kept_store.path, "auto")) == 4
    days.next()
    keep_copy(door, "auto", now=days())
    prune(kept_store.path, 0)  # one at least stays
    (left,) = list(good_backups(kept_store.path))
    assert left.made_at.day == 14
    assert not good.exists()


def test_a_backup_that_is_open_elsewhere_goes_the_next_time(
    kept_store: Store, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = SqliteDoor(kept_store.path)
    for _ in range(2):
        keep_copy(door, "auto", now=days())

    def refuse(self: Path, **_: object) -> None:
        raise PermissionError(13, "open elsewhere")

    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refuse)
        prune(kept_store.path, 1)
    assert len(of_reason(kept_store.path, "auto")) == 2
    prune(kept_store.path, 1)
    assert len(of_reason(kept_store.path, "auto")) == 1


def test_a_folder_of_backups_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert list(good_backups(tmp_path / "x.db")) == []
    assert newest_good(tmp_path / "x.db") is None
    prune(tmp_path / "x.db", 3)
    assert os.listdir(tmp_path) == []  # noqa: PTH208
    assert rotation.backups_folder(tmp_path / "x.db") == tmp_path / "backups"


# --- beside a window ----------------------------------------------------------------------


def test_a_window_writes_on_while_the_day_before_is_copied(
    file: Path, days: Days, kept_store: Store, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_store.close()
    days.next()
    written, real = threading.Event(), SqliteDoor.check

    def checked(door: SqliteDoor, *arguments: Any, **settings: Any) -> None:
        if door.file != file:  # the copy, before it is put in place
            assert written.wait(20)
        real(door, *arguments, **settings)

    monkeypatch.setattr(SqliteDoor, "check", checked)
    with open_store(file, now=days, backs_up_beside=True) as store:
        for _ in range(3):
            store.cases.save(case)
        assert of_reason(file, "auto") == []
        written.set()
    (kept,) = good_backups(file)
    assert (kept.reason, kept.inside.cases, store_cases(file)) == ("auto", 1, 4)


def store_cases(file: Path) -> int:
    with open_store(file, now=lambda: MORNING) as store:
        return store.register.count()


def test_a_backup_beside_that_fails_is_told_and_stops_no_work(
    file: Path, days: Days, said: list[str], kept_store: Store, case: Case
) -> None:
    kept_store.close()
    days.next()
    (file.parent / "backups").write_text("no folder")
    with open_store(file, now=days, tell=said.append, backs_up_beside=True) as store:
        store.cases.save(case)
        assert store.register.count() == 2
    assert "未完成" in said[-1]


def test_where_nobody_can_write_meanwhile_it_is_copied_at_the_opening(
    file: Path, days: Days, kept_store: Store, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_store.close()
    days.next()
    monkeypatch.setattr("db.daily.wants_rollback_journal", lambda _file: True)
    with open_store(file, now=days, backs_up_beside=True) as store:
        assert len(of_reason(file, "auto")) == 1
        store.cases.save(case)
    assert len(of_reason(file, "auto")) == 1
