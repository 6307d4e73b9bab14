"""What is done with a pool on its page: sheets that ask, use cases that do, what is told.

What there is to say of applications, licences and files is their own modules'; they are reached
from here, so that a tab knows one thing only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec
from PySide6.QtWidgets import QWidget

from desktop.desk.attempts import Attempt, attempts
from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.pool.fields_sheet import FieldsSheet
from desktop.pages.pool.pool_look import PoolLook
from forms.facts.record import Party
from forms.ground.for_the_clerk import ForTheClerk
from forms.office import pools
from forms.pack.reading import Value
from forms.pack.types import Field
from forms.pool.book_columns import MEMBERS, POOL
from forms.pool.book_values import values_of, with_values_of
from forms.pool.records import MEMBERS as MEMBER_KIND
from forms.pool.records import Member, Pool, PoolRun

if TYPE_CHECKING:
    from desktop.pages.pool.application_actions import ApplicationActions
    from desktop.pages.pool.file_actions import FileActions
    from desktop.pages.pool.licence_actions import LicenceActions
    from desktop.pages.pool.paper_actions import PaperActions
    from desktop.pages.pool.patent_actions import PatentActions
    from forms.office.stored import Kept

T = TypeVar("T")


class PoolHolder(Protocol):
    """The page, as far as what is done asks for it."""

    look: PoolLook | None

    def show_pool(self, pool_id: int) -> None:
        """Show another pool."""

    def mark_stale(self) -> None:
        """Read the pool again."""

    def show_charter(self) -> None:
        """Turn to the charter and the checklists."""

    def show_evidence(self, number: str) -> None:
        """Turn to the charts of evidence of use of a patent."""


class PoolActions:
    """Does what is asked on the page of a pool."""

    def __init__(self, desk: Desk, page: QWidget, holder: PoolHolder) -> None:
        self.desk, self.page, self.holder = desk, page, holder

    @property
    def look(self) -> PoolLook:
        """What is shown."""
        assert self.holder.look is not None
        return self.holder.look

    @property
    def pool_id(self) -> int:
        """The pool that is shown."""
        return self.look.whole.pool.id

    @cached_property
    def _applications(self) -> ApplicationActions:
        from desktop.pages.pool.application_actions import ApplicationActions

        return ApplicationActions(self)

    @cached_property
    def _patents(self) -> PatentActions:
        from desktop.pages.pool.patent_actions import PatentActions

        return PatentActions(self)

    @cached_property
    def _licences(self) -> LicenceActions:
        from desktop.pages.pool.licence_actions import LicenceActions

        return LicenceActions(self)

    @cached_property
    def files(self) -> FileActions:
        """What is done with files."""
        from desktop.pages.pool.file_actions import FileActions

        return FileActions(self)

    @cached_property
    def papers(self) -> PaperActions:
        """What is done with papers."""
        from desktop.pages.pool.paper_actions import PaperActions

        return PaperActions(self)

    # --- reached from the tabs ----------------------------------------------------------------

    def open_charter(self, _checked: bool = False) -> None:
        """Turn to the charter."""
        self.holder.show_charter()

    def go_to_shares(self, _checked: bool = False) -> None:
        """To the distributions of the pool."""
        self.desk.go("distribution", pool_id=self.pool_id)

    def open_evidence(self, number: str) -> None:
        """Turn to the charts of a patent."""
        self.holder.show_evidence(number)

    def new_application(self, _checked: bool = False) -> None:
        """Take an application in."""
        self._applications.new()

    def open_application(self, at: int, _checked: bool = False) -> None:
        """Look at an application, take its next step."""
        self._applications.open(at)

    def apply_with(self, case_ids: list[int]) -> None:
        """Begin an application with cases of the register."""
        self._applications.new(case_ids)

    def new_licence(self, _checked: bool = False) -> None:
        """Note a licence."""
        self._licences.new()

    def open_licence(self, at: int, _checked: bool = False) -> None:
        """Change a licence."""
        self._licences.open(at)

    def note_receipt(self, at: int) -> None:
        """Note what came in under a licence."""
        self._licences.note_receipt(at)

    def import_(self, _checked: bool = False) -> None:
        """Take a workbook in."""
        self.files.ask_import()

    def take_files(self, files: list[Path]) -> None:
        """Look at workbooks or packages that were dropped."""
        self.files.look_at(files)

    def export(self, _checked: bool = False) -> None:
        """Write all as a workbook."""
        self.files.export()

    def new_patents(self, _checked: bool = False) -> None:
        """Put patents on the list."""
        self._patents.new()

    def edit_patent(self, at: int) -> None:
        """Change a patent's facts."""
        self._patents.edit(at)

    def take_out(self, at: int) -> None:
        """Let a patent fall out."""
        self._patents.take_out(at)

    def show_fall_outs(self) -> None:
        """Show what the ledger calls for."""
        self._patents.show_fall_outs()

    def save_paper(self, code: str, of: str, name: str) -> None:
        """Make a paper of a record (its id or name)."""
        self.papers.make(code, of, name)

    def hold_export(self, _checked: bool = False) -> None:
        """Hold an export of a database against the list."""
        self._patents.ask_export()

    def send_package(self, at: int) -> None:
        """Make a member's package."""
        self.files.send_package(at)

    # --- pools --------------------------------------------------------------------------------

    def new_pool(self, run: PoolRun = "run") -> None:
        """Ask for a new pool's first facts."""
        fields = [one for one in POOL if one.path in _OF_A_NEW_POOL]
        operator = pools.own_party(self.desk.store) if run == "run" else Party()
        blank = Pool(run=run, operator=operator, grades=pools.GRADES)
        own = {"@grades": "；".join(f"{one.name}={one.weight}" for one in pools.GRADES)}
        values = values_of(blank, fields, own)
        title = t("pool.new.run" if run == "run" else "pool.new.joined")
        asked = FieldsSheet(
            self.page,
            title,
            fields,
            values,
            words=t("pool.new.words"),
            yes=t("pool.new.yes"),
            checked=lambda found: ("name", t("pool.new.no_name")) if not found["name"] else None,
        )
        kept: Kept[Pool] | None = None
        for sheet, attempt in attempts(self.desk, asked):
            with attempt:
                made = pool_with(blank, fields, sheet.values)
                kept = pools.create(self.desk.store, made, who=self.desk.who)
        if kept is not None:
            self.desk.settings.set(pools.WORK, True)
            self.tell("pool.new.done", name=kept.record.name)
            self.holder.show_pool(kept.id)

    # --- members ------------------------------------------------------------------------------

    def new_member(self, _checked: bool = False) -> None:
        """Ask for a new member."""
        own = pools.own_party(self.desk.store)
        is_in = any(one.record.party.name == own.name for one in self.look.whole.members)
        blank = Member(party=Party() if is_in else own, joined_on=self.look.today)
        for made, attempt in self._member(t("pool.members.new_title"), blank):
            with attempt:
                pools.add_member(self.desk.store, self.pool_id, made, who=self.desk.who)
                self.tell("pool.members.added", name=made.party.name)

    def edit_member(self, at: int) -> None:
        """Change a member's facts."""
        shelf = self.desk.store.records.of(MEMBER_KIND)
        kept = shelf.get(at)
        for made, attempt in self._member(kept.record.party.name, kept.record):
            if made == kept.record:
                return
            with attempt:
                shelf.save_changes(at, kept.record, made, who=self.desk.who)
                self.tell("pool.saved", name=made.party.name)

    def _member(self, title: str, member: Member) -> Iterator[tuple[Member, Attempt]]:
        fields = [one for one in MEMBERS.fields if one.path != "left_on"]
        names = [one.party.name for one in self.desk.store.parties.listed()]
        own = self.desk.store.parties.office().name
        known = list(dict.fromkeys(name for name in (own, *names) if name))
        asked = FieldsSheet(
            self.page,
            title,
            fields,
            values_of(member, fields),
            options={"party.name": known},
            checked=lambda found: (
                ("party.name", t("pool.members.no_name")) if not found["party.name"] else None
            ),
        )
        for sheet, attempt in attempts(self.desk, asked):
            yield self._with_typed(member, sheet.values), attempt

    def _with_typed(self, member: Member, values: Mapping[str, Value]) -> Member:
        if not member.party.name:
            member = msgspec.structs.replace(member, party=self.party(str(values["party.name"])))
            values = {path: one for path, one in values.items() if one not in (None, "")}
        made: Member = with_values_of(member, Member(), values)
        return made

    def party(self, name: str) -> Party:
        """The party of a name: the office itself, one of its address book, else the name alone."""
        known = [pools.own_party(self.desk.store)]
        known += [one.party for one in self.desk.store.parties.listed()]
        return next((one for one in known if one.name == name.strip()), Party())

    def leave(self, at: int) -> None:
        """Ask from which day a member is out."""
        name = self.look.whole.names[at]
        count = sum(one.record.member_id == at for one in self.look.inside)
        field = Field(path="day", label=t("pool.members.leave_day"), kind="date")
        words = t("pool.members.leave_words", name=name, count=count)
        asked = FieldsSheet(
            self.page,
            t("pool.members.leave_title"),
            [field],
            {"day": self.look.today},
            words=words,
            yes=t("pool.members.leave_yes"),
            checked=has_day,
        )
        for sheet, attempt in attempts(self.desk, asked):
            day = sheet.values["day"]
            assert isinstance(day, date)
            with attempt:
                fell = pools.leave(self.desk.store, self.pool_id, at, day, who=self.desk.who)
                self.tell("pool.members.left_done", name=name, day=day, count=fell)

    # --- telling ------------------------------------------------------------------------------

    def tell(self, key: str, **params: object) -> None:
        """Say that something was done, and show it."""
        self.desk.notices.tell("done", t(key, **params))
        self.holder.mark_stale()

    def tried(self, do: Callable[[], T]) -> T | None:
        """What doing something gives; where it can not be done that is told, and None."""
        try:
            return do()
        except ForTheClerk as fault:
            self.desk.notices.tell("error", str(fault))
            self.holder.mark_stale()
            return None


_OF_A_NEW_POOL = (
    *("name", "operator.name", "founded_on", "charter_day", "fee.percent", "shares.method"),
    *("@categories", "@grades", "members_license_alone"),
)


def pool_with(pool: Pool, fields: list[Field], values: Mapping[str, Value]) -> Pool:
    """A pool with what was typed of it."""
    from forms.office.pool_facts import with_fact
    from forms.pack.reading import write

    for field in fields:
        value = values[field.path]
        if value not in (None, "", ()):
            pool = with_fact(pool, field, write(field, value))
    return pool


def has_day(found: Mapping[str, Value]) -> tuple[str, str] | None:
    """What is wrong where a sheet was given no day."""
    return None if isinstance(found["day"], date) else ("day", t("pool.no_day"))
