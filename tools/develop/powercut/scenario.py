"""The process that is recorded: one of torture's jobs, that confirms into a file outside."""

import json
import os
import random
import sqlite3
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from tools.develop.torture import jobs
from tools.develop.torture.disk import lie_on
from tools.develop.torture.jobs import Job, Place

SCENARIOS: Mapping[str, Job] = {
    "begin": jobs.do_begin,
    "save": partial(jobs.do_edit, times=4),
    "bin": partial(jobs.do_bin, times=1),
    "import": jobs.do_import,
    "export": jobs.do_export,
    "submit": jobs.do_submit,
    "backup": jobs.do_backup,
    "restore": jobs.do_restore,
    "mend": jobs.do_mend,
    "migrate": jobs.do_migrate,
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is told: which scenario, where; a control is told to sync nothing."""

    scenario: str
    root: str
    said: str
    seed: int
    mounts: str = ""
    is_spoiled: bool = False


def spoil() -> None:
    """Let this process sync nothing: what the trials must find."""
    connect = sqlite3.connect

    def connected(*places: Any, **settings: Any) -> sqlite3.Connection:
        kind: Any = settings.pop("factory", sqlite3.Connection)

        class Unsynced(kind):  # type: ignore[misc]
            """Never syncs, whatever it is told."""

            def execute(self, sql: str, *values: Any) -> Any:
                return super().execute("SELECT 1" if "synchronous" in sql else sql, *values)

        connection = connect(*places, factory=Unsynced, **settings)
        sqlite3.Connection.execute(connection, "PRAGMA synchronous=OFF")
        return connection

    sqlite3.connect = connected  # type: ignore[assignment]

    def synced(fd: Any) -> None:
        """Do nothing."""

    os.fsync = synced


def main(text: str) -> None:
    """Do it."""
    told = msgspec.json.decode(text, type=Told)
    lie_on(told.mounts)
    if told.is_spoiled:
        spoil()
    handle = os.open(told.said, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def ack(what: str, **facts: Any) -> None:
        os.write(handle, (json.dumps({"what": what, **facts}) + "\n").encode())

    SCENARIOS[told.scenario](Place(Path(told.root)), random.Random(told.seed), ack)
    ack("done")


if __name__ == "__main__":
    main(sys.argv[1])
