"""The register's rows, and the states settled in the transaction that touched a case."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event

from db.register_rows import RegisterRow
from db.store import Store, open_store
from forms.facts.record import Case, Licence, Patent
from forms.office.stored import Made, Settled, SubmittedFile

NUMBER = "ZL202110345678.3"
HASH = "0" * 64


def printed(case_id: int) -> Made:
    return Made(
        paper="info",
        format="pdf",
        words="文字",
        sha256=HASH,
        draft=False,
        pack_code="p",
        pack_version="1",
        case_id=case_id,
    )


class Clerk:
    """Settles every case as "ready" and notes which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.until: date | None = None

    def __call__(self, store: Store, case_ids: Sequence[int]) -> Mapping[int, Settled]:
        self.asked.append(list(case_ids))
        ready = Settled(state="ready", until=self.until, royalty="免费使用")
        return {one.id: ready for one in store.cases.listed(ids=case_ids)}


@pytest.fixture
def clerk(store: Store) -> Clerk:
    made = Clerk()
    store.settle_by(made)
    return made


def patented(number: str | None = NUMBER, title: str = "一种水稻育秧装置") -> Case:
    return Case(patent=Patent(number=number, title=title))


def rows(store: Store) -> list[RegisterRow]:
    return [row for some in store.register.rows() for row in some]


def test_a_row_is_what_the_list_shows_and_no_more(store: Store, case: Case) -> None:
    stored = store.cases.save(case)
    (row,) = rows(store)
    assert (row.id, row.number_text, row.title) == (
        stored.id,
        case.patent.number,
        "一种水稻育秧装置",
    )
    assert row.updated_at == stored.updated_at.isoformat(timespec="microseconds")
    assert row.offer_end == (case.offer_end.isoformat() if case.offer_end else None)
    assert row.state is None
    assert row.royalty is None


def test_a_number_that_can_not_be_read_is_shown_as_typed(store: Store) -> None:
    store.cases.save(Case(unread={"patent.number": "CN113000000B"}))
    assert rows(store)[0].number_text == "CN113000000B"


def test_the_last_changed_comes_first_and_the_bin_is_left_out(store: Store) -> None:
    first, second, third = (store.cases.save(patented(None, title)).id for title in "甲乙丙")
    store.cases.save(patented(None, "甲甲"), case_id=first)
    store.cases.bin(second)
    assert rows(store)[0].id == first
    assert {row.id for row in rows(store)} == {first, third}
    assert [[row.id for row in some] for some in store.register.rows(limit=1)] == [[first]]
    assert [row.id for row in store.register.rows_of([second, third])] == [third]
    assert (store.register.count(), store.register.ids()) == (2, [first, third])


def test_a_state_is_settled_with_the_save(store: Store, clerk: Clerk) -> None:
    clerk.until = date(2022, 9, 30)
    stored = store.cases.save(patented())
    (row,) = store.register.rows_of([stored.id])
    assert (row.state, row.state_until, row.royalty) == ("ready", "2022-09-30", "免费使用")
    assert store.register.unsettled(date(2022, 9, 30)) == []
    assert store.register.unsettled(date(2022, 10, 1)) == [stored.id]


def test_all_saves_of_a_transaction_are_settled_together(store: Store, clerk: Clerk) -> None:
    with store.transaction():
        ids = [store.cases.save(patented(None, title)).id for title in "甲乙"]
    assert clerk.asked == [ids]


def test_cases_of_one_number_are_settled_together(store: Store, clerk: Clerk) -> None:
    first, second = store.cases.save(patented()).id, store.cases.save(patented()).id
    assert clerk.asked[-1] == [first, second]
    store.cases.save(patented(None), case_id=second)
    assert clerk.asked[-1] == [first, second]
    store.cases.save(patented(None, "又一种"), case_id=second)
    assert clerk.asked[-1] == [second]
    store.cases.save(patented(), case_id=second)
    store.cases.bin(second)
    assert clerk.asked[-1] == [first, second]
    store.cases.unbin(second)
    assert clerk.asked[-1] == [first, second]


def test_papers_and_licences_settle_their_case_too(store: Store, clerk: Clerk) -> None:
    stored = store.cases.save(patented())
    clerk.asked.clear()
    licence = store.licences.add(stored.id, Licence())
    store.licences.save(licence.id, Licence(term="三年"))
    store.licences.bin(licence.id)
    store.licences.unbin(licence.id)
    store.papers.record_export(printed(stored.id))
    store.papers.add_scan(stored.id, "info", b"%PDF-1.4", HASH)
    assert clerk.asked == [[stored.id]] * 6
    store.papers.add_scan(None, "summary", b"%PDF-1.4", HASH)
    assert len(clerk.asked) == 6


def test_what_was_sent_is_known_by_its_case(store: Store, clerk: Clerk) -> None:
    one, other = store.cases.save(patented()), store.cases.save(patented(None))
    files = [SubmittedFile(name="a.pdf", sha256=HASH, case_id=one.id, paper="info")]
    files.append(SubmittedFile(name="b.pdf", sha256=HASH))
    submission = store.papers.record_submission(files, pack_code="p", pack_version="1")
    assert store.papers.packed([one.id, other.id]) == {}
    clerk.asked.clear()
    store.papers.note_sent(submission.id, datetime(2022, 9, 2, tzinfo=UTC))
    packed = store.papers.packed([one.id, other.id])
    assert {at: (was.pack_code, was.pack_version) for at, was in packed.items()} == {
        one.id: ("p", "1")
    }
    assert clerk.asked == [[one.id]]


def test_what_is_known_of_some_cases_is_asked_in_one_go(store: Store) -> None:
    one, other = store.cases.save(patented()), store.cases.save(patented(None))
    store.licences.add(one.id, Licence(term="三年"))
    export = store.papers.record_export(printed(one.id))
    scan = store.papers.add_scan(one.id, "info", b"%PDF-1.4", HASH)
    assert store.papers.exports_of([one.id, other.id]) == {one.id: [export]}
    assert store.licences.granted([one.id, other.id]) == {one.id: store.licences.of_case(one.id)}
    assert store.papers.sealed([one.id]) == {(one.id, "info"): scan}
    assert store.papers.sealed([other.id]) == {}
    assert store.cases.numbers([NUMBER, "ZL1"]) == {NUMBER: 1}


def test_a_state_that_can_not_be_settled_takes_the_save_back(store: Store) -> None:
    def fail(_store: Store, _ids: Sequence[int]) -> Mapping[int, Settled]:
        raise ZeroDivisionError

    store.settle_by(fail)
    with pytest.raises(ZeroDivisionError):
        store.cases.save(patented())
    store.settle_by(None)
    assert store.register.count() == 0


def test_states_may_be_settled_later(store: Store, clerk: Clerk) -> None:
    store.settle_by(None)
    ids = [store.cases.save(patented(None, title)).id for title in "甲乙"]
    assert store.register.unsettled(date(2022, 9, 1)) == ids[::-1]
    store.settle_by(clerk)
    store.settle(ids)
    store.settle([])
    assert store.register.unsettled(date(2022, 9, 1)) == []


def test_a_change_that_nobody_settles_makes_the_state_unknown(store: Store, clerk: Clerk) -> None:
    first, second = (store.cases.save(patented(None, title)).id for title in "甲乙")
    store.settle_by(None)
    store.cases.save(patented(None, "丙"), case_id=first)
    assert store.register.unsettled(date(2022, 9, 1)) == [first]
    assert [row.state for row in store.register.rows_of([first, second])] == [None, "ready"]


def test_an_older_database_shows_numbers_it_can_not_read(tmp_path: Path) -> None:
    released = Path(__file__).parents[1] / "data" / "stores" / "v1-0.1.0.db"
    file = Path(shutil.copy(released, tmp_path / "openlicense.db"))
    with open_store(file, now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as store:
        (row,) = rows(store)
        assert row.number_text == NUMBER
        assert store.register.unsettled(date(2022, 9, 1)) == [row.id]


def test_some_cases_are_found_without_going_through_all(
    store: Store, file: Path, case: Case
) -> None:
    """SQLite would take the register's index for "live", and read it from end to end."""
    asked: list[tuple[str, Sequence[object]]] = []

    def note(_c: object, _cursor: object, sql: str, values: Sequence[object], *_: object) -> None:
        if sql.startswith("SELECT cases."):
            asked.append((sql, values))

    ids = [store.cases.save(case).id, store.cases.save(patented("ZL202120000001.X")).id]
    event.listen(store._engine, "before_cursor_execute", note)
    store.cases.listed(ids=ids)
    store.cases.listed([NUMBER, "ZL202120000001.X"])
    store.cases.numbers([NUMBER, "ZL202120000001.X"], pack="hubei-2022")
    store.register.rows_of(ids)
    store.cases.save(patented("ZL202120000001.X"), case_id=ids[0])  # two numbers are touched
    assert len(asked) >= 5
    with store._engine.connect() as connection:
        for sql, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values)).all()
            assert "cases_register" not in str(plan), sql


def test_numbers_are_counted_for_each_pack_by_itself(store: Store) -> None:
    for pack in ("a", "a", "b", ""):
        store.cases.save(msgspec.structs.replace(patented(), pack=pack))
    counted = {pack: store.cases.numbers([NUMBER], pack=pack).get(NUMBER) for pack in "abc"}
    assert counted == {"a": 3, "b": 2, "c": 1}
    assert store.cases.numbers([NUMBER]) == {NUMBER: 4}
    assert store.register.ids(not_of="a") == [3]
