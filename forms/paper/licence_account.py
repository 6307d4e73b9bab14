"""What papers print of a licence's life: `{account.NAME}`, and lists that a table goes over.

This module must not know blocks, formats, the store or a screen; a day is passed in, and what
hangs on one is blank without.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

from forms.facts.licence_effect import effect, effect_by, last_day
from forms.facts.licence_ledger import Line, ledger
from forms.facts.licence_life import EffectBy
from forms.facts.licence_schedule import due_words, period_words
from forms.facts.record import Case, Licence, LicenceKind
from forms.facts.recordal import deadline, is_late
from forms.paper.recordal_lines import RecordalLine, recordal_lines

if TYPE_CHECKING:  # the pack's types stand on the paper language, which prints this
    from forms.pack.types import Pack

ReminderOf = Literal["both", "reports", "money"]
_RECEIVED, _MISSING = "已收", "未收"
NOT_KNOWN = "待报表核定"


class OwedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A payment or a statement whose day is over; `report` is blank where none is wanted."""

    what: str
    due: str
    report: str = ""
    base: Decimal | None = None
    base_said: str = ""
    received: Decimal
    unpaid: Decimal | None = None
    unpaid_said: str = ""
    days_late: int = 0


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A licence's life as papers print it.  Days of lists are written 2026-07-15.

    `kind` is ordinary of every licence here: of an open one by law (专利法 第五十一条第三款 leaves
    no other), of the pilot's by its contract.
    """

    kind: LicenceKind = "ordinary"
    today: date | None = None
    effect_by: EffectBy | None = None
    effect_day: date | None = None
    last_day: date | None = None
    recordal_until: date | None = None
    is_late: bool = False
    owes_reports: bool = False
    owes_money: bool = False
    is_owed: bool = False
    reminder_of: ReminderOf | None = None
    reports_owed: str = ""
    reported: Decimal | None = None
    paid: Decimal | None = None
    unpaid: Decimal | None = None
    penalty: Decimal | None = None
    recordal: tuple[RecordalLine, ...] = ()
    owed: tuple[OwedLine, ...] = ()


def account_of(case: Case, licence: Licence, pack: "Pack", today: date | None) -> Account:
    """Return a licence's life as papers print it."""
    last = deadline(case, licence)
    account = ledger(case, licence, today) if today else None
    late = [line for line in account.lines if line.is_owed] if account else []
    unreported = [line for line in late if line.state == "unreported"]
    unpaid = sum((line.unpaid for line in late), Decimal("0.00"))
    reported = sum((line.due.base or Decimal(0) for line in late), Decimal("0.00"))
    return Account(
        today=today,
        effect_by=effect_by(case, licence),
        effect_day=effect(case, licence).day,
        last_day=last_day(case, licence),
        recordal_until=last.day if last else None,
        is_late=today is not None and is_late(case, licence, today),
        owes_reports=bool(unreported),
        owes_money=unpaid > 0,
        is_owed=bool(late),
        reminder_of=_reminder_of(owes_reports=bool(unreported), owes_money=unpaid > 0),
        reports_owed="、".join(period_words(line.due.period) for line in unreported),
        reported=reported or None,
        paid=sum((line.received for line in late), Decimal("0.00")),
        unpaid=unpaid,
        penalty=sum((line.penalty or Decimal(0) for line in late), Decimal("0.00")) or None,
        recordal=recordal_lines(case, licence, pack, today),
        owed=tuple(map(_owed, late)),
    )


def _reminder_of(*, owes_reports: bool, owes_money: bool) -> ReminderOf | None:
    if owes_reports and owes_money:
        return "both"
    return "reports" if owes_reports else "money" if owes_money else None


def _owed(line: Line) -> OwedLine:
    due, is_running = line.due, line.due.kind == "running"
    report = (_RECEIVED if due.is_reported else _MISSING) if is_running else "—"
    return OwedLine(
        what=period_words(due.period) if is_running else due_words(due),
        due=due.due.isoformat() if due.due else "",
        report=report,
        base=due.base,
        base_said="" if due.base is not None else "—",
        received=line.received,
        unpaid=line.unpaid if due.amount is not None else None,
        unpaid_said="" if due.amount is not None else NOT_KNOWN,
        days_late=line.days_late,
    )
