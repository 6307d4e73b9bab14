"""The shelf of the packs at hand: shipped, taken in with the data, and former versions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.pack.shelf import Shelf
    from forms.pack.types import Pack


def packs_beside(database: Path) -> dict[str, Path]:
    """Code -> folder of the newest of each pack, shipped or taken in with the data."""
    from desktop.places import taken_packs_folder
    from forms.locate import packs_folder
    from forms.pack.taking import packs_there

    return packs_there(packs_folder(), taken_packs_folder(database))


def shelf_of(in_use: Pack, packs: Mapping[str, Path], database: Path) -> Shelf:
    """The shelf beside a database; `packs` are the folders of the newest of each code."""
    from desktop.edition import as_issued
    from desktop.places import taken_packs_folder
    from forms.locate import packs_folder
    from forms.pack.shelf import Shelf
    from forms.pack.taking import folder_of

    shipped, taken = packs_folder(), taken_packs_folder(database)

    def former(code: str, version: str) -> Path | None:
        return folder_of(code, version, shipped, taken)

    return Shelf(in_use, packs, former, issued=as_issued)
