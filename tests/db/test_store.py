"""A clerk's day with the store: what is saved is found, changed, taken back and thrown away."""

import stat
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from db.cases import _update as update_case
from db.licences import _update as update_licence
from db.shared_database import Place
from db.store import Store, open_store
from db.store_problems import StaleRevision, UnknownCase, UnknownVersion
from forms.facts.paths import with_value
from forms.facts.record import Case, Licence, Patent


def titled(case: Case, title: str) -> Case:
    return with_value(case, "patent.title", title)


def test_what_is_saved_is_there_tomorrow(place: Place, case: Case) -> None:
    def now() -> datetime:
        return datetime(2022, 10, 10, 8, tzinfo=UTC)

    with open_store(place, now=now) as store:
        saved = store.cases.save(case, imported={"patent.title": "x"}, who="小陈", what="导入")
        assert store.place == place
    with open_store(place, now=now) as store:
        assert store.cases.listed() == [saved] == [store.cases.one(saved.id)]
        assert (saved.revision, saved.case, saved.imported) == (1, case, {"patent.title": "x"})
        assert saved.created_at == saved.updated_at == now()


def test_a_naive_clock_is_local_time(place: Place, case: Case) -> None:
    local = datetime(2022, 10, 10, 8)
    with open_store(place, now=lambda: local) as store:
        saved = store.cases.save(case)
        assert store.cases.one(saved.id).updated_at == saved.updated_at == local.astimezone()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the profile's own rights")
def test_only_the_owner_can_read_the_data(store: Store, file: Path, case: Case) -> None:
    store.cases.save(case)
    for path in file.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "number",
    [
        "ZL202110345678.3",
        "202110345678.3",
        "zl 2021 1 0345678.3",
        "ＺＬ２０２１１０３４５６７８．３",
        "CN2021103456783",
    ],
)
def test_a_case_is_found_by_its_number_however_written(
    store: Store, case: Case, number: str
) -> None:
    first = store.cases.save(case)
    store.cases.save(Case(patent=Patent(number="ZL202120000001.X")))
    second = store.cases.save(titled(case, "再录一次"))
    assert store.cases.listed([number]) == [first, second]
    assert store.cases.listed(["ZL202120000001.X", number])[0] == first
    assert store.cases.numbers() == {"ZL202110345678.3": 2, "ZL202120000001.X": 1}


def test_an_unread_number_is_found_as_it_was_typed(store: Store) -> None:
    saved = store.cases.save(Case(unread={"patent.number": "CN 1234 号（待查）"}))
    store.cases.save(Case())
    assert store.cases.listed(["CN 1234 号（待查）"]) == [saved]
    assert store.cases.numbers() == {}
    assert store.cases.listed([]) == store.cases.listed(ids=[]) == []


def test_many_numbers_and_ids_at_once(store: Store, case: Case) -> None:
    saved = store.cases.save(case)
    many = [f"ZL2021{n:08d}" for n in range(1200)]
    assert store.cases.listed([*many, "ZL202110345678.3"]) == [saved]
    assert store.cases.listed(ids=range(2000)) == [saved]


@pytest.mark.parametrize(
    "words",
    [
        *("稻", "水稻", "345678", "2021103456783", "zl2021", "0345678.3", "wang", "ＷＡＮＧ"),
        *("甲科技", "张三", "87654321", "湖北", "水稻  李四", ""),
    ],
)
def test_search_finds_any_part_even_one_character(store: Store, case: Case, words: str) -> None:
    saved = store.cases.save(case)
    other = store.cases.save(Case(patent=Patent(title="Ω", legal_status="有效"), region="某市"))
    assert store.register.search(words) == ([saved.id] if words else [saved.id, other.id])


def test_search_gives_one_more_where_there_are_more(store: Store, case: Case) -> None:
    ids = [store.cases.save(titled(case, f"育秧装置{place}")).id for place in range(4)]
    assert store.register.search("育秧", 4) == ids
    found = store.register.search("育秧", 2)
    assert len(found) == 3 and set(found) <= set(ids)


def test_search_takes_no_wildcards_and_finds_unread_text(store: Store) -> None:
    saved = store.cases.save(Case(unread={"offer_end": "2021-02-30%"}))
    store.cases.save(Case(patent=Patent(title="三十")))
    assert store.register.search("30%") == [saved.id]
    assert store.register.search("_") == store.register.search("稻") == []


def test_search_follows_a_change(store: Store, case: Case) -> None:
    saved = store.cases.save(case)
    store.cases.save(titled(case, "一种玉米脱粒机"), case_id=saved.id)
    assert store.register.search("水稻") == []
    assert store.register.search("玉米") == [saved.id]


def test_every_save_is_a_version_and_any_can_be_brought_back(store: Store, case: Case) -> None:
    first = store.cases.save(case, who="小陈", what="导入 样例.xlsx")
    second = store.cases.save(
        with_value(case, "offer_end", date(2030, 2, 28)),
        case_id=first.id,
        revision=1,
        who="小李",
        what="填写期限",
    )
    assert (second.revision, second.updated_by) == (2, "小李")
    back = store.cases.restore_version(first.id, 1, revision=2, who="小陈")
    assert (back.revision, back.case) == (3, case)
    seen = [(v.version, v.who, v.what) for v in store.cases.versions(first.id)]
    assert seen == [
        (3, "小陈", "恢复到第 1 版"),
        (2, "小李", "填写期限"),
        (1, "小陈", "导入 样例.xlsx"),
    ]
    assert store.cases.at_version(first.id, 2) == second.case
    assert store.cases.versions(first.id)[0].made_at == back.updated_at > second.updated_at
    with pytest.raises(UnknownVersion, match="第 9 版"):
        store.cases.restore_version(first.id, 9)


def test_saving_the_same_again_writes_nothing(store: Store, case: Case) -> None:
    first = store.cases.save(case, imported={"patent.title": "甲"})
    assert store.cases.save(case, case_id=first.id, revision=1) == first
    assert store.cases.save(case, case_id=first.id, imported={"patent.title": "甲"}) == first
    assert store.cases.listed() == [first]
    assert len(store.cases.versions(first.id)) == 1


def test_other_cells_of_an_equal_case_are_noted_without_a_version(store: Store, case: Case) -> None:
    first = store.cases.save(case, imported={"single_term": "3年"})
    again = store.cases.save(case, case_id=first.id, imported={"single_term": "3 年"})
    assert store.cases.listed() == [again] == [replace(first, imported={"single_term": "3 年"})]
    changed = store.cases.save(titled(case, "乙"), case_id=first.id)
    assert changed.imported == {"single_term": "3 年"}


def test_a_save_over_a_newer_one_is_refused(store: Store, case: Case) -> None:
    first = store.cases.save(case)
    newer = store.cases.save(titled(case, "甲"), case_id=first.id, revision=1)
    with pytest.raises(StaleRevision, match="未保存"):
        store.cases.save(titled(case, "乙"), case_id=first.id, revision=1)
    with pytest.raises(StaleRevision):
        store.cases.restore_version(first.id, 1, revision=1)
    with pytest.raises(StaleRevision):
        store.cases.bin(first.id, revision=1)
    assert store.cases.listed() == [newer]


def test_a_save_that_slips_between_is_refused_too(store: Store, case: Case) -> None:
    """SQLite locks from the beginning; a server may let another save through after the look."""
    first = store.cases.save(case)
    licence = store.licences.add(first.id, Licence())
    with store._transactions.writing() as connection:
        with pytest.raises(StaleRevision):
            update_case(connection, replace(first, revision=7), {"title": "乙"})
        with pytest.raises(StaleRevision):
            update_licence(connection, replace(licence, revision=7), {"revision": 8})
    assert store.cases.listed() == [first]


def test_the_bin_keeps_what_is_thrown_away(store: Store, case: Case) -> None:
    saved = store.cases.save(case)
    store.cases.bin(saved.id, revision=1, who="小陈")
    assert store.cases.listed() == store.cases.listed(["ZL202110345678.3"]) == []
    assert store.register.search("稻") == []
    assert store.cases.numbers() == {}
    assert store.cases.binned() == [saved]
    assert len(store.cases.versions(saved.id)) == 1
    for gone in (
        lambda: store.cases.one(saved.id),
        lambda: store.cases.save(titled(case, "乙"), case_id=saved.id),
        lambda: store.cases.bin(saved.id),
        lambda: store.cases.unbin(99),
    ):
        with pytest.raises(UnknownCase, match="回收站"):
            gone()
    assert store.cases.unbin(saved.id, who="小李") == saved
    assert store.cases.listed() == [saved]
    assert [(e.what, e.who) for e in store.events.listed()] == [
        ("case.unbinned", "小李"),
        ("case.binned", "小陈"),
    ]


def test_an_id_is_never_given_twice(store: Store, case: Case) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.cases.save(case)
        raise ZeroDivisionError
    one = store.cases.save(case)
    assert store.cases.save(case).id > one.id


def test_many_cases_are_added_in_one_go(store: Store, case: Case) -> None:
    titles = [f"第{place}件" for place in range(1200)]
    new = [(titled(case, title), {"patent.title": title}, f"导入 {title}") for title in titles]
    ids = store.cases.add_all(new, who="小陈")
    assert [stored.id for stored in store.cases.listed()] == ids == sorted(ids)
    assert [stored.case.patent.title for stored in store.cases.listed()] == titles
    last = store.cases.one(ids[-1])
    assert (last.revision, last.imported, last.updated_by) == (
        1,
        {"patent.title": "第1199件"},
        "小陈",
    )
    (version,) = store.cases.versions(last.id)
    assert (version.version, version.who, version.what) == (1, "小陈", "导入 第1199件")
    assert store.cases.at_version(last.id, 1) == last.case
    assert store.register.search("第1199件") == [last.id]
    assert store.cases.add_all([]) == []
