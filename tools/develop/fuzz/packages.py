"""Packages for a bureau's door: sound but for something odd in manifest, zip or mail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from forms.bureau.look_into import Looked, Looks, look_into
from forms.exchange.came import what_came
from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.package_cases import canonical, content_sha256
from forms.facts.record import Case
from forms.ground.files import take_away
from forms.pack.types import Pack
from tools.develop.bench.patents import patents
from tools.province.spoiling import BIDI, FORMULA, MARKUP, zipped

_TURNS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 2_000  # characters of anything that is told
_LETTER = Letter(to="a@example.cn", subject="报送（第1/2封）", text="x", day=date(2022, 9, 1))
_ODD: tuple[Any, ...] = (
    *(None, True, -1, 10**40, 1e308, "", [], {}, [[]], {"a": []}, "ZL202110345678.3", "\ud800"),
    *("0" * 64, "9" * 5000, "../../x", "/etc/passwd", "manifest.json", MARKUP, BIDI, FORMULA),
    "甲\r\nBcc: spy@example.org\r\n\r\n\x1b[2J",
)


class Unshowable(AssertionError):
    """Something that is told can not be shown as it is."""


def manifest(case: Case | None = None) -> dict[str, Any]:
    """A manifest of one case with one small file."""
    case = case or next(patents(1))
    number = case.patent.number
    return {
        "format": "openlicense-package",
        "version": 2,
        "pack": {"code": "hubei-2022", "version": "1"},
        "office": "示例大学",
        "sender": {"contact": "王敏", "phone": "", "email": "", "region": ""},
        "made_on": "2022-09-01",
        "cases": [
            {
                "patent_number": number,
                "title": case.patent.title,
                "owners": ["武汉示例大学"],
                "content_sha256": content_sha256(case),
                "files": ["a.pdf"],
                "case": json.loads(canonical(case)),
            }
        ],
        "files": [{"name": "a.pdf", "sha256": "0" * 64, "paper": "info", "sealed": True}],
        "missing_seals": [{"patent_number": number, "papers": ["信息表"]}],
        "wanting": [{"patent_number": number, "reasons": ["x"]}],
    }


def package(r: Random) -> bytes:
    """A zip or a mail of a package with something odd in it."""
    said: Any = manifest()
    for _ in range(r.randrange(4)):
        said = _odd_within(said, r)
    files = {"manifest.json": json.dumps(said).encode(), "a.pdf": b"%PDF" * r.randrange(40)}
    if r.random() < 0.3:
        files = {
            r.choice(("甲/", "../", "a.zip/", "C:")) + name: one for name, one in files.items()
        }
    made = zipped(files)
    if r.random() < 0.4:
        parts = [Attachment(*one) for one in files.items()]
        if r.random() < 0.5:
            parts = [Attachment("包.zip", made)]
        made = write_mails(_LETTER, parts, 1 << 30)[0].content
    return _broken(made, r) if r.random() < 0.5 else made


def _odd_within(data: Any, r: Random) -> Any:
    """A value with something odd somewhere in it."""
    if isinstance(data, dict) and data and r.random() < 0.95:
        key = r.choice(list(data))
        if r.random() < 0.1:
            return {**data, str(r.choice(_ODD)): data[key]}
        return {**data, key: _odd_within(data[key], r)}
    if isinstance(data, list) and data and r.random() < 0.95:
        at = r.randrange(len(data))
        return [*data[:at], _odd_within(data[at], r), *data[at + 1 :]]
    return r.choice(_ODD)


def _broken(data: bytes, r: Random) -> bytes:
    at = r.randrange(len(data))
    noise = r.randbytes(r.randrange(1, 20))
    rest = (b"", data[at:], data[at + len(noise) :], data[at + r.randrange(400) :])
    return data[:at] + noise + r.choice(rest)


def looked(folder: Path, pack: Pack, data: bytes) -> Looked:
    """Look into what comes as these bytes, and see that what is told can be shown."""
    end = {b"PK": "zip", b"\xd0\xcf": "msg"}.get(data[:2], "eml")
    path = folder / f"来.{end}"
    path.write_bytes(data)
    bench = folder / "bench"
    (came,) = what_came([path])
    try:
        found = look_into(came, Looks(each=(), packs=[pack], bench=bench))
    finally:
        if bench.exists():
            take_away(bench)
    for read in found.read:
        one = read.package
        texts = [one.office, one.source, one.sender.name, one.sender.email]
        texts += [part for fault in one.faults for part in (fault.where, fault.message)]
        for text in (*texts, *(file.name for file in one.files)):
            if _TURNS.search(text) or len(text) > _LONGEST:
                raise Unshowable(text[:200])
            text.encode()
    return found


def door(folder: Callable[[], Path], pack: Callable[[], Pack]) -> Callable[[bytes], bool]:
    """The door of packages: whether any case was let in."""

    def of_packages(data: bytes) -> bool:
        return any(read.cases for read in looked(folder(), pack(), data).read)

    return of_packages
