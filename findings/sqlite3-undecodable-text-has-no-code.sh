#!/usr/bin/env bash
# Since Python 3.11 errors of sqlite3 carry `sqlite_errorcode`, by which a program tells a full
# disk from a lock from damage.  The one for a text that is no UTF-8 carries none: sqlite3 makes
# it itself, as OperationalError, the class of locks and full disks.  The attribute is not None
# but absent.  SQLAlchemy hands it on the same way.  And the data pass every check: SQLite's
# integrity_check finds nothing wrong with such a text.
#
# It would hurt whoever sorts errors by their code: what a disk spoiled in the middle of a text
# comes out as a fault nobody knows, while the file is called whole.  db/store_problems.py goes by the
# message; tests/db/test_examine.py holds it.
#
# Exits with 1 where that is no longer so.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet SQLAlchemy==2.1.9
cat > "$place/try.py" <<'PYTHON'
import sqlite3, sys
import sqlalchemy
from sqlalchemy import create_engine, text

print("Python", sys.version.split()[0], "SQLite", sqlite3.sqlite_version, "SQLAlchemy", sqlalchemy.__version__)
engine = create_engine(f"sqlite:///{sys.argv[1]}")
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE t (a TEXT)"))
    connection.execute(text("INSERT INTO t VALUES (CAST(x'E4B8' AS TEXT))"))  # half a character
with engine.connect() as connection:
    check = connection.execute(text("PRAGMA integrity_check")).scalar()
    try:
        connection.execute(text("SELECT a FROM t")).fetchall()
        sys.exit("it was read")
    except sqlalchemy.exc.DBAPIError as error:
        raw = error.orig
try:
    engine.connect().execute(text("SELECT * FROM nowhere"))
except sqlalchemy.exc.DBAPIError as error:
    other = error.orig
print("integrity_check:", check)
print(type(raw).__name__, "for the text; has a code:", hasattr(raw, "sqlite_errorcode"))
print(type(other).__name__, "for a table that is not there; has a code:", hasattr(other, "sqlite_errorcode"))
as_said = type(raw) is sqlite3.OperationalError and not hasattr(raw, "sqlite_errorcode")
sys.exit(0 if as_said and check == "ok" and hasattr(other, "sqlite_errorcode") else 1)
PYTHON
"$place/venv/bin/python" "$place/try.py" "$place/data.db"
# Seen: Python 3.11.7 SQLite 3.40.1 SQLAlchemy 2.1.9
#   integrity_check: ok
#   OperationalError for the text; has a code: False
#   OperationalError for a table that is not there; has a code: True
