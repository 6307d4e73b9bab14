"""An office under torture: what it was told is done, and whether all of that is there."""

import random
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from db.backup import look_inside
from db.store import Store, open_store
from db.store_problems import StoreProblem
from forms.facts.paths import value_at
from tools.develop.torture.jobs import BEGIN, LATEST, NUMBERS, Place, furnish, write_book
from tools.develop.torture.together.nursery import Nursery
from tools.develop.torture.whole import Broken, Looker, final
from tools.develop.torture.window import lost
from tools.develop.torture.worker import Order, Worker

FIRST_MARK = "最初"
_PASSING = ("typed", "tick", "saved", "told")  # of them only what must be kept is looked for
_REMEMBERED = 20  # of what was acknowledged long ago, looked for again each round


class Office:
    """One folder in which workers are killed, and the memory of what they acknowledged."""

    def __init__(
        self, root: Path, looker: Looker | None = None, *, is_furnished: bool = False
    ) -> None:
        """Furnish the folder, unless that was done."""
        self.place = Place(root)
        self.looker = looker or Looker()
        self.counts: Counter[str] = Counter()
        self._round = 0
        self._tag = ""
        self._mark = FIRST_MARK
        self._known: list[dict[str, Any]] = []
        self._papers: set[Path] = set()
        if not is_furnished:
            furnish(self.place)
            self._set_up_others()

    def elsewhere(self, root: Path) -> "Office":
        """Return an office of the same memory whose files lie under another folder."""
        other = Office(root, self.looker, is_furnished=True)
        other._tag, other._mark = self._tag, self._mark
        other._known, other._papers = list(self._known), self._papers
        return other

    def _set_up_others(self) -> None:
        for file in (self.place.older, self.place.damaged):
            shutil.rmtree(file.parent, ignore_errors=True)
            file.parent.mkdir()
        shutil.copy(self.place.first, self.place.older)
        self.place.damaged.write_bytes(b"SQLite format 3\x00" + b"\xff" * 20_000)

    # --- a round ------------------------------------------------------------------------------

    def prepare(self, job: str, rng: random.Random) -> None:
        """Set out what a job needs."""
        self._round += 1
        if job == "import":
            self._tag = f"{rng.getrandbits(48):012x}"
            write_book(self.place.book, self._tag)
        elif job == "restore":
            self._mark = f"{rng.getrandbits(48):012x}"
            with self._open() as store:
                store.settings.put("torture.mark", self._mark)
        elif (job == "migrate" and _version(self.place.older) == LATEST) or job == "mend":
            self._set_up_others()

    def work(self, order: Order, delay_s: float = 0.0, nursery: Nursery | None = None) -> Worker:
        """Start a worker; in the mode "clock" it is killed after the delay."""
        worker = Worker(order, nursery)
        if order.mode == "clock":
            time.sleep(delay_s)
            worker.kill()
        return worker

    def verify(self, workers: list[Worker]) -> None:
        """Look through everything after the workers have ended.  Raises Broken."""
        told = []
        for worker in workers:
            self.counts["killed" if worker.wait() else "ended"] += 1
            acks = worker.acks()
            told += [*(ack for ack in acks if ack["what"] not in _PASSING), *lost(acks)]
            worker.order.acks.unlink(missing_ok=True)
        for ack in told:
            if ack["what"] == "bug":
                raise Broken(ack["trace"])
            self.counts[ack["what"]] += 1
        self.look_through({worker.order.job for worker in workers}, told)

    def look_through(self, jobs: set[str], told: list[dict[str, Any]]) -> None:
        """Look whether all is whole, and what was told is done.  Raises Broken, StoreProblem."""
        place = self.place
        aside = place.damaged.parent.glob("*.damaged-*")
        self.looker.look(
            place.root, [place.database, place.older, place.damaged, place.fresh, *aside]
        )
        self._none_gone()
        self._verify_others(jobs, told)
        with self._open() as store:
            try:
                found = store.examine()
            except StoreProblem as problem:
                raise Broken(str(problem)) from problem
            if found.faults:
                raise Broken("".join(found.faults))
            if "restore" in jobs:
                self._which(store, told)
            if "import" in jobs:
                self._imported(store, any(ack["what"] == "import" for ack in told))
            old = random.Random(self._round).sample(self._known, min(_REMEMBERED, len(self._known)))
            for ack in (*told, *old):
                self._find(store, ack)
            self._known += [ack for ack in told if ack["what"] in ("edit", "version", "scan")]

    def _open(self) -> Store:
        return open_store(self.place.database, now=lambda: BEGIN, create=False)

    # --- what must be there -------------------------------------------------------------------

    def _none_gone(self) -> None:
        """What stood under a final name before the round stands there still, old or new."""
        root = self.place.root
        folders = [one for one in (self.place.papers, self.place.packages) if one.exists()]
        now = {path.relative_to(root) for folder in folders for path in final(folder)}
        if gone := self._papers - now:
            raise Broken(f"papers of before are gone: {gone}")
        self._papers = now

    def _find(self, store: Store, ack: dict[str, Any]) -> None:
        """Find what was acknowledged.  Raises Broken."""
        match ack["what"]:
            case "edit":
                case = store.cases.at_version(ack["case"], ack["revision"])
                self._insist(case.other_terms.startswith(ack["token"]), ack)
            case "typed":
                texts = [str(value_at(one.case, ack["path"]) or "") for one in store.cases.listed()]
                self._insist(any(text.startswith(ack["text"]) for text in texts), ack)
            case "version":
                versions = [one.version for one in store.cases.versions(ack["case"])]
                self._insist(ack["revision"] in versions, ack)
            case "moved":
                events = [one.what for one in store.events.listed(case_id=ack["case"])]
                self._insist(ack["event"] in events, ack)
            case "scan":
                scans = store.papers.scans(ack["case"], "info")
                kept = [one for one in scans if one.sha256 == ack["sha256"]]
                self._insist(bool(kept) and bool(store.papers.scan_content(kept[0])), ack)
            case "export" | "submit":
                self._insist(all(Path(file).exists() for file in ack["files"]), ack)
            case "backup":
                self._insist(look_inside(Path(ack["file"])).cases > 0, ack)

    def _insist(self, is_there: bool, ack: dict[str, Any]) -> None:
        if not is_there:
            raise Broken(f"acknowledged and not there: {ack}")
        self.counts["found"] += 1

    def _imported(self, store: Store, acknowledged: bool) -> None:
        """All of an import is there, or none of it."""
        titles = [one.case.patent.title for one in store.cases.listed() + store.cases.binned()]
        found = sum(self._tag in title for title in titles)
        versions = [
            version.what
            for one in store.cases.listed()
            for version in store.cases.versions(one.id)[:1]
            if self._tag in one.case.patent.title
        ]
        if found not in ((NUMBERS,) if acknowledged else (0, NUMBERS)):
            raise Broken(f"{found} of {NUMBERS} of an import are there: {versions}")

    def _which(self, store: Store, acks: list[dict[str, Any]]) -> None:
        """After a restore the data are the old or the backup's, and the old ones are kept."""
        mark = store.settings.get("torture.mark")
        restored = [ack for ack in acks if ack["what"] == "restore"]
        if mark not in (self._mark, FIRST_MARK) or (restored and mark != FIRST_MARK):
            raise Broken(f"a restore left neither the old nor the new: {mark}")
        if mark == FIRST_MARK:
            self._known.clear()
            kept = sorted(self.place.database.parent.glob("backups/*-before-restore*.db"))
            if not any(_mark(file) == self._mark for file in kept):
                raise Broken("what a restore replaced is not kept")
            self.counts["restored"] += 1

    def _verify_others(self, jobs: set[str], acks: list[dict[str, Any]]) -> None:
        if "migrate" in jobs:
            _verify_older(self.place.older)
        if "mend" in jobs:
            self._verify_mended(any(ack["what"] == "mend" for ack in acks))

    def _verify_mended(self, acknowledged: bool) -> None:
        """The damaged file is somewhere still, and what stands in its place is whole or it."""
        file = self.place.damaged
        damage = b"SQLite format 3\x00" + b"\xff" * 20_000
        aside = list(file.parent.glob("*.damaged-*"))
        copies = [one for one in (file, *aside) if one.exists() and one.read_bytes() == damage]
        if not copies:
            raise Broken("a damaged database was lost")
        if acknowledged or (file.exists() and file not in copies):
            look_inside(file)
        for one in aside:
            one.unlink()
        if file.exists():
            file.unlink()


def _version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _mark(file: Path) -> str:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        asked = "SELECT value FROM settings WHERE name = 'torture.mark'"
        return str((connection.execute(asked).fetchone() or ("",))[0])


def _verify_older(file: Path) -> None:
    """The older database is of one version, whole, with nothing between.  Raises Broken."""
    with closing(sqlite3.connect(file)) as connection:
        version = _version(file)
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [row[1] for row in connection.execute("PRAGMA table_info(cases)")]
        rows = connection.execute("SELECT id, content FROM cases").fetchall()
        loose = connection.execute("PRAGMA foreign_key_check").fetchone()
        filled = (
            version < LATEST - 1
            or not connection.execute(
                "SELECT 1 FROM cases WHERE colour IS NOT 'red ' || id"
            ).fetchone()
        )
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    expected = (version >= LATEST - 1, version == LATEST)
    found = ("colour" in names, "size" in names)
    if not whole or loose or expected != found or not filled or "next" in tables:
        raise Broken(f"a migration stopped half way: version {version}, columns {names}")
    if len(rows) != NUMBERS or not all(msgspec.json.decode(content) for _, content in rows):
        raise Broken("a migration lost cases")
    former = f"backups/*-v{LATEST - 2}*.db"
    if version > LATEST - 2 and not list(file.parent.glob(former)):
        raise Broken("an older database was changed without a backup")
