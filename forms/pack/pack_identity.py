"""What a pack calls itself: a code, a version, a name; bounded, and nothing unseen in them.

A pack comes from a stranger: its code and version become names of folders and settings, its
version is compared, its name is shown where a clerk decides.  This module must not know files.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from forms.ground.cleaning import INVISIBLE, visible
from forms.pack.types import Identity

LONGEST_CODE = 32  # characters; it stands in the names of settings and folders
LONGEST_VERSION = 24
LONGEST_NAME = 100
LONGEST_NOTICE = 500
LONGEST_SHORT = 8
MOST_DIGITS = 8  # of one number in a version: a day such as 20260901 fits

_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
_VERSION = re.compile(r"[0-9A-Za-z]+([.-][0-9A-Za-z]+)*")
_DIGITS = re.compile(r"[0-9]+|[^0-9]+")
_YEAR = re.compile(r"v?-?((?:19|20|21)[0-9]{2})(?![0-9])", re.IGNORECASE)

Said = Iterator[tuple[str, str]]  # key, reason


def identity_faults(identity: Identity) -> Said:
    """Yield each fault of what a pack calls itself as key and reason (Chinese)."""
    if not is_code(identity.code):
        yield "identity.code", f"只能用小写字母、数字和连字符，最多 {LONGEST_CODE} 个"
    if not identity.version.strip():
        yield "identity.version", "不能空着"
    elif not is_version(identity.version):
        yield (
            "identity.version",
            "应为数字、英文字母，用点或连字符隔开，例如 1.2，"
            f"最多 {LONGEST_VERSION} 个字符，每个数最多 {MOST_DIGITS} 位",
        )
    for key, most in (
        ("name", LONGEST_NAME),
        ("authority", LONGEST_NAME),
        ("notice", LONGEST_NOTICE),
        ("short", LONGEST_SHORT),
    ):
        text = getattr(identity, key)
        if key in ("name", "authority") and not text.strip():
            yield f"identity.{key}", "不能空着"
        if len(text) > most:
            yield f"identity.{key}", f"过长（最多 {most} 个字符）"
        if key != "notice" and "\n" in text:
            yield f"identity.{key}", "应写在一行里"


def is_code(text: str) -> bool:
    """Whether a text can be a code."""
    return len(text) <= LONGEST_CODE and _CODE.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Whether a text can be a version."""
    if len(text) > LONGEST_VERSION or not _VERSION.fullmatch(text):
        return False
    return all(len(part) <= MOST_DIGITS for part in _DIGITS.findall(text) if part.isdecimal())


def version_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A version so that 1.10 comes after 1.9, whatever a folder found on the disk says.

    Numbers are compared without being made one: thousands of digits are no trouble.
    """
    parts = _DIGITS.findall(text)
    return tuple(
        (1, len(digits := part.lstrip("0")), digits) if _is_number(part) else (0, 0, part)
        for part in parts
    )


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdecimal()


def year_of(version: str) -> int | None:
    """The year that a version begins with ("2026.1"), None where it begins with none."""
    found = _YEAR.match(version)
    return int(found[1]) if found else None


def ahead_of_time(identity: Identity, today: date) -> tuple[str, ...]:
    """What of a pack lies in the future, as sentences for the clerk: its version, its first day."""
    said = []
    year = year_of(identity.version)
    if year is not None and year > today.year:
        said.append(f"版本号 {identity.version} 为 {year} 年，晚于今年")
    if identity.in_force_from is not None and identity.in_force_from > today:
        said.append(f"{identity.in_force_from.isoformat()} 起施行，晚于今天")
    return tuple(said)


def unseen(data: Any, key: str = "") -> Said:
    """Yield each text of a pack's file that holds characters nobody sees, keys too.

    Such characters turn the direction of a line or hide a part of it: what a clerk agrees to
    would not be what is there.
    """
    if isinstance(data, dict):
        for name, value in data.items():
            if is_odd(name):
                yield key, f"键名里有不可见字符：“{_told(name)}”"
            yield from unseen(value, f"{key}.{visible(name)}" if key else visible(name))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from unseen(value, f"{key}[{place}]")
    elif isinstance(data, str) and is_odd(data):
        yield key, f"有不可见字符：“{_told(data)}”"


def is_odd(text: str) -> bool:
    """Whether a text holds a character that nobody sees."""
    return INVISIBLE.search(text) is not None


def _told(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= 60 else shown[:58] + "…"
