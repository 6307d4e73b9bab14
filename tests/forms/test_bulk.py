"""Facts of many cases changed at once: shown, done together, taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.problems import StaleRevision
from db.store import Store, open_store
from forms.locate import packs_folder
from forms.office.bulk import carry_out, planned, take_back
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paths import with_value
from forms.record import Case, Contact, Patent

VALUES = {"contact.phone": "027-87000000", "offer_end": date(2027, 12, 31)}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as opened:
        opened.save(Case(patent=Patent(title="甲"), unread={"offer_end": "待定"}))
        opened.save(
            Case(
                patent=Patent(title="乙"),
                contact=Contact(phone="027-87000000"),
                offer_end=date(2027, 12, 31),
            )
        )
        yield opened


def test_what_becomes_of_each_case_is_shown_first(store: Store, pack: Pack) -> None:
    first, second = planned(store.cases(), pack, VALUES)
    assert [(field.label, old, new) for field, old, new in first.texts] == [
        ("许可期限届满日", "待定", "2027-12-31"),
        ("电话", "", "027-87000000"),
    ]
    assert first.after.unread == {}
    assert second.texts == ()
    assert store.cases()[0].revision == 1


def test_only_what_differs_is_saved_as_one_step(store: Store, pack: Pack) -> None:
    before = [one.case for one in store.cases()]
    done = carry_out(store, planned(store.cases(), pack, VALUES), who="甲", what="设联系人")
    assert [case_id for case_id, *_ in done.cases] == [1]
    assert store.versions(1)[0].what == "设联系人"
    assert take_back(store, done, who="甲") == []
    assert [one.case for one in store.cases()] == before
    assert store.versions(1)[0].what == "撤销：设联系人"


def test_a_case_changed_since_is_left_alone(store: Store, pack: Pack) -> None:
    done = carry_out(store, planned(store.cases(), pack, VALUES))
    now = store.case(1)
    store.save(with_value(now.case, "region", "武汉市"), case_id=1)
    assert take_back(store, done) == [1]
    store.bin(1)
    assert take_back(store, done) == [1]


def test_nothing_is_done_where_a_case_was_changed_meanwhile(store: Store, pack: Pack) -> None:
    changes = planned(store.cases(), pack, {"region": "武汉市"})
    store.save(with_value(store.case(2).case, "region", "全省"), case_id=2)
    with pytest.raises(StaleRevision):
        carry_out(store, changes)
    assert store.case(1).case.region == ""
