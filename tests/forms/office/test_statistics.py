"""The figures of a year: what counts and when, and that the parts are the whole."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.declaration import Declaration
from forms.facts.licence_life import Life, Notice, Receipt, Recordal
from forms.facts.record import (
    Case,
    EntryRunning,
    Licence,
    LumpSum,
    Office,
    Party,
    Patent,
    Royalty,
)
from forms.ground.fonts import shipped_fonts
from forms.office.holdings import gathered
from forms.office.statistics import statistics
from forms.office.statistics_types import Statistics
from forms.office.stored import StoredCase, StoredLicence
from forms.office.yearly_charts import charts, department_chart
from forms.office.yearly_paper import yearly_document, yearly_paper
from forms.output.page_sheet import Put, Sheet
from forms.output.pdf import pages_of

_THEN = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2026, 12, 31)
NUMBERS = ("ZL201811203345.1", "ZL202121057728.X", "ZL202230514476.2", None)
LUMP = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(30000)))
ENTRY = Royalty(
    way="entry_running",
    entry_running=EntryRunning(entry_fee=Decimal(10000), rate_percent=Decimal(3)),
)
FREE = Royalty(way="free")


def figures(
    *cases: tuple[Case, Sequence[Licence]], sent: dict[int, date] | None = None, day: date = DAY
) -> Statistics:
    stored, granted, count = [], {}, 0
    for place, (case, licences) in enumerate(cases, 1):
        stored.append(
            StoredCase(
                id=place,
                revision=1,
                patent_id=place,
                case=case,
                imported={},
                created_at=_THEN,
                updated_at=_THEN,
            )
        )
        granted[place] = []
        for one in licences:
            count += 1
            granted[place].append(
                StoredLicence(
                    id=count,
                    case_id=place,
                    revision=1,
                    licence=one,
                    created_at=_THEN,
                    updated_at=_THEN,
                )
            )
    holdings = gathered(stored, granted)
    states = {one.id: "ready" for one in stored}
    return statistics(holdings, 2026, day, sent_on=sent or {}, states=states)  # type: ignore[arg-type]


def patent(place: int = 0, **facts: object) -> Patent:
    return Patent(number=NUMBERS[place], **facts)  # type: ignore[arg-type]


def paid(*receipts: tuple[date, int], on: date = date(2026, 3, 1)) -> Licence:
    came = tuple(Receipt(day=day, amount=Decimal(amount)) for day, amount in receipts)
    return Licence(signed_on=on, agreed="as_offered", life=Life(effect_by="agreed", receipts=came))


LIVED = (
    (
        Case(patent=patent(), department="材料学院", royalty=LUMP),
        [paid((date(2026, 4, 2), 30000)), paid(on=date(2026, 5, 1))],
    ),
    (Case(patent=patent(1), royalty=FREE, declaration=Declaration(filed_on=DAY)), [paid()]),
)


def test_income_goes_to_the_year_and_the_way_it_was_owed_for() -> None:
    licence = paid((date(2025, 12, 30), 4000), (date(2026, 1, 2), 6000), (date(2026, 5, 1), 500))
    found = figures((Case(patent=patent(), royalty=ENTRY), [licence]))
    ways = {way: one.value for way, one in found.ways.items() if one.value}
    assert ways == {"entry": Decimal("6000.00"), "other": Decimal("500.00")}
    assert found.measures["income"].value == Decimal(6500)
    assert found.measures["income"].licence_ids == (1,)


def test_an_open_licence_counts_when_it_took_effect() -> None:
    life = Life(effect_by="open", notice=Notice(day=date(2026, 2, 1)))
    open_one = Licence(life=life)
    waiting = figures((Case(patent=patent(), royalty=LUMP), [open_one]))
    assert (waiting.measures["licensed"].value, waiting.without_effect.value) == (0, 1)
    free = figures((Case(patent=patent(), royalty=FREE), [open_one]))
    assert (free.months[1].free.value, free.months[1].paid.value) == (1, 0)


def test_a_patent_is_sent_once_a_year_and_counts_as_held_unless_it_is_over() -> None:
    twice = Case(
        patent=patent(),
        owners=(Party(name="甲大学"), Party(name="张某", kind="person")),
        declaration=Declaration(filed_on=date(2026, 5, 1)),
        earlier=(Declaration(filed_on=date(2026, 2, 1), refused="不符合规定"),),
    )
    over = Case(patent=patent(1, legal_status="未缴年费专利权终止"))
    found = figures((twice, ()), (over, ()), sent={2: date(2026, 1, 5)})
    assert found.measures["sent"].value == 2
    assert found.sent[1].day == date(2026, 2, 1)
    assert found.measures["units"].value == 1
    assert found.total.held.value == 1
    late = Case(patent=patent(1, legal_status="年费滞纳期"))
    assert figures((late, ())).total.held.value == 1
    later = figures((twice, ()), day=date(2026, 1, 31))
    assert (later.measures["sent"].value, later.measures["rate"].value) == (0, None)


def test_what_has_not_come_in_is_told_as_it_stands_today() -> None:
    licence = paid((date(2026, 3, 20), 10000))
    found = figures((Case(patent=patent(), royalty=LUMP), [licence]), day=date(2026, 3, 25))
    assert (found.outstanding.value, found.overdue.value) == (Decimal(20000), 0)
    later = figures((Case(patent=patent(), royalty=LUMP), [licence]), day=date(2026, 5, 1))
    assert (later.outstanding.value, later.overdue.value) == (Decimal(20000), Decimal(20000))


def test_the_smallest_departments_stand_together_in_the_chart() -> None:
    cases = [
        (Case(patent=Patent(title=str(place)), department=f"第{place % 9}学院"), ())
        for place in range(12)
    ]
    chart = department_chart(figures(*cases))
    assert len(chart.bars) == 6
    assert (chart.bars[-1].label, chart.bars[-1].number) == ("其他 4 个", "4")
    assert chart.series[-1] == "未明 12"


def test_a_receipt_without_a_day_is_told_and_counts_nowhere() -> None:
    life = Life(effect_by="agreed", receipts=(Receipt(amount=Decimal(5)),))
    found = figures((Case(patent=patent(), royalty=LUMP), [Licence(life=life)]))
    assert (found.measures["income"].value, found.odd_receipts.value) == (0, 1)


_DAYS = st.none() | st.dates(date(2025, 6, 1), date(2027, 3, 1))
_RECEIPTS = st.lists(
    st.builds(
        Receipt, day=_DAYS, amount=st.none() | st.decimals(-10, 90000, places=2, allow_nan=False)
    ),
    max_size=4,
)
_LICENCES = st.builds(
    lambda signed, notice, receipts, recorded, by: Licence(
        signed_on=signed,
        life=Life(
            effect_by=by,
            notice=Notice(day=notice),
            receipts=tuple(receipts),
            recordal=Recordal(recorded_on=recorded),
        ),
    ),
    *(_DAYS, _DAYS, _RECEIPTS, _DAYS),
    st.sampled_from([None, "open", "agreed"]),
)
_CASES = st.builds(
    lambda place, department, royalty, filed: Case(
        patent=patent(place),
        department=department,
        royalty=royalty,
        declaration=Declaration(filed_on=filed),
    ),
    *(st.integers(0, 3), st.sampled_from(["", "材料学院", "农学院"])),
    *(st.sampled_from([LUMP, ENTRY, FREE, Royalty()]), _DAYS),
)


@given(
    st.lists(st.tuples(_CASES, st.lists(_LICENCES, max_size=2)), max_size=5),
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
)
def test_the_parts_are_the_whole(cases: list[tuple[Case, list[Licence]]], day: date) -> None:
    found = figures(*cases, day=day)
    for groups in (found.departments, found.kinds):
        for group in groups:
            assert sum(one.value or 0 for one in group.held_of.values()) == group.held.value
        for name in ("held", "sent", "paid", "free", "recorded", "income"):
            whole = getattr(found.total, name).value
            assert sum(getattr(group, name).value for group in groups) == whole
    licensed = sum(one.paid.value + one.free.value for one in found.months)  # type: ignore[operator]
    assert licensed == found.measures["licensed"].value == found.total.licensed.value
    income = sum(
        receipt.amount
        for _, licences in cases
        for licence in licences
        for receipt in licence.life.receipts
        if receipt.day and receipt.day.year == 2026 and receipt.day <= min(day, DAY)
        if receipt.amount and receipt.amount > 0
    )
    by_way = sum(one.value or 0 for one in found.ways.values())
    assert found.measures["income"].value == by_way == income
    assert len(found.measures["sent"].case_ids) == found.measures["sent"].value


@pytest.mark.parametrize("count", range(18, 34))
def test_a_tables_heading_stays_with_it(count: int) -> None:
    cases = [(Case(patent=patent(), department=f"第{place}学院"), ()) for place in range(count)]
    numbered = [
        (msgspec.structs.replace(case, patent=Patent(title=f"{place}")), none)
        for place, (case, none) in enumerate(cases)
    ]
    pages = pages_of(yearly_document(figures(*numbered), {}, Office()), shipped_fonts())
    (page,) = [page for page in pages if "二、按专利类型" in _words(page)]
    assert "类型" in _words(page)
    assert "发明" in _words(page)


def _words(page: Sheet) -> list[str]:
    lines = [op.line for op in page.ops if isinstance(op, Put)]
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def test_a_report_without_anything_is_a_paper_too() -> None:
    found = figures()
    assert yearly_paper(found, {}, Office()).startswith(b"%PDF-1.7")
    months, ways = charts(found)
    assert [bar.number for bar in months.bars] == ["0"] * 12
    assert [bar.label for bar in ways.bars] == ["一次总付", "分期支付"]


def test_months_to_come_have_no_bar() -> None:
    months, _ways = charts(figures(day=date(2026, 3, 2)))
    assert [bar.label for bar in months.bars] == ["1", "2", "3"]
