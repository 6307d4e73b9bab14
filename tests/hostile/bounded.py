"""Read files in a process of their own, its memory bounded, and say what that took."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 1 << 30

_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (%d, %d))
from forms.exchange.workbook_reader import read_file
from forms.exchange.sheets import UnreadableFile
for name in sys.argv[1:]:
    begun = time.process_time()
    try:
        sentence = f"read {sum(len(sheet.rows) for sheet in read_file(Path(name)))} rows"
    except UnreadableFile as fault:
        sentence = str(fault)
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps([sentence, time.process_time() - begun, peak]))
"""


class Told(msgspec.Struct, frozen=True):
    """What became of a file: the sentence, seconds of processor, the process's peak so far."""

    sentence: str
    cpu_s: float
    peak_mb: float


def bounded(paths: Sequence[Path]) -> list[Told]:
    """Read the files one after another with at most LIMIT_BYTES of address space."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM % (LIMIT_BYTES, LIMIT_BYTES), *map(str, paths)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [Told(*json.loads(line)) for line in done.stdout.splitlines()]
