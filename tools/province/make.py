"""Make what the offices of a province hand in: each by its own store and this program's submission.

The same province in every run, but for the locks of encrypted zips.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random

import msgspec

from db.store import Store, open_store
from forms.bureau.records import Verdict
from forms.check.case_check import checker_of
from forms.facts.record import Case, Office, Party
from forms.ground.locate import packs_folder
from forms.office.paper_making import composed, made, sealed_papers
from forms.office.paper_orders import Makers, in_turn
from forms.office.submission import Submitted, submit
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256
from tools.develop.bench.patents import PACK, patents
from tools.province.spoiling import WAYS, Files, write

DAY = date(2022, 9, 1)
PASSWORD = "Wuhan-2022-lake!"
PLACES = ("武汉", "襄阳", "宜昌", "荆州", "黄石", "十堰", "孝感", "黄冈", "恩施", "鄂州")
KINDS = ("工业大学", "师范学院", "职业技术学院", "农业科学院", "材料研究所")
SPOILED_EVERY = 7
LOCKED_EVERY = 11
SCAN_BYTES = 60_000  # more than the page itself, as pictures have
SEALED_EVERY = 4  # of how many cases one is not sealed yet


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What an office handed in: where, and how it has to be found."""

    office: str
    places: tuple[Path, ...]
    way: str
    verdict: Verdict
    cases: int


def office_name(place: int) -> str:
    """The name of an invented office."""
    return f"{PLACES[place % 10]}示例{KINDS[place // 10 % 5]}{place // 50 + 1:02d}"


def make_province(
    folder: Path,
    offices: int,
    patents_each: int,
    makers: Makers = in_turn,
    *,
    part: tuple[int, int] = (0, 1),
) -> Iterator[Handed]:
    """Yield what each of so many offices hands in, in a folder of its own below `folder`.

    `part` (1, 4) are the second of four and each fourth after it.
    """
    pack = load(packs_folder() / PACK)
    every = _sound(pack)
    ways = list(WAYS)
    first, step = part
    for place in range(offices):
        name = office_name(place)
        cases = [_of_office(case, name) for case in islice(every, patents_each)]
        if place % step != first:
            continue
        home = folder / f"{place + 1:03d} {name}"
        making = folder / f".making-{place}"
        with _store(making / "office.db") as store:
            locked = PASSWORD if place % LOCKED_EVERY == 5 else None
            done = _submitted(store, pack, name, cases, home, makers, locked)
        shutil.rmtree(making)
        written = done.written
        spoiled = ways[place // SPOILED_EVERY % len(ways)] if place % SPOILED_EVERY == 3 else ""
        as_mail = place % 3 == 1 or bool(locked)
        kept = written.mails if as_mail else (written.folder,) if place % 5 == 2 else (written.zip,)
        if spoiled:
            files = {path.name: path.read_bytes() for path in written.folder.iterdir()}
            kept = tuple(write(home, WAYS[spoiled].arrives(files, "报送")))
        for path in (written.folder, written.zip, *written.mails):
            if path not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        verdict: Verdict = WAYS[spoiled].verdict if spoiled else "new"
        yield Handed(office=name, places=kept, way=spoiled, verdict=verdict, cases=len(done.cases))


def made_on_every_core(folder: Path, offices: int, patents_each: int) -> list[Handed]:
    """Make the province, on each core a part of it; by the offices' places."""
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as pool:
        asked = (partial(_part, folder, offices, patents_each, (at, parts)) for at in range(parts))
        done = [one.result() for one in [pool.submit(work) for work in asked]]
    return [done[place % parts][place // parts] for place in range(offices)]


def _part(folder: Path, offices: int, patents_each: int, part: tuple[int, int]) -> list[Handed]:
    return list(make_province(folder, offices, patents_each, part=part))


def sound_files(folder: Path, count: int) -> Files:
    """The files of one sound package of so many patents, made in a folder."""
    pack = load(packs_folder() / PACK)
    name = office_name(0)
    cases = [_of_office(case, name) for case in islice(_sound(pack), count)]
    with _store(folder / "单位.db") as store:
        done = _submitted(store, pack, name, cases, folder / "报送", in_turn, None)
    return {path.name: path.read_bytes() for path in done.written.folder.iterdir()}


def _sound(pack: Pack) -> Iterator[Case]:
    """Invented cases that have no error, without end."""
    checker = checker_of(pack)
    for case in patents(sys.maxsize):
        if not any(problem.severity == "error" for problem in checker.check(case, DAY)):
            yield case


def _of_office(case: Case, name: str) -> Case:
    """An invented case, without error, of an office."""
    owners = (Party(name=name, kind="unit"), *case.owners[1:])
    return msgspec.structs.replace(case, owners=owners)


def _store(path: Path) -> Store:
    return open_store(path, now=lambda: datetime(2022, 9, 1, 9, 0, tzinfo=UTC))


def _submitted(
    store: Store,
    pack: Pack,
    name: str,
    cases: list[Case],
    out: Path,
    makers: Makers,
    password: str | None,
) -> Submitted:
    office = Office(
        name=name, contact="王敏", phone="027-68880001", region="湖北省", email="ip@example.edu.cn"
    )
    store.parties.set_office(office)
    ids = store.cases.add_all([(case, {}, "") for case in cases])
    scanned = b""  # what stands in for every scan: one page is as good as another
    for place, stored in enumerate(store.cases.listed(ids=ids)):
        for paper in sealed_papers(pack, stored.case) if (place + 1) % SEALED_EVERY else ():
            document = composed(pack, paper, stored.case, office)
            if not scanned:
                scanned = made(document, "pdf", pack).content
            noise = Random(f"{name} {stored.id} {paper.code}").randbytes(SCAN_BYTES)
            scan = scanned + b"\n%" + noise.replace(b"\n", b"")
            store.papers.add_scan(stored.id, paper.code, scan, words_sha256(document))
    chosen = store.cases.listed(ids=ids)
    return submit(
        *(store, pack, DAY, chosen, out), skip_faulty=True, makers=makers, password=password
    )
