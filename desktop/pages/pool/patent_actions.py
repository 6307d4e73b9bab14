"""Patents on the page of a pool: put on the list, changed, taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.desk.attempts import Attempt, attempts
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.pages.pool.fall_out_sheet import FallOutSheet
from desktop.pages.pool.fields_sheet import FieldsSheet
from desktop.pages.pool.pool_actions import has_day
from desktop.parts.dialogs import kinds_of
from forms.exchange.status_export import read_status_export
from forms.exchange.workbook_reader import read_file
from forms.ground.endings import TABLES
from forms.office import pools
from forms.office.pool_entry import applied_of
from forms.office.pool_sync import Offered, fall_outs, not_said, take_fall_outs
from forms.pack.reading import Value
from forms.pack.types import Choice, Field
from forms.pool.book_columns import MEMBER, PATENTS, WHY_WORDS
from forms.pool.book_values import values_of, with_values_of
from forms.pool.records import PATENTS as PATENT_KIND
from forms.pool.records import PoolPatent, WhyOut

if TYPE_CHECKING:
    from desktop.pages.pool.pool_actions import PoolActions

_OF_THE_END = ("out_on", "why_out", "declared_on")


class PatentActions:
    """Does what is asked with patents."""

    def __init__(self, doing: PoolActions) -> None:
        self._doing, self._desk = doing, doing.desk

    def new(self) -> None:
        """Ask for patents that are in the pool: of cases, or one that is typed."""
        fields = [one for one in PATENTS.fields if one.path not in _OF_THE_END]
        fields[0] = msgspec.structs.replace(
            fields[0], label=t("pool.patents.numbers"), kind="long_text"
        )
        start: Mapping[str, Value] = {"entered_on": self._doing.look.today}
        for made, attempt in self._patent_sheet(t("pool.patents.new_title"), fields, start):
            with attempt:
                store, pool_id = self._desk.store, self._doing.pool_id
                ids = pools.add_patents(store, pool_id, self._typed(made), who=self._desk.who)
                self._doing.tell("pool.patents.added", count=len(ids))

    def _typed(self, made: Mapping[str, Value]) -> list[PoolPatent]:
        numbers = [part for part in _parted(str(made["number"] or "")) if part]
        member_id = self._member_id(str(made[MEMBER]))
        own = {path: one for path, one in made.items() if path != "number"}
        patents = []
        for text in numbers:
            cases = self._desk.store.cases.listed([text])
            applied = applied_of(cases[0]) if cases else None
            blank = PoolPatent(
                number=text,
                title=applied.title if applied else "",
                member_id=member_id,
                case_id=applied.case_id if applied else None,
                term_ends=applied.term_ends if applied else None,
                report=applied.report if applied else None,
            )
            given = {path: one for path, one in own.items() if one not in (None, "")}
            patents.append(with_values_of(blank, blank, given))
        return patents

    def edit(self, at: int) -> None:
        """Change a patent's facts; one that fell out may be brought back."""
        shelf = self._desk.store.records.of(PATENT_KIND)
        kept = shelf.get(at)
        fields = [one for one in PATENTS.fields if one.path not in (*_OF_THE_END, "number")]
        values = values_of(
            kept.record,
            fields,
            {MEMBER: self._doing.look.whole.names.get(kept.record.member_id, "")},
        )
        back = t("pool.patents.bring_back") if kept.record.why_out else ""
        title = f"{kept.record.number}　{kept.record.title}"
        for made, attempt in self._patent_sheet(title, fields, values, extra=back):
            with attempt:
                if not made:
                    pools.bring_back(self._desk.store, kept, who=self._desk.who)
                    self._doing.tell("pool.patents.back", number=kept.record.number)
                    continue
                after: PoolPatent = with_values_of(kept.record, PoolPatent(), made)
                after = msgspec.structs.replace(after, member_id=self._member_id(str(made[MEMBER])))
                if after != kept.record:
                    shelf.save_changes(at, kept.record, after, who=self._desk.who)
                    self._doing.tell("pool.saved", name=after.number)

    def _patent_sheet(
        self, title: str, fields: list[Field], values: Mapping[str, Value], extra: str = ""
    ) -> Iterator[tuple[Mapping[str, Value], Attempt]]:
        """The values agreed to, {} where the further button was pressed, with the attempt."""
        view = self._doing.look.whole
        names = [one.record.party.name for one in view.members if one.record.left_on is None]
        asked = FieldsSheet(
            self._doing.page,
            title,
            fields,
            values,
            options={
                MEMBER: ["", *names],
                "category": ["", *view.pool.record.categories],
                "grade": ["", *(one.name for one in view.pool.record.grades)],
            },
            checked=partial(_checked_patent, set(names)),
            extra=extra,
        )
        for sheet, attempt in attempts(self._desk, asked):
            yield {} if sheet.is_extra else sheet.values, attempt

    def _member_id(self, name: str) -> int:
        found = pools.member_named(self._doing.look.whole.members, name)
        assert found is not None
        return found.id

    def take_out(self, at: int, why: WhyOut | None = None, day: date | None = None) -> None:
        """Ask why and from which day a patent is out."""
        kept = self._desk.store.records.of(PATENT_KIND).get(at)
        choices = tuple(Choice(value=value, label=word) for value, word in WHY_WORDS.items())
        fields = [
            Field(path="why", label=t("pool.patents.why"), kind="choice", choices=choices),
            Field(path="day", label=t("pool.patents.out_day"), kind="date"),
        ]
        asked = FieldsSheet(
            self._doing.page,
            t("pool.patents.take_out_title", number=kept.record.number),
            fields,
            {"why": why or "left", "day": day or (None if why else self._doing.look.today)},
            words=t("pool.patents.take_out_words"),
            yes=t("pool.patents.take_out_yes"),
            checked=has_day,
        )
        for sheet, attempt in attempts(self._desk, asked):
            reason: WhyOut = sheet.values["why"] or "left"  # type: ignore[assignment]
            from_day = sheet.values["day"]
            assert isinstance(from_day, date)
            with attempt:
                pools.take_out(self._desk.store, kept, reason, from_day, who=self._desk.who)
                self._doing.tell("pool.patents.out_done", number=kept.record.number, day=from_day)

    def show_fall_outs(self) -> None:
        """Show what the ledger calls for; taken one by one, or all whose day is known."""
        self._offer(self._doing.look.offered)

    def ask_export(self) -> None:
        """Let the clerk choose an export of a database, and hold it against the list in a job."""
        kinds = kinds_of("pool.sync.kinds", TABLES)
        chosen = self._desk.dialogs.files(self._doing.page, t("pool.sync.by_export"), kinds)
        if chosen:
            self._desk.jobs.run(
                partial(_held, self._desk, self._doing.pool_id, chosen[0]),
                t("pool.sync.reading"),
                finished=self._found,
                failed=self._doing.files.failed,
            )

    def _found(self, found: tuple[list[Offered], int]) -> None:
        offered, lacking = found
        if lacking:
            self._desk.notices.tell("pending", t("pool.sync.lacking", count=lacking))
        if offered:
            self._offer(offered)
        elif not lacking:
            self._desk.notices.tell("done", t("pool.sync.none"))

    def _offer(self, offered: Sequence[Offered]) -> None:
        chosen: Sequence[Offered] = ()
        for sheet, attempt in attempts(self._desk, FallOutSheet(self._doing.page, offered)):
            with attempt:
                count = take_fall_outs(self._desk.store, sheet.chosen, who=self._desk.who)
                if count:
                    self._doing.tell("pool.sync.done", count=count)
                chosen = sheet.chosen
        for one in chosen:
            if one.offer.out_on is None:
                self.take_out(one.patent.id, one.offer.why)


def _held(desk: Desk, pool_id: int, file: Path, _report: Report) -> tuple[list[Offered], int]:
    """What falls out by an export, and of how many patents it says nothing."""
    first = desk.pack
    others = (desk.shelf.of(code) for code in desk.packs)
    packs = [first, *(pack for pack in others if pack is not None and pack is not first)]
    export = read_status_export(read_file(file), packs)
    with desk.own_store() as store:
        found = pools.view(store, pool_id)
        return fall_outs(store, found, desk.today, export), len(not_said(found, export))


def _checked_patent(names: set[str], found: Mapping[str, Value]) -> tuple[str, str] | None:
    if "number" in found and not found["number"]:
        return "number", t("pool.patents.no_number")
    if found.get(MEMBER) not in names:
        return MEMBER, t("pool.patents.no_member")
    return None


def _parted(text: str) -> list[str]:
    for mark in "；;，,、\n\t ":
        text = text.replace(mark, "|")
    return text.split("|")
