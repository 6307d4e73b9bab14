"""A licensee comes: case, licensee, terms beside the offer, contract as PDF and Word."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document as open_document
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.editing.form.bank_editor import BankEditor
from desktop.editing.side_sheet import SideSheet
from desktop.editing.version_rows import VersionRow
from desktop.installed.screen_texts import t
from desktop.pages.licences import LicencesPage
from desktop.pages.licences.one_licence import LicenceView, under_headings
from desktop.pages.licences.terms_compared import terms
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.record import (
    Bank,
    Case,
    Duration,
    Licence,
    LumpSum,
    Office,
    Party,
    Patent,
    Royalty,
)
from forms.pack.types import Pack

LICENSEE = Party(
    name="武汉示例电力巡检有限公司",
    kind="unit",
    identity_number="91420100MA4K000000",
    address="武汉市示例路 9 号",
)


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> LicencesPage:
    window.desk.store.parties.remember(LICENSEE)
    window.show_place("licences")
    shown = window.page
    assert isinstance(shown, LicencesPage)
    return shown


def _begin(page: LicencesPage, qtbot: QtBot) -> None:
    page.new()
    page.pick.table.choose(1)
    qtbot.mouseClick(page.pick.go_on, Qt.MouseButton.LeftButton)


def test_a_licensee_comes_and_takes_the_offer(page: LicencesPage, qtbot: QtBot) -> None:
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    assert (
        page.desk.store.licences.of_case(one.session.case.id) == []
    )  # nothing typed, nothing kept
    with qtbot.waitSignal(page.desk.licences_changed):
        one._from_book(LICENSEE.name)
    assert one.session.licence.licensee == LICENSEE
    assert one.licensee.text() == LICENSEE.name
    one.take_offer()
    standing = {term.path: term.standing for term in one.compared.terms}
    assert standing["licence.agreed"] == "same"
    assert standing["licence.scope"] == "same"
    one.session.draft.put("licence.agreed", "negotiated")
    one.session.draft.put("licence.royalty.way", "lump_sum")
    one.session.draft.put("licence.royalty.lump_sum", LumpSum(days=30, amount=Decimal(80000)))
    royalty = next(term for term in one.compared.terms if term.path == "licence.agreed")
    assert royalty.standing == "otherwise"
    assert "80,000 元" in royalty.contract
    page.go_home()
    qtbot.waitUntil(lambda: len(page.list.table.rows) == 1)
    kept = page.list.table.rows[0]
    assert kept.stored.licence.licensee == LICENSEE
    page.list.opened.emit(kept)
    assert page.one is not None
    assert page.one.session.place == 1


def test_the_history_of_a_contract_says_what_changed_and_leads_back(
    page: LicencesPage, qtbot: QtBot
) -> None:
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    one.show_history()
    assert one._sheet is not None
    assert one._sheet.findChildren(VersionRow) == []  # nothing kept yet
    assert page.escape()
    assert page.one is one  # it was the sheet that closed
    one._from_book(LICENSEE.name)
    one.session.save()
    one.session.draft.put("licence.licensee.address", "武汉市示例路 10 号")
    one.session.draft.put("licence.term", "三年")
    one.session.save()
    qtbot.mouseClick(_history_button(one), Qt.MouseButton.LeftButton)
    assert one._sheet is not None
    assert one._sheet.y() == one.head.height()
    # Typed at one sitting it is one entry, but the first is always to be seen.
    latest, first = one._sheet.findChildren(VersionRow)
    assert [(c.box, c.before, c.after) for c in latest.changed] == [
        ("被许可人 住所地", LICENSEE.address, "武汉市示例路 10 号"),
        ("第三条 实施期限", "", "三年"),
    ]
    assert [c.box for c in first.changed][:1] == ["被许可人"]
    page.resize(page.width() - 100, page.height())
    assert one._sheet.geometry().right() == one.width() - 1
    first.asked.emit(first.version)
    assert one._sheet is None
    assert one.session.licence.term == ""
    assert page.desk.store.licences.of_case(one.session.case.id)[0].licence.licensee == LICENSEE
    page.undo()
    assert one.session.licence.term == "三年"


def _history_button(one: LicenceView) -> QToolButton:
    named = t("licences.one.history")
    return next(b for b in one.findChildren(QToolButton) if b.accessibleName() == named)


def test_several_licences_under_one_case(page: LicencesPage, qtbot: QtBot) -> None:
    _begin(page, qtbot)
    assert page.one is not None
    case_id = page.one.session.case.id
    page.one.session.draft.type("licence.licensee.name", "甲公司")
    assert page.leave()
    page.desk.go("licences", case_id=case_id)
    qtbot.waitUntil(lambda: len(page.list.table.rows) == 1)
    qtbot.waitUntil(page.list.everything.isVisible)
    page.new()
    assert page.one is not None
    assert page.one.session.place == 2
    page.one.session.draft.type("licence.licensee.name", "乙公司")
    assert page.escape()
    qtbot.waitUntil(lambda: len(page.list.table.rows) == 2)
    page.show_all()
    page.list.search.setText("乙公司")
    assert len(page.list.table.rows) == 1
    assert not page.escape()


def test_the_contract_is_made_as_pdf_and_word(
    page: LicencesPage,
    qtbot: QtBot,
    tmp_path: Path,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    one._from_book(LICENSEE.name)
    for format, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        page.desk.dialogs.chosen_save = tmp_path / "合同"  # type: ignore[attr-defined]
        with qtbot.waitSignal(page.desk.papers_changed):
            one.file_asked.emit(format)
        assert (tmp_path / f"合同.{format}").read_bytes().startswith(start)
    assert told[-1].action is not None
    told[-1].action[1]()
    assert opened
    made = page.desk.store.papers.exports(one.session.case.id)
    assert {export.format for export in made} == {"pdf", "docx"}
    assert all(export.draft for export in made)  # blanks are left
    assert one.session.shown  # making it finds fault with everything


def test_faults_are_found_only_with_what_was_left(page: LicencesPage, qtbot: QtBot) -> None:
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    assert one.session.shown == ()
    assert one.session.problems
    one.session.note_left("licence.agreed")
    assert {problem.field for problem in one.session.shown} == {"licence.0.agreed"}
    one.focus_field("licence.agreed")
    one.focus_field("licence.scope")
    one.focus_field("no.such")


def test_a_licensee_is_remembered_and_a_licence_removed_and_brought_back(
    page: LicencesPage, qtbot: QtBot, told: list[Notice]
) -> None:
    _begin(page, qtbot)
    page.remember()
    assert "先填写" in told[-1].text
    page.remove()  # nothing was kept
    assert page.one is None
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    one.licensee.setFocus()
    qtbot.keyClicks(one.licensee, "Yichang")
    one._licensee_left()
    page.remember()
    names = [entry.party.name for entry in page.desk.store.parties.listed()]
    assert "Yichang" in names
    one.session.save()
    case_id = one.session.case.id
    page.desk.dialogs.says_yes = False  # type: ignore[attr-defined]
    page.remove()
    assert page.one is one
    page.desk.dialogs.says_yes = True  # type: ignore[attr-defined]
    page.remove()
    assert page.desk.store.licences.of_case(case_id) == []
    assert told[-1].action is not None
    told[-1].action[1]()
    assert len(page.desk.store.licences.of_case(case_id)) == 1


def test_what_the_case_still_lacks_leads_to_it(page: LicencesPage, qtbot: QtBot) -> None:
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    of_case = [p for p in one.session.problems if not p.field.startswith("licence.")]
    assert of_case  # the owner's identity number is asked for by the contract only
    assert one._case_holder.isVisible()
    asked: list[tuple[int, str]] = []
    one.case_asked.disconnect()
    one.case_asked.connect(lambda case_id, field: asked.append((case_id, field)))
    one.case_asked.emit(one.session.case.id, of_case[0].field)
    assert asked


def test_the_preview_stands_beside_or_is_asked_for(
    page: LicencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    qtbot.waitUntil(lambda: one.preview.page_shown is not None)
    assert one.preview.isVisible()
    window.resize(1000, 700)
    qtbot.waitUntil(one._shows_preview.isVisible)
    assert not one.preview.isVisible()
    one._shows_preview.setChecked(True)
    assert one.preview.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not one._shows_preview.isVisible())
    assert one.preview.isVisible()


def test_a_case_that_goes_takes_its_page_along(page: LicencesPage, qtbot: QtBot) -> None:
    _begin(page, qtbot)
    assert page.one is not None
    page.refresh()
    page.desk.store.cases.bin(page.one.session.case.id)
    page.refresh()
    assert page.one is None
    assert page.panes() and page.shortcuts()


def test_a_desk_without_licences_says_what_they_are(desk: Desk, qtbot: QtBot) -> None:
    page = LicencesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.new()
    page.pick.take()
    page.export_pdf()
    page.print_contract()
    page.remember()
    page.remove()
    assert page.one is None


def test_every_blank_of_the_contract_has_a_place(pack: Pack) -> None:
    asked = {field.path for _, fields in under_headings(pack) for field in fields}
    wanted = {f.path for f in pack.fields if f.path.startswith("licence.") and f.step}
    assert asked == wanted
    assert all(heading for heading, _ in under_headings(pack))


def test_terms_say_what_differs() -> None:
    case = Case(
        region="湖北省",
        offer_end=date(2027, 12, 31),
        single_term=Duration(count=3),
        royalty=Royalty(way="free"),
    )
    blank = terms(case, Licence())
    assert [term.standing for term in blank] == ["fixed", "blank", "blank", "blank", "blank"]
    assert blank[2].offered == "至 2027-12-31，单次 3年"
    agreed = Licence(scope="武汉市", term="自合同生效之日起3年", agreed="as_offered", bank=Bank())
    standing = [term.standing for term in terms(case, agreed)]
    assert standing == ["fixed", "otherwise", "same", "same", "blank"]


def test_what_is_agreed_otherwise_is_marked_on_the_contract(
    page: LicencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1440, 900)
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    one._from_book(LICENSEE.name)
    one.take_offer()
    qtbot.waitUntil(lambda: _marks(page, "licence.agreed") == ())
    one.session.draft.put("licence.scope", "武汉市江夏区")
    qtbot.waitUntil(lambda: len(_marks(page, "licence.scope") or ()) == 1)
    one.session.draft.put("licence.agreed", "negotiated")
    one.session.draft.put("licence.royalty.way", "lump_sum")
    one.session.draft.put("licence.royalty.lump_sum", LumpSum(days=30, amount=Decimal(80000)))
    qtbot.waitUntil(lambda: len(_marks(page, "licence.agreed") or ()) >= 3)
    one.preview.grab()  # drawn with its words in the margin
    one.take_offer()
    qtbot.waitUntil(lambda: _marks(page, "licence.agreed") == ())


def _marks(page: LicencesPage, path: str) -> tuple[object, ...] | None:
    """The marks on the page where a fact stands; None until it is shown as it now is."""
    assert page.one is not None
    shown = page.one.preview.page_shown
    if shown is None or shown.wanted.path != path:
        page.one.preview.show_field(path)
        return None
    return shown.differing if shown.wanted.licence == page.one.session.licence else None


def test_terms_of_an_earlier_contract_are_offered(page: LicencesPage, qtbot: QtBot) -> None:
    case_id = page.desk.store.register.ids()[3]
    page.desk.store.licences.add(case_id, Licence(scope="武汉市江夏区", bank=Bank(account="4200")))
    _begin(page, qtbot)
    assert page.one is not None
    past = page.one.session.draft.past
    assert [one.text for one in past("licence.scope")] == ["武汉市江夏区"]
    assert [one.text for one in past("licence.bank.account")] == ["4200"]
    assert list(past("licence.licensee.phone")) == []


# --- the office's own facts -------------------------------------------------------------------

OFFICE = Office(
    name="示例大学",
    identity_number="12420000000000000X",
    address="武汉市示例路 88 号",
    representative="周明",
    bank=Bank(name="示例银行学府路支行", address="示例路 1 号", account="4200 01"),
)


def test_the_account_of_the_office_is_taken_whole_with_a_word_where_it_is_from(
    page: LicencesPage, qtbot: QtBot
) -> None:
    page.desk.store.parties.set_office(OFFICE)
    case = Case(pack=page.desk.pack.identity.code, owners=(Party(name="乙公司"),))
    page.begin(page.desk.store.cases.save(case).id)
    one = page.one
    assert one is not None
    offered = one.session.draft.past("licence.bank.account")
    assert [(offer.text, offer.source) for offer in offered] == [("4200 01", "office")]
    editor = one.findChild(BankEditor)
    assert editor is not None
    (action,) = editor.accounts_menu().actions()
    assert action.text() == "示例大学（取自单位资料）　示例银行学府路支行　4200 01"
    action.trigger()
    assert one.session.licence.bank == OFFICE.bank


def test_what_the_case_lacks_of_the_licensor_is_supplied_from_the_office(
    page: LicencesPage, told: list[Notice], qtbot: QtBot
) -> None:
    desk = page.desk
    desk.store.parties.set_office(OFFICE)
    owner = Party(name="示例大学", kind="unit", representative="李前任")
    case = Case(pack=desk.pack.identity.code, patent=Patent(title="一种装置"), owners=(owner,))
    case_id = desk.store.cases.save(case).id
    page.begin(case_id)
    one = page.one
    assert one is not None
    button = next(b for b in one.findChildren(QPushButton) if b.text().startswith("取自单位资料"))
    with qtbot.waitSignal(desk.case_saved):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (filled,) = desk.store.cases.one(case_id).case.owners
    assert (filled.identity_number, filled.address) == (OFFICE.identity_number, OFFICE.address)
    assert filled.representative == "李前任"  # what a case says already stays
    assert filled.bank == OFFICE.bank
    assert any("已从单位资料、名册补入案卷" in notice.text for notice in told)
    assert one.session.case.case.owners == (filled,)
    assert not any(
        b.text().startswith("取自") for b in one.findChildren(QPushButton) if b.isVisible()
    )


def test_a_contract_that_came_back_in_word_is_held_beside_ours(
    page: LicencesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _begin(page, qtbot)
    one = page.one
    assert one is not None
    one._from_book(LICENSEE.name)
    page.desk.dialogs.chosen_save = tmp_path / "合同.docx"  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.desk.papers_changed):
        one.file_asked.emit("docx")
    page.desk.dialogs.chosen_files = [tmp_path / "合同.docx"]  # type: ignore[attr-defined]
    one.compare_word()
    qtbot.waitUntil(lambda: one._sheet is not None)
    assert one._sheet is not None
    assert "“合同.docx”与本合同一致。" in _words_of(one._sheet)
    one.close_history()
    word = open_document(str(tmp_path / "合同.docx"))
    (court,) = (p for p in word.paragraphs if "依法向人民法院起诉" in p.text)
    court.add_run("，由原告所在地人民法院管辖")
    word.save(str(tmp_path / "合同.docx"))
    one.compare_word()
    qtbot.waitUntil(lambda: one._sheet is not None)
    said = _words_of(one._sheet)
    assert "有 1 处不一致" in said and "第十一条　不一致" in said
    assert "由原告所在地人民法院管辖" in said


def _words_of(sheet: SideSheet) -> str:
    return "\n".join(one.text() for one in sheet.findChildren(QLabel))
