"""The lock files: what was asked for, whole, each with one version and hashes, and nothing else."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.develop.lock import Pin, normalized, parse, pins

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (
    *("requirements.txt", "requirements-dev.txt"),
    *("requirements-bundle.txt", "requirements-bench.txt"),
)


def locked(name: str) -> list[Pin]:
    return pins(ROOT / name)


def keys(found: list[Pin]) -> set[str]:
    return {pin.key for pin in found}


def asked(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def test_a_lock_is_read_with_extras_markers_and_hashes() -> None:
    first, second = parse(
        "# by uv\n"
        f"Some_Name[b,a]==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'0' * 64} \\\n"
        f"    --hash=sha256:{'1' * 64}\nplain==2\n"
    )
    assert (first.key, first.version, first.extras) == ("some-name", "1.0", {"a", "b"})
    assert first.marker == "sys_platform == 'win32'"
    assert first.hashes == ("0" * 64, "1" * 64)
    assert (second.name, second.version, second.marker, second.hashes) == ("plain", "2", "", ())


@pytest.mark.parametrize("line", ["one>=1", "one", "one @ file:///one.whl", "-r other.txt"])
def test_a_line_that_pins_no_version_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not one version"):
        list(parse(line))


@pytest.mark.parametrize("lock", LOCKS)
def test_it_names_no_host_and_no_folder(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for word in ("http", "://", "--index-url", "--extra-index-url", "--find-links", "file:", " @ "):
        assert word not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes(lock: str) -> None:
    assert locked(lock)
    assert all(pin.hashes for pin in locked(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_an_extra_that_a_package_demands_is_locked_with_it(lock: str) -> None:
    """Else older pips look it up anew, find a newer release, and refuse it for want of a hash."""
    found = locked(lock)
    by_key = {pin.key: pin for pin in found}
    demanded = 0
    for pin in found:
        for wanted in requirements_of(pin):
            if wanted.extras:
                demanded += 1
                there = by_key[normalized(wanted.name)]
                assert wanted.extras <= there.extras, f"{pin.name} demands {wanted}"
    assert demanded or lock != "requirements-dev.txt", "the test has lost its object"


def requirements_of(pin: Pin) -> list[Requirement]:
    """What a locked package demands here, with its locked extras; nothing of one not installed."""
    try:
        stated = [Requirement(line) for line in requires(pin.name) or ()]
    except PackageNotFoundError:
        return []
    return [
        one
        for one in stated
        if one.marker is None
        or any(one.marker.evaluate({"extra": extra}) for extra in pin.extras | {""})
    ]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_nothing_that_a_package_demands_is_missing(lock: str) -> None:
    """pip is told to resolve nothing, so the lock alone must be whole."""
    found = locked(lock)
    for pin in found:
        missing = {normalized(one.name) for one in requirements_of(pin)} - keys(found)
        assert not missing, f"{pin.name} demands {missing}"


def test_the_makers_lock_holds_the_programs_lock_exactly() -> None:
    program = {pin.text for pin in locked("requirements.txt")}
    assert program <= {pin.text for pin in locked("requirements-dev.txt")}


def test_what_freezes_the_program_agrees_with_its_packages() -> None:
    program, bundle = locked("requirements.txt"), locked("requirements-bundle.txt")
    shared = keys(program) & keys(bundle)
    assert {pin.text for pin in bundle if pin.key in shared} <= {pin.text for pin in program}


@pytest.mark.parametrize("name", [lock.removesuffix(".txt") for lock in LOCKS])
def test_what_is_asked_for_is_locked(name: str) -> None:
    by_key = {pin.key: pin for pin in locked(f"{name}.txt")}
    for wanted in asked(f"{name}.in"):
        assert wanted.extras <= by_key[normalized(wanted.name)].extras


def test_every_package_the_program_runs_on_is_in_the_notices() -> None:
    text = (ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8")
    notices = re.sub(r"[-_.]+", "-", text).lower()
    missing = {key for key in keys(locked("requirements.txt")) if f"| {key} " not in notices}
    assert not missing
