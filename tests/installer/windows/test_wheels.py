"""Which lines of the locks a Windows Python is given."""

from pathlib import Path

import pytest

from installer.windows.wheels import LOCKS, for_windows
from tools.develop.console import Trouble

LOCK = """\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:ab
macholib==1.16 ; sys_platform == 'darwin' \\
    --hash=sha256:bb
qt==6.8.3 ; python_full_version < '3.14' \\
    --hash=sha256:cc
qt==6.12.0 ; python_full_version >= '3.14' \\
    --hash=sha256:dd
plain==1.0 \\
    --hash=sha256:ee
"""


def lines(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines() if "==" in line]


def test_only_what_holds_on_windows_is_taken_with_its_hashes() -> None:
    chosen = for_windows([LOCK])
    assert lines(chosen) == ["colorama==0.4.6", "plain==1.0", "qt==6.8.3"]
    assert "sha256:ab" in chosen
    assert "sha256:bb" not in chosen
    assert ";" not in chosen


def test_two_locks_that_agree_are_one() -> None:
    assert (
        lines(for_windows([LOCK, "plain==1.0 \\\n    --hash=sha256:ee\n"])).count("plain==1.0") == 1
    )


def test_two_locks_that_disagree_are_told() -> None:
    with pytest.raises(Trouble, match="plain"):
        for_windows([LOCK, "plain==2.0 \\\n    --hash=sha256:ff\n"])


def test_the_projects_own_locks_agree_and_every_package_has_hashes() -> None:
    chosen = for_windows(Path(lock).read_text(encoding="utf-8") for lock in LOCKS)
    names = lines(chosen)
    assert {"pywin32-ctypes", "pyinstaller", "sqlalchemy"} <= {n.partition("==")[0] for n in names}
    assert all("--hash=sha256:" in block for block in chosen.split("\n\n") if block.strip())
