"""The scene of needs and the patents that answer them."""

from datetime import date
from decimal import Decimal

import msgspec

from desktop.pages.match import MatchPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.office.needs import NEEDS, Need, Push


def matched(*, row: int = 0, ticked: int = 0, pushed: bool = False) -> Prepare:
    """Some needs, one in hand with what answers it; perhaps ticked, perhaps told before."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        desk = program.desk
        titles = [stored.case.patent.title for stored in desk.store.cases.listed()]
        numbers = [stored.case.patent.number or "" for stored in desk.store.cases.listed()]
        needs = desk.store.records.of(NEEDS)
        first = Need(
            company="襄阳示例轨道装备股份有限公司",
            words=f"寻求{titles[0]}方面的成熟技术，希望轻量化、低成本",
            field="轨道交通",
            region="襄阳市",
            budget=Decimal(60000),
            contact="刘工",
        )
        if pushed:
            push = Push(
                number=numbers[0],
                title=titles[0],
                on=date(2026, 11, 12),
                by="陈思远",
                answer="talking",
                answered_on=date(2026, 11, 20),
            )
            first = msgspec.structs.replace(first, pushes=(push,))
        needs.add_all(
            [
                first,
                Need(company="宜昌示例陶瓷有限公司", words=titles[4], budget=Decimal(20000)),
                Need(company="武汉示例建材集团", words=f"{titles[7]}，水泥抗裂", region="武汉"),
                Need(company="荆州示例农业科技有限公司", words="水稻育种加速选育平台"),
            ]
        )
        desk.go("match")
        page = page_shown(program, MatchPage)
        until(lambda: page.matches.rows or (page.needs.table.rows and not desk.jobs.running))
        page.needs.table.choose(row)
        page.matches.rows_model.tick(range(ticked))
        settle()

    return prepare
