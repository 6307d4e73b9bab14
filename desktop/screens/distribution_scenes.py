"""The scenes of a pool's money: a pool of seven that shares a year's income."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from db.store import Store
from desktop.pages.distribution import DistributionPage
from desktop.program.app import Program
from desktop.screens.scene_waits import page_shown, settle, until
from forms.facts.licence_life import Life, Receipt
from forms.facts.record import Licence, Party
from forms.office.pool_money import pool_money
from forms.office.pool_payments import owed, pay
from forms.office.pool_runs import close_run, new_run
from forms.office.pools import WORK, create
from forms.office.stored import DutyNote
from forms.pool.records import (
    LICENCES,
    MEMBERS,
    PATENTS,
    Grade,
    Member,
    OperatorFee,
    Pool,
    PoolLicence,
    PoolPatent,
    ShareRule,
)
from forms.pool.runs import Payment

_GRADES = {"甲级": 5, "乙级": 3, "丙级": 1}
_MEMBERS = {
    "示例大学": (9, 14, 8),
    "荆楚示例理工大学": (5, 9, 4),
    "示例农业科学院": (6, 5, 2),
    "武汉示例工程大学": (2, 6, 3),
    "江汉示例智能装备有限公司": (2, 3, 1),
    "宜昌示例生物有限公司": (0, 3, 1),
    "示例水环境研究院": (1, 1, 1),
}
_RECEIPTS = (
    ("荆州示例农机有限公司", "销售额 2.5%，3 季度", date(2026, 10, 30), "61300.00"),
    ("潜江示例食品有限公司", "分期第 3 批", date(2026, 9, 29), "30000.00"),
    ("黄冈示例生物有限公司", "一次总付", date(2026, 9, 12), "90000.00"),
    ("荆州示例农机有限公司", "销售额 2.5%，2 季度", date(2026, 7, 30), "58200.00"),
    ("潜江示例食品有限公司", "分期第 2 批", date(2026, 6, 29), "30000.00"),
    ("荆州示例农机有限公司", "销售额 2.5%，1 季度", date(2026, 4, 30), "53100.00"),
    ("潜江示例食品有限公司", "分期第 1 批", date(2026, 3, 27), "30000.00"),
    ("荆州示例农机有限公司", "入门费", date(2026, 2, 10), "40000.00"),
    ("荆州示例农机有限公司", "销售额 2.5%，上年 4 季度", date(2026, 1, 29), "20000.00"),
)
_FIRST, _LAST = date(2026, 1, 1), date(2026, 11, 20)


def founded(store: Store) -> int:
    """Found the pool with its members, patents and licences; its id."""
    records = store.records
    pool = Pool(
        name="智慧农业专利池",
        operator=Party(name="示例大学知识产权中心", phone="027-68000001"),
        grades=tuple(Grade(name=name, weight=Decimal(w)) for name, w in _GRADES.items()),
        fee=OperatorFee(percent=Decimal(10)),
        shares=ShareRule(method="weight"),
        payout_days=30,
        annuities="pool",
    )
    pool_id = create(store, pool).id
    number = 0
    for order, (name, counts) in enumerate(_MEMBERS.items()):
        party = Party(name=name, email=f"pool{order}@example.edu.cn")
        member = Member(party=party, order=order, joined_on=date(2024, 3, 1 + order))
        member_id = records.of(MEMBERS).add(member, parent=pool_id).id
        patents = []
        for grade, count in zip(_GRADES, counts, strict=True):
            for _ in range(count):
                number += 1
                patents.append(
                    PoolPatent(
                        number=f"ZL2021101{number:05}.{number % 10}",
                        member_id=member_id,
                        grade=grade,
                        entered_on=date(2024, 5, 1),
                    )
                )
        records.of(PATENTS).add_all(patents, parent=pool_id)
    for payer in dict.fromkeys(one[0] for one in _RECEIPTS):
        receipts = tuple(
            Receipt(day=day, purpose=what, amount=Decimal(amount))
            for name, what, day, amount in _RECEIPTS
            if name == payer
        )
        licence = Licence(
            licensee=Party(name=payer),
            agreed="negotiated",
            signed_on=date(2026, 1, 5),
            life=Life(receipts=receipts),
        )
        records.of(LICENCES).add(PoolLicence(licence=licence), parent=pool_id)
    notes = [
        DutyNote(
            key=f"annual_fee:ZL2021101{place:05}.{place % 10}:6",
            state="done",
            day=date(2026, 3, 1),
            amount=Decimal("200.00") if place < 31 else Decimal("186.00"),
        )
        for place in range(1, 32)
    ]
    store.duties.put(notes)
    return pool_id


def _shown(program: Program, pool_id: int, run_id: int = 0) -> DistributionPage:
    assert program.desk is not None
    program.desk.settings.set(WORK, True)
    program.desk.go("distribution", pool_id=pool_id, run_id=run_id)
    page = page_shown(program, DistributionPage)
    if run_id and page.one.preview.isVisible():
        until(lambda: page.one.preview.page_shown is not None)
    settle()
    return page


def one(program: Program) -> None:
    """A distribution that is still open."""
    assert program.desk is not None
    store = program.desk.store
    pool_id = founded(store)
    _shown(program, pool_id, new_run(store, pool_id, _FIRST, _LAST).id)


def agreed(program: Program) -> None:
    """Agreed shares that do not add up."""
    assert program.desk is not None
    store = program.desk.store
    pool_id = founded(store)
    shelf = store.records.of(MEMBERS)
    for place, kept in enumerate(shelf.listed(parent=pool_id)):
        percent = Decimal("14.5") if place else Decimal("11.5")
        shelf.save(kept.id, replace(kept.record, share_percent=percent))
    page = _shown(program, pool_id, new_run(store, pool_id, _FIRST, _LAST).id)
    page.doing.change_method("agreed")


def runs(program: Program) -> None:
    """All distributions of a pool, with what is still to be paid."""
    assert program.desk is not None
    store, today = program.desk.store, program.desk.today
    pool_id = founded(store)
    first = close_run(store, new_run(store, pool_id, _FIRST, date(2026, 6, 30)), today)
    waiting = owed(pool_money(store, pool_id))
    paid = [
        Payment(run_id=first.id, member_id=one.share.member_id, day=today, amount=one.left)
        for one in waiting[:3]
    ]
    pay(store, pool_id, paid)
    new_run(store, pool_id, date(2026, 7, 1), date(2026, 9, 30))
    _shown(program, pool_id)


def closed(program: Program) -> None:
    """A distribution that is closed for ever."""
    assert program.desk is not None
    store, today = program.desk.store, program.desk.today
    pool_id = founded(store)
    kept = close_run(store, new_run(store, pool_id, _FIRST, _LAST), today, who="陈思远")
    _shown(program, pool_id, kept.id)
