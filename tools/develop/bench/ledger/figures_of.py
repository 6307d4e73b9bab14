"""The ledger of a server opened and searched, as the register's page asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from db.shared_database import SharedDatabase
from db.store import Store, open_store
from desktop.pages.register.row_loading import READ_FIRST
from tests.postgres_server import NoServer, Server
from tools.develop.bench.figures import Figure, Took, took
from tools.develop.bench.ledger import server_data
from tools.develop.console import say

_OPEN_MS, _SEARCH_MS = 300, 50
_ONE = ("仇", "龘", "碳", "水", "心", "猪", "州")
_TWO = ("水体", "杀青", "鄂州", "方法", "武汉", "龙凤", "襄阳")
"""Found in none, in a twentieth, in a fifth, in half of the patents."""
_ROUNDS = 10


def figures(folder: Path, count: int) -> Iterator[Figure]:
    """So many patents on a PostgreSQL of the bench's own, where one can be started."""
    try:
        server = Server(shared_buffers="128MB")  # PostgreSQL's own figure, not the tests'
    except NoServer as why:
        say(f"not measured  a ledger on PostgreSQL: {why}")
        return
    try:
        place = server.shared(folder / "beside.db")
        began = time.perf_counter()
        server_data.fill(server, place, count)
        yield from measured(server, place, count, f"made in {time.perf_counter() - began:.0f} s")
    finally:
        server.stop()


def measured(server: Server, place: SharedDatabase, count: int, note: str) -> Iterator[Figure]:
    """The figures of a ledger that is there."""
    where = f"ledger of {count:,} on PostgreSQL"
    opened = [_took(server, lambda: _open(place).close()) for _ in range(_ROUNDS)]
    yield _figure(f"{where}: open", opened, _OPEN_MS, f"first {READ_FIRST} rows, count; {note}")
    with open_store(place, now=_now) as store:
        for name, texts in (("one character", _ONE), ("two characters", _TWO)):
            yield _search(server, store, f"{where}: search, {name}", texts)


def _open(place: SharedDatabase) -> Store:
    store = open_store(place, now=_now)
    store.register.count()
    list(store.register.rows(limit=READ_FIRST))
    return store


def _search(server: Server, store: Store, name: str, texts: Sequence[str]) -> Figure:
    """The slowest of some texts: what one is rare in, another is full of."""
    each = {text: list[Took]() for text in texts}
    for _ in range(_ROUNDS):
        for text in texts:
            each[text].append(_took(server, lambda text=text: store.register.found(text)))  # type: ignore[misc]
    slowest = max(texts, key=lambda text: _cost_ms(each[text]))
    told = ", ".join(f"{text} {_cost_ms(each[text]):.0f}" for text in texts)
    return _figure(name, each[slowest], _SEARCH_MS, f"the slowest, {slowest}: {told}")


def _figure(name: str, runs: Sequence[Took], asked_ms: float, note: str) -> Figure:
    clock = 1000 * median(one.wall_s for one in runs)
    return Figure(
        name=name,
        value=_cost_ms(runs),
        unit="ms",
        target=asked_ms,
        note=f"of the processor, ours and the server's; {clock:.0f} ms on the clock; {note}",
    )


def _cost_ms(runs: Sequence[Took]) -> float:
    """The processor's time of each run; the mean, as the server's is told to 10 ms only."""
    return 1000 * sum(one.cpu_s for one in runs) / len(runs)


def _took(server: Server, work: Callable[[], object]) -> Took:
    """What something took, of the processor with the server's part; without one, on the clock."""
    theirs = server_data.processor_s(server)
    ours = took(work)
    if theirs is None:
        return Took(ours.wall_s, ours.wall_s)
    return Took(ours.wall_s, ours.cpu_s + (server_data.processor_s(server) or 0.0) - theirs)


def _now() -> datetime:
    return datetime.now(UTC)
