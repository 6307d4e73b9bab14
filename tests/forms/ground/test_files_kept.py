"""What a kill, a fault or a full disk leaves: the old file or the new one, and what is swept."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from forms.ground import files


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def aged(path: Path, seconds: float) -> Path:
    """Let a file or folder have been made so long ago."""
    moment = path.stat().st_mtime - seconds
    os.utime(path, (moment, moment))
    return path


def test_a_replaced_paper_is_never_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each step of an export over an earlier one, every paper is there, old or new."""
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(b"old")
    seen: list[set[bytes]] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        seen.append({(tmp_path / name).read_bytes() for name in ("甲.pdf", "乙.pdf")})
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with files.workshop(tmp_path) as bench:
        (bench / "aside").mkdir()
        made = []
        for place, name in enumerate(("甲.pdf", "乙.pdf")):
            (bench / str(place)).write_bytes(b"new")
            made.append((bench / str(place), tmp_path / name))
        files.publish(made, aside=bench / "aside")
    assert seen == [{b"old"}, {b"old", b"new"}]
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"new"}


def test_a_disk_without_links_keeps_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links on this disk")

    def fail(folder: Path) -> None:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    monkeypatch.setattr(files, "sync_folder", fail)
    (tmp_path / "甲.pdf").write_bytes(b"old")
    bench = tmp_path / "bench"
    (bench / "aside").mkdir(parents=True)
    for name in ("0", "1"):
        (bench / name).write_bytes(b"new")
    made = [(bench / "0", tmp_path / "甲.pdf"), (bench / "1", tmp_path / "乙.pdf")]
    with pytest.raises(files.CannotWrite, match="读写出错"):
        files.publish(made, aside=bench / "aside")
    assert names_in(tmp_path) == ["bench", "甲.pdf"]
    assert (tmp_path / "甲.pdf").read_bytes() == b"old"


def test_a_disk_that_is_gone_is_told_once_and_not_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not even the way back works, the first fault is the one that is told."""

    def gone(self: Path, *_: object) -> Path:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(Path, "replace", gone)
    monkeypatch.setattr(Path, "unlink", gone)
    (tmp_path / "0").write_bytes(b"new")
    (tmp_path / "aside").mkdir()
    (tmp_path / "甲.pdf").write_bytes(b"old")
    with pytest.raises(files.CannotWrite, match=r"甲\.pdf"):
        files.publish([(tmp_path / "0", tmp_path / "甲.pdf")], aside=tmp_path / "aside")
    with pytest.raises(files.CannotWrite, match=r"乙\.pdf.*读写出错"):
        files.write_atomically(tmp_path / "乙.pdf", b"new")
    assert (tmp_path / "甲.pdf").read_bytes() == b"old"
    assert not (tmp_path / "乙.pdf").exists()


def test_what_was_not_moved_is_not_moved_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == "1":
            target.write_bytes(b"a stranger's, come in between")
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    for name in ("0", "1"):
        (tmp_path / name).write_bytes(b"new")
    with pytest.raises(KeyboardInterrupt):
        files.publish([(tmp_path / "0", tmp_path / "甲"), (tmp_path / "1", tmp_path / "乙")])
    assert names_in(tmp_path) == ["0", "1", "乙"]


def test_a_folder_is_made_to_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    files.write_atomically(tmp_path / "甲" / "乙" / "表.pdf", b"1")
    assert synced == [tmp_path / "甲", tmp_path, tmp_path / "甲" / "乙"]


def test_a_name_in_the_making_has_no_extension_a_viewer_knows(tmp_path: Path) -> None:
    temporary = files.temporary_beside(tmp_path / "表.pdf")
    assert temporary.parent == tmp_path
    assert temporary.suffix == ".part"
    assert files.is_temporary(temporary.name)
    assert files.is_temporary(temporary.name + "-journal")
    for other in ("表.pdf", ".~lock.表.xlsx#", "~$表.xlsx", "x.part", ".~12345678.part.pdf"):
        assert not files.is_temporary(other)


def test_only_what_is_ours_and_old_is_swept(tmp_path: Path) -> None:
    day = files.STALE_AFTER_S + 60
    for name in (".~00000001.part", ".~00000001.part-journal", ".~lock.表.xlsx#", "报告.part"):
        (tmp_path / name).write_bytes(b"")
        aged(tmp_path / name, day)
    (tmp_path / ".~00000002.part").write_bytes(b"another window is at work")
    folder = tmp_path / ".~00000003.part"
    (folder / "package").mkdir(parents=True)
    (folder / "package" / "表.pdf").write_bytes(b"")
    aged(folder, day)
    (tmp_path / ".~00000004.part").symlink_to(tmp_path.parent)
    fresh = tmp_path / ".~00000005.part"
    fresh.mkdir()
    files.sweep(tmp_path, fresh)
    assert names_in(tmp_path) == [
        ".~00000002.part",
        ".~00000004.part",
        ".~00000005.part",
        ".~lock.表.xlsx#",
        "报告.part",
    ]


def test_an_export_sweeps_the_folder_it_writes_into(tmp_path: Path) -> None:
    aged_one = tmp_path / ".~00000001.part"
    aged_one.write_bytes(b"")
    aged(aged_one, files.STALE_AFTER_S + 60)
    with files.workshop(tmp_path):
        assert not aged_one.exists()


def test_sweeping_never_stops_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.sweep(tmp_path / "gone", tmp_path / "gone")
    one = tmp_path / ".~00000001.part"
    one.mkdir()
    aged(one, files.STALE_AFTER_S + 60)

    def fail(path: Path, *, ignore_errors: bool) -> None:
        raise PermissionError(errno.EACCES, "open elsewhere")

    monkeypatch.setattr(shutil, "rmtree", fail)
    files.sweep(tmp_path, tmp_path)
    assert one.exists()


def test_a_name_fits_or_is_cut() -> None:
    assert files.fits("a" * files.NAME_LIMIT)
    assert not files.fits("a" * (files.NAME_LIMIT + 1))
