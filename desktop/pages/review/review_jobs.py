"""What takes long of a review, as jobs: looking a package over, pictures of scans, letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report

if TYPE_CHECKING:
    from forms.bureau.examination import Examined
    from forms.bureau.records import Package, PackageCase, PackageFile
    from forms.office.stored import Kept


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A package with its cases in order, and what is to be said of each, by its id."""

    package: Kept[Package]
    cases: tuple[Kept[PackageCase], ...]
    examined: Mapping[int, Examined]


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A page of a file of a package: the picture, which page of how many, why there is none."""

    key: tuple[int, str, int, int]
    image: QImage | None = None
    pages: int = 0
    fault: str = ""


def looking(desk: Desk, package_id: int) -> Callable[[Report], Looked]:
    """Look a package over."""

    def work(report: Report) -> Looked:
        from forms.bureau.records import PACKAGE_CASES, PACKAGES
        from forms.bureau.review import examined

        with desk.own_store() as store:
            package = store.records.of(PACKAGES).get(package_id)
            listed = store.records.of(PACKAGE_CASES).listed(parent=package_id)
            cases = [one for one in listed if one.record.state != "replaced"]
            cases.sort(key=lambda one: one.record.place)
            report.check()
            found = examined(store, desk.shelf, cases, desk.today)
        return Looked(package=package, cases=tuple(cases), examined=found)

    return work


def scanning(
    folder: Path, package: Kept[Package], file: PackageFile, page: int, wide: int
) -> Callable[[Report], Scan]:
    """Draw a page of a file of a package, so many pixels wide."""

    def work(report: Report) -> Scan:
        from desktop.on_paper.preview.page_image import image_of
        from forms.bureau.originals import file_content, originals_folder
        from forms.ground.for_the_clerk import ForTheClerk
        from forms.ground.pdf_pages import page_count

        key = (package.id, file.name, page, wide)
        try:
            content = file_content(originals_folder(folder), package.record, file)
        except ForTheClerk as fault:
            return Scan(key=key, fault=str(fault))
        report.check()
        pages = page_count(content)
        if not pages:
            return Scan(key=key, fault=file.name)
        return Scan(key=key, image=image_of(content, wide, min(page, pages - 1)), pages=pages)

    return work


def taking_status(desk: Desk, file: Path) -> Callable[[Report], int]:
    """Take in an export of the register; how many patents it says something of."""

    def work(report: Report) -> int:
        from forms.bureau.register_facts import take_in
        from forms.exchange.status_export import read_status_export
        from forms.exchange.workbook_reader import read_file

        sheets = read_file(file)
        report.check()
        packs = [pack for code in desk.packs if (pack := desk.shelf.of(code)) is not None]
        export = read_status_export(sheets, packs)
        with desk.own_store() as store:
            return take_in(store, export, on=desk.today, source=file.name, who=desk.who)

    return work


def answering(
    desk: Desk, package: Package, cases: Sequence[PackageCase], out: Path
) -> Callable[[Report], Path]:
    """Write a package's answer into a folder; where it lies."""

    def work(report: Report) -> Path:
        from desktop.installed.program_places import taken_packs_folder
        from forms.bureau import opinion
        from forms.exchange.package import write_folder
        from forms.output.pdf import render
        from forms.pack.record_pack import record_pack
        from forms.paper.facts_view import compose_facts

        with desk.own_store() as store:
            bureau, database = store.parties.office(), store.path
        pack = record_pack("bureau", taken_packs_folder(database))
        facts = opinion.opinion(package, cases, bureau, pack, desk.today)
        report.check()
        letter = render(compose_facts(pack.papers[opinion.PAPER], facts, pack))
        said = opinion.answer_file(package, cases, bureau, pack, desk.today)
        files = opinion.written(letter, said, package, bureau, desk.today)
        return write_folder(out, opinion.folder_name(package), files, desk.today)[0]

    return work


def correction_days(desk: Desk) -> int:
    """How many days a unit has to correct, by the record pack that counts here."""
    from desktop.installed.program_places import taken_packs_folder
    from forms.bureau.review import CORRECTION_DAYS
    from forms.pack.pack_files import PackFault
    from forms.pack.record_pack import record_pack

    try:
        pack = record_pack("bureau", taken_packs_folder(desk.store.path))
    except PackFault:
        return CORRECTION_DAYS
    return pack.days("correction_days") or CORRECTION_DAYS
