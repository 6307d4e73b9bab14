"""Invented patents put into a store, each settled in some state without being looked at."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice
from typing import get_args

from db.store import Store
from forms.office.case_standing import State
from forms.office.stored import Settled
from tools.develop.bench.patents import patents

_AT_ONCE = 5000


def put_patents(store: Store, count: int) -> None:
    """Put so many invented patents into a store, in turn in every state there is."""
    states = cycle(get_args(State))
    store.settle_by(
        lambda _store, ids: {
            one: Settled(state=next(states), until=date(2099, 1, 1), royalty="免费使用")
            for one in ids
        }
    )
    rest = patents(count)
    while some := list(islice(rest, _AT_ONCE)):
        store.cases.add_all([(case, {}, "导入") for case in some])
