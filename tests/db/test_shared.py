"""A database for many: PostgreSQL behind the same door, several clerks at once."""

import gc
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db import opened_store, server_search
from db.migrations import SERVER_STEPS, Step
from db.opened_store import ON_SERVER, Schema, open_server
from db.projection import folded, folded_lines
from db.server_door import PostgresDoor
from db.server_problems import (
    BackedUpByServer,
    NoRight,
    NoSuchDatabase,
    NothingThere,
    PasswordRefused,
    ServerAway,
    ServerBusy,
    ServerDamaged,
    ServerFull,
    ServerNewer,
    ServerNotMigrated,
    ServerNotOurs,
    ServerUnsuitable,
    TooManyClerks,
    problem_of_server,
)
from db.shared_database import Secret, ServerName, SharedDatabase
from db.store import Store, open_store
from db.store_problems import PASSING, StaleRevision, StoreProblem
from db.tables_version import SERVER_VERSION
from forms.facts.record import Case, Patent
from forms.ground.record_kind import RecordKind
from tests.db.conftest import Clock, spoil
from tests.postgres_server import PASSWORD, Server

replace = msgspec.structs.replace


class Note(msgspec.Struct, frozen=True):
    """A text to be searched."""

    text: str


NOTES = RecordKind(name="note", shape=Note, word="便签", searched=lambda note: (note.text,))


@pytest.fixture
def store(shared: SharedDatabase, clock: Clock) -> Iterator[Store]:
    with open_store(shared, now=clock, busy_timeout_s=5) as opened:
        yield opened


def at_once(count: int, work: Callable[[int], object]) -> list[BaseException]:
    """Let so many do the same at once; return what they met."""
    met: list[BaseException] = []
    start = threading.Barrier(count)

    def one(number: int) -> None:
        start.wait(10)
        try:
            work(number)
        except BaseException as error:
            met.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return met


# --- several clerks at once -------------------------------------------------------------------


def test_twenty_clerks_lose_no_update(store: Store, case: Case, clock: Clock) -> None:
    """Each adds two to one and the same figure; whoever comes late reads again."""
    case_id = store.cases.save(replace(case, notes="0")).id
    stale = 0

    def add_two(_number: int) -> None:
        nonlocal stale
        with open_store(store.place, now=clock, busy_timeout_s=30) as own:
            done = 0
            while done < 2:
                kept = own.cases.one(case_id)
                new = replace(kept.case, notes=str(int(kept.case.notes) + 1))
                try:
                    own.cases.save(new, case_id=case_id, revision=kept.revision)
                except StaleRevision:
                    stale += 1
                else:
                    done += 1

    before = store.news()
    assert at_once(20, add_two) == []
    assert store.cases.one(case_id).case.notes == "40"
    assert store.cases.one(case_id).revision == 41
    assert len(store.cases.versions(case_id)) == 41
    assert stale  # they did meet
    assert store.news() != before
    assert store.examine().faults == ()


def test_two_who_bring_the_same_patent_at_once_make_one_entry(store: Store, clock: Clock) -> None:
    patent = Patent(number="ZL202110345678.3", title="一种水稻育秧装置")

    def bring(number: int) -> None:
        with open_store(store.place, now=clock, busy_timeout_s=30) as own:
            own.cases.save(Case(pack=f"pack-{number}", patent=patent))

    assert at_once(6, bring) == []
    assert len(store.patents.listed()) == 1
    assert store.examine().faults == ()


def test_programs_that_start_at_once_make_the_tables_once(
    shared: SharedDatabase, clock: Clock
) -> None:
    place = replace(shared, schema="fresh")

    def start(number: int) -> None:
        with open_store(place, now=clock, busy_timeout_s=30) as own:
            own.settings.put(f"clerk.{number}", "x")

    assert at_once(5, start) == []
    with open_store(place, now=clock, create=False) as own:
        assert all(own.settings.get(f"clerk.{number}") for number in range(5))


def test_schemas_of_one_database_are_apart(shared: SharedDatabase, clock: Clock) -> None:
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(open_store(replace(shared, schema=name), now=clock))
            for name in ("hubei", "hunan")
        )
        with one.transaction():
            one.cases.save(Case(region="湖北省"))
            other.cases.save(Case(region="湖南省"))  # one does not wait for the other
        assert [kept.case.region for kept in one.cases.listed()] == ["湖北省"]


# --- versions ---------------------------------------------------------------------------------


def later(apply: Callable[[Connection], None]) -> Schema:
    steps = (Step(SERVER_VERSION + 1, apply),)
    return Schema(SERVER_VERSION + 1, ON_SERVER.create, lambda: steps)


def test_every_version_of_the_tables_has_a_step_on_a_server_too() -> None:
    """Shared databases begin with version 5."""
    assert [step.version for step in SERVER_STEPS] == list(range(6, SERVER_VERSION + 1))


def test_programs_that_update_at_once_take_the_step_once(
    shared: SharedDatabase, clock: Clock
) -> None:
    place = replace(shared, schema="older")
    open_store(place, now=clock).close()
    taken: list[int] = []

    def widen(connection: Connection) -> None:
        taken.append(1)
        connection.exec_driver_sql("ALTER TABLE events ADD COLUMN more TEXT")

    def start(_number: int) -> None:
        door = PostgresDoor(place, busy_timeout_s=30)
        open_server(door, schema=later(widen)).dispose()

    assert at_once(4, start) == []
    assert taken == [1]
    with pytest.raises(ServerNewer, match="更新版本的程序"):
        open_store(place, now=clock)


def test_a_step_that_fails_leaves_all_as_it_was(shared: SharedDatabase, clock: Clock) -> None:
    place = replace(shared, schema="failing")
    open_store(place, now=clock).close()

    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE record_files")
        raise ValueError("a fault of ours")

    with pytest.raises(ServerNotMigrated, match="已退回原样"):
        open_server(PostgresDoor(place), schema=later(fail))
    with open_store(place, now=clock, create=False) as own:
        assert own.examine().faults == ()


# --- what goes wrong, in the clerk's words ----------------------------------------------------


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"secret": Secret("falsch")}, PasswordRefused),
        ({"secret": None}, PasswordRefused),
        ({"user": "nobody"}, PasswordRefused),
        ({"database": "nix"}, NoSuchDatabase),
        ({"host": "/nowhere"}, ServerAway),
        ({"port": 5433}, ServerAway),
    ],
)
def test_a_server_that_does_not_let_us_in(
    shared: SharedDatabase,
    clock: Clock,
    change: dict[str, Any],
    kind: type[StoreProblem],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    place = replace(shared, **change)
    with warnings.catch_warnings(record=True) as left:
        warnings.simplefilter("always", ResourceWarning)
        with pytest.raises(kind) as met:
            open_store(place, now=clock)
        met.value.with_traceback(None)
        gc.collect()
    assert left == []  # no socket that only the garbage collector closes
    assert place.shown in str(met.value)
    assert PASSWORD not in str(met.value) and "falsch" not in str(met.value)


def test_what_is_not_ours_is_left_alone(
    shared: SharedDatabase, server: Server, clock: Clock
) -> None:
    server.execute(
        "DROP SCHEMA IF EXISTS theirs CASCADE",
        "CREATE SCHEMA theirs",
        "CREATE TABLE theirs.orders (id int)",
        "DROP SCHEMA IF EXISTS empty",
        "CREATE SCHEMA empty",
    )
    with pytest.raises(ServerNotOurs):
        open_store(replace(shared, schema="theirs"), now=clock)
    with pytest.raises(NothingThere):
        open_store(replace(shared, schema="empty"), now=clock, create=False)


def test_a_database_of_another_encoding_is_refused(
    shared: SharedDatabase, server: Server, clock: Clock
) -> None:
    server.execute("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    with pytest.raises(ServerUnsuitable, match="SQL_ASCII"):
        open_store(replace(shared, database="ascii"), now=clock)


def test_a_user_who_may_only_read_is_told(
    store: Store, shared: SharedDatabase, server: Server, clock: Clock
) -> None:
    kept = store.cases.save(Case(region="湖北省"))
    server.execute(
        "DROP ROLE IF EXISTS reader",
        f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}' IN ROLE pg_read_all_data",
    )
    with open_store(replace(shared, user="reader"), now=clock, create=False) as own:
        assert own.cases.listed() == [kept]
        with pytest.raises(NoRight, match="没有权限"):
            own.cases.save(Case())


def test_a_lost_connection_is_told_and_the_next_try_goes_on(store: Store, server: Server) -> None:
    kept = store.cases.save(Case(region="湖北省"))
    with pytest.raises(ServerAway, match="连接中断"), store.transaction():
        store.cases.save(Case(region="没保存"))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'OpenLicense Desk'"
        )
        store.cases.save(Case())
    assert store.cases.listed() == [kept]
    assert store.cases.save(Case(region="湖南省")).revision == 1


def test_a_connection_lost_while_nothing_was_done_is_not_noticed(
    store: Store, server: Server
) -> None:
    store.cases.save(Case(region="湖北省"))
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'OpenLicense Desk'"
    )
    assert len(store.cases.listed()) == 1


def test_columns_that_are_gone_are_damage(shared: SharedDatabase, clock: Clock) -> None:
    with open_store(replace(shared, schema="gone"), now=clock) as own:
        spoil(own, "ALTER TABLE licences DROP COLUMN content")
        with pytest.raises(ServerDamaged):
            own.check()
        with pytest.raises(ServerDamaged):
            own.licences.of_case(1)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("40001", ServerBusy),
        ("40P01", ServerBusy),
        ("55P03", ServerBusy),
        ("53100", ServerFull),
        ("53300", TooManyClerks),
        ("57P01", ServerAway),
        ("08006", ServerAway),
        ("25006", NoRight),
        ("XX001", ServerDamaged),
        ("42601", None),  # a mistake of ours
    ],
)
def test_each_code_has_its_word(state: str, kind: type[StoreProblem] | None) -> None:
    error = Exception({"C": state, "M": "values in it: 张三"})
    found = problem_of_server(error, ServerName("clerk@x:5432/y"))
    assert type(found) is (kind or type(None))
    assert "张三" not in str(found)


def test_an_error_of_ours_names_nobody(store: Store) -> None:
    twice = "INSERT INTO settings (name, value) VALUES ('张三', 'x')"
    with pytest.raises(DBAPIError) as met:
        spoil(store, twice, twice)
    assert "23505" in str(met.value.orig) and "张三" not in str(met.value.orig)


def test_whoever_waits_for_a_file_waits_for_a_server() -> None:
    passing = (ServerBusy, TooManyClerks, ServerAway, ServerFull, NoRight, NoSuchDatabase)
    assert all(issubclass(kind, PASSING) for kind in passing)


# --- what the server does by itself -----------------------------------------------------------


def test_backups_are_the_servers_own(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackedUpByServer, match="pg_dump") as met:
        store.backups.make()
    assert PASSWORD not in str(met.value)
    store.cases.save(Case())
    assert not list(tmp_path.rglob("*.db"))  # nor is one made before the first write of a day


# --- search -----------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("碳纤维的龘a1.'\\& %_*:\n"), max_size=9)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, max_size=5), TEXTS)
@example(["碳纤维复合材料 ZL202110345678.3"], "20211")
@example(["碳纤维"], "维")
@example(["a'b\\c"], "'b\\")
def test_what_is_found_is_what_holds_the_text(store: Store, texts: list[str], wanted: str) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM record_versions")
        connection.exec_driver_sql("DELETE FROM records")
    ids = store.records.of(NOTES).add_all([Note(text=text) for text in texts])
    words = folded(wanted).split()
    expected = [
        number
        for number, text in zip(ids, texts, strict=True)
        if all(word in folded_lines([text]) for word in words)
    ]
    assert [kept.id for kept in store.records.of(NOTES).listed(search=wanted)] == expected


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, max_size=9), TEXTS, st.integers(1, 4), st.integers(1, 3), st.integers(1, 3))
@example(["碳", "龘", "碳", "碳"], "碳", 1, 1, 1)
def test_some_are_found_from_the_first_on_and_by_the_index_alike(
    store: Store, texts: list[str], wanted: str, most: int, looked_at: int, common: int
) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM record_versions")
        connection.exec_driver_sql("DELETE FROM records")
    notes = store.records.of(NOTES)
    ids = notes.add_all([Note(text=text) for text in texts])
    words = folded(wanted).split()
    expected = [
        number
        for number, text in zip(ids, texts, strict=True)
        if all(word in folded_lines([text]) for word in words)
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(server_search, "_LOOKED_AT_FIRST", looked_at)
        patched.setattr(server_search, "_COMMON", common)
        found, is_more = notes.found(wanted, states=[""], most=most)
    assert is_more == (len(expected) > most)
    got = [kept.id for kept in found]
    if is_more:
        assert got == sorted(got) and set(got) <= set(expected) and len(got) == most
    else:
        assert got == expected


def test_a_text_too_long_for_the_index_is_found_all_the_same(store: Store) -> None:
    long = "".join(chr(0x4E00 + number % 20000) for number in range(server_search.LONGEST)) + "龘龘"
    kept = store.records.of(NOTES).add(Note(text=long))
    store.records.of(NOTES).add(Note(text="短"))
    assert [one.id for one in store.records.of(NOTES).listed(search="龘龘")] == [kept.id]


def test_the_index_is_asked(store: Store) -> None:
    condition = str(
        server_search.contains(opened_store.tables.cases.c.folded, "碳").compile(
            store._engine, compile_kwargs={"literal_binds": True}
        )
    )
    with store._engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = f"EXPLAIN SELECT id FROM cases WHERE {condition}"
        plan = "\n".join(connection.exec_driver_sql(asked).scalars())
    assert re.search("cases_pieces", plan), plan
