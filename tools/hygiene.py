"""Checks text files for what no reader wants: conflict marks, stray blanks, a missing last newline.

Trailing blanks are allowed in Markdown, where two of them break a line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

_CONFLICT = (b"<<<<<<< ", b">>>>>>> ")


def faults(name: str, content: bytes) -> Iterator[str]:
    """Each fault of a file as one line: name, line number, what."""
    if b"\r\n" in content and not name.endswith((".bat", ".cmd")):
        yield f"{name}: lines end in CR LF"
    if content and not content.endswith(b"\n"):
        yield f"{name}: the last line has no newline"
    if content.endswith(b"\n\n"):
        yield f"{name}: blank lines at the end"
    for number, line in enumerate(content.splitlines(), start=1):
        if line.startswith(_CONFLICT):
            yield f"{name}:{number}: a conflict mark"
        if line != line.rstrip() and not name.endswith(".md"):
            yield f"{name}:{number}: blanks at the end of the line"


def main(names: list[str]) -> int:
    """Print all faults of the named files; 1 where there is any."""
    found = [fault for name in names for fault in faults(name, Path(name).read_bytes())]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
