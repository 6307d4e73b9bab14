"""The scenes of 公布: packages of invented units that passed, with what is to be decided."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from desktop.pages.publish import PublishPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.bureau.publication_plan import find_plan
from forms.bureau.publish import change_choice, keep_made, next_issue, register_issue
from forms.bureau.records import PACKAGE_CASES, PackageCase, State
from forms.facts.record import (
    Case,
    Contact,
    Duration,
    EntryRunning,
    LumpSum,
    Party,
    Patent,
    Royalty,
)

_BEFORE = date(2026, 9, 1)
_FOLDER = "D:\\开放许可公布\\第 2 期"
_FREE = Royalty(way="free")
_LUMP = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(30_000)))
_BOTH = Royalty(
    way="entry_running",
    entry_running=EntryRunning(entry_fee=Decimal(50_000), rate_percent=Decimal(3)),
)


@dataclass(frozen=True, kw_only=True)
class _Sent:
    unit: str
    number: str
    title: str
    main_class: str
    royalty: Royalty = _FREE
    phone: str = "027-8700 0000"
    email: str = "zscq@example.edu.cn"
    terms: str = ""
    state: State = "passed"


_SENT = (
    _Sent(
        unit="示例大学",
        number="ZL201910724415.6",
        title="用于水稻病虫害识别的多模态遥感影像融合方法",
        main_class="G06V20/10",
        royalty=_BOTH,
    ),
    _Sent(
        unit="示例大学",
        number="ZL202020995106.0",
        title="江河水质在线监测浮标",
        main_class="G01N33/18",
        royalty=_LUMP,
        phone="13800002046",
        terms="可提供 5 个工作日现场指导。",
    ),
    _Sent(
        unit="荆楚示例理工大学",
        number="ZL202010690025.4",
        title="小龙虾虾壳连续化制备壳聚糖的方法",
        main_class="C08B37/08",
        email="lihua@qq.com",
    ),
    _Sent(
        unit="荆楚示例理工大学",
        number="ZL201810553209.9",
        title="一种低温烟气脱硝催化剂及其制备方法",
        main_class="B01D53/86",
        email="lihua@qq.com",
        terms="技术问题请联系李老师 13900001234。",
    ),
    _Sent(
        unit="示例农业科学院",
        number="ZL202230574418.9",
        title="茶叶自动理条机",
        main_class="15-09",
        royalty=_LUMP,
    ),
    _Sent(
        unit="武汉示例工程大学",
        number="ZL202120943363.4",
        title="水稻秸秆连续热解炭化装置",
        main_class="C10B53/02",
        state="returned",
    ),
    _Sent(
        unit="武汉示例工程大学",
        number="ZL202110233461.3",
        title="一种桥梁裂缝巡检方法",
        main_class="G01N21/88",
        state="waiting",
    ),
)


def _case(one: _Sent) -> Case:
    return Case(
        pack="hubei-2022",
        patent=Patent(
            number=one.number,
            title=one.title,
            main_class=one.main_class,
            grant_date=date(2022, 3, 8),
            legal_status="有效",
        ),
        owners=(Party(name=one.unit, kind="unit"),),
        offer_end=date(2027, 12, 31),
        single_term=Duration(count=3),
        region="全省",
        royalty=one.royalty,
        other_terms=one.terms,
        contact=Contact(
            name="陈思远",
            address="武汉市示例路 1 号",
            postcode="430070",
            phone=one.phone,
            email=one.email,
        ),
    )


def looked_at(*, is_decided: bool = False) -> Prepare:
    """The second issue in hand; with personal data to be decided, or decided and made."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        desk, store = program.desk, program.desk.store
        records = [PackageCase(office=one.unit, case=_case(one), state=one.state) for one in _SENT]
        shelf = store.records.of(PACKAGE_CASES)
        shelf.add_all(records[:2])
        keep_made(store, next_issue(store, find_plan(), _BEFORE))
        register_issue(store, _BEFORE)
        shelf.add_all(records[2:])
        folder = str(program.folder / "公布") if is_decided else _FOLDER  # where files are made
        change_choice(store, lambda choice: msgspec.structs.replace(choice, folder=folder))
        desk.go("publish")
        page = page_shown(program, PublishPage)
        until(lambda: page.look)
        if is_decided:
            for kind in ("personal_mail", "phone_in_text"):
                page.decide_all(kind, "left_out")
            until(lambda: page.look and not page.look.found.open and not desk.jobs.running)
            page.go_on()
            until(lambda: page.made)
        settle()

    return prepare
