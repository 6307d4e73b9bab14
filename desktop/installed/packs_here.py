"""The shelf of the packs at hand: shipped, taken in with the data, and former versions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.pack.pack_shelf import Shelf
    from forms.pack.types import Pack
    from forms.stock.stock_items import StockForm
    from forms.vetting.pack_intake import Offered, Taken
    from forms.vetting.pack_stock import Stock


def stock_beside(database: Path) -> Stock:
    """The packs there are, shipped or taken in with the data, in all their versions."""
    from forms.vetting.pack_stock import Stock

    return Stock(*_folders(database))


def shelf_of(in_use: Pack, packs: Mapping[str, Path], database: Path) -> Shelf:
    """The shelf beside a database; `packs` are the folders of the version that counts of each."""
    from desktop.installed.bureau_edition import as_issued
    from forms.pack.pack_shelf import Shelf

    def former(code: str, version: str) -> Path | None:
        return stock_beside(database).folder_of(code, version)

    return Shelf(in_use, packs, former, issued=as_issued)


def stock_form_beside(database: Path) -> StockForm:
    """What is asked of stock patents: by the office's own pack beside a database, else the shipped.

    One of the office's own that can not be used is passed over; `pack check` tells why.
    """
    from forms.pack.load import PackFault
    from forms.pack.record_pack import record_pack
    from forms.stock.stock_items import StockFormFault, load_form

    try:
        return load_form(record_pack("stock", own_packs(database)).folder)
    except (PackFault, StockFormFault):
        return load_form()


def own_packs(database: Path) -> Path:
    """The folder of the packs that lie with the data."""
    return _folders(database)[1]


SCRIPTED = "hubei-2022"
"""What the command line works with where nothing says which pack: the only one there was when
scripts were written that name none."""


def default_code(
    packs: Collection[str],
    *,
    chosen: str,
    of_cases: Callable[[], Sequence[str]],
    edition: str,
    in_force: Callable[[], Sequence[str]] = tuple,
) -> str | None:
    """The pack to work with: the one chosen, else that of the cases, else the edition's.

    Else the only one there is, or the only one that is `in_force`.  None where it is for the clerk
    to say: it is never the one whose code sorts first, since cases would be looked for under it
    and not be found.
    """
    if chosen in packs:
        return chosen
    found = of_cases()
    here = [code for code in found if code in packs]
    if found:
        return here[0] if len(here) == 1 else None
    if edition in packs:
        return edition
    left = packs if len(packs) == 1 else in_force()
    return next(iter(left)) if len(left) == 1 else None


def in_force(packs: Mapping[str, Path], today: date) -> list[str]:
    """The codes of the packs whose procedure is going on; what can not be used is none."""
    from forms.pack.load import PackFault, load

    found = []
    for code, folder in packs.items():
        try:
            identity = load(folder).identity
        except PackFault:
            continue
        begins, ends = identity.in_force_from or date.min, identity.in_force_until or date.max
        if begins <= today <= ends:
            found.append(code)
    return found


def offered(file: Path, database: Path, today: date) -> Offered:
    """Look at a .pack.zip: what it is, who signed it and what it would change here.

    Raises PackRefused, CannotRead, CannotWrite.
    """
    from desktop.installed.bureau_edition import as_issued, edition_here
    from forms.vetting.pack_intake import look_at

    edition = edition_here()
    key = edition.packs.key if edition else ""
    return look_at(file, *_folders(database), today=today, key=key, issued=as_issued)


def taken(offer: Offered, database: Path) -> Taken:
    """Take in a pack that was agreed to, or needs nobody to.  Raises CannotWrite."""
    from forms.vetting.pack_intake import take_in

    return take_in(offer, *_folders(database))


def _folders(database: Path) -> tuple[Path, Path]:
    from desktop.installed.program_places import taken_packs_folder
    from forms.ground.locate import packs_folder

    return packs_folder(), taken_packs_folder(database)
