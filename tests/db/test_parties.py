"""The address book fills itself; the office keeps one profile."""

from db.store import Store
from forms.facts.record import Bank, Office, Party

SCHOOL = Party(name="江汉农业大学", kind="unit", phone="027-1", bank=Bank(name="某银行"))


def test_a_party_is_remembered_once_and_brought_up_to_date(store: Store) -> None:
    first = store.parties.remember(SCHOOL)
    assert store.parties.remember(SCHOOL) == first
    later = store.parties.remember(
        Party(name="江汉农业大学", identity_number="1242", phone="027-2")
    )
    assert later.id == first.id
    assert store.parties.listed() == [later]
    assert (later.party.phone, later.party.identity_number) == ("027-2", "1242")
    assert (later.party.kind, later.party.bank) == ("unit", Bank(name="某银行"))
    moved = store.parties.remember(Party(name="江汉农业大学", bank=Bank(name="别的银行")))
    assert moved.party.bank == Bank(name="别的银行")


def test_namesakes_stand_apart(store: Store) -> None:
    one = store.parties.remember(Party(name="张三", kind="person", identity_number="1"))
    two = store.parties.remember(Party(name="张三", kind="person", identity_number="2"))
    unit = store.parties.remember(Party(name="张三", kind="unit"))
    assert store.parties.listed() == [one, two, unit]
    store.parties.forget(one.id)
    assert store.parties.listed() == [two, unit]


def test_the_office_has_one_profile(store: Store) -> None:
    assert store.parties.office() == Office()
    for name in ("甲大学", "乙大学"):
        store.parties.set_office(Office(name=name, kind="university"))
    assert store.parties.office() == Office(name="乙大学", kind="university")
