"""Facts of many cases changed at once: shown, done together, taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from db.store_problems import StaleRevision
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case, Contact, LumpSum, OwnUse, Patent, Royalty
from forms.facts.ways import is_unchosen
from forms.ground.locate import packs_folder
from forms.office.bulk_change import carry_out, gaps, planned, take_back, template_values
from forms.office.stored import StoredCase
from forms.office.templates import shared_answers
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.filled import FULL

VALUES = {"contact.phone": "027-87000000", "offer_end": date(2027, 12, 31)}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as opened:
        opened.cases.save(Case(patent=Patent(title="甲"), unread={"offer_end": "待定"}))
        opened.cases.save(
            Case(
                patent=Patent(title="乙"),
                contact=Contact(phone="027-87000000"),
                offer_end=date(2027, 12, 31),
            )
        )
        yield opened


def test_what_becomes_of_each_case_is_shown_first(store: Store, pack: Pack) -> None:
    first, second = planned(store.cases.listed(), pack, VALUES)
    assert [(field.label, old, new) for field, old, new in first.texts] == [
        ("许可期限届满日", "待定", "2027-12-31"),
        ("电话", "", "027-87000000"),
    ]
    assert first.after.unread == {}
    assert second.texts == ()
    assert store.cases.listed()[0].revision == 1


def test_only_what_differs_is_saved_as_one_step(store: Store, pack: Pack) -> None:
    before = [one.case for one in store.cases.listed()]
    done = carry_out(store, planned(store.cases.listed(), pack, VALUES), who="甲", what="设联系人")
    assert [case_id for case_id, *_ in done.cases] == [1]
    assert store.cases.versions(1)[0].what == "设联系人"
    assert take_back(store, done, who="甲") == []
    assert [one.case for one in store.cases.listed()] == before
    assert store.cases.versions(1)[0].what == "撤销：设联系人"


def test_a_case_changed_since_is_left_alone(store: Store, pack: Pack) -> None:
    done = carry_out(store, planned(store.cases.listed(), pack, VALUES))
    now = store.cases.one(1)
    store.cases.save(with_value(now.case, "region", "武汉市"), case_id=1)
    assert take_back(store, done) == [1]
    store.cases.bin(1)
    assert take_back(store, done) == [1]


def test_nothing_is_done_where_a_case_was_changed_meanwhile(store: Store, pack: Pack) -> None:
    changes = planned(store.cases.listed(), pack, {"region": "武汉市"})
    store.cases.save(with_value(store.cases.one(2).case, "region", "全省"), case_id=2)
    with pytest.raises(StaleRevision):
        carry_out(store, changes)
    assert store.cases.one(1).case.region == ""


def of_case(store: Store, case: Case) -> list[StoredCase]:
    return store.cases.listed(ids=[store.cases.save(case).id])


def test_free_for_many_takes_away_what_contradicts_it(store: Store, pack: Pack) -> None:
    paid = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(5)))
    cases = of_case(store, Case(royalty=paid, unread={"royalty.other.text": "约"}))
    (change,) = planned(cases, pack, {"royalty.way": "free"})
    assert change.after.royalty == Royalty(way="free")
    assert change.after.unread == {}
    assert ("总付金额", "5", "") in [(field.label, old, new) for field, old, new in change.texts]


def test_a_way_with_blanks_leaves_the_others_as_they_were(store: Store, pack: Pack) -> None:
    paid = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(5)))
    (change,) = planned(of_case(store, Case(royalty=paid)), pack, {"royalty.way": "other"})
    assert change.after.royalty.lump_sum == paid.lump_sum


@pytest.mark.parametrize(
    ("way", "path"),
    [
        ("lump_sum", "royalty.lump_sum.amount"),
        ("entry_running", "royalty.entry_running.entry_fee"),
        ("instalments", "royalty.instalments.total_stated"),
    ],
)
def test_the_one_fee_of_a_list_comes_along_with_the_way(
    store: Store, pack: Pack, way: str, path: str
) -> None:
    listed = Case(royalty=Royalty(lump_sum=LumpSum(amount=Decimal(50_000))))
    (change,) = planned(of_case(store, listed), pack, {"royalty.way": way})
    assert value_at(change.after, path) == 50_000
    told = {old or new for _, old, new in change.texts}
    assert "50000" in told or way == "lump_sum"
    (back,) = planned(of_case(store, change.after), pack, {"royalty.way": "other"})
    assert value_at(back.after, path) == 50_000


def test_only_what_is_blank_is_filled_where_that_is_asked(store: Store, pack: Pack) -> None:
    done = Case(region="武汉市", royalty=Royalty(way="free"))
    values = {"region": "全省", "royalty.way": "lump_sum", "royalty.lump_sum.days": 30}
    (kept,) = planned(of_case(store, done), pack, values, only_blank=True)
    assert kept.after == done
    (filled,) = planned(of_case(store, Case()), pack, values, only_blank=True)
    assert filled.after.region == "全省"
    assert filled.after.royalty.lump_sum.days == 30


def test_what_many_lack_is_named_in_the_order_of_the_form(store: Store, pack: Pack) -> None:
    lack = msgspec.structs.replace(FULL, single_term=None, own_use=OwnUse())
    stored = of_case(store, lack) + of_case(store, msgspec.structs.replace(lack, region=""))
    assert [(gap.field.path, gap.blank) for gap in gaps(stored, pack)] == [
        ("own_use.way", 2),
        ("single_term", 2),
        ("region", 1),
    ]
    used = msgspec.structs.replace(lack, own_use=OwnUse(way="used"))
    named = [gap.field.path for gap in gaps(of_case(store, used), pack)]
    assert named[:3] == ["own_use.period", "own_use.scope", "own_use.manner"]


def test_a_template_says_what_was_filled_and_chosen(pack: Pack) -> None:
    values = template_values(shared_answers(FULL), pack)
    assert values["contact.name"] == FULL.contact.name
    assert not [path for path in values if path.startswith("patent.")]
    assert not [path for path in values if is_unchosen(path, FULL)]
