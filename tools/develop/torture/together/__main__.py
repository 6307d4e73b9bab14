"""`python3 dev.py torture --together`: several programs on one file, round after round."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tools.develop.console import ROOT
from tools.develop.torture.together.nursery import Nursery
from tools.develop.torture.together.rounds import Together, run
from tools.develop.torture.whole import Broken
from tools.develop.torture.worker import FORKS

_BROKEN = ROOT / "out" / "torture"


def main(arguments: Sequence[str]) -> int:
    """Torture until the rounds are done or the time is up; 1 where something broke."""
    parser = argparse.ArgumentParser(prog="dev.py torture --together", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="how many (default: 100)")
    parser.add_argument("--minutes", type=float, default=0.0, help="at most so long")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other moments")
    parser.add_argument("--journal", choices=("wal", "rollback"), default="wal")
    asked = parser.parse_args(arguments)
    if not FORKS:
        print("This system forks no processes: several programs at once are not tried here.")
        return 0
    begun = time.monotonic()
    until = begun + asked.minutes * 60 if asked.minutes else float("inf")
    with tempfile.TemporaryDirectory(prefix="together-") as folder, Nursery() as nursery:
        torturer = Together(asked.seed, nursery, journal=asked.journal)

        def tell() -> None:
            print(f"{time.monotonic() - begun:6.0f} s  {dict(torturer.counts)}", flush=True)

        try:
            run(torturer, Path(folder), asked.rounds, until=until, tell=tell)
        except Broken as broken:
            print(f"BROKEN after {torturer.counts['rounds']} rounds: {broken}", file=sys.stderr)
            pipes = shutil.ignore_patterns("*.orders")
            # The moments do not come again.
            shutil.copytree(folder, _BROKEN, dirs_exist_ok=True, ignore=pipes)
            print(f"Its data lie in {_BROKEN}.", file=sys.stderr)
            return 1
        tell()
        print(f"What was done: {dict(torturer.did)}")
    print("Nothing was lost, and each saw the others' work.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
