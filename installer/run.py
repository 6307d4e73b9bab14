"""`dev.py bundle`: which system's program is made, by whom."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def bundle(arguments: Sequence[str]) -> int:
    """Make the program an office installs; the exit code is 0 where every check passed."""
    rest = [part for part in arguments if part != "--windows"]
    if len(rest) < len(arguments) or sys.platform == "win32":
        from installer.windows.run import bundle as bundle_windows

        return bundle_windows(rest)
    from installer.linux.run import bundle as bundle_linux

    return bundle_linux(rest)
