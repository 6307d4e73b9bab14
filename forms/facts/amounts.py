"""Amounts, dates and lengths of time as Chinese papers write them: formatting, no arithmetic.

Capitals follow 正确填写票据和结算凭证的基本规定 (中国人民银行): 整 after 元, none after 分,
one 零 for several, so that a figure can not be altered by hand.

This module must not know a case, a pack or a paper.
"""

from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from typing import Literal

from forms.facts.record import Duration
from forms.ground.late_pattern import late_pattern

FEN = Decimal("0.01")
MOST = Decimal(10) ** 16  # 大写 is defined below this

_UNITS = {"year": "年", "month": "个月", "day": "日"}
_GAP_AFTER_YI = late_pattern("亿(?=[壹贰叁肆伍陆柒捌玖]仟?[^亿万]*元)")


def capitals(amount: Decimal) -> str:
    """Return an amount in capitals: 人民币壹拾万元整.

    Units: yuan.  Raises ValueError for what can not be written so: a negative amount, ten
    quadrillion and more, or a fraction of a 分.
    """
    if not amount.is_finite() or amount < 0 or amount >= MOST or has_part_of_a_cent(amount):
        raise ValueError(f"no capitals for {amount}")
    words = str(_an2cn(f"{amount:.2f}", "rmb"))
    # WORKAROUND: cn2an writes 壹亿壹仟元 without the 零 for the empty place of 万.
    return "人民币" + _GAP_AFTER_YI.sub("亿零", words).replace("亿零零", "亿零")


def capital_number(number: int) -> str:
    """Return a whole number in capitals, as for copies of a contract: 伍.

    Raises ValueError below zero or from ten quadrillion on.
    """
    if not 0 <= number < MOST:
        raise ValueError(f"no capitals for {number}")
    return str(_an2cn(str(number), "up"))


_COUNTS = "零一两三四五六七八九十"


def counted(number: int) -> str:
    """Return how many there are as a text says it before a word: 两, 三, 十二.

    Raises ValueError below zero and from one hundred on.
    """
    if not 0 <= number < 100:
        raise ValueError(f"no short word for {number}")
    tens, ones = divmod(number, 10)
    if not tens:
        return _COUNTS[number]
    last = "二" if ones == 2 else _COUNTS[ones] if ones else ""
    first = "二" if tens == 2 else _COUNTS[tens]
    return ("" if tens == 1 else first) + "十" + last


def grouped(amount: Decimal) -> str:
    """Return an amount with grouped digits and two decimals, more only where it has more."""
    return f"{amount:,.2f}" if not has_part_of_a_cent(amount) else f"{amount.normalize():,f}"


def yuan(amount: Decimal) -> str:
    """The amount grouped, without its fen where it has none: 1,500."""
    return grouped(amount).removesuffix(".00")


def plain(number: Decimal) -> str:
    """Return a number without needless zeros: 5, 2.5, 20."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def has_part_of_a_cent(amount: Decimal) -> bool:
    """Whether an amount has more than two decimals."""
    if amount.adjusted() >= 20:  # beyond the exactness of a quantised Decimal, and of money
        return False
    return amount != amount.quantize(FEN, rounding=ROUND_DOWN)


def chinese_date(day: date) -> str:
    """Return a date as papers print it: 2023年5月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_period(first: date, last: date) -> str:
    """Return a period as papers print it: 2021年3月26日至2041年3月25日."""
    return f"{chinese_date(first)}至{chinese_date(last)}"


def duration_text(length: Duration) -> str:
    """Return a length of time: 3年, 18个月, 90日."""
    return f"{length.count}{_UNITS[length.unit]}"


@lru_cache(maxsize=1024)  # half a form's amounts are asked for again at each key
def _an2cn(text: str, mode: Literal["rmb", "up"]) -> object:
    import cn2an  # slow to import, and wanted by the contract alone

    return cn2an.an2cn(text, mode)
