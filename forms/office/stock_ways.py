"""The ways for patents in stock, from all that the office holds: ledger, cases, licences, pools."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from forms.facts.declared import stage_of
from forms.facts.licence_effect import by_day, runs
from forms.facts.record import LicenceKind
from forms.facts.statutory import bar_exclusive
from forms.office.holdings import Holding, held, reckoned
from forms.office.stocktaking import stock_of
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pack.load import PackFault
from forms.pack.record_pack import record_pack
from forms.pack.types import Pack
from forms.pool.records import PATENTS, POOLS
from forms.pool.standing import is_in
from forms.stock.facts import InStock, key_of, together
from forms.stock.records import STOCK, ChosenPath, StockPatent
from forms.stock.signs import WayFacts
from forms.stock.stock_items import StockForm
from forms.stock.way_money import Money, Published
from forms.stock.way_rules import (
    WAYS,
    WEIGHTS,
    WayRules,
    WayRulesFault,
    WayWeights,
    load_ways,
    weighed,
)

_STRICTEST: Sequence[LicenceKind] = ("exclusive", "sole", "ordinary")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a patent for its ways: the facts, and what its licences brought."""

    facts: WayFacts
    money: Money


def rules_here(
    store: CaseStore, form: StockForm, own: Path | None = None, *, is_weighed: bool = True
) -> WayRules:
    """Return the conditions that count: of the office's own pack, weighed as it says or not."""
    try:
        rules = load_ways(form, record_pack("stock", own).folder)
    except (PackFault, WayRulesFault):
        rules = load_ways(form)
    return weighed(rules, weights_of(store)) if is_weighed else rules


def weights_of(store: CaseStore) -> WayWeights | None:
    """Return the points as the office gives them; None where it leaves the pack's."""
    kept = _weights(store)
    return kept.record if kept is not None else None


def _weights(store: CaseStore) -> Kept[WayWeights] | None:
    return next(iter(store.records.of(WEIGHTS).listed()), None)


def weigh(
    store: CaseStore, weights: WayWeights, *, shown: WayWeights | None = None, who: str = ""
) -> None:
    """Keep the points as the office gives them; what it gave before stays as a version.

    `shown` are those of which these were made: what another has weighed meanwhile stays.
    """
    shelf, what = store.records.of(WEIGHTS), "路径的条件"
    with store.transaction():
        now = _weights(store)
        if now is None:
            shelf.add_all([weights], who=who, what=what)
        else:
            before = now.record if shown is None else shown
            shelf.save_changes(now.id, before, weights, who=who, what=what)


def known_of(store: CaseStore, stock: Sequence[InStock], today: date) -> Mapping[str, Known]:
    """Return what is known of each patent, by its key."""
    keys = {one.key for one in stock}
    numbers = [one.number for one in stock]
    cases = store.cases.listed(numbers) if len(numbers) == 1 else None
    holdings = {key: one for one in held(store, cases) if (key := key_of(one.number)) in keys}
    in_pools = _pools(store, keys, today)
    return {
        one.key: _known(one, holdings.get(one.key), in_pools.get(one.key, ()), today)
        for one in stock
    }


def _known(one: InStock, holding: Holding | None, pools: tuple[str, ...], today: date) -> Known:
    entry = one.entry
    if holding is None:
        fees = reckoned(Holding(entry, one.parsed))
        return Known(
            facts=WayFacts(entry=entry, kind=one.kind, fees=fees, pools=pools), money=Money()
        )
    cases = {stored.id: stored.case for stored in holding.cases}
    running = [
        stored for stored in holding.licences if runs(cases[stored.case_id], stored.licence, today)
    ]
    said = [case.other_licences for case in cases.values() if bar_exclusive(case) is not None]
    published = [
        case.declaration.published_on
        for case in cases.values()
        if stage_of(case.declaration) == "published"
        and (case.offer_end is None or case.offer_end >= today)
    ]
    received = [
        receipt.amount or Decimal(0)
        for stored in holding.licences
        for receipt in by_day(stored.licence.life.receipts)
    ]
    facts = WayFacts(
        entry=entry,
        kind=one.kind,
        fees=reckoned(holding),
        others=next((kind for kind in _STRICTEST if any(s.kind == kind for s in said)), None),
        others_known=bool(said),
        declared_on=max((day for day in published if day is not None), default=None),
        is_filed=any(stage_of(case.declaration) == "filed" for case in cases.values()),
        licences=len(running),
        pools=pools,
    )
    paying = sum(bool(by_day(stored.licence.life.receipts)) for stored in holding.licences)
    return Known(facts=facts, money=Money(received=sum(received, Decimal(0)), licences=paying))


def _pools(store: CaseStore, keys: set[str], today: date) -> Mapping[str, tuple[str, ...]]:
    """The names of the pools that each patent is in on a day."""
    shelf = store.records.of(PATENTS)
    found: dict[str, tuple[str, ...]] = {}
    for pool in store.records.of(POOLS).listed():
        for kept in shelf.listed(parent=pool.id):
            key = key_of(kept.record.number)
            if key in keys and is_in(kept.record, today):
                found[key] = (*found.get(key, ()), pool.record.name)
    return found


def published(packs: Iterable[Pack]) -> tuple[Published, ...]:
    """Return the published figures of what licences cost, of the latest year that packs have."""
    figures = [one for pack in packs if pack.statement for one in pack.statement.references]
    latest = max((one.year for one in figures), default=0)
    return tuple(
        Published(
            industry=one.industry,
            year=one.year,
            amount=one.amount,
            years=one.years,
            rate=one.rate,
            source=one.source,
            caution=one.caution,
        )
        for one in figures
        if one.year == latest
    )


def patent_of(store: CaseStore, number: str) -> InStock:
    """Return a patent by its number: in stock, else as the ledger has it.  Raises CannotDo."""
    key = key_of(number)
    found = next((one for one in stock_of(store, with_out=True) if one.key == key), None)
    if found is not None:
        return found
    for stored in store.ledger.entries():
        (one,) = together([(0, 0, StockPatent(entry=stored.entry))], ())
        if one.key == key:
            return one
    raise CannotDo(f"盘点和专利台账中都没有 {number}。请核对专利号，或者先列入盘点。")


def choose(
    store: CaseStore, record_id: int, path: ChosenPath | None, *, who: str = ""
) -> Kept[StockPatent]:
    """Put down another way than the one suggested and why, or take that back with None.

    Raises CannotDo where no reason is given.
    """
    if path is not None and (path.path not in WAYS or not path.reason.strip()):
        raise CannotDo("改用其他路径，请写明理由。")
    shelf = store.records.of(STOCK)
    with store.transaction():
        kept = shelf.get(record_id)
        after = msgspec.structs.replace(kept.record, path=path)
        return shelf.save(record_id, after, revision=kept.revision, who=who, what="改用路径")
