"""Licences on the page of a pool: noted, changed, what came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from desktop.installed.screen_texts import t
from desktop.pages.pool.fields_sheet import FieldsSheet
from forms.facts.licence_life import Receipt
from forms.facts.record import Licence
from forms.office import pools
from forms.pack.reading import Value
from forms.pack.types import Field
from forms.pool.book_columns import LICENCES, NUMBERS, PAID_BY, WHOLE
from forms.pool.book_values import licence_cells, values_of, with_receipts, with_values_of
from forms.pool.charter_rules import check_licence
from forms.pool.findings import worded
from forms.pool.records import LICENCES as LICENCE_KIND
from forms.pool.records import PoolLicence

if TYPE_CHECKING:
    from desktop.pages.pool.pool_actions import PoolActions

_BLANK = PoolLicence(licence=Licence(agreed="negotiated"))


class LicenceActions:
    """Does what is asked with licences."""

    def __init__(self, doing: PoolActions) -> None:
        self._doing, self._desk = doing, doing.desk

    def new(self) -> None:
        """Ask for a licence."""
        made = self._asked(t("pool.licences.new_title"), _BLANK)
        if made is None:
            return
        store, pool_id, who = self._desk.store, self._doing.pool_id, self._desk.who
        kept = self._doing.tried(lambda: pools.add_licence(store, pool_id, made, who=who))
        if kept is not None:
            self._doing.tell("pool.licences.added", name=made.licence.licensee.name)

    def open(self, at: int) -> None:
        """Change a licence."""
        shelf = self._desk.store.records.of(LICENCE_KIND)
        kept = shelf.get(at)
        made = self._asked(kept.record.licence.licensee.name, kept.record)
        if made is not None and made != kept.record:
            save = partial(shelf.save_changes, at, kept.record, made, who=self._desk.who)
            if self._doing.tried(save) is not None:
                self._doing.tell("pool.saved", name=made.licence.licensee.name)

    def _asked(self, title: str, one: PoolLicence) -> PoolLicence | None:
        fields = [field for field in LICENCES.fields if field.path != PAID_BY]
        values = values_of(one, fields, licence_cells(one))
        if not one.is_cross:
            values["is_cross"] = None
        names = [found.party.name for found in self._desk.store.parties.listed()]
        patents = [found.record for found in self._doing.look.whole.patents]

        def checked(found: Mapping[str, Value]) -> tuple[str, str] | None:
            made: PoolLicence = with_values_of(one, _BLANK, found)
            if not found["licence.licensee.name"] and not found["is_cross"]:
                return "licence.licensee.name", t("pool.licences.no_licensee")
            if not made.is_whole and not made.numbers:
                return NUMBERS, t("pool.licences.no_numbers", whole=WHOLE)
            problems = worded(check_licence(made, patents))
            worst = next((problem for problem in problems if problem.severity == "error"), None)
            return (NUMBERS, worst.message) if worst else None

        sheet = FieldsSheet(
            self._doing.page,
            title,
            fields,
            values,
            words=t("pool.licences.words", whole=WHOLE),
            options={"licence.licensee.name": ["", *names]},
            checked=checked,
        )
        if not self._desk.dialogs.agrees(sheet):
            return None
        made: PoolLicence = with_values_of(one, _BLANK, sheet.values)
        for problem in worded(check_licence(made, patents)):
            self._desk.notices.tell("advice", f"{problem.message}依据：{problem.basis}。")
        return made

    def note_receipt(self, at: int) -> None:
        """Ask what came in."""
        shelf = self._desk.store.records.of(LICENCE_KIND)
        kept = shelf.get(at)
        fields = [
            Field(path="day", label=t("pool.receipt.day"), kind="date"),
            Field(path="amount", label=t("pool.receipt.amount"), kind="money"),
            Field(path="purpose", label=t("pool.receipt.purpose"), kind="text"),
            Field(path="number", label=t("pool.receipt.number"), kind="text"),
        ]
        sheet = FieldsSheet(
            self._doing.page,
            t("pool.receipt.title", name=kept.record.licence.licensee.name),
            fields,
            {"day": self._doing.look.today},
            yes=t("pool.receipt.yes"),
            checked=_checked_receipt,
        )
        if not self._desk.dialogs.agrees(sheet):
            return
        day, amount = sheet.values["day"], sheet.values["amount"]
        assert isinstance(day, date)
        assert isinstance(amount, Decimal)
        receipt = Receipt(
            day=day,
            amount=amount,
            purpose=str(sheet.values["purpose"] or ""),
            number=str(sheet.values["number"] or ""),
        )
        before, after = kept.record, with_receipts(kept.record, [receipt])
        save = partial(shelf.save_changes, at, before, after, who=self._desk.who, what="到账")
        if self._doing.tried(save) is not None:
            self._doing.tell("pool.receipt.done")


def _checked_receipt(found: Mapping[str, Value]) -> tuple[str, str] | None:
    if not isinstance(found["day"], date):
        return "day", t("pool.no_day")
    amount = found["amount"]
    if not isinstance(amount, Decimal) or amount <= 0:
        return "amount", t("pool.receipt.no_amount")
    return None
