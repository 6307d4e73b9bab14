"""What dev.py says, and how it starts other programs. Never a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Trouble(Exception):
    """Something the person at the keyboard can mend; its text says what and how."""


def speak_utf8() -> None:
    """Let Chinese through on every console, and never fail for a character it can not show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if os.name == "nt":
                reconfigure(encoding="utf-8", errors="replace")
            else:
                reconfigure(errors="replace")


def say(text: str) -> None:
    """Print a line at once, so that it stands before what a child prints."""
    print(text, flush=True)


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for our children: UTF-8, and no Python settings from outside.

    They keep what they compiled: the tests start hundreds of programs.
    """
    unwanted = {
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "__PYVENV_LAUNCHER__",
    }
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment["PYTHONUTF8"] = "1"
    environment.update(extra or {})
    return environment


def call(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Run a program in the project's folder with our own console; return its exit code."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=child_environment(extra), check=False
    ).returncode


def capture(
    command: Sequence[str | Path], extra: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a program in the project's folder; return its exit code and all it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=child_environment(extra),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout
