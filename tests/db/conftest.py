"""A clock that ticks a second per look, an office's store in a folder of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.store import Store, open_store
from forms.facts.record import Case, Contact, Party, Patent

MORNING = datetime(2022, 10, 10, 8, 0, tzinfo=UTC)

Clock = Callable[[], datetime]


@pytest.fixture
def clock() -> Clock:
    ticks = iter(range(10**9))
    return lambda: MORNING + timedelta(seconds=next(ticks))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "数据 #1" / "openlicense.db"


@pytest.fixture
def store(file: Path, clock: Clock) -> Iterator[Store]:
    with open_store(file, now=clock, busy_timeout_s=0.05) as opened:
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
