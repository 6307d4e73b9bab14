"""The scenes of an ordinary day: the first start, the register, the wizard, small windows.

Each scene takes the freshly opened program to where something is to be seen.
"""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from db.store_problems import DamagedDatabase
from desktop.desk.jobs import Job
from desktop.pages.first_start import Answers, FirstStart
from desktop.pages.parties import PartiesPage
from desktop.pages.register import RegisterPage
from desktop.pages.register.bulk_sheet import BulkSheet
from desktop.pages.wizard import WizardPage
from desktop.program.app import Program
from desktop.program.opening_window import TroubleWindow
from desktop.program.sample import OFFICE
from desktop.screens.scene_waits import Prepare, page_shown
from desktop.shell.main_window import MainWindow
from desktop.shell.progress import ProgressDialog
from desktop.shell.shortcut_sheet import ShortcutSheet
from forms.facts.paths import with_value
from forms.facts.record import Bank, Party


def go(place: str, **arguments: object) -> Prepare:
    """Show a place."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        program.desk.go(place, **arguments)

    return prepare


def wizard(place: int, path: str) -> Prepare:
    """Open a case of the sample at a field."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        stored = program.desk.store.cases.listed()[place]
        program.desk.go("wizard", case_id=stored.id, path=path)

    return prepare


def wizard_wrong(program: Program) -> None:
    """Answers that can not be read, and the list of problems."""
    wizard(3, "royalty.instalments.each_amount")(program)
    page = page_shown(program, WizardPage)
    page.session.draft.type("royalty.instalments.batches", "若干")
    page.session.draft.type("contact.postcode", "4300")
    page.problems.set_open(True)


def wizard_history(program: Program) -> None:
    """The versions of a case, each with what changed in it."""
    assert program.desk is not None
    store = program.desk.store
    stored = store.cases.listed()[3]
    case = with_value(stored.case, "offer_end", date(2031, 6, 30))
    case = with_value(case, "owners.1", Party(name="湖北示例环保科技有限公司", kind="unit"))
    case = with_value(case, "contact.phone", "027-87000001")
    case = with_value(case, "region", "武汉市")
    store.cases.save(case, case_id=stored.id, who="王敏")
    terms = f"{case.other_terms}许可人每年提供一次技术指导，往返费用由被许可人承担。"
    store.cases.save(with_value(case, "other_terms", terms), case_id=stored.id, who="陈思远")
    wizard(3, "patent.title")(program)
    page = page_shown(program, WizardPage)
    page.session.draft.type("patent.title", "用于长江水体微塑料采样的便携式过滤器（二）")
    page.show_history()


def first_start_filled(program: Program) -> None:
    """The first page, filled in."""
    window = program.window
    assert isinstance(window, FirstStart)
    for name, field in window.fields.items():
        field.setText(getattr(OFFICE, name))
    present = window.pack.findData("cnipa-2024")
    if present >= 0:  # in an edition of the program it may not be
        window.pack.setCurrentIndex(present)
    window.folder.setText("D:\\开放许可资料")
    window.fields["name"].setFocus()


def first_start_wrong(program: Program) -> None:
    """The first page with a wrong address."""
    window = program.window
    assert isinstance(window, FirstStart)
    window.folder.setText("D:\\开放许可资料")
    window.fields["email"].setText("zscq@example")
    window.start()


def register_empty(program: Program) -> None:
    """The register of an office that has just begun."""
    assert program.desk is not None
    program.begin(Answers(OFFICE, "hubei-2022", program.folder))


def register_ticked(program: Program) -> None:
    """Three cases ticked."""
    page = page_shown(program, RegisterPage)
    page.table.choose_place(3)
    page.model.tick([1, 3, 5])


def register_summary(program: Program) -> None:
    """A case's summary beside the list."""
    page = page_shown(program, RegisterPage)
    page.table.choose_place(2)
    page.toggle_summary()


def register_none_found(program: Program) -> None:
    """A search that finds nothing."""
    page = page_shown(program, RegisterPage)
    page.filters.search.setText("量子纠缠")


def register_bulk(program: Program) -> QWidget:
    """One fact changed in many cases."""
    return _sheet(program, "contact", "contact.phone", "027-8700 0000")


def register_royalty(program: Program) -> QWidget:
    """The royalty changed in many cases."""
    sheet = _sheet(program, "royalty", "royalty.lump_sum.amount", "30000")
    way = sheet.editors["royalty.way"]
    assert isinstance(way, QComboBox)
    way.setCurrentIndex(way.findData("lump_sum"))
    return sheet


def _sheet(program: Program, what: str, path: str, text: str) -> BulkSheet:
    page = page_shown(program, RegisterPage)
    page.doing.change(what, page.model.shown_ids()[3:9])
    sheet = page.doing.sheet
    assert isinstance(sheet, BulkSheet)
    editor = sheet.editors[path]
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    return sheet


def parties_page(program: Program) -> None:
    """An address book with a few entries, one in hand."""
    assert program.desk is not None
    bank = Bank(name="示例银行武汉学府路支行", account="4200 0000 0000 0000 001")
    for party in (
        Party(
            name="示例大学",
            kind="unit",
            identity_number="12420000000000000X",
            address="湖北省武汉市洪山区示例路 88 号",
            representative="周明",
            contact="李铱",
            phone="027-68880001",
            email="licensing@example.edu.cn",
            bank=bank,
        ),
        Party(name="江汉示例智能装备有限公司", kind="unit", contact="王工", phone="13800000000"),
        Party(name="武汉示例电力巡检有限公司", kind="unit", address="武汉市示例路 9 号"),
        Party(name="张喆铉", kind="person", address="武汉市示例路 1 号", phone="13900000000"),
    ):
        program.desk.store.parties.remember(party)
    program.desk.go("parties")
    page = page_shown(program, PartiesPage)
    page.table.choose(2)


def settings_backups(program: Program) -> None:
    """A few backups."""
    assert program.desk is not None
    program.desk.store.backups.make()
    program.desk.go("settings", group="backup")


def keys(program: Program) -> QWidget:
    """The sheet of shortcuts."""
    assert isinstance(program.window, MainWindow)
    program.window.show_keys()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutSheet))


def crash(program: Program) -> QWidget:
    """What is said where the program fails."""
    program.hook.meet(ZeroDivisionError())
    assert program.hook.window is not None
    return program.hook.window


def trouble(program: Program) -> QWidget:
    """What is said where the data can not be opened."""
    return TroubleWindow(DamagedDatabase(Path("D:\\开放许可资料\\openlicense.db")))


def notice(program: Program) -> None:
    """An error on the strip."""
    program.notices.tell("error", "磁盘空间不足，本次内容没有写入。请腾出空间后再试。", details="…")


def progress(program: Program) -> QWidget:
    """A long job under way."""
    dialog = ProgressDialog(Job(lambda report: None, "正在生成 312 份文书", program))
    dialog.show_progress(118, 312, "专利开放许可（试点）信息表")
    return dialog
