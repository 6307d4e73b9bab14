"""Opening the store loads nothing it does not need."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

OPEN = """
import sys
from datetime import datetime
from pathlib import Path
from db.store import open_store

for _ in range(2):
    open_store(Path(sys.argv[1]), now=datetime.now).close()
heavy = {"db.migrations", "db.backup", "alembic", "openpyxl", "PySide6", "reportlab"}
print(sorted(heavy & sys.modules.keys()))
"""


def test_a_fresh_and_a_present_database_need_no_migrations(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path / "x.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
