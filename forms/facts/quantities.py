"""Dates, amounts, percentages, counts and lengths of time out of text, as people write them.

Each function takes text and returns the value or raises Unreadable; none guesses.  Writing
the other way is `forms.facts.amounts`.  This module must not know fields, packs or workbooks.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from forms.facts.amounts import has_part_of_a_cent
from forms.facts.record import Duration, TimeUnit
from forms.ground.cleaning import narrow
from forms.ground.late_pattern import late_pattern

UnreadableReason = Literal[
    "shape",  # not written as such a thing is
    "no_such_day",  # a date that no calendar has
    "range",  # too large, too small or zero
    "negative",
    "decimals",  # more than a value of the kind has
    "choice",  # none of the answers
    "bad_bytes",  # bytes that were no text stand in it
    "too_long",
    "lost_digits",  # Excel has cut a long number: 2.02E+12
    "error_value",  # #N/A and its like
    "nought",  # the 0 of an empty cell where no number is asked for
    "publication",  # this and the following: see forms.facts.patent_number
    "international",
    "kind",
    "year",
]


class Unreadable(ValueError):
    """A text is not a value of the kind asked for; `reason` says why."""

    def __init__(self, reason: UnreadableReason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason: UnreadableReason = reason


FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_MONEY = Decimal(10) ** 15
MOST_COUNT = 999_999_999

# Days since 1899-12-30 that a bare number in a date's column can mean: from 1985-04-01,
# when the Patent Law came into force, to 2099-12-31.
FIRST_SERIAL, LAST_SERIAL = 31138, 73050
_SERIAL_EPOCH = date(1899, 12, 30)
_HAIR = 0.5 / 86_400  # half a second, in days

_TIME = r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_DAY = late_pattern(
    rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*[日号]?{_TIME}", re.ASCII
)
_COMPACT_DAY = late_pattern(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TIME}", re.ASCII)
_CHINESE_DAY = late_pattern(
    "([〇○零一二三四五六七八九]{4})年([^年月日]{1,3})月([^年月日]{1,3})[日号]"
)
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ONES = ("", *"一二三四五六七八九")
_TENS = (("", 0), ("十", 10), ("二十", 20), ("廿", 20), ("三十", 30))
_TO_39 = {tens + one: n + m for tens, n in _TENS for m, one in enumerate(_ONES) if tens + one}

_NUMERAL = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]"
_CURRENCY = r"(?:人民币|RMB|CNY|¥)?[\s:]*"
_FIGURES = r"(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(\.\d+)?"
_MONEY = late_pattern(
    rf"{_CURRENCY}{_FIGURES}\s*(千|万|百万|千万|亿|W)?\s*[元圆]?[整正]?\s*(?:人民币|RMB|CNY)?",
    re.ASCII,
)
_CHINESE_MONEY = late_pattern(
    rf"{_CURRENCY}({_NUMERAL}+)[元圆]?(?:零?({_NUMERAL})角)?(?:零?({_NUMERAL})分)?[整正]?"
)
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "W": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PERCENT = late_pattern(rf"(?:百分之\s*)?{_FIGURES}\s*%?", re.ASCII)
_NUMBER = late_pattern(rf"{_FIGURES}\s*(%)?\s*(?:年|倍)?", re.ASCII)
_CHINESE_PERCENT = late_pattern(rf"百分之({_NUMERAL}+)")
_COUNT = late_pattern(r"(\d+)(?:\.0+)?\s*个?(?:[日天]内?|次|批次?|期|份)?", re.ASCII)
_CHINESE_COUNT = late_pattern(rf"({_NUMERAL}+)\s*个?(?:[日天]内?|次|批次?|期|份)?")
_COUNTED = rf"(\d+|{_NUMERAL}+)"
_LENGTH = late_pattern(rf"{_COUNTED}\s*(年|个?月|[日天])?", re.ASCII)
_YEARS_AND_MONTHS = late_pattern(rf"{_COUNTED}\s*年\s*(?:零|又)?\s*{_COUNTED}\s*个?月", re.ASCII)
_YEARS_AND_HALF = late_pattern(rf"{_COUNTED}\s*年半", re.ASCII)
_UNITS: dict[str, TimeUnit] = {
    "年": "year",
    "月": "month",
    "个月": "month",
    "日": "day",
    "天": "day",
}


def read_date(text: str) -> date:
    """Read a date with its year in four digits, day last; a time after it is dropped.

    2023-05-16, 2023/5/16, 2023.5.16, 20230516, 2023年5月16日, 二〇二三年五月十六日.
    Raises Unreadable: "no_such_day" for 2021-02-30, "range" outside 1900 to 2199.
    """
    text = narrow(text)
    if match := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _CHINESE_DAY.fullmatch(text.replace(" ", "")):
        month, day = _TO_39.get(match[2]), _TO_39.get(match[3])
        if month and day:
            return _day(int(match[1].translate(_YEAR_DIGITS)), month, day)
    raise Unreadable("shape")


def read_day_number(number: float) -> date:
    """Read a bare number of a date's column: a serial number of Excel, or 20230516.

    Serial numbers count days (1900 system), rounded to the second: a sum may fall a hair short of
    midnight.  What lies outside 1985 to 2099 is no date.  Raises Unreadable.
    """
    if not -1 < number < MOST_COUNT:  # which nan and infinity are not either
        raise Unreadable("range")
    whole = int(number + _HAIR)
    if FIRST_SERIAL <= whole <= LAST_SERIAL:
        return _SERIAL_EPOCH + timedelta(days=whole)
    if number == number // 1 and 19_000_101 <= number <= 21_991_231:
        return read_date(str(int(number)))
    raise Unreadable("range")


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable("range")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("no_such_day") from None


def read_money(text: str) -> Decimal:
    """Read an amount in yuan: 100,000.00, ￥100000元, 1.5万元, 10w, 100 000,
    十万元, 壹拾万元整.

    What is stated is kept, decimals too.  Raises Unreadable: "negative", "decimals" for a
    fraction of a 分 (a price has none; a rounding error has), "range" from 10^15 on.
    """
    text = narrow(text).upper()
    if text.startswith(("-", "−", "负", "¥-", "¥−")):
        raise Unreadable("negative")
    if match := _MONEY.fullmatch(text):
        amount = Decimal(_plain(match[1]) + (match[2] or "")) * _SCALES[match[3] or ""]
    elif match := _CHINESE_MONEY.fullmatch(text):
        cents = 10 * _numeral(match[2] or "零") + _numeral(match[3] or "零")
        amount = _numeral(match[1]) + Decimal(cents) / 100
    else:
        raise Unreadable("shape")
    if amount >= MOST_MONEY:
        raise Unreadable("range")
    if has_part_of_a_cent(amount):
        raise Unreadable("decimals")
    return (
        amount if -2 <= int(amount.as_tuple().exponent) <= 0 else amount.quantize(Decimal("1.00"))
    )


def read_percent(text: str) -> Decimal:
    """Read a percentage as the number before the sign: 3, 3%, ３.５％, 百分之三.

    0.03 is read as stated, 0.03 percent.  Raises Unreadable: "decimals" beyond four.
    """
    text = narrow(text)
    if text.startswith(("-", "−", "负")):
        raise Unreadable("negative")
    if match := _CHINESE_PERCENT.fullmatch(text):
        return Decimal(_bounded(match[1]))
    match = _PERCENT.fullmatch(text)
    if not match:
        raise Unreadable("shape")
    decimals = match[2] or ""
    if len(decimals) > 5:
        decimals = decimals.rstrip("0")
    if len(decimals) > 5:
        raise Unreadable("decimals")
    if len(match[1]) > 9:
        raise Unreadable("range")
    return Decimal(_plain(match[1]) + decimals)


def read_number(text: str) -> Decimal:
    """Read a number by itself, such as an adjusting factor: 0.60, 1.1, 85% as 0.85.

    Its last zeros are kept as stated.  Raises Unreadable: "decimals" beyond six.
    """
    text = narrow(text)
    if text.startswith(("-", "−", "负")):
        raise Unreadable("negative")
    match = _NUMBER.fullmatch(text)
    if not match:
        raise Unreadable("shape")
    if len(match[1]) > 9:
        raise Unreadable("range")
    number = Decimal(_plain(match[1]) + (match[2] or "")).scaleb(-2 if match[3] else 0)
    if int(number.as_tuple().exponent) < -6:
        raise Unreadable("decimals")
    return number


def _plain(figures: str) -> str:
    """Return grouped digits without what groups them."""
    return figures.replace(",", "").replace(" ", "")


def read_integer(text: str) -> int:
    """Read a count, with its word or without: 30, 30日, 三十天, 7批次.

    30个月 and 30个工作日 are no counts of days.  Raises Unreadable.
    """
    text = narrow(text)
    if text.startswith(("-", "−", "负")):
        raise Unreadable("negative")
    if match := _COUNT.fullmatch(text) or _CHINESE_COUNT.fullmatch(text):
        return _bounded(match[1])
    raise Unreadable("shape")


def read_duration(text: str) -> Duration:
    """Read a length of time: 3年, 36个月, 90日, 三年, 1年6个月, 半年; a bare number is years.

    Years with months become months.  Raises Unreadable: "range" for none at all.
    """
    text = narrow(text)
    if text in ("半年", "半年期"):
        return Duration(count=6, unit="month")
    if match := _YEARS_AND_MONTHS.fullmatch(text):
        return _length(12 * _bounded(match[1]) + _bounded(match[2]), "month")
    if match := _YEARS_AND_HALF.fullmatch(text):
        return _length(12 * _bounded(match[1]) + 6, "month")
    if match := _LENGTH.fullmatch(text):
        return _length(_bounded(match[1]), _UNITS[match[2] or "年"])
    raise Unreadable("shape")


def _length(count: int, unit: TimeUnit) -> Duration:
    if not 0 < count <= 99_999:
        raise Unreadable("range")
    return Duration(count=count, unit=unit)


def _bounded(digits: str) -> int:
    if len(digits) > 18:
        raise Unreadable("range")
    count = int(digits) if digits.isascii() else _numeral(digits)
    if count > MOST_COUNT:
        raise Unreadable("range")
    return count


def _numeral(text: str) -> int:
    from cn2an import cn2an  # slow to import, and seldom wanted

    try:
        return int(cn2an(text, "normal"))
    except (ValueError, KeyError, IndexError, TypeError):  # what it says of nonsense varies
        raise Unreadable("shape") from None
