"""A case as a store keeps it, as far as an import looks at it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from forms.facts.record import Case


class Kept(msgspec.Struct):
    """A case, and the cells it was last imported from."""

    id: int
    case: Case
    imported: Mapping[str, str] = {}

    @property
    def has_unread(self) -> bool:
        return bool(self.case.unread)

    @property
    def known_by(self) -> tuple[str, str]:
        return self.imported.get("patent.number", ""), self.imported.get("patent.title", "")

    def says(self, cells: Mapping[str, str]) -> bool:
        return self.imported == cells
