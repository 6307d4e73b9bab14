"""Packages from whom nobody knows: whatever is in them is told, and nothing is done by it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from forms.exchange.came import what_came
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from tests.hostile.test_answers import PAYLOADS
from tools.develop.fuzz.packages import looked, manifest
from tools.province.spoiling import zipped


@cache
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def _many(count: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for place in range(count):
            archive.writestr(zipfile.ZipInfo(f"{place}.pdf"), b"")
    return made.getvalue()


def _of_size(name: str, size: int) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w") as inside,
    ):
        for _ in range(size >> 20):
            inside.write(bytes(1 << 20))
    return made.getvalue()


def _lying() -> bytes:
    """A zip whose directory says that a file is small, which is not."""
    made = bytearray(zipped({"a.pdf": bytes(30 << 20)}))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(made)


def _within(depth: int) -> bytes:
    content = zipped({"a.pdf": b"%PDF"})
    for place in range(depth):
        content = zipped({f"{place}.zip": content})
    return content


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: _many(20_100), "文件过多"),
        (lambda: _of_size("manifest.json", 80 << 20), "超过 64 MB"),
        (lambda: _within(8), "层次过深"),
        (_lying, "损坏"),
    ],
    ids=["many", "huge", "deep", "lying"],
)
def test_bombs_are_refused(tmp_path: Path, make: Callable[[], bytes], why: str) -> None:
    found = looked(tmp_path, pack(), make())
    told = " ".join(fault.message for read in found.read for fault in read.package.faults)
    assert why in told


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "单位"
    folder.mkdir()
    (folder / "ZL202110345678.3.pdf").write_bytes(b"%PDF")
    (folder / "秘密.pdf").symlink_to("/etc/passwd")
    (folder / "圈").symlink_to(folder)
    (came,) = what_came([folder])
    assert [path.name for path in came.files] == ["ZL202110345678.3.pdf"]
    assert {name for name, _ in came.refused} == {"秘密.pdf", "圈"}


def test_hostile_words_reach_the_case_as_words_alone(tmp_path: Path) -> None:
    said = manifest()
    for place, payload in enumerate(PAYLOADS):
        case = json.loads(json.dumps(said["cases"][0]))
        digits = f"20181{place:07d}"
        case["case"]["patent"] = {"number": f"ZL{digits}.1", "title": payload}
        case["patent_number"], case["title"] = f"ZL{digits}.1", payload
        said["cases"].append(case)
    files = {"manifest.json": json.dumps(said).encode(), "a.pdf": b"%PDF"}
    (read,) = looked(tmp_path, pack(), zipped(files)).read
    titles = [one.case.patent.title for one in read.cases]
    assert not any(re.search("[\x00-\x08\x0b-\x1f\r]", title) for title in titles)
    assert "<script>alert(1)</script>" in titles
    assert read.package.made_on == date(2022, 9, 1)
