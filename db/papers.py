"""What left the office on paper: exports, sealed scans and submissions, each by its hash.

The words of a printed paper are kept once under their SHA-256, so that a later change of the
case can be shown; a scan's bytes likewise (docs/adr/0020-store.md says why in the database).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, false, func, select

from db import tables
from db.store_problems import DamagedScan, ScanTooLarge
from db.transactions import (
    Transactions,
    in_chunks,
    inserted,
    keep_once,
    some_at_a_time,
    some_of,
)
from forms.office.stored import (
    SCAN_LIMIT_MB,
    Export,
    Made,
    Packed,
    Scan,
    Submission,
    SubmittedFile,
)

_e, _s, _f = tables.exports.c, tables.scans.c, tables.scan_files.c
_u, _uf = tables.submissions.c, tables.submission_files.c
_SCAN = (
    *(_s.id, _s.case_id, _s.licence_id, _s.paper, _s.sha256, _s.words_sha256, _s.added_at),
    _f.size_bytes,
)


@cache
def _exports_of_some() -> Select[Any]:
    return select(*_e).where(some_of(_e.case_id)).order_by(_e.id.desc())


@cache
def _sealed(*, of_some: bool) -> Select[Any]:
    asked = select(*_SCAN).join(tables.scan_files).order_by(_s.id).where(_s.licence_id.is_(None))
    return asked.where(some_of(_s.case_id)) if of_some else asked


@cache
def _packed_of_some() -> Select[Any]:
    asked = select(_uf.case_id, _u.made_at, _u.pack_code, _u.pack_version)
    asked = asked.join(tables.submissions).order_by(_u.id)
    return asked.where(_u.sent_at.is_not(None), some_of(_uf.case_id))


class Papers:
    """The repository of what was printed, sealed and sent."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    # --- exports --------------------------------------------------------------------------

    def record_export(self, made: Made, *, when: datetime | None = None) -> Export:
        """Note that a paper was made, now or at another moment."""
        row = _of_export(made, tables.utc(when) if when else self._transactions.now())
        with self._transactions.writing() as connection:
            keep_once(connection, tables.words, _words_of(row, made))
            self._transactions.touch(made.case_id)
            return Export(id=inserted(connection, tables.exports, row), **row)

    def record_exports(self, made: Iterable[Made]) -> None:
        """Note that many papers were made, now, in their order; they are taken a few at a time."""
        now = self._transactions.now()
        with self._transactions.writing() as connection:
            for some in in_chunks(made):
                rows = [_of_export(one, now) for one in some]
                keep_once(connection, tables.words, *map(_words_of, rows, some))
                connection.execute(tables.exports.insert(), rows)
                self._transactions.touch(*{one.case_id for one in some})

    def exports(self, case_id: int | None) -> list[Export]:
        """Return what was made of a case (None: of many together), the latest first."""
        asked = select(*_e).where(_e.case_id == case_id).order_by(_e.id.desc())
        with self._transactions.reading() as connection:
            return [Export(**row) for row in connection.execute(asked).mappings()]

    def exports_of(self, case_ids: Sequence[int]) -> dict[int, list[Export]]:
        """Return what was made of some cases, the latest first, by the case."""
        found: dict[int, list[Export]] = {}
        with self._transactions.reading() as connection:
            for some in some_at_a_time(case_ids):
                for row in connection.execute(_exports_of_some(), some).mappings():
                    found.setdefault(row["case_id"], []).append(Export(**row))
        return found

    def latest_export(
        self,
        case_id: int | None,
        paper: str,
        *,
        licence_id: int | None = None,
        draft: bool | None = None,
    ) -> Export | None:
        """Return the latest making of a paper, or None; of drafts or finals only if asked."""
        asked = select(*_e).where(*_same(_e, case_id, licence_id, paper)).order_by(_e.id.desc())
        if draft is not None:
            asked = asked.where(_e.draft == draft)
        with self._transactions.reading() as connection:
            row = connection.execute(asked.limit(1)).mappings().first()
            return None if row is None else Export(**row)

    def finals_of_words(self, beginnings: Iterable[str]) -> list[Export]:
        """Return the final papers whose words' hash begins so, the latest first.

        The beginnings are of one length, in hexadecimal digits.
        """
        wanted = sorted(set(beginnings))
        if not wanted:
            return []
        begins = func.substr(_e.words_sha256, 1, len(wanted[0]))
        found: list[Export] = []
        with self._transactions.reading() as connection:
            for some in in_chunks(wanted):
                asked = select(*_e).where(begins.in_(some), _e.draft == false())
                found += [Export(**row) for row in connection.execute(asked).mappings()]
        return sorted(found, key=lambda one: -one.id)

    def printed_words(self, words_sha256: str) -> str | None:
        """Return the words that were printed, by their hash."""
        w = tables.words.c
        asked = select(w.text).where(w.sha256 == words_sha256)
        with self._transactions.reading() as connection:
            return connection.execute(asked).scalar_one_or_none()

    # --- scans ----------------------------------------------------------------------------

    def add_scan(
        self,
        case_id: int | None,
        paper: str,
        content: bytes,
        words_sha256: str,
        *,
        licence_id: int | None = None,
        who: str = "",
    ) -> Scan:
        """Keep a sealed scan; the former one stays behind it.  The same again adds nothing.

        Raises ScanTooLarge.
        """
        if len(content) > SCAN_LIMIT_MB << 20:
            raise ScanTooLarge(size_mb=len(content) >> 20, limit_mb=SCAN_LIMIT_MB)
        sha256 = hashlib.sha256(content).hexdigest()
        with self._transactions.writing() as connection:
            now = self.scan(case_id, paper, licence_id=licence_id)
            if now and (now.sha256, now.words_sha256) == (sha256, words_sha256):
                return now
            file = {"sha256": sha256, "size_bytes": len(content), "content": content}
            keep_once(connection, tables.scan_files, file)
            row: dict[str, Any] = {"case_id": case_id, "licence_id": licence_id, "paper": paper}
            row |= {"sha256": sha256, "words_sha256": words_sha256}
            row["added_at"] = self._transactions.now()
            scan_id = inserted(connection, tables.scans, row | {"added_by": who})
            self._transactions.touch(case_id)
            return Scan(id=scan_id, size_bytes=len(content), **row)

    def scan(
        self, case_id: int | None, paper: str, *, licence_id: int | None = None
    ) -> Scan | None:
        """Return the current scan of a paper, or None."""
        former = self.scans(case_id, paper, licence_id=licence_id, limit=1)
        return former[0] if former else None

    def scans(
        self,
        case_id: int | None,
        paper: str,
        *,
        licence_id: int | None = None,
        limit: int | None = None,
    ) -> list[Scan]:
        """Return all scans of a paper, the current one first."""
        asked = select(*_SCAN).join(tables.scan_files).order_by(_s.id.desc()).limit(limit)
        asked = asked.where(*_same(_s, case_id, licence_id, paper))
        with self._transactions.reading() as connection:
            return [Scan(**row) for row in connection.execute(asked).mappings()]

    def sealed(self, case_ids: Sequence[int] | None = None) -> dict[tuple[int | None, str], Scan]:
        """Return the current scans by case id (None: of the batch) and paper, in one go.

        `case_ids` leaves it at those of some cases.
        """
        asked = _sealed(of_some=case_ids is not None)
        wanted = [{}] if case_ids is None else some_at_a_time(case_ids)
        with self._transactions.reading() as connection:
            scans = [
                Scan(**row) for some in wanted for row in connection.execute(asked, some).mappings()
            ]
        return {(scan.case_id, scan.paper): scan for scan in scans}

    def scan_content(self, scan: Scan) -> bytes:
        """Return the bytes of a scan, verified by their hash.  Raises DamagedScan."""
        asked = select(_f.content).where(_f.sha256 == scan.sha256)
        with self._transactions.reading() as connection:
            content: bytes | None = connection.execute(asked).scalar_one_or_none()
        if content is None or hashlib.sha256(content).hexdigest() != scan.sha256:
            raise DamagedScan
        return content

    # --- submissions ----------------------------------------------------------------------

    def record_submission(
        self, files: Sequence[SubmittedFile], *, pack_code: str, pack_version: str, who: str = ""
    ) -> Submission:
        """Note a package and the hashes of its files."""
        row: dict[str, Any] = {"who": who, "pack_code": pack_code, "pack_version": pack_version}
        row["made_at"] = self._transactions.now()
        with self._transactions.writing() as connection:
            submission_id = inserted(connection, tables.submissions, row)
            for one in files:
                line = msgspec.structs.asdict(one) | {"submission_id": submission_id}
                connection.execute(tables.submission_files.insert(), line)
        return Submission(id=submission_id, files=tuple(files), **row)

    def note_sent(self, submission_id: int, when: datetime) -> None:
        """Note the moment the clerk says the package was sent."""
        here = tables.submissions.update().where(_u.id == submission_id)
        with self._transactions.writing() as connection:
            connection.execute(here, {"sent_at": when})
            of_cases = select(_uf.case_id).where(_uf.submission_id == submission_id).distinct()
            self._transactions.touch(*connection.execute(of_cases).scalars())

    def packed(self, case_ids: Sequence[int]) -> dict[int, Packed]:
        """Return the last package noted as sent, of those of the cases that are in one."""
        with self._transactions.reading() as connection:
            return {
                row.case_id: Packed(
                    made_at=row.made_at, pack_code=row.pack_code, pack_version=row.pack_version
                )
                for some in some_at_a_time(case_ids)
                for row in connection.execute(_packed_of_some(), some)
            }

    def count_unsent(self) -> int:
        """Count the submissions of which nobody has said that they were sent."""
        asked = select(func.count()).select_from(tables.submissions).where(_u.sent_at.is_(None))
        with self._transactions.reading() as connection:
            return int(connection.execute(asked).scalar_one())

    def submissions(self) -> list[Submission]:
        """Return all submissions, the latest first."""
        heads = select(*_u).order_by(_u.id.desc())
        files: dict[int, list[SubmittedFile]] = {}
        with self._transactions.reading() as connection:
            for row in connection.execute(select(*_uf).order_by(_uf.id)):
                one = SubmittedFile(
                    name=row.name, sha256=row.sha256, case_id=row.case_id, paper=row.paper
                )
                files.setdefault(row.submission_id, []).append(one)
            rows = connection.execute(heads).mappings().all()
        return [Submission(files=tuple(files.get(row["id"], ())), **row) for row in rows]


def _words_of(export: Mapping[str, Any], made: Made) -> dict[str, Any]:
    return {"sha256": export["words_sha256"], "text": made.words}


def _of_export(made: Made, when: datetime) -> dict[str, Any]:
    return {
        "case_id": made.case_id,
        "licence_id": made.licence_id,
        "paper": made.paper,
        "format": made.format,
        "words_sha256": _sha256(made.words),
        "sha256": made.sha256,
        "pack_code": made.pack_code,
        "pack_version": made.pack_version,
        "draft": made.draft,
        "made_at": when,
    }


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _same(
    columns: Any, case_id: int | None, licence_id: int | None, paper: str
) -> list[ColumnElement[bool]]:
    return [
        columns.case_id == case_id,
        columns.licence_id == licence_id,
        columns.paper == paper,
    ]
