"""Packages looked into by worker processes are found as they are here."""

from __future__ import annotations

import json
from collections.abc import Generator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from desktop.desk import lookers
from forms.bureau.look_into import Looked, Looks, in_turn
from forms.exchange.came import what_came
from forms.ground.locate import packs_folder
from forms.pack.load import load
from tools.develop.fuzz.packages import manifest
from tools.province.spoiling import write, zipped


@pytest.fixture
def looks(tmp_path: Path) -> Looks:
    said = json.dumps(manifest()).encode()
    arrived = {f"{place}.zip": zipped({"manifest.json": said}) for place in range(3)}
    arrived["坏.zip"] = b"PK\x03\x04"
    came = what_came(write(tmp_path / "收到", arrived))
    return Looks(each=came, packs=[load(packs_folder() / "hubei-2022")], bench=tmp_path / "bench")


def found(results: Generator[Looked, None, None]) -> list[tuple[str, int, str]]:
    return [
        (one.name, len(read.cases), read.package.contents_sha256)
        for one in results
        for read in one.read
    ]


def test_workers_find_what_is_found_here(looks: Looks) -> None:
    assert found(lookers.on_cores(looks, 2)) == found(in_turn(looks))


def test_what_broken_workers_leave_is_looked_into_here(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(some: Looks, _workers: int) -> Generator[Looked, None, None]:
        yield from in_turn(looks_of(some, 1))
        raise BrokenProcessPool

    def looks_of(some: Looks, count: int) -> Looks:
        return Looks(each=some.each[:count], packs=some.packs, bench=some.bench)

    monkeypatch.setattr(lookers, "by_workers", break_off)
    assert found(lookers.on_cores(looks, 2)) == found(in_turn(looks))
