"""The shelf: the form packs at hand, of which every case is judged by its own.

Which pack is in use says what is asked of new cases and what is printed; a case made with another
is none the worse for it.  A pack is loaded when the first case wants it, and once.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from forms.pack.load import PackFault, load
from forms.pack.types import Pack

FolderOf = Callable[[str, str], Path | None]
"""Finds the folder of a pack by its code in exactly a version."""


def _nowhere(_code: str, _version: str) -> Path | None:
    """Know of no former version."""
    return None


def _as_it_is(pack: Pack) -> Pack:
    """Leave a pack as its folder has it."""
    return pack


class Shelf:
    """Packs by code and version.  May be asked in any thread."""

    def __init__(
        self,
        in_use: Pack,
        packs: Mapping[str, Path] | None = None,
        former: FolderOf = _nowhere,
        *,
        issued: Callable[[Pack], Pack] = _as_it_is,
    ) -> None:
        """`packs` are the folders of the newest of each code; `former` finds older versions.

        `issued` makes of a pack what its authority hands out here.
        """
        self.in_use = in_use
        self.packs = packs or {}
        self._former, self._issued = former, issued
        self._folders: dict[tuple[str, str], Path | None] = {}
        self._loaded: dict[Path, Pack | None] = {}
        self._lock = threading.Lock()

    def of(self, code: str) -> Pack | None:
        """The pack of a code: the one in use, else the newest; None where it is missing.

        A case of no pack ("") is the one in use's.  A pack that is damaged counts as missing.
        """
        if code in ("", self.in_use.identity.code):
            return self.in_use
        folder = self.packs.get(code)
        return None if folder is None else self._load(folder, code)

    def in_version(self, code: str, version: str) -> Pack | None:
        """The pack of a code in a version; where that is gone, as `of` has it."""
        newest = self.of(code)
        if newest is not None and newest.identity.version == version:
            return newest
        wanted = (code, version)
        if wanted not in self._folders:
            self._folders[wanted] = self._former(code, version)
        folder = self._folders[wanted]
        return (self._load(folder, code) if folder is not None else None) or newest

    def _load(self, folder: Path, code: str) -> Pack | None:
        with self._lock:
            if folder not in self._loaded:
                try:
                    self._loaded[folder] = self._issued(load(folder))
                except PackFault:
                    self._loaded[folder] = None
            found = self._loaded[folder]
        return found if found is not None and found.identity.code == code else None
