"""Data for the window: many invented cases, as an office would have them after some years."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import get_args

from db.data_places import database_file
from db.store import open_store
from desktop.pages.register.state_settling import STAMP, stamp_of
from forms.facts.record import Office
from forms.ground.locate import packs_folder
from forms.office.case_standing import State
from forms.office.stored import Settled
from forms.pack.load import find_packs, load
from forms.pack.pack_shelf import Shelf
from tools.develop.bench.patents import PACK, patents

_AT_ONCE = 5000


def fill(folder: Path, count: int) -> None:
    """Put so many cases into a fresh database in a folder, their states settled."""
    pack = load(packs_folder() / PACK)
    states = cycle(get_args(State))
    with open_store(database_file(folder), now=lambda: datetime.now(UTC)) as store:
        store.settle_by(
            lambda _store, ids: {
                number: Settled(state=next(states), until=date(2099, 1, 1), royalty="免费使用")
                for number in ids
            }
        )
        rest = patents(count)
        while some := list(islice(rest, _AT_ONCE)):
            store.cases.add_all([(case, {}, "导入") for case in some], who="")
        store.parties.set_office(Office(name="示例大学"))
        store.settings.put("started", "true")
        store.settings.put(STAMP, stamp_of(Shelf(pack, find_packs(packs_folder()))))
