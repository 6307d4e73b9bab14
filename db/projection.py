"""The register's columns, computed from a case; and the folding that makes search forgiving.

The case's JSON is the truth: every column here can be thrown away and computed again.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from forms.facts import derived
from forms.facts.record import Case
from forms.ground.files import name_key

_MARKS = re.compile(r"[\W_]+")
_PREFIX = re.compile(r"^(zl|cn)(?=\d)")
_NORMAL = re.compile(r"ZL([0-9]{8}|[0-9]{12})\.([0-9X])")  # as nearly all are kept


def folded(text: str) -> str:
    """Return the text with width, case and runs of space evened out, as search compares it."""
    return " ".join(name_key(text).split())


@lru_cache(maxsize=2048)  # a number is asked for its row, its patent's, and what shares it
def number_key(text: str) -> str:
    """Return what two ways of writing a number share: "ZL202110345678.3" -> "2021103456783"."""
    if normal := _NORMAL.fullmatch(text):
        return normal[1] + normal[2].lower()
    return _PREFIX.sub("", _MARKS.sub("", folded(text)))


def columns(case: Case) -> dict[str, Any]:
    """Return the register's columns of a case."""
    number = derived.number_text(case) or None
    key = number_key(number) if number else None
    return {
        "number": case.patent.number,
        "number_text": number,
        "number_key": key,
        "title": case.patent.title,
        "owners": derived.owners_joined(case),
        "kind": derived.kind(case),
        "filing_date": case.patent.filing_date,
        "offer_end": case.offer_end,
        "royalty_way": case.royalty.way,
        "region": case.region,
        "pack": case.pack,
        "inventors": derived.inventors_joined(case),
        "department": case.department,
        "folded": folded_lines(_searched(case, number, key)),
    }


def folded_lines(pieces: Iterable[str]) -> str:
    """Return each piece folded, on a line of its own, once; all are folded at one go."""
    told = [piece.replace("\n", " ") if "\n" in piece else piece for piece in pieces]
    text = name_key("\n".join(told))
    words, lines = text.split(), text.split("\n")
    if words != list(filter(None, lines)):  # blanks inside a line
        words = [" ".join(line.split()) for line in lines]
    return "\n".join(dict.fromkeys(filter(None, words)))


def _searched(case: Case, number: str | None, key: str | None) -> list[str]:
    patent, contact = case.patent, case.contact
    pieces = [number, number.replace(".", ""), key] if number and key is not None else []
    pieces.append(patent.title)
    for owner in case.owners:
        pieces += (owner.name, owner.contact)
    pieces += (*patent.inventors, patent.legal_status)
    pieces += (contact.name, contact.phone, contact.email, contact.address)
    pieces += (case.region, case.department, case.notes)
    if case.unread:
        pieces += [text for _, text in sorted(case.unread.items())]  # as the store gives them back
    return pieces
