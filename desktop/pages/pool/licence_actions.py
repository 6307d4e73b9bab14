"""Licences on the page of a pool: noted, changed, what came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.desk.attempts import Attempt, attempts
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
        for made, attempt in self._asked(t("pool.licences.new_title"), _BLANK):
            with attempt:
                store, pool_id = self._desk.store, self._doing.pool_id
                pools.add_licence(store, pool_id, made, who=self._desk.who)
                self._doing.tell("pool.licences.added", name=made.licence.licensee.name)

    def open(self, at: int) -> None:
        """Change a licence."""
        shelf = self._desk.store.records.of(LICENCE_KIND)
        kept = shelf.get(at)
        for made, attempt in self._asked(kept.record.licence.licensee.name, kept.record):
            if made == kept.record:
                return
            with attempt:
                shelf.save_changes(at, kept.record, made, who=self._desk.who)
                self._doing.tell("pool.saved", name=made.licence.licensee.name)

    def _asked(self, title: str, one: PoolLicence) -> Iterator[tuple[PoolLicence, Attempt]]:
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

        asked = FieldsSheet(
            self._doing.page,
            title,
            fields,
            values,
            words=t("pool.licences.words", whole=WHOLE),
            options={"licence.licensee.name": ["", *names]},
            checked=checked,
        )
        for sheet, attempt in attempts(self._desk, asked):
            made: PoolLicence = with_values_of(one, _BLANK, sheet.values)
            for problem in worded(check_licence(made, patents)):
                self._desk.notices.tell("advice", f"{problem.message}依据：{problem.basis}。")
            yield made, attempt

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
        asked = FieldsSheet(
            self._doing.page,
            t("pool.receipt.title", name=kept.record.licence.licensee.name),
            fields,
            {"day": self._doing.look.today},
            yes=t("pool.receipt.yes"),
            checked=_checked_receipt,
        )
        for sheet, attempt in attempts(self._desk, asked):
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
            with attempt:
                shelf.save_changes(at, before, after, who=self._desk.who, what="到账")
                self._doing.tell("pool.receipt.done")


def _checked_receipt(found: Mapping[str, Value]) -> tuple[str, str] | None:
    if not isinstance(found["day"], date):
        return "day", t("pool.no_day")
    amount = found["amount"]
    if not isinstance(amount, Decimal) or amount <= 0:
        return "amount", t("pool.receipt.no_amount")
    return None
