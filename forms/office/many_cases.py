"""Cases a use case goes through without holding all of them: read a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.office.store import CaseStore
    from forms.office.stored import StoredCase

PORTION = 100
"""Cases read and checked together: a tenth of a second, some megabytes."""

_FEW = 1_000  # kept once they were read: some ten megabytes


class ManyCases:
    """Cases by their ids, in this order; gone through anew they are read anew, but for few.

    One that is not there any more is passed over.
    """

    def __init__(self, store: CaseStore, ids: Sequence[int]) -> None:
        """Take the ids; nothing is read yet."""
        self._store = store
        self._ids = ids
        self._kept: list[Sequence[StoredCase]] = []

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ids)

    def portions(self) -> Iterator[Sequence[StoredCase]]:
        """Yield the cases, PORTION at a time."""
        if self._kept:
            yield from self._kept
            return
        kept = []
        for at in range(0, len(self._ids), PORTION):
            some = self._store.cases.listed(ids=self._ids[at : at + PORTION])
            if len(self._ids) <= _FEW:
                kept.append(some)
            yield some
        self._kept = kept

    def __iter__(self) -> Iterator[StoredCase]:
        """Yield the cases one by one."""
        return chain.from_iterable(self.portions())


class HeldCases(ManyCases):
    """Cases that somebody holds anyway."""

    def __init__(self, cases: Sequence[StoredCase]) -> None:
        """Take them as they are."""
        self._cases = cases

    def __len__(self) -> int:
        """How many there are."""
        return len(self._cases)

    def portions(self) -> Iterator[Sequence[StoredCase]]:
        """Yield the cases, PORTION at a time."""
        for at in range(0, len(self._cases), PORTION):
            yield self._cases[at : at + PORTION]
