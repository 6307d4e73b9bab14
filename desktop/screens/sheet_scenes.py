"""Scenes of sheets and menus: what opens for one decision, and what can be chosen there."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.daily import SECOND_PLACE
from db.leading_settings import PACKAGES_FOLDER, Leading
from desktop.editing.form.bank_editor import BankEditor
from desktop.installed.leading_words import told
from desktop.installed.screen_texts import t
from desktop.pages.import_sheets import ImportPage
from desktop.pages.licences import LicencesPage
from desktop.pages.licences.one_licence import LicenceView
from desktop.pages.register import RegisterPage
from desktop.pages.register.bulk_bar import GAPS
from desktop.pages.register.changes_sheet import ChangesSheet
from desktop.pages.register.template_sheet import TEMPLATE
from desktop.pages.settings.take_sheet import TakeSheet
from desktop.pages.submission import SubmissionPage
from desktop.pages.wizard import WizardPage
from desktop.parts.question import AskChoice, AskText, Question
from desktop.program.app import Program
from desktop.program.sample import OFFICE
from desktop.program.waiting_window import WaitingWindow
from desktop.screens.day_scenes import go, wizard
from desktop.screens.paper_scenes import import_looked_at, submission_page
from desktop.screens.scene_waits import page_shown, until
from forms.facts.paths import with_value
from forms.facts.record import Bank, Party
from forms.office.templates import keep_template
from forms.vetting.pack_changes import differences
from forms.vetting.pack_intake import Offered

# --- the register ---------------------------------------------------------------------------


def gaps(program: Program) -> QWidget:
    """What chosen cases lack, asked for all of them at once."""
    page = page_shown(program, RegisterPage)
    store = page.desk.store
    chosen = store.register.ids()[:6]
    for place, case_id in enumerate(chosen):
        case = with_value(store.cases.one(case_id).case, "patent.legal_status", "")
        case = with_value(case, "single_term", None)
        region = "" if place < 2 else case.region
        store.cases.save(with_value(case, "region", region), case_id=case_id)
    page.doing.change(GAPS, chosen)
    return _sheet(page)


def from_template(program: Program) -> QWidget:
    """A template put into chosen cases."""
    page = page_shown(program, RegisterPage)
    store, ids = page.desk.store, page.desk.store.register.ids()
    keep_template(store.settings, page.desk.pack, "材料学院", store.cases.one(ids[0]).case)
    page.doing.change(TEMPLATE, ids[2:7])
    return _sheet(page)


def _sheet(page: RegisterPage) -> QWidget:
    sheet = page.doing.sheet
    assert isinstance(sheet, ChangesSheet)
    return sheet


def columns_menu(program: Program) -> QWidget:
    """The columns a clerk may choose."""
    return page_shown(program, RegisterPage).columns.menu()


def states_menu(program: Program) -> QWidget:
    """The states that have no button of their own."""
    return page_shown(program, RegisterPage).filters.states.menu


# --- import ---------------------------------------------------------------------------------


def mapping(program: Program) -> QWidget:
    """What a column may mean, all of it."""
    import_looked_at(program)
    page = page_shown(program, ImportPage)
    until(lambda: page.look)
    combo = page.columns.combos["届满"]
    combo.showPopup()
    list_of: QWidget = combo.view().window()
    return list_of


# --- submission -----------------------------------------------------------------------------


def mail_words(program: Program) -> QWidget:
    """The words of a mail, to be copied where there is no mail program."""
    submission_page("make")(program)
    page = page_shown(program, SubmissionPage)
    assert page.result.package is not None
    page.show_mail(Path(page.result.package.lies.mails[0]))
    assert page.mail_sheet is not None
    return page.mail_sheet


# --- licences -------------------------------------------------------------------------------


def supply(program: Program) -> None:
    """A contract whose case lacks what the office's profile knows."""
    _with_office_facts(program)


def account_menu(program: Program) -> QWidget:
    """The accounts a licensee may pay to, each with where it comes from."""
    view = _with_office_facts(program)
    editor: BankEditor | None = view.findChild(BankEditor)
    assert editor is not None
    menu = editor.accounts_menu()
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the window takes the focus
    return menu


def _with_office_facts(program: Program) -> LicenceView:
    assert program.desk is not None
    desk = program.desk
    bank = Bank(name="示例银行武汉学府路支行", account="4200 0000 0000 0000 001")
    known = msgspec.structs.replace(
        OFFICE, identity_number="12420000000000000X", address="武汉市示例路 88 号", bank=bank
    )
    desk.store.parties.set_office(known)
    owner = Party(name=known.name, kind="unit")
    first = desk.store.cases.listed()[0]
    desk.store.cases.save(with_value(first.case, "owners", (owner,)), case_id=first.id)
    go("licences")(program)
    page = page_shown(program, LicencesPage)
    page.begin(first.id)
    assert page.one is not None
    return page.one


# --- settings -------------------------------------------------------------------------------


def pack_differences(program: Program) -> QWidget:
    """A pack that was sent, beside the one in use."""
    assert program.desk is not None
    before = program.desk.issued_pack
    identity = msgspec.structs.replace(before.identity, version="1.1")
    submission = msgspec.structs.replace(before.submission, address="kfxk@example.gov.cn")
    after = msgspec.structs.replace(
        before, identity=identity, submission=submission, rules=before.rules[1:]
    )
    return TakeSheet(
        Offered(
            file="湖北.pack.zip",
            pack=after,
            contents={},
            changes=differences(before, after),
            in_use=before.identity.version,
            folder=None,
            seal="none",
            ahead=(),
        ),
        program.window,
    )


def restore_settings(program: Program) -> QWidget:
    """What a backup would set otherwise, asked before it is brought back."""
    settings = (
        Leading(name=SECOND_PLACE, now="E:\\备份", backup="\\\\server\\公共"),
        Leading(name=PACKAGES_FOLDER, now="", backup="D:\\报送"),
    )
    lines = "\n".join(f"· {one}" for one in told(settings))
    return Question(
        t("opening.settings.title"),
        t("opening.settings.words", lines=lines),
        (t("opening.settings.keep"), t("opening.settings.take")),
        program.window,
    )


# --- questions ------------------------------------------------------------------------------


def ask_name(program: Program) -> QWidget:
    """A line of words asked for: the name of a template."""
    title, yes = t("templates.keep_title"), t("templates.keep")
    return AskText(title, t("templates.name"), yes, program.window, start="材料学院")


def ask_pack(program: Program) -> QWidget:
    """One of several packs asked for."""
    names = ("湖北省专利开放许可（试点）", "青岚市专利开放许可")
    title, words, yes = (t(f"opening.which_pack.{one}") for one in ("title", "words", "yes"))
    return AskChoice(title, words, names, yes, program.window)


def renewing(_program: Program) -> QWidget:
    """What is shown while older data are brought to this version."""
    return WaitingWindow()


# --- the wizard -----------------------------------------------------------------------------


def gone_out(program: Program) -> None:
    """A case that was sent: locked, but for the office's own notes."""
    wizard(0, "contact.name")(program)
    page_shown(program, WizardPage).lock(True)
