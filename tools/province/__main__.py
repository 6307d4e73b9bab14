"""Make a province's packages, and measure how they are taken in.

    python -m tools.province make FOLDER [--offices 200] [--patents 50]
    python -m tools.province measure FOLDER

`make` writes `province.json` beside the packages: what each has to be found as.  `measure` takes
all in with a store of its own, and tells time, memory and what was found.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from db.store import Store, open_store
from desktop.desk import lookers
from forms.bureau.intake import TakenIn, take_in
from forms.bureau.originals import originals_folder
from forms.ground.locate import packs_folder
from forms.pack.load import load
from tools.develop.bench.patents import PACK
from tools.province.make import PASSWORD, made_on_every_core

TOLD = "province.json"


def main(arguments: Sequence[str]) -> int:
    """Make, or measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.province")
    parser.add_argument("what", choices=("make", "measure"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--offices", type=int, default=200)
    parser.add_argument("--patents", type=int, default=50)
    args = parser.parse_args(arguments)
    if args.what == "make":
        return _make(args.folder, args.offices, args.patents)
    return _measure(args.folder)


def _make(folder: Path, offices: int, patents_each: int) -> int:
    """Make the packages, on every core a part of them."""
    told = []
    for handed in made_on_every_core(folder / "packages", offices, patents_each):
        places = [path.relative_to(folder).as_posix() for path in handed.places]
        told.append({**asdict(handed), "places": places})
    (folder / TOLD).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _measure(folder: Path) -> int:
    told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    data = Path(tempfile.mkdtemp(prefix=".bureau-", dir=folder))
    stop, most = Event(), [0]
    watch = Thread(target=_watch, args=(stop, most))
    watch.start()
    try:
        with open_store(data / "bureau.db", now=_now) as store:
            taken, seconds = _taken(store, folder, data)
            processor = _processor()
            again, seconds_again = _taken(store, folder, data)
    finally:
        stop.set()
        watch.join()
        shutil.rmtree(data, ignore_errors=True)
    found = Counter(one.package.verdict for one in taken)
    expected = Counter(one["verdict"] for one in told)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    result = {
        "packages": len(taken),
        "patents": sum(one.new for one in taken),
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "again": {
            "seconds": round(seconds_again, 1),
            "found": dict(Counter(one.package.verdict for one in again)),
        },
        "memory_mb": {"this process": own, "all processes together": most[0] >> 10},
        "found": dict(found),
        "expected": dict(expected),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0 if found == expected else 1


def _taken(store: Store, folder: Path, data: Path) -> tuple[list[TakenIn], float]:
    """Take everything in; what became of it, and the seconds that took."""
    began = time.perf_counter()
    taken = take_in(
        *(store, [folder / "packages"], originals_folder(data), [load(packs_folder() / PACK)]),
        now=_now,
        passwords=[PASSWORD],
        lookers=lookers.on_every_core,
    )
    return taken, time.perf_counter() - began


def _processor() -> float:
    """The processor's time that this process and those it started have taken, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _watch(stop: Event, most: list[int]) -> None:
    """Keep the most memory (kB, shared pages counted once a process) that all of us hold."""
    while not stop.wait(0.2):
        most[0] = max(most[0], sum(_held(process) for process in _family()))


def _family() -> list[Path]:
    """This process and those it started, as /proc has them."""
    here = Path("/proc/self").resolve()
    found = [here]
    with suppress(OSError):
        for child in (here / "task" / here.name / "children").read_text().split():
            found.append(Path("/proc") / child)
        for task in (here / "task").iterdir():
            for child in (task / "children").read_text().split():
                if Path("/proc") / child not in found:
                    found.append(Path("/proc") / child)
    return found


def _held(process: Path) -> int:
    with suppress(OSError, ValueError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
