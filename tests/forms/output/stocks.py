"""The summary of a stock of patents: empty, ordinary and absurd, for the golden files."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from forms.pack.record_pack import record_pack
from forms.paper.document import Document
from forms.paper.facts_view import compose_facts
from forms.stock.inventory import TO_FILL, Inventory, InventoryRow, InventoryTotal

replace = msgspec.structs.replace

ROW = InventoryRow(
    number="ZL201710104729.7",
    title="基于多传感器融合的桥梁裂缝检测方法及系统",
    whose="土木学院\n王示例",
    funded="是",
    working="自行实施",
    willing="许可、开放许可",
    maturity="小批量",
    stars="四星",
    use="公路桥梁定期检测，已在三座桥梁使用",
    complete=True,
    is_funded=True,
    is_worked=True,
    is_willing=True,
    has_three_stars=True,
    lacks_use=False,
)
OPEN = replace(
    ROW, number="ZL202230701314.X", title="智能点胶机", whose="设计学院\n陈示范", use=TO_FILL
)
OPEN = replace(OPEN, complete=False, lacks_use=True)
LONG = replace(
    ROW,
    title="一种用于𬭎、𠮷与㐂等合金的桥梁拉索损伤识别方法、装置、电子设备及存储介质" * 3,
    whose="马克思主义学院\n买买提江·阿不都热依木",
    willing="许可、开放许可、转让、作价入股、质押、先用后转",
    use="公路桥梁定期检测，已在三座桥梁使用；" * 5,
)


def _inventory(*rows: InventoryRow) -> Inventory:
    return Inventory(
        office="示例大学" if rows else "",
        contact="张喆" if rows else "",
        phone="027-68880001" if rows else "",
        scope="",
        day="2026年11月24日",
        note="各项的可选代码和星级含义为本软件自拟。",
        rows=rows,
        total=InventoryTotal(
            patents=len(rows),
            complete=sum(row.complete for row in rows),
            funded=sum(row.is_funded for row in rows),
            worked=sum(row.is_worked for row in rows),
            willing=sum(row.is_willing for row in rows),
            three_stars=sum(row.has_three_stars for row in rows),
            without_use=sum(row.lacks_use for row in rows),
        ),
    )


INVENTORIES = {
    "empty": _inventory(),
    "ordinary": _inventory(*(ROW, ROW, ROW, OPEN) * 3),
    "absurd": _inventory(*(ROW, LONG, OPEN) * 3),
}


def papers() -> dict[str, Callable[[], Document]]:
    """The summaries to be looked at, by name."""
    pack = record_pack("stock")
    paper = pack.papers["inventory"]
    return {
        f"stock-inventory-{kind}": lambda facts=facts: compose_facts(paper, facts, pack)
        for kind, facts in INVENTORIES.items()
    }
