"""The statutory declaration's papers in invented cases: ordinary, blank, crowded, for an agency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from forms.facts.paths import with_values
from forms.facts.record import (
    Case,
    Contact,
    Declaration,
    EntryRunning,
    Instalments,
    Licence,
    Office,
    OtherLicences,
    Party,
    Patent,
    Royalty,
    Statement,
)
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.paper.compose import compose
from forms.paper.document import Document

PACK = load(packs_folder() / "cnipa-2024")
OFFICE = Office(name="示例大学技术转移中心", contact="张喆", phone="027-68880001")
LICENCE = Licence(licensee=Party(name="襄阳示例轨道装备股份有限公司"), starts_on=date(2026, 3, 16))
OWNERS = (
    "示例大学",
    "江汉示例智能装备有限公司",
    "示例大学桥梁工程研究院",
    "武汉示例光电技术股份有限公司",
    "湖北示例交通规划设计院",
    "襄阳示例轴承制造有限公司",
    "十堰示例汽车零部件（集团）有限责任公司",
)
LONG_TITLE = (
    "一种用于大跨度斜拉桥拉索多源异构监测数据融合的损伤识别、定位与剩余寿命预测方法、装置、"
    "电子设备及计算机可读存储介质"
)
PERIODS = "".join(
    f"（{place}）第{place}份供货合同的平均不含税单价为18万元/套；扣除材料、安装、运输和管理费用后，"
    "平均营业利润率为15%，依据为合同和决算表。\n"
    for place in range(1, 34)
)
INSTALMENTS = Royalty(
    way="instalments",
    instalments=Instalments(
        first_days=30,
        first_amount=Decimal(60000),
        cycle="quarter",
        each_days=15,
        batches=7,
        each_amount=Decimal(20000),
    ),
)
WITHDRAWN = Declaration(
    filed_on=date(2026, 2, 6),
    published_on=date(2026, 2, 27),
    withdrawal_reason="transfer_or_surrender",
    withdrawal_explanation="拟将共有份额转让给江汉示例智能装备有限公司，转让合同已于2026年10月20日订立。",
    told_on=date(2026, 11, 2),
)

replace = msgspec.structs.replace


def declared(owners: int = 3, **facts: Any) -> Case:
    """A patent of so many owners, ready to be declared; `facts` are the record's own members."""
    case = Case(
        pack="cnipa-2024",
        patent=Patent(
            number="ZL202110345678.3",
            title="基于多传感器融合的桥梁裂缝检测方法及系统",
            filing_date=date(2021, 3, 31),
            grant_date=date(2023, 5, 16),
            main_class="G01N 21/88",
            legal_status="有效",
            hold="none",
            pledge="none",
            fee_paid_to=date(2027, 3, 31),
        ),
        owners=tuple(Party(name=name) for name in OWNERS[:owners]),
        other_licences=OtherLicences(way="none"),
        offer_end=date(2030, 12, 31),
        royalty=Royalty(
            way="entry_running",
            entry_running=EntryRunning(
                entry_fee=Decimal(100000), rate_percent=Decimal(3), base="net_sales"
            ),
        ),
        other_terms="专利权人可以提供不超过两个工作日的现场技术交流；技术秘密不在许可之内。",
        contact=Contact(
            name="张喆",
            phone="027-68880001",
            postcode="430070",
            email="licensing@example.edu.cn",
            address="湖北省武汉市洪山区示例路88号示例大学",
        ),
        signing="representative" if owners > 1 else "every_owner",
        signing_representative=OWNERS[0] if owners > 1 else "",
        statement=Statement(text="按照已有合同的净销售额提成确定。"),
    )
    own = {"extra.hindrance": "none", "extra.owners_agreement": "agreed"}
    paid = {"extra.payment_time": "入门费随书面通知付清，提成费每季度终了后15日内付清"}
    return replace(with_values(case, own | paid), **facts)


def through_agency(case: Case) -> Case:
    """The case in the hands of a patent agency."""
    name = "武汉示例专利代理事务所（普通合伙）"
    return replace(case, signing="agency", agency=name, signing_representative="")


def papers() -> dict[str, Callable[[], Document]]:
    """The papers by name."""
    crowded = declared(7, royalty=INSTALMENTS, other_terms=PERIODS[:1500])
    crowded = replace(crowded, patent=replace(crowded.patent, title=LONG_TITLE))
    pledged = declared(1)
    pledged = replace(
        pledged,
        patent=replace(
            pledged.patent,
            pledge="pledged",
            pledgee="示例银行股份有限公司武汉示例支行",
            pledgee_consents=True,
        ),
    )
    withdrawn = declared(3, declaration=WITHDRAWN)
    cases = {
        "declaration-ordinary": declared(),
        "declaration-empty": Case(pack="cnipa-2024"),
        "declaration-instalments": declared(2, royalty=INSTALMENTS),
        "declaration-crowded": crowded,
        "declaration-draft": declared(),
        "consent-two": declared(2),
        "consent-three": declared(),
        "consent-seven": declared(7),
        "consent-one-agency": through_agency(declared(1)),
        "statement-long": declared(statement=Statement(text=PERIODS)),
        "withdrawal-transfer": withdrawn,
        "withdrawal_consent-agency": through_agency(withdrawn),
        "pledgee_consent-bank": pledged,
        "licensee_notice-ordinary": withdrawn,
    }
    return {
        f"cnipa-{name}": lambda n=name, c=case: compose(
            PACK.papers[n.partition("-")[0]],
            c,
            PACK,
            licence=LICENCE,
            granted=(LICENCE,),
            office=Office() if n.endswith("empty") else OFFICE,
            draft=n.endswith("draft"),
        )
        for name, case in cases.items()
    }
