"""Letters of the bureau and of the matching: short, ordinary and absurd, for the golden files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from forms.bureau.opinion import PAPER, OpinionFacts, OpinionLine
from forms.facts.record import Office
from forms.office.matching import Match, Offer
from forms.office.needs import Need
from forms.office.pushing import letter
from forms.pack.record_pack import record_pack
from forms.paper.document import Document
from forms.paper.facts_view import compose_facts

replace = msgspec.structs.replace

DAY = date(2026, 11, 24)
BUREAU = Office(name="示例省知识产权局", contact="刘示例", phone="027-87000000")
OFFICE = Office(
    name="示例大学", contact="张喆", phone="027-68880001", email="licensing@example.edu.cn"
)
LINES = (
    OpinionLine(
        where="ZL202110345678.3\n信息表第⑤栏",
        finding="许可期限届满日填为2041年12月31日，晚于专利权期限届满日",
        remedy="改为不晚于专利权期限届满日的日期",
        basis="信息表 注意事项 五",
    ),
    OpinionLine(
        where="ZL202020862680.9",
        finding="缺少共有专利权人江汉示例智能装备有限公司签章",
        remedy="由全体专利权人签章后重新报送",
        basis="信息表 注意事项 六",
    ),
)
REFUSED = OpinionLine(
    where="ZL202121450873.4",
    finding="质押融资周期内的专利不予通过",
    basis="实施流程 一（二）2（3）",
)
PASSED = OpinionFacts(
    kind="opinion",
    unit="示例大学",
    count="7",
    passed="7",
    returned="0",
    refused_count="",
    reported_on=date(2026, 11, 12),
    bureau=BUREAU.name,
    examiner="刘示例",
    phone=BUREAU.phone,
    day=DAY,
)
RETURNED = replace(
    PASSED,
    kind="correction",
    passed="4",
    returned="2",
    refused_count="1",
    lines=LINES,
    refused=(REFUSED,),
    notes="ZL202010378597.9：补交评价报告的，可以一并公布",
    deadline=date(2026, 12, 9),
)
LONG = "一种用于𬭎、𠮷与㐂等合金的桥梁拉索损伤识别方法、装置、电子设备及存储介质" * 3
OPINIONS = {
    "ordinary": RETURNED,
    "passed": PASSED,
    "absurd": replace(
        RETURNED,
        unit="示例大学" * 12,
        lines=tuple(
            replace(LINES[place % 2], finding=LONG if place % 7 == 3 else LINES[place % 2].finding)
            for place in range(12)
        ),
        refused=(REFUSED,) * 3,
        bureau="示例省知识产权局" * 3,
        examiner="刘示例、陈示范、王示例、赵示例、钱示范、孙示例",
        notes=LONG * 3,
    ),
}


def _match(number: str, title: str, fee: str, *words: str) -> Match:
    return Match(offer=Offer(number=number, title=title, fee=fee), score=80, parts=(), words=words)


NEED = Need(company="襄阳示例轨道装备股份有限公司", words="桥梁裂缝的在线检测设备，能在通车时使用")
MATCHES = (
    _match(
        "ZL202110345678.3",
        "基于多传感器融合的桥梁裂缝检测方法及系统",
        "入门费10万元，净销售额提成3%",
        "桥梁",
        "裂缝",
        "检测",
    ),
    _match("ZL202020862680.9", "隧道衬砌裂缝监测装置", "免费使用", "裂缝"),
)
PUSHED = {
    "bare": (Need(company=NEED.company, words="水质监测"), MATCHES[1:], Office(name="示例大学")),
    "ordinary": (NEED, MATCHES, OFFICE),
    "absurd": (
        replace(NEED, company="襄阳示例轨道装备股份有限公司" * 4, words=LONG * 4),
        tuple(
            _match(
                "ZL202110345678.3",
                LONG if place % 7 == 3 else MATCHES[0].offer.title,
                "每销售一台合同产品支付使用费200元；" * (9 if place % 7 == 3 else 1),
                *("桥梁裂缝检测" * (place % 3 + 1), "裂缝"),
            )
            for place in range(12)
        ),
        replace(
            OFFICE,
            name="示例大学" * 12,
            email="patent.licensing.office@mail.example-university.edu.cn",
        ),
    ),
}


def papers() -> dict[str, Callable[[], Document]]:
    """The letters to be looked at, by name."""
    pack = record_pack("bureau")
    paper = pack.papers[PAPER]
    opinions: dict[str, Callable[[], Document]] = {
        f"bureau-opinion-{kind}": lambda facts=facts: compose_facts(paper, facts, pack)
        for kind, facts in OPINIONS.items()
    }
    pushed: dict[str, Callable[[], Document]] = {
        f"push_letter-{kind}": lambda given=given: letter(*given, DAY)
        for kind, given in PUSHED.items()
    }
    return opinions | pushed
