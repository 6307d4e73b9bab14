"""Personal data in what is to be published: found, hidden in the middle, told before it goes out.

The contact (信息表 ⑧) is published since the notice asks for it; what is of a person within it or
beside it is looked for here.  Nothing is judged: the plan says what is asked, the bureau decides.

Source: 个人信息保护法 第十三条、第二十八条; 试点工作方案 三（一）3.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from forms.bureau.publication_plan import ConcernKind, How
from forms.facts.identity_numbers import is_credit_code, is_resident
from forms.facts.record import Case
from forms.output.published import FieldName, outgoing
from forms.rules.contact_rules import is_email, is_mobile

_DIGITS = str.maketrans("０１２３４５６７８９Ｘｘ＠．－", "0123456789XX@.-")
_SOME_DIGITS = re.compile("[0-9](?:[- .]?[0-9]){5}|@")  # what may be a number, or a mailbox
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,20}")
_LONG = re.compile(r"(?<![0-9A-Za-z.])[0-9](?:[ -]?[0-9]){13,18}[Xx]?(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9])")
_LANDLINE = re.compile(
    r"(?<![0-9.])(?:(?:0(?:10|2[0-9]|[3-9][0-9]{2})|[（(]0[0-9]{2,3}[)）])[- ]?[2-9][0-9]{6,7}"
    r"|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4})(?![0-9.])"
)
_SEVERAL = re.compile(r"\s*(?:[;；、/,，\n]|或)\s*")
_LONGEST_LOOKED_AT = 40_000


class Concern(NamedTuple):
    """Something that may be of a person: of which patent, in which field, the very words."""

    number: str
    field: FieldName
    kind: ConcernKind
    words: str


class Reach(NamedTuple):
    """The contact's ways, apart: office telephones and mobile ones."""

    phones: tuple[str, ...]
    mobiles: tuple[str, ...]


def reach_of(phone: str) -> Reach:
    """Tell mobile numbers from others in one box of telephone numbers."""
    parts = [part for part in _SEVERAL.split(outgoing(phone)) if part]
    mobiles = tuple(part for part in parts if is_mobile(part) or _MOBILE.search(_even(part)))
    return Reach(tuple(part for part in parts if part not in mobiles), mobiles)


def in_text(number: str, field: FieldName, text: str) -> Iterator[Concern]:
    """Find telephone numbers, mailboxes, card and account numbers in a free text."""
    even = _even(text[:_LONGEST_LOOKED_AT])
    if not _SOME_DIGITS.search(even):
        return
    for kind, start, end in _spans(even):
        yield Concern(number, field, kind, text[start:end])


def hidden(text: str, how: Mapping[ConcernKind, How]) -> str:
    """A free text with what is of a person as it may go out; `how` says what was decided.

    What nobody decided is hidden.  "left_out" takes the words away and leaves 〔略〕.
    """
    even = _even(text)
    if not _SOME_DIGITS.search(even):
        return text
    made, done = [], 0
    for kind, start, end in _spans(even):
        way = how.get(kind, "masked")
        piece = text[start:end]
        shown = {"whole": piece, "left_out": "〔略〕"}.get(way) or masked(piece)
        made += [text[done:start], shown]
        done = end
    return "".join([*made, text[done:]])


def masked(text: str) -> str:
    """A number or mailbox with its middle hidden: 138****2046, z***@example.com."""
    name, at, place = text.partition("@")
    if at:
        return f"{name[:1]}***@{place}"
    bare = re.sub(r"[^0-9Xx]", "", text.translate(_DIGITS))
    if len(bare) in (11, 13) and bare[-11] == "1":
        return f"{bare[-11:-8]}****{bare[-4:]}"
    return bare[:3] + "*" * max(4, len(bare) - 3)


def is_private_mail(address: str, domains: frozenset[str]) -> bool:
    """Whether a mailbox is of a service for persons, by the plan's list."""
    return address.rpartition("@")[2].casefold() in domains


def private_address(case: Case) -> bool:
    """Whether the contact's address may be of a person who owns the patent himself."""
    return bool(case.contact.address) and any(owner.kind == "person" for owner in case.owners)


def is_sound_mail(text: str) -> bool:
    """Whether a text is one mailbox and nothing else."""
    return is_email(text) and _MAIL.fullmatch(text) is not None


def _even(text: str) -> str:
    """The same text with half-width digits, each at its place."""
    return text.translate(_DIGITS)


def _spans(even: str) -> list[tuple[ConcernKind, int, int]]:
    """What is found, in order; of two that overlap the longer one first found."""
    found: list[tuple[ConcernKind, int, int]] = []
    for kind, shape in _SHAPES:
        for match in shape.finditer(even):
            start, end = match.span()
            if kind == "number_in_text" and not _is_of_a_person(match[0]):
                continue
            if not any(start < last and first < end for _, first, last in found):
                found.append((kind, start, end))
    return sorted(found, key=lambda one: one[1])


_SHAPES: tuple[tuple[ConcernKind, re.Pattern[str]], ...] = (
    ("mail_in_text", _MAIL),
    ("number_in_text", _LONG),
    ("phone_in_text", _MOBILE),
    ("phone_in_text", _LANDLINE),
)


def _is_of_a_person(text: str) -> bool:
    """Whether a long number may be a card's or an account's; a unit's credit code is not."""
    bare = re.sub("[^0-9X]", "", text.upper())
    if is_resident(bare):
        return True
    return len(bare) in (15, 16, 17, 18, 19) and not is_credit_code(bare)
