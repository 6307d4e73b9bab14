"""Applications on the page of a pool: taken in, reviewed, decided, signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.desk.attempts import Attempt, attempts
from desktop.installed.screen_texts import t
from desktop.pages.pool.application_sheet import ApplicationSheet
from desktop.pages.pool.fields_sheet import FieldsSheet
from desktop.parts.dialogs import kinds_of
from forms.ground.cleaning import visible
from forms.ground.endings import SCANS, TABLES
from forms.ground.files import read_bytes, safe_name, unique_names, write_atomically
from forms.office import pool_entry
from forms.office.pool_package import ENCLOSED
from forms.office.store import CaseStore, RecordKeeper
from forms.office.stored import SCAN_LIMIT_MB, Kept, RecordFile
from forms.pack.reading import Value
from forms.pack.types import Choice, Field, FieldKind
from forms.pool.book_columns import VOTE_WORDS
from forms.pool.book_values import values_of, with_values_of
from forms.pool.records import AGREEMENTS, Agreement, Application, Applied, Opinion, Vote
from forms.pool.records import APPLICATIONS as APPLICATION_KIND

if TYPE_CHECKING:
    from desktop.pages.pool.pool_actions import PoolActions

_DISPUTES = (Choice(value="arbitration", label="仲裁"), Choice(value="court", label="诉讼"))


def _term(path: str, kind: FieldKind, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(path=path, label=t(f"pool.sign.{path}"), kind=kind, choices=choices)


_TERMS = (
    _term("signed_on", "date"),
    _term("starts_on", "date"),
    _term("ends_on", "date"),
    _term("notice_days", "integer"),
    _term("renewal_years", "integer"),
    _term("exit_notice_days", "integer"),
    _term("inform_days", "integer"),
    _term("secrecy_years", "integer"),
    _term("members_license_alone", "flag"),
    _term("copies", "integer"),
    _term("dispute", "choice", _DISPUTES),
    _term("dispute_at", "text"),
    _term("other_matters", "long_text"),
)
"""What an agreement says, in the order of its paper."""


class ApplicationActions:
    """Does what is asked with applications."""

    def __init__(self, doing: PoolActions) -> None:
        self._doing, self._desk = doing, doing.desk

    def new(self, case_ids: Sequence[int] = ()) -> None:
        """Ask for an application: who, which patents, since when."""
        store, doing = self._desk.store, self._doing
        cases = list(store.cases.listed(ids=list(case_ids))) if case_ids else []
        numbers = "；".join(one.case.patent.number or "" for one in cases)
        owners = [owner.name for one in cases for owner in one.case.owners[:1]]
        own = store.parties.office().name
        fields = [
            Field(path="name", label=t("pool.applications.applicant"), kind="text"),
            Field(path="received_on", label=t("pool.applications.received_on"), kind="date"),
            Field(path="category", label=t("pool.patents.table.class"), kind="text"),
            Field(path="grade", label=t("pool.applications.grade"), kind="text"),
            Field(path="numbers", label=t("pool.patents.numbers"), kind="long_text"),
        ]
        view = doing.look.whole
        names = [one.record.party.name for one in view.members]
        names += [one.party.name for one in store.parties.listed()]
        asked = FieldsSheet(
            doing.page,
            t("pool.applications.new_title"),
            fields,
            {
                "name": owners[0] if owners else own,
                "received_on": doing.look.today,
                "numbers": numbers,
            },
            words=t("pool.applications.new_words"),
            options={
                "name": list(dict.fromkeys(one for one in (own, *names) if one)),
                "category": ["", *view.pool.record.categories],
                "grade": ["", *(one.name for one in view.pool.record.grades)],
            },
            checked=_checked_new,
        )
        for sheet, attempt in attempts(self._desk, asked):
            with attempt:
                made = self._application(sheet.values)
                pool_entry.apply(store, doing.pool_id, made, who=self._desk.who)
                doing.tell("pool.applications.taken_in", count=len(made.patents))

    def _application(self, values: Mapping[str, Value]) -> Application:
        name = str(values["name"])
        party = self._doing.party(name)
        party = party if party.name else msgspec.structs.replace(party, name=name)
        patents = []
        for text in _parted(str(values["numbers"])):
            cases = self._desk.store.cases.listed([text])
            one = pool_entry.applied_of(cases[0]) if cases else Applied(number=text)
            patents.append(
                msgspec.structs.replace(
                    one, category=str(values["category"] or ""), grade=str(values["grade"] or "")
                )
            )
        received = values["received_on"]
        day = received if isinstance(received, date) else None
        return Application(applicant=party, patents=tuple(patents), received_on=day)

    def open(self, at: int) -> None:
        """Show an application; do what is chosen there, and show it again until it is left."""
        shelf = self._desk.store.records.of(APPLICATION_KIND)
        while True:
            kept = shelf.get(at)
            pool_id, today = self._doing.pool_id, self._doing.look.today
            problems = pool_entry.problems_of(self._desk.store, pool_id, kept, today)
            grades = [one.name for one in self._doing.look.whole.pool.record.grades]
            files = [visible(one.name) for one in self._files_of(kept)]
            asked, step = ApplicationSheet(self._doing.page, kept, problems, grades, files), ""
            for sheet, attempt in attempts(self._desk, asked):
                with attempt:
                    kept, step = self._with_changes(kept, sheet), sheet.step
            if not step:  # left, and what was ticked is kept
                self._doing.tried(partial(self._with_changes, kept, asked))
                return
            if not self._step(kept, step):
                return

    def _with_changes(self, kept: Kept[Application], sheet: ApplicationSheet) -> Kept[Application]:
        """Keep what was ticked on the sheet."""
        changed = sheet.changed_patents
        if changed is None:
            return kept
        after = msgspec.structs.replace(kept.record, patents=changed)
        shelf = self._desk.store.records.of(APPLICATION_KIND)
        saved = shelf.save(kept.id, after, revision=kept.revision, who=self._who)
        self._doing.holder.mark_stale()
        return saved

    def _step(self, kept: Kept[Application], step: str) -> bool:
        """Take a step; whether the application is to be shown again."""
        match step:
            case "review":
                return self._review(kept)
            case "opinion":
                return self._opinion(kept)
            case "decide":
                return self._decide(kept)
            case "refuse":
                return self._refuse(kept)
            case "list":
                self._done(lambda: pool_entry.list_it(*self._of(kept), self._today, who=self._who))
                return True
            case "prepare":
                return self._prepare(kept)
            case "sign":
                return self._sign(kept)
            case "withdraw":
                self._done(lambda: pool_entry.withdraw(*self._of(kept), self._today, who=self._who))
                return False
        if step == "enclose":
            return self._enclose(kept)
        if step == "save_enclosed":
            return self._save_enclosed(kept)
        if step.startswith("paper:"):
            self._print(kept, step.removeprefix("paper:"))
        return False

    def _files_of(self, kept: Kept[Application]) -> Sequence[RecordFile]:
        return self._desk.store.records.files_of([kept.id]).get(kept.id, ())

    def _enclose(self, kept: Kept[Application]) -> bool:
        """Keep files with an application: certificates, reports, copies of the register."""
        kinds = kinds_of("pool.enclosed.kinds", (*SCANS, *TABLES, ".docx", ".zip"))
        chosen = self._desk.dialogs.files(self._doing.page, t("pool.enclosed.add"), kinds)
        records, who = self._desk.store.records, self._desk.who
        for file in chosen:
            self._doing.tried(
                partial(_kept, records, kept.id, file, who),
            )
        return True

    def _save_enclosed(self, kept: Kept[Application]) -> bool:
        """Write what was enclosed into a folder, over nothing that is there."""
        folder = self._desk.dialogs.folder(self._doing.page, t("pool.enclosed.save"))
        if folder is None:
            return True
        files = self._files_of(kept)
        there = [one.name for one in folder.iterdir()]
        names = unique_names([*there, *(safe_name(one.name) for one in files)])[len(there) :]
        for name, one in zip(names, files, strict=True):
            write_atomically(folder / name, self._desk.store.records.file_content(one))
        self._desk.notices.tell("done", t("pool.enclosed.saved", count=len(files)))
        return True

    def _print(self, kept: Kept[Application], code: str) -> None:
        of = kept.record.agreement_id if code == "agreement" else kept.id
        self._doing.save_paper(code, str(of), kept.record.applicant.name)

    def _review(self, kept: Kept[Application]) -> bool:
        fields = [
            Field(path="day", label=t("pool.review.from"), kind="date"),
            Field(path="asked", label=t("pool.review.asked"), kind="integer"),
        ]
        least = self._doing.look.whole.pool.record.standard.opinions
        start: Mapping[str, Value] = {"day": self._today, "asked": max(least, 1)}
        for values, attempt in self._asked(t("pool.review.title"), fields, start):
            asked, day = values["asked"], values["day"]
            count = asked if isinstance(asked, int) else 0
            from_day = day if isinstance(day, date) else self._today
            with attempt:
                self._stands(pool_entry.to_review(*self._of(kept), from_day, count, who=self._who))
        return True

    def _opinion(self, kept: Kept[Application]) -> bool:
        choices = tuple(Choice(value=value, label=word) for value, word in VOTE_WORDS.items())
        fields = [
            Field(path="reviewer", label=t("pool.review.reviewer"), kind="text"),
            Field(path="unit", label=t("pool.review.unit"), kind="text"),
            Field(path="day", label=t("pool.review.day"), kind="date"),
            Field(path="vote", label=t("pool.review.vote"), kind="choice", choices=choices),
            Field(path="grade", label=t("pool.applications.grade"), kind="text"),
            Field(path="score", label=t("pool.review.score"), kind="number"),
            Field(path="words", label=t("pool.review.words"), kind="long_text"),
        ]
        grades = ["", *(one.name for one in self._doing.look.whole.pool.record.grades)]
        for values, attempt in self._asked(
            t("pool.review.opinion"), fields, {"day": self._today}, options={"grade": grades}
        ):
            vote, day, score = values["vote"], values["day"], values["score"]
            said: Vote | None = vote if vote in VOTE_WORDS else None  # type: ignore[assignment]
            opinion = Opinion(
                reviewer=str(values["reviewer"] or ""),
                unit=str(values["unit"] or ""),
                day=day if isinstance(day, date) else self._today,
                vote=said,
                grade=str(values["grade"] or ""),
                score=score if isinstance(score, Decimal) else None,
                words=str(values["words"] or ""),
            )
            with attempt:
                self._stands(pool_entry.add_opinion(*self._of(kept), opinion, who=self._who))
        return True

    def _decide(self, kept: Kept[Application]) -> bool:
        taken = [one.number for one in kept.record.patents if one.is_taken is not False]
        words = t("pool.decide.words", count=len(taken))
        self._ask_decision(kept, taken, t("pool.decide.title"), words)
        return True

    def _refuse(self, kept: Kept[Application]) -> bool:
        self._ask_decision(kept, [], t("pool.decide.refuse"), t("pool.decide.refuse_words"))
        return True

    def _ask_decision(
        self, kept: Kept[Application], taken: Sequence[str], title: str, words: str
    ) -> None:
        fields = [
            Field(path="day", label=t("pool.decide.day"), kind="date"),
            Field(path="by", label=t("pool.decide.by"), kind="text"),
            Field(path="reason", label=t("pool.decide.reason"), kind="long_text"),
        ]
        start: Mapping[str, Value] = {"day": self._today}
        for values, attempt in self._asked(title, fields, start, words=words):
            by, reason, day = _decided(values, self._today)
            with attempt:
                self._stands(
                    pool_entry.decide(
                        *self._of(kept), taken, day, by=by, reason=reason, who=self._who
                    )
                )

    def _prepare(self, kept: Kept[Application]) -> bool:
        fields = [one for one in _TERMS if one.path != "signed_on"]
        before = self._agreement(kept)
        for values, attempt in self._asked(
            t("pool.sign.prepare"),
            fields,
            values_of(before, fields),
            words=t("pool.sign.prepare_words"),
            checked=_never_bars,
        ):
            agreement = with_values_of(before, Agreement(), values)
            with attempt:
                self._stands(
                    pool_entry.prepare(*self._of(kept), agreement, before=before, who=self._who)
                )
        return True

    def _agreement(self, kept: Kept[Application]) -> Agreement:
        """The agreement that was prepared, else a blank one that bars nobody."""
        at = kept.record.agreement_id
        if at is not None:
            return self._desk.store.records.of(AGREEMENTS).get(at).record
        return Agreement(members_license_alone=True)

    def _sign(self, kept: Kept[Application]) -> bool:
        before = self._agreement(kept)
        start = values_of(before, _TERMS) | {"signed_on": self._today}
        words = t("pool.sign.words", count=sum(one.is_taken is True for one in kept.record.patents))
        title, is_signed = t("pool.sign.title"), False
        for values, attempt in self._asked(title, _TERMS, start, words=words, checked=_signed):
            agreement = with_values_of(before, Agreement(), values)
            with attempt:
                self._stands(
                    pool_entry.sign(*self._of(kept), agreement, before=before, who=self._who)
                )
                is_signed = True
        return not is_signed

    # --- what all of it stands on -------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._doing.look.today

    @property
    def _who(self) -> str:
        return self._desk.who

    def _of(self, kept: Kept[Application]) -> tuple[CaseStore, Kept[Application]]:
        return self._desk.store, kept

    def _asked(
        self,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, Value],
        **more: object,
    ) -> Iterator[tuple[Mapping[str, Value], Attempt]]:
        asked = FieldsSheet(self._doing.page, title, fields, values, **more)  # type: ignore[arg-type]
        for sheet, attempt in attempts(self._desk, asked):
            yield sheet.values, attempt

    def _done(self, do: Callable[[], Kept[Application]]) -> None:
        kept = self._doing.tried(do)
        if kept is not None:
            self._stands(kept)

    def _stands(self, kept: Kept[Application]) -> None:
        stage = pool_entry.STAGE_WORDS[kept.record.stage]
        self._doing.tell("pool.applications.stands", stage=stage)


def _kept(records: RecordKeeper, at: int, file: Path, who: str) -> RecordFile:
    content = read_bytes(file, most=SCAN_LIMIT_MB << 20)
    return records.keep_file(at, ENCLOSED, file.name, content, who=who)


def _decided(values: Mapping[str, Value], today: date) -> tuple[str, str, date]:
    day = values["day"]
    by, reason = str(values["by"] or ""), str(values["reason"] or "")
    return by, reason, day if isinstance(day, date) else today


def _signed(found: Mapping[str, Value]) -> tuple[str, str] | None:
    if not isinstance(found["signed_on"], date):
        return "signed_on", t("pool.no_day")
    return _never_bars(found)


def _never_bars(found: Mapping[str, Value]) -> tuple[str, str] | None:
    if found["members_license_alone"] is not True:
        return "members_license_alone", t("pool.sign.never_bars")
    return None


def _checked_new(found: Mapping[str, Value]) -> tuple[str, str] | None:
    if not found["name"]:
        return "name", t("pool.applications.no_applicant")
    if not found["numbers"]:
        return "numbers", t("pool.patents.no_number")
    return None


def _parted(text: str) -> list[str]:
    for mark in "；;，,、\n\t ":
        text = text.replace(mark, "|")
    return [part for part in text.split("|") if part]
