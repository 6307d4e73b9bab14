"""Numbers by which parties are known: what is right, what is wrong, and what nobody here can judge.

A unit's unified social credit code (GB 32100) and a person's identity number (GB 11643) bear a
check character; so do the residence permit of people of Hong Kong, Macau and Taiwan (国办发
〔2018〕81号: address codes 810000, 820000, 830000) and the 18 digits of a foreigner's permanent
residence card (issued since 2023).  Of the travel permits of Hong Kong and Macau (港澳居民来往
内地通行证: H or M and eight digits, once with two more) and the older residence cards (three
letters and twelve digits) only the shape is known.  A Taiwan permit is eight digits, a passport
or a number of a foreign register may be nearly anything: these are left to the clerk.

This module must not know a rule, a party or a pack.
"""

import re
import unicodedata
from typing import Literal

from forms.ground.late_pattern import late_pattern

Judgement = Literal["right", "wrong", "unjudged"]

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of GB 32100, each worth its place
_CREDIT_CODE = late_pattern(f"[{_CREDIT_SIGNS}]{{2}}[0-9]{{6}}[{_CREDIT_SIGNS}]{{10}}")
_PERMITS = late_pattern("[HM][0-9]{8}(?:[0-9]{2})?|[A-Z]{3}[0-9]{12}")
_OTHER = late_pattern(r"(?=.*[0-9])[A-Z0-9()/.]{5,30}")
_MISTYPED = late_pattern("[0-9]{15,}|[0-9]{16,}X|(?=.*[0-9].*[0-9].*[0-9])[0-9A-Z]{16,20}")
_GAPS = late_pattern(r"[\s\-－–—·]")


def judged(text: str, *, unit: bool, person: bool) -> Judgement:
    """Return what can be said of a number; `unit` and `person` are what the party may be."""
    number = bare(text)
    if unit and is_credit_code(number):
        return "right"
    if person and (is_resident(number) or _PERMITS.fullmatch(number)):
        return "right"
    if _MISTYPED.fullmatch(number) or not _OTHER.fullmatch(number):
        return "wrong"  # as long as a number that bears a check character, or none at all
    return "unjudged"


def bare(text: str) -> str:
    """Return a number without blanks and strokes, in half-width capitals."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_credit_code(text: str) -> bool:
    """Whether a text is a unit's code, its check character right (GB 32100-2015).

    Codes may begin with a letter (N: village collectives), which stdnum refuses.
    """
    if not _CREDIT_CODE.fullmatch(text):
        return False
    values = [_CREDIT_SIGNS.index(sign) for sign in text]
    total: int = sum(value * 3**place for place, value in enumerate(values[:17]))
    return (31 - total % 31) % 31 == values[17]


def is_resident(text: str) -> bool:
    """Whether a text is a person's number of 18 digits, its day and check character right.

    Checked without stdnum's list of counties: a new county must not stop a person, and people of
    Hong Kong, Macau, Taiwan and abroad are in none.
    """
    if not re.fullmatch("[0-9]{17}[0-9X]", text):
        return False
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        ric.get_birth_date(text)
    except ValidationError:
        return False
    return bool(ric.calc_check_digit(text) == text[-1])
