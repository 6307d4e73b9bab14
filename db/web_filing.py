"""网上填报: what of a case was copied into a web form, and the files uploaded along with it.

What was copied is kept by its hash only.  Files are kept once under their SHA-256, with the scans.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from db import tables
from db.store_problems import DamagedScan, ScanTooLarge
from db.transactions import Transactions, in_chunks, keep_once
from forms.office.stored import SCAN_LIMIT_MB, KeptFile

_c, _o, _f = tables.online_copies.c, tables.online_files.c, tables.scan_files.c
_FILE = (_o.case_id, _o.attachment, _o.name, _o.sha256, _o.added_at, _f.size_bytes)


class WebFiling:
    """The repository of what was copied and what is uploaded."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    # --- what was copied ------------------------------------------------------------------

    def note_copied(self, case_id: int, field: str, value_sha256: str) -> None:
        """Note that a field was copied with this value, the last of all so far."""
        row: dict[str, Any] = {"case_id": case_id, "field": field, "value_sha256": value_sha256}
        with self._transactions.writing() as connection:
            before = tables.online_copies.delete()
            connection.execute(before.where(_c.case_id == case_id, _c.field == field))
            row["copied_at"] = self._transactions.now()
            connection.execute(tables.online_copies.insert(), row)

    def start_over(self, case_id: int) -> None:
        """Forget what was copied of a case."""
        with self._transactions.writing() as connection:
            connection.execute(tables.online_copies.delete().where(_c.case_id == case_id))

    def copied(self, case_id: int) -> dict[str, str]:
        """Return field -> hash of what was copied of a case, in the order of copying."""
        return self.copied_of([case_id]).get(case_id, {})

    def copied_of(self, case_ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return the same of some cases, by the case."""
        found: dict[int, dict[str, str]] = {}
        asked = select(_c.case_id, _c.field, _c.value_sha256).order_by(_c.copied_at, _c.id)
        with self._transactions.reading() as connection:
            for some in in_chunks(case_ids):
                for row in connection.execute(asked.where(_c.case_id.in_(some))):
                    found.setdefault(row.case_id, {})[row.field] = row.value_sha256
        return found

    # --- files from elsewhere -------------------------------------------------------------

    def keep_file(
        self, case_id: int, attachment: str, name: str, content: bytes, *, who: str = ""
    ) -> None:
        """Keep the file of an attachment instead of the one before.  Raises ScanTooLarge."""
        if len(content) > SCAN_LIMIT_MB << 20:
            raise ScanTooLarge(size_mb=len(content) >> 20, limit_mb=SCAN_LIMIT_MB)
        sha256 = hashlib.sha256(content).hexdigest()
        file = {"sha256": sha256, "size_bytes": len(content), "content": content}
        row: dict[str, Any] = {"case_id": case_id, "attachment": attachment, "name": name}
        with self._transactions.writing() as connection:
            keep_once(connection, tables.scan_files, file)
            before = tables.online_files.delete()
            connection.execute(before.where(_o.case_id == case_id, _o.attachment == attachment))
            row |= {"sha256": sha256, "added_at": self._transactions.now(), "added_by": who}
            connection.execute(tables.online_files.insert(), row)

    def files_of(self, case_ids: Sequence[int]) -> dict[int, dict[str, KeptFile]]:
        """Return the files of some cases by their attachments, by the case."""
        found: dict[int, dict[str, KeptFile]] = {}
        asked = select(*_FILE).join(tables.scan_files)
        with self._transactions.reading() as connection:
            for some in in_chunks(case_ids):
                for row in connection.execute(asked.where(_o.case_id.in_(some))).mappings():
                    found.setdefault(row["case_id"], {})[row["attachment"]] = KeptFile(**row)
        return found

    def keeps(self, sha256s: Iterable[str]) -> set[str]:
        """Return which of some hashes are of files or scans that are kept, or were."""
        found: set[str] = set()
        with self._transactions.reading() as connection:
            for some in in_chunks(sha256s):
                asked = select(_f.sha256).where(_f.sha256.in_(some))
                found.update(connection.execute(asked).scalars())
        return found

    def file_content(self, file: KeptFile) -> bytes:
        """Return the bytes of a file, verified by their hash.  Raises DamagedScan."""
        asked = select(_f.content).where(_f.sha256 == file.sha256)
        with self._transactions.reading() as connection:
            content: bytes | None = connection.execute(asked).scalar_one_or_none()
        if content is None or hashlib.sha256(content).hexdigest() != file.sha256:
            raise DamagedScan
        return content
