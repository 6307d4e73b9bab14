"""The ways for a patent: what bars one, what is not known, when it ends, what the points say."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.annuities import fee_facts
from forms.facts.record import Kind, LedgerEntry, Party, Patent
from forms.stock.records import Answer, ChosenPath
from forms.stock.signs import WayFacts
from forms.stock.stock_items import load_form
from forms.stock.way_money import Money, Published, figures_of
from forms.stock.way_rules import WAYS, WayWeights, load_ways, weighed
from forms.stock.ways import WayFound, suggested, ways_of

TODAY = date(2026, 11, 30)
FORM = load_form()
RULES = load_ways(FORM)
CLEAN = Patent(
    number="ZL201910123456.7",
    filing_date=date(2019, 3, 4),
    grant_date=date(2021, 5, 6),
    legal_status="专利权维持",
    fee_paid_to=date(2027, 3, 3),
    pledge="none",
    hold="none",
)
WHOLE = {
    "funded": Answer(values=("no",)),
    "working": Answer(values=("none",)),
    "willing": Answer(values=("open", "license")),
    "maturity": Answer(values=("pilot",)),
    "use": Answer(values=("桥梁检测",)),
    "stars": Answer(values=("4",)),
}


def facts_of(kind: Kind = "invention", patent: Patent = CLEAN, **more: Any) -> WayFacts:
    entry = LedgerEntry(patent=patent, owners=(Party(name="示例大学"),))
    said = {"others_known": True, "fees": fee_facts(patent, kind)} | more
    return WayFacts(entry=entry, kind=kind, **said)


def but(**changes: Any) -> Patent:
    return msgspec.structs.replace(CLEAN, **changes)


def found(facts: WayFacts, on: date = TODAY, **answers: Answer) -> dict[str, WayFound]:
    return {one.way: one for one in ways_of(RULES, facts, answers, on)}


def bars(way: WayFound) -> str:
    return "；".join(f"{one.message}（{one.basis}）" for one in way.reasons if one.kind == "bar")


def test_a_sound_invention_may_go_every_way_but_be_restored() -> None:
    ways = found(facts_of())
    assert [name for name, way in ways.items() if not way.is_open] == ["restore"]
    assert "无需恢复" in bars(ways["restore"])
    assert ways["open"].until == date(2039, 3, 3), "the last day of its term"
    (fee,) = [one for one in ways["open"].reasons if "第 9 年年费" in one.message]
    assert fee.message == "第 9 年年费 2,000.00 元，2027-03-04 前缴纳"
    assert any("自第 10 年起提高到每年 4,000.00 元" in one.message for one in ways["open"].reasons)
    assert not any(one.kind == "unknown" for one in ways["open"].reasons)


@pytest.mark.parametrize(
    ("facts", "way", "basis"),
    [
        (facts_of(others="sole"), "open", "3.1(1)"),
        (facts_of(patent=but(hold="preserved")), "open", "3.1(2)"),
        (
            facts_of(patent=but(fee_paid_to=date(2026, 9, 3), filing_date=date(2019, 9, 4))),
            "open",
            "3.1(3)",
        ),
        (facts_of(patent=but(pledge="pledged")), "open", "3.1(4)"),
        (facts_of(patent=but(legal_status="未缴年费专利权终止")), "open", "3.1(5)"),
        (facts_of(patent=but(legal_status="专利权全部无效")), "open", "(6)"),
        (facts_of("utility_model", but(evaluation_report=False)), "open", "3.1(7)"),
        (
            facts_of("design", but(evaluation_report=True, report_conclusion="unqualified")),
            "open",
            "3.1(8)",
        ),
        (facts_of(declared_on=date(2026, 1, 5)), "transfer", "9(1)"),
        (facts_of(declared_on=date(2026, 1, 5)), "surrender", "9(2)"),
        (facts_of(patent=but(hold="suspended")), "surrender", "第一百零五条"),
        (facts_of(patent=but(pledge="pledged")), "transfer", "民法典 第四百四十四条"),
        (facts_of(others="exclusive"), "own_use", "第二十五条"),
        (facts_of(patent=but(transferred_on=date(2026, 6, 1))), "ordinary", "第十条"),
    ],
)
def test_each_bar_closes_its_way_and_names_its_basis(facts: WayFacts, way: str, basis: str) -> None:
    closed = found(facts)[way]
    assert not closed.is_open
    assert closed.until is None
    assert basis in bars(closed)


def test_what_nobody_wrote_down_is_wanting_and_bars_nothing() -> None:
    bare = WayFacts(
        entry=LedgerEntry(patent=Patent(number="ZL201920123456.7")), kind="utility_model"
    )
    ways = found(bare)
    assert [name for name, way in ways.items() if way.is_open] == [
        one for one in WAYS if one != "restore"
    ]
    told = [one.message for one in ways["open"].reasons if one.kind == "unknown"]
    assert len(told) == 8, "status, term, arrears, licences, hold, pledge, report, owners"
    assert all("待填" in one for one in told)
    assert "待填" in ways["restore"].reasons[0].message


def test_a_missed_annuity_may_be_paid_late_then_the_right_restored_then_nothing() -> None:
    late = facts_of(patent=but(fee_paid_to=date(2026, 3, 3)))
    in_grace = found(late, date(2026, 8, 1))
    assert not in_grace["open"].is_open
    assert in_grace["transfer"].is_open
    assert in_grace["transfer"].until == date(2026, 9, 4)
    lost = found(late, date(2026, 9, 20))
    assert [name for name, way in lost.items() if way.is_open] == ["restore"]
    assert lost["restore"].until == date(2026, 11, 4)
    assert "收到日未填" in lost["restore"].reasons[-1].message
    noticed = facts_of(patent=but(fee_paid_to=date(2026, 3, 3), lapse_notice_on=date(2026, 10, 9)))
    assert found(noticed)["restore"].until == date(2026, 12, 9)
    over = found(noticed, date(2026, 12, 10))["restore"]
    assert not over.is_open
    assert "2026-12-09 届满" in bars(over)
    assert "2028-09-04" in bars(over), "force majeure: two years from the end of the grace"
    (cost,) = figures_of(found(noticed)["restore"], noticed, Money(), (), TODAY)
    assert cost.message == "须缴 3,500.00 元：恢复费 1,000.00、年费 2,000.00、滞纳金 500.00"


def test_a_right_that_expired_or_was_declared_invalid_can_not_be_restored() -> None:
    for status in ("期限届满", "专利权全部无效", "主动放弃"):
        ways = found(facts_of(patent=but(legal_status=status)))
        assert not any(way.is_open for way in ways.values()), status


def test_the_points_are_shown_and_the_office_may_give_others() -> None:
    facts = facts_of()
    ways = ways_of(RULES, facts, WHOLE, TODAY)
    told = suggested(RULES, FORM, ways, WHOLE)
    assert (told.label, told.open_items) == ("开放许可", 0)
    by_way = {one.way: one for one in ways}
    assert by_way["open"].score == 10
    assert {(one.message, one.points) for one in by_way["open"].parts} >= {("愿意开放许可", 4)}
    dearer = weighed(RULES, WayWeights(points={"ordinary.license": 20}))
    other = suggested(dearer, FORM, ways_of(dearer, facts, WHOLE, TODAY), WHOLE)
    assert other.label == "普通许可"
    chosen = ChosenPath(path="pool", reason="池内已有同类专利")
    assert suggested(RULES, FORM, ways, WHOLE, chosen).label == "入池"


def test_items_without_an_answer_give_no_points_and_no_suggestion() -> None:
    some = {"willing": Answer(values=("open",))}
    ways = ways_of(RULES, facts_of(), some, TODAY)
    told = suggested(RULES, FORM, ways, some)
    assert (told.way, told.open_items) == (None, 5)
    parts = next(one.parts for one in ways if one.way == "open")
    assert {one.points for one in parts} == {4, 2, None} - {2}


def test_a_closed_way_is_never_suggested() -> None:
    ways = ways_of(RULES, facts_of(others="exclusive"), WHOLE, TODAY)
    assert suggested(RULES, FORM, ways, WHOLE).way not in {"open", "ordinary", "pool"}


def test_costs_are_those_of_the_table_and_figures_name_their_source() -> None:
    facts = facts_of(patent=but(fee_paid_to=date(2036, 3, 3)))
    kept, relief, paid, sample = figures_of(
        found(facts)["open"],
        facts,
        Money(received=Decimal(30000), licences=2),
        (
            Published(
                industry="各行业合计",
                year=2023,
                amount=Decimal(1660000),
                years=Decimal(3),
                source="某通知",
            ),
        ),
        TODAY,
    )
    assert kept.message == "维持到期满须缴 3 期年费，共 24,000.00 元（照现有减缴推算）"
    assert "少缴 3,600.00 元" in relief.message
    assert paid.message == "已由 2 份许可收到 30,000.00 元"
    assert (sample.source, "1,660,000.00" in sample.message) == ("某通知", True)


@dataclass
class Bars:
    """One more bar, put on any patent."""

    patent: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


ADDED = (
    Bars({"hold": "suspended"}),
    Bars({"pledge": "pledged"}),
    Bars({"legal_status": "专利权全部无效"}),
    Bars({"evaluation_report": False}),
    Bars({"evaluation_report": True, "report_conclusion": "unqualified"}),
    Bars({"transferred_on": date(2020, 1, 1)}),
    Bars(more={"others": "exclusive", "others_known": True}),
    Bars(more={"declared_on": date(2026, 1, 5)}),
)
PATENTS = st.builds(
    Patent,
    number=st.just("ZL201910123456.7"),
    filing_date=st.sampled_from([None, date(2019, 3, 4), date(2004, 2, 29)]),
    legal_status=st.sampled_from(["", "专利权维持", "部分无效"]),
    fee_paid_to=st.sampled_from([None, date(2026, 3, 3), date(2027, 3, 3)]),
    pledge=st.sampled_from([None, "none", "pledged_with_consent"]),
    hold=st.sampled_from([None, "none"]),
    evaluation_report=st.sampled_from([None, True]),
    lapse_notice_on=st.sampled_from([None, date(2026, 10, 9)]),
)
KINDS = st.sampled_from(["invention", "utility_model", "design", None])
DAYS = st.dates(date(2026, 1, 1), date(2029, 1, 1))


def made(patent: Patent, kind: Kind | None, **more: Any) -> WayFacts:
    entry = LedgerEntry(patent=patent)
    return WayFacts(entry=entry, kind=kind, **{"fees": fee_facts(patent, kind)} | more)


def open_ways(facts: WayFacts, on: date) -> set[str]:
    return {one.way for one in ways_of(RULES, facts, {}, on) if one.is_open}


@given(PATENTS, KINDS, DAYS, st.sampled_from(ADDED))
def test_an_added_bar_never_opens_a_way(
    patent: Patent, kind: Kind | None, on: date, bar: Bars
) -> None:
    before = open_ways(made(patent, kind), on)
    barred = msgspec.structs.replace(patent, **bar.patent)
    assert open_ways(made(barred, kind, **bar.more), on) <= before


@given(PATENTS, KINDS, DAYS, st.integers(1, 900))
def test_a_later_day_reopens_nothing_but_the_restoration_of_what_was_lost(
    patent: Patent, kind: Kind | None, on: date, later: int
) -> None:
    facts = made(patent, kind)
    opened = open_ways(facts, on + timedelta(days=later)) - open_ways(facts, on)
    assert opened <= {"restore"}


@given(PATENTS, KINDS, DAYS)
def test_no_way_is_open_after_the_day_it_is_said_to_end(
    patent: Patent, kind: Kind | None, on: date
) -> None:
    facts = made(patent, kind)
    for way in ways_of(RULES, facts, {}, on):
        if way.is_open and way.until is not None and way.way != "restore":
            assert on <= way.until
            after = way.until + timedelta(days=1)
            assert way.way not in open_ways(facts, after)
