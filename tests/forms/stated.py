"""Statements of a fee that tests begin from, and what may stand in one, however odd."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from forms.facts.record import (
    Case,
    DataSource,
    EntryRunning,
    Factor,
    Instalments,
    LumpSum,
    OtherStandard,
    Party,
    Patent,
    Royalty,
    Running,
    Statement,
)

REASONED = Statement(
    method="statistics",
    base_amount=Decimal(1_660_000),
    base_years=Decimal("3.0"),
    base_note="国知办函运字〔2024〕1070号",
    licensees=6,
    licensees_reason="11家有意向，按六成估计",
    factors=(
        Factor(name="许可年限", value=Decimal("1.1"), reason="按声明的许可期限"),
        Factor(name="技术成熟度", value=Decimal("0.60"), reason="完成中试"),
        Factor(name="地域与规模", value=Decimal("0.85"), reason="面向省内中小企业"),
    ),
    sources=(DataSource(name="国知办函运字〔2024〕1070号", day=date(2024, 12, 13)),),
    use="保护一种包覆改性方法，已完成中试",
)
STATED = Case(
    pack="cnipa-2024",
    patent=Patent(number="ZL202110067731.8", title="一种正极材料的包覆改性方法"),
    owners=(Party(name="示例大学", kind="unit"),),
    offer_end=date(2027, 12, 31),
    royalty=Royalty(
        way="entry_running",
        entry_running=EntryRunning(
            entry_fee=Decimal(50_000), rate_percent=Decimal(3), base="net_sales"
        ),
    ),
    statement=REASONED,
)

_AMOUNTS = st.none() | st.decimals(0, 10**9, places=2) | st.decimals(-9, 9, places=3)
_EXTREMES = st.sampled_from([Decimal("1E+40"), Decimal("1E-40"), Decimal("-1E+39"), Decimal(0)])
_NUMBERS = _AMOUNTS | _EXTREMES
_TEXTS = st.sampled_from(["", "甲", "完成中试。", "{patent.number}", "一\n二", "＿＿＿", "  "])
_WAYS = ("free", "entry_running", "running", "lump_sum", "instalments", "other")
_BASES = st.sampled_from([None, "net_sales", "profit"])

STATEMENTS = st.builds(
    Statement,
    method=st.sampled_from(
        [None, "own_working", "licences", "statistics", "international", "valuation"]
    ),
    base_amount=_NUMBERS,
    base_rate=_NUMBERS,
    base_years=_NUMBERS,
    base_note=_TEXTS,
    licensees=st.none() | st.integers(-2, 10**12),
    licensees_reason=_TEXTS,
    factors=st.lists(st.builds(Factor, name=_TEXTS, value=_NUMBERS, reason=_TEXTS), max_size=4).map(
        tuple
    ),
    sources=st.lists(
        st.builds(DataSource, name=_TEXTS, day=st.none() | st.dates(date(2000, 1, 1))), max_size=3
    ).map(tuple),
    use=_TEXTS,
    text=_TEXTS,
    edited=st.dictionaries(st.sampled_from(["patent", "base", "review", "没有"]), _TEXTS),
)
ROYALTIES = st.builds(
    Royalty,
    way=st.sampled_from([None, *_WAYS]),
    entry_running=st.builds(EntryRunning, entry_fee=_NUMBERS, rate_percent=_NUMBERS, base=_BASES),
    running=st.builds(Running, rate_percent=_NUMBERS, base=_BASES),
    lump_sum=st.builds(LumpSum, amount=_NUMBERS),
    instalments=st.builds(
        Instalments, first_amount=_NUMBERS, each_amount=_NUMBERS, batches=st.none() | st.integers()
    ),
    other=st.builds(OtherStandard, text=_TEXTS),
)
ANY_STATED = st.builds(Case, pack=st.just("cnipa-2024"), royalty=ROYALTIES, statement=STATEMENTS)
