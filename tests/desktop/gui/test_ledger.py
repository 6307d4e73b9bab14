"""A patent under two packs: its facts are typed once, and what differs is settled by the clerk."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from db.store import Store, open_store
from desktop.desk.desk import Desk
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.wizard_stage import CHECK
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from forms.facts.record import Case, Patent
from forms.office.case_standing import check_each
from forms.office.paper_making import composed
from forms.office.stored import Made
from forms.paper.document_words import words as paper_words
from tests.desktop.gui.seat import words
from tests.desktop.gui.test_saving import type_slowly

OTHER = Path(__file__).parents[2] / "packs" / "qinglan-2026"
TITLE, FEE, NUMBER = "patent.title", "patent.fee_paid_to", "patent.number"
BEGINS_AT = ""


@pytest.fixture
def both(window: MainWindow) -> MainWindow:
    """The window with a second pack beside that of its cases."""
    window.desk.packs = {**window.desk.packs, "qinglan-2026": OTHER}
    return window


@pytest.fixture
def told(both: MainWindow) -> list[Notice]:
    said: list[Notice] = []
    both.desk.notices.posted.connect(said.append)
    return said


def first(desk: Desk) -> tuple[int, str]:
    """A case of the pack that ships, and its number."""
    stored = desk.store.cases.listed()[0]
    assert stored.case.patent.number is not None
    return stored.id, stored.case.patent.number


def new_case(both: MainWindow, number: str, **facts: object) -> WizardPage:
    """Begin a case of the other pack on a number, as the clerk does."""
    both.desk.choose_pack("qinglan-2026")
    both.desk.go("wizard")
    page = both.page
    assert isinstance(page, WizardPage)
    for name, text in facts.items():
        page.session.draft.type(f"patent.{name}", str(text))
        page.session.note_left(f"patent.{name}")
    page.session.draft.type(NUMBER, number)
    page.session.save()
    return page


def test_the_number_brings_the_facts_and_undo_takes_them_back(
    both: MainWindow, told: list[Notice]
) -> None:
    case_id, number = first(both.desk)
    before = both.desk.store.cases.one(case_id)
    page = new_case(both, number)
    assert page.session.case.patent == before.case.patent
    assert page.session.case.owners == before.case.owners
    assert page.session.is_kept
    assert any("已补填" in notice.text and "专利名称" in notice.text for notice in told)
    assert page.session.draft.undo() == ""
    assert page.session.case == Case(pack="qinglan-2026")
    page.session.save()
    assert both.desk.store.cases.one(case_id) == before
    page.session.draft.redo()
    page.session.save()
    assert both.desk.store.cases.one(case_id).case == before.case
    assert both.desk.store.examine().faults == ()


def test_a_number_typed_slowly_changes_nobody_elses(both: MainWindow) -> None:
    case_id, number = first(both.desk)
    before = both.desk.store.cases.one(case_id)
    both.desk.choose_pack("qinglan-2026")
    session = CaseSession(both.desk, None, Case(pack="qinglan-2026"))
    type_slowly(session, NUMBER, number[:-1])
    session.draft.type(NUMBER, number)
    session.save()
    assert session.case.patent.title == before.case.patent.title
    assert both.desk.store.cases.one(case_id) == before


def test_the_fee_is_typed_once_and_both_are_judged(both: MainWindow) -> None:
    desk = both.desk
    case_id, number = first(desk)
    page = new_case(both, number)
    other_id = page.session.case_id
    assert other_id is not None
    saved: list[int] = []
    desk.case_saved.connect(saved.append)
    hubei = desk.store.cases.one(case_id)
    session = CaseSession(desk, hubei, hubei.case)
    session.draft.put(FEE, date(2099, 3, 31))
    session.save()
    assert saved == [case_id, other_id]
    assert desk.store.cases.one(other_id).case.patent.fee_paid_to == date(2099, 3, 31)
    assert desk.store.register.unsettled(desk.today) == []
    page.refresh()
    assert page.session.case.patent.fee_paid_to == date(2099, 3, 31)


def test_a_sealed_paper_of_the_other_is_told_to_be_stale(both: MainWindow) -> None:
    desk = both.desk
    case_id, number = first(desk)
    sealed = desk.store.cases.one(case_id)
    pack = desk.shelf.of(sealed.case.pack)
    assert pack is not None
    export = desk.store.papers.record_export(
        Made(
            case_id=case_id,
            paper="info",
            format="pdf",
            words=words_of(desk, case_id),
            sha256="0" * 64,
            pack_code=pack.identity.code,
            pack_version=pack.identity.version,
            draft=False,
        )
    )
    desk.store.papers.add_scan(case_id, "info", b"%PDF sealed", export.words_sha256)
    assert standing(desk, case_id) == "sealed"
    page = new_case(both, number)
    page.session.draft.type(TITLE, "改过名称的专利")
    page.session.save()
    assert standing(desk, case_id) == "stale"
    (row,) = desk.store.register.rows_of([case_id])
    assert row.title == "改过名称的专利"
    assert row.state in ("stale", "faulty", "drafting")


def words_of(desk: Desk, case_id: int) -> str:
    case = desk.store.cases.one(case_id).case
    pack = desk.shelf.of(case.pack)
    assert pack is not None
    return paper_words(composed(pack, pack.papers["info"], case, desk.store.parties.office()))


def standing(desk: Desk, case_id: int) -> str:
    stored = desk.store.cases.one(case_id)
    (checked,) = check_each(desk.store, desk.shelf, desk.today, [stored])
    return checked.standings["info"]


# --- what differs ------------------------------------------------------------------------------


def test_what_differs_is_told_box_by_box_and_the_ledgers_is_taken(
    both: MainWindow, told: list[Notice]
) -> None:
    desk = both.desk
    case_id, number = first(desk)
    right = desk.store.cases.one(case_id)
    page = new_case(both, number, title="别的名称")
    assert desk.store.cases.one(case_id) == right
    (apart,) = [notice for notice in told if "填写不同" in notice.text]
    assert "专利名称" in apart.text
    problems = [one for one in page.session.problems if one.rule == "ledger.differs"]
    assert [one.field for one in problems] == [TITLE]
    assert right.case.patent.title in problems[0].message
    assert apart.action is not None
    apart.action[1]()
    sheet = page._sheet
    assert sheet is not None
    shown = words(sheet)
    assert f"本案卷：别的名称\n案卷{case_id}：{right.case.patent.title}" in shown
    press(sheet, "采用台账内容")
    assert page.session.case.patent == right.case.patent
    assert page.session.is_kept
    assert desk.store.cases.one(case_id).case == right.case
    assert [one for one in page.session.problems if one.rule == "ledger.differs"] == []
    assert told[-1].text.startswith("已统一")


def test_or_the_case_in_hand_is_right(both: MainWindow, told: list[Notice]) -> None:
    desk = both.desk
    case_id, number = first(desk)
    right = desk.store.cases.one(case_id)
    page = new_case(both, number, title="更正后的名称")
    page.show_ledger()
    sheet = page._sheet
    assert sheet is not None
    press(sheet, "以本案卷为准")
    follows = desk.store.cases.one(case_id)
    assert follows.case.patent.title == page.session.case.patent.title == "更正后的名称"
    assert page.session.case.owners == right.case.owners
    assert desk.store.cases.at_version(case_id, right.revision) == right.case
    assert page.session.others() == ()


def test_it_is_told_again_when_the_case_is_opened(both: MainWindow, told: list[Notice]) -> None:
    desk = both.desk
    case_id, number = first(desk)
    page = new_case(both, number, title="别的名称")
    told.clear()
    desk.go("wizard", case_id=case_id)
    assert page.session.case_id == case_id
    assert any("填写不同" in notice.text for notice in told)


def test_the_box_itself_leads_to_the_ways_out(both: MainWindow, told: list[Notice]) -> None:
    """The notice may be gone by the time the clerk has the certificate at hand."""
    desk = both.desk
    case_id, number = first(desk)
    page = new_case(both, number, title="别的名称")
    page.open_step(CHECK)
    page.go_to(TITLE)
    press(page.stage, "核对")
    sheet = page._sheet
    assert sheet is not None
    sheet.close_sheet()
    page.apply_fix()  # Ctrl+.
    again = page._sheet
    assert again is not None and again is not sheet
    press(again, "采用台账内容")
    assert page.session.case.patent.title == desk.store.cases.one(case_id).case.patent.title


def test_mended_by_hand_it_is_one_patent(both: MainWindow) -> None:
    desk = both.desk
    case_id, number = first(desk)
    right = desk.store.cases.one(case_id)
    page = new_case(both, number, title="别的名称")
    page.session.draft.type(TITLE, right.case.patent.title)
    page.session.save()
    assert page.session.case.patent == right.case.patent
    assert "ledger.differs" not in {one.rule for one in page.session.problems}
    page.show_ledger()
    sheet = page._sheet
    assert sheet is not None
    assert any("一致" in said for said in words(sheet))


def test_what_is_typed_at_another_desk_is_told_to_a_window_that_is_open(
    both: MainWindow, told: list[Notice]
) -> None:
    desk = both.desk
    case_id, number = first(desk)
    desk.go("wizard", case_id=case_id)
    page = both.page
    assert isinstance(page, WizardPage)
    with elsewhere(desk) as store:
        theirs = store.cases.save(
            Case(pack="qinglan-2026", patent=Patent(number=number, title="别的名称"))
        )
        page.refresh()
        assert any("填写不同" in notice.text for notice in told)
        assert "ledger.differs" in {one.rule for one in page.session.problems}
        told.clear()
        for title in ("别的名称甲", "别的名称甲乙"):  # the same box: told once
            store.cases.save(with_value(theirs.case, TITLE, title), case_id=theirs.id)
            page.refresh()
        assert told == []
        store.ledger.settle(theirs.id, store.cases.one(case_id).patent_id, own=False)
    page.refresh()
    assert "ledger.differs" not in {one.rule for one in page.session.problems}
    assert page.session.stored == desk.store.cases.one(case_id)


def test_nobody_settles_what_he_has_not_seen(both: MainWindow, told: list[Notice]) -> None:
    desk = both.desk
    case_id, number = first(desk)
    page = new_case(both, number, title="别的名称")
    page.show_ledger()
    sheet = page._sheet
    assert sheet is not None
    with elsewhere(desk) as store:
        theirs = store.cases.one(case_id)
        changed = store.cases.save(with_value(theirs.case, TITLE, "刚改的"), case_id=case_id)
    press(sheet, "以本案卷为准")
    assert desk.store.cases.one(case_id) == changed
    assert "重新核对" in told[-1].text
    again = page._sheet
    assert again is not None
    assert any("刚改的" in said for said in words(again))
    press(again, "以本案卷为准")
    assert desk.store.cases.one(case_id).case.patent.title == "别的名称"


def elsewhere(desk: Desk) -> Store:
    """The same data at another desk."""
    return open_store(desk.store.path, now=desk.now)


def press(sheet: QWidget, start: str) -> None:
    """Press the button whose words begin so."""
    (found,) = [b for b in sheet.findChildren(QPushButton) if b.text().startswith(start)]
    found.click()
