"""Many papers made on every core: worker processes, for batches that are worth them.

They are copies of this process where it does nothing else (the command line on Linux), and fresh
ones elsewhere (spawned), so they work from the windows' threads and in a frozen program; whoever
starts such a program calls `multiprocessing.freeze_support()` first.  Where they can not be had
or break, what is left is made here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

import msgspec

from desktop.desk.papers_sent import Receiver, Sender, Sent
from desktop.installed.stop_signals import as_if_alone
from forms.facts.record import Office
from forms.office.paper_orders import Order, Orders, Results, carried_out, in_turn
from forms.pack.types import Pack

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_Out = deque[Sequence[Order]]
"""Portions of orders taken to be given out that have not come back, in their order."""

WORTH_A_WORKER = 60
"""Papers: fewer are made sooner than a process has started (half a second, 5 ms each)."""

_MOST_WORKERS = 8  # of about 80 MB each
_AT_ONCE = 8  # papers handed over together; a cancelled batch waits for no more than these
_AHEAD = 12  # portions for each worker that wait for it while the next cases are looked at
_LOOKS_EVERY_S = 1


def on_every_core(orders: Orders) -> Results:
    """Carry out orders as `paper_orders.in_turn` does, on every core if they are many."""
    workers = min(cores(), _MOST_WORKERS, orders.count // WORTH_A_WORKER)
    return on_cores(orders, workers) if workers > 1 else in_turn(orders)


def on_cores(orders: Orders, workers: int) -> Results:
    """Carry out orders with so many worker processes."""
    from concurrent.futures.process import BrokenProcessPool  # slow to load, and seldom wanted

    rest, out = iter(orders.each), _Out()
    try:
        with closing(_by_workers(orders, rest, out, workers)) as results:
            yield from results
    except BrokenProcessPool:
        given = _begun_anew(chain.from_iterable(out))
        yield from in_turn(msgspec.structs.replace(orders, each=chain(given, rest)))


def by_workers(orders: Orders, workers: int) -> Results:
    """Carry out orders with worker processes alone.  Raises BrokenProcessPool."""
    return _by_workers(orders, iter(orders.each), _Out(), workers)


def _begun_anew(orders: Iterable[Order]) -> Iterator[Order]:
    """Clear away what a worker wrote of orders that did not come back."""
    for order in orders:
        if order.file is not None:
            with suppress(OSError):  # whoever writes it then says why
                order.file.unlink()
        yield order


def _by_workers(orders: Orders, rest: Iterator[Order], out: _Out, workers: int) -> Results:
    """Give out portions of the orders that rest, some ahead of those that came back.

    What is taken of the orders stands in `out` from then on until it has come back.
    """
    way = _way_to_start()
    with _broken_off():
        pool = _pool(orders, workers, way)
    coming: deque[Future[Sent]] = deque()
    receiver = Receiver()
    try:
        while True:
            while len(coming) < workers * _AHEAD and (portion := tuple(islice(rest, _AT_ONCE))):
                out.append(portion)
                with _broken_off(), unheard():
                    coming.append(pool.submit(_carried_out, portion))
            if not coming:
                return
            with _broken_off():
                sent = coming.popleft().result()
            out.popleft()
            yield from receiver.received(sent)
    finally:
        pool.shutdown(cancel_futures=True)
        if way == "fork":
            _end_copies()


def _pool(orders: Orders, workers: int, way: Literal["fork", "spawn"]) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    shared = orders.pack, orders.office, os.getpid()
    return ProcessPoolExecutor(
        workers, mp_context=get_context(way), initializer=_begin, initargs=shared
    )


@contextmanager
def _broken_off() -> Iterator[None]:
    """Tell what the system refuses to the workers from what it refuses to who asks for papers."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except OSError as error:
        raise BrokenProcessPool(str(error)) from error


def _end_copies() -> None:
    """End copies that the pool lost sight of, since the system made no further ones.

    They would be waited for at the program's end, for ever.  A process that makes copies of itself
    is alone, so there are no others.
    """
    from multiprocessing import active_children

    for child in active_children():
        child.terminate()
        child.join()


def _way_to_start() -> Literal["fork", "spawn"]:
    """How a process begins: as a copy of this one where nothing else goes on in it, else anew.

    A copy has all modules loaded.  A window has threads that a copy would lack, and macOS and
    Windows have none.
    """
    is_alone = threading.active_count() == 1 and "PySide6" not in sys.modules
    return "fork" if sys.platform == "linux" and is_alone else "spawn"


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

_shared: list[tuple[Pack, Office, Sender]] = []


def _begin(pack: Pack, office: Office, parent: int) -> None:
    """Keep what the orders share; leave Ctrl-C to the process that gave them, and end with it."""
    as_if_alone()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared[:] = [(pack, office, Sender(os.getpid()))]
    if hasattr(os, "getppid"):
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Be gone when the parent is, were it killed: a copy waits for it for ever else."""
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY_S)
    os._exit(1)


def _carried_out(orders: Sequence[Order]) -> Sent:
    pack, office, sender = _shared[0]
    return sender.sent([carried_out(order, pack, office) for order in orders])
