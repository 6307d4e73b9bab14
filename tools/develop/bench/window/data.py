"""Data for the window: many invented cases, as an office would have them after some years."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from db.data_places import database_file
from db.store import open_store
from desktop.pages.register.state_settling import STAMP, stamp_of
from forms.facts.record import Office
from forms.ground.locate import packs_folder
from forms.pack.load import find_packs, load
from forms.pack.pack_shelf import Shelf
from tools.develop.bench.patents import PACK
from tools.develop.bench.stored import put_patents


def fill(folder: Path, count: int) -> None:
    """Put so many cases into a fresh database in a folder, their states settled."""
    pack = load(packs_folder() / PACK)
    with open_store(database_file(folder), now=lambda: datetime.now(UTC)) as store:
        put_patents(store, count)
        store.parties.set_office(Office(name="示例大学"))
        store.settings.put("started", "true")
        store.settings.put(STAMP, stamp_of(Shelf(pack, find_packs(packs_folder()))))
