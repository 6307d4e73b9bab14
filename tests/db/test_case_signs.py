"""A search by the signs of blocks finds what going through all texts finds."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import case_signs, tables
from db.store import Store, open_store
from forms.facts.record import Case, Patent
from tests.db.conftest import Clock

_TEXTS = st.text("水稻育秧ＡａAa0一𠮷 ", max_size=6)
_OF_ASCII = ("a", "0", "A0", "zz")


def titled(title: str) -> Case:
    return Case(patent=Patent(title=title))


def by_all_texts(store: Store, text: str) -> list[int]:
    """What the register found before: every live case whose text holds the words."""
    with store._transactions.reading() as connection:
        words, c = text.casefold().split(), tables.cases.c
        rows = connection.execute(select(c.id, c.folded).where(tables.LIVE).order_by(c.id))
        return [row.id for row in rows if all(word in row.folded for word in words)]


def uncovered(store: Store) -> frozenset[int]:
    with store._transactions.reading() as connection:
        return case_signs.uncovered(connection)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.lists(_TEXTS, min_size=1, max_size=80),
    changes=st.lists(st.tuples(st.integers(0, 79), _TEXTS), max_size=8),
    asked=st.lists(st.text("水稻育秧一𠮷龘 ", max_size=3), min_size=1, max_size=5),
)
def test_it_finds_what_all_texts_hold(
    tmp_path_factory: pytest.TempPathFactory,
    clock: Clock,
    titles: Sequence[str],
    changes: Sequence[tuple[int, str]],
    asked: Sequence[str],
) -> None:
    with open_store(tmp_path_factory.mktemp("law") / "data.db", now=clock) as store:
        ids = store.cases.add_all([(titled(title), {}, "导入") for title in titles])
        store.cases.save(titled(titles[0]))
        for place, title in changes:
            store.cases.save(titled(title), case_id=ids[place % len(ids)])
        store.cases.bin(ids[-1])
        assert not uncovered(store)
        for text in (*asked, *_OF_ASCII):
            assert store.register.search(text) == by_all_texts(store, text)


def test_what_follows_its_patent_is_found_by_what_it_says_now(store: Store) -> None:
    patent = Patent(number="ZL202110345678.3", title="一种装置")
    ids = [store.cases.save(Case(pack=pack, patent=patent)).id for pack in ("甲", "乙")]
    renamed = msgspec.structs.replace(patent, title="一种鑫装置")
    store.cases.save(Case(pack="甲", patent=renamed), case_id=ids[0])
    assert store.register.search("鑫") == ids


@pytest.fixture
def in_file(file: Path, clock: Clock) -> Iterator[Store]:
    with open_store(file, now=clock) as store:
        yield store


def test_what_is_in_too_many_blocks_is_left_to_the_register(
    in_file: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = in_file.cases.add_all([(titled("水"), {}, "导入")] * (2 * case_signs.BLOCK))
    monkeypatch.setattr(case_signs, "_MOST_BLOCKS", 1)
    with in_file._transactions.reading() as connection:
        assert case_signs.found(connection, ["水"], 500) is None
        assert case_signs.found(connection, ["龘"], 500) == []
    assert in_file.register.search("水") == list(ids)
    assert len(in_file.register.search("水", 10)) == 11


def test_a_text_of_very_many_signs_is_looked_for(in_file: Store) -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    case = in_file.cases.save(titled(many))
    in_file.cases.save(titled(many[:2999]))
    assert in_file.register.search(many) == [case.id]


def test_a_full_look_says_where_a_sign_is_missing(in_file: Store) -> None:
    in_file.cases.save(titled("水稻"))
    assert not in_file.examine().faults
    with closing(sqlite3.connect(in_file.path)) as beside, beside:
        beside.execute("UPDATE case_signs SET signs = '水'")
    assert len(in_file.examine().faults) == 1


def test_data_of_the_version_before_are_covered(file: Path, clock: Clock) -> None:
    with open_store(file, now=clock) as store:
        ids = store.cases.add_all([(titled(f"第{place}件水稻"), {}, "") for place in range(70)])
        store.cases.save(titled("育秧"), case_id=ids[40])
    with closing(sqlite3.connect(file)) as beside, beside:
        beside.execute("DROP TABLE case_signs")
        beside.execute("PRAGMA user_version=5")
    with open_store(file, now=clock) as store:
        assert not uncovered(store)
        assert store.register.search("育秧") == [ids[40]]
        assert len(store.register.search("稻")) == 69
