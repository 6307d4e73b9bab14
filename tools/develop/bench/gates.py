"""How long the gates of a change take: `dev.py test`, whole."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from tools.develop.bench.figures import Figure
from tools.develop.console import ROOT, child_environment, say

_ASKED_S = 240


def gate_figures() -> Iterator[Figure]:
    """One run by the clock; none, and a word, where a gate does not hold."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "dev.py", "test"],
        cwd=ROOT,
        env=child_environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    took_s = time.perf_counter() - began
    if done.returncode:
        say("not measured  dev.py test: a gate does not hold, and what broke off took less")
        return
    yield Figure(name="dev.py test", value=took_s, unit="s", target=_ASKED_S, note="on the clock")
