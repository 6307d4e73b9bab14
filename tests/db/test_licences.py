"""Licences: several under one case, each with its own versions."""

import pytest
from msgspec.structs import replace

from db.problems import StaleRevision, UnknownCase, UnknownLicence, UnknownVersion
from db.store import Store
from forms.record import Case, Licence, Party

THEIRS = Licence(licensee=Party(name="丙公司"))


def test_several_licences_under_one_case(store: Store, case: Case) -> None:
    one, other = store.save(case), store.save(case)
    first = store.add_licence(one.id, THEIRS, who="小陈", what="新增")
    second = store.add_licence(one.id, Licence(licensee=Party(name="丁公司")))
    assert store.licences(one.id) == [first, second]
    assert store.licences(other.id) == []
    assert (first.licence, first.revision, first.case_id) == (THEIRS, 1, one.id)


def test_a_licence_needs_a_live_case(store: Store, case: Case) -> None:
    one = store.save(case)
    store.bin(one.id)
    for case_id in (one.id, 99):
        with pytest.raises(UnknownCase):
            store.add_licence(case_id, THEIRS)


def test_every_save_of_a_licence_is_a_version(store: Store, case: Case) -> None:
    first = store.add_licence(store.save(case).id, THEIRS, who="小陈", what="新增")
    assert store.save_licence(first.id, THEIRS, revision=1) == first
    second = store.save_licence(first.id, replace(THEIRS, copies=4), revision=1, who="小李")
    assert (second.revision, second.licence.copies) == (2, 4)
    assert [v.who for v in store.licence_versions(first.id)] == ["小李", "小陈"]
    assert store.licence_at(first.id, 1) == THEIRS
    with pytest.raises(UnknownVersion):
        store.licence_at(first.id, 3)
    with pytest.raises(StaleRevision):
        store.save_licence(first.id, THEIRS, revision=1)


def test_a_licence_can_be_binned_and_taken_back(store: Store, case: Case) -> None:
    first = store.add_licence(store.save(case).id, THEIRS)
    store.bin_licence(first.id)
    assert store.licences(first.case_id) == []
    with pytest.raises(UnknownLicence, match="合同"):
        store.save_licence(first.id, THEIRS)
    assert store.unbin_licence(first.id) == first
    with pytest.raises(UnknownLicence):
        store.unbin_licence(99)


def test_what_is_typed_on_takes_the_place_of_its_version(store: Store, case: Case) -> None:
    first = store.add_licence(store.save(case).id, THEIRS)
    for copies in (4, 40):
        licence = replace(THEIRS, copies=copies)
        first = store.save_licence(first.id, licence, revision=first.revision, amends=copies > 4)
    assert [v.version for v in store.licence_versions(first.id)] == [3, 1]
    assert store.licence_at(first.id, 3).copies == 40
    assert store.examine().faults == ()
