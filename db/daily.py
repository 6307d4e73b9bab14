"""The backup before the first write of a day, and what an office has settled about backups.

A backup that can not be made is told and never stops the work.  Knows no clerk's screen: what
is to be told goes to the function it was given.

A window can not wait until a large database is copied.  There it is copied in a thread, from the
moment before the first write, which a write-ahead log holds while others write.
"""

import secrets
import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from db import tables
from db.copies import copy_whole, unused
from db.data_places import KEPT_OF_EACH
from db.data_settings import DataSettings
from db.disks import wants_rollback_journal
from db.door import SqliteDoor
from db.rotation import DAILY, MADE_BY_HAND, keep_copy, last_made, prune
from db.store_problems import StoreProblem
from db.transactions import Transactions

KEEP, SECOND_PLACE, OFFICE_TAG = "backup.keep", "backup.second_place", "backup.tag"
"""Names of the settings: how many of each reason, where else, the tag of names there."""

_HELD_WITHIN_S = 1.0

Tell = Callable[[str], None]
"""Told a sentence for the clerk."""


class OwnBackups:
    """A store's backups: before its first write of each day, and by hand."""

    def __init__(
        self, door: SqliteDoor, transactions: Transactions, tell: Tell, *, beside: bool = False
    ) -> None:
        """Work on a store's file, by its clock and its settings; `beside` copies in a thread."""
        self._door = door
        self._transactions = transactions
        self._settings = DataSettings(transactions)
        self._tell = tell
        self._done_on: date | None = None
        self._beside = beside
        self._copying: threading.Thread | None = None

    def before_write(self) -> None:
        """Back up unless that was done today, or there is nothing to lose yet.

        Where it is copied beside, nobody waits for more than the moment that is copied.
        """
        if not (self._beside and self._can_write_meanwhile):
            self.back_up_today()
        elif (now := self._due()) is not None:
            self._begin(now)

    def back_up_today(self) -> None:
        """Back up if that is still to be done today, and wait for it."""
        now = self._due()
        if now is not None:
            self._make(now, None)

    def before_opened(self) -> None:
        """Back up now what no write could go on beside, while nobody writes yet."""
        if self._beside and not self._can_write_meanwhile:
            self.back_up_today()

    def wait(self) -> None:
        """Wait until nothing is copied any more."""
        if self._copying is not None:
            self._copying.join()

    def _begin(self, now: datetime) -> None:
        held = threading.Event()
        self._copying = threading.Thread(target=self._make, args=(now, held), name="backup")
        self._copying.start()
        held.wait(_HELD_WITHIN_S)

    @cached_property
    def _can_write_meanwhile(self) -> bool:
        return not wants_rollback_journal(self._door.file)

    def _due(self) -> datetime | None:
        """The moment of a backup that is to be made; None where there is none today."""
        now = self._transactions.now().astimezone()
        if self._done_on == now.date():
            return None
        self._done_on = now.date()
        last = last_made(self._door.file, DAILY)
        try:
            is_due = (last is None or last.date() != now.date()) and self._holds_something()
        except StoreProblem as problem:
            self._tell_failed(problem)
            return None
        return now if is_due else None

    def _make(self, now: datetime, held: threading.Event | None) -> None:
        try:
            self._back_up(DAILY, now, begun=held.set if held else None)
        except StoreProblem as problem:
            self._tell_failed(problem)
        finally:
            if held is not None:
                held.set()

    def _tell_failed(self, problem: StoreProblem) -> None:
        self._tell(f"自动备份未完成：{problem}不影响当前工作。")

    def make(self) -> Path:
        """Back the store up by hand among its own backups and in the second place, verified.

        Such a backup is never cleared away by itself.  Raises a StoreProblem; only what goes
        wrong in the second place is merely told.
        """
        return self._back_up(MADE_BY_HAND, self._transactions.now())

    def _back_up(
        self, reason: str, now: datetime, *, begun: Callable[[], object] | None = None
    ) -> Path:
        """Back up; `begun` as in the door's `copy_to`."""
        kept = keep_copy(self._door, reason, now=now, begun=begun)
        prune(self._door.file, self.keep)
        second = self.second_place
        if second is not None:
            self._carry(kept, second)
        return kept

    def _carry(self, kept: Path, second: Path) -> None:
        """Copy a backup to the second place, which may be a stick that is not there."""
        if not second.is_dir():
            self._tell(
                f"备用备份位置“{second}”暂时找不到（U盘或网络位置可能未连接），"
                "本次只备份在本机，不影响当前工作。"
            )
            return
        tag = self._tag()
        stem = self._door.file.stem
        name = kept.name.replace(stem, f"{stem}-{tag}", 1)
        try:
            copy_whole(SqliteDoor(kept), unused(second / name), mode="look")
        except StoreProblem as problem:
            self._tell(f"备用备份未完成：{problem}本机备份已完成，不影响当前工作。")
        else:
            prune(self._door.file, self.keep, folder=second, tag=tag)

    @property
    def keep(self) -> int:
        """How many backups of each reason are kept, one at least."""
        text = self._settings.get(KEEP) or ""
        return max(int(text), 1) if text.isascii() and text.isdigit() else KEPT_OF_EACH

    @property
    def second_place(self) -> Path | None:
        """A further folder for backups, or None."""
        text = self._settings.get(SECOND_PLACE)
        return Path(text) if text else None

    def settle(self, *, keep: int | None = None, second_place: Path | None = None) -> None:
        """Settle how many are kept, and where else; a place of `Path()` takes it away.

        Raises ValueError for fewer than one.
        """
        if keep is not None and keep < 1:
            raise ValueError("one backup at least is kept")
        with self._transactions.writing():
            if keep is not None:
                self._settings.put(KEEP, str(keep))
            if second_place is not None:
                place = "" if second_place == Path() else str(second_place.absolute())
                self._settings.put(SECOND_PLACE, place)
            if not self._settings.get(OFFICE_TAG):
                self._settings.put(OFFICE_TAG, secrets.token_hex(3))

    def _tag(self) -> str:
        return self._settings.get(OFFICE_TAG) or ""

    def _holds_something(self) -> bool:
        asked = tables.cases.select().limit(1)
        with self._transactions.reading() as connection:
            return connection.execute(asked).first() is not None
