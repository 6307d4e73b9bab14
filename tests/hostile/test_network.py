"""The main job needs no network and opens no internet socket."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOCAL = {"QLocalServer", "QLocalSocket"}
ROOT = Path(__file__).resolve().parents[2]

_GUARDED = """
import socket, sys
INTERNET = {socket.AF_INET, socket.AF_INET6}
asked = []
def guard(event, args):
    if event == "socket.__new__" and args[1] in INTERNET:
        asked.append(event)
    elif event in ("socket.connect", "socket.bind", "socket.sendto") and args[0].family in INTERNET:
        asked.append(event)
    elif event.startswith(("socket.get", "urllib.", "http.", "smtplib.", "ftplib.")):
        asked.append(event)
    elif event in ("webbrowser.open", "os.startfile"):
        asked.append(event)
sys.addaudithook(guard)
from desktop.command_line.cli import main
code = main(["demo", "--out", sys.argv[1], "--today", "2022-09-01"])
sys.exit(f"asked: {asked}" if asked else code)
"""

# Any other job of the same program, watched alike.
_LISTING = _GUARDED.replace(
    'main(["demo", "--out", sys.argv[1], "--today", "2022-09-01"])',
    'main(["list", "--db", sys.argv[1]])',
)


def run(words: list[str], out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*words, str(out)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_the_guard_sees_what_it_is_there_for(tmp_path: Path) -> None:
    watched = _LISTING.replace(
        "from desktop.command_line.cli", "socket.socket()\nfrom desktop.command_line.cli"
    )
    ended = run([sys.executable, "-c", watched], tmp_path / "openlicense.db")
    assert "asked: ['socket.__new__']" in ended.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux takes networks away")
def test_the_main_job_runs_where_no_network_exists_and_asks_for_none(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _GUARDED]
    unshare = shutil.which("unshare")
    alone = [unshare or "unshare", "--net", "--map-root-user"]
    if not unshare or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        alone = []  # not allowed here: the guard alone must do
    ended = run([*alone, *words], tmp_path / "演示")
    assert ended.returncode == 0, ended.stderr
    assert "程序不联网" in ended.stdout
    assert list((tmp_path / "演示" / "报送包").glob("*.zip"))


def test_no_package_of_ours_imports_what_speaks_to_the_network() -> None:
    """What the guard can not see because it is not reached is not there at all."""
    words = ("import socket", "import ssl", "urllib.request", "http.client", "import smtplib",
             "webbrowser", "requests", "asyncio")  # fmt: skip
    for folder in ("forms", "db", "desktop"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for word in words:
                if (path.name, word) == ("server_tls.py", "import ssl"):  # see below
                    continue
                lines = [line for line in text.splitlines() if word in line and "import" in line]
                assert not lines, (path, lines)
            # Qt's local sockets are files of this user's; all else of QtNetwork is the internet's.
            names = re.findall(r"from PySide6.QtNetwork import ([^\n]*)", text)
            assert "import QtNetwork" not in text and "QTcp" not in text and "QUdp" not in text
            assert {name.strip() for one in names for name in one.split(",")} <= LOCAL, path


_WITHOUT_SERVER = """
import sys
from desktop.command_line.cli import main
code = main(["list", "--db", sys.argv[1]])
driver = {"pg8000", "scramp", "db.server_connection", "db.server_tls", "db.server_door"}
sys.exit(f"loaded: {driver & set(sys.modules)}" if driver & set(sys.modules) else code)
"""


def test_what_speaks_to_a_server_is_loaded_for_the_address_of_one_alone(tmp_path: Path) -> None:
    ended = run([sys.executable, "-c", _WITHOUT_SERVER], tmp_path / "openlicense.db")
    assert ended.returncode == 0, ended.stderr
    for path in (*(ROOT / "forms").rglob("*.py"), *(ROOT / "desktop").rglob("*.py")):
        assert "pg8000" not in path.read_text(encoding="utf-8"), path


def test_only_a_named_server_is_asked_for(tmp_path: Path) -> None:
    """Port 9 answers nobody: the clerk is told, and nothing else was spoken to."""
    address = "postgresql://clerk:geheim@127.0.0.1:9/openlicense"
    words = [sys.executable, "-c", _LISTING, address]
    ended = subprocess.run(
        words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert "连不上共享数据库“clerk@127.0.0.1:9/openlicense”" in ended.stderr
    asked = ended.stderr.splitlines()[-1]
    assert asked.startswith("asked: ['socket.getaddrinfo', 'socket.__new__', 'socket.connect']")
    assert "geheim" not in ended.stdout + ended.stderr
