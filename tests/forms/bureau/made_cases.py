"""Invented cases of invented units, as many as are wanted: for tests and for measuring."""

from datetime import date
from decimal import Decimal
from itertools import product

import msgspec

from forms.bureau.publication import Candidate
from forms.facts.patent_number import check_character
from forms.facts.record import (
    Case,
    Contact,
    Duration,
    EntryRunning,
    Instalments,
    LumpSum,
    OtherStandard,
    Party,
    Patent,
    Royalty,
)

UNITS = ("示例大学", "武汉示例工程大学", "荆楚示例理工大学", "示例中医药大学", "江汉示例学院")
_WHAT = (
    *("水稻病虫害识别", "江河水质在线监测", "小龙虾虾壳制备壳聚糖", "低温烟气脱硝", "茶叶自动理条"),
    *("水稻秸秆热解炭化", "碳纤维增强", "锂电池热失控预警", "中药饮片鉴别", "桥梁裂缝检测"),
)
_HOW = ("方法", "装置", "系统", "催化剂及其制备方法", "浮标", "控制器", "多模态融合方法")
_CLASSES = ("G06V20/10", "G01N33/18", "C08B37/08", "B01D53/86", "A23F3/12", "H01M10/42", "")
_REGIONS = ("全省", "全省", "全省", "武汉市", "宜昌市")
_NAMES = tuple(f"一种{first}{last}" for first, last in product(_WHAT, _HOW))


def number_of(place: int, kind: str = "1") -> str:
    """A number with the right check character."""
    digits = f"{2015 + place % 8}{kind}{1_000_000 + place * 7 % 8_999_999}"
    return f"ZL{digits}.{check_character(digits)}"


def royalty_of(place: int) -> Royalty:
    """One of the ways of paying."""
    match place % 6:
        case 0 | 1:
            return Royalty(way="free")
        case 2:
            lump = LumpSum(days=30, amount=Decimal(10_000 + place % 90 * 1000))
            return Royalty(way="lump_sum", lump_sum=lump)
        case 3:
            both = EntryRunning(entry_fee=Decimal(20_000), rate_percent=Decimal("1.5"))
            return Royalty(way="entry_running", entry_running=both)
        case 4:
            parts = Instalments(
                first_days=30,
                first_amount=Decimal(10_000),
                cycle="quarter",
                each_days=15,
                batches=4,
                each_amount=Decimal(10_000),
            )
            return Royalty(way="instalments", instalments=parts)
    return Royalty(way="other", other=OtherStandard(text="按每台合同产品 100 元支付"))


def case_of(place: int, **changed: object) -> Case:
    """The case at a place, with some of its parts changed."""
    kind = "123"[place % 3 if place % 7 else 0]
    owners = [Party(name=UNITS[place % len(UNITS)], kind="unit")]
    if place % 5 == 1:
        owners.append(Party(name="示例水环境研究院", kind="unit"))
    case = Case(
        pack="hubei-2022",
        patent=Patent(
            number=number_of(place, kind),
            title=_NAMES[place % len(_NAMES)],
            grant_date=date(2021, 3, 9),
            main_class=_CLASSES[place % len(_CLASSES)],
            legal_status="有效",
        ),
        owners=tuple(owners),
        offer_end=date(2027 + place % 3, 12, 31),
        single_term=Duration(count=3),
        region=_REGIONS[place % len(_REGIONS)],
        royalty=royalty_of(place),
        other_terms="可提供 5 个工作日现场指导。" if place % 4 == 0 else "",
        contact=Contact(
            name="陈思远",
            address="武汉市示例路 1 号",
            postcode="430070",
            phone=f"027-8700{place % 10_000:04d}",
            email="zscq@example.edu.cn",
        ),
    )
    return msgspec.structs.replace(case, **changed)


def candidates(count: int) -> list[Candidate]:
    """As many cases that passed."""
    return [Candidate(case_of(place), UNITS[place % len(UNITS)]) for place in range(count)]
