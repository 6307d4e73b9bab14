"""A province's packages taken in: read, checked, judged, kept (`tools.province`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.develop.bench.figures import Figure
from tools.develop.console import say

_ASKED_S = 60
_PATENTS_EACH = 50


def intake_figures(folder: Path, count: int) -> Iterator[Figure]:
    """So many patents of offices that each send fifty, some packages spoiled as they come."""
    if os.name == "nt":
        say("not measured  intake of packages: its memory is told by Linux alone")
        return
    began = time.perf_counter()
    _run("make", folder, "--offices", str(count // _PATENTS_EACH), "--patents", str(_PATENTS_EACH))
    made_in = time.perf_counter() - began
    told: dict[str, Any] = json.loads(_run("measure", folder))
    yield Figure(
        name=f"intake of {count:,} patents",
        value=told["seconds"],
        unit="s",
        target=_ASKED_S * count / 10_000,
        note=f"on the clock, every core; {told['processor_seconds']} s of the processor;"
        f" {told['packages']} packages, {told['patents']:,} patents of them taken in;"
        f" again {told['again']['seconds']} s; made in {made_in:.0f} s",
    )


def _run(what: str, folder: Path, *others: str) -> str:
    command = [sys.executable, "-m", "tools.province", what, str(folder), *others]
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ).stdout
