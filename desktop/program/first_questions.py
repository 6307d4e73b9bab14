"""What is asked before the first work: the office's facts, and which form pack to use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import Workplace
from desktop.parts.dialogs import Dialogs
from desktop.shell.main_window import LEAST_SIZE, USUAL_SIZE

if TYPE_CHECKING:
    from desktop.installed.bureau_edition import Edition
    from desktop.pages.first_start import FirstStart


def first_start_window(
    desk: Desk,
    folder: Path,
    dialogs: Dialogs,
    edition: Edition | None,
    begun: Sequence[Workplace] = (),
) -> FirstStart:
    """Return the window of the first start, filled with what an edition offers.

    `begun` are the other workplaces, which have data already.
    """
    from desktop.pages.first_start import FirstStart

    packs, asks = desk.packs, desk.asks_for_pack
    first = () if asks else (desk.pack.identity.code,)
    names = {code: _pack_name(packs[code]) for code in dict.fromkeys((*first, *packs))}
    if asks:
        names = {"": t("first_start.pack_ask"), **names}
    office = edition.offered(desk.workplace) if edition else desk.store.parties.office()
    whose = edition.name if edition else ""
    window = FirstStart(
        names,
        folder,
        dialogs,
        office=office,
        edition=whose,
        workplace=desk.workplace,
        begun=begun,
    )
    window.setMinimumSize(LEAST_SIZE)
    window.resize(USUAL_SIZE.boundedTo(window.screen().availableGeometry().size()))
    return window


def ask_for_pack(desk: Desk, window: QWidget | None) -> str | None:
    """Return the code of the pack a clerk wants to use, asked; None, and told, for none."""
    codes = list(desk.packs)
    names = [_pack_name(desk.packs[code]) for code in codes]
    title, words, yes = (t(f"opening.which_pack.{one}") for one in ("title", "words", "yes"))
    place = desk.dialogs.choose(window, title, words, names, yes)
    if place is None:
        name = desk.pack.identity.name
        desk.notices.tell("pending", t("opening.which_pack.none", name=name))
        return None
    return codes[place]


def keep_edition(desk: Desk, edition: Edition) -> None:
    """Keep with the data what the first start did not ask and the edition says."""
    from msgspec.structs import replace

    desk.store.parties.change_office(lambda office: replace(office, kind=edition.office.kind))


def _pack_name(folder: Path) -> str:
    from forms.pack.load import PackFault, load

    try:
        return load(folder).identity.name
    except PackFault:
        return folder.name
