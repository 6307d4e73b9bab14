"""`dev.py bundle`: which system's program is made, by whom; then the lists of what was made."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence

from installer import contents
from installer.handing_out import OUT, write_sums


def bundle(arguments: Sequence[str]) -> int:
    """Make the program an office installs; the exit code is 0 where every check passed."""
    rest = [part for part in arguments if part != "--windows"]
    for_windows = len(rest) < len(arguments) or sys.platform == "win32"
    code = _windows(rest) if for_windows else _linux(rest)
    if code == 0:
        write_sums(OUT)
    return code


def _linux(arguments: Sequence[str]) -> int:
    from installer.linux.run import bundle as bundle_linux

    return bundle_linux(arguments)


def _windows(arguments: Sequence[str]) -> int:
    from installer import sbom
    from installer.windows import python
    from installer.windows.run import bundle as bundle_windows

    code = bundle_windows(arguments)
    if code == 0:
        version = platform.python_version() if sys.platform == "win32" else python.VERSION
        file = OUT / f"{contents.WINDOW}-{contents.version()}-windows-x64.sbom.cdx.json"
        sbom.write(file, "win32", version)
    return code
