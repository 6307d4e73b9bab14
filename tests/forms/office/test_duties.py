"""Duties: what follows from the records by a day, on what basis, and what never disappears."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.declaration import Declaration
from forms.facts.licence_life import (
    Life,
    Notice,
    Receipt,
    Recordal,
    RoyaltyReport,
    RunningTerms,
)
from forms.facts.record import Case, EntryRunning, Licence, OtherLicences, Party, Patent, Royalty
from forms.office.duties import Duty, duties, horizon
from forms.office.holdings import Holding, gathered
from forms.office.stored import StoredCase, StoredLicence

DAY = date(2026, 11, 30)
_THEN = datetime(2026, 1, 1, tzinfo=UTC)
LATE = Patent(
    number="ZL201811203345.1",
    title="磷石膏基自流平砂浆",
    filing_date=date(2018, 10, 16),
    grant_date=date(2021, 1, 5),
    fee_paid_to=date(2026, 10, 16),
    fee_reduction="85",
)


def stored(case: Case, case_id: int = 1) -> StoredCase:
    return StoredCase(
        id=case_id,
        revision=1,
        patent_id=case_id,
        case=case,
        imported={},
        created_at=_THEN,
        updated_at=_THEN,
    )


def held(case: Case, *licences: Licence) -> list[Holding]:
    granted = [
        StoredLicence(
            id=place, case_id=1, revision=1, licence=one, created_at=_THEN, updated_at=_THEN
        )
        for place, one in enumerate(licences, 1)
    ]
    return gathered([stored(case)], {1: granted})


def told(case: Case, *licences: Licence, day: date = DAY, until: date | None = None) -> list[Duty]:
    return duties(held(case, *licences), day, until or horizon(day))


def of_kind(found: list[Duty], kind: str) -> list[Duty]:
    return [one for one in found if one.kind == kind]


def changed(patent: Patent, **facts: object) -> Case:
    return Case(patent=msgspec.structs.replace(patent, **facts))


# --- annuities ----------------------------------------------------------------------------------


def test_a_late_annuity_is_owed_with_its_next_step_and_its_last_day() -> None:
    found = told(Case(patent=LATE), until=date(2027, 6, 1))
    assert [(one.kind, one.date, one.amount) for one in found] == [
        ("annual_fee", date(2026, 10, 16), Decimal(400)),
        ("grace_step", date(2026, 12, 16), Decimal(400)),
        ("lapse", date(2027, 4, 16), Decimal(800)),
    ]
    assert "滞纳金升至全额的10%" in found[1].what
    assert "自 2026-10-16 起终止" in found[2].what
    assert all(one.basis.startswith("专利法实施细则 第一百一十五条") for one in found)


def test_an_annuity_paid_ahead_is_told_as_done() -> None:
    found = told(changed(LATE, fee_paid_to=date(2028, 10, 16)))
    assert [(one.kind, one.date, one.done) for one in found] == [
        ("annual_fee", date(2027, 10, 16), True)
    ]


def test_a_lapsed_right_may_be_asked_back_for_a_time() -> None:
    case = changed(LATE, fee_paid_to=date(2025, 10, 16), lapse_notice_on=date(2026, 11, 2))
    (asked,) = told(case)
    assert (asked.kind, asked.date, asked.amount) == (
        *("restoration", date(2027, 1, 2)),
        Decimal(1000 + 300 + 500),
    )
    assert not told(case, day=date(2028, 5, 1))
    presumed = msgspec.structs.replace(
        case.patent, lapse_notice_on=None, legal_status="未缴年费专利权终止"
    )
    (asked,) = told(Case(patent=presumed))
    assert (asked.kind, asked.date) == ("restoration", date(2026, 6, 16))
    assert "未填终止通知书收到日" in asked.what


def test_a_right_that_is_over_owes_nothing() -> None:
    assert not told(changed(LATE, legal_status="专利权终止", fee_paid_to=None))


def test_a_right_in_arrears_is_not_given_up() -> None:
    assert told(changed(LATE, legal_status="年费滞纳期"))[0].amount == Decimal(400)


def test_the_end_of_the_term_is_no_working_day() -> None:
    """审查指南 第五部分第九章 4.1: filed 1999-09-06, ended on Sunday 2009-09-06."""
    patent = Patent(
        number="ZL99212345.0", filing_date=date(1999, 9, 6), fee_paid_to=date(2009, 9, 6)
    )
    (ends,) = told(Case(patent=patent), day=date(2009, 1, 1))
    assert (ends.kind, ends.date, ends.date.weekday()) == ("term_end", date(2009, 9, 6), 6)


# --- licences and declarations ------------------------------------------------------------------


def test_a_licence_is_recorded_in_three_months_of_its_effect() -> None:
    paid = changed(LATE, fee_paid_to=date(2030, 10, 16))
    licence = Licence(licensee=Party(name="示例公司"), signed_on=date(2026, 9, 5))
    (open_one,) = of_kind(told(paid, licence), "recordal")
    assert (open_one.date, open_one.done) == (date(2026, 12, 7), False)  # a Saturday before
    assert open_one.basis == "专利法实施细则 第十五条"
    recorded = changed(paid.patent, open_licence_recorded_on=date(2026, 10, 1))
    (done,) = of_kind(told(recorded, licence), "recordal")
    assert done.done
    before = changed(paid.patent, open_licence_recorded_on=date(2026, 9, 1))
    assert not of_kind(told(before, licence), "recordal")[0].done  # of a licence before


def test_a_recordal_that_is_asked_for_is_done() -> None:
    licence = Licence(
        signed_on=date(2026, 9, 5), life=Life(recordal=Recordal(submitted_on=date(2026, 10, 8)))
    )
    assert of_kind(told(Case(patent=LATE), licence), "recordal")[0].done


def test_a_recorded_open_licence_relieves_of_later_annuities() -> None:
    paid = msgspec.structs.replace(LATE, fee_reduction=None)
    licence = Licence(
        life=Life(
            notice=Notice(day=date(2026, 1, 5)), recordal=Recordal(recorded_on=date(2026, 2, 1))
        )
    )
    case = Case(patent=paid, royalty=Royalty(way="free"))
    (ninth, tenth) = of_kind(told(case, licence), "annual_fee")
    assert (ninth.amount, tenth.amount) == (Decimal(1700 + 100), Decimal(3400))
    agreed = msgspec.structs.replace(licence, agreed="negotiated")
    assert of_kind(told(case, agreed), "annual_fee")[1].amount == Decimal(4000)


def test_what_is_to_come_in_under_a_licence() -> None:
    case = Case(
        patent=LATE,
        royalty=Royalty(
            way="entry_running",
            entry_running=EntryRunning(
                entry_fee=Decimal(50000), rate_percent=Decimal(3), base="net_sales"
            ),
        ),
        offer_end=date(2030, 12, 31),
    )
    licence = Licence(
        licensee=Party(name="示例公司"),
        signed_on=date(2024, 6, 1),
        life=Life(
            receipts=(Receipt(day=date(2024, 6, 1), amount=Decimal(30000)),),
            running=RunningTerms(days=31),
            reports=(RoyaltyReport(period="2024", base=Decimal(100000)),),
        ),
    )
    found = told(case, licence, until=date(2027, 6, 30))
    money = [one for one in found if one.kind in ("payment_in", "statement_in")]
    assert [(one.kind, one.date, one.amount, one.done) for one in money] == [
        ("payment_in", date(2024, 6, 1), Decimal(20000), False),
        ("payment_in", date(2025, 1, 31), Decimal(3000), False),
        ("statement_in", date(2026, 1, 31), None, False),
        ("statement_in", date(2027, 1, 31), None, False),
    ]
    assert [one.what for one in money[:3]] == [
        *(
            "应收入门费（示例公司）",
            "应收2024年提成费（示例公司）",
            "应收2025年提成报表（示例公司）",
        )
    ]
    assert len({one.key for one in found}) == len(found)


def test_an_offer_ends_on_its_day_until_it_is_withdrawn() -> None:
    offered = Case(patent=LATE, offer_end=date(2027, 5, 1))  # a holiday
    (ends,) = of_kind(told(offered), "offer_end")
    assert ends.date == date(2027, 5, 1)
    withdrawn = Declaration(published_on=date(2025, 1, 2), withdrawn_on=date(2026, 3, 3))
    assert not of_kind(told(msgspec.structs.replace(offered, declaration=withdrawn)), "offer_end")


def test_what_bars_a_published_offer_calls_for_its_withdrawal() -> None:
    published = Declaration(published_on=date(2025, 1, 2))
    paid = msgspec.structs.replace(LATE, fee_paid_to=date(2027, 10, 16))
    assert not of_kind(told(Case(patent=paid, declaration=published)), "withdraw")
    barred: Mapping[str, Case] = {
        "年费逾期": Case(patent=LATE),
        "出质": changed(paid, pledge="pledged"),
        "中止": changed(paid, hold="preserved"),
        "转移": changed(paid, transferred_on=date(2026, 5, 1)),
        "独占": Case(patent=paid, other_licences=OtherLicences(way="granted", kind="exclusive")),
    }
    for word, case in barred.items():
        open_one = msgspec.structs.replace(case, declaration=published)
        (duty,) = of_kind(told(open_one), "withdraw")
        assert word in duty.what
        assert not duty.done
        asked = msgspec.structs.replace(published, withdrawal_asked_on=DAY)
        (duty,) = of_kind(told(msgspec.structs.replace(case, declaration=asked)), "withdraw")
        assert duty.done
    assert not of_kind(told(changed(paid, pledge="pledged")), "withdraw")  # nothing is open


def test_licensees_are_told_of_a_withdrawal() -> None:
    gone = Declaration(published_on=date(2025, 1, 2), withdrawn_on=date(2026, 3, 3))
    case = Case(patent=LATE, declaration=gone)
    assert not of_kind(told(case), "withdraw")
    (tell,) = of_kind(told(case, Licence()), "withdraw")
    assert (tell.date, tell.done) == (date(2026, 3, 3), False)
    said = msgspec.structs.replace(gone, told_on=date(2026, 3, 4))
    assert of_kind(told(Case(patent=LATE, declaration=said), Licence()), "withdraw")[0].done


# --- all of them --------------------------------------------------------------------------------


def test_entries_of_one_number_are_one_patent() -> None:
    one = Case(patent=LATE)
    other = Case(patent=msgspec.structs.replace(LATE, title="别的名称"))
    found = duties(gathered([stored(one), stored(other, 2)], {}), DAY, horizon(DAY))
    assert len(of_kind(found, "annual_fee")) == 2  # the ninth, and the tenth in a year
    assert len({duty.key for duty in found}) == len(found)


_DAYS = st.none() | st.dates(date(2010, 1, 1), date(2035, 1, 1))


@given(_DAYS, _DAYS, _DAYS, _DAYS, _DAYS, _DAYS, st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_no_duty_disappears_when_a_record_is_written_and_read_unchanged(
    filed: date | None,
    granted: date | None,
    paid_to: date | None,
    end: date | None,
    published: date | None,
    signed: date | None,
    day: date,
) -> None:
    case = Case(
        patent=Patent(
            number="ZL201811203345.1",
            filing_date=filed,
            grant_date=granted,
            fee_paid_to=paid_to,
            pledge="pledged",
        ),
        offer_end=end,
        declaration=Declaration(published_on=published),
    )
    licence = Licence(signed_on=signed)
    found = told(case, licence, day=day)
    kept = msgspec.json.decode(msgspec.json.encode(case), type=Case)
    again = told(kept, licence, day=day)
    assert again == found
    assert len({duty.key for duty in found}) == len(found)
    longer = told(case, licence, day=day, until=horizon(day) + timedelta(days=400))
    assert [one for one in longer if one.date <= horizon(day)] == found
