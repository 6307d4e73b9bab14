"""The scenes of patent pools: one that is lived in, its lists, sheets, charter, charts."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QDialog, QWidget

from desktop.pages.pool import PoolPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.facts.licence_life import Life, Receipt
from forms.facts.patent_number import check_character
from forms.facts.record import Bank, Licence, Party
from forms.facts.royalty import Instalments, LumpSum, Royalty, Running
from forms.office import pool_entry, pools
from forms.office.store import CaseStore
from forms.pool.checklists import checklists, with_answer
from forms.pool.records import (
    AGREEMENTS,
    CHARTS,
    Agreement,
    Answer,
    Application,
    Applied,
    Element,
    EvidenceChart,
    Member,
    OperatorFee,
    Opinion,
    Pool,
    PoolLicence,
    PoolPatent,
    ShareRule,
    Standard,
)

_CLASSES = ("种植与监测", "农机装备", "加工与保鲜", "种质与植保", "数据平台")
_GRADES = ("甲级", "乙级", "丙级")
_COUNTS = ((8, 12, 4), (6, 11, 7), (5, 9, 5), (4, 5, 2), (2, 4, 2))
_MEMBERS = (
    ("示例大学", 31),
    ("荆楚示例理工大学", 18),
    ("示例农业科学院", 13),
    ("武汉示例工程大学", 11),
    ("江汉示例智能装备有限公司", 6),
    ("宜昌示例生物有限公司", 4),
    ("示例水环境研究院", 3),
)
_TITLES = (
    *("土壤墒情多点测量方法", "一种油菜籽低损失联合收获割台", "水稻秸秆连续热解炭化装置"),
    *("一种磷石膏土壤改良剂", "茶鲜叶分级输送线", "冷鲜小龙虾脱壳装置", "一种稻田自走式植保机"),
)


def number(place: int, kind: str = "1", year: int = 2021) -> str:
    """An invented patent number."""
    digits = f"{year}{kind}{place:07d}"
    return f"ZL{digits}.{check_character(digits)}"


def lived_in(store: CaseStore, today: date) -> int:
    """Make a pool that has gone on for some time; its id."""
    founded = date(today.year - 1, 3, 10)
    pool = Pool(
        name="智慧农业专利池",
        operator=Party(name="示例大学知识产权中心", kind="unit", contact="张喆"),
        bank=Bank(name="示例银行洪山支行", account="6200000000000000000"),
        purpose="集中智慧农业的专利，一站式对外许可",
        strategy="offensive",
        founded_on=founded,
        charter_day=founded,
        categories=_CLASSES,
        grades=pools.GRADES,
        standard=Standard(opinions=2),
        fee=OperatorFee(percent=Decimal(10)),
        shares=ShareRule(method="weight"),
        payout_days=30,
        annuities="pool",
        members_license_alone=True,
    )
    for checklist in checklists()[:1]:
        for _, item in tuple(checklist.items())[:14]:
            pool = with_answer(pool, Answer(item=item.code, reply="yes", words="章程第三条"))
    risky = Answer(item="effect.substitutes", reply="yes", words="两件拖拉机导航专利可以互相替代")
    kept = pools.create(store, with_answer(pool, risky))
    members = [
        pools.add_member(
            store,
            kept.id,
            Member(party=Party(name=name, kind="unit", contact="李示例"), joined_on=founded),
        )
        for name, _ in _MEMBERS
    ]
    of_member = [
        one.id for one, (_, count) in zip(members, _MEMBERS, strict=True) for _ in range(count)
    ]
    cells = [
        (name, grade)
        for name, row in zip(_CLASSES, _COUNTS, strict=True)
        for grade, count in zip(_GRADES, row, strict=True)
        for _ in range(count)
    ]
    pools.add_patents(
        store,
        kept.id,
        [
            PoolPatent(
                number=number(1000 + place * 37),
                title=_TITLES[place % len(_TITLES)],
                member_id=of_member[place * 17 % len(of_member)],
                category=name,
                grade=grade,
                entered_on=founded,
                agreed_until=date(today.year + 4, 5, 20),
            )
            for place, (name, grade) in enumerate(cells)
        ],
    )
    signed = [
        Agreement(
            member_id=one.id,
            signed_on=founded,
            starts_on=founded,
            ends_on=date(today.year + 4, 5, 20),
            members_license_alone=True,
        )
        for one in members
    ]
    store.records.of(AGREEMENTS).add_all(signed[:-1], parent=kept.id)
    found = pools.view(store, kept.id)
    pools.take_out(store, found.patents[5], "lapsed", date(today.year, 6, 3))
    _applications(store, kept.id, today)
    _licences(store, kept.id, today)
    return kept.id


def _applications(store: CaseStore, pool_id: int, today: date) -> None:
    asked = (
        ("武汉示例工程大学", "一种稻田自走式植保机", "2", 2, ""),
        ("荆楚示例理工大学", "冷鲜小龙虾脱壳装置", "1", 2, ""),
        ("示例农业科学院", "土壤墒情多点测量方法", "1", 3, "乙级"),
        ("示例大学", "一种油菜籽低损失联合收获割台", "1", 4, "甲级"),
        ("江汉示例智能装备有限公司", "茶鲜叶分级输送线", "2", 1, ""),
        ("武汉示例工程大学", "水稻秸秆连续热解炭化装置", "1", 3, "丙级"),
        ("荆楚示例理工大学", "一种磷石膏土壤改良剂", "1", 1, ""),
    )
    for place, (name, title, kind, stage, grade) in enumerate(asked):
        one = Applied(
            number=number(90_000 + place, kind),
            title=title,
            grade=grade,
            report=True if place == 4 else None,
            register_copy=False if place == 6 else None,
        )
        made = Application(
            applicant=Party(name=name), patents=(one,), received_on=today - timedelta(days=place)
        )
        kept = pool_entry.apply(store, pool_id, made)
        if stage >= 2:
            kept = pool_entry.to_review(store, kept, today, 3)
            for reviewer in ("李示例", "周示例"):
                said = Opinion(
                    reviewer=reviewer,
                    unit="示例研究院",
                    day=today,
                    vote="take",
                    grade=grade,
                    words="技术成熟，可以与池内专利配套。",
                )
                kept = pool_entry.add_opinion(store, kept, said)
        if stage >= 3:
            kept = pool_entry.decide(store, kept, [one.number], today, by="评审会")
        if stage == 4:
            pool_entry.list_it(store, kept, today)


def _licences(store: CaseStore, pool_id: int, today: date) -> None:
    year = today.year
    running = Royalty(way="running", running=Running(rate_percent=Decimal("2.5"), base="net_sales"))
    parts = Royalty(
        way="instalments",
        instalments=Instalments(
            first_days=30,
            first_amount=Decimal(30_000),
            cycle="year",
            each_days=30,
            batches=2,
            each_amount=Decimal(30_000),
        ),
    )
    lump = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(90_000)))
    some = (
        ("襄阳示例农业合作社", "种植与监测", Royalty(way="free"), ()),
        ("黄冈示例生物有限公司", "种质与植保", lump, ((2, 68_000), (9, 22_000))),
        ("潜江示例食品有限公司", "加工与保鲜", parts, ((5, 60_300),)),
        ("荆州示例农机有限公司", "一站式许可", running, ((6, 61_300), (7, 121_000), (10, 80_000))),
    )
    for name, title, royalty, came in some:
        receipts = tuple(
            Receipt(day=date(year, month, 12), amount=Decimal(yuan)) for month, yuan in came
        )
        licence = Licence(
            licensee=Party(name=name, kind="unit"),
            signed_on=date(year, 1, 5),
            starts_on=date(year, 1, 5),
            ends_on=date(year + 3, 1, 4),
            royalty=royalty,
            life=Life(effect_by="agreed", receipts=receipts),
        )
        pools.add_licence(store, pool_id, PoolLicence(title=title, licence=licence))


def shown(do: Callable[[PoolPage], object] | None = None, *, tab: str = "overview") -> Prepare:
    """A pool that is lived in, at a tab; perhaps something is done there."""

    def prepare(program: Program) -> QWidget | None:
        assert program.desk is not None
        desk = program.desk
        pool_id = lived_in(desk.store, desk.today)
        desk.settings.set(pools.WORK, True)
        desk.go("pool", pool_id=pool_id, tab=tab)
        page = page_shown(program, PoolPage)
        until(lambda: page.look and page.look.view and not desk.jobs.running)
        if do is not None:
            do(page)
        settle()
        return None

    return prepare


def empty(program: Program) -> None:
    """There is no pool yet."""
    assert program.desk is not None
    program.desk.settings.set(pools.WORK, True)
    program.desk.go("pool")
    page = page_shown(program, PoolPage)
    until(lambda: page.look and not page.desk.jobs.running)


def chart(page: PoolPage) -> None:
    """A chart of evidence of use."""
    view = page.look.whole if page.look is not None else None
    assert view is not None
    patent = view.patents[0].record
    elements = (
        Element(
            claim="1",
            words="沿作物行间布置的多个土壤湿度传感器，各传感器带有定位模块",
            found="产品每 5 米一个探头，探头内有北斗定位",
            source="产品说明书第 12 页",
            source_day=date(2026, 10, 9),
            state="met",
        ),
        Element(
            claim="1",
            words="根据相邻传感器的读数修正漂移的处理单元",
            found="云平台作“邻点校正”，算法未公开",
            source="厂商网站技术白皮书",
            source_day=date(2026, 10, 12),
            state="open",
        ),
    )
    made = EvidenceChart(
        number=patent.number,
        title=patent.title,
        product="墒情卫士 M3",
        maker="某某智能设备有限公司",
        made_by="陈思远",
        made_on=date(2026, 11, 2),
        elements=elements,
    )
    page.desk.store.records.of(CHARTS).add(made, parent=view.pool.id)
    page.show_evidence(patent.number)


def application_sheet(program: Program) -> QWidget:
    """An application in review."""
    from desktop.pages.pool.application_sheet import ApplicationSheet

    shown(tab="applications")(program)
    page = page_shown(program, PoolPage)
    assert page.look is not None
    assert page.look.checked is not None
    kept = page.look.waiting[0]
    sheet = ApplicationSheet(page, kept, page.look.checked[kept.id], _GRADES)
    sheet.show()
    return sheet


def new_pool(program: Program) -> QWidget:
    """A new pool is asked for."""
    return _sheet(program, empty, lambda page: page.doing.new_pool("run"))


def new_licence(program: Program) -> QWidget:
    """A licence is asked for."""
    return _sheet(program, shown(tab="licences"), lambda page: page.doing.new_licence())


def _sheet(program: Program, way: Prepare, asks: Callable[[PoolPage], object]) -> QWidget:
    """The sheet that something asks with, caught instead of being answered."""
    way(program)
    page = page_shown(program, PoolPage)
    caught: list[QWidget] = []

    def catch(sheet: QDialog) -> bool:
        caught.append(sheet)
        return False

    dialogs = page.desk.dialogs
    agrees = dialogs.agrees
    dialogs.agrees = catch  # type: ignore[method-assign]
    asks(page)
    dialogs.agrees = agrees  # type: ignore[method-assign]
    caught[0].show()
    return caught[0]
