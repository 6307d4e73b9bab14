"""The process that is killed: forked where the system can, so that it begins at once.

One with a window is forked by a nursery, which never had a window, or without one started anew.

It is killed from outside at a moment of the clock, or kills itself just before the n-th
making, syncing, renaming or removing of a file, in the middle of the n-th writing, or after
so many steps of SQLite's machine.
"""

import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from forms.ground.for_the_clerk import ForTheClerk
from tools.develop.torture.jobs import JOBS, WINDOW_JOBS, Place
from tools.develop.torture.whole import Broken

if TYPE_CHECKING:
    from tools.develop.torture.together.nursery import Nursery, Program

Mode = Literal["clock", "file", "step", "never"]
"""What decides the moment of the kill."""

FORKS = hasattr(os, "fork")
_FILE_EVENTS = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "sqlite3.connect"}
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STEPS_AT_ONCE = 100


class Order(msgspec.Struct, frozen=True):
    """What a worker does and when it dies: `at` counts files or steps, as the mode says."""

    job: str
    root: str
    seed: int
    mode: Mode = "never"
    at: int = 0

    @property
    def acks(self) -> Path:
        """Where it acknowledges: beside the office's folder."""
        return Path(f"{self.root}-acks-{self.seed}.txt")


class Worker:
    """A worker that has begun."""

    def __init__(self, order: Order, nursery: "Nursery | None" = None) -> None:
        """Start it."""
        self.order = order
        self._child: subprocess.Popen[bytes] | None = None
        self._nursery = nursery
        self._program: Program | None = None
        self._pid = 0
        self._killed: bool | None = None
        text = msgspec.json.encode(order).decode()
        if FORKS and order.job not in WINDOW_JOBS:
            self._pid = _forked(order)
        elif nursery is not None:
            self._program = nursery.begin(order.root, order.acks, text)
        else:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "tools.develop.torture.worker", text],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def kill(self) -> None:
        """Kill it, if it still lives."""
        if self._child is not None:
            self._child.kill()
        elif self._program is not None:
            self._program.kill()
        else:
            os.kill(self._pid, signal.SIGKILL)  # not waited for yet, so the number is its own

    def wait(self) -> bool:
        """Wait for its end; True where it was killed.  Raises Broken where it has crashed."""
        if self._killed is None:
            if self._child is not None:
                code = self._child.wait()
            elif self._program is not None and self._nursery is not None:
                code = self._nursery.end_of(self._program)
            else:
                code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            if code < 0 and code != -signal.SIGKILL:
                raise Broken(f"{self.order.job} has crashed: {code}")
            self._killed = code != 0
        return self._killed

    def acks(self) -> list[dict[str, Any]]:
        """Return what it acknowledged, each line whole."""
        try:
            lines = self.order.acks.read_text(encoding="utf-8").splitlines(keepends=True)
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in lines if line.endswith("\n")]


def _forked(order: Order) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads
        pid = os.fork()
    if pid == 0:
        try:
            silent = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(silent, stream)
            carry_out(order)
        finally:
            os._exit(0)
    return pid


def carry_out(order: Order) -> None:
    """Do a job, acknowledging; a word for the clerk is a "problem", anything else a "bug"."""
    handle = os.open(order.acks, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def ack(what: str, **facts: Any) -> None:
        os.write(handle, (json.dumps({"what": what, **facts}) + "\n").encode())

    rng = random.Random(order.seed)
    try:
        events = arm(order)
        JOBS[order.job](Place(Path(order.root)), rng, ack)
        ack("done", files=events.files, steps=events.steps)
    except ForTheClerk as problem:
        ack("problem", kind=type(problem).__name__, said=str(problem))
    except BaseException:
        ack("bug", trace=traceback.format_exc())


class _Events:
    """Counts what the process does to files and in SQLite, and kills it at the right one."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.files = 0
        self.steps = 0

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FILE_EVENTS or (event == "open" and arguments[2] & _WRITES):
            self.touch()

    def touch(self, first: Callable[[], object] = lambda: None) -> None:
        """Count a change of a file; die if it is the one, having done something first."""
        self.files += 1
        if self.order.mode == "file" and self.files == self.order.at:
            first()
            _die_now()

    def stepped(self) -> int:
        self.steps += 1
        if self.order.mode == "step" and self.steps == self.order.at:
            _die_now()
        return 0


class _Torn:
    """A file in whose writing the process may die, half of it done."""

    def __init__(self, file: Any, events: _Events) -> None:
        self._file = file
        self._events = events

    def write(self, content: Any) -> int:
        def half() -> None:
            self._file.write(content[: len(content) // 2])
            self._file.flush()

        self._events.touch(half)
        return int(self._file.write(content))

    def __enter__(self) -> "_Torn":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def arm(order: Order) -> _Events:
    """Arrange the death of this process, which does nothing else hereafter."""
    events = _Events(order)
    connect, opens, fsync = sqlite3.connect, io.open, os.fsync

    def connected(*arguments: Any, **settings: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **settings)
        connection.set_progress_handler(events.stepped, _STEPS_AT_ONCE)
        return connection

    def opened(file: Any, mode: str = "r", *arguments: Any, **settings: Any) -> Any:
        made = opens(file, mode, *arguments, **settings)
        return _Torn(made, events) if set(mode) & set("wxa") else made

    def synced(fd: Any) -> None:
        events.touch()
        fsync(fd)

    io.open = opened
    os.fsync = synced
    sqlite3.connect = connected  # type: ignore[assignment]
    sys.addaudithook(events.heard)
    return events


def _die_now() -> None:
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(1)  # as near to it as Windows has from inside


if __name__ == "__main__":
    carry_out(msgspec.json.decode(sys.argv[1], type=Order))
