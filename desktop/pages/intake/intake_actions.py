"""What the clerk does with packages: the use cases, the questions before, the words after."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.desk.attempts import attempts_at_line
from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.intake.hand_sheet import HandSheet
from desktop.pages.intake.intake_jobs import packs_of
from desktop.pages.intake.intake_rows import Looked, Row
from desktop.pages.intake.silent_sheet import SilentSheet
from desktop.parts.outside import open_outside
from forms.bureau import letters_to_units as letters
from forms.bureau import package_care as care
from forms.bureau.originals import originals_folder
from forms.bureau.records import PACKAGE_CASES, Package, PackageCase
from forms.bureau.units import REPORT_TERMS, UNITS, ReportTerm, Unit, by_name, unit_key
from forms.facts.record import Office
from forms.ground.files import safe_name, write_atomically
from forms.ground.for_the_clerk import ForTheClerk
from forms.office.stored import Kept

DRAFTS = "drafts"
_MOST_OPENED = 5  # drafts that are opened at once: of more the folder is


class IntakeActions:
    """Does things to packages for a page; `done` is told that something changed."""

    def __init__(self, desk: Desk, page: QWidget, done: Callable[[], object]) -> None:
        self._desk, self._page, self._done = desk, page, done

    # --- to review ------------------------------------------------------------------------------

    def send(self, rows: Sequence[Row]) -> None:
        """Send packages to review; those that can not go are told, each with the reason."""
        desk, ids = self._desk, [row.kept.id for row in rows]
        cases, left = care.send_to_review(desk.store, ids, now=desk.now(), who=desk.who)
        stay = [package for package, _ in left]
        gone = [row.kept.id for row in rows if row.package not in stay]
        if gone:
            words = t("intake.told.sent", packages=len(gone), cases=cases)
            back = (t("intake.do.take_back"), partial(self.take_back, gone))
            desk.notices.tell("done", words, action=back)
        for package, why in left:
            name = package.office or package.source
            desk.notices.tell("pending", t("intake.told.not_sent", name=name, why=why))
        self._done()

    def take_back(self, package_ids: Sequence[int]) -> None:
        """Take packages back from review."""
        done = care.take_back(self._desk.store, package_ids, who=self._desk.who)
        if done < len(package_ids):
            words = t("intake.told.decided", count=len(package_ids) - done)
            self._desk.notices.tell("pending", words)
        self._done()

    def accept(self, row: Row) -> None:
        """Take a package with its faults; why is asked."""
        desk = self._desk
        asked = t("intake.do.accept"), t("intake.accept.label"), t("intake.accept.yes")
        if self._kept_line(
            lambda words: care.accept(desk.store, row.kept.id, words, who=desk.who), *asked
        ):
            desk.notices.tell("done", t("intake.told.accepted", name=row.package.office))

    # --- by hand --------------------------------------------------------------------------------

    def name_office(self, row: Row) -> None:
        """Ask which unit a package is of."""
        desk = self._desk
        self._kept_line(
            lambda words: care.name_office(desk.store, row.kept.id, words, who=desk.who),
            *(t("intake.do.office"), t("intake.columns.office"), t("intake.hand.yes")),
            start=row.package.office or self._guessed(row.package),
        )

    def complete(self, row: Row, kept: Kept[PackageCase] | None) -> HandSheet:
        """Ask for a patent that came without data."""
        desk, packs = self._desk, packs_of(self._desk)

        def keep(entry: care.HandEntry) -> None:
            care.complete_by_hand(desk.store, row.kept.id, entry, packs, who=desk.who)
            self._done()

        sheet = HandSheet(row.package, kept, keep, self._page)
        sheet.open()
        return sheet

    def let_count(self, case_id: int, others: Sequence[int]) -> None:
        """Let one of several cases on a patent count."""
        desk = self._desk
        if self._tried(lambda: care.keep_first(desk.store, case_id, others, who=desk.who)):
            number = desk.store.records.of(PACKAGE_CASES).get(case_id).record.number
            desk.notices.tell("done", t("intake.told.merged", number=number))

    def _guessed(self, package: Package) -> str:
        """The unit of the roll that the file's name tells, "" where it tells none."""
        source = unit_key(package.source)
        return next((unit.name for key, unit in self._units().items() if key in source), "")

    # --- letters --------------------------------------------------------------------------------

    def ask_again(self, row: Row) -> None:
        """A draft that asks the unit to send its package again."""
        package = self._with_address(row.package)
        name = t("intake.draft.resend", office=package.office, batch=package.batch)
        self._open({name: letters.resend(package, self._bureau, self._desk.today)})

    def acknowledge(self, rows: Sequence[Row]) -> None:
        """Drafts that tell units their packages were received, one for each unit; noted."""
        by_unit: dict[str, list[Package]] = {}
        for row in rows:
            by_unit.setdefault(row.package.office, []).append(self._with_address(row.package))
        drafts = {
            t("intake.draft.receipt", office=office): letters.receipt(
                packages, self._bureau, self._desk.today
            )
            for office, packages in by_unit.items()
        }
        ids = [row.kept.id for row in rows]
        care.acknowledge(self._desk.store, ids, now=self._desk.now(), who=self._desk.who)
        self._open(drafts)
        self._done()

    def ask_to_agree(self, kept: Kept[PackageCase]) -> None:
        """A draft that asks the units of a patent to agree."""
        case = kept.record
        units = self._units()
        offices = (case.office, *(one.office for one in case.duplicates))
        found = [units.get(unit_key(name)) for name in dict.fromkeys(offices)]
        to = "; ".join(unit.email for unit in found if unit is not None and unit.email)
        draft = letters.agree(case, case.duplicates, to, self._bureau, self._desk.today)
        self._open({t("intake.draft.agree", number=case.number): draft})

    def show_silent(self, looked: Looked) -> SilentSheet:
        """List the units not heard from; they may be reminded."""

        def remind(units: Sequence[Unit]) -> None:
            term = self._term(looked.quarter.code)
            self._open(
                {
                    t("intake.draft.remind", office=unit.name): letters.reminder(
                        unit, looked.quarter, term, self._bureau, self._desk.today
                    )
                    for unit in units
                }
            )

        sheet = SilentSheet(looked.quarter, looked.silent, remind, self._page)
        sheet.open()
        return sheet

    # --- the original ---------------------------------------------------------------------------

    def open_original(self, row: Row) -> None:
        """Open the folder where what came lies as it came."""
        place = originals_folder(self._desk.store.path.parent) / row.package.original
        open_outside(place if place.is_dir() else place.parent, self._desk.notices)

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _bureau(self) -> Office:
        """The bureau's own facts."""
        return self._desk.store.parties.office()

    def _units(self) -> dict[str, Unit]:
        kept = self._desk.store.records.of(UNITS).listed()
        return dict(by_name(one.record for one in kept))

    def _term(self, code: str) -> ReportTerm | None:
        found = self._desk.store.records.of(REPORT_TERMS).listed(keys=[code])
        return found[0].record if found else None

    def _with_address(self, package: Package) -> Package:
        """The package with the unit's address of the roll where it came without one."""
        from msgspec.structs import replace

        unit = self._units().get(unit_key(package.office))
        if package.sender.email or unit is None:
            return package
        return replace(package, sender=replace(package.sender, email=unit.email))

    def _open(self, drafts: dict[str, bytes]) -> None:
        """Write drafts and open them; of many their folder."""
        folder = self._desk.store.path.parent / DRAFTS / f"{self._desk.today}"
        files: list[Path] = []
        for name, content in drafts.items():
            file = folder / f"{safe_name(name)}.eml"
            write_atomically(file, content)
            files.append(file)
        for place in files if len(files) <= _MOST_OPENED else (folder,):
            open_outside(place, self._desk.notices)
        if len(files) > _MOST_OPENED:
            show = (t("intake.told.folder"), partial(open_outside, folder, self._desk.notices))
            words = t("intake.told.drafts", count=len(files))
            self._desk.notices.tell("done", words, action=show)

    def _kept_line(self, keep: Callable[[str], object], *asked: str, start: str = "") -> bool:
        """Ask for a line by title, name and yes, and keep it; whether it was kept."""
        for words, attempt in attempts_at_line(self._desk, self._page, *asked, start=start):
            with attempt:
                keep(words)
            if not attempt.has_failed:
                self._done()
                return True
        return False

    def _tried(self, work: Callable[[], object]) -> bool:
        """Do something a clerk may be told can not be done."""
        try:
            work()
        except ForTheClerk as wrong:
            self._desk.notices.tell("error", str(wrong))
            return False
        self._done()
        return True
