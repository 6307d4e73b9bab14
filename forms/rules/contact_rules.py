"""Rules on ⑧, the licensor's contact, who is the contact of the summary's row too."""

import re
import unicodedata
from collections.abc import Iterator

from forms.ground.late_pattern import late_pattern
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, blanks, rule, rules_of

_POSTCODE = late_pattern("[0-9]{6}")
_MOBILE = late_pattern(r"(?:\+?86)?1[3-9][0-9]{9}")
_AREA_CODE = late_pattern("10|2[0-9]|[3-9][0-9]{2}")
_AREA = rf"(?:0|\+?860?)(?:{_AREA_CODE.pattern})"
_LANDLINE = late_pattern(rf"(?:{_AREA})?[2-9][0-9]{{6,7}}(?:[转X#,][0-9]{{1,6}})?")
_SERVICE = late_pattern(r"[48]00[0-9]{7}(?:[转X#,][0-9]{1,6})?")
_ABROAD = late_pattern(r"\+(?!86)[1-9][0-9]{6,14}")
_BETWEEN_DIGITS = late_pattern(r"[\s()（）\-‐–—.]")
_SEVERAL = late_pattern(r"[;；、/,，]|或")
_EMAIL = late_pattern(r"[^@\s,;<>，；]+@(?:[^@\s.,;<>，；]+\.)+[^@\s.,;<>，；\d]{2,}")


@rule(
    "contact.blank",
    "信息表 ⑧",
    "contact.name",
    "contact.address",
    "contact.postcode",
    "contact.phone",
)
def blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Name, address, postcode or phone is empty."""
    contact = subject.case.contact
    return blanks(
        (
            ("contact.name", contact.name),
            ("contact.address", contact.address),
            ("contact.postcode", contact.postcode),
            ("contact.phone", contact.phone),
        )
    )


@rule("contact.postcode", "信息表 ⑧", "contact.postcode", shows=("text",))
def postcode(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A postcode that is not six digits."""
    text = subject.case.contact.postcode
    if text and not _POSTCODE.fullmatch(text):
        yield Finding("contact.postcode", {"text": text})


@rule("contact.phone", "信息表 ⑧", "contact.phone", shows=("text",))
def phone(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A telephone number that can not be dialled as written."""
    text = subject.case.contact.phone
    if text and not is_phone(text):
        yield Finding("contact.phone", {"text": text})


@rule("contact.email", "信息表 ⑧", "contact.email", shows=("text",))
def email(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An e-mail address that is none."""
    text = subject.case.contact.email
    if text and not is_email(text):
        yield Finding("contact.email", {"text": text})


@rule(
    "contact.differs",
    "附件3 汇总表 联系人 联系电话; 信息表 ⑧",
    "contact.phone",
    shows=("name", "phone", "usual"),
    between_cases=True,
)
def differs(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A contact's number is not the one usual for that name in the batch and its summary's head.

    A mobile number is compared with mobile ones only: a contact may well have both.
    """
    contact = subject.case.contact
    if not contact.name or not contact.phone:
        return
    usual = subject.phones.get((contact.name, is_mobile(contact.phone)))
    if usual is not None and not _share_a_number(usual, contact.phone):
        shown = {"name": contact.name, "phone": contact.phone, "usual": usual}
        yield Finding("contact.phone", dict(shown))


def is_mobile(phone_text: str) -> bool:
    """Whether a telephone number is a mobile one."""
    return _MOBILE.fullmatch(_BETWEEN_DIGITS.sub("", phone_text)) is not None


def _share_a_number(one: str, other: str) -> bool:
    """Whether two texts of one or more telephone numbers have one in common, however written."""
    ours = [_dialled(part) for part in _SEVERAL.split(one)]
    theirs = [_dialled(part) for part in _SEVERAL.split(other)]
    return any(_is_same(mine, yours) for mine in ours for yours in theirs)


def _dialled(phone_text: str) -> str:
    """A telephone number without country code, area's zero and marks."""
    bare = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", phone_text))
    return re.sub(r"^(?:(?:\+|00)86|86(?=1[3-9][0-9]{9}$))", "", bare).lstrip("+0")


def _is_same(one: str, other: str) -> bool:
    """Whether two numbers are one, which may be written with or without its area."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter or not longer.endswith(shorter):
        return False
    return one == other or _AREA_CODE.fullmatch(longer.removesuffix(shorter)) is not None


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number, or several: a mobile one, a landline, 400, abroad."""
    parts = [part for part in _SEVERAL.split(text) if part.strip()]
    return bool(parts) and all(_is_one_phone(part) for part in parts)


def _is_one_phone(text: str) -> bool:
    bare = _BETWEEN_DIGITS.sub("", text).upper()
    return any(shape.fullmatch(bare) for shape in (_MOBILE, _LANDLINE, _SERVICE, _ABROAD))


def is_email(text: str) -> bool:
    """Whether a text has the shape of an e-mail address."""
    return len(text) <= 254 and ".." not in text and _EMAIL.fullmatch(text) is not None


RULES = rules_of(globals())
