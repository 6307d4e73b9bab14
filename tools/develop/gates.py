"""`dev.py test`: style, types, import contracts and the tests, all of them every time.

The types are looked at beside the tests, which are run by as many workers as there are cores.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.develop import qt_libraries
from tools.develop.console import call, capture, say
from tools.develop.environment import HERE

_TYPED = ("forms", "db", "desktop", "installer", "tools/develop", "dev.py")
_NO_TESTS_COLLECTED = 5
_ALONE = ("-n", "--numprocesses", "--dist", "-s", "--capture", "--pdb", "--trace")
_SETTINGS: Mapping[str, str] = {"QT_QPA_PLATFORM": "offscreen", "HYPOTHESIS_PROFILE": "gate"}
_MEMORY_DISK = Path("/dev/shm")
_ROOM_BYTES = 4 << 30  # a whole run leaves 3 GB where nothing is cleared away meanwhile


@dataclass(frozen=True)
class Outcome:
    """What a gate said, and how long it took."""

    name: str
    passed: bool
    output: str
    took_s: float

    def tell(self) -> None:
        """Say it; the output only of one that failed."""
        say(f"{self.name:8} {'ok' if self.passed else 'FAILED':6} {self.took_s:5.1f} s")
        if not self.passed:
            say(self.output.rstrip() + "\n")


def test(pytest_arguments: Sequence[str]) -> int:
    """Run every gate, even after one has failed; 0 only when all pass."""
    begun = time.monotonic()
    failed = []
    with _beside(_types) as types:
        for name, command in _quick_gates():
            outcome = _tried(name, command)
            outcome.tell()
            if not outcome.passed:
                failed.append(name)
        tests_passed = _tests_pass(pytest_arguments)
        outcome = types()
    outcome.tell()
    if not outcome.passed:
        failed.append(outcome.name)
    if not tests_passed:
        failed.append("tests")
    took = time.monotonic() - begun
    if failed:
        say(f"FAILED: {', '.join(failed)} ({took:.0f} s)")
        return 1
    say(f"All gates passed: style, layout, types, imports, tests ({took:.0f} s)")
    return 0


def renew_golden() -> int:
    """Take today's papers as the golden ones; look at the pictures before committing them."""
    code = call(
        [
            HERE.program("python"),
            "-m",
            "pytest",
            "tests/forms/output/test_golden.py",
            "--renew-golden",
        ]
    )
    say("Look at the pictures in tests/golden before you commit them: git status tests/golden")
    return code


def _quick_gates() -> list[tuple[str, list[str | Path]]]:
    python = HERE.program("python")
    return [
        ("style", [python, "-m", "ruff", "check", "."]),
        ("layout", [python, "-m", "ruff", "format", "--check", "."]),
        ("imports", [HERE.program("lint-imports")]),
    ]


def _types() -> Outcome:
    return _tried("types", [HERE.program("python"), "-m", "mypy", "--strict", *_TYPED])


def _tried(name: str, command: Sequence[str | Path]) -> Outcome:
    begun = time.monotonic()
    code, output = capture(command)
    return Outcome(name, code == 0, output, time.monotonic() - begun)


@contextmanager
def _beside(gate: Callable[[], Outcome]) -> Iterator[Callable[[], Outcome]]:
    """Run a gate beside what is done meanwhile; yields how to wait for it."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool.submit(gate).result


def _tests_pass(arguments: Sequence[str]) -> bool:
    without_qt: list[str] = []
    fault = qt_libraries.load_fault()
    if fault is not None:
        say(f"Qt can not be loaded: {fault}")
        qt_libraries.tell(qt_libraries.look())
        say("The tests run without Qt; those that need it are left out.")
        without_qt = ["-p", "no:pytest-qt"]
    begun = time.monotonic()
    say("tests …")
    code = call([*pytest(arguments), *without_qt], test_settings())
    passed = code == 0
    say(f"{'tests':8} {'ok' if passed else 'FAILED':6} {time.monotonic() - begun:5.1f} s")
    if code == _NO_TESTS_COLLECTED:
        say("pytest found no test to run.")
    return passed


def test_settings() -> dict[str, str]:
    """The environment of the tests; their folders lie in memory where there is such a disk.

    They write thousands of files that are synced and soon gone: on a disk a fifth of the time of
    those of the store is waiting for it. That data reach a disk is tried by `dev.py powercut`.
    """
    settings = dict(_SETTINGS)
    if _holds_tests(_MEMORY_DISK):
        settings["PYTEST_DEBUG_TEMPROOT"] = str(_MEMORY_DISK)
    return settings


def _holds_tests(folder: Path) -> bool:
    """Whether there is such a disk, with room, on which programs may be started."""
    try:
        disk = os.statvfs(folder)
    except (AttributeError, OSError):  # no system that has it; none there
        return False
    return disk.f_bavail * disk.f_frsize >= _ROOM_BYTES and not disk.f_flag & os.ST_NOEXEC


def pytest(arguments: Sequence[str]) -> list[str | Path]:
    """The command for these arguments, with as many workers as cores unless they settle that.

    Whoever looks at what is printed, or stops in a test, wants one process: `-s`, `--pdb`, `-n 0`.
    """
    command: list[str | Path] = [HERE.program("python"), "-m", "pytest", *arguments]
    if not any(part.startswith(_ALONE) or part.endswith("no:xdist") for part in arguments):
        command += ["-n", "auto", "--dist", "worksteal"]
    return command
