"""What a licence costs, in words for whoever reads the published list.

The papers' own sentences have blanks for the pen; here the same is said shortly.  Amounts in yuan.
Source: 信息表 ⑥; 审查指南 第五部分第十一章 3.3.
"""

from collections.abc import Mapping
from decimal import Decimal

from forms.facts.amounts import plain, yuan
from forms.facts.derived import instalment_times, instalment_total
from forms.facts.record import Royalty
from forms.output.published import Fee, outgoing

_CYCLES = {"month": "每月", "quarter": "每季度", "year": "每年"}
_BASES = {"net_sales": "净销售额", "profit": "利润"}
_OF_PILOT = "年度合同产品净销售额"  # the pilot's form knows no other base


def fee_of(royalty: Royalty, words: Mapping[str, str]) -> Fee:
    """Return the fee of the way that is chosen; `words` are the ways' by code."""
    way = royalty.way
    if way is None:
        return Fee()
    word = words.get(way, way)
    head, line, text, amount, rate = _SAID[way](royalty, word)
    return Fee(
        code=way,
        way=word,
        amount="" if amount is None else plain(amount),
        rate_percent="" if rate is None else plain(rate),
        text=text,
        head=head,
        line=line,
    )


_Said = tuple[str, str, str, Decimal | None, Decimal | None]


def _free(_royalty: Royalty, word: str) -> _Said:
    return word, "", word, None, None


def _lump_sum(royalty: Royalty, word: str) -> _Said:
    lump = royalty.lump_sum
    head = _money(lump.amount)
    within = "" if lump.days is None else f"，合同生效后 {lump.days} 日内一次付清"
    return head or word, word if head else "", f"{word} {head}".strip() + within, lump.amount, None


def _entry_running(royalty: Royalty, word: str) -> _Said:
    both = royalty.entry_running
    head, rate = _money(both.entry_fee), _percent(both.rate_percent)
    base = _BASES.get(both.base or "", _OF_PILOT)
    line = f"入门费，另提成 {rate}" if rate else word
    text = f"入门费 {head}，另按{base}提成 {rate}" if head and rate else f"{word} {head}{rate}"
    return (
        head or word,
        line if head or rate else "",
        text.strip(),
        both.entry_fee,
        both.rate_percent,
    )


def _running(royalty: Royalty, word: str) -> _Said:
    rate = _percent(royalty.running.rate_percent)
    base = _BASES.get(royalty.running.base or "", _OF_PILOT)
    text = f"按{base}提成 {rate}" if rate else word
    return (
        f"提成 {rate}" if rate else word,
        word if rate else "",
        text,
        None,
        royalty.running.rate_percent,
    )


def _instalments(royalty: Royalty, word: str) -> _Said:
    parts = royalty.instalments
    total, times = instalment_total(parts), instalment_times(parts)
    head = _money(total)
    text = word + ("" if times is None else f" {times} 次") + (f"，共 {head}" if head else "")
    if parts.first_amount is not None and parts.each_amount is not None:
        within = "" if parts.first_days is None else f"合同生效后 {parts.first_days} 日内"
        each = _CYCLES.get(parts.cycle or "", "每期")
        text += (
            f"；{within}首期 {_money(parts.first_amount)}，以后{each} {_money(parts.each_amount)}"
        )
    line = word if times is None else f"{word} {times} 次"
    return head or word, line if head else "", text, total, None


def _other(royalty: Royalty, word: str) -> _Said:
    text = outgoing(royalty.other.text)
    return word, "", text or word, None, None


_SAID = {
    "free": _free,
    "lump_sum": _lump_sum,
    "entry_running": _entry_running,
    "running": _running,
    "instalments": _instalments,
    "other": _other,
}


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{yuan(amount)} 元"


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{plain(rate)}%"
