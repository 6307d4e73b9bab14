"""`python3 dev.py powercut`: every scenario in both journal modes, and how many disks opened."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tools.develop.powercut.recording import can_record
from tools.develop.powercut.scenario import SCENARIOS
from tools.develop.powercut.trials import counted, tried
from tools.develop.torture.disk import Journal

_JOURNALS: tuple[Journal, ...] = ("wal", "rollback")


def main(arguments: Sequence[str]) -> int:
    """Try power cuts; 1 where a disk did not open whole with all that was confirmed."""
    parser = argparse.ArgumentParser(prog="dev.py powercut", description=main.__doc__)
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="these only")
    parser.add_argument("--journal", choices=_JOURNALS, action="append", help="this only")
    parser.add_argument("--most", type=int, default=1000, help="about so many disks of each")
    parser.add_argument("--seed", type=int, default=0, help="other mixtures of what is lost")
    parser.add_argument("--spoil", action="store_true", help="sync nothing: it must be found")
    asked = parser.parse_args(arguments)
    if not can_record():
        print("strace is not here, or may not look at processes: power cuts can not be tried.")
        return 0
    total = faulty = 0
    for scenario in asked.scenario or SCENARIOS:
        for journal in asked.journal or _JOURNALS:
            begun = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="powercut-", dir=_memory()) as folder:
                done = tried(
                    scenario,
                    Path(folder),
                    journal=journal,
                    seed=asked.seed,
                    most=asked.most,
                    is_spoiled=asked.spoil,
                )
            total, faulty = total + done.disks, faulty + bool(done.faults)
            print(
                f"{scenario:8} {journal:8} {done.steps:6} steps, {done.possible:7} cuts, "
                f"{done.disks:6} disks tried, {len(done.faults):4} faults, "
                f"{time.monotonic() - begun:5.0f} s",
                flush=True,
            )
            for what, count in counted(done.faults).most_common(8):
                first = next(fault for fault in done.faults if fault.what == what)
                print(f"    {count} × {what[:300]} (first: step {first.step}, {first.cut})")
    print(f"{total} disks tried; " + ("FAULTS" if faulty else "each opened whole, with all of it."))
    return 1 if faulty else 0


def _memory() -> str | None:
    """A place in memory, where files are laid out quickly, if there is one."""
    place = Path("/dev/shm")
    return str(place) if place.is_dir() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
