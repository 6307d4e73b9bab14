"""A trial: a scenario is recorded once, then every disk it may leave is opened."""

import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from db.store import open_store
from db.store_problems import StoreProblem
from tools.develop.powercut.disks import Cut, Platter, lay_out, name_of
from tools.develop.powercut.recording import Recorded, Said, Step, record
from tools.develop.powercut.scenario import SCENARIOS, Told
from tools.develop.torture.disk import Journal, lying_on, mounts_for
from tools.develop.torture.jobs import BEGIN, NUMBERS
from tools.develop.torture.office import Office
from tools.develop.torture.whole import Broken, Looker

_FIRST_DONE = frozenset({"export", "submit"})  # done once before: there are papers to be replaced
_FIRST = 4  # of the cuts after every step come first: all, nothing, names or contents only


class Fault(NamedTuple):
    """A disk that did not open whole, or lacked what was confirmed."""

    step: int
    what: str
    cut: str


class Tried(NamedTuple):
    """What a trial came to: steps recorded, disks told apart, those that were tried, faults."""

    scenario: str
    journal: Journal
    steps: int
    possible: int
    disks: int
    faults: Sequence[Fault]


class _ByContent(Looker):
    """Knows a file by what it holds: the same disk is laid out at many places."""

    def mark(self, path: Path) -> Hashable:
        """Return a file's name and content; of a manifest all that it names, too."""
        files = sorted(path.parent.iterdir()) if path.name == "manifest.json" else [path]
        return path.name, *(sha256(one.read_bytes()).digest() for one in files if one.is_file())


def tried(
    scenario: str,
    folder: Path,
    *,
    journal: Journal = "wal",
    seed: int = 0,
    most: int = 1000,
    is_spoiled: bool = False,
) -> Tried:
    """Record a scenario in a folder and try its disks, about so many at most.

    Raises NotRecorded.
    """
    root = folder / "office"
    root.mkdir(parents=True)
    mounts = mounts_for(journal, root)
    with lying_on(mounts):
        office = Office(root)
        rng = random.Random(seed)
        if scenario in _FIRST_DONE:
            SCENARIOS[scenario](office.place, random.Random(seed), _nobody)
            office.look_through({scenario}, [])
        office.prepare(scenario, rng)
        recorded = _recorded(scenario, folder, mounts, seed, is_spoiled=is_spoiled)
        return _Trial(scenario, journal, office, recorded, folder).run(rng, most)


def _recorded(scenario: str, folder: Path, mounts: str, seed: int, *, is_spoiled: bool) -> Recorded:
    root, said = folder / "office", folder / "said.txt"
    told = Told(
        scenario=scenario,
        root=str(root),
        said=str(said),
        seed=seed,
        mounts=mounts,
        is_spoiled=is_spoiled,
    )
    module = "tools.develop.powercut.scenario"
    return record([sys.executable, "-m", module, msgspec.json.encode(told).decode()], root, said)


def _nobody(_what: str, **_facts: Any) -> None:
    """Tell nobody."""


class _Trial:
    """One recording, and the disks of it."""

    def __init__(
        self, scenario: str, journal: Journal, office: Office, recorded: Recorded, folder: Path
    ) -> None:
        self._scenario, self._journal = scenario, journal
        self._office, self._recorded = office, recorded
        self._office.looker = _ByContent()
        self._at = folder / "disk" / "office"

    def run(self, rng: random.Random, most: int) -> Tried:
        """Try the disks."""
        seed = rng.getrandbits(32)
        possible = [number < _FIRST for *_, number, _ in self._cuts(random.Random(seed))]
        firsts = sum(possible)
        share_of_firsts = min(1.0, most / 2 / max(firsts, 1))
        share = min(1.0, (most - share_of_firsts * firsts) / max(len(possible) - firsts, 1))
        chosen = random.Random(seed + 1)
        seen: set[tuple[bytes, int]] = set()
        faults: list[Fault] = []
        for place, platter, said, number, cut in self._cuts(random.Random(seed)):
            if chosen.random() > (share_of_firsts if number < _FIRST else share):
                continue
            files = platter.disk(cut)
            mark = (name_of(files), len(said))
            if mark in seen:
                continue
            seen.add(mark)
            shutil.rmtree(self._at.parent, ignore_errors=True)
            lay_out(files, self._at)
            try:
                self._judge(said)
            except (Broken, StoreProblem, OSError) as broken:
                words = str(broken).replace(str(self._at), "…")
                faults.append(Fault(place, f"{type(broken).__name__}: {words}", str(cut[:2])))
        shutil.rmtree(self._at.parent, ignore_errors=True)
        steps = len(self._recorded.steps)
        return Tried(self._scenario, self._journal, steps, len(possible), len(seen), faults)

    def _cuts(self, rng: random.Random) -> Iterator[tuple[int, Platter, Sequence[str], int, Cut]]:
        """Yield after every step: its place, the platter, what was confirmed, each cut."""
        platter = Platter(self._recorded.start, self._recorded.folders)
        said: list[str] = []
        for place, step in enumerate(self._recorded.steps):
            if isinstance(step, Said):
                said.append(step.line)
            platter.take(step)
            for number, cut in enumerate(platter.cuts(rng)):
                yield place, platter, said, number, cut

    def _judge(self, said: Sequence[str]) -> None:
        """Open the disk that is laid out.  Raises Broken, StoreProblem."""
        text = "\n".join(said).replace(str(self._office.place.root), str(self._at))
        told = [json.loads(line) for line in text.splitlines()]
        office = self._office.elsewhere(self._at)
        if self._scenario == "begin":
            _judge_begun(office, told)
        office.look_through({self._scenario}, told)


def _judge_begun(office: Office, told: Sequence[dict[str, Any]]) -> None:
    """New data are there in full once they were confirmed; before that they may be anything."""
    file = office.place.fresh
    begun = [ack for ack in told if ack["what"] == "begin"]
    if not file.exists() or not file.stat().st_size:
        if begun:
            raise Broken("new data are gone")
        return
    with open_store(file, now=lambda: BEGIN) as store:
        found = store.examine()
        if found.faults or found.cases not in ((begun[0]["count"],) if begun else (0, NUMBERS)):
            raise Broken(f"new data are not whole: {found}")


def words_of(step: Step) -> str:
    """Say shortly what a step was."""
    return f"{type(step).__name__}{tuple(map(_short, step))}"


def _short(value: object) -> object:
    return f"{len(value)} bytes" if isinstance(value, bytes) else value


def counted(faults: Sequence[Fault]) -> Counter[str]:
    """Count the faults of a kind."""
    return Counter(fault.what for fault in faults)
