"""The folder from which things are handed out, and the list of what lies there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tools.develop.console import ROOT

OUT = ROOT / "dist"
SUMS = "SHA256SUMS"


def write_sums(out: Path = OUT) -> None:
    """List the SHA-256 of every file there, as `sha256sum --check` reads it."""
    lines = []
    for file in sorted(out.iterdir()):
        if file.is_file() and file.name != SUMS:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            lines.append(f"{digest}  {file.name}\n")
    (out / SUMS).write_text("".join(lines), encoding="utf-8")
