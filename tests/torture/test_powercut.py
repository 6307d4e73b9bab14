"""Power cuts: what a small scenario leaves at every step opens whole; a lazy one is found."""

import random
import sys
from pathlib import Path

import pytest

from tools.develop.powercut.disks import Platter, name_of
from tools.develop.powercut.recording import (
    Length,
    Names,
    Recorded,
    Sync,
    Tree,
    Write,
    can_record,
    record,
)
from tools.develop.powercut.trials import tried
from tools.develop.torture.disk import Journal

MOST = 60
"""Cuts that are tried of each scenario here; `dev.py powercut` tries thousands."""

needs_strace = pytest.mark.skipif(not can_record(), reason="strace is not here, or not allowed")


@needs_strace
@pytest.mark.parametrize("journal", ["wal", "rollback"])
@pytest.mark.parametrize("scenario", ["begin", "save"])
def test_every_disk_opens_whole(tmp_path: Path, scenario: str, journal: Journal) -> None:
    done = tried(scenario, tmp_path, journal=journal, most=MOST)
    assert done.faults == []
    assert done.disks > MOST // 2


@needs_strace
@pytest.mark.parametrize("journal", ["wal", "rollback"])
def test_what_syncs_nothing_is_found_out(tmp_path: Path, journal: Journal) -> None:
    assert tried("save", tmp_path, journal=journal, most=MOST, is_spoiled=True).faults


# --- the disk that is rebuilt ----------------------------------------------------------------


def platter(folder: Path) -> Platter:
    """A disk on which lies the folder "里" (1) with the file "旧" (2) in it."""
    (folder / "里").mkdir()
    (folder / "里" / "旧").write_bytes(b"old")
    return Platter(Tree(folder), {0, 1})


def disks(at: Platter) -> list[dict[str, bytes]]:
    found = {name_of(disk): disk for disk in map(at.disk, at.cuts(random.Random(1)))}
    return list(found.values())


def test_what_is_not_synced_may_be_there_or_not(tmp_path: Path) -> None:
    at = platter(tmp_path)
    at.take(Write(2, 0, b"new"))
    assert disks(at) == [{"里/旧": b"new"}, {"里/旧": b"old"}]
    at.take(Sync(2))
    assert disks(at) == [{"里/旧": b"new"}]


def test_a_write_is_torn_at_sectors_only(tmp_path: Path) -> None:
    at = platter(tmp_path)
    at.take(Write(2, 0, b"n" * 1024))
    found = {disk["里/旧"] for disk in disks(at)}
    old_first = b"old" + bytes(509)
    assert found == {b"n" * 1024, b"old", b"n" * 512, old_first + b"n" * 512}


def test_a_name_is_there_once_its_folder_is_synced(tmp_path: Path) -> None:
    at = platter(tmp_path)
    at.take(Names(((1, "新", 3),)))
    at.take(Write(3, 0, b"whole"))
    at.take(Sync(3))
    assert disks(at) == [{"里/旧": b"old", "里/新": b"whole"}, {"里/旧": b"old"}]
    at.take(Sync(1))
    assert disks(at) == [{"里/旧": b"old", "里/新": b"whole"}]


def test_a_file_replaced_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    at = platter(tmp_path)
    at.take(Names(((1, ".part", 3),)))
    at.take(Write(3, 0, b"whole"))
    at.take(Sync(3))
    at.take(Names(((1, ".part", None), (1, "旧", 3))))
    held = {disk["里/旧"] for disk in disks(at)}
    assert held == {b"old", b"whole"}
    at.take(Length(3, 2))
    assert {disk["里/旧"] for disk in disks(at)} == {b"old", b"whole", b"wh"}


@needs_strace
def test_what_python_does_to_files_is_recorded(tmp_path: Path) -> None:
    root, said = tmp_path / "根", tmp_path / "said.txt"
    root.mkdir()
    (root / "b.txt").write_bytes(b"before")
    program = tmp_path / "does.py"
    program.write_text(
        "import os, shutil\n"
        "from pathlib import Path\n"
        f"root = Path({str(root)!r})\n"
        "(root / '里').mkdir()\n"
        "with open(root / '里/a(1).txt', 'wb') as file:\n"
        "    file.write(b'one')\n"
        "    file.flush()\n"
        "    os.fsync(file.fileno())\n"
        "with open(root / 'b.txt', 'ab') as file: file.write(b'!')\n"
        "os.replace(root / '里/a(1).txt', root / '里/c,d.txt')\n"
        "shutil.copyfile(root / 'b.txt', root / 'copy.txt')\n"
        "os.link(root / 'copy.txt', root / 'link.txt')\n"
        f"open({str(said)!r}, 'w').write('done')\n",
        encoding="utf-8",
    )
    recorded = record([sys.executable, str(program)], root, said)
    assert whole(recorded) == {
        "里/c,d.txt": b"one",
        "b.txt": b"before!",
        "copy.txt": b"before!",
        "link.txt": b"before!",
    }
    assert [step for step in recorded.steps if isinstance(step, Sync)]


def whole(recorded: Recorded) -> dict[str, bytes]:
    """What the disk holds in the end if nothing is lost."""
    at = Platter(recorded.start, recorded.folders)
    for step in recorded.steps:
        at.take(step)
    return at.disk(next(at.cuts(random.Random(0))))
