"""The scenes of a bureau's workplace (省局)."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.installed.workplaces import BUREAU
from desktop.pages.first_start import Answers, FirstStart
from desktop.pages.intake import IntakePage
from desktop.pages.province import ProvincePage
from desktop.pages.province.term_sheet import TermSheet
from desktop.pages.review import ReviewPage
from desktop.pages.store import StorePage
from desktop.pages.store.licence_sheet import LicenceSheet
from desktop.pages.units import UnitsPage
from desktop.program.app import Program
from desktop.program.bureau_sample import BUREAU as FACTS
from desktop.screens.scene_waits import page_shown, settle, until
from forms.bureau.package_care import Standing
from forms.office.statistics_types import Measure
from forms.office.targets import keep_targets

_TARGETS: Mapping[Measure, Decimal | None] = {
    "units": Decimal(3),
    "sent": Decimal(10),
    "rate": Decimal(15),
}


def first_start(program: Program) -> None:
    """The first page, put to a bureau and filled in."""
    window = program.window
    assert isinstance(window, FirstStart)
    window.workplace.buttons[BUREAU].click()
    for name, field in window.fields.items():
        field.setText(getattr(FACTS, name))
    window.region.setCurrentText(FACTS.region)
    window.folder.setText("D:\\开放许可资料")
    window.fields["name"].setFocus()


def begun(program: Program) -> None:
    """The workplace of a bureau that has just begun."""
    program.begin(Answers(FACTS, "hubei-2022", program.folder, BUREAU))


def intake(program: Program) -> None:
    """What came, the altered package in hand, some ticked."""
    page = _intake(program, "altered")
    ready = [place for place, one in enumerate(page.table.rows) if one.standing == "ready"]
    page.table.rows_model.tick(ready)
    settle()


def intake_twice(program: Program) -> None:
    """A patent that came from two offices."""
    _intake(program, "duplicate")


def intake_foreign(program: Program) -> None:
    """A package without a manifest."""
    _intake(program, "foreign")


def intake_empty(program: Program) -> None:
    """Nothing has come yet."""
    begun(program)
    page = page_shown(program, IntakePage)
    until(lambda: page.looked is not None)


def province(program: Program) -> None:
    """What a bureau has to do, and how the province stands."""
    _province(program)
    settle()


def term_sheet(program: Program) -> QWidget:
    """Until when the units report is asked for."""
    page = _province(program)
    assert page.looked is not None
    sheet = TermSheet(page.looked.province.quarter, page.looked.province.term, page)
    sheet.show()
    return sheet


def _province(program: Program) -> ProvincePage:
    assert program.desk is not None
    keep_targets(program.desk.store.settings, program.desk.today.year, _TARGETS)
    program.desk.go("province")
    page = page_shown(program, ProvincePage)
    until(lambda: page.looked is not None and not page.desk.jobs.running)
    return page


def store(program: Program) -> None:
    """The patents that passed, one in hand."""
    _store(program)
    settle()


def licence_sheet(program: Program) -> QWidget:
    """A licence as reported is asked for."""
    page = _store(program)
    sheet = LicenceSheet(page.table.rows[0].kept.record, page.desk.today, page)
    sheet.show()
    return sheet


def _store(program: Program) -> StorePage:
    assert program.desk is not None
    program.desk.go("store", state="published")
    page = page_shown(program, StorePage)
    until(lambda: page.table.rows and not page.desk.jobs.running)
    page.table.choose(0)
    return page


def units(program: Program) -> None:
    """The units of a province, one in hand."""
    assert program.desk is not None
    program.desk.go("units")
    page = page_shown(program, UnitsPage)
    page.table.choose(1)
    settle()


def review(program: Program) -> None:
    """A package under review, a patent to be returned."""
    page = _review(program)
    page.case.choose("return")
    settle()


def review_decided(program: Program) -> None:
    """A package that was examined before."""
    assert program.desk is not None
    page = _review(program)
    last = page.packages.count() - 1
    page.packages.setCurrentIndex(last)
    page.packages.activated.emit(last)
    until(lambda: not page.desk.jobs.running)
    settle()


def review_empty(program: Program) -> None:
    """Nothing is under review."""
    begun(program)
    assert program.desk is not None
    program.desk.go("review")
    page_shown(program, ReviewPage)


def _review(program: Program) -> ReviewPage:
    assert program.desk is not None
    program.desk.go("review")
    page = page_shown(program, ReviewPage)
    until(lambda: bool(page.patents.table.rows) and not page.desk.jobs.running)
    settle()
    return page


def _intake(program: Program, stands: Standing) -> IntakePage:
    assert program.desk is not None
    program.desk.go("intake")
    page = page_shown(program, IntakePage)
    until(lambda: page.looked is not None and not page.desk.jobs.running)
    places = [place for place, one in enumerate(page.table.rows) if one.standing == stands]
    page.table.choose(places[0])
    settle()
    return page
