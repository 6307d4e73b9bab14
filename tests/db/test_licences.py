"""Licences: several under one case, each with its own versions."""

import pytest
from msgspec.structs import replace

from db.store import Store
from db.store_problems import StaleRevision, UnknownCase, UnknownLicence, UnknownVersion
from forms.facts.record import Case, Licence, Party

THEIRS = Licence(licensee=Party(name="丙公司"))


def test_several_licences_under_one_case(store: Store, case: Case) -> None:
    one, other = store.cases.save(case), store.cases.save(case)
    first = store.licences.add(one.id, THEIRS, who="小陈", what="新增")
    second = store.licences.add(one.id, Licence(licensee=Party(name="丁公司")))
    assert store.licences.of_case(one.id) == [first, second]
    assert store.licences.of_case(other.id) == []
    assert (first.licence, first.revision, first.case_id) == (THEIRS, 1, one.id)


def test_a_licence_needs_a_live_case(store: Store, case: Case) -> None:
    one = store.cases.save(case)
    store.cases.bin(one.id)
    for case_id in (one.id, 99):
        with pytest.raises(UnknownCase):
            store.licences.add(case_id, THEIRS)


def test_every_save_of_a_licence_is_a_version(store: Store, case: Case) -> None:
    first = store.licences.add(store.cases.save(case).id, THEIRS, who="小陈", what="新增")
    assert store.licences.save(first.id, THEIRS, revision=1) == first
    second = store.licences.save(first.id, replace(THEIRS, copies=4), revision=1, who="小李")
    assert (second.revision, second.licence.copies) == (2, 4)
    assert [v.who for v in store.licences.versions(first.id)] == ["小李", "小陈"]
    assert store.licences.at_version(first.id, 1) == THEIRS
    with pytest.raises(UnknownVersion):
        store.licences.at_version(first.id, 3)
    with pytest.raises(StaleRevision):
        store.licences.save(first.id, THEIRS, revision=1)


def test_a_licence_can_be_binned_and_taken_back(store: Store, case: Case) -> None:
    first = store.licences.add(store.cases.save(case).id, THEIRS)
    store.licences.bin(first.id)
    assert store.licences.of_case(first.case_id) == []
    with pytest.raises(UnknownLicence, match="合同"):
        store.licences.save(first.id, THEIRS)
    assert store.licences.unbin(first.id) == first
    with pytest.raises(UnknownLicence):
        store.licences.unbin(99)


def test_what_is_typed_on_takes_the_place_of_its_version(store: Store, case: Case) -> None:
    first = store.licences.add(store.cases.save(case).id, THEIRS)
    for copies in (4, 40):
        licence = replace(THEIRS, copies=copies)
        first = store.licences.save(first.id, licence, revision=first.revision, amends=copies > 4)
    assert [v.version for v in store.licences.versions(first.id)] == [3, 1]
    assert store.licences.at_version(first.id, 3).copies == 40
    assert store.examine().faults == ()
