"""What a pool earns is shared: the laws that always hold, and small pools reckoned by hand."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.pool.share_input import HeldPatent, Member, Part, Portion, ShareRun, Source
from forms.pool.shares import NoShares, shares

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LONG_AGO = date(2020, 1, 1)


def held(number: str, weight: str | None = None, since: date = LONG_AGO, until: date | None = None):
    return HeldPatent(
        number=number, weight=None if weight is None else Decimal(weight), since=since, until=until
    )


def member(name: str, *weights: str, **other) -> Member:
    patents = tuple(held(f"{name}-{i}", weight) for i, weight in enumerate(weights))
    return Member(name=name, patents=patents, **other)


def run(*members: Member, income: str = "1000.00", method: str = "weight", **other) -> ShareRun:
    return ShareRun(
        period=YEAR, income=Decimal(income), method=method, members=tuple(members), **other
    )


def amounts(one: ShareRun) -> dict[str, str]:
    return {share.member: str(share.amount) for share in shares(one).shares}


def fault(one: ShareRun) -> str:
    with pytest.raises(NoShares) as caught:
        shares(one)
    return str(caught.value)


# --- by hand ----------------------------------------------------------------------------------


def test_the_pool_of_the_design_by_hand():
    # 365,154.00 over 268: each quotient was divided by hand to four places; four fen were over,
    # and went to the four largest remainders (.9179, .8358, .2985, .1493 of a fen's last places).
    grades = {
        "示例大学": (9, 14, 8),
        "荆楚示例理工大学": (5, 9, 4),
        "示例农业科学院": (6, 5, 2),
        "武汉示例工程大学": (2, 6, 3),
        "江汉示例智能装备有限公司": (2, 3, 1),
        "宜昌示例生物有限公司": (0, 3, 1),
        "示例水环境研究院": (1, 1, 1),
    }
    members = [
        member(name, *["5"] * a, *["3"] * b, *["1"] * c) for name, (a, b, c) in grades.items()
    ]
    done = shares(
        run(
            *members,
            income="412600.00",
            fee=Portion(percent=Decimal(10)),
            annuities=Decimal("6186.00"),
        )
    )
    assert (done.fee, done.distributed, done.total) == (
        Decimal("41260.00"),
        Decimal("365154.00"),
        Decimal("365154.00"),
    )
    assert [str(share.amount) for share in done.shares] == [
        "129438.92",
        "76300.84",
        "64038.20",
        "42237.96",
        "27250.30",
        "13625.15",
        "12262.63",
    ]
    assert [share.member for share in done.shares if share.is_rounded_up] == [
        "示例大学",
        "荆楚示例理工大学",
        "江汉示例智能装备有限公司",
        "宜昌示例生物有限公司",
    ]
    assert [share.count for share in done.shares] == [31, 18, 13, 11, 6, 4, 3]
    assert done.shares[0].part == Fraction(95, 268)


def test_the_fee_goes_first_as_a_share_or_as_a_sum():
    two = (member("甲", "1"), member("乙", "1"))
    assert shares(run(*two, income="0.05", fee=Portion(percent=Decimal(10)))).fee == Decimal("0.01")
    done = shares(run(*two, income="100.00", fee=Portion(sum=Decimal("33.33"))))
    assert (done.fee, done.distributed) == (Decimal("33.33"), Decimal("66.67"))
    assert "超过收入" in fault(run(*two, income="10.00", fee=Portion(sum=Decimal("10.01"))))


def test_equal_remainders_go_to_who_joined_first_and_then_by_the_name():
    one = run(
        member("丙", "1", joined=date(2024, 5, 1)),
        member("乙", "1", joined=date(2023, 5, 1)),
        member("甲", "1"),
        income="0.01",
    )
    assert amounts(one) == {"丙": "0.00", "乙": "0.01", "甲": "0.00"}
    assert amounts(run(member("B", "1"), member("A", "1"), income="0.01"))["A"] == "0.01"


def test_agreed_shares_are_the_members_and_need_a_hundred_percent():
    two = (
        member("甲", "1", share_percent=Decimal("66.5")),
        member("乙", "1", share_percent=Decimal("33.5")),
    )
    assert amounts(run(*two, method="agreed")) == {"甲": "665.00", "乙": "335.00"}
    short = (two[0], member("乙", "1", share_percent=Decimal("32")))
    assert "各方相加 98.5%，还差 1.5%" in fault(run(*short, method="agreed"))
    much = (two[0], member("乙", "1", share_percent=Decimal("35")))
    assert "各方相加 101.5%，多出 1.5%" in fault(run(*much, method="agreed"))
    assert "没有填写协议份额" in fault(run(two[0], member("乙", "1"), method="agreed"))


def test_by_days_a_patent_counts_from_its_first_day_to_its_last():
    half = Member(name="甲", patents=(held("1", "1", until=date(2026, 12, 30)),))
    one = Member(name="乙", patents=(held("2", "1", since=date(2026, 12, 31)),))
    assert amounts(run(half, one, income="365.00", by_days=True)) == {"甲": "364.00", "乙": "1.00"}
    assert amounts(run(half, one, income="365.00")) == {"甲": "182.50", "乙": "182.50"}


def test_a_formula_shares_its_parts_within_floor_and_cap():
    # half by number (3:1), half by weight (2:8): 375 + 100, 125 + 400
    parts = (
        Part(method="number", percent=Decimal(50)),
        Part(method="weight", percent=Decimal(50)),
    )
    two = (member("甲", "1", "0.5", "0.5"), member("乙", "8"))
    assert amounts(run(*two, method="formula", parts=parts)) == {"甲": "475.00", "乙": "525.00"}
    capped = run(*two, method="formula", parts=parts, cap=Portion(sum=Decimal("500.00")))
    assert amounts(capped) == {"甲": "500.00", "乙": "500.00"}
    three = (member("甲", "6"), member("乙", "3"), member("丙", "1"))
    # 丙 is lifted to 200; the other 800 go 6:3
    floored = run(*three, floor=Portion(percent=Decimal(20)))
    assert amounts(floored) == {"甲": "533.33", "乙": "266.67", "丙": "200.00"}
    own = run(*three[:2], member("丙", "1", floor=Portion(sum=Decimal("700"))))
    assert amounts(own) == {"甲": "200.00", "乙": "100.00", "丙": "700.00"}


def test_bounds_that_can_not_be_kept_are_told():
    two = (member("甲", "1"), member("乙", "1"))
    assert "保底合计" in fault(run(*two, floor=Portion(sum=Decimal("500.01"))))
    assert "分不完" in fault(run(*two, cap=Portion(percent=Decimal(40))))
    both = run(*two, floor=Portion(sum=Decimal(400)), cap=Portion(percent=Decimal(30)))
    assert "保底高于封顶" in fault(both)


def test_whoever_has_nothing_in_force_gets_no_floor():
    gone = Member(name="乙", patents=(held("9", "1", until=date(2025, 12, 31)),))
    assert amounts(run(member("甲", "1"), gone, floor=Portion(percent=Decimal(10))))["乙"] == "0.00"


def test_each_source_of_the_income_is_shared_within_its_own_list():
    # 600 of the whole list (2:1), 300 of 乙's only patent, 100 of one of each
    two = (member("甲", "1", "1"), member("乙", "1"))
    sources = (
        Source(name="全池", income=Decimal(600)),
        Source(name="一件", income=Decimal(300), numbers=("乙-0",)),
        Source(name="两件", income=Decimal(100), numbers=("乙-0", "甲-1")),
    )
    assert amounts(run(*two, method="number", sources=sources)) == {"甲": "450.00", "乙": "550.00"}
    assert "与收入 900.00 元不符" in fault(run(*two, income="900.00", sources=sources))
    other = Source(name="别的", income=Decimal(1000), numbers=("丙-0",))
    assert "别的 的专利清单中" in fault(run(*two, sources=(other,)))


# --- patents that are told twice --------------------------------------------------------------


def test_a_patent_is_one_members_on_a_day():
    first = Member(name="甲", patents=(held("ZL202110345678.3", "1"),))
    second = Member(name="乙", patents=(held("2021103456783", "1"),))
    assert "已属于“甲”" in fault(run(first, second))


def test_a_patent_handed_over_within_the_period_is_shared_by_days_alone():
    before = Member(name="甲", patents=(held("1", "1", until=date(2026, 6, 30)),))
    after = Member(name="乙", patents=(held("1", "1", since=date(2026, 7, 1)),))
    assert "请按天数计算" in fault(run(before, after))
    assert amounts(run(before, after, income="365.00", by_days=True)) == {
        "甲": "181.00",
        "乙": "184.00",
    }


def test_a_regraded_patent_counts_once_by_its_last_grade():
    regraded = Member(
        name="甲",
        patents=(held("1", "1", until=date(2026, 6, 30)), held("1", "3", since=date(2026, 7, 1))),
    )
    assert amounts(run(regraded, member("乙", "1"))) == {"甲": "750.00", "乙": "250.00"}
    assert shares(run(regraded, member("乙", "1"))).shares[0].count == 1


# --- what can not be meant --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (run(income="1"), "没有成员"),
        (run(member("甲", "1"), income="NaN"), "income：收入不是数字"),
        (run(member("甲", "1"), income="-1"), "收入不能小于零"),
        (run(member("甲", "1"), income="1E+999999"), "收入过大"),
        (run(member("甲", "1"), income="1E-999999"), "收入最多 2 位小数"),
        (run(member("甲", "-1")), "权重不能小于零"),
        (run(member("甲", "1E+99999999")), "权重过大"),
        (run(member("甲", "0")), "权重都是 0"),
        (run(member("甲", "1"), member(" 甲 ", "1")), "与第 1 个成员同名"),
        (run(member(" ", "1")), "第 1 个成员没有名称"),
        (run(Member(name="甲", patents=(held("1"),))), "没有填写权重"),
        (
            run(Member(name="甲", patents=(held("1", "1", until=date(2019, 1, 1)),))),
            "members[0].patents[0].until：甲 的专利 1 的止日 2019-01-01 早于起日 2020-01-01",
        ),
        (
            run(Member(name="甲", patents=(held("1", "1", until=date(2025, 12, 31)),))),
            "没有一件有效的入池专利",
        ),
        (
            run(member("甲", "1"), fee=Portion(percent=Decimal(1), sum=Decimal(1))),
            "只能写一项",
        ),
        (run(member("甲", "1"), fee=Portion(percent=Decimal("100.1"))), "过大，最多 100"),
        (run(member("甲", "1"), method="formula"), "须写各部分"),
        (
            run(
                member("甲", "1"),
                method="formula",
                parts=(Part(method="number", percent=Decimal(90)),),
            ),
            "各部分相加 90%，还差 10%",
        ),
    ],
)
def test_what_can_not_be_meant_is_named_with_its_place(broken, told):
    assert told in fault(broken)


def test_only_the_first_faults_are_told():
    odd = [member(f"成员{i}", "-1") for i in range(5000)]
    with pytest.raises(NoShares) as caught:
        shares(run(*odd))
    assert len(caught.value.faults) == 20


# --- laws -------------------------------------------------------------------------------------

money = st.integers(0, 10**12).map(lambda fen: Decimal(fen).scaleb(-2))
days = st.integers(-400, 800).map(lambda n: YEAR[0] + timedelta(n))
weighed = st.integers(1, 10**7).map(lambda n: Decimal(n).scaleb(-3))


@st.composite
def runs(draw, methods=("number", "weight", "agreed", "formula")):
    names = draw(st.lists(st.integers(0, 99), min_size=1, max_size=9, unique=True))
    ones = []
    for i, name in enumerate(names):
        spans = draw(st.lists(st.tuples(days, days, weighed), max_size=4))
        patents = [
            held(f"{name}-{k}", str(w), min(a, b), draw(st.sampled_from((max(a, b), None))))
            for k, (a, b, w) in enumerate(spans)
        ]
        if i == 0:
            patents.append(held("in", "1"))
        ones.append(
            Member(
                name=f"成员{name}",
                patents=tuple(patents),
                joined=draw(st.none() | days),
                share_percent=Decimal(100) if i == 0 else Decimal(0),
            )
        )
    for i in range(1, len(ones)):
        gives = draw(st.integers(0, 100_000_000 // len(ones))) * Decimal("0.000001")
        first = msgspec.structs.replace(ones[0], share_percent=ones[0].share_percent - gives)
        ones[0], ones[i] = first, msgspec.structs.replace(ones[i], share_percent=gives)
    method = draw(st.sampled_from(methods))
    cut = Decimal(draw(st.integers(0, 100)))
    parts = (Part(method="number", percent=cut), Part(method="agreed", percent=100 - cut))
    return ShareRun(
        period=YEAR,
        income=draw(money),
        fee=Portion(percent=Decimal(draw(st.integers(0, 10_000))).scaleb(-2)),
        method=method,
        parts=parts if method == "formula" else (),
        floor=draw(st.none() | st.just(Portion(percent=Decimal(100) / 16))),
        members=tuple(ones),
        by_days=draw(st.booleans()),
    )


@settings(max_examples=40)
@given(runs())
def test_the_sum_is_exact_and_nobody_is_a_fen_off_the_exact_share(one):
    done = shares(one)
    assert sum(share.amount for share in done.shares) == done.total == done.distributed
    assert done.fee + done.distributed == one.income
    assert sum(share.exact for share in done.shares) == Fraction(done.distributed)
    for share in done.shares:
        assert abs(Fraction(share.amount) - share.exact) < Fraction(1, 100)


@settings(max_examples=40)
@given(runs(methods=("weight",)))
def test_by_weight_nobody_is_a_fen_off_the_quotient(one):
    bare = msgspec.structs.replace(one, floor=None)
    done = shares(bare)
    whole = sum(Fraction(share.weight) for share in done.shares)
    for share in done.shares:
        quotient = Fraction(done.distributed) * Fraction(share.weight) / whole
        assert abs(Fraction(share.amount) - quotient) < Fraction(1, 100)


@settings(max_examples=40)
@given(runs(), st.randoms())
def test_the_order_of_members_and_patents_changes_nothing(one, chance):
    members = [
        msgspec.structs.replace(m, patents=tuple(chance.sample(m.patents, len(m.patents))))
        for m in one.members
    ]
    chance.shuffle(members)
    assert amounts(one) == amounts(msgspec.structs.replace(one, members=tuple(members)))


@settings(max_examples=40)
@given(runs(methods=("number", "weight")), st.integers(1, 500))
def test_a_patent_that_lapsed_earns_nothing_after_its_day(one, before):
    gone = held("gone", "7", until=YEAR[0] - timedelta(before))
    last = one.members[-1]
    more = msgspec.structs.replace(last, patents=(*last.patents, gone))
    assert shares(one) == shares(msgspec.structs.replace(one, members=(*one.members[:-1], more)))


@settings(max_examples=40)
@given(runs(), st.integers(0, 10_000), st.integers(0, 10_000))
def test_floor_and_cap_hold_for_everybody(one, low, more):
    got = [share.amount for share in shares(one).shares]
    floor, cap = Portion(sum=Decimal(low).scaleb(-2)), Portion(sum=Decimal(low + more).scaleb(-2))
    bound = msgspec.structs.replace(one, floor=floor, cap=cap)
    try:
        done = shares(bound)
    except NoShares:
        with_share = [share for share in shares(one).shares if share.part]
        assert len(with_share) * floor.sum > sum(got) or len(with_share) * cap.sum < sum(got)
        return
    for share in done.shares:
        if share.part:
            assert floor.sum <= share.amount <= cap.sum
    assert done.total == done.distributed
