"""Shares and sticks get a rollback journal, as far as the system tells what they are."""

from pathlib import Path

import pytest

from db import disks

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/chen/local\\040disk ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdc1 /media/chen/U盘 exfat rw 0 0
me@host: /mnt/far fuse.sshfs rw 0 0

broken
"""


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("/var/x.db", False),
        ("/home/chen/x.db", True),
        ("/home/chen/local disk/x.db", False),
        ("/homely/x.db", False),
        ("/mnt/share/a/x.db", True),
        ("/mnt/far/x.db", True),
        ("/media/chen/U盘/x.db", True),
    ],
)
def test_linux_knows_by_its_mounts(file: str, wanted: bool) -> None:
    assert disks.on_linux(Path(file), MOUNTS) is wanted


@pytest.mark.parametrize(
    ("file", "kind", "wanted"),
    [
        (r"C:\Users\chen\x.db", 3, False),
        (r"Z:\x.db", 4, True),
        (r"E:\x.db", 2, True),
        (r"\\server\share\x.db", 3, True),
        (r"\\?\UNC\server\share\x.db", 3, True),
        (r"\\?\C:\x.db", 3, False),
    ],
)
def test_windows_knows_by_its_drives(file: str, kind: int, wanted: bool) -> None:
    def drive_type(root: str) -> int:
        assert root.endswith(":\\")
        return kind

    assert disks.on_windows(file, drive_type) is wanted


def test_where_nothing_is_known_the_log_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks, "MOUNTS", tmp_path / "none")
    assert disks.wants_rollback_journal(tmp_path / "x.db") is False
    (tmp_path / "mounts").write_text(f"x {tmp_path} nfs rw 0 0\n", "utf-8")
    monkeypatch.setattr(disks, "MOUNTS", tmp_path / "mounts")
    assert disks.wants_rollback_journal(tmp_path / "x.db") is True
