"""A clock that ticks a second per look, an office's store in a folder of its own.

Whoever asks for `place`, or for `store` without the file it lies in, runs twice: on a file, and on
a PostgreSQL server, where one can be started.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.shared_database import Place, SharedDatabase
from db.store import Store, open_store
from forms.facts.record import Case, Contact, Party, Patent
from tests.postgres_server import Server

MORNING = datetime(2022, 10, 10, 8, 0, tzinfo=UTC)

Clock = Callable[[], datetime]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let what means both kinds of database run on both."""
    names = metafunc.fixturenames
    if "place" in names:
        asked = metafunc.function.__code__.co_varnames[: metafunc.function.__code__.co_argcount]
        of_file_alone = "file" in asked or getattr(metafunc.module, "OF_A_FILE", False)
        kinds = ["sqlite"] if of_file_alone else ["sqlite", "postgres"]
        metafunc.parametrize("place", kinds, indirect=True)


@pytest.fixture
def clock() -> Clock:
    ticks = iter(range(10**9))
    return lambda: MORNING + timedelta(seconds=next(ticks))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "数据 #1" / "openlicense.db"


@pytest.fixture
def shared(server: Server, file: Path) -> SharedDatabase:
    """A shared database without anything in it."""
    return server.shared(file)


@pytest.fixture
def place(request: pytest.FixtureRequest, file: Path) -> Place:
    found: Place = file if request.param == "sqlite" else request.getfixturevalue("shared")
    return found


@pytest.fixture
def store(place: Place, clock: Clock) -> Iterator[Store]:
    with open_store(place, now=clock, busy_timeout_s=0.05) as opened:
        yield opened


@pytest.fixture
def case() -> Case:
    return Case(
        patent=Patent(
            number="ZL202110345678.3", title="一种水稻育秧装置", inventors=("李四", "Wang Wu")
        ),
        owners=(Party(name="江汉农业大学"), Party(name="武汉甲科技有限公司")),
        contact=Contact(name="张三", phone="027-87654321"),
        region="湖北省",
    )


def spoil(store: Store, *statements: str) -> None:
    """Write into the tables as nobody does who goes through the store."""
    with store._engine.begin() as connection:
        is_server = connection.dialect.name == "postgresql"
        for said in statements:
            statement = re.sub(r"x'(\w+)'", r"'\\x\1'", said) if is_server else said
            connection.exec_driver_sql(statement)
