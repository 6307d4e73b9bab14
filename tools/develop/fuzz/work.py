"""One worker of `dev.py fuzz`: a stretch of numbered inputs for one door, in bounded memory.

Prints one line of JSON at the end.  The input in hand always lies in a file, so that it is
there even where the process dies of it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random
from types import FrameType

from tools.develop.fuzz.doors import DOORS, close
from tools.develop.fuzz.make import MAKERS

TIME_S = 5.0  # of processor, for one input
MEMORY_BYTES = 2 << 30
RECURSION = 1000
MOST_FOUND = 20


class TooLong(BaseException):
    """An input took longer than TIME_S."""


def main(arguments: list[str]) -> int:
    """Work on inputs `first` to `first + inputs - 1` of a target, or guided by coverage."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=sorted(DOORS))
    parser.add_argument("first", type=int)
    parser.add_argument("inputs", type=int)
    parser.add_argument("until", type=float, help="stop at this time.time()")
    parser.add_argument("found", type=Path)
    chosen = parser.parse_args(arguments)
    _bound_memory()
    if hasattr(signal, "SIGXCPU"):
        signal.signal(signal.SIGVTALRM, _too_long)
    try:
        print(json.dumps(_run(chosen)))
    finally:
        close()
    return 0


def _run(chosen: argparse.Namespace) -> dict[str, object]:
    door, make = DOORS[chosen.target], MAKERS[chosen.target]
    in_hand = chosen.found / f"{chosen.target}-{chosen.first}.in-hand"
    done = let_in = 0
    slowest, kinds = 0.0, set[str]()
    for number in range(chosen.first, chosen.first + chosen.inputs):
        data = make(Random(f"{chosen.target} {number}"))
        in_hand.write_bytes(data)
        begun = time.process_time()
        try:
            _alarm(TIME_S)
            let_in += door(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            _alarm(0)
            kinds.add(keep(chosen.found, chosen.target, data, error))
        finally:
            _alarm(0)
        slowest = max(slowest, time.process_time() - begun)
        done += 1
        if len(kinds) >= MOST_FOUND or (number % 64 == 0 and time.time() > chosen.until):
            break
    in_hand.unlink()
    return {"done": done, "let_in": let_in, "slowest_s": round(slowest, 3), "found": sorted(kinds)}


def keep(folder: Path, target: str, data: bytes, error: BaseException) -> str:
    """Keep an input with what it led to; the same fault is kept once. Return the fault's name."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    name = f"{target}-{type(error).__name__}-{hashlib.sha256(where[-1].encode()).hexdigest()[:8]}"
    if isinstance(error, TooLong | MemoryError | RecursionError):
        name = f"{target}-{type(error).__name__}"
    path = folder / name
    if not path.exists() or len(data) < path.stat().st_size:
        path.write_bytes(data)
        text = "".join(traceback.format_exception(error))[-4000:]
        path.with_suffix(".txt").write_text(text, encoding="utf-8", errors="replace")
    return name


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
