"""The preview turns to the page of every field that has a place on a paper, whatever the pack.

Nothing here knows where a fact is printed: that it is, shows in the words of the page, which
change with it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.on_paper.preview.page_image import Drawn, Wanted, draw_page
from desktop.pages.licences import LicencesPage
from desktop.pages.licences.one_licence import LicenceView
from desktop.shell.main_window import MainWindow
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case, Duration, Licence, Office, Party
from forms.facts.ways import WAYS
from forms.ground.fonts import shipped_fonts
from forms.ground.locate import packs_folder
from forms.output.page_sheet import Put
from forms.output.pdf import pages_of
from forms.pack.load import load
from forms.pack.types import Field, Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.stand import prints
from tests.forms.filled import FULL

PACKS = {
    "hubei-2022": packs_folder() / "hubei-2022",
    "qinglan-2026": Path(__file__).parents[2] / "packs" / "qinglan-2026",
}
OTHERWISE: dict[str, Any] = {
    "patent_number": "ZL201810000001.0",
    "date": date(2027, 3, 4),
    "money": Decimal(4321),
    "percent": Decimal(7),
    "integer": 77,
    "duration": Duration(count=7),
    "parties": (Party(name="另一所大学", kind="unit"), Party(name="某人", kind="person")),
    "names": ("甲甲", "乙乙"),
}
LICENCE = Licence(licensee=Party(name="武汉示例电力巡检有限公司", kind="unit"), agreed="negotiated")
NO_NUMBER = ("patent.kind_stated",)  # what the number says, it says better


def otherwise(field: Field, value: Any) -> Any:
    """Another value of a field."""
    if field.choices:
        values = [choice.value for choice in field.choices if choice.value != str(value).lower()]
        return values[-1] == "true" if field.kind == "flag" else values[-1]
    return OTHERWISE.get(field.kind, "另外写的内容")


def put(wanted: Wanted, path: str, value: Any) -> Wanted:
    """The record in hand with a fact put in it."""
    name = path.removeprefix("licence.")
    if name == path:
        return replace(wanted, case=with_value(wanted.case, path, value))
    assert wanted.licence is not None
    return replace(wanted, licence=with_value(wanted.licence, name, value))


def changed(one: Wanted, other: Wanted) -> list[int]:
    """The pages whose words differ."""
    pages = zip(words_of(one), words_of(other), strict=False)
    return [page for page, (left, right) in enumerate(pages) if left != right]


def words_of(wanted: Wanted) -> list[str]:
    """The words of each page."""
    paper, office = wanted.pack.papers[wanted.paper], wanted.office
    if paper.scope == "batch":
        document = compose_summary(paper, [wanted.case], wanted.pack, office=office)
    else:
        document = compose(paper, wanted.case, wanted.pack, licence=wanted.licence, office=office)
    return [
        "\n".join(op.line.text for op in sheet.ops if isinstance(op, Put))
        for sheet in pages_of(document, shipped_fonts())
    ]


def every_field(pack: Pack, paper: str) -> Iterator[tuple[Field, str, Wanted]]:
    """Each field that a paper may ask, its path, and a record whose choices let it be printed."""
    is_contract = pack.papers[paper].scope == "licence"
    for field in pack.fields:
        path = field.path.replace("owners.", "owners.0.")
        if path.startswith("licence.") and not is_contract:
            continue
        wanted = Wanted(
            pack=pack,
            paper=paper,
            case=with_value(FULL, "patent.number", None) if path in NO_NUMBER else FULL,
            office=Office(),
            width_px=64,
            licence=LICENCE if is_contract else None,
            path=path,
        )
        for prefix, choice, way in WAYS:
            if path.startswith(prefix) and not choice.startswith(("agreed.", "derived.")):
                wanted = put(wanted, choice, way)
        yield field, path, wanted


@pytest.mark.parametrize(
    ("code", "paper"), [(code, paper) for code in PACKS for paper in load(PACKS[code]).papers]
)
def test_every_field_on_a_paper_is_found_on_its_page(code: str, paper: str) -> None:
    pack = load(PACKS[code])
    found = 0
    for field, path, filled in every_field(pack, paper):
        record: Case | Licence | None = (
            filled.licence if path.startswith("licence.") else filled.case
        )
        value = value_at(record, path.removeprefix("licence."))
        other = put(filled, path, otherwise(field, value))
        pages = changed(filled, other)
        if not pages:
            continue
        found += 1
        assert prints(pack.papers[paper], path), path
        drawn = draw_page(replace(other, page_else=99))
        assert drawn.page in pages, path
        assert drawn.spots, path
        blank = put(filled, path, type(value)() if isinstance(value, str | tuple) else None)
        assert draw_page(replace(blank, page_else=99)).page in pages, f"{path}, blank"
    assert found >= 2


BEGINS_AT = ""


@pytest.fixture
def contract(window: MainWindow, qtbot: QtBot) -> LicenceView:
    """The window at a new contract, its preview drawn."""
    window.show_place("licences")
    page = window.page
    assert isinstance(page, LicencesPage)
    page.new()
    page.pick.table.choose(1)
    qtbot.mouseClick(page.pick.go_on, Qt.MouseButton.LeftButton)
    assert page.one is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: page.one is not None and page.one.preview.page_shown is not None)
    return page.one


def test_a_field_of_the_contract_turns_to_its_page(contract: LicenceView, qtbot: QtBot) -> None:
    turned = []
    for path in ("licence.copies", "licence.term", "licence.licensee.address", "licence.ends_on"):
        contract.focus_field(path)
        turned.append(page_of(contract, path, qtbot))
    copies, term, address, ends_on = turned
    assert address < term == ends_on < copies
    contract.licensee.setFocus()  # above the form, in the card of the two sides
    assert page_of(contract, "licence.licensee.name", qtbot) == address


def page_of(contract: LicenceView, path: str, qtbot: QtBot) -> int:
    """The page that is shown, once it is one with a field's place."""
    shown: list[Drawn] = []

    def is_there() -> bool:
        drawn = contract.preview.page_shown
        shown[:] = [drawn] if drawn is not None and drawn.wanted.path == path else []
        return any(one.spots for one in shown)

    qtbot.waitUntil(is_there)
    return shown[0].page


@pytest.mark.parametrize("way", ["free", "entry_running", "lump_sum", "instalments", "other"])
def test_the_preview_is_told_of_every_field_of_the_contract(
    contract: LicenceView, qtbot: QtBot, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(contract.preview, "show_field", told.append)
    contract.session.draft.put_all(
        {
            "licence.agreed": "negotiated",
            "licence.royalty.way": way,
            "licence.improvements_to": "other",
            "licence.dispute": "arbitration",
        }
    )
    royalty = "licence.royalty."
    for form in contract.forms:
        for path in form.paths:
            form.focus(path)
            rest = path.removeprefix(royalty)
            of_another_way = rest != path and not rest.startswith(("way", f"{way}."))
            assert told[-1] == path or (of_another_way and told[-1] == f"{royalty}way")
