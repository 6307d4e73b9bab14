"""What is done with duties: said to be done, put off, none of ours; taken back; made into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from desktop.parts.outside import open_outside
from forms.facts.amounts import grouped
from forms.office.agenda import Item
from forms.office.store import CannotDo
from forms.office.stored import DutyNote, DutySaid

if TYPE_CHECKING:
    from desktop.pages.overview.duty_sheet import Asked
    from forms.office.annual_fees import PaymentList
    from forms.office.stored import Made

_STATES: Mapping[Asked, DutySaid] = {"done": "done", "snooze": "snoozed", "exclude": "excluded"}


class DutyActions:
    """Acts on duties; `changed` is called once something is said of any."""

    def __init__(self, desk: Desk, page: QWidget, changed: Callable[[], object]) -> None:
        self._desk, self._page, self._changed = desk, page, changed
        self._last: dict[str, tuple[DutyNote | None, DutyNote | None]] = {}  # before and since

    def do(self, what: str, items: Sequence[Item]) -> None:
        """Do what is asked: done, snooze, exclude, undo, go, payment."""
        if not items:
            return
        match what:
            case "done" | "snooze" | "exclude":
                self._say(what, items)
            case "undo":
                notes = (one.note for one in items if one.note is not None)
                self._take_back({note.key: (None, note) for note in notes})
            case "payment":
                self.make_payment_list(items)
            case "go":
                self._go(items[0])

    def _go(self, item: Item) -> None:
        """Open the page where a duty is done, with the pack of its case."""
        desk, (page, field) = self._desk, words.place_of(item)
        if item.duty.pool_id is not None:
            desk.go(page, pool_id=item.duty.pool_id)
            return
        case_id = words.case_of(item)
        if page == "wizard":
            own = desk.store.cases.one(case_id).case.pack
            if own in desk.packs and own != desk.pack.identity.code:
                desk.choose_pack(own)
            desk.go(page, case_id=case_id, path=field)
        else:
            desk.go(page, case_id=case_id)

    # --- what is said of duties -------------------------------------------------------------

    def _say(self, asked: Asked, items: Sequence[Item]) -> None:
        from desktop.pages.overview.duty_sheet import DutySheet

        some = [one for one in items if one.is_open]
        if not some:
            self._desk.notices.tell("advice", t("overview.told.none_open"))
            return
        only = some[0].duty if len(some) == 1 else None
        made = DutySheet(
            asked,
            only.what if only else t("overview.sheet.several", count=len(some)),
            self._desk.today,
            due=only.date if only else None,
            amount=only.amount if only else None,
            parent=self._page,
        )
        for sheet, attempt in attempts(self._desk, made):
            notes = {
                one.duty.key: DutyNote(
                    key=one.duty.key,
                    state=_STATES[asked],
                    day=sheet.day,
                    amount=(sheet.amount if only else one.duty.amount) if asked == "done" else None,
                    words=sheet.words,
                    noted_by=self._desk.who,
                )
                for one in some
            }
            with attempt:
                self._keep(notes, asked, len(notes))

    def _keep(self, notes: Mapping[str, DutyNote | None], told: str, count: int) -> None:
        """Keep notes, or take those that are None back; what there was before can be had again."""
        with self._desk.store.transaction():
            self._write(notes)
        self._tell(told, count)

    def _write(self, notes: Mapping[str, DutyNote | None]) -> None:
        kept = self._desk.store.duties
        there = kept.notes()
        self._last = {key: (there.get(key), note) for key, note in notes.items()}
        kept.put(note for note in notes.values() if note is not None)
        kept.forget(key for key, note in notes.items() if note is None)

    def _tell(self, told: str, count: int) -> None:
        self._changed()
        undo = (t("overview.told.undo"), self.undo)
        self._desk.notices.tell("done", t(f"overview.told.{told}", count=count), action=undo)

    def undo(self) -> None:
        """Say of the last duties what was said before."""
        if self._last:
            last, self._last = self._last, {}
            self._take_back(last)

    def _take_back(self, said: Mapping[str, tuple[DutyNote | None, DutyNote | None]]) -> None:
        """Say of duties what was said before; what another has said since is left."""
        with self._desk.store.transaction():
            now = self._desk.store.duties.notes()
            before = {key: was for key, (was, since) in said.items() if now.get(key) == since}
            self._write(before)
        if before:
            self._tell("undone", len(before))
        if left := len(said) - len(before):
            self._changed()
            self._desk.notices.tell("pending", t("overview.told.left", count=left))

    # --- files and paper --------------------------------------------------------------------

    def export_calendar(self, items: Sequence[Item]) -> None:
        """Write duties as a calendar where the clerk says."""
        from desktop.pages.overview.duty_files import make_calendar

        file = self._asked_file(items, "ics")
        if file is not None:
            self._desk.jobs.run(
                partial(make_calendar, tuple(items), self._desk.today, file),
                t("overview.files.ics_making"),
                finished=partial(self._made, t("overview.files.ics_made", count=len(items))),
            )

    def make_payment_list(self, items: Sequence[Item]) -> None:
        """Write the payment list of annuities; anything else among them is named."""
        from desktop.pages.overview.duty_files import make_payment_list

        others = [one for one in items if one.duty.kind != "annual_fee" or not one.is_open]
        if others:
            words = t("overview.files.not_fees", count=len(others), what=others[0].duty.what)
            raise CannotDo(words)
        file = self._asked_file(items, "xlsx")
        if file is not None:
            self._desk.jobs.run(
                partial(make_payment_list, self._desk, tuple(items), file),
                t("overview.files.xlsx_making"),
                finished=self._made_payment_list,
            )

    def print_list(self, items: Sequence[Item]) -> None:
        """Show the list on paper, to be printed."""
        from desktop.pages.overview.duty_files import make_paper

        if not items:
            raise CannotDo(t("overview.files.nothing"))
        self._desk.jobs.run(
            partial(make_paper, self._desk, tuple(items)),
            t("overview.files.paper_making"),
            finished=self._show_paper,
        )

    def _asked_file(self, items: Sequence[Item], ending: str) -> Path | None:
        if not items:
            raise CannotDo(t("overview.files.nothing"))
        start = Path(t(f"overview.files.{ending}_name", day=f"{self._desk.today:%Y%m%d}"))
        title, kinds = t(f"overview.files.{ending}_title"), t(f"overview.files.{ending}_kinds")
        file = self._desk.dialogs.save(self._page, title, kinds, start)
        if file is not None and file.suffix.lower() != f".{ending}":
            file = file.with_name(f"{file.name}.{ending}")
        return file

    def _made(self, told: str, file: Path) -> None:
        show = (t("overview.files.open"), partial(open_outside, file, self._desk.notices))
        self._desk.notices.tell("done", told, action=show)

    def _made_payment_list(self, made: tuple[PaymentList, list[Path]]) -> None:
        listed, files = made
        rows, total = sum(map(len, listed.files)), grouped(listed.total)
        told = t("overview.files.xlsx_made", rows=rows, total=total)
        if listed.left_out:
            told += t("overview.files.left_out", what="；".join(listed.left_out[:3]))
        self._made(told, files[0])

    def _show_paper(self, made: Made) -> None:
        from desktop.on_paper.printing.print_preview import PrintPreview

        PrintPreview(self._desk, t("overview.files.paper"), [made], parent=self._page).open()
