#!/usr/bin/env bash
# Qt's own file dialog (the one shown where the desktop offers none) opens and closes every file
# of the folder that it shows, whatever its filter, to tell their kinds.  On Linux the closing
# drops the POSIX locks that SQLite has on a database in the same process: the next program takes
# itself for the only user and removes the write-ahead log, and what the first one commits from
# then on goes into a deleted file.
#
# It would hurt whoever keeps data in SQLite and has a file dialog: a clerk who merely looks into
# the folder of the data loses what is saved afterwards.  Held by tests/desktop/gui/
# test_file_dialog.py; the way round is desktop/parts/widgets/file_dialog.py.
#
# Exits with 1 where that is no longer so.
set -eu
[ "$(uname)" = Linux ] || { echo "only Linux shows locks"; exit 0; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet PySide6-Essentials==6.8.3
cat > "$place/try.py" <<'PYTHON'
import os, sqlite3, subprocess, sys
from pathlib import Path

import PySide6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

folder = Path(sys.argv[1])
folder.mkdir()
file = folder / "data.db"
print("PySide6", PySide6.__version__, "SQLite", sqlite3.sqlite_version)


def locks():
    mine = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return sum(w[4] == str(os.getpid()) and w[5].endswith(f":{file.stat().st_ino}") for w in mine)


connection = sqlite3.connect(file, isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("CREATE TABLE t (a)")
connection.execute("INSERT INTO t VALUES (1)")
before = locks()
app = QApplication([])
dialog = QFileDialog(None, "", str(folder), "Tables (*.xlsx)")
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.show()
QTest.qWait(3000)
dialog.close()
after = locks()
print("locks on the database before the dialog:", before, "after it:", after)
look = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM t').fetchone())"
subprocess.run([sys.executable, "-c", look, file], check=True, stdout=subprocess.DEVNULL)
connection.execute("INSERT INTO t VALUES (2)")
mine = connection.execute("SELECT count(*) FROM t").fetchone()[0]
theirs = int(subprocess.run([sys.executable, "-c", look, file], check=True, capture_output=True).stdout)
print("rows that the first program has committed:", mine, "rows that another one sees:", theirs)
sys.exit(0 if before and not after and theirs < mine else 1)
PYTHON
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/try.py" "$place/folder"
# Seen: PySide6 6.8.3, SQLite 3.40.1
#   locks on the database before the dialog: 1 after it: 0
#   rows that the first program has committed: 2 rows that another one sees: 1
