"""An import is carried out: what it writes, and what it leaves as it stands."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.store import Store, open_store
from forms.exchange.sheets import Sheet
from forms.facts.paths import with_value
from forms.ground.locate import packs_folder
from forms.office.case_import import import_sheets
from forms.pack.load import load

HEADERS = ("专利号", "发明创造名称")
ROWS = (("ZL202110345678.3", "甲"), ("ZL202120943363.4", "乙"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", now=lambda: datetime.now(UTC)) as opened:
        yield opened


def brought_in(store: Store, *rows: Sequence[str]) -> None:
    pack = load(packs_folder() / "hubei-2022")
    import_sheets(store, pack, [Sheet("a.xlsx", "清单", [list(HEADERS), *map(list, rows)])])


def titles(store: Store) -> list[str]:
    return [stored.case.patent.title for stored in store.cases.listed()]


def test_rows_that_stand_already_are_not_written_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(store, *ROWS)
    saved: list[Any] = []
    save = store.cases.save
    monkeypatch.setattr(
        store.cases,
        "save",
        lambda case, **how: (saved.append(how["case_id"]), save(case, **how))[1],
    )
    brought_in(store, *ROWS)
    assert saved == []
    brought_in(store, ROWS[0], (ROWS[1][0], "丙"))
    assert saved == [2]
    assert titles(store) == ["甲", "丙"]


def test_a_cell_that_says_what_was_typed_by_hand_is_noted_in_the_store(store: Store) -> None:
    brought_in(store, *ROWS)
    changed = (ROWS[0][0], "丁")
    store.cases.save(with_value(store.cases.one(1).case, "patent.title", "丁"), case_id=1)
    brought_in(store, changed, ROWS[1])
    assert len(store.cases.versions(1)) == 2
    store.cases.save(with_value(store.cases.one(1).case, "patent.title", "戊"), case_id=1)
    brought_in(store, changed, ROWS[1])
    assert titles(store) == ["戊", "乙"]
