"""One dialect for every engine on an SQLite file, and one memory of the statements in its words.

SQLAlchemy keeps a statement that it has put into words for the engine and the dialect that asked.
A window opens its store once more for each job, and a statement takes as long to put into words
as SQLite takes to answer several.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Engine

_STATEMENTS = 500  # as many as SQLAlchemy keeps for one engine


def sqlite_engine(connect: Callable[[], Any]) -> "Engine":
    """Return an engine on the connections that are opened so."""
    from sqlalchemy import Engine
    from sqlalchemy.pool import QueuePool

    first = _first()
    pool = QueuePool(connect, dialect=first.dialect)
    kept = first.get_execution_options()
    return Engine(pool, first.dialect, first.url, execution_options=kept)


@cache
def _first() -> "Engine":
    """An engine on nothing, by whose connection its dialect learned which SQLite this is."""
    from sqlalchemy import create_engine
    from sqlalchemy.util import LRUCache

    engine = create_engine("sqlite://")
    with engine.connect():
        pass
    engine.dispose()
    return engine.execution_options(compiled_cache=LRUCache(_STATEMENTS))
