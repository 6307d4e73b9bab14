"""The scenes of the papers' way: import, submission, seals, licences.

Each scene takes the freshly opened program to where something is to be seen.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from desktop.desk.jobs import Report
from desktop.on_paper.printing import PrintPreview
from desktop.pages.licences import LicencesPage
from desktop.pages.seals import SealsPage
from desktop.pages.seals.seal_actions import export_papers
from desktop.pages.submission import SubmissionPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, until
from desktop.shell.main_window import MainWindow
from forms.facts.licence_life import Receipt
from forms.facts.paths import with_value
from forms.facts.record import Bank, LumpSum, Party
from forms.ground.files import write_atomically


def import_looked_at(program: Program) -> None:
    """A workbook as an office keeps it: other headings, a mistyped number, a word unknown."""
    assert program.desk is not None
    known = program.desk.store.cases.listed()[0].case
    lines = f"""\
专利号,发明名称,权利人,授权日,许可费方式,总付金额（万元）,届满,学院
ZL202010318862.4,一种桥梁拉索涡激振动的在线监测方法及系统,示例大学；示例水环境研究院,2022.8.16,一次总付,20,2027/12/31,土木工程学院
{known.patent.number},{known.patent.title},示例大学,2020.6.2,免费,,2028-06-30,材料学院
ZL202010995106.3,江河水质在线监测浮标,示例大学,2021.3.9,面议,,2027/12/31,水利学院
,,示例大学,,,,,备注
CN113000000B,磷石膏基自流平砂浆及其制备方法,示例大学,2022.1.4,免费,,2027/12/31,材料学院
"""
    file = program.folder / "2026 年秋季征集汇总.csv"
    write_atomically(file, lines.encode("utf-8-sig"))
    program.desk.go("import", files=[file])


def import_trouble(program: Program) -> None:
    """A file that is no workbook."""
    assert program.desk is not None
    file = program.folder / "专利清单.xlsx"
    write_atomically(file, b"This is no workbook.")
    program.desk.go("import", files=[file])


def submission_page(stage: str) -> Prepare:
    """Go the way of a submission as far as asked."""

    def prepare(program: Program) -> None:
        assert isinstance(program.window, MainWindow)
        program.window.show_place("submission")
        page = page_shown(program, SubmissionPage)
        page.begin()
        if stage == "choose":
            return
        page.choose.tick_all()
        page.choose.take()
        until(lambda: page.checking.outlook.checked)
        if stage == "check":
            return
        page.checking.drop_faulty()
        until(page.checking.make.isEnabled)
        if stage == "fine":
            page.checking.lock.wanted.setChecked(True)
            page.checking.lock.line.setText("kaifang-2026")
            page.checking.right.verticalScrollBar().setValue(2000)
            return
        page.make()
        until(lambda: page.result.package)
        if stage == "make":
            return
        assert page.result.package is not None
        store, submission = page.desk.store, page.result.package.submission
        page.note_sent(submission.id, page.desk.today)
        stored = store.cases.listed(ids=[submission.files[-1].case_id or 0])[0]
        store.cases.save(
            with_value(stored.case, "other_terms", "另附技术资料。"), case_id=stored.id
        )
        page.go_home() if stage == "home" else page.show_submission(store.papers.submissions()[0])

    return prepare


def seals_page(stage: str) -> Prepare:
    """Show the papers to be sealed; with some printed and their scans dropped."""

    def prepare(program: Program) -> QWidget | None:
        assert isinstance(program.window, MainWindow)
        program.window.show_place("seals")
        page = page_shown(program, SealsPage)
        until(lambda: page.papers)
        sound = [one for one in page.papers if not one.is_faulty and one.stored][:5]
        if stage == "print":
            places = [p for p, one in enumerate(page.table.rows) if one in sound]
            page.table.rows_model.tick(places)
            page.print_ticked()
            window = program.window
            until(lambda: window.findChildren(PrintPreview))
            previews: list[Any] = list(window.findChildren(PrintPreview))
            until(lambda: previews[0].sheets.shown >= 2)
            taken: QWidget = previews[0]
            return taken
        if stage != "scans":
            return None
        assert QApplication.instance() is not None
        folder = program.folder / "scans"
        export_papers(page.desk, sound, folder, Report(lambda *_: None))
        page.desk.papers_changed.emit()
        until(lambda: any(one.standing == "printed" for one in page.papers))
        files = sorted(folder.glob("*.pdf"))[:3]
        write_atomically(folder / "扫描0001.pdf", files[-1].read_bytes())
        page.add_files([*files[:-1], folder / "扫描0001.pdf"])
        until(lambda: all(page.scans.pages.images))
        return None

    return prepare


def licence_page(stage: str) -> Prepare:
    """A licensee comes."""

    def prepare(program: Program) -> None:
        assert isinstance(program.window, MainWindow)
        program.window.show_place("licences")
        page = page_shown(program, LicencesPage)
        page.new()
        if stage == "pick":
            return
        page.begin(page.desk.store.register.ids()[3])
        assert page.one is not None
        draft = page.one.session.draft
        licensee = Party(name="武汉示例电力巡检有限公司", kind="unit", address="武汉市示例路 9 号")
        draft.put_all(
            {
                "licence.licensee": licensee,
                "licence.scope": "湖北省",
                "licence.manner": "制造、使用、销售",
                "licence.starts_on": date(2026, 12, 1),
                "licence.ends_on": date(2027, 11, 30),
                "licence.agreed": "negotiated",
                "licence.royalty.way": "lump_sum",
                "licence.royalty.lump_sum": LumpSum(days=30, amount=Decimal(80000)),
                "licence.bank": Bank(name="示例银行武汉支行", account="4200 0000 0000 0000 001"),
            }
        )
        if stage == "wrong":
            page.one.session.show_everything()
        if stage == "marked":
            page.one.focus_field("licence.agreed")
            page.one.preview.show_field("licence.agreed")  # a window in the background too
            until(lambda: (drawn := page.one and page.one.preview.page_shown) and drawn.differing)
            return
        if stage == "life":
            receipt = Receipt(
                day=date(2026, 11, 20), amount=Decimal(50000), purpose="首笔", number="0420016518"
            )
            draft.put("licence.signed_on", date(2026, 11, 5))
            draft.put("licence.life.receipts", (receipt,))
            page.show_life()
            return
        if stage == "list":
            page.go_home()
            page.begin(page.desk.store.register.ids()[1])
            page.one.session.draft.put("licence.licensee", Party(name="宜昌示例机械有限公司"))
            page.go_home()
            until(lambda: len(page.list.table.rows) == 2)
            return
        if stage == "history":
            page.one.session.save()
            draft.put("licence.ends_on", date(2028, 11, 30))
            draft.put("licence.royalty.lump_sum.amount", Decimal(90000))
            draft.put("licence.licensee.address", "武汉市示例路 10 号")
            page.one.show_history()
        if stage == "page":
            page.one.focus_field("licence.term")
            page.one.preview.show_field("licence.term")  # a window in the background too
            until(lambda: (drawn := page.one and page.one.preview.page_shown) and drawn.page)
            return
        until(
            lambda: page.one and (page.one.preview.page_shown or not page.one.preview.isVisible())
        )

    return prepare
