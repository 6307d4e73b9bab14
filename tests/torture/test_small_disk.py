"""A disk that really is full: a clear word, the former state, and work goes on when there is room.

A small file system of memory is mounted where that is allowed (as root); the limit that the
system puts on the size of a file does for every other POSIX machine.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.file_inside import look_inside
from db.store import open_store
from desktop.command_line.cli import main
from tests.desktop.clerk import GOOD, SECOND, TODAY, Clerk
from tests.scans import one_page
from tools.develop.torture.jobs import BEGIN
from tools.develop.torture.whole import Looker

DISK_KB = 4_096
LEFT_KB = (0, 24, 160, 400)
NUMBER = str(GOOD["专利号"])


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    place = tmp_path / "小盘"
    place.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if not mount or not unmount or not sys.platform.startswith("linux"):
        pytest.skip("no small disk can be mounted on this system")
    options = ["-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs"]
    made = subprocess.run([mount, *options, str(place)], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield place
    finally:
        subprocess.run([unmount, "-l", str(place)], check=True)


def fill(place: Path, left_kb: int) -> Path:
    """Fill a disk but for so much."""
    ballast = place / "占位.bin"
    free = shutil.disk_usage(place).free
    ballast.write_bytes(b"\0" * max(free - left_kb * 1024, 0))
    return ballast


def state(db: Path) -> tuple[list[str], int]:
    with open_store(db, now=lambda: BEGIN, create=False) as store:
        assert store.examine().faults == ()
        return [one.case.patent.title for one in store.cases.listed()], len(
            store.papers.submissions()
        )


@pytest.mark.parametrize("job", ["import", "export", "submit", "backup", "restore", "signed"])
def test_a_full_disk_at_any_time(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], job: str
) -> None:
    clerk = Clerk(disk, capsys)
    clerk.imports(GOOD)
    saved, out = disk / "备份.db", disk / "出"
    assert clerk.types("backup", saved).code == 0
    clerk.types("export", NUMBER, "--paper", "info", "--out", out)
    book = clerk.fills({**GOOD, "发明创造名称": "新的名称"}, SECOND, name="改.xlsx")
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(one_page("s" * 300_000))
    words: dict[str, tuple[object, ...]] = {
        "import": ("import", book),
        "export": ("export", "--out", out),
        "submit": ("submit", "--out", out),
        "backup": ("backup", saved),
        "restore": ("restore", saved),
        "signed": ("signed", "add", NUMBER, "--paper", "info", scan),
    }
    told = 0
    for left_kb in LEFT_KB:
        before = state(clerk.db)
        ballast = fill(disk, left_kb)
        answer = clerk.types(*words[job])
        ballast.unlink()
        assert "意外情况" not in answer.err
        Looker().look(disk, [clerk.db, ballast])
        assert look_inside(saved).cases == 1
        if answer.code == 2:
            told += 1
            assert "空间" in answer.err, answer.err
            assert state(clerk.db) == before
        for one in (*disk.rglob("*before-restore*"), *out.glob("示例*")):
            shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink()
    assert told
    assert clerk.types(*words[job]).code in (0, 1)  # there is room again


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the limit is POSIX's")
@pytest.mark.parametrize("job", ["import", "export", "submit", "backup", "restore"])
def test_a_file_that_may_grow_no_further(
    clerk: Clerk, tmp_path_factory: pytest.TempPathFactory, job: str
) -> None:
    clerk.imports(GOOD)
    saved, out = clerk.folder / "备份.db", clerk.folder / "出"
    clerk.types("backup", saved)
    rows = [{**row, "发明创造名称": "新" * 20} for row in (GOOD, SECOND)]
    book = clerk.fills(*rows, name="改.xlsx")
    words: dict[str, tuple[object, ...]] = {
        "import": ("import", book),
        "export": ("export", "--out", out),
        "submit": ("submit", "--out", out),
        "backup": ("backup", saved),
        "restore": ("restore", saved),
    }
    said = tmp_path_factory.mktemp("said") / "err"
    before = state(clerk.db)
    codes = set()
    for limit in (0, 4096, 16_384, 65_536):
        code = limited(clerk, words[job], limit, said)
        codes.add(code)
        answer = said.read_text(encoding="utf-8")
        assert "意外情况" not in answer
        assert "Traceback" not in answer
        assert code == 0 or answer.strip().endswith("。"), answer
        Looker().look(clerk.folder, [clerk.db])
        if code:
            assert state(clerk.db) == before
    assert 2 in codes
    assert clerk.types(*words[job]).code in (0, 1)


def limited(clerk: Clerk, words: tuple[object, ...], limit: int, said: Path) -> int:
    """Type a command in a process none of whose files may pass the limit (bytes)."""
    said.write_bytes(b"")
    typed = [*map(str, words), "--db", str(clerk.db), "--today", TODAY]
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            import resource

            reader, writer = os.pipe()  # what is said is no file, so no limit is on it
            os.dup2(writer, 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            code = main(typed)
            sys.stderr.flush()
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            said.write_bytes(os.read(reader, 65_000))
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
