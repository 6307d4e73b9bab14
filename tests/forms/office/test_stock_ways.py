"""What an office holds decides which ways are open: its cases, licences, pools, its own weights."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.facts.declaration import Declaration
from forms.facts.licence_life import Life, Notice, Receipt
from forms.facts.record import Case, LedgerEntry, Licence, OtherLicences, Party, Patent, Royalty
from forms.office.pools import add_member, add_patents, create
from forms.office.stock_ways import (
    choose,
    known_of,
    patent_of,
    rules_here,
    weigh,
    weights_of,
)
from forms.office.stocktaking import join_ledger, stock_of
from forms.office.store import CannotDo
from forms.pool.records import Member, Pool, PoolPatent
from forms.stock.facts import together
from forms.stock.records import STOCK, ChosenPath, StockPatent
from forms.stock.stock_items import load_form
from forms.stock.way_money import Money, figures_of
from forms.stock.way_rules import WEIGHTS, WayWeights
from forms.stock.ways import WayFound, ways_of

TODAY = date(2026, 11, 30)
NUMBER = "ZL201910104729.5"
FORM = load_form()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    with open_store(tmp_path / "openlicense.db", now=lambda: now) as opened:
        yield opened


def declared(**more: object) -> Case:
    patent = Patent(
        number=NUMBER,
        title="一种桥梁拉索的在线监测方法",
        filing_date=date(2019, 3, 4),
        legal_status="专利权维持",
        fee_paid_to=date(2027, 3, 3),
    )
    case = Case(
        pack="cnipa-2024",
        patent=patent,
        owners=(Party(name="示例大学"),),
        royalty=Royalty(way="free"),
        offer_end=date(2030, 3, 3),
        declaration=Declaration(filed_on=date(2026, 1, 5), published_on=date(2026, 2, 9)),
    )
    return msgspec.structs.replace(case, **more)


def ways(store: Store) -> dict[str, WayFound]:
    patent = patent_of(store, NUMBER)
    known = known_of(store, [patent], TODAY)[patent.key]
    return {one.way: one for one in ways_of(rules_here(store, FORM), known.facts, {}, TODAY)}


def test_a_declaration_a_licence_and_a_pool_are_minded(store: Store) -> None:
    (case,) = store.cases.add_all([(declared(), {}, "")])
    life = Life(
        notice=Notice(day=date(2026, 3, 2)),
        receipts=(Receipt(day=date(2026, 3, 5), amount=Decimal(8000)),),
    )
    store.licences.add(
        case, Licence(licensee=Party(name="示例公司"), agreed="as_offered", life=life)
    )
    pool = create(store, Pool(name="智慧交通专利池"))
    member = add_member(store, pool.id, Member(party=Party(name="示例大学")))
    entered = PoolPatent(number=NUMBER, member_id=member.id, entered_on=date(2026, 5, 1))
    add_patents(store, pool.id, [entered])
    found = ways(store)
    assert not found["transfer"].is_open
    assert "先撤回开放许可声明" in found["transfer"].reasons[0].message
    assert not found["surrender"].is_open
    told = {one.message for one in found["pool"].reasons}
    assert "已在专利池：智慧交通专利池" in told
    patent = patent_of(store, NUMBER)
    known = known_of(store, [patent], TODAY)[patent.key]
    assert (known.facts.licences, known.money.received) == (1, Decimal(8000))


def test_an_offer_that_ran_out_or_was_withdrawn_bars_no_transfer(store: Store) -> None:
    store.cases.add_all([(declared(offer_end=date(2026, 11, 29)), {}, "")])
    assert ways(store)["transfer"].is_open


def test_the_strictest_licence_of_all_cases_counts(store: Store) -> None:
    store.cases.add_all([(declared(), {}, "")])
    other = OtherLicences(way="granted", kind="exclusive")
    store.cases.add_all(
        [(declared(other_licences=other, declaration=Declaration(), pack="hubei-2022"), {}, "")]
    )
    assert not ways(store)["ordinary"].is_open


def test_weights_are_kept_with_their_versions_and_a_choice_needs_a_reason(store: Store) -> None:
    store.cases.add_all([(declared(), {}, "")])
    join_ledger(store, TODAY)
    weigh(store, WayWeights(points={"open.willing": 7}))
    weigh(store, WayWeights(points={"open.willing": 9}))
    kept = weights_of(store)
    assert kept is not None
    assert kept.points == {"open.willing": 9}
    (one,) = store.records.of(WEIGHTS).listed()
    assert [each.version for each in store.records.of(WEIGHTS).versions(one.id)] == [2, 1]
    points = {each.code: each.points for each in rules_here(store, FORM).points}
    assert points["open.willing"] == 9
    shown = WayWeights(points={"open.willing": 7})  # a window that was opened before
    typed = WayWeights(points={"open.willing": 7, "pool.willing": 3})
    weigh(store, typed, shown=shown)
    now = weights_of(store)
    assert now is not None
    assert now.points == {"open.willing": 9, "pool.willing": 3}
    (patent,) = stock_of(store)
    with pytest.raises(CannotDo, match="写明理由"):
        choose(store, patent.id, ChosenPath(path="pool", reason=" "))
    choose(store, patent.id, ChosenPath(path="pool", reason="池内已有同类专利"))
    choose(store, patent.id, None)
    assert store.records.of(STOCK).get(patent.id).record.path is None


def test_an_open_licence_put_down_by_hand_lowers_the_annuities_without_any_case(
    store: Store,
) -> None:
    recorded = msgspec.structs.replace(
        declared().patent, open_licence_recorded_on=date(2026, 3, 9), fee_paid_to=date(2037, 3, 3)
    )
    stock = together([(1, 1, StockPatent(entry=LedgerEntry(patent=recorded)))], ())
    facts = known_of(store, stock, TODAY)[stock[0].key].facts
    found = {one.way: one for one in ways_of(rules_here(store, FORM), facts, {}, TODAY)}
    (kept,) = figures_of(found["open"], facts, Money(), (), TODAY)
    assert "2 期年费，共 13,600.00 元" in kept.message, "two of 8,000 at 85 %"
