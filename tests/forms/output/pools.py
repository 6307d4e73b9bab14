"""Papers of a pool as facts: little, ordinary and absurd ones, for the golden files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from forms.facts.record import Bank, Party, Royalty
from forms.facts.royalty import Running
from forms.pack.record_pack import record_pack
from forms.paper.document import Document
from forms.paper.facts_view import compose_facts
from forms.pool.paper_facts import (
    AgreementPaper,
    AnswerLine,
    ApplicationPaper,
    ChecklistPaper,
    ElementLine,
    Enclosed,
    EvidencePaper,
    ExitPaper,
    LicencePaper,
    OpinionLine,
    PatentLine,
    ReviewPaper,
    Rights,
    Sealed,
    ShareLine,
    SharePaper,
)
from forms.pool.records import (
    Agreement,
    Application,
    EvidenceChart,
    Grade,
    OperatorFee,
    Pool,
    ShareRule,
    Standard,
)

replace = msgspec.structs.replace

OPERATOR = Party(
    name="武汉示例知识产权运营有限公司",
    address="湖北省武汉市东湖高新区示范二路16号",
    representative="吴示范",
    contact="吴示例",
    phone="027-68000001",
    email="pool@example.com",
    bank=Bank(
        name="示例银行武汉光谷支行", address="武汉市洪山区", account="4200 0000 0000 0000 001"
    ),
)
UNIVERSITY = Party(
    name="示例大学",
    identity_number="12420000MB0Y0G0A1F",
    address="湖北省武汉市洪山区示例路88号",
    representative="李示范",
    contact="张喆",
    phone="027-68880001",
    email="licensing@example.edu.cn",
)
LICENSEE = Party(
    name="襄阳示例轨道装备股份有限公司",
    address="湖北省襄阳市高新区示例大道1号",
    representative="赵示范",
    contact="钱示例",
    phone="0710-6800001",
    email="law@example.com",
)
POOL = Pool(
    name="示例桥梁智能检测专利池",
    operator=OPERATOR,
    bank=OPERATOR.bank,
    charter_day=date(2025, 9, 1),
    grades=tuple(
        Grade(name=name, weight=Decimal(weight))
        for name, weight in (("甲类", 3), ("乙类", 2), ("丙类", 1))
    ),
    standard=Standard(words="与桥梁检测直接相关，专利权有效，稳定性经评估无重大缺陷", opinions=3),
    fee=OperatorFee(percent=Decimal(10)),
    shares=ShareRule(method="weight"),
    payout_days=30,
    statements="half_year",
    annuities="reminded",
    members_license_alone=True,
)
PATENTS = (
    PatentLine(
        line=1,
        number="ZL202110345678.3",
        title="基于多传感器融合的桥梁裂缝检测方法及系统",
        kind="invention",
        member="示例大学",
        grade="甲类",
        weight=Decimal(3),
        term_ends=date(2041, 3, 30),
        report="unneeded",
        taken="yes",
    ),
    PatentLine(
        line=2,
        number="ZL202110781997.9",
        title="面向工业机器人的轴承故障诊断方法、装置及存储介质",
        kind="invention",
        member="示例大学",
        grade="乙类",
        weight=Decimal(2),
        term_ends=date(2041, 7, 11),
        report="unneeded",
        taken="yes",
    ),
    PatentLine(
        line=3,
        number="ZL202020862680.9",
        title="用于长江水体微塑料采样的便携式过滤器",
        kind="utility_model",
        member="示例大学",
        grade="丙类",
        weight=Decimal(1),
        term_ends=date(2030, 5, 20),
        report="yes",
        taken="no",
    ),
)
LONG = "一种用于𬭎、𠮷与㐂等合金的桥梁拉索损伤识别方法、装置、电子设备及存储介质" * 3
MANY = tuple(
    replace(PATENTS[place % 3], line=place + 1, title=LONG if place % 7 == 6 else PATENTS[0].title)
    for place in range(36)
)

APPLICATION = ApplicationPaper(
    pool=POOL,
    applicant=UNIVERSITY,
    patents=PATENTS,
    count=3,
    rights=Rights(
        maintained=True,
        clear=True,
        co_owned=True,
        co_owned_lines="1、3",
        co_owners="江汉示例智能装备有限公司等",
        ordinary=True,
        ordinary_lines="1",
        ordinary_licensees=LICENSEE.name,
        open_licence=True,
        open_lines="1",
        open_standard="入门费10万元，净销售额提成3%",
    ),
    share_wish="weight",
    enclosed=Enclosed(certificate=True, register_copy=True, report=True, consent=True),
    seals=(
        Sealed(label="⑨申请人签章", name=UNIVERSITY.name),
        Sealed(label="管理机构签章", name=OPERATOR.name),
    ),
)
FACTS: dict[str, dict[str, Any]] = {
    "application": {
        "empty": ApplicationPaper(
            patents=(PatentLine(),) * 3,
            seals=(Sealed(label="⑨申请人签章"), Sealed(label="管理机构签章")),
        ),
        "ordinary": APPLICATION,
        "absurd": replace(
            APPLICATION,
            applicant=replace(UNIVERSITY, name="示例大学" * 12, address="湖北省武汉市" * 20),
            patents=MANY[:4],
            more=MANY[4:],
            count=36,
            rights=replace(APPLICATION.rights, co_owners="江汉示例智能装备有限公司、" * 12),
            decision="partly",
            taken_lines="1至35",
            decided_by="评估小组",
            reason="第36件的权利要求与池内技术无关。" * 6,
        ),
    },
}

REVIEW = ReviewPaper(
    pool=POOL,
    application=Application(
        applicant=UNIVERSITY,
        received_on=date(2025, 10, 8),
        review_from=date(2025, 10, 15),
        decision="partly",
        decided_on=date(2025, 11, 20),
        decided_by="专利池评估委员会",
        reason="第3件与桥梁检测没有直接关系，其余两件符合入池标准",
    ),
    patents=PATENTS,
    count=3,
    opinions=tuple(
        OpinionLine(
            reviewer=name,
            unit=unit,
            day=date(2025, 11, day),
            vote=vote,
            grade=grade,
            score=Decimal(score),
            words=words,
        )
        for name, unit, day, vote, grade, score, words in (
            ("孙示范", "示例科技大学", 3, "take", "甲类", "86.5", "检测精度高，替代方案少。"),
            (
                "郑示例",
                "武汉示例专利代理有限公司",
                5,
                "take_if",
                "乙类",
                "72",
                "第2件权利要求1较宽，建议附评价报告。",
            ),
            ("王示例", "湖北示例交通规划设计院", 12, "refuse", "", "40", "第3件与池内技术无关。"),
        )
    ),
    votes_take=1,
    votes_take_if=1,
    votes_refuse=1,
)
AGREEMENT = AgreementPaper(
    pool=POOL,
    member=replace(UNIVERSITY, bank=Bank(name="示例银行武汉分行", account="42001234567890123")),
    agreement=Agreement(
        starts_on=date(2025, 12, 1),
        ends_on=date(2030, 5, 20),
        notice_days=60,
        renewal_years=1,
        secrecy_years=3,
        dispute="court",
        copies=4,
    ),
    patents=PATENTS,
    count=3,
    keeps_own_licences=True,
    court_at="管理机构所在地",
)
FACTS |= {
    "review": {
        "ordinary": REVIEW,
        "absurd": replace(REVIEW, patents=MANY[:30], opinions=REVIEW.opinions * 5, count=15),
    },
    "agreement": {
        "empty": AgreementPaper(),
        "ordinary": AGREEMENT,
        "absurd": replace(AGREEMENT, patents=MANY, count=36),
    },
}

LICENCE = LicencePaper(
    pool=POOL,
    licensor=OPERATOR,
    licensee=LICENSEE,
    bank=OPERATOR.bank,
    signed_on=date(2026, 1, 15),
    signed_at="湖北省武汉市",
    patents=PATENTS,
    count=3,
    inventions=2,
    utility_models=1,
    designs=0,
    starts_on=date(2026, 1, 15),
    ends_on=date(2031, 1, 14),
    products="轨道桥梁在线检测设备",
    royalty=Royalty(way="running", running=Running(rate_percent=Decimal(3), base="net_sales")),
    sales_words="扣除包装、运输、税金和商业折扣后的金额",
    pay_by="3月31日",
    recordal_days=30,
    notice_days=15,
    interest="1.5",
    dispute="court",
    dispute_at="许可方所在地",
)
EXIT = ExitPaper(
    pool=POOL,
    member=UNIVERSITY.name,
    whole=False,
    signed_on=date(2025, 12, 1),
    reason="未缴年费，专利权终止",
    patents=(replace(PATENTS[2], line=1, why_out="lapsed", out_on=date(2026, 5, 20)),),
    count=1,
    licences_words="（1份，最后一份至2031年1月14日）",
    day=date(2026, 6, 1),
    clerk="吴示例",
    phone=OPERATOR.phone,
    sender=OPERATOR.name,
    addressee=UNIVERSITY.name,
)
SHARES = SharePaper(
    pool=POOL,
    number="2026-02",
    member=UNIVERSITY.name,
    period="2026年上半年",
    method="weight",
    columns="weight",
    shows_count=False,
    income=Decimal("638417.35"),
    fee=Decimal("63841.74"),
    fee_percent=Decimal(10),
    distributed=Decimal("574575.61"),
    grades=("甲类", "乙类", "丙类"),
    grade_weights="甲类3，乙类2，丙类1",
    lines=tuple(
        ShareLine(
            member=name,
            counts=counts,
            count=sum(counts),
            weight=Decimal(weight),
            percent=Decimal(percent),
            amount=Decimal(amount),
        )
        for name, counts, weight, percent, amount in (
            ("示例大学", (2, 1, 1), 9, "36.00", "206847.22"),
            ("江汉示例智能装备有限公司", (1, 0, 2), 5, "20.00", "114915.12"),
            ("武汉示例光电技术股份有限公司", (1, 2, 1), 8, "32.00", "183864.20"),
            ("十堰示例汽车零部件（集团）有限责任公司", (0, 1, 1), 3, "12.00", "68949.07"),
        )
    ),
    sums=ShareLine(
        counts=(4, 4, 5),
        count=13,
        weight=Decimal(25),
        percent=Decimal("100.00"),
        amount=Decimal("574575.61"),
    ),
    own_amount=Decimal("206847.22"),
    pay_by=date(2026, 8, 15),
    maker="吴示例",
    checker="郑示范",
    phone=OPERATOR.phone,
    day=date(2026, 7, 20),
)
AGREED = replace(
    SHARES,
    method="agreed",
    columns="agreed",
    shows_count=True,
    grades=(),
    fee_percent=None,
    annuities=Decimal("5400.00"),
    corrects="2026-01",
    lines=tuple(
        replace(
            SHARES.lines[place % 4],
            member=f"第{place + 1}示例智能装备有限公司",
            agreed=Decimal("2.50"),
        )
        for place in range(40)
    ),
    sums=replace(SHARES.sums, agreed=Decimal("100.00")),
)
CORRECTED = replace(
    SHARES,
    number="2026-03",
    columns="corrected",
    grades=(),
    corrects="2026-02",
    reason="第2件专利在本期开始前已经终止",
    gives_back=True,
    lines=tuple(
        replace(line, before=line.amount, amount=line.amount + by, due=Decimal(by))
        for line, by in zip(SHARES.lines, (-100, 50, 50, 0), strict=True)
        if line.amount is not None
    ),
    sums=replace(SHARES.sums, before=SHARES.sums.amount, due=Decimal("0.00")),
    own_amount=Decimal("100.00"),
)
CHECKED = tuple(
    AnswerLine(
        group=group,
        question=question,
        basis=basis,
        reply=reply,
        words=words,
        who="吴示例" if reply else "",
        day=date(2026, 3, 2) if reply else None,
        warns="改为非独占的回授，删去不得质疑专利权有效性的约定。" if reply == "yes" else "",
    )
    for group, question, basis, reply, words in (
        ("敏感信息", "成员之间交换价格、产量、市场划分等敏感信息", "规定 第十七条", "no", ""),
        ("对竞争的影响", "池内专利涉及具有替代关系的技术", "指南 第二十六条", "open", "待专家判断"),
        (
            "对竞争的影响",
            "订有独占性回授、不质疑条款",
            "指南 第二十六条",
            "yes",
            "旧合同一份，正在修改",
        ),
        ("报告", "已经提前向反垄断执法机构报告", "工作指引 第十五条", None, ""),
    )
)
CHECKLIST = ChecklistPaper(
    pool=POOL,
    code="antitrust",
    title="公平竞争",
    basis="专利池建设运行工作指引 第十五条",
    lines=CHECKED,
    count=len(CHECKED),
    answered=2,
    warned=tuple(line for line in CHECKED if line.reply == "yes"),
    day=date(2026, 3, 2),
)
ELEMENTS = (
    ElementLine(
        claim="1",
        words="一种桥梁裂缝检测方法，其特征在于，以设于桥面的多个传感器同步采集振动信号；",
        found="产品在桥面设8个加速度传感器，同步采样。",
        source="产品手册第12页，2026年1月5日取得",
        state="met",
    ),
    ElementLine(
        claim="1",
        words="对所述振动信号作小波分解，取得各频段的能量；",
        found="软件以经验模态分解取得各频段的能量。",
        source="公开演示，https://example.com/a，2026年1月9日",
        state="equivalent",
    ),
    ElementLine(
        claim="1",
        words="以能量的变化率判断裂缝的位置。",
        source="待购买样品测试",
        state="open",
    ),
)
EVIDENCE = EvidencePaper(
    pool=POOL,
    chart=EvidenceChart(
        number=PATENTS[0].number,
        title=PATENTS[0].title,
        product="BD-800桥梁检测仪",
        maker="某某检测技术有限公司",
        made_on=date(2026, 1, 20),
        made_by="吴示例",
        conclusion="第三项特征尚待查明，暂不能得出结论。",
    ),
    kind="invention",
    elements=ELEMENTS,
    count=3,
    met=2,
    open=1,
)
FACTS |= {
    "licence": {
        "empty": LicencePaper(),
        "ordinary": LICENCE,
        "absurd": replace(LICENCE, patents=MANY, is_cross=True, is_whole=False, products=LONG * 3),
    },
    "exit": {
        "ordinary": EXIT,
        "absurd": replace(
            EXIT,
            by="member",
            whole=True,
            patents=MANY[:30],
            count=30,
            sender=UNIVERSITY.name,
            addressee=OPERATOR.name,
        ),
    },
    "share_notice": {
        "corrected": CORRECTED,
        "empty": SharePaper(),
        "ordinary": SHARES,
        "absurd": AGREED,
    },
    "checklist": {"ordinary": CHECKLIST},
    "evidence": {"ordinary": EVIDENCE, "absurd": replace(EVIDENCE, elements=ELEMENTS * 12)},
}

LONG_ONES = ("agreement-absurd", "exit-absurd", "licence-absurd", "review-absurd")
"""Papers of many pages alike, which nobody looks at page by page: they are only made."""


def papers() -> dict[str, Callable[[], Document]]:
    """The papers of the pool's pack to be looked at, by name."""
    return {name: made for name, made in every().items() if not name.endswith(LONG_ONES)}


def every() -> dict[str, Callable[[], Document]]:
    """Every paper of the pool's pack by name."""
    pack = record_pack("pool")
    return {
        f"pool-{code}-{kind}": lambda code=code, facts=facts: compose_facts(
            pack.papers[code], facts, pack, number=facts.pool.name
        )
        for code, kinds in FACTS.items()
        for kind, facts in kinds.items()
    }
