"""Many files in a workshop: all of them last before any stands, and texts put by come back."""

import os
from pathlib import Path

import pytest

from forms.ground.bulk_files import Spool, lasting, put_on_bench
from forms.ground.files import CannotWrite


@pytest.mark.parametrize("count", [1, 5, 40, 200])
def test_every_file_lasts_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))
    files = [tmp_path / str(place) for place in range(count)]
    with lasting() as asked:
        for file in files:
            put_on_bench(file, file.name.encode())
            asked.take(file)
        asked.finish()
        assert sorted(synced) == sorted(file.stat().st_ino for file in files)
    assert [file.read_bytes() for file in files] == [file.name.encode() for file in files]


@pytest.mark.parametrize("count", [1, 200])
def test_a_disk_that_fails_is_told_at_the_end_at_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="磁盘空间已满"), lasting() as asked:
        for place in range(count):
            put_on_bench(tmp_path / str(place), b"x")
            asked.take(tmp_path / str(place))
        asked.finish()


def test_nothing_is_written_over_on_a_bench(tmp_path: Path) -> None:
    put_on_bench(tmp_path / "a", b"x")
    with pytest.raises(CannotWrite):
        put_on_bench(tmp_path / "a", b"y")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_what_is_put_by_comes_back_in_any_order(tmp_path: Path) -> None:
    texts = [b"\0\xff", b"", b"a\nb", b"a" * 70_000]
    with Spool(tmp_path / "words") as spool:
        places = [spool.add(text) for text in texts]
        assert [spool.read(place) for place in reversed(places)] == texts[::-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="wants a device that is full")
def test_a_disk_that_fills_meanwhile_is_told_with_the_place() -> None:
    spool = Spool(Path("/dev/full"))
    spool._file = Path("/dev/full").open("r+b")  # noqa: SIM115
    with pytest.raises(CannotWrite, match="“/dev/full”未能写入：磁盘空间已满"), spool:
        spool.add(b"a")
        spool.add(b"a" * 1_000_000)
