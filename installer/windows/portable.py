"""The program as a .zip for a USB stick: a mark beside the executable keeps its data beside it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from db.data_places import PORTABLE_MARK
from installer.kept import files_under

MARK_TEXT = Path(__file__).with_name("portable.zh_CN.txt")
_THEN = (2000, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def make(program: Path, output: Path, folder: str) -> None:
    """Pack a program's folder and the mark under one folder's name."""
    fresh = output.with_suffix(".part")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files_under(program):
            name = f"{folder}/{file.relative_to(program).as_posix()}"
            archive.writestr(_entry(name), file.read_bytes())
        archive.writestr(_entry(f"{folder}/{PORTABLE_MARK}"), _mark())
    fresh.replace(output)


def _mark() -> bytes:
    words = MARK_TEXT.read_text(encoding="utf-8")
    return words.replace("\n", "\r\n").encode("utf-8-sig")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _THEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
