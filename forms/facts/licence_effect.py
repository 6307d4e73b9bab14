"""When a licence takes effect, and for how long it runs.

An open licence takes effect by the licensee's written notice and the payment as published
(专利法 第五十一条第一款; 审查指南 第五部分第十一章 6), an agreed one by its contract.  A fact whose
grounds are missing is None; nothing is guessed.  This module must not know today's date.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from forms.facts.derived import licence_royalty
from forms.facts.licence_life import EffectBy, Receipt
from forms.facts.record import Case, Licence, Royalty

Missing = Literal["", "notice", "payment", "signing", "stated"]


class Effect(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The day of effect and which kind it is; `missing` says what is wanted for a day.

    "stated": the standard names no first payment, so which payment made it effective is to be
    said by the clerk.
    """

    by: EffectBy
    day: date | None = None
    missing: Missing = ""


def effect_by(case: Case, licence: Licence) -> EffectBy:
    """Return whether a licence is open or agreed: as said, else open under a published declaration.

    One whose fee was negotiated is agreed whatever else it has: an ordinary licence is no open one
    (审查指南 第五部分第十一章 8).
    """
    if licence.agreed == "negotiated":
        return "agreed"
    is_open = licence.life.notice.day is not None or case.declaration.published_on is not None
    return licence.life.effect_by or ("open" if is_open else "agreed")


def effect(case: Case, licence: Licence) -> Effect:
    """Return when a licence takes effect.

    The day that the clerk states (合同生效日) counts where the records do not tell it: before the
    payments are entered, and where the standard asks for nothing at first.
    """
    life, stated = licence.life, licence.starts_on
    if effect_by(case, licence) == "agreed":
        day = licence.signed_on or stated
        return Effect(by="agreed", day=day, missing="" if day else "signing")
    if life.notice.day is None:
        return Effect(by="open", day=stated, missing="" if stated else "notice")
    royalty = licence_royalty(case, licence)
    if royalty.way == "free":
        return Effect(by="open", day=life.notice.day)
    first = first_payment(royalty)
    if first is None:
        day = stated or first_day_of(life.receipts, None)
        known = max(day, life.notice.day) if day else None
        return Effect(by="open", day=known, missing="" if stated else "stated")
    paid_on = first_day_of(life.receipts, first)
    if paid_on is None:
        return Effect(by="open", day=stated, missing="" if stated else "payment")
    return Effect(by="open", day=max(paid_on, life.notice.day))


def first_payment(royalty: Royalty) -> Decimal | None:
    """Return what the standard asks to be paid first, in yuan; None where it names no sum."""
    match royalty.way:
        case "lump_sum":
            return royalty.lump_sum.amount
        case "instalments":
            return royalty.instalments.first_amount
        case "entry_running":
            return royalty.entry_running.entry_fee
    return None


def first_day_of(receipts: Sequence[Receipt], amount: Decimal | None) -> date | None:
    """Return the day on which receipts came to an amount; the first one's where none is named."""
    paid = Decimal(0)
    for one in by_day(receipts):
        paid += one.amount or 0
        if amount is None or paid >= amount:
            return one.day
    return None


def by_day(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Return the receipts that count, those with a day and an amount above zero, in order."""
    counted = [one for one in receipts if one.day and one.amount and one.amount > 0]
    return sorted(counted, key=lambda one: one.day or date.min)


def last_day(case: Case, licence: Licence) -> date | None:
    """Return the last day of a licence: its end, else the contract's, else the offer's.

    An open licence runs to the end of 专利许可期限 (审查指南 第五部分第十一章 8).
    """
    agreed = licence.ends_on or case.offer_end
    ended = licence.life.ending.day
    return min(ended, agreed) if ended and agreed else ended or agreed


def runs(case: Case, licence: Licence, today: date) -> bool:
    """Whether a licence is in effect on a day."""
    day, end = effect(case, licence).day, last_day(case, licence)
    return day is not None and day <= today and (end is None or today <= end)
