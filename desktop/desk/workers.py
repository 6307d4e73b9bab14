"""Many papers made on every core: worker processes, for batches that are worth them.

They are fresh processes (spawned, on every system), so they work from the windows' threads and
in a frozen program; whoever starts such a program calls `multiprocessing.freeze_support()`
first.  Where they can not be had or break, what is left is made here.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice

import msgspec

from forms.facts.record import Office
from forms.office.paper_orders import Order, Orders, Result, Results, carried_out, in_turn
from forms.pack.types import Pack

WORTH_A_WORKER = 60
"""Papers: fewer are made sooner than a process has started (half a second, 5 ms each)."""

_MOST_WORKERS = 8  # of about 80 MB each
_AT_ONCE = 8  # papers handed over together; a cancelled batch waits for no more than these


def on_every_core(orders: Orders) -> Results:
    """Carry out orders as `paper_orders.in_turn` does, on every core if they are many."""
    workers = min(cores(), _MOST_WORKERS, len(orders.each) // WORTH_A_WORKER)
    return on_cores(orders, workers) if workers > 1 else in_turn(orders)


def on_cores(orders: Orders, workers: int) -> Results:
    """Carry out orders with so many worker processes."""
    from concurrent.futures.process import BrokenProcessPool  # slow to load, and seldom wanted

    done = 0
    try:
        with closing(by_workers(orders, workers)) as results:
            for result in results:
                yield result
                done += 1
    except (BrokenProcessPool, OSError):
        rest = msgspec.structs.replace(orders, each=orders.each[done:])
        yield from in_turn(rest)


def by_workers(orders: Orders, workers: int) -> Results:
    """Carry out orders with worker processes alone.  Raises BrokenProcessPool, OSError."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    rest = iter(orders.each)
    portions = iter(lambda: tuple(islice(rest, _AT_ONCE)), ())
    pool = ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(orders.pack, orders.office),
    )
    try:
        with unheard():
            results = pool.map(_carried_out, portions)
        yield from chain.from_iterable(results)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Let the processes that begin now hear no Ctrl-C, even before they have loaded anything.

    They inherit what this thread has shut off; what was sent to it meanwhile comes afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# ---------------------------------------------------------------- inside a worker

_shared: list[tuple[Pack, Office]] = []


def _begin(pack: Pack, office: Office) -> None:
    """Keep what the orders share; leave Ctrl-C to the process that gave them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.append((pack, office))


def _carried_out(orders: Sequence[Order]) -> list[Result]:
    pack, office = _shared[0]
    return [carried_out(order, pack, office) for order in orders]
