"""A revision of the program in a folder of its own, with the packages of its own lock; kept."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

from tools.develop.console import ROOT, Trouble, child_environment
from tools.develop.environment import PROGRAM, Environment

TODAYS_BUILD = "72c8e39c8b989bcb8b8308e1e1cf171d60edb049"
"""The build beside which the program's papers and keystrokes are asked to be two or three times as
quick (issue 18)."""

_KEPT = ROOT / "out" / "beside"


class NotThere(Exception):
    """Why a revision can not be measured; its text says so to whoever reads the bench."""


def stood_up(revision: str) -> Path:
    """Return the folder of a revision, ready to run; one that stands already is taken as it is.

    Raises NotThere.
    """
    commit = _commit(revision)
    folder = _KEPT / commit[:12]
    if not (folder / ".git-revision").is_file():
        _unpack(commit, folder)
    try:
        # Not by its own dev.py, which wants its makers' packages, too: its program's are enough.
        Environment(folder).set_up((PROGRAM,))
    except Trouble as trouble:
        raise NotThere(f"{commit[:12]} could not be set up: {trouble}") from trouble
    return folder


def python_of(folder: Path) -> Path:
    """Return the Python of a revision's environment."""
    return Environment(folder).program("python")


def _commit(revision: str) -> str:
    if shutil.which("git") is None:
        raise NotThere("git is not installed")
    done = _run(["git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], ROOT)
    if done.returncode:
        raise NotThere(f"this folder's history does not hold {revision} (a source archive?)")
    return done.stdout.decode().strip()


def _unpack(commit: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    archive = folder / "archive.tar"
    done = _run(["git", "archive", f"--output={archive}", commit], ROOT)
    if done.returncode:
        raise NotThere(f"git has no archive of {commit[:12]}:\n{_words(done)}")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    (folder / ".git-revision").write_text(commit, encoding="utf-8")  # the last: all of it is there


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        cwd=folder,
        env=child_environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode(errors="replace").strip()
