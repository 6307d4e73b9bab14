"""Scenes of what is used again, made in numbers and imported with care."""

from PySide6.QtWidgets import QWidget

from desktop.app import Program
from desktop.importing import ImportPage
from desktop.register import RegisterPage
from desktop.results import ResultsPage
from desktop.screens.waiting import shown, until
from desktop.templates import TemplatesSheet
from forms.office.reuse import keep_template


def templates(program: Program) -> QWidget:
    """A few templates, listed."""
    assert program.desk is not None
    desk = program.desk
    cases = desk.store.cases()
    for place, name in ((1, "材料学院"), (3, "水环境研究院合作"), (7, "免费一年")):
        keep_template(desk.store, desk.pack, name, cases[place].case)
    sheet = TemplatesSheet(desk, program.window)
    sheet.show()
    return sheet


def results(program: Program) -> None:
    """A batch of papers that was exported."""
    page = shown(program, RegisterPage)
    desk = page.desk
    ids = desk.store.ids()[:8]
    desk.dialogs.folder = lambda *_: program.folder / "文书"  # type: ignore[method-assign]
    page._export_as(ids, "pdf")
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
    file.write_text(lines, encoding="utf-8-sig")
    program.desk.go("import", files=[file])
    page = shown(program, ImportPage)
    until(lambda: page._odd)
    page.say_header()
    until(lambda: page.look)
    for header, path in (("编码", "patent.number"), ("成果", "patent.title")):
        page._decide_column(header, path)
    until(lambda: page.look and page.look.taken)
