"""What the process does that is going to be killed: the program's own use cases, acknowledged.

Each job acknowledges what it was told is done, after it is done: that must be found later.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
from sqlalchemy import Connection

from db.backup import backup, restore
from db.door import SqliteDoor
from db.migrations import Step
from db.opened_store import Schema, open_engine
from db.store import Store, open_store
from db.store_problems import StaleRevision, UnknownCase
from db.tables_version import VERSION
from forms.facts.patent_number import check_character
from forms.facts.record import Office, Party
from forms.ground.locate import packs_folder
from forms.office.case_import import import_sheets, read_files
from forms.office.paper_export import export
from forms.office.papers_wanted import wanted
from forms.office.submission import submit
from forms.pack.load import load
from forms.pack.types import Pack
from tools.develop.torture import window

TODAY = date(2022, 9, 1)
BEGIN = datetime(2022, 9, 1, 8, 0, tzinfo=UTC)
ENTRY = "往来示例公司"  # an entry of the address book that is filled in
_OTHER_DAY = 0.3
LATEST = VERSION + 2
"""A version still to come, two steps away, to which the older database is brought."""
NUMBERS = 6
"""How many patents an import carries."""

ROW: Mapping[str, str] = {
    "专利权人": "示例大学",
    "申请日": "2018-01-10",
    "授权公告日": "2020-06-02",
    "专利法律状态": "有效",
    "单次许可期限": "3年",
    "开放范围": "全省",
    "许可期限届满日": "2030-12-31",
    "自行实施情况": "未自行实施",
    "许可他人情况": "未许可他人",
    "许可使用费方式": "免费",
    "收件人": "张喆",
    "联系地址": "湖北省武汉市洪山区示例路88号",
    "邮编": "430070",
    "联系电话": "027-68880001",
    "电子邮件": "licensing@example.edu.cn",
    "质押情况": "无",
}
"""What a row of an import says without fault, besides the patent's number and title."""

Ack = Callable[..., None]
"""Told what is done: ack("edit", case=1, …)."""


class Place(msgspec.Struct, frozen=True):
    """Where an office keeps everything: one folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The data."""
        return self.root / "data" / "openlicense.db"

    @property
    def papers(self) -> Path:
        """Where papers go."""
        return self.root / "文书"

    @property
    def packages(self) -> Path:
        """Where packages go."""
        return self.root / "报送"

    @property
    def stick(self) -> Path:
        """The second place of backups."""
        return self.root / "U盘"

    @property
    def by_hand(self) -> Path:
        """A backup made again and again into one file."""
        return self.root / "保存" / "备份.db"

    @property
    def first(self) -> Path:
        """The backup that is brought back."""
        return self.root / "保存" / "最初.db"

    @property
    def older(self) -> Path:
        """A database of an older version."""
        return self.root / "older" / "openlicense.db"

    @property
    def damaged(self) -> Path:
        """A database that is damaged, over which a backup is brought back."""
        return self.root / "damaged" / "openlicense.db"

    @property
    def fresh(self) -> Path:
        """A database that is not there yet, nor its folder."""
        return self.root / "fresh" / "里" / "openlicense.db"

    @property
    def book(self) -> Path:
        """The workbook that is imported."""
        return self.root / "专利.xlsx"


@cache
def pack() -> Pack:
    """Return the first pack that ships."""
    return load(packs_folder() / "hubei-2022")


def clock(rng: random.Random) -> Callable[[], datetime]:
    """Return a clock, now and then on another day, whose first write backs up."""
    day = rng.randrange(1, 3000) if rng.random() < _OTHER_DAY else 0
    begin = BEGIN + timedelta(days=day)
    ticks = iter(range(10**9))
    return lambda: begin + timedelta(seconds=next(ticks))


def write_book(path: Path, tag: str) -> None:
    """Write a workbook of a few patents whose titles carry the tag."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["专利号", "发明创造名称", *ROW])
    for n in range(NUMBERS):
        digits = f"20181{n + 24046:07d}"
        number = f"ZL{digits}.{check_character(digits)}"
        sheet.append([number, f"一种装置 {tag}", *ROW.values()])
    book.save(path)


def _opened(place: Place, rng: random.Random) -> Store:
    return open_store(place.database, now=clock(rng))


def do_import(place: Place, rng: random.Random, ack: Ack) -> None:
    """Import the workbook."""
    with _opened(place, rng) as store:
        import_sheets(store, pack(), read_files([place.book]), who="甲")
    ack("import")


def do_begin(place: Place, rng: random.Random, ack: Ack) -> None:
    """Begin with new data in a new folder."""
    with open_store(place.fresh, now=clock(rng)) as store:
        import_sheets(store, pack(), read_files([place.book]), who="甲")
        ack("begin", count=store.register.count())


def do_edit(place: Place, rng: random.Random, ack: Ack, *, times: int = 60) -> None:
    """Save cases one after another, as a clerk who types."""
    with _opened(place, rng) as store:
        for _ in range(times):
            stored = rng.choice(store.cases.listed())
            token = f"{rng.getrandbits(64):016x}"
            terms = token + "长" * rng.randrange(3000)
            case = msgspec.structs.replace(stored.case, other_terms=terms)
            try:
                saved = store.cases.save(
                    case, case_id=stored.id, revision=stored.revision, who="甲", what="修改"
                )
            except StaleRevision:  # another window was first: it is told, and nothing is lost
                continue
            ack("edit", case=saved.id, revision=saved.revision, token=token)


def do_bin(place: Place, rng: random.Random, ack: Ack, *, times: int = 10) -> None:
    """Bin a case and take it out again, bring versions back, keep scans."""
    with _opened(place, rng) as store:
        for _ in range(times):
            stored = rng.choice(store.cases.listed())
            try:
                store.cases.bin(stored.id, who="甲")
                ack("moved", case=stored.id, event="case.binned")
                store.cases.unbin(stored.id, who="甲")
                ack("moved", case=stored.id, event="case.unbinned")
                back = store.cases.restore_version(stored.id, 1, who="甲")
            except UnknownCase:  # another window has binned it
                continue
            ack("version", case=stored.id, revision=back.revision)
            scan = store.papers.add_scan(
                stored.id, "info", rng.randbytes(200_000), "0" * 64, who="甲"
            )
            ack("scan", case=stored.id, sha256=scan.sha256)


def do_export(place: Place, rng: random.Random, ack: Ack) -> None:
    """Export all papers of some cases over those of before."""
    with _opened(place, rng) as store:
        chosen = store.cases.listed()[: rng.randrange(1, 4)]
        papers = wanted(pack(), [], ("pdf", "xlsx"))
        done = export(store, pack(), TODAY, chosen, place.papers, papers)
        ack("export", files=[str(made.path) for made in done.made])


def do_submit(place: Place, rng: random.Random, ack: Ack) -> None:
    """Make a package."""
    with _opened(place, rng) as store:
        chosen = store.cases.listed()[: rng.randrange(1, 4)]
        written = submit(
            store, pack(), TODAY, chosen, place.packages, skip_faulty=True, who="甲"
        ).written
        made = (written.folder, written.zip, *written.mails)
        ack("submit", files=[str(path) for path in made])


def do_backup(place: Place, rng: random.Random, ack: Ack) -> None:
    """Back up into one file again and again, and among the store's own backups."""
    backup(place.database, place.by_hand)
    ack("backup", file=str(place.by_hand))
    with _opened(place, rng) as store:
        ack("backup", file=str(store.backups.make()))


def do_restore(place: Place, rng: random.Random, ack: Ack) -> None:
    """Bring the first backup back."""
    done = restore(place.first, place.database, now=clock(rng))
    ack("restore", kept=str(done.kept))


def do_mend(place: Place, rng: random.Random, ack: Ack) -> None:
    """Bring a backup back over a damaged database."""
    done = restore(place.first, place.damaged, now=clock(rng))
    ack("mend", kept=str(done.kept))


def do_migrate(place: Place, rng: random.Random, ack: Ack) -> None:
    """Open an older database: it is backed up and brought up to date in two steps."""
    later = Schema(LATEST, _made, _steps)
    open_engine(SqliteDoor(place.older), now=clock(rng), schema=later).dispose()
    ack("migrate")


def _made(_: Connection) -> None:
    raise AssertionError("an older database is there")


def _steps() -> Sequence[Step]:
    return (Step(LATEST - 1, _add_colour), Step(LATEST, _rebuild))


def _add_colour(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE cases ADD COLUMN colour TEXT")
    for (case_id,) in connection.exec_driver_sql("SELECT id FROM cases").all():
        connection.exec_driver_sql(
            "UPDATE cases SET colour = 'red ' || id WHERE id = ?", (case_id,)
        )


def _rebuild(connection: Connection) -> None:
    """Change a table that others refer to, the way SQLite wants it."""
    connection.exec_driver_sql("CREATE TABLE next AS SELECT *, 3 AS size FROM cases")
    connection.exec_driver_sql("DROP TABLE cases")
    connection.exec_driver_sql("ALTER TABLE next RENAME TO cases")
    connection.exec_driver_sql("CREATE UNIQUE INDEX cases_id ON cases(id)")


Job = Callable[[Place, random.Random, Ack], Any]


def _has_qt() -> bool:
    try:
        from PySide6 import QtTest, QtWidgets  # noqa: F401
    except ImportError:
        return False
    return True


WINDOW_JOBS: Mapping[str, Job] = {"window-type": window.do_type, "window-export": window.do_export}
"""They need Qt, and a process that never had a window before."""

JOBS: Mapping[str, Job] = {
    "import": do_import,
    "edit": do_edit,
    "bin": do_bin,
    "export": do_export,
    "submit": do_submit,
    "backup": do_backup,
    "restore": do_restore,
    "mend": do_mend,
    "migrate": do_migrate,
    **(WINDOW_JOBS if _has_qt() else {}),
}


def furnish(place: Place) -> None:
    """Make an office: some cases, a second place for backups, a first backup."""
    place.stick.mkdir(parents=True)
    write_book(place.book, "初")
    now = clock(random.Random(0))
    with open_store(place.database, now=now) as store:
        store.parties.set_office(
            Office(name="示例大学", contact="张喆", phone="027-1", region="武汉市")
        )
        store.parties.remember(Party(name=ENTRY, kind="unit"))
        import_sheets(store, pack(), read_files([place.book]), who="甲")
        store.settings.put("torture.mark", "最初")
        store.settings.put("started", "true")
        store.backups.settle(keep=3, second_place=place.stick)
    backup(place.database, place.first)
