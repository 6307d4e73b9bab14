"""The session ends while somebody types: the window closes as if it had been closed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.store import open_store
from tests.desktop.gui.seat import NOW

ROOT = Path(__file__).parents[3]

TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.program import app
from forms.facts.record import Case, Office

real = app.Program.open

def opened(program, files=()):
    real(program, files)
    program.desk.store.parties.set_office(Office(name="某大学"))
    program._settings.set("started", True)
    window = program._show_main()
    window.show_place("wizard", {"case_id": None})
    window.page.go_to("patent.title")
    window.page.session.draft.type("patent.title", "刚输入的名称")
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), getattr(signal, sys.argv[2])))

app.Program.open = opened
sys.exit(app.main(["--data", sys.argv[1]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
def test_what_was_typed_is_kept_when_the_session_ends(tmp_path: Path, sent: str) -> None:
    data = tmp_path / "资料"
    homes = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    ended = subprocess.run(
        [sys.executable, "-c", TYPING, str(data), sent],
        cwd=ROOT,
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    with open_store(data / "openlicense.db", now=lambda: NOW) as store:
        assert [one.case.patent.title for one in store.cases.listed()] == ["刚输入的名称"]
    assert not list(data.glob("*-wal"))  # closed in order
