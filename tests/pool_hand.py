"""A pool of three, and a hand that lives with it."""

from datetime import date
from decimal import Decimal

import msgspec

from db.store import Store
from forms.facts.licence_life import Life, Receipt
from forms.facts.record import Licence, Party
from forms.office.pool_money import pool_money
from forms.office.pool_runs import close_run, new_run
from forms.pool.records import (
    LICENCES,
    MEMBERS,
    PATENTS,
    POOLS,
    Grade,
    Member,
    OperatorFee,
    Pool,
    PoolLicence,
    PoolPatent,
    ShareRule,
)

TODAY = date(2027, 1, 15)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
GRADES = (Grade(name="甲级", weight=Decimal(5)), Grade(name="乙级", weight=Decimal(1)))


class PoolHand:
    """Founds a pool of three and lives with it."""

    def __init__(self, store: Store, **changed: object) -> None:
        self.store = store
        pool = Pool(
            name="示例专利池",
            fee=OperatorFee(percent=Decimal(10)),
            shares=ShareRule(method="weight"),
            grades=GRADES,
            payout_days=30,
        )
        self.id = store.records.of(POOLS).add(msgspec.structs.replace(pool, **changed)).id
        self.members = {
            name: self.adds(
                MEMBERS,
                Member(
                    party=Party(name=name, email="" if place else "pool@example.edu.cn"),
                    order=place,
                    joined_on=since,
                ),
            )
            for place, (name, since) in enumerate(
                {
                    "甲大学": date(2024, 1, 1),
                    "乙公司": date(2024, 1, 1),
                    "丙院": date(2025, 1, 1),
                }.items()
            )
        }
        self.enters("甲大学", "ZL202110345678.3", "甲级")
        self.enters("乙公司", "ZL202121057728.X", "乙级")
        self.enters("乙公司", "ZL201810236617.1", "乙级", out_on=date(2026, 1, 1), why_out="lapsed")
        self.enters("丙院", "ZL202230514476.2", "乙级")

    def adds(self, kind, record) -> int:
        return self.store.records.of(kind).add(record, parent=self.id).id

    def enters(self, member: str, number: str, grade: str, **more: object) -> None:
        one = PoolPatent(
            number=number,
            member_id=self.members[member],
            grade=grade,
            entered_on=date(2025, 3, 1),
            **more,
        )
        self.adds(PATENTS, one)

    def licenses(self, payer: str, *receipts: tuple[date, str], numbers=None) -> int:
        life = Life(receipts=tuple(Receipt(day=d, amount=Decimal(a)) for d, a in receipts))
        licence = Licence(licensee=Party(name=payer), agreed="negotiated", life=life)
        return self.adds(
            LICENCES,
            PoolLicence(licence=licence, is_whole=numbers is None, numbers=numbers or ()),
        )

    def begins(self, first: date = YEAR[0], last: date = YEAR[1]):
        return new_run(self.store, self.id, first, last)

    def closes(self, kept, today: date = TODAY):
        return close_run(self.store, kept, today)

    @property
    def money(self):
        return pool_money(self.store, self.id)

    def due(self, kept) -> dict[str, str]:
        return {share.name: str(share.due) for share in kept.record.shares}
