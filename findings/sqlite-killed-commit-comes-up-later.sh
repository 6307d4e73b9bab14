#!/usr/bin/env bash
# SQLite with a write-ahead log: a program is killed (power of the box, task manager) when its
# commit lies on the disk and the log's shared index has not been told.  Programs that live on do
# not see that commit, nor does one that opens the file beside them; when all of them have been
# ended the same way, the next one to open the file finds it: a value comes up that nobody has
# seen while everybody looked, and that no program has confirmed.
#
# It would hurt whoever looks after a crash, beside others at work, what of the crashed program's
# work is there, and takes the answer for final.  Here our torture of several programs on one file
# did: it called a field lost.  Told in tools/develop/torture/together/office.py; the program
# itself confirms nothing before SQLite does, and looks again at every opening.
#
# Exits with 1 where that is no longer so.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet apsw==3.50.4.0
cat > "$place/try.py" <<'PYTHON'
import os, signal, subprocess, sys

import apsw

place, role = sys.argv[1], sys.argv[2]


def stands(connection):
    return connection.execute("SELECT a FROM t").get


if role == "writes and dies":

    class Disk(apsw.VFS):
        """The system's own, but the box goes dark as soon as the log is safe on the disk."""

        def __init__(self):
            super().__init__("dark", "")

        def xOpen(self, name, flags):
            return File(name, flags)

    class File(apsw.VFSFile):
        def __init__(self, name, flags):
            self.is_log = bool(flags[0] & apsw.SQLITE_OPEN_WAL)
            super().__init__("", name, flags)

        def xSync(self, flags):
            super().xSync(flags)
            if self.is_log:
                os.kill(os.getpid(), signal.SIGKILL)

    disk = Disk()
    connection = apsw.Connection(place, vfs="dark")
    connection.execute("PRAGMA synchronous=FULL").fetchall()
    connection.execute("UPDATE t SET a = 'of the killed one'").fetchall()
    sys.exit("it should have died")

if role == "lives":
    connection = apsw.Connection(place)
    stands(connection)
    print("ready", flush=True)
    input()
    print(stands(connection), flush=True)
    input()

if role == "looks":
    print(stands(apsw.Connection(place)))

if role == "all":

    def beside(name, **settings):
        return subprocess.Popen([sys.executable, __file__, place, name], text=True, **settings)

    def look():
        return beside("looks", stdout=subprocess.PIPE).communicate()[0].strip()

    print("apsw", apsw.apsw_version(), "SQLite", apsw.sqlite_lib_version())
    connection = apsw.Connection(place)
    for words in (
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES ('first')",
    ):
        connection.execute(words).fetchall()
    living = beside("lives", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    living.stdout.readline()
    connection.close()
    killed = beside("writes and dies").wait()
    living.stdin.write("\n")
    living.stdin.flush()
    lives_on, opens_beside = living.stdout.readline().strip(), look()
    living.kill()
    living.wait()
    afterwards = look()
    print("the writer ended with", killed)
    print("one that lives on sees:", lives_on)
    print("one that opens beside it sees:", opens_beside)
    print("when all are gone, the next one sees:", afterwards)
    is_so = (lives_on, opens_beside) == ("first", "first") and afterwards == "of the killed one"
    sys.exit(0 if killed == -signal.SIGKILL and is_so else 1)
PYTHON
"$place/venv/bin/python" "$place/try.py" "$place/data.db" all
# Seen: apsw 3.50.4.0, SQLite 3.50.4
