"""The process that has loaded everything and forks a program the moment it is wanted.

It is given JSON lines on its standard input and says on its standard output which child ended,
and how.  It never opens the data itself: what a child has of them is the child's alone.
"""

import gc
import io
import os
import pkgutil
import select
import signal
import sys
import traceback
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec

from tools.develop.torture.disk import lie_on
from tools.develop.torture.jobs import write_book
from tools.develop.torture.worker import Mode, Order, arm, carry_out

Kind = Literal["window", "command", "job"]


_ROOMS = ("forms", "db", "desktop")
_LOADED = ("PySide6.QtTest", "PySide6.QtWidgets", "tools.develop.torture.together.seat")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A program to be started: a window on a folder, a command with its words, or a job.

    A job's one word is its order as JSON; it acknowledges where that says.  What a command prints
    goes to the file `says`; a window reads orders from the pipe `orders` and acknowledges in
    `says`.  `mounts` is a file in the manner of /proc/mounts, by which the program takes the disk
    for what the trial wants; "" for what it is.
    """

    name: str
    kind: Kind
    root: str
    says: str
    words: tuple[str, ...] = ()
    orders: str = ""
    seed: int = 0
    mounts: str = ""
    mode: Mode = "never"
    at: int = 0


class Ended(msgspec.Struct, frozen=True):
    """A child has ended; a negative code is the signal that killed it."""

    name: str
    code: int


class Kill(msgspec.Struct, frozen=True):
    """A child is to be killed, if it still lives."""

    kill: str


def load() -> None:
    """Load what every program needs: all of ours, and what a command's work fetches later.

    For that some commands are done once on data of their own.
    """
    for name in _LOADED:
        import_module(name)
    for room in map(import_module, _ROOMS):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    from desktop.command_line.cli import main as command

    with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        book, data = Path(folder) / "专利.xlsx", str(Path(folder) / "openlicense.db")
        write_book(book, "先")
        for words in (
            ["import", str(book)],
            ["check"],
            ["delete", "案卷1"],
            ["backup"],
            ["verify"],
        ):
            command([*words, "--db", data])
    gc.collect()
    gc.freeze()  # so that children share it


class Forks:
    """The children that live, by name."""

    def __init__(self) -> None:
        self._living: dict[int, str] = {}

    def heed(self, line: bytes) -> None:
        """Start or kill one."""
        asked = msgspec.json.decode(line)
        if "kill" in asked:
            for pid, name in self._living.items():
                if name == asked["kill"]:
                    os.kill(pid, signal.SIGKILL)  # not reaped yet, so the number is its own
            return
        wanted = msgspec.convert(asked, Wanted)
        pid = os.fork()
        if pid == 0:
            _be(wanted)
        self._living[pid] = wanted.name

    def reap(self) -> None:
        """Say who has ended."""
        while self._living:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            ended = Ended(self._living.pop(pid), os.waitstatus_to_exitcode(status))
            os.write(1, msgspec.json.encode(ended) + b"\n")

    def kill_all(self) -> None:
        """Leave nobody behind."""
        for pid in self._living:
            os.kill(pid, signal.SIGKILL)
        for pid in self._living:
            os.waitpid(pid, 0)


def main() -> None:
    """Serve until the standard input ends."""
    load()
    woken, waker = os.pipe()
    for end in (woken, waker):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    forks, rest = Forks(), b""
    os.write(1, b"\n")  # loaded
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
        forks.reap()
        if 0 in ready:
            chunk = os.read(0, 65_536)
            if not chunk:
                break
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                forks.heed(line)
    forks.kill_all()


def _be(wanted: Wanted) -> None:
    """Be the program that was wanted; never returns."""
    code = 99
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _speak_into(wanted)
        lie_on(wanted.mounts)
        if wanted.kind == "window":
            from tools.develop.torture.together.seat import sit

            code = sit(wanted)
        elif wanted.kind == "job":
            carry_out(msgspec.json.decode(wanted.words[0], type=Order))
            code = 0
        else:
            from desktop.command_line.cli import main as command

            arm(Order(job="", root=wanted.root, seed=0, mode=wanted.mode, at=wanted.at))
            code = command(list(wanted.words))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _speak_into(wanted: Wanted) -> None:
    """Let what is printed go into files: a command's output, its complaints, a window's."""
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
    out = wanted.says if wanted.kind == "command" else os.devnull
    for path, stream in ((os.devnull, 0), (out, 1), (f"{wanted.says}.err", 2)):
        handle = os.open(path, os.O_RDWR if stream == 0 else flags, 0o600)
        os.dup2(handle, stream)
        os.close(handle)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main()
