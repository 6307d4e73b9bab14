"""Which disk a folder lies on, as far as the system tells.

SQLite's write-ahead log needs memory shared between processes, which network shares do not
give, and leaves side files on a stick that may be pulled; there a rollback journal is used.
https://www.sqlite.org/wal.html
"""

import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

# Names of file systems as Linux gives them: of network shares, then of removable disks.
_SHARED = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "9p", "vboxsf"}
    | {"davfs", "glusterfs", "lustre", "ocfs2"}
)
_REMOVABLE = frozenset({"vfat", "msdos", "exfat"})
_FUSE_SHARED = (
    "fuse.sshfs",
    "fuse.davfs",
    "fuse.rclone",
    "fuse.gvfsd",
    "fuse.vmhgfs",
    "fuse.glusterfs",
)
# https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getdrivetypew
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4

MOUNTS = Path("/proc/self/mounts")
"""Where Linux says what is mounted where; trials put another file in its place."""


def wants_rollback_journal(file: Path) -> bool:
    """Whether the file lies on a network share or a removable disk; False where unknown."""
    if sys.platform == "win32":  # pragma: no cover
        return on_windows(str(file.absolute()), _drive_type)
    try:
        mounts = MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return on_linux(file.absolute(), mounts)


def on_windows(file: str, drive_type: Callable[[str], int]) -> bool:
    """Tell by the path and by Windows' word for the drive ("D:\\\\" -> 4 is a network drive)."""
    plain = file.removeprefix("\\\\?\\")
    if plain.startswith(("\\\\", "UNC\\")):
        return True
    return drive_type(plain[:3]) in (_WINDOWS_REMOVABLE, _WINDOWS_REMOTE)


def on_linux(file: Path, mounts: str) -> bool:
    """Tell by the file system mounted nearest above the file (`mounts` as in /proc/mounts)."""
    here = PurePosixPath(file.as_posix())
    nearest, kind = PurePosixPath("/"), ""
    for line in mounts.splitlines():
        _, place, found, *_ = [*line.split(" "), "", "", ""]
        folder = PurePosixPath(_unescaped(place))
        if here.is_relative_to(folder) and len(folder.parts) >= len(nearest.parts):
            nearest, kind = folder, found
    return kind in _SHARED or kind in _REMOVABLE or kind.startswith(_FUSE_SHARED)


def _unescaped(place: str) -> str:
    """Spaces and the like stand as octal in /proc/mounts."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, character)
    return place


def _drive_type(root: str) -> int:  # pragma: no cover
    """Ask Windows for the type of a drive."""
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined,unused-ignore]
