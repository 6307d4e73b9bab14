"""A pool's life in an office: made, applied to, reviewed, signed, left, followed by the ledger."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.facts.patent_number import check_character
from forms.facts.record import Case, Licence, Party, Patent
from forms.office import pool_entry, pools
from forms.office.pool_paper_making import pool_document
from forms.office.pool_sync import fall_outs, take_fall_outs
from forms.office.pools import GRADES, WORK, add_member, change, create, leave, pool_named, view
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.pack.record_pack import record_pack
from forms.pool.records import (
    POOLS,
    Agreement,
    Application,
    Applied,
    Member,
    Opinion,
    Pool,
    PoolLicence,
    PoolPatent,
    Standard,
)
from forms.pool.standing import weight_of, weights

TODAY = date(2026, 11, 24)
FARM = Pool(name="智慧农业专利池", grades=GRADES, standard=Standard(opinions=2))
SCHOOL, COLLEGE = Party(name="示例大学"), Party(name="荆楚示例理工大学")
SOIL, FILTER = "ZL202010378597.9", "ZL202121450887.6"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    ticks = iter(range(10**9))
    with open_store(
        tmp_path / "openlicense.db",
        now=lambda: datetime(2026, 11, 24, 8, tzinfo=UTC) + timedelta(seconds=next(ticks)),
    ) as opened:
        yield opened


@pytest.fixture
def pool(store: Store) -> Kept[Pool]:
    return create(store, FARM, who="王敏")


def number(place: int, kind: str = "1", year: int = 2019) -> str:
    digits = f"{year}{kind}{place:07d}"
    return f"ZL{digits}.{check_character(digits)}"


def _applied(store: Store, pool: Kept[Pool]) -> Kept[Application]:
    asked = Application(
        applicant=SCHOOL,
        patents=(
            Applied(number=SOIL, title="土壤墒情多点测量方法", grade="乙级"),
            Applied(number=FILTER, title="一种稻田自走式植保机", report=True),
        ),
        received_on=date(2026, 10, 8),
    )
    return pool_entry.apply(store, pool.id, asked, who="王敏")


def _signed(store: Store, pool: Kept[Pool], day: date) -> Kept[Application]:
    kept = _applied(store, pool)
    for reviewer in ("李示例", "周示例"):
        opinion = Opinion(reviewer=reviewer, day=day, vote="take", grade="乙级")
        kept = pool_entry.add_opinion(store, kept, opinion)
    kept = pool_entry.decide(store, kept, [SOIL, FILTER], day, by="评审会")
    kept = pool_entry.list_it(store, kept, day)
    agreement = Agreement(signed_on=day, ends_on=date(2029, 12, 31), members_license_alone=True)
    return pool_entry.sign(store, kept, agreement, who="王敏")


def test_the_first_pool_brings_its_place_onto_the_rail(store: Store) -> None:
    assert store.settings.get(WORK) is None
    create(store, FARM)
    assert store.settings.get(WORK) == "true"
    with pytest.raises(CannotDo, match="请另取名称"):
        create(store, Pool(name="智慧农业 专利池"))
    with pytest.raises(CannotDo, match="没有名称"):
        create(store, Pool())


def test_a_pool_is_found_by_its_name_by_its_number_or_as_the_only_one(store: Store) -> None:
    with pytest.raises(CannotDo, match="还没有专利池"):
        pool_named(store)
    kept = create(store, FARM)
    for text in ("", "智慧农业专利池", f"专利池{kept.id}", str(kept.id)):
        assert pool_named(store, text).id == kept.id
    create(store, Pool(name="桥梁检测专利池"))
    with pytest.raises(CannotDo, match="写明是哪一个"):
        pool_named(store)


def test_an_application_becomes_a_member_with_its_patents(store: Store, pool: Kept[Pool]) -> None:
    kept = _signed(store, pool, date(2026, 11, 2))
    found = view(store, pool.id)
    assert kept.record.stage == "entered"
    assert [one.record.party.name for one in found.members] == ["示例大学"]
    assert [(one.record.number, one.record.entered_on) for one in found.patents] == [
        (SOIL, date(2026, 11, 2)),
        (FILTER, date(2026, 11, 2)),
    ]
    assert found.agreements[0].record.numbers == (SOIL, FILTER)
    assert found.patents[0].record.agreed_until == date(2029, 12, 31)
    with pytest.raises(CannotDo, match="已入池"):
        pool_entry.decide(store, kept, [SOIL], TODAY)


def test_a_decision_waits_for_the_opinions_that_the_standard_wants(
    store: Store, pool: Kept[Pool]
) -> None:
    kept = _applied(store, pool)
    kept = pool_entry.to_review(store, kept, TODAY, asked=3)
    kept = pool_entry.add_opinion(store, kept, Opinion(reviewer="李示例", day=TODAY, vote="take"))
    with pytest.raises(CannotDo, match="评估意见 1 份"):
        pool_entry.decide(store, kept, [SOIL], TODAY)
    again = Opinion(reviewer="李示例", day=TODAY, vote="take_if", words="补评价报告")
    kept = pool_entry.add_opinion(store, kept, again)
    assert len(kept.record.opinions) == 1
    kept = pool_entry.add_opinion(store, kept, Opinion(reviewer="周", day=TODAY, vote="refuse"))
    kept = pool_entry.decide(store, kept, [SOIL], TODAY, reason="另一件待补")
    assert (kept.record.decision, kept.record.stage) == ("partly", "listed")
    assert [one.is_taken for one in kept.record.patents] == [True, False]


def test_a_refusal_has_its_reason_and_an_agreement_never_bars_members(
    store: Store, pool: Kept[Pool]
) -> None:
    kept = _applied(store, pool)
    with pytest.raises(CannotDo, match="写明理由"):
        pool_entry.decide(store, kept, [], TODAY)
    refused = pool_entry.decide(store, kept, [], TODAY, reason="与池内技术无关")
    assert refused.record.stage == "refused"
    other = _applied(store, pool)
    for who in ("甲", "乙"):
        other = pool_entry.add_opinion(store, other, Opinion(reviewer=who, day=TODAY, vote="take"))
    other = pool_entry.decide(store, other, [SOIL], TODAY)
    other = pool_entry.list_it(store, other, TODAY)
    with pytest.raises(CannotDo, match="不得限制成员自行对外许可"):
        pool_entry.sign(store, other, Agreement(signed_on=TODAY, members_license_alone=False))
    assert view(store, pool.id).patents == ()


def test_an_agreement_is_prepared_printed_and_signed(store: Store, pool: Kept[Pool]) -> None:
    kept = _applied(store, pool)
    for who in ("甲", "乙"):
        kept = pool_entry.add_opinion(store, kept, Opinion(reviewer=who, day=TODAY, vote="take"))
    kept = pool_entry.list_it(store, pool_entry.decide(store, kept, [SOIL], TODAY), TODAY)
    draft = Agreement(ends_on=date(2029, 12, 31), members_license_alone=True, exit_notice_days=90)
    kept = pool_entry.prepare(store, kept, draft)
    assert kept.record.stage == "agreement"
    pack, found = record_pack("pool"), view(store, pool.id)
    document = pool_document(store, found, pack, "agreement", "示例大学", TODAY)
    assert SOIL in str(document)
    signed = pool_entry.sign(store, kept, msgspec.structs.replace(draft, signed_on=TODAY))
    (agreement,) = view(store, pool.id).agreements
    assert signed.record.agreement_id == agreement.id
    assert (agreement.record.signed_on, agreement.record.exit_notice_days) == (TODAY, 90)


def test_of_a_prepared_agreement_nothing_is_lost_by_whoever_goes_on(
    store: Store, pool: Kept[Pool]
) -> None:
    kept = _applied(store, pool)
    for who in ("甲", "乙"):
        kept = pool_entry.add_opinion(store, kept, Opinion(reviewer=who, day=TODAY, vote="take"))
    kept = pool_entry.list_it(store, pool_entry.decide(store, kept, [SOIL], TODAY), TODAY)
    shown = Agreement(members_license_alone=True)
    kept = pool_entry.prepare(store, kept, shown)
    for facts in ({"exit_notice_days": 90}, {"starts_on": TODAY, "copies": 4}):  # two windows
        typed = msgspec.structs.replace(shown, **facts)
        pool_entry.prepare(store, kept, typed, before=shown)
    signed = msgspec.structs.replace(shown, signed_on=date(2026, 12, 24))
    pool_entry.sign(store, kept, signed, before=shown)
    (agreement,) = (one.record for one in view(store, pool.id).agreements)
    assert (agreement.exit_notice_days, agreement.copies) == (90, 4)
    assert (agreement.signed_on, agreement.starts_on) == (date(2026, 12, 24), TODAY)


def test_a_pool_is_changed_as_it_stands(store: Store, pool: Kept[Pool]) -> None:
    change(store, pool.id, lambda one: msgspec.structs.replace(one, charter_day=TODAY))
    change(store, pool.id, lambda one: msgspec.structs.replace(one, payout_days=30))
    now = store.records.of(POOLS).get(pool.id).record
    assert (now.charter_day, now.payout_days) == (TODAY, 30)


def test_who_leaves_takes_its_patents_out_from_that_day(store: Store, pool: Kept[Pool]) -> None:
    _signed(store, pool, date(2025, 3, 10))
    (member,) = view(store, pool.id).members
    assert leave(store, pool.id, member.id, date(2026, 6, 1)) == 2
    found = view(store, pool.id)
    assert len(found.in_on(date(2026, 5, 31))) == 2
    assert found.in_on(date(2026, 6, 1)) == []
    assert found.agreements[0].record.ended_on == date(2026, 6, 1)
    with pytest.raises(CannotDo, match="已于 2026-06-01 退出"):
        leave(store, pool.id, member.id, TODAY)
    add_member(store, pool.id, Member(party=SCHOOL, joined_on=TODAY))  # it may come again


def test_the_list_follows_the_ledger(store: Store, pool: Kept[Pool]) -> None:
    _signed(store, pool, date(2025, 3, 10))
    lapsed = Patent(number=SOIL, filing_date=date(2020, 5, 7), fee_paid_to=date(2025, 5, 7))
    invalid = Patent(number=FILTER, legal_status="全部无效")
    for patent in (lapsed, invalid):
        store.cases.save(Case(patent=patent, owners=(SCHOOL,)))
    offered = fall_outs(store, view(store, pool.id), TODAY)
    assert [(one.offer.why, one.offer.out_on) for one in offered] == [
        ("lapsed", date(2025, 5, 7)),
        ("invalid", None),
    ]
    assert take_fall_outs(store, offered) == 1  # the day of the decision is the clerk's to say
    left = fall_outs(store, view(store, pool.id), TODAY)
    assert [one.offer.why for one in left] == ["invalid"]
    pools.take_out(store, left[0].patent, "invalid", date(2026, 11, 2))
    found = view(store, pool.id)
    assert [one.record.number for one in found.in_on(date(2025, 4, 1))] == [SOIL]
    back = pools.bring_back(store, found.patents[0])
    assert back.record.why_out is None


def test_a_patent_is_in_a_pool_once(store: Store, pool: Kept[Pool]) -> None:
    member = add_member(store, pool.id, Member(party=COLLEGE))
    one = PoolPatent(number=SOIL, member_id=member.id, entered_on=TODAY)
    pools.add_patents(store, pool.id, [one])
    with pytest.raises(CannotDo, match="已在池内"):
        pools.add_patents(store, pool.id, [msgspec.structs.replace(one, number="2020103785979")])
    with pytest.raises(CannotDo, match="已是成员"):
        add_member(store, pool.id, Member(party=COLLEGE))


def test_what_an_application_lacks_is_told_by_what_the_ledger_knows(
    store: Store, pool: Kept[Pool]
) -> None:
    model = Patent(number=FILTER, filing_date=date(2021, 6, 28), evaluation_report=False)
    stored = store.cases.save(Case(patent=model, owners=(SCHOOL,)))
    asked = Application(applicant=SCHOOL, patents=(pool_entry.applied_of(stored),))
    kept = pool_entry.apply(store, pool.id, asked)
    assert kept.record.patents[0].term_ends == date(2031, 6, 27)
    found = pool_entry.problems_of(store, pool.id, kept, TODAY)
    assert [one.code for one in found] == ["report_missing"]


def test_a_licence_names_its_patents_or_all_of_them(store: Store, pool: Kept[Pool]) -> None:
    licensee = Licence(licensee=Party(name="荆州示例农机有限公司"))
    whole = pools.add_licence(store, pool.id, PoolLicence(licence=licensee))
    assert whole.record.licence.agreed == "negotiated"
    some = PoolLicence(licence=licensee, is_whole=False, numbers=("2020103785979", SOIL))
    assert pools.add_licence(store, pool.id, some).record.numbers == (SOIL,)
    with pytest.raises(CannotDo, match="列出专利号"):
        pools.add_licence(store, pool.id, PoolLicence(licence=licensee, is_whole=False))


YEARS, MEMBERS, EACH = (2024, 2025, 2026), 40, 75


def test_forty_members_with_three_thousand_patents_live_three_years(
    store: Store, pool: Kept[Pool]
) -> None:
    """In each year a third of every member's 75 patents enters; the first five of
    these lapse on the first of July of the year after; the last member leaves at the end of 2025.
    """
    first = date(YEARS[0], 1, 1)
    members = [
        add_member(store, pool.id, Member(party=Party(name=f"成员{place:02d}"), joined_on=first))
        for place in range(MEMBERS)
    ]
    for turn, year in enumerate(YEARS):
        new = [
            PoolPatent(
                number=number(1 + place * EACH + turn * EACH // 3 + one),
                title=str(one),
                member_id=member.id,
                grade=GRADES[one % 3].name,
                entered_on=date(year, 1, 1),
            )
            for place, member in enumerate(members)
            for one in range(EACH // 3)
        ]
        pools.add_patents(store, pool.id, new)
        old = [
            one
            for one in view(store, pool.id).patents
            if one.record.entered_on == date(year - 1, 1, 1) and int(one.record.title) < 5
        ]
        with store.transaction():
            for one in old:
                pools.take_out(store, one, "lapsed", date(year, 7, 1))
    leave(store, pool.id, members[-1].id, date(2026, 1, 1))
    found = view(store, pool.id)
    assert len(found.patents) == MEMBERS * EACH
    assert [len(found.in_on(date(year, 6, 30))) for year in YEARS] == [1000, 2000, 2730]
    assert [len(found.in_on(date(year, 12, 31))) for year in YEARS] == [1000, 1800, 2535]
    of_grade = weights(found.pool.record)
    mine = [
        weight_of(one.record, of_grade)
        for one in found.in_on(date(2024, 12, 31))
        if one.record.member_id == members[0].id
    ]
    assert sum(mine) == Decimal(9 * 5 + 8 * 3 + 8)
