"""Rules on ⑥, the royalty: one way, its blanks, sound figures, sums that agree.

They look at the royalty that binds: the offer's, or a contract's own where it was negotiated.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from forms.facts.amounts import MOST, has_part_of_a_cent
from forms.facts.derived import instalment_times, instalment_total
from forms.facts.record import RateBase, Royalty
from forms.ground.problems import Finding
from forms.rules.base import (
    BOTH,
    Params,
    Subject,
    any_of,
    blanks,
    money,
    number,
    round_money,
    rule,
    rules_of,
    words_in,
)

WAY = "royalty.way"

_MONEY = (
    "entry_running.entry_fee",
    "lump_sum.amount",
    "instalments.first_amount",
    "instalments.each_amount",
)
_COUNTS = (
    "lump_sum.days",
    "instalments.first_days",
    "instalments.each_days",
    "instalments.batches",
)
_BRANCHES = {
    "entry_running": ("entry_running.entry_fee", "entry_running.rate_percent"),
    "running": ("running.rate_percent",),
    "lump_sum": ("lump_sum.days", "lump_sum.amount"),
    "instalments": (
        "instalments.first_days",
        "instalments.first_amount",
        "instalments.cycle",
        "instalments.each_days",
        "instalments.batches",
        "instalments.each_amount",
    ),
    "other": ("other.text",),
}
_STATED = {"instalments": ("instalments.times_stated", "instalments.total_stated")}
RATES = ("entry_running.rate_percent", "running.rate_percent")
_BASES = ("entry_running.base", "running.base")


def _paths(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"royalty.{name}" for name in names)


def _value(royalty: Royalty, name: str) -> object:
    branch, leaf = name.split(".")
    return getattr(getattr(royalty, branch), leaf)


def _answers(subject: Subject, royalty: Royalty, names: Iterable[str]) -> list[tuple[str, object]]:
    return [(f"{subject.royalty_at}.{name}", _value(royalty, name)) for name in names]


def _chosen(subject: Subject, names: Iterable[str]) -> list[tuple[str, object]]:
    """The answers of the way chosen, among the names asked for."""
    royalty = subject.royalty
    if royalty is None or royalty.way is None:
        return []
    way = royalty.way
    return _answers(subject, royalty, (name for name in names if name.split(".")[0] == way))


@rule("royalty.way_blank", "信息表 ⑥ 任选其一; 专利法实施细则 第八十五条(三)", WAY, scopes=BOTH)
def way_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """None of the ways."""
    if subject.royalty is not None and subject.royalty.way is None:
        yield Finding(f"{subject.royalty_at}.way")


_ALL_BLANKS = _paths(name for names in _BRANCHES.values() for name in names)


@rule(
    "royalty.blank",
    "信息表 ⑥; 专利法实施细则 第八十五条(三)",
    *_ALL_BLANKS,
    shows=("chosen",),
    scopes=BOTH,
)
def blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A blank of the way chosen is empty."""
    way = (subject.royalty.way if subject.royalty else None) or ""
    chosen = {"chosen": subject.label(WAY, way)}
    return blanks(_chosen(subject, _BRANCHES.get(way, ())), chosen)


_SAYING = {
    "entry_running": _BRANCHES["entry_running"],
    "running": _BRANCHES["running"],
    "lump_sum": ("lump_sum.amount",),
    "instalments": (
        *("instalments.first_amount", "instalments.batches", "instalments.each_amount"),
        *_STATED["instalments"],
    ),
    "other": _BRANCHES["other"],
}
"""What of a way says that it was meant; a time for paying alone stands in whole columns."""


@rule("royalty.unchosen", "信息表 ⑥ 任选其一", WAY, shows=("chosen", "other"), scopes=BOTH)
def unchosen(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Ways not chosen hold answers, told once; a fee of nothing is none."""
    royalty, at = subject.royalty, subject.royalty_at
    if royalty is None or royalty.way is None:
        return
    held = [
        way
        for way, names in _SAYING.items()
        if way != royalty.way
        and any(
            f"{at}.{name}" in subject.unread or _value(royalty, name) not in (None, "", 0)
            for name in names
        )
    ]
    if held:
        other = "、".join(subject.label(WAY, way) for way in held)
        yield Finding(f"{at}.way", {"chosen": subject.label(WAY, royalty.way), "other": other})


_AMOUNT = {"positive": ("amount",), "cents": ("amount",), "most": ("amount",)}


@rule("royalty.amount", "信息表 ⑥", *_paths(_MONEY), shows=_AMOUNT, scopes=BOTH)
def amount(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An amount that is not above zero, is finer than a 分, or too large to be written."""
    for path, value in _chosen(subject, _MONEY):
        if isinstance(value, Decimal) and (variant := _amount_fault(value)):
            yield Finding(path, {"amount": money(value)}, variant)


def _amount_fault(value: Decimal) -> str:
    if value <= 0:
        return "positive"
    if value >= MOST:
        return "most"
    return "cents" if has_part_of_a_cent(value) else ""


@rule(
    "royalty.rate",
    "信息表 ⑥; 审查指南 第五部分第十一章 3.3",
    *_paths(RATES),
    shows={"positive": ("rate",), "over": ("rate",)},
    scopes=BOTH,
)
def rate(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A running rate that is not above zero, or above a hundred percent."""
    for path, value in _chosen(subject, RATES):
        if isinstance(value, Decimal) and not 0 < value <= 100:
            yield Finding(path, {"rate": number(value)}, "over" if value > 100 else "positive")


@rule(
    "royalty.base_blank",
    "审查指南 第五部分第十一章 3.3: 净销售额提成、利润额提成",
    *_paths(_BASES),
    shows=("chosen",),
    scopes=BOTH,
)
def base_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A rate of which nobody says whether it is of net sales or of profit."""
    way = (subject.royalty.way if subject.royalty else None) or ""
    return blanks(_chosen(subject, _BASES), {"chosen": subject.label(WAY, way)})


@rule(
    "royalty.count",
    "信息表 ⑥; 审查指南 第五部分第十一章 6",
    *_paths(_COUNTS),
    shows=("count", "least"),
    scopes=BOTH,
)
def count(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A number of days or batches below one; below nought where the pack takes 0 days as at once.

    A statutory licence takes effect with notice and payment.
    """
    for path, value in _chosen(subject, _COUNTS):
        field = subject.field(path)
        least = 0 if field and field.nought else 1
        if isinstance(value, int) and value < least:
            yield Finding(path, {"count": value, "least": least})


@rule(
    "royalty.times",
    "信息表 ⑥ 包括第一次在内总共支付次数 = 批次 + 1",
    "royalty.instalments.times_stated",
    shows=("stated", "batches", "times"),
    scopes=BOTH,
)
def times(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The stated number of payments is not the batches and the first."""
    royalty = subject.royalty
    if royalty is None or royalty.way != "instalments":
        return
    plan, right = royalty.instalments, instalment_times(royalty.instalments)
    if plan.batches is None or plan.times_stated is None or plan.times_stated == right:
        return
    yield Finding(
        f"{subject.royalty_at}.instalments.times_stated",
        {"stated": plan.times_stated, "batches": plan.batches, "times": plan.batches + 1},
    )


@rule(
    "royalty.total",
    "信息表 ⑥ 共计 = 首期 + 每期 × 批次",
    "royalty.instalments.total_stated",
    shows=("stated", "total"),
    scopes=BOTH,
)
def total(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The stated sum is not what the instalments come to."""
    royalty = subject.royalty
    if royalty is None or royalty.way != "instalments":
        return
    stated, right = royalty.instalments.total_stated, instalment_total(royalty.instalments)
    if stated is not None and right is not None and stated != right:
        yield Finding(
            f"{subject.royalty_at}.instalments.total_stated",
            {"stated": money(stated), "total": money(right)},
        )


_HIGH = {"amount": ("amount", "limit"), "rate": ("rate", "limit")}
_HIGH_FIELDS = _paths(
    ("entry_running.entry_fee", *RATES, "lump_sum.amount", "instalments.first_amount")
)


@rule(
    "royalty.high",
    "审查指南 第五部分第十一章 3.3; 国知发运字〔2024〕19号",
    *_HIGH_FIELDS,
    shows=_HIGH,
    params={"most_yuan": int, "most_percent": int},
    scopes=BOTH,
)
def high(subject: Subject, params: Params) -> Iterator[Finding]:
    """A fixed sum or a rate of net sales above what as a rule should not be passed.

    Where the form asks for no base, a rate is one of net sales.
    """
    royalty = subject.royalty
    if royalty is None:
        return
    name, fixed = _fixed_sum(royalty)
    if fixed is not None and fixed > params["most_yuan"]:
        limit = round_money(Decimal(params["most_yuan"]))
        path = f"{subject.royalty_at}.{name}"
        yield Finding(path, {"amount": round_money(fixed), "limit": limit}, "amount")
    if _base(subject, royalty) == "net_sales":
        yield from _over(subject, params["most_percent"], "rate")


@rule(
    "royalty.high_of_profit",
    "审查指南 第五部分第十一章 3.3; 国知发运字〔2024〕19号",
    *_paths(RATES),
    shows=("rate", "limit"),
    params={"most_percent": int},
    scopes=BOTH,
)
def high_of_profit(subject: Subject, params: Params) -> Iterator[Finding]:
    """A rate of profit above what as a rule should not be passed."""
    if subject.royalty is not None and _base(subject, subject.royalty) == "profit":
        yield from _over(subject, params["most_percent"])


def _base(subject: Subject, royalty: Royalty) -> RateBase | None:
    """What the rate of the way chosen is of; None where it is not said though it is asked."""
    way = royalty.running if royalty.way == "running" else royalty.entry_running
    is_asked = any(subject.field(path) for path in _paths(_BASES))
    return way.base or (None if is_asked else "net_sales")


def _over(subject: Subject, limit: int, variant: str = "") -> Iterator[Finding]:
    for path, value in _chosen(subject, RATES):
        if isinstance(value, Decimal) and limit < value <= 100:
            yield Finding(path, {"rate": number(value), "limit": number(limit)}, variant)


@rule(
    "royalty.low",
    "信息表 ⑥ 按…净销售额的 %",
    *_paths(RATES),
    shows=("rate", "meant"),
    params={"below_permille": int},
    scopes=BOTH,
)
def low(subject: Subject, params: Params) -> Iterator[Finding]:
    """A rate so small that 3 % was likely typed as the fraction 0.03."""
    for path, value in _chosen(subject, RATES):
        if isinstance(value, Decimal) and 0 < value * 10 < params["below_permille"]:
            yield Finding(path, {"rate": number(value), "meant": number(value * 100)})


def _fixed_sum(royalty: Royalty) -> tuple[str, Decimal | None]:
    """The fixed sum of the way chosen, in yuan, and the blank that stands for it."""
    if royalty.way == "entry_running":
        return "entry_running.entry_fee", royalty.entry_running.entry_fee
    if royalty.way == "lump_sum":
        return "lump_sum.amount", royalty.lump_sum.amount
    if royalty.way == "instalments":
        return "instalments.first_amount", instalment_total(royalty.instalments)
    return "", None


@rule(
    "royalty.vague",
    "信息表 ⑥ 其他明确合理的许可使用费标准; 专利法 第五十条",
    "royalty.other.text",
    shows=("words",),
    params={"words": list},
    scopes=BOTH,
)
def vague(subject: Subject, params: Params) -> Iterator[Finding]:
    """A standard that is left to later agreement is none."""
    for path, text in _chosen(subject, ("other.text",)):
        if isinstance(text, str) and any_of(params["words"]).search(text):
            yield Finding(path, {"words": words_in(text, params["words"])})


@rule(
    "royalty.use_first",
    "审查指南 第五部分第十一章 3.3(3), 6: 依照公告支付许可使用费的，合同生效",
    shows=("chosen",),
    params={"choice": str, "field": str, "none": str},
)
def use_first(subject: Subject, params: Params) -> Iterator[Finding]:
    """Payment after use is offered, and the standard that is published does not say when.

    A licence begins with the notice and payment as published: what is not in the published
    standard can not be paid later.
    """
    chosen = subject.own(params["choice"])
    if isinstance(chosen, str) and chosen != params["none"] and not subject.own(params["field"]):
        word = subject.label(params["choice"], chosen)
        yield Finding(params["field"], {"chosen": word})


@rule(
    "royalty.time_blank",
    "审查指南 第五部分第十一章 6: 依照公告支付许可使用费的，合同生效",
    shows=("chosen",),
    params={"field": str},
)
def time_blank(subject: Subject, params: Params) -> Iterator[Finding]:
    """A running royalty of which the published standard does not say when it is due."""
    way = subject.case.royalty.way
    if way in ("running", "entry_running") and not subject.own(params["field"]):
        yield Finding(params["field"], {"chosen": subject.label("royalty.way", way)})


RULES = rules_of(globals())
