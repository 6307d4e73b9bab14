"""Take packages in (收件): looked into, compared with what came before, kept with their cases.

Each package is kept in one transaction, so that a stop or a power cut leaves those that are done.
What came is copied as it is; the very same package is not kept a second time; a patent that came
before, from the same office or from another, is told on both sides and never merged in silence.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import get_args

import msgspec

from forms.bureau.duplicates import Former, compared
from forms.bureau.look_into import Looked, Lookers, Looks, in_turn
from forms.bureau.originals import keep, put_opened
from forms.bureau.package_reading import Read, bounded
from forms.bureau.records import (
    LIGHT,
    PACKAGE_CASES,
    PACKAGES,
    Fault,
    Package,
    PackageCase,
    Verdict,
)
from forms.exchange.came import what_came
from forms.ground.cleaning import fold
from forms.ground.files import workshop
from forms.office.store import CaseStore
from forms.office.stored import Kept
from forms.pack.types import Pack

Progress = Callable[[int, int, str], None]
"""Told how many things are done, of how many, and the name of the last; it may raise to stop."""


def no_progress(_done: int, _total: int, _name: str) -> None:
    """Tell nobody."""


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one package; `package_id` is None where it was not kept (the same again).

    `new`, `again`, `conflict` count its patents: not seen before; seen from this office in the same
    words; seen in other words, or from another office.
    """

    package: Package
    package_id: int | None = None
    new: int = 0
    again: int = 0
    conflict: int = 0
    wants_password: bool = False


def take_in(
    store: CaseStore,
    paths: Sequence[Path],
    originals: Path,
    packs: Sequence[Pack],
    *,
    now: Callable[[], datetime],
    passwords: Sequence[str] = (),
    who: str = "",
    progress: Progress = no_progress,
    lookers: Lookers = in_turn,
) -> list[TakenIn]:
    """Take in all packages at some places; none of them, however broken, stops the others.

    `originals` is the folder of originals (`originals_folder`); a package without a manifest is
    read by the first of the `packs`.  Raises CannotWrite where the disk is at fault.
    """
    came = what_came(paths)
    desk = _Desk(store, originals, {pack.identity.code: pack for pack in packs}, now, who)
    taken: list[TakenIn] = []
    with workshop(originals) as bench:
        looks = Looks(each=came, packs=packs, bench=bench, passwords=tuple(passwords))
        with closing(lookers(looks)) as results:
            for done, looked in enumerate(results):
                progress(done, len(came), looked.name)
                taken += desk.keep(looked)
    progress(len(came), len(came), "")
    counts = dict.fromkeys(get_args(Verdict), 0) | Counter(one.package.verdict for one in taken)
    store.events.log("intake.done", who=who, counts=counts)
    return taken


class _Desk:
    """One intake: what is known of the packages before, and what is kept."""

    def __init__(
        self,
        store: CaseStore,
        originals: Path,
        packs: Mapping[str, Pack],
        now: Callable[[], datetime],
        who: str,
    ) -> None:
        self.store, self.originals, self.packs = store, originals, packs
        self.now, self.who = now, who
        self.packages = store.records.of(PACKAGES)
        self.cases = store.records.of(PACKAGE_CASES)
        self.former: dict[int, Package] = {}
        self.batches: dict[str, int] = {}
        for kept in self.packages.listed():
            self._remember(kept.id, kept.record)

    def _remember(self, package_id: int, package: Package) -> None:
        self.former[package_id] = msgspec.structs.replace(package, files=(), faults=())
        if package.verdict != "unreadable":
            office = fold(package.office)
            self.batches[office] = max(self.batches.get(office, 0), package.batch)

    def keep(self, looked: Looked) -> list[TakenIn]:
        """Keep each package of what came."""
        return [self._one(looked, read, count) for count, read in enumerate(looked.read, 1)]

    def _one(self, looked: Looked, read: Read, count: int) -> TakenIn:
        package = msgspec.structs.replace(
            read.package, whole_sha256=looked.whole_sha256, received_at=self.now()
        )
        before = self._same(package)
        is_closed = package.verdict == "unreadable"
        if before is not None and (is_closed or before.record.verdict != "unreadable"):
            return self._again(before, package, is_closed, looked)
        if is_closed:
            return self._closed(package, looked)
        compared_cases, found = compared(self.cases, self.former, self.packs, package, read.cases)
        faults = bounded([*found.faults, *package.faults])
        package = msgspec.structs.replace(
            package,
            batch=self.batches.get(fold(package.office), 0) + 1,
            faults=faults,
            verdict=_verdict(faults, package, found.again),
            original=self._original(looked),
        )
        made = looked.opened[count - 1]
        if made is not None:
            opened = put_opened(self.originals, looked.whole_sha256, count, made)
            package = msgspec.structs.replace(package, opened=opened)
        package_id = self._kept(package, compared_cases, found.told, looked.whole_sha256)
        return TakenIn(
            package=package,
            package_id=package_id,
            new=found.new,
            again=found.again,
            conflict=found.conflict,
        )

    def _same(self, package: Package) -> Kept[Package] | None:
        """The same package as it was kept before; of one that could not be read, the same file."""
        keys = {package.contents_sha256 or package.whole_sha256, package.whole_sha256} - {""}
        for kept in self.packages.listed(keys=keys) if keys else ():
            one = kept.record
            if one.contents_sha256 and one.contents_sha256 == package.contents_sha256:
                return kept
            if not one.contents_sha256 and one.source == package.source:
                return kept
        return None

    def _again(
        self, before: Kept[Package], package: Package, is_closed: bool, looked: Looked
    ) -> TakenIn:
        day = before.record.received_at
        words = (
            f"与{f' {day:%m-%d} ' if day else ''}收到的“{before.record.source}”相同，未重复登记。"
        )
        told = Fault(code="same", where=package.source, message=words)
        if is_closed:  # still not to be read: that is what the clerk has to know
            return TakenIn(
                package=package,
                package_id=before.id,
                wants_password=looked.wants_password,
            )
        with self.store.transaction():  # as it stands now: others may have said of which unit it is
            now = self.packages.get(before.id).record
            again = msgspec.structs.replace(now, came_again=(*now.came_again, self.now()))
            self.packages.save(before.id, again, who=self.who, what="再次收到")
        package = msgspec.structs.replace(package, verdict="again", faults=(told,))
        return TakenIn(package=package, package_id=before.id, again=package.cases)

    def _original(self, looked: Looked) -> str:
        """Where what came lies from now on."""
        return keep(self.originals, looked.copy, looked.whole_sha256) if looked.copy else ""

    def _closed(self, package: Package, looked: Looked) -> TakenIn:
        """Keep that something came which can not be read, and the thing itself."""
        if looked.copy is not None:
            package = msgspec.structs.replace(package, original=self._original(looked))
            kept = self.packages.add(package, who=self.who, what="收件")
            package_id: int | None = kept.id
        else:
            package_id = None
        return TakenIn(package=package, package_id=package_id, wants_password=looked.wants_password)

    def _kept(
        self,
        package: Package,
        cases: Sequence[PackageCase],
        told: Mapping[int, Former],
        whole_sha256: str,
    ) -> int:
        """Keep a package with its cases; those that came before are told of them."""
        with self.store.transaction():
            closed = [
                kept
                for kept in self.packages.listed(keys=[whole_sha256])
                if kept.record.verdict == "unreadable" and kept.record.source == package.source
            ]
            if closed:  # it could not be read before, for want of its password
                package_id = closed[0].id
                self.packages.save(package_id, package, who=self.who, what="收件")
            else:
                package_id = self.packages.add(package, who=self.who, what="收件").id
            ids = self.cases.add_all(list(cases), parent=package_id, who=self.who, what="收件")
            later = dict(zip((one.place for one in cases), ids, strict=True))
            for former_id, former in told.items():
                # As it stands now: somebody may have decided of it since it was compared.
                now = msgspec.structs.replace(former, case=self.cases.get(former_id).record)
                told_now = now.with_later(package_id, package, later)
                self.cases.save(former_id, told_now, who=self.who, what="后来又收到")
        self._remember(package_id, package)
        return package_id


def _verdict(faults: Sequence[Fault], package: Package, again: int) -> Verdict:
    codes = {fault.code for fault in faults}
    if codes - LIGHT:
        return "faulty"
    if package.cases and again == package.cases:
        return "again"
    return "changed" if "edition" in codes else "new"
