"""The scenes of taking stock: the grid, patents ticked, a cell opened, what came back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.pages.stock import StockPage
from desktop.pages.stock_return import StockReturnPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.facts.patent_number import check_character
from forms.facts.record import Factor, LedgerEntry, Patent, Statement
from forms.ground.workbook_cells import put_text
from forms.stock.grading import Grading
from forms.stock.records import STOCK, WATCHED, Answer, StockPatent, WatchedRight

_TITLES = (
    ("用于水稻病虫害识别的多模态遥感影像分析方法", "农学院", "周言之", 1),
    ("一种桥梁拉索涡激振动的在线监测方法及系统", "土木学院", "李衡", 1),
    ("基于光纤光栅的隧道衬砌裂缝监测装置", "土木学院", "李衡", 2),
    ("江河水质在线监测浮标", "土木学院", "吴江月", 2),
    ("一种高温超导磁悬浮列车的低温保持结构", "机电学院", "秦岭", 1),
    ("一种氮化镓功率器件的栅极驱动电路", "信息学院", "苏晴", 2),
    ("磷石膏基自流平砂浆及其制备方法", "材料学院", "邓白", 1),
    ("电动助力自行车（二）", "机电学院", "何沐", 3),
    ("一种可降解的手术缝合线及其表面处理方法", "材料学院", "邓白", 1),
    ("车路协同场景下的信号配时优化方法及装置", "信息学院", "苏晴", 1),
    ("茶叶自动理条机", "农学院", "周言之", 2),
    ("一种用于心电信号去噪的自适应滤波方法", "信息学院", "苏晴", 1),
    ("适用于淤泥质土的振动沉管桩施工装置", "土木学院", "吴江月", 2),
    ("一种锂离子电池高镍正极材料的包覆改性方法", "材料学院", "邓白", 1),
)
_WORKING = ("none", "none", "none", "own", "none", "none", "none", "licensed", "industrial")
_WILLING = (("license", "share"), ("license",), ("license", "transfer"), ("open",), ("transfer",))
_MATURITY = ("prototype", "pilot", "batch", "batch", "prototype", "pilot", "bench")
_USES = ("植保监测", "桥梁运维", "隧道检测", "水质监测", "轨道交通", "电源模块", "建材", "出行")
_DAY = date(2026, 11, 12)


def stocked(store: Any, count: int = 60) -> None:
    """Let invented patents be in stock, most of them filled in."""
    new = []
    for place in range(count):
        title, college, inventor, kind = _TITLES[place % len(_TITLES)]
        digits = f"{2017 + place % 6}{kind}{70_104_729 + place * 7919:07d}"[:12]
        patent = Patent(
            number=f"ZL{digits}.{check_character(digits)}",
            title=title,
            inventors=(inventor,),
            filing_date=date(2017 + place % 6, 3, 4),
            legal_status="专利权维持" if place % 4 else "",
            fee_paid_to=date(2026 if place % 11 == 6 else 2027, 3, 3) if place % 3 else None,
            pledge="none" if place % 5 else "pledged",
            hold="none" if place % 4 else None,
        )
        entry = LedgerEntry(patent=patent, department=college)
        new.append(
            StockPatent(entry=entry, asked_in="2026 年度", answers=_answers(place, inventor))
        )
    store.records.of(STOCK).add_all(new)


def _answers(place: int, by: str) -> dict[str, Answer]:
    said = {
        "funded": ("no",) if place % 3 else ("yes",),
        "working": (_WORKING[place % len(_WORKING)],),
        "willing": _WILLING[place % len(_WILLING)],
        "maturity": (_MATURITY[place % len(_MATURITY)],),
        "use": (_USES[place % len(_USES)],),
        "stars": (str(1 + (place * 7 + 3) % 5),),
    }
    if place % 3 == 0:
        said |= {
            "project_type": ("national",),
            "project_name": ("国家重点研发计划示例课题",),
            "project_number": (f"2018YFD{place:07d}",),
        }
    answers = {code: Answer(values=values, by=by, on=_DAY) for code, values in said.items()}
    for code in ("working", "willing", "stars") if place % 9 == 8 else ():
        del answers[code]
    if place % 14 == 11:
        answers["maturity"] = Answer(unread="基本成熟", by=by, on=_DAY)
    return answers


def grid(*, ticked: int = 0, row: int = 2, opened: bool = False) -> Prepare:
    """The grid; perhaps with patents ticked, or a cell's list opened."""

    def prepare(program: Program) -> None:
        page = _shown(program)
        page.table.grid_model.tick(range(1, 1 + ticked))
        page.table.choose_cell(row, 5 if opened else 0)
        page.table.setFocus()
        if opened:
            page.table.edit(page.table.currentIndex())
        settle()

    return prepare


def _shown(program: Program) -> StockPage:
    assert program.desk is not None
    stocked(program.desk.store)
    program.desk.settings.set("work.stock", True)
    program.desk.go("stock")
    page = page_shown(program, StockPage)
    until(lambda: page.table.rows)
    return page


def ways(way: str) -> Prepare:
    """The ways for a patent that is known well, one of them opened."""

    def prepare(program: Program) -> None:
        page = _shown(program)
        page.table.choose_cell(1, 0)
        page.table.opened.emit(page.table.current)
        page.pane.ways.open_way(way)
        settle()
        page.pane.rolled.ensureWidgetVisible(page.pane.ways.export, 0, 16)
        settle()

    return prepare


def weights_sheet(program: Program) -> QWidget | None:
    """What each point of the ways weighs."""
    from desktop.pages.stock.way_sheets import WeightsSheet

    page = _shown(program)
    assert page.loaded is not None
    rules, grading = page.loaded.paths.rules, page.loaded.paths.grading
    weights = {one.code: one.weight for one in grading.criteria}
    sheet = WeightsSheet(rules, rules, grading, weights, page)
    sheet.show()
    settle()
    return sheet


def grade_sheet(program: Program) -> QWidget | None:
    """How a patent is graded and priced, with the judgment before."""
    from desktop.pages.stock.way_actions import grade_sheet as sheet_of
    from forms.office.stock_grading import gradings, judge

    page = _shown(program)
    assert page.loaded is not None
    paths, desk, found = page.loaded.paths, page.desk, page.rows[1].found
    for mark in (3, 4):
        marks = {one.code: mark for one in paths.grading.criteria}
        price = Statement(
            base_amount=Decimal(1660000),
            base_years=Decimal("3.0"),
            base_note="国知办函运字〔2024〕1070号",
            factors=(Factor(name="技术成熟度", value=Decimal("0.6")),),
            licensees=4,
        )
        one = Grading(category="core", marks=marks, by="评审组", price=price)
        before = gradings(desk.store).get(found.key)
        judge(*(desk.store, paths.grading, found, one, desk.today), before=before, who=desk.who)
    sheet = sheet_of(desk, paths, gradings(desk.store)[found.key], page)
    sheet.resize(620, 860)
    sheet.show()
    settle()
    return sheet


def other_way_sheet(program: Program) -> QWidget | None:
    """What is asked where another way is chosen than the one suggested."""
    from desktop.pages.stock.way_sheets import OtherWaySheet

    page = _shown(program)
    (found,) = [row.ways for row in page.rows[1:2] if row.ways is not None]
    sheet = OtherWaySheet(found, None, page)
    sheet.reason.setText("专利池内已有同类专利，一并许可")
    sheet.show()
    settle()
    return sheet


def send_sheet(program: Program) -> QWidget | None:
    """What is asked before workbooks go out."""
    from desktop.pages.stock.send_sheet import SendSheet

    page = _shown(program)
    assert page.loaded is not None
    sheet = SendSheet(page.loaded.progress.colleges, page.desk.today, page)
    sheet.show()
    settle()
    return sheet


def watch_sheet(program: Program) -> QWidget | None:
    """The lapsed rights of others that are watched."""
    from desktop.pages.stock.watch_sheet import WatchSheet

    page = _shown(program)
    page.desk.store.records.of(WATCHED).add_all(
        [
            WatchedRight(
                number="ZL201410123456.2",
                title="一种桥梁拉索锚固区腐蚀检测装置",
                owner="示例检测技术有限公司",
                lapsed_on=date(2026, 3, 18),
                until=date(2026, 12, 1),
                reason="未缴年费",
                use="隧道、桥梁检测",
            ),
            WatchedRight(
                number="ZL200610987654.5",
                title="低温烧结陶瓷基板",
                owner="示例电子股份公司",
                lapsed_on=date(2026, 9, 30),
                reason="期限届满",
                use="功率器件封装",
            ),
        ]
    )
    sheet = WatchSheet(page.desk, page)
    sheet.show()
    settle()
    return sheet


def came_back(program: Program) -> None:
    """A workbook that came back spoiled."""
    from openpyxl import load_workbook

    from forms.office.stock_exchange import split

    page = _shown(program)
    desk = page.desk
    made = split(desk.store, page.form, desk.store.parties, program.folder / "盘点", desk.today)
    book = load_workbook(made[0].file)
    sheet = book["盘点表"]
    places = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    for line, stars in enumerate(("五星", "很好", "二星", "四星"), start=2):
        put_text(sheet, line, places["专利自评"], stars)
        put_text(sheet, line, places["应用场景"], "隧道、桥梁定期检测")
    put_text(sheet, 1, places["技术成熟度"], "成熟情况")
    put_text(sheet, 5, places["专利号"], "ZL201810000000.0")
    sheet.delete_rows(8)
    file = program.folder / f"{made[0].college} 填好.xlsx"
    book.save(file)
    desk.go("stock_return", files=[file])
    back = page_shown(program, StockReturnPage)
    until(lambda: back.table.rows)
    settle()
