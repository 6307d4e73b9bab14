"""What is said where a set-up fails: one sentence with what to do, from all that pip said."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from tools.develop import bare
from tools.develop.console import Trouble
from tools.develop.environment import PROGRAM, Environment
from tools.develop.packages import cause, explain

NOT_FOUND = "ERROR: No matching distribution found for six==1.17.0\n"


def broken_by(what: str) -> str:
    """As pip 22.3 to 26.3 tell of a way that is cut: warnings first, then what it lacks."""
    return (
        "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by "
        f"'{what}': /simple/six/\n{NOT_FOUND}"
    )


NETWORK = "No Python package index can be reached"
PROXY = "The proxy that is set refuses"
FULL = "The disk is full"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (broken_by("NewConnectionError('…: [Errno 111] Connection refused')"), NETWORK),
        (broken_by("NewConnectionError('…: [Errno -2] Name or service not known')"), NETWORK),
        (broken_by("ReadTimeoutError('Read timed out. (read timeout=15)')"), NETWORK),
        (broken_by("ProxyError('Cannot connect to proxy.', OSError('…'))"), PROXY),
        (broken_by("OSError('Tunnel connection failed: 407 …')"), PROXY),
        (broken_by("SSLError(SSLCertVerificationError(1, '…'))"), "The package index has a cert"),
        (NOT_FOUND, "The package index gives no file of six==1.17.0 for Python 3."),
        (
            "ERROR: HTTP error 404 while getting https://example.invalid/a/six-1.17.0-py3-none-any"
            ".whl#sha256=00\n",
            "The package index lists six-1.17.0-py3-none-any.whl and does not have it",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …", "The package index gave another"),
        ("ERROR: … due to an OSError: [Errno 28] No space left on device", FULL),
        ("ERROR: … [WinError 112] There is not enough space on the disk", FULL),
        ("ERROR: … [Errno 13] Permission denied: '/usr/lib'", "Something may not be written"),
        ("ERROR: … [WinError 5] Access is denied: 'C:\\\\a'", "Something may not be written"),
    ],
)
def test_the_cause_is_told_in_one_sentence(said: str, told: str) -> None:
    sentence = cause(said)
    assert sentence is not None
    assert sentence.startswith(told)
    assert "\n" not in sentence


def test_what_pip_said_is_kept_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told = explain("ERROR: the moon is full\n", "It could not be done.")
    assert told.startswith("It could not be done. Then try again.\n")
    log = Path(told.rpartition(": ")[2])
    assert log.read_text(encoding="utf-8") == "ERROR: the moon is full\n"


def test_where_nothing_can_be_written_the_cause_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert explain("OSError: [Errno 28]", "").count("\n") == 0


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, FULL), (errno.EACCES, "Permission denied")]
)
def test_a_disk_that_takes_no_more_of_ours_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    def create(home: Path) -> None:
        raise OSError(number, os.strerror(number), str(home))

    monkeypatch.setattr(bare, "create", create)
    for name in (PROGRAM.lock, "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match=told):
        Environment(tmp_path).set_up([PROGRAM])


def test_a_lock_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"requirements\.txt is missing"):
        Environment(tmp_path).set_up([PROGRAM])


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / ".venv" / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    for name in (PROGRAM.lock, "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match="move it away"):
        Environment(tmp_path).set_up([PROGRAM])
    assert mine.exists()
