"""`dev.py test`: style, types, import contracts and the tests, all of them every time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tools.develop import qt_libraries
from tools.develop.console import call, capture, say
from tools.develop.environment import program

_TYPED = ("forms", "db", "desktop", "installer", "tools/develop", "dev.py")
_NO_TESTS_COLLECTED = 5


def test(pytest_arguments: Sequence[str]) -> int:
    """Run every gate, even after one has failed; 0 only when all pass."""
    begun = time.monotonic()
    failed = [name for name, command in _gates() if not _passes(name, command)]
    if not _tests_pass(pytest_arguments):
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
        [program("python"), "-m", "pytest", "tests/forms/output/test_golden.py", "--renew-golden"]
    )
    say("Look at the pictures in tests/golden before you commit them: git status tests/golden")
    return code


def _gates() -> list[tuple[str, list[str | Path]]]:
    python = program("python")
    return [
        ("style", [python, "-m", "ruff", "check", "."]),
        ("layout", [python, "-m", "ruff", "format", "--check", "."]),
        ("types", [python, "-m", "mypy", "--strict", *_TYPED]),
        ("imports", [program("lint-imports")]),
    ]


def _passes(name: str, command: Sequence[str | Path]) -> bool:
    begun = time.monotonic()
    code, output = capture(command)
    say(f"{name:8} {'ok' if code == 0 else 'FAILED':6} {time.monotonic() - begun:5.1f} s")
    if code != 0:
        say(output.rstrip() + "\n")
    return code == 0


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
    settings = {"QT_QPA_PLATFORM": "offscreen", "HYPOTHESIS_PROFILE": "gate"}
    code = call([program("python"), "-m", "pytest", *without_qt, *arguments], settings)
    passed = code == 0
    say(f"{'tests':8} {'ok' if passed else 'FAILED':6} {time.monotonic() - begun:5.1f} s")
    if code == _NO_TESTS_COLLECTED:
        say("pytest found no test to run.")
    return passed
