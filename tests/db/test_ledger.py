"""Two procedures on one patent: its facts are typed once, and neither loses any."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from db.patents import Save
from db.shared_patents import FOLLOWED
from db.store import Store
from db.store_problems import StaleRevision, UnknownCase, UnknownPatent
from forms.facts.ledger import entry_of
from forms.facts.paths import with_value
from forms.facts.record import Case, Party, Patent
from forms.office.stored import Settled, StoredCase
from tests.db.conftest import spoil

NUMBER = "ZL202110345678.3"
OTHER = "ZL202120000001.X"
TITLE, FEE = "patent.title", "patent.fee_paid_to"
DAY = date(2027, 3, 31)


@pytest.fixture
def offer(case: Case) -> Case:
    """A case of one pack, filled in."""
    return replace(case, pack="hubei-2022")


def on_other(number: str = NUMBER, title: str = "", **facts: object) -> Case:
    """A case of another pack on a patent."""
    return Case(pack="other-2024", patent=Patent(number=number, title=title, **facts))  # type: ignore[arg-type]


def two(store: Store, offer: Case) -> tuple[StoredCase, StoredCase]:
    """Two cases on one patent."""
    first = store.cases.save(offer, who="小陈")
    second = store.cases.save(on_other(), who="小李")
    return store.cases.one(first.id), second


def test_a_number_that_is_known_brings_the_patents_facts(store: Store, offer: Case) -> None:
    first, second = two(store, offer)
    assert second.patent_id == first.patent_id
    assert entry_of(second.case) == entry_of(offer)
    assert (second.case.pack, second.case.region) == ("other-2024", "")
    assert (second.revision, first.revision) == (1, 1)
    assert store.cases.at_version(second.id, 1) == second.case
    assert [one.entry for one in store.patents.listed()] == [entry_of(offer)]
    assert store.cases.on_patent(first.patent_id) == [first.id, second.id]
    assert store.examine().faults == ()


def test_what_is_typed_in_one_case_stands_in_the_other(store: Store, offer: Case) -> None:
    first, second = two(store, offer)
    saved = store.cases.save(
        with_value(second.case, FEE, DAY), case_id=second.id, revision=1, who="小李"
    )
    follows = store.cases.one(first.id)
    assert follows.case == with_value(offer, FEE, DAY)
    assert (saved.revision, follows.revision, follows.updated_by) == (2, 2, "小李")
    assert [(v.version, v.what) for v in store.cases.versions(first.id)] == [(2, FOLLOWED), (1, "")]
    assert store.cases.at_version(first.id, 1) == offer
    with pytest.raises(StaleRevision):  # a window that had the other one open
        store.cases.save(with_value(offer, TITLE, "别的"), case_id=first.id, revision=1)
    assert [one.revision for one in store.patents.listed()] == [2]
    assert store.patents.at_version(first.patent_id, 1) == entry_of(offer)
    assert store.examine().faults == ()


def test_a_procedures_own_facts_are_nobody_elses(store: Store, offer: Case) -> None:
    first, second = two(store, offer)
    store.cases.save(with_value(second.case, "region", "武汉市"), case_id=second.id)
    assert store.cases.one(first.id) == first
    assert len(store.patents.versions(first.patent_id)) == 1


def test_both_are_judged_anew(store: Store, offer: Case) -> None:
    judged: list[set[int]] = []
    first, second = two(store, offer)

    def settled(_store: Store, ids: Sequence[int]) -> Mapping[int, Settled]:
        judged.append(set(ids))
        return {}

    store.settle_by(settled)
    store.cases.save(with_value(second.case, FEE, DAY), case_id=second.id)
    assert judged == [{first.id, second.id}]


def test_the_register_and_the_search_follow(store: Store, offer: Case) -> None:
    first, second = two(store, offer)
    store.cases.save(with_value(second.case, TITLE, "一种玉米脱粒机"), case_id=second.id)
    assert store.register.search("玉米") == [first.id, second.id]
    assert store.register.search("水稻") == []
    assert {row.title for row in store.register.rows_of([1, 2])} == {"一种玉米脱粒机"}


def test_blanks_are_filled_both_ways(store: Store, offer: Case) -> None:
    first = store.cases.save(with_value(offer, TITLE, ""))
    second = store.cases.save(on_other(title="一种水稻育秧装置", fee_paid_to=DAY))
    first = store.cases.one(first.id)
    assert first.case == with_value(offer, FEE, DAY)
    assert first.revision == 2
    assert entry_of(second.case) == entry_of(first.case)


def test_typing_a_number_ends_where_the_patent_is_known(store: Store, offer: Case) -> None:
    """The window saves at each pause: half a number is nobody's."""
    first = store.cases.save(offer)
    new = store.cases.save(Case(pack="other-2024"), who="小李")
    revision = new.revision
    for end in (6, 10, 14):
        half = replace(Case(pack="other-2024"), unread={"patent.number": NUMBER[:end]})
        new = store.cases.save(half, case_id=new.id, revision=revision, amends=end > 6)
        revision = new.revision
        assert store.cases.one(first.id) == first
    new = store.cases.save(on_other(), case_id=new.id, revision=revision, amends=True)
    assert new.patent_id == first.patent_id
    assert store.cases.one(first.id) == first
    assert len(store.cases.versions(new.id)) == 2
    back = store.cases.save(Case(pack="other-2024"), case_id=new.id)  # undone
    assert back.patent_id != first.patent_id
    assert store.cases.one(first.id) == first
    assert store.examine().faults == ()


def test_another_number_is_another_patent_and_leaves_the_old_one_alone(
    store: Store, offer: Case
) -> None:
    first, second = two(store, offer)
    moved = store.cases.save(with_value(second.case, "patent.number", OTHER), case_id=second.id)
    assert store.cases.one(first.id) == first
    assert moved.patent_id != first.patent_id
    assert store.patents.one(moved.patent_id).entry.patent.number == OTHER
    again = store.cases.restore_version(second.id, 1)
    assert again.patent_id == first.patent_id
    assert len(store.patents.listed()) == 1


def test_a_check_character_put_right_is_put_right_in_all(store: Store, offer: Case) -> None:
    wrong = with_value(offer, "patent.number", "ZL202110345678")
    first = store.cases.save(wrong)
    second = store.cases.save(on_other("ZL202110345678"))
    store.cases.save(with_value(second.case, "patent.number", NUMBER), case_id=second.id)
    assert store.cases.one(first.id).case == offer


def test_typing_on_is_one_version_of_the_patent_and_of_the_others(
    store: Store, offer: Case
) -> None:
    first, second = two(store, offer)
    kept = second
    for end in range(1, 5):
        case = with_value(kept.case, "notes", "已寄出了"[:end])
        kept = store.cases.save(
            case, case_id=second.id, revision=kept.revision, amends=end > 1, who="小李"
        )
    assert [v.version for v in store.cases.versions(second.id)] == [5, 1]
    assert [v.version for v in store.cases.versions(first.id)] == [5, 1]
    assert [v.version for v in store.patents.versions(first.patent_id)] == [5, 1]
    assert store.cases.one(first.id).case.notes == "已寄出了"


def test_a_save_of_its_own_is_not_taken_for_typing_of_another(store: Store, offer: Case) -> None:
    first, second = two(store, offer)
    own = store.cases.save(with_value(first.case, "region", "全省"), case_id=first.id, what="手工")
    typed = store.cases.save(with_value(second.case, TITLE, "甲"), case_id=second.id, revision=1)
    store.cases.save(
        with_value(typed.case, TITLE, "甲乙"), case_id=second.id, revision=2, amends=True
    )
    whats = [v.what for v in store.cases.versions(first.id)]
    assert whats == [FOLLOWED, "手工", ""]
    assert store.cases.at_version(first.id, own.revision) == own.case


def test_what_differs_is_kept_apart_and_told(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    second = store.cases.save(on_other(title="育秧装置"))
    assert store.cases.one(first.id) == first
    assert second.case == on_other(title="育秧装置")
    told = store.ledger.counterparts()
    assert {case_id: [c.case_ids for c in found] for case_id, found in told.items()} == {
        first.id: [(second.id,)],
        second.id: [(first.id,)],
    }
    (theirs,) = store.ledger.counterparts([second.id])[second.id]
    assert theirs.patent.entry == entry_of(offer)
    assert store.ledger.counterparts([99]) == {}


def test_what_is_mended_by_hand_is_one_again(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    second = store.cases.save(on_other(title="育秧装置", fee_paid_to=DAY))
    mended = store.cases.save(with_value(second.case, TITLE, offer.patent.title), case_id=second.id)
    assert mended.patent_id == first.patent_id
    assert entry_of(mended.case) == entry_of(with_value(offer, FEE, DAY))
    assert store.cases.at_version(second.id, 2) == mended.case
    assert store.ledger.counterparts() == {}
    assert store.examine().faults == ()


@pytest.mark.parametrize("own", [True, False])
def test_a_clerk_settles_which_is_right(store: Store, offer: Case, own: bool) -> None:
    first = store.cases.save(offer)
    second = store.cases.save(on_other(title="育秧装置", fee_paid_to=DAY))
    title = "育秧装置" if own else offer.patent.title
    store.ledger.settle(second.id, first.patent_id, own=own, who="小李", what="核对专利证书")
    for one in (first, second):
        now = store.cases.one(one.id)
        assert (now.case.patent.title, now.case.patent.fee_paid_to) == (title, DAY)
        assert now.case.owners == offer.owners
        assert store.cases.at_version(one.id, 1) == one.case
        assert store.cases.versions(one.id)[0].what == "核对专利证书"
    assert len(store.patents.listed()) == 1
    assert [e.what for e in store.events.listed(case_id=second.id)] == ["ledger.settled"]
    assert store.examine().faults == ()


def test_what_was_changed_since_the_clerk_looked_is_not_settled(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    second = store.cases.save(on_other(title="育秧装置"))
    (theirs,) = store.ledger.counterparts([second.id])[second.id]
    changed = store.cases.save(with_value(offer, TITLE, "改过的"), case_id=first.id)
    with pytest.raises(StaleRevision):
        store.ledger.settle(second.id, first.patent_id, own=True, revision=theirs.patent.revision)
    assert store.cases.one(first.id) == changed
    store.ledger.settle(second.id, first.patent_id, own=True, revision=2)
    assert store.cases.one(first.id).case.patent.title == "育秧装置"


def test_only_what_is_of_one_number_can_be_settled(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    other = store.cases.save(on_other(OTHER))
    with pytest.raises(StaleRevision):
        store.ledger.settle(first.id, other.patent_id, own=True)
    with pytest.raises(StaleRevision):
        store.ledger.settle(first.id, first.patent_id, own=True)
    with pytest.raises(UnknownPatent):
        store.ledger.settle(first.id, 99, own=True)
    with pytest.raises(UnknownCase):
        store.ledger.settle(99, other.patent_id, own=True)


def test_two_cases_of_one_pack_are_two(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    second = store.cases.save(Case(pack=offer.pack, patent=Patent(number=NUMBER)))
    assert second.case.patent.title == ""
    assert store.cases.one(first.id) == first
    assert store.ledger.counterparts() == {}  # told as a number used twice
    third = store.cases.save(Case(patent=Patent(number=NUMBER)))  # of no pack: of every pack
    assert len({one.patent_id for one in (first, second, third)}) == 3


def test_the_one_that_was_too_many_goes_and_the_others_meet(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    twice = store.cases.save(replace(offer, patent=Patent(number=NUMBER, title="别的")))
    second = store.cases.save(on_other(title="别的"))
    assert second.patent_id == twice.patent_id
    other = store.cases.save(
        Case(pack="third", patent=Patent(number=NUMBER, title=offer.patent.title))
    )
    assert other.patent_id == first.patent_id
    store.cases.bin(twice.id)
    assert set(store.ledger.counterparts()) == {first.id, second.id, other.id}


def test_a_case_in_the_bin_follows_its_patent(store: Store, offer: Case) -> None:
    first, second = two(store, offer)
    store.cases.bin(first.id)
    store.cases.save(with_value(second.case, FEE, DAY), case_id=second.id)
    assert store.cases.unbin(first.id).case == with_value(offer, FEE, DAY)
    assert store.examine().faults == ()


def test_a_case_taken_from_the_bin_meets_the_ledger_again(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    store.cases.bin(first.id)
    second = store.cases.save(on_other(title=offer.patent.title))
    assert second.patent_id != first.patent_id  # what lies in the bin fills nothing in
    assert store.ledger.counterparts() == {}
    back = store.cases.unbin(first.id, who="小陈")
    assert store.cases.one(second.id).patent_id == back.patent_id
    assert entry_of(store.cases.one(second.id).case) == entry_of(offer)
    store.cases.bin(first.id)
    store.cases.save(with_value(store.cases.one(second.id).case, TITLE, "乙"), case_id=second.id)
    assert store.cases.unbin(first.id).case.patent.title == "乙"


def test_one_that_differs_comes_back_as_it_was(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    store.cases.bin(first.id)
    second = store.cases.save(on_other(title="育秧装置"))
    assert store.cases.unbin(first.id) == first
    assert set(store.ledger.counterparts()) == {first.id, second.id}


def test_an_entry_without_cases_is_met_too(store: Store, offer: Case) -> None:
    """The ledger may know patents of which no procedure was begun."""
    kept = store.cases.save(offer)
    moved = store.cases.save(with_value(offer, "patent.number", OTHER), case_id=kept.id)
    spoil(
        store,
        f"INSERT INTO patents SELECT 0, 1, replace(content, '{OTHER}', '{NUMBER}'), '{NUMBER}',"
        " '2021103456783', updated_at, updated_by, what FROM patents",
    )
    new = store.cases.save(on_other())
    assert new.case.patent.title == offer.patent.title
    assert new.patent_id == 0
    assert moved.patent_id != 7


def test_many_new_cases_stand_on_the_patents_there_are(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    known = with_value(on_other(title="改过的"), "owners", offer.owners)
    new: list[tuple[Case, dict[str, str], str]] = [
        (case, {}, "导入") for case in (known, on_other(OTHER, "乙"), on_other(OTHER))
    ]
    ids = store.cases.add_all(new, who="小陈", on=[first.patent_id, None, None])
    assert store.cases.one(ids[0]).patent_id == first.patent_id
    assert store.cases.one(first.id).case.patent.title == "改过的"
    assert store.cases.one(ids[1]).patent_id != store.cases.one(ids[2]).patent_id  # one pack
    (version,) = store.cases.versions(ids[0])
    assert version.what == "导入"
    assert store.examine().faults == ()


def test_many_new_cases_meet_what_is_known(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    (new,) = store.cases.add_all([(on_other(fee_paid_to=DAY), {}, "导入")])
    assert store.cases.one(new).case.patent == replace(offer.patent, fee_paid_to=DAY)
    assert store.cases.one(first.id).case == with_value(offer, FEE, DAY)
    assert [v.version for v in store.cases.versions(new)] == [1]
    assert store.cases.at_version(new, 1) == store.cases.one(new).case


def test_the_ledger_is_listed_and_found_by_number(store: Store, offer: Case) -> None:
    first = store.cases.save(offer)
    store.cases.save(on_other(OTHER, "乙"))
    store.cases.save(Case(patent=Patent(title="没有号")))
    assert [one.entry.patent.title for one in store.patents.listed()] == [
        offer.patent.title,
        "乙",
        "没有号",
    ]
    assert [one.id for one in store.patents.listed(["202110345678.3"])] == [first.patent_id]
    with pytest.raises(UnknownPatent, match="台账"):
        store.patents.one(99)


def test_a_patent_that_changes_behind_the_back_is_not_written_over(
    store: Store, offer: Case
) -> None:
    """SQLite locks from the beginning; a server may let another save through after the look."""
    first, _ = two(store, offer)
    patent = store.patents.one(first.patent_id)
    with store._transactions.writing() as connection, pytest.raises(StaleRevision):
        save = Save(at=datetime.now().astimezone(), who="", what="")
        entry = replace(patent.entry, owners=(Party(name="丙"),))
        store.patents.change(connection, replace(patent, revision=9), entry, save)


def test_an_entry_that_is_missing_is_a_fault(store: Store, offer: Case) -> None:
    store.cases.save(offer)
    spoil(store, "UPDATE cases SET patent_id = NULL")
    assert store.examine().faults == (f"案卷 {NUMBER}：内容无法读取。",)


def test_a_number_being_deleted_is_nobody_elses(store: Store, offer: Case) -> None:
    """Key by key, with pauses: the check character goes first."""
    first, second = two(store, offer)
    kept = store.cases.save(
        with_value(second.case, "patent.number", NUMBER[:-2]), case_id=second.id, revision=1
    )
    assert store.cases.one(first.id) == first
    half = replace(kept.case, patent=replace(kept.case.patent, number=None))
    kept = store.cases.save(
        replace(half, unread={"patent.number": NUMBER[:9]}), case_id=second.id, amends=True
    )
    assert store.cases.one(first.id) == first
    assert kept.patent_id != first.patent_id
    store.cases.save(second.case, case_id=second.id)  # typed again
    assert store.cases.one(second.id).patent_id == first.patent_id
    assert store.examine().faults == ()


def test_a_case_from_the_bin_does_not_share_with_the_one_made_in_its_place(
    store: Store, offer: Case
) -> None:
    first, second = two(store, offer)
    store.cases.bin(second.id)
    instead = store.cases.save(on_other())
    assert instead.patent_id == first.patent_id
    back = store.cases.unbin(second.id)
    assert back.patent_id != first.patent_id  # one too many, and told as such
    assert back == replace(second, patent_id=back.patent_id)
    store.cases.save(with_value(back.case, TITLE, "别的"), case_id=back.id)
    assert store.cases.one(instead.id) == instead
    store.cases.bin(instead.id)
    assert set(store.ledger.counterparts()) == {first.id, second.id}
    assert store.examine().faults == ()
