"""Records beside cases: kept with versions as cases are, found however a key is written."""

from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import examine
from db.store import Store, open_store
from db.store_problems import ScanTooLarge, StaleRevision, UnknownRecord
from forms.ground.record_kind import RecordKind
from tests.db.conftest import Clock, spoil


class Need(msgspec.Struct, frozen=True, kw_only=True):
    company: str
    wanted: str = ""
    stage: str = "open"
    since: date | None = None


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    number: str


NEEDS = RecordKind(
    name="need",
    shape=Need,
    word="需求",
    key=lambda need: need.company,
    state=lambda need: need.stage,
    searched=lambda need: (need.company, need.wanted),
)
OFFERS = RecordKind(name="offer", shape=Offer, word="供给", key=lambda offer: offer.number)

RAIL = Need(company="襄阳示例轨道装备股份有限公司", wanted="碳纤维 转向架", since=date(2026, 11, 2))
FIBRE = Need(company="武汉示例材料有限公司", wanted="碳纤维预浸料")


def test_a_record_is_there_after_a_restart_with_all_its_versions(
    store: Store, clock: Clock
) -> None:
    kept = store.records.of(NEEDS).add(RAIL, who="王敏", what="导入")
    answered = msgspec.structs.replace(RAIL, stage="answered")
    store.records.of(NEEDS).save(kept.id, answered, revision=1, who="李强", what="已推送")
    place = store.place
    store.close()
    with open_store(place, now=clock) as again:
        needs = again.records.of(NEEDS)
        assert needs.get(kept.id).record == answered
        assert needs.get(kept.id).state == "answered"
        assert [(one.version, one.who) for one in needs.versions(kept.id)] == [
            (2, "李强"),
            (1, "王敏"),
        ]
        assert needs.at_version(kept.id, 1) == RAIL


def test_two_who_save_at_once_are_told_and_nothing_is_lost(store: Store) -> None:
    needs = store.records.of(NEEDS)
    kept = needs.add(RAIL)
    needs.save(kept.id, msgspec.structs.replace(RAIL, stage="answered"), revision=kept.revision)
    with pytest.raises(StaleRevision):
        needs.save(kept.id, msgspec.structs.replace(RAIL, stage="closed"), revision=kept.revision)
    assert needs.get(kept.id).record.stage == "answered"
    same = needs.get(kept.id)
    assert needs.save(kept.id, same.record) == same, "an equal one makes no version"


def test_what_two_change_of_one_record_is_both_kept(store: Store) -> None:
    needs = store.records.of(NEEDS)
    kept = needs.add(RAIL)
    needs.save(kept.id, msgspec.structs.replace(RAIL, stage="answered"))
    typed = msgspec.structs.replace(RAIL, wanted="碳纤维 车体")
    mine = needs.save_changes(kept.id, RAIL, typed, who="王敏", amends=1)  # not the last one
    assert (mine.record.wanted, mine.record.stage, mine.revision) == ("碳纤维 车体", "answered", 3)
    further = msgspec.structs.replace(typed, wanted="碳纤维 车体 轻量")
    mine = needs.save_changes(kept.id, typed, further, who="王敏", amends=mine.revision)
    assert (mine.record.wanted, mine.record.stage) == ("碳纤维 车体 轻量", "answered")
    assert [one.version for one in needs.versions(kept.id)] == [4, 2, 1]
    assert needs.save_changes(kept.id, further, further).revision == mine.revision


def test_what_is_typed_into_a_record_that_is_not_there_any_more_is_kept(store: Store) -> None:
    needs = store.records.of(NEEDS)
    kept = needs.add(RAIL)
    needs.bin([kept.id])
    typed = msgspec.structs.replace(RAIL, wanted="碳纤维 车体")
    assert needs.save_typed(kept.id, RAIL, typed).id == kept.id  # out of the bin
    anew = needs.save_typed(kept.id + 1, RAIL, typed)  # a backup was brought back
    assert [one.record for one in needs.listed()] == [typed, anew.record] == [typed, typed]
    anew = needs.save_typed(anew.id + 1, RAIL, typed, parent=kept.id)
    assert anew.parent_id == kept.id


def test_records_are_found_by_key_state_parent_and_words(store: Store) -> None:
    needs, offers = store.records.of(NEEDS), store.records.of(OFFERS)
    rail, fibre = needs.add(RAIL), needs.add(FIBRE)
    offers.add_all([Offer(number="ZL202110345678.3"), Offer(number="2")], parent=rail.id)
    offers.add(Offer(number="202110345678.3"), parent=fibre.id)
    assert [one.id for one in needs.listed(search="碳纤维")] == [rail.id, fibre.id]
    assert [one.id for one in needs.listed(search="转 襄阳")] == [rail.id]
    found = offers.listed(keys=["CN2021103456783"])
    assert [one.parent_id for one in found] == [rail.id, fibre.id]
    assert offers.count(parent=rail.id) == 2
    assert [one.record.number for one in offers.listed(limit=1, offset=1)] == ["2"]
    assert needs.states() == {"open": 2}
    assert needs.listed(state="closed") == []


def test_a_search_gives_so_many_and_says_that_there_are_more(store: Store) -> None:
    needs = store.records.of(NEEDS)
    rail, fibre = needs.add(RAIL), needs.add(FIBRE)
    assert needs.found("碳纤维", states=["open", "answered"], most=2) == ([rail, fibre], False)
    some, is_more = needs.found("碳纤维", states=["open"], most=1)
    assert (len(some), is_more) == (1, True)
    assert needs.found("转 襄阳", states=["open"], most=1) == ([rail], False)
    assert needs.found("碳纤维", states=["closed"], most=1) == ([], False)
    needs.bin([rail.id])
    assert needs.found("碳纤维", states=["open"], most=1) == ([fibre], False)


def test_what_is_in_the_bin_is_not_listed_and_comes_back(store: Store) -> None:
    needs = store.records.of(NEEDS)
    kept = needs.add(RAIL)
    needs.bin([kept.id])
    assert needs.listed() == []
    with pytest.raises(UnknownRecord, match="需求"):
        needs.save(kept.id, FIBRE)
    needs.unbin([kept.id])
    assert needs.get(kept.id).record == RAIL


def test_another_kinds_record_is_none_of_this_one(store: Store) -> None:
    offer = store.records.of(OFFERS).add(Offer(number="1"))
    with pytest.raises(UnknownRecord):
        store.records.of(NEEDS).get(offer.id)
    store.records.of(NEEDS).bin([offer.id])
    assert store.records.of(OFFERS).count() == 1


def test_files_of_a_record_are_kept_once_and_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.records.of(NEEDS).add(RAIL)
    one = store.records.keep_file(kept.id, "letter", "需求.pdf", b"%PDF-1.4 need")
    again = store.records.keep_file(kept.id, "letter", "需求 (2).pdf", b"%PDF-1.4 need")
    assert again == one
    assert store.records.files_of([kept.id]) == {kept.id: [one]}
    assert store.records.file_content(one) == b"%PDF-1.4 need"
    monkeypatch.setattr("db.records.SCAN_LIMIT_MB", 0)
    with pytest.raises(ScanTooLarge):
        store.records.keep_file(kept.id, "letter", "大.pdf", b"x")


def test_an_examination_names_what_was_spoiled(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examine, "kinds", lambda: (NEEDS,))
    kept = store.records.of(NEEDS).add(RAIL)
    store.records.of(NEEDS).save(kept.id, FIBRE)
    assert store.examine().faults == ()
    store.records.of(OFFERS).add(Offer(number="1"))
    spoil(
        store,
        "UPDATE records SET state = 'closed' WHERE kind = 'need'",
        "UPDATE record_versions SET content = '{' WHERE version = 1",
    )
    faults = store.examine().faults
    assert [fault for fault in faults if "列表各栏" in fault and "需求" in fault]
    assert [fault for fault in faults if "历史版本" in fault]
    assert [fault for fault in faults if "offer" in fault]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=8))
def test_many_come_back_in_the_order_given(store: Store, texts: list[str]) -> None:
    offers = store.records.of(OFFERS)
    ids = offers.add_all([Offer(number=text) for text in texts])
    assert [offers.get(one).record.number for one in ids] == texts
    assert ids == sorted(ids)
