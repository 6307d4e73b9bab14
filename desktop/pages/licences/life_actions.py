"""What a clerk does with a licence after its signature: notes it down, makes its papers."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.pages.licences.licence_session import LicenceSession
from desktop.parts.facts_sheet import FactsSheet
from desktop.parts.outside import open_outside
from forms.facts.licence_life import Ending, Proof
from forms.facts.quantities import Unreadable, read_date
from forms.facts.record import Licence
from forms.ground.files import write_atomically
from forms.office import licence_life
from forms.office.licence_papers import receipt_list, reminder
from forms.office.paper_making import Unprintable
from forms.office.recordal_packet import (
    ITEM_SCAN,
    NOTICE_SCAN,
    RECEIPT_SCAN,
    Packet,
    write_packet,
)
from forms.office.store import CannotDo
from forms.office.stored import StoredLicence

_OF_LIFE = ("agreed", "starts_on", "life")


class LifeActions:
    """Asks for what is to be noted and keeps it.  Raises CannotDo for what can not be."""

    def __init__(self, page: QWidget, desk: Desk, session: LicenceSession) -> None:
        self._page, self._desk, self._session = page, desk, session

    def do(self, action: str) -> None:
        """Do what a step asks for."""
        {
            "notice": self.note_notice,
            "receipt": self.note_receipt,
            "record": self.note_recordal,
            "end": self.note_end,
        }[action]()

    def note_notice(self) -> None:
        """The licensee's written notice."""
        notice = self._session.licence.life.notice
        day = notice.day or self._desk.today
        facts = {"day": day.isoformat(), "how": notice.how}

        def noticed(sheet: FactsSheet) -> Licence:
            licence = licence_life.with_notice(
                self._session.case.case,
                self._session.licence,
                _day(sheet.said("day")),
                self._desk.today,
                how=sheet.said("how"),
            )
            if sheet.file is None:
                return licence
            proof = self._kept_file(NOTICE_SCAN, sheet.file)
            kept = replace(licence.life.notice, proof=proof)
            return replace(licence, life=replace(licence.life, notice=kept))

        self._note("note_notice", facts, noticed, "登记书面通知", with_file=True)

    def note_receipt(self) -> None:
        """Money that came in."""
        today = self._desk.today
        facts = {"day": today.isoformat(), "amount": "", "purpose": "", "voucher": ""}

        def received(sheet: FactsSheet) -> Licence:
            day, amount = _day(sheet.said("day")), licence_life.amount_of(sheet.said("amount"))
            said = partial(
                licence_life.with_receipt,
                *(self._session.licence, day, amount, today),
                purpose=sheet.said("purpose"),
                number=sheet.said("voucher"),
            )
            said()  # refused before a file is kept for it
            return said(proof=self._kept_file(RECEIPT_SCAN, sheet.file) if sheet.file else None)

        self._note("note_receipt", facts, received, "登记到账", with_file=True)

    def note_recordal(self) -> None:
        """What the office did of the recordal."""
        recordal = self._session.licence.life.recordal
        facts = {
            "submitted": _text(recordal.submitted_on),
            "recorded": _text(recordal.recorded_on),
            "number": recordal.number,
        }

        def recorded(sheet: FactsSheet) -> Licence:
            submitted_on, recorded_on = (
                _day(text) if (text := sheet.said(name)) else None
                for name in ("submitted", "recorded")
            )
            return licence_life.with_recordal(
                self._session.case.case,
                self._session.licence,
                self._desk.today,
                submitted_on=submitted_on,
                recorded_on=recorded_on,
                number=sheet.said("number"),
            )

        licence = self._note("note_number", facts, recorded, "登记备案")
        if licence is None:
            return
        store, case = self._desk.store, self._session.case
        if licence_life.note_relief(store, case, licence, who=self._desk.who):
            self._session.case = store.cases.one(case.id)
            self._desk.case_saved.emit(case.id)
            self._desk.notices.tell("done", t("licences.life.relieved"))

    def note_end(self) -> None:
        """The end of the licence."""
        ending = self._session.licence.life.ending
        day = ending.day or self._desk.today
        facts = {"day": day.isoformat(), "reason": ending.reason}

        def ended(sheet: FactsSheet) -> Licence:
            day, reason = _day(sheet.said("day")), sheet.said("reason")
            said = Ending(day=day, by="terminated", reason=reason)
            case = self._session.case.case
            return licence_life.with_ending(case, self._session.licence, said)

        self._note("note_end", facts, ended, "登记终止")

    def add_paper(self, code: str, _checked: bool = False) -> None:
        """A file of one of the papers for the recordal."""
        title = t("widgets.facts.choose_file")
        chosen = self._desk.dialogs.files(self._page, title, t("widgets.facts.kinds"))
        if not chosen:
            return
        proof = self._kept_file(ITEM_SCAN + code, chosen[0])
        licence = licence_life.with_item(
            self._session.licence, code, state="ready", proofs=(proof,)
        )
        self._keep(licence, "登记备案材料")

    # --- papers -------------------------------------------------------------------------------

    def make_papers(self) -> None:
        """The papers for the recordal, as a folder and a zip."""
        out = self._desk.dialogs.folder(self._page, t("licences.life.where"))
        if out is not None:
            one = self._stored()
            work = partial(self._packet, one, out)
            self._desk.jobs.run(work, t("licences.life.making"), finished=self._packed)

    def _packet(self, one: StoredLicence, out: Path, _report: Report) -> Packet:
        with self._desk.own_store() as store:
            case, pack = self._session.case, self._session.pack
            return write_packet(store, pack, case, one, out, self._desk.today)

    def _packed(self, packet: Packet) -> None:
        show = (t("licences.one.open"), partial(open_outside, packet.folder, self._desk.notices))
        if packet.wanting:
            names = "、".join(line.words for line in packet.wanting)
            self._desk.notices.tell(
                "pending", t("licences.life.made_but", names=names), action=show
            )
        else:
            words = t("licences.one.made", name=packet.folder.name)
            self._desk.notices.tell("done", words, action=show)

    def export_list(self) -> None:
        """What came in, as a workbook or a PDF."""
        kinds, name = t("licences.life.list_kinds"), Path(t("licences.life.list_name"))
        file = self._desk.dialogs.save(self._page, t("licences.life.export_list"), kinds, name)
        if file is None:
            return
        format = "pdf" if file.suffix.lower() == ".pdf" else "xlsx"
        office, case = self._desk.store.parties.office(), self._session.case
        content = receipt_list(case, self._stored(), office, self._desk.today, format)
        self._wrote(file if file.suffix else file.with_suffix(".xlsx"), content)

    def write_letter(self) -> None:
        """The letter that asks for what is overdue."""
        kinds, name = t("licences.one.pdf_files"), Path(t("licences.life.letter_name"))
        file = self._desk.dialogs.save(self._page, t("licences.life.letter"), kinds, name)
        if file is None:
            return
        store, session = self._desk.store, self._session
        office = store.parties.office()
        try:
            made = reminder(session.case, self._stored(), session.pack, office, self._desk.today)
        except Unprintable as fault:
            raise CannotDo(f"{fault}。") from fault
        store.papers.record_exports([made])
        self._wrote(file, made.content)

    def _wrote(self, file: Path, content: bytes) -> None:
        write_atomically(file, content)
        show = (t("licences.one.open"), partial(open_outside, file, self._desk.notices))
        self._desk.notices.tell("done", t("licences.one.made", name=file.name), action=show)

    # --- keeping ------------------------------------------------------------------------------

    def _note(
        self,
        title: str,
        facts: Mapping[str, str],
        noted: Callable[[FactsSheet], Licence],
        what: str,
        *,
        with_file: bool = False,
    ) -> Licence | None:
        """Keep the licence with what the clerk says of it; None where all stays as it is.

        The sheet comes again where that can not be meant, or its file not be kept.  What was put
        into the licence is the session's to save, again and again: it is not put there twice.
        """
        said = [
            (
                name,
                t(f"licences.life.facts.{name}"),
                value,
                t("licences.life.day_hint") if name in _DAYS else "",
            )
            for name, value in facts.items()
        ]
        files = self._desk.dialogs if with_file else None
        name = t(f"licences.life.{title}").rstrip("…")
        asked = FactsSheet(self._page, name, said, files=files)
        for sheet, attempt in attempts(self._desk, asked):
            with attempt:
                licence = noted(sheet)
            if not attempt.has_failed:
                self._keep(licence, what)
                return licence
        return None

    def _stored(self) -> StoredLicence:
        """The licence as it is kept now."""
        self._session.save()
        stored = self._session.stored
        if stored is None:
            raise CannotDo(t("licences.one.nobody"))
        return stored

    def _kept_file(self, paper: str, file: Path) -> Proof:
        proof, told = licence_life.with_proof(
            self._desk.store, self._stored(), paper, file, who=self._desk.who
        )
        for words in told:
            self._desk.notices.tell("advice", words)
        return proof

    def _keep(self, licence: Licence, what: str) -> None:
        now = self._session.licence
        changed = {
            f"licence.{name}": getattr(licence, name)
            for name in _OF_LIFE
            if getattr(licence, name) != getattr(now, name)
        }
        self._session.draft.put_all(changed)
        self._session.save(what)


_DAYS = ("day", "submitted", "recorded")


def _day(text: str) -> date:
    try:
        return read_date(text)
    except Unreadable as fault:
        raise CannotDo(f"“{text}”不是日期，例如 2026-08-18。") from fault


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
