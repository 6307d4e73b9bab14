"""The torturer's side of the process that forks: programs are started, killed, waited for."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from tools.develop.torture.together.forking import Ended, Kill, Wanted
from tools.develop.torture.whole import Broken

_LONGEST_S = 900.0
_LOOK_S = 0.02


class Program:
    """A program that was started; `code` is None while it lives, negative where it was killed."""

    def __init__(self, wanted: Wanted, say: Callable[[bytes], None]) -> None:
        self.wanted = wanted
        self.code: int | None = None
        self.begun = time.monotonic()
        self._say = say
        self._orders = -1
        if wanted.orders:
            os.mkfifo(wanted.orders)
            self._orders = os.open(wanted.orders, os.O_RDWR | os.O_NONBLOCK)
        say(msgspec.json.encode(wanted))

    @property
    def lives(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self.code is None

    @property
    def was_killed(self) -> bool:
        """Whether it was killed; a program that crashed ends by another signal."""
        return self.code == -signal.SIGKILL

    def order(self, what: str, **facts: Any) -> None:
        """Tell a window what to do next."""
        os.write(self._orders, (json.dumps({"do": what, **facts}) + "\n").encode())

    def kill(self) -> None:
        """Kill it, if it still lives."""
        self._say(msgspec.json.encode(Kill(self.wanted.name)))

    def said(self) -> list[dict[str, Any]]:
        """Return a window's acknowledgements, each line whole."""
        try:
            text = Path(self.wanted.says).read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def printed(self) -> str:
        """Return what a command has printed."""
        return Path(self.wanted.says).read_text(encoding="utf-8")

    def complained(self) -> str:
        """Return what a program has said on its standard error."""
        try:
            return Path(f"{self.wanted.says}.err").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def clear(self) -> None:
        """Take its files away."""
        if self._orders >= 0:
            os.close(self._orders)
            self._orders = -1
        for path in (self.wanted.orders, self.wanted.says, f"{self.wanted.says}.err"):
            if path:
                Path(path).unlink(missing_ok=True)


class Nursery:
    """The process that forks, and the programs it was asked for."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.develop.torture.together.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._programs: dict[str, Program] = {}
        self._heard = b""
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"\n":
            raise Broken("the programs can not be loaded")

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End them all."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        for program in self._programs.values():
            program.clear()

    def start(self, wanted: Wanted) -> Program:
        """Start a program."""
        program = Program(wanted, self._say)
        self._programs[wanted.name] = program
        return program

    def begin(self, root: str, acks: Path, order: str) -> Program:
        """Start a job that is told by an order; it acknowledges in a file."""
        return self.start(
            Wanted(name=acks.name, kind="job", root=root, says=str(acks), words=(order,))
        )

    def end_of(self, program: Program) -> int:
        """Wait for a program's end; negative where it was killed.  Raises Broken."""
        self.wait(lambda: not program.lives, program.wanted.name)
        Path(f"{program.wanted.says}.err").unlink(missing_ok=True)
        assert program.code is not None
        return program.code

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so, hearing who has ended.  Raises Broken."""
        until = time.monotonic() + _LONGEST_S
        while not self._listen() or not is_so():
            if time.monotonic() > until:
                raise Broken(f"it takes too long: {what}")

    def pause(self, seconds: float) -> None:
        """Let the programs work for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._listen(min(_LOOK_S, max(until - time.monotonic(), 0.0)))

    def _say(self, line: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + b"\n")
        self._process.stdin.flush()

    def _listen(self, for_s: float = _LOOK_S) -> bool:
        stdout = self._process.stdout
        assert stdout is not None
        ready, _, _ = select.select([stdout], [], [], for_s)
        if ready:
            chunk = os.read(stdout.fileno(), 65_536)
            if not chunk:
                raise Broken("the process that forks has ended")
            *lines, self._heard = (self._heard + chunk).split(b"\n")
            for line in lines:
                ended = msgspec.json.decode(line, type=Ended)
                self._programs.pop(ended.name).code = ended.code
        return True
