"""Packages looked into on every core: worker processes, for intakes that are worth them.

As `desktop.desk.workers` makes papers: fresh processes; where they can not be had or break, what is
left is looked into here.
"""

import signal
from collections.abc import Generator
from contextlib import closing

import msgspec

from desktop.desk.workers import cores, unheard
from forms.bureau.look_into import Looked, Looks, in_turn, look_into
from forms.exchange.came import Came

WORTH_A_WORKER = 8  # packages: fewer are done sooner than a process has started
_MOST_WORKERS = 4  # of about 100 MB each


def on_every_core(looks: Looks) -> Generator[Looked, None, None]:
    """Look into things as `look_into.in_turn` does, on every core if they are many."""
    workers = min(cores(), _MOST_WORKERS, len(looks.each) // WORTH_A_WORKER)
    return on_cores(looks, workers) if workers > 1 else in_turn(looks)


def on_cores(looks: Looks, workers: int) -> Generator[Looked, None, None]:
    """Look into things with so many worker processes."""
    from concurrent.futures.process import BrokenProcessPool  # slow to load, and seldom wanted

    done = 0
    try:
        with closing(by_workers(looks, workers)) as results:
            for result in results:
                yield result
                done += 1
    except (BrokenProcessPool, OSError):
        rest = msgspec.structs.replace(looks, each=looks.each[done:])
        yield from in_turn(rest)


def by_workers(looks: Looks, workers: int) -> Generator[Looked, None, None]:
    """Look into things with worker processes alone.  Raises BrokenProcessPool, OSError."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    shared = msgspec.structs.replace(looks, each=())
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(shared,)
    )
    try:
        with unheard():
            results = pool.map(_looked, looks.each)
        yield from results
    finally:
        pool.shutdown(cancel_futures=True)


# ---------------------------------------------------------------- inside a worker

_shared: list[Looks] = []


def _begin(looks: Looks) -> None:
    """Keep what the things share; leave Ctrl-C to the process that gave them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.append(looks)


def _looked(came: Came) -> Looked:
    return look_into(came, _shared[0])
