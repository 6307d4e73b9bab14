"""What takes a while: packages taken in, all of them looked at."""

from collections.abc import Sequence
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.desk.lookers import on_every_core
from desktop.pages.intake.intake_rows import Looked, looked
from forms.bureau.intake import TakenIn, take_in
from forms.bureau.originals import originals_folder
from forms.bureau.records import PACKAGE_CASES, PACKAGES
from forms.bureau.units import UNITS
from forms.pack.types import Pack

_DIGITS, _MOST_FOUND = 6, 400


def look(desk: Desk, report: Report) -> Looked:
    """Read all packages and the units, beside the window."""
    with desk.own_store() as store:
        packages = store.records.of(PACKAGES).listed()
        report.check()
        units = [one.record for one in store.records.of(UNITS).listed()]
    return looked(packages, units, desk.today)


def take(
    desk: Desk, paths: Sequence[Path], passwords: Sequence[str], report: Report
) -> list[TakenIn]:
    """Take packages in; each is kept as it is done, so that a stop loses none of them."""
    with desk.own_store() as store:
        return take_in(
            store,
            paths,
            originals_folder(store.path.parent),
            packs_of(desk),
            now=desk.now,
            passwords=passwords,
            who=desk.who,
            progress=report,
            lookers=on_every_core,
        )


def packages_with(desk: Desk, word: str) -> set[int]:
    """The packages with a patent whose number has such digits; none for a word of few digits."""
    if sum(sign.isdigit() for sign in word) < _DIGITS:
        return set()
    found = desk.store.records.of(PACKAGE_CASES).listed(search=word, limit=_MOST_FOUND)
    return {one.parent_id for one in found if one.parent_id is not None}


def packs_of(desk: Desk) -> list[Pack]:
    """The packs a bureau reads packages by: that in use first."""
    from contextlib import suppress

    from forms.pack.load import PackFault, load

    packs = [desk.pack]
    for code, folder in desk.packs.items():
        if code != desk.pack.identity.code:
            with suppress(PackFault):
                packs.append(load(folder))
    return packs
