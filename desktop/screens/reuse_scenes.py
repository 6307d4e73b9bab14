"""Scenes of what is used again, made in numbers and imported with care."""

from PySide6.QtWidgets import QWidget

from desktop.desk.jobs import Report
from desktop.pages.import_sheets import ImportPage
from desktop.pages.register import RegisterPage
from desktop.pages.register.bin_sheet import BinSheet
from desktop.pages.results import ResultsPage
from desktop.pages.seals.dropped_scans import Dropped
from desktop.pages.seals.seal_actions import export_papers, keep_scans
from desktop.pages.seals.waiting_papers import Waiting, waiting
from desktop.pages.submission.package_actions import make
from desktop.pages.templates import TemplatesSheet
from desktop.program.app import Program
from desktop.screens.scene_waits import page_shown, until
from forms.facts.paths import with_value
from forms.facts.record import Case, Licence, Party
from forms.ground.files import write_atomically
from forms.office.templates import keep_template


def templates(program: Program) -> QWidget:
    """A few templates, listed."""
    assert program.desk is not None
    desk = program.desk
    cases = desk.store.cases.listed()
    for place, name in ((1, "材料学院"), (3, "水环境研究院合作"), (7, "免费一年")):
        keep_template(desk.store.settings, desk.pack, name, cases[place].case)
    sheet = TemplatesSheet(desk, program.window)
    sheet.show()
    return sheet


def lived_in(program: Program) -> None:
    """A register that has been worked with: cases in every state there is."""
    page = page_shown(program, RegisterPage)
    desk, ids = page.desk, page.desk.store.register.ids()
    quietly = Report(lambda *_: None)
    sound = [one for one in waiting(desk, quietly) if one.stored and not one.is_faulty]

    def papers_of(*places: int) -> list[Waiting]:
        return [one for one in sound if one.stored and one.stored.id in [ids[p] for p in places]]

    printed = papers_of(1, 3, 5, 6, 7)
    export_papers(desk, printed, program.folder / "文书", quietly)
    scans = {one.stem: one for one in papers_of(3, 5, 6, 7)}
    for file in sorted((program.folder / "文书").glob("*.pdf")):
        if one := scans.get(file.stem):
            scan = Dropped(name=file.name, content=file.read_bytes(), pages=1, key=one.key)
            keep_scans(desk, [(scan, one)], quietly)
    package = make(desk, [ids[6], ids[7]], program.folder / "报送", (), (), None, quietly)
    desk.store.papers.note_sent(package.submission.id, desk.now())
    desk.store.licences.add(ids[7], Licence(licensee=Party(name="武汉示例电力巡检有限公司")))
    changed = desk.store.cases.one(ids[5])
    desk.store.cases.save(
        with_value(changed.case, "other_terms", "另附技术资料。"), case_id=changed.id
    )
    desk.store.cases.save(Case(pack=desk.pack.identity.code, region="全省"))
    desk.cases_changed.emit()
    until(lambda: page.model.counts.get("stale"))
    page.table.choose(ids[3])


def office_facts(program: Program) -> None:
    """A register with the office's own facts: departments, inventors, notes on a case."""
    page = page_shown(program, RegisterPage)
    store = page.desk.store
    known = (
        ("材料学院", ("张喆铉", "李铱", "王敏"), "等评价报告，李老师 12 月初送来。"),
        ("土木工程学院", ("陈思远",), ""),
        ("水利学院", ("赵江", "钱河"), "已与武汉示例环保谈过价格，对方要求先看说明书。"),
    )
    for place, case_id in enumerate(store.register.ids()[:14]):
        department, inventors, notes = known[place % len(known)]
        case = with_value(store.cases.one(case_id).case, "department", department)
        case = with_value(case, "patent.inventors", inventors)
        store.cases.save(with_value(case, "notes", notes), case_id=case_id, who="陈思远")
    page.desk.cases_changed.emit()
    until(page.filters.combos["department"].isVisible)
    page.table.show_columns({"owners", "inventors", "department", "end"})
    page.table.choose(store.register.ids()[0])


def results(program: Program) -> None:
    """A batch of papers that was exported."""
    page = page_shown(program, RegisterPage)
    desk = page.desk
    ids = desk.store.register.ids()[:8]
    desk.dialogs.folder = lambda *_: program.folder / "文书"  # type: ignore[method-assign]
    page.doing.export(ids, "pdf")
    assert program.window is not None
    window = program.window
    until(lambda: isinstance(getattr(window, "page", None), ResultsPage))


def import_odd(program: Program) -> None:
    """A list whose header was pointed out by hand, with a sample row."""
    assert program.desk is not None
    lines = """\
2022 年秋季征集,,,,
编码,成果,单位,截止,学院
示例ZL202110345678.3,一种示例,示例大学,2027/12/31,
ZL202010318862.4,一种桥梁拉索涡激振动的在线监测方法,示例大学,2027/12/31,土木
ZL202010995106.3,江河水质在线监测浮标,示例大学,2027/12/31,水利
"""
    file = program.folder / "另一种汇总.csv"
    write_atomically(file, lines.encode("utf-8-sig"))
    program.desk.go("import", files=[file])
    page = page_shown(program, ImportPage)
    until(lambda: page._odd)
    page.say_header()
    until(lambda: page.look)
    for header, path in (("编码", "patent.number"), ("成果", "patent.title")):
        page._decide_column(header, path)
    until(lambda: page.look and page.look.taken)


def bin_sheet(program: Program) -> QWidget:
    """Cases that were binned."""
    page = page_shown(program, RegisterPage)
    for case_id in page.desk.store.register.ids()[:4]:
        page.desk.store.cases.bin(case_id)
    sheet = BinSheet(page.desk.store.cases.binned(), program.window)
    sheet.show()
    return sheet
