"""The address book fills itself; the office keeps one profile."""

from msgspec.structs import replace

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


def test_of_an_entry_only_what_was_typed_is_changed(store: Store) -> None:
    shown = store.parties.remember(SCHOOL)
    store.parties.remember(replace(SCHOOL, phone="027-2", email="a@example.edu.cn"))
    kept = store.parties.change(shown.id, SCHOOL, replace(SCHOOL, contact="王敏", kind=None))
    assert (kept.id, kept.party.kind, kept.party.contact) == (shown.id, None, "王敏")
    assert (kept.party.phone, kept.party.email) == ("027-2", "a@example.edu.cn")
    assert store.parties.listed() == [kept]
    store.parties.forget(kept.id)
    again = store.parties.change(kept.id, kept.party, replace(kept.party, phone="027-3"))
    assert [one.party.phone for one in store.parties.listed()] == [again.party.phone] == ["027-3"]


def test_an_entry_that_gets_the_name_of_another_becomes_one_with_it(store: Store) -> None:
    first = store.parties.remember(SCHOOL)
    other = store.parties.remember(Party(name="江汉农大", contact="王敏"))
    kept = store.parties.change(other.id, other.party, replace(other.party, name=SCHOOL.name))
    assert store.parties.listed() == [kept]
    assert (kept.id, kept.party.contact, kept.party.phone) == (first.id, "王敏", "027-1")


def test_an_entry_that_is_brought_back_takes_nothing_from_one_made_since(store: Store) -> None:
    gone = store.parties.forget(store.parties.remember(SCHOOL).id)
    assert gone == SCHOOL
    store.parties.remember(replace(SCHOOL, phone="027-9", bank=Bank()))
    kept = store.parties.complete(gone)
    assert (kept.party.phone, kept.party.bank) == ("027-9", SCHOOL.bank)
    assert store.parties.listed() == [kept]


def test_the_office_has_one_profile(store: Store) -> None:
    assert store.parties.office() == Office()
    for name in ("甲大学", "乙大学"):
        store.parties.set_office(Office(name=name, kind="university"))
    assert store.parties.office() == Office(name="乙大学", kind="university")
