"""Packages from whom nobody knows: whatever is in them is told, and nothing is done by it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.bureau.look_into import Looked, Looks, look_into
from forms.exchange.came import what_came
from forms.exchange.package_cases import canonical, content_sha256
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.filled import FULL
from tests.hostile.test_answers import PAYLOADS
from tools.province.spoiling import zipped

TURNS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ODD: tuple[Any, ...] = (
    *(None, True, -1, 10**40, 1e308, "", [], {}, [[]], {"a": []}, "ZL202110345678.3", "\ud800"),
    *("0" * 64, "9" * 5000, "../../x", "/etc/passwd", "manifest.json", *PAYLOADS),
)


@cache
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def manifest() -> dict[str, Any]:
    """A manifest of one case with one small file."""
    return {
        "format": "openlicense-package",
        "version": 2,
        "pack": {"code": "hubei-2022", "version": "1"},
        "office": "示例大学",
        "sender": {"contact": "王敏", "phone": "", "email": "", "region": ""},
        "made_on": "2022-09-01",
        "cases": [
            {
                "patent_number": FULL.patent.number,
                "title": FULL.patent.title,
                "owners": ["武汉示例大学"],
                "content_sha256": content_sha256(FULL),
                "files": ["a.pdf"],
                "case": json.loads(canonical(FULL)),
            }
        ],
        "files": [{"name": "a.pdf", "sha256": "0" * 64, "paper": "info", "sealed": True}],
        "missing_seals": [{"patent_number": FULL.patent.number, "papers": ["信息表"]}],
        "wanting": [{"patent_number": FULL.patent.number, "reasons": ["x"]}],
    }


def looked(folder: Path, name: str, content: bytes) -> Looked:
    """Look into a file, and see that what is told can be shown."""
    path = folder / name
    path.write_bytes(content)
    (came,) = what_came([path])
    found = look_into(came, Looks(each=(), packs=[pack()], bench=folder / "bench"))
    for read in found.read:
        package = read.package
        texts = [package.office, package.source, package.sender.name, package.sender.email]
        texts += [part for f in package.faults for part in (f.where, f.message)]
        texts += [file.name for file in package.files]
        for text in texts:
            assert not TURNS.search(text), text
            assert len(text) < 2000
            text.encode()
    return found


def _spoiled(data: Any, chance: Random) -> Any:
    """A value with something odd somewhere in it."""
    if isinstance(data, dict) and data and chance.random() < 0.95:
        key = chance.choice(list(data))
        if chance.random() < 0.1:
            return {**data, str(chance.choice(ODD)): data[key]}
        return {**data, key: _spoiled(data[key], chance)}
    if isinstance(data, list) and data and chance.random() < 0.95:
        at = chance.randrange(len(data))
        return [*data[:at], _spoiled(data[at], chance), *data[at + 1 :]]
    return chance.choice(ODD)


@settings(max_examples=60)
@given(chance=st.randoms(use_true_random=False), times=st.integers(1, 4))
def test_any_value_anywhere_in_a_manifest_is_told(
    tmp_path_factory: pytest.TempPathFactory, chance: Random, times: int
) -> None:
    said: Any = manifest()
    for _ in range(times):
        said = _spoiled(said, chance)
    files = {"manifest.json": json.dumps(said).encode(), "a.pdf": b"%PDF"}
    looked(tmp_path_factory.mktemp("x"), "a.zip", zipped(files))


@settings(max_examples=60)
@given(place=st.integers(0, 3000), noise=st.binary(min_size=1, max_size=30), cut=st.booleans())
def test_any_bytes_in_a_zip_are_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes, cut: bool
) -> None:
    whole = zipped({"manifest.json": json.dumps(manifest()).encode(), "a.pdf": b"%PDF" * 50})
    broken = whole[:place] + noise + (b"" if cut else whole[place + len(noise) :])
    looked(tmp_path_factory.mktemp("x"), "a.zip", broken)


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
    ("content", "why"),
    [
        (_many(20_100), "文件过多"),
        (_of_size("manifest.json", 80 << 20), "超过 64 MB"),
        (_within(8), "层次过深"),
        (_lying(), "损坏"),
    ],
    ids=["many", "huge", "deep", "lying"],
)
def test_bombs_are_refused(tmp_path: Path, content: bytes, why: str) -> None:
    found = looked(tmp_path, "a.zip", content)
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
    (read,) = looked(tmp_path, "a.zip", zipped(files)).read
    titles = [one.case.patent.title for one in read.cases]
    assert not any(re.search("[\x00-\x08\x0b-\x1f\r]", title) for title in titles)
    assert "<script>alert(1)</script>" in titles
    assert read.package.made_on == date(2022, 9, 1)
