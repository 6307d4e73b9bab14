"""Two revisions that answer in turn, each in a process of its own with its own environment."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.develop.bench.beside.checkout import NotThere, python_of
from tools.develop.console import ROOT, child_environment


class Side:
    """A script of this folder, run by a revision's Python on that revision's modules.

    It answers each line on its stdin with one line of JSON.
    """

    def __init__(self, folder: Path, script: str, *arguments: str) -> None:
        """Start it; it is ready once it has said which file of the revision it works with."""
        python = Path(sys.executable) if folder == ROOT else python_of(folder)
        self._home = tempfile.TemporaryDirectory()
        self._faults = Path(self._home.name, "faults")
        settings = {"PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen"}
        settings["XDG_CONFIG_HOME"] = self._home.name
        # Without -P this folder would come before the revision's own.
        command = [str(python), "-P", str(Path(__file__).with_name(script)), *arguments]
        with self._faults.open("wb") as faults:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=child_environment(settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=faults,
                encoding="utf-8",
            )
        if not Path(self.answer()).is_relative_to(folder):
            raise AssertionError(f"{script} measures another revision than that in {folder}")

    def asks(self, words: str) -> Any:
        """Ask for one run and return what it tells."""
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> Any:
        """Return the next line of what it tells.  Raises EOFError with its faults at its end."""
        assert self._process.stdout is not None
        if line := self._process.stdout.readline():
            return json.loads(line)
        self._process.wait()
        raise EOFError(self._faults.read_text(encoding="utf-8", errors="replace").strip())

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._home.cleanup()


@contextmanager
def both(
    then: Path, script: str, ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Side, Side]]:
    """Give this revision's side and the other's, each with its arguments.

    Raises NotThere where the other does not run here.
    """
    now = Side(ROOT, script, *ours)
    try:
        try:
            before = Side(then, script, *theirs)
        except EOFError as fault:
            raise NotThere(f"it does not run here:\n{fault}") from fault
        try:
            yield now, before
        finally:
            before.end()
    finally:
        now.end()
