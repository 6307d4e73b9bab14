"""Invented patents, as many as asked for: the same ones in every run.

They vary as an office's do: titles of 6 to 40 characters, one to three owners, every royalty
way, other terms now and then.  Every number carries its right check character.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from forms.facts.patent_number import check_character
from forms.facts.record import (
    Bank,
    Case,
    Contact,
    Duration,
    EntryRunning,
    Instalments,
    Licence,
    LumpSum,
    OtherLicences,
    OtherStandard,
    OwnUse,
    Party,
    Patent,
    Royalty,
)

PACK = "hubei-2022"

_USES = (
    "用于隧道衬砌",
    "面向工业机器人",
    "基于深度学习",
    "适用于高寒地区",
    "一种",
    "一种可折叠",
    "一种低功耗",
    "一种耐高温",
    "一种用于水体修复",
    "一种双极化",
    "用于锂离子电池",
    "基于区块链",
    "一种抗菌",
    "用于桥梁健康监测",
    "一种纳米复合",
    "一种自适应",
    "用于心血管介入",
    "一种食用菌",
    "用于稻虾共作",
    "一种磁悬浮",
)
_THINGS = (
    "裂缝检测",
    "轴承故障诊断",
    "氮化镓功率器件",
    "微塑料采样",
    "废旧轮胎热解",
    "超声造影剂",
    "柔性压力传感器",
    "光纤光栅应变计",
    "陶瓷基板烧结",
    "污泥低温干化",
    "再生骨料混凝土",
    "茶叶杀青",
    "莲藕采收",
    "永磁同步电机",
    "激光焊接",
    "图像去雾",
    "语音唤醒",
    "中药饮片鉴别",
    "磷石膏改性",
    "碳纤维缠绕",
    "雷达回波处理",
    "毫米波天线",
    "猪瘟病毒抗体",
    "钢渣余热回收",
    "盾构刀盘",
    "换热管束",
    "蛋白酶提取",
    "催化剂载体",
    "电磁阀",
    "卫星授时",
)
_ENDINGS = (
    "方法",
    "装置",
    "系统",
    "方法及系统",
    "设备及其控制方法",
    "方法、装置及存储介质",
    "结构",
    "材料及其制备方法",
    "电路",
    "试剂盒",
)
_MIDDLES = ("", "", "的", "用", "一体化", "远程")
_PLACES = ("武汉", "襄阳", "宜昌", "荆州", "黄石", "十堰", "孝感", "黄冈", "恩施", "鄂州")
_TRADES = ("智能装备", "光电技术", "生物医药", "新材料", "环保科技", "轨道交通", "农业机械", "软件")
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰文建国志红梅晨宇浩然子涵欣怡梓萱"
_ROADS = ("珞喻路", "解放大道", "东湖路", "雄楚大道", "沿江大道", "高新大道", "民族大道", "胜利街")
_TERMS = (
    "被许可人应当在每个会计年度结束后三十日内提交产品销售报表。",
    "许可人提供一次现场技术指导，差旅费用由被许可人承担。",
    "后续改进的成果归改进方所有，另一方在同等条件下享有优先受让的权利。",
    "",
    "",
)
_FIRST_FILED = date(2015, 1, 5)


def patents(count: int) -> Iterator[Case]:
    """Yield the first so many invented cases."""
    chance = Random("openlicense bench")
    for place in range(count):
        yield _case(chance, place)


def licence(case: Case) -> Licence:
    """A licence granted under a case, for its contract."""
    bank = Bank(name="示例银行武汉光谷支行", account="4200000000000000002")
    return Licence(
        licensee=Party(
            name="荆州示例农业机械有限公司",
            kind="unit",
            address="湖北省荆州市沙市区江津路18号",
            representative="赵示范",
            contact="钱示例",
            phone="13800000000",
        ),
        agreed="as_offered",
        manner="制造、使用、许诺销售、销售该专利产品",
        scope="湖北省",
        starts_on=date(2022, 10, 1),
        ends_on=date(2025, 9, 30),
        bank=bank if case.owners else Bank(),
        penalty="合同总额的百分之十",
        dispute="court",
        copies=4,
    )


def _case(chance: Random, place: int) -> Case:
    filed = _FIRST_FILED + timedelta(days=chance.randrange(2200))
    contact = _person(chance)
    owners = tuple(_owner(chance) for _ in range(chance.choice((1, 1, 1, 1, 2, 2, 3))))
    used = chance.random() < 0.3
    granted = chance.random() < 0.15
    return Case(
        pack=PACK,
        patent=Patent(
            number=_number(filed.year, place, chance),
            title=_title(chance),
            filing_date=filed,
            grant_date=filed + timedelta(days=chance.randrange(300, 1100)),
            inventors=tuple(_person(chance) for _ in range(chance.randrange(1, 5))),
            legal_status="有效",
            pledge="none",
        ),
        owners=owners,
        own_use=_own_use(chance) if used else OwnUse(way="none"),
        other_licences=_other_licences(chance) if granted else OtherLicences(way="none"),
        offer_end=date(2024 + chance.randrange(4), chance.randrange(1, 13), 28),
        single_term=Duration(count=chance.randrange(1, 5)),
        region=chance.choice(("全省", "全国", "武汉市")),
        royalty=_royalty(chance),
        other_terms=chance.choice(_TERMS),
        contact=Contact(
            name=contact,
            address=_address(chance),
            postcode=f"43{chance.randrange(10_000):04d}",
            phone=f"027-6{chance.randrange(10_000_000):07d}",
            email=f"licence{place}@example.edu.cn",
        ),
    )


def _number(year: int, place: int, chance: Random) -> str:
    digits = f"{year}{chance.choice('1123')}{place + 10_000:07d}"
    return f"ZL{digits}.{check_character(digits)}"


def _title(chance: Random) -> str:
    things = chance.choice(_THINGS)
    if chance.random() < 0.2:
        things += "与" + chance.choice(_THINGS)
    return chance.choice(_USES) + things + chance.choice(_MIDDLES) + chance.choice(_ENDINGS)


def _person(chance: Random) -> str:
    given = "".join(chance.choice(_GIVEN) for _ in range(chance.randrange(1, 3)))
    return chance.choice(_SURNAMES) + given


def _owner(chance: Random) -> Party:
    sort = chance.random()
    if sort < 0.4:
        return Party(name=f"{chance.choice(_PLACES)}示例大学", kind="unit")
    if sort < 0.9:
        company = f"{chance.choice(_PLACES)}示例{chance.choice(_TRADES)}有限公司"
        return Party(name=company, kind="unit")
    return Party(name=_person(chance), kind="person")


def _address(chance: Random) -> str:
    city, road = chance.choice(_PLACES), chance.choice(_ROADS)
    return f"湖北省{city}市{road}{chance.randrange(1, 900)}号"


def _own_use(chance: Random) -> OwnUse:
    began = chance.randrange(2018, 2022)
    return OwnUse(way="used", period=f"{began}年至今", scope="湖北省", manner="制造、销售")


def _other_licences(chance: Random) -> OtherLicences:
    began = chance.randrange(2018, 2022)
    return OtherLicences(
        way="granted", period=f"{began}年1月至{began + 5}年12月", scope="全国", kind="ordinary"
    )


def _royalty(chance: Random) -> Royalty:
    thousands = Decimal(chance.randrange(5, 300) * 1000)
    match chance.randrange(6):
        case 0 | 1:
            return Royalty(way="free")
        case 2:
            rate = Decimal(chance.randrange(2, 20)) / 2
            return Royalty(
                way="entry_running",
                entry_running=EntryRunning(entry_fee=thousands, rate_percent=rate),
            )
        case 3:
            days = chance.choice((15, 30, 60))
            return Royalty(way="lump_sum", lump_sum=LumpSum(days=days, amount=thousands))
        case 4:
            return Royalty(way="instalments", instalments=_instalments(chance, thousands))
    each = chance.randrange(2, 50)
    return Royalty(way="other", other=OtherStandard(text=f"按每台产品{each}元计算，每年结算一次"))


def _instalments(chance: Random, first: Decimal) -> Instalments:
    return Instalments(
        first_days=chance.choice((15, 30, 60)),
        first_amount=first,
        cycle=chance.choice(("month", "quarter", "year")),
        each_days=chance.choice((10, 15, 30)),
        batches=chance.randrange(1, 9),
        each_amount=first / 2,
    )
