"""A licence after its signature in the window: noted step by step, its papers made."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from db.store_problems import LockedDatabase
from desktop.pages.licences import LicencesPage
from desktop.pages.licences.life_view import LifeView
from desktop.parts.facts_sheet import FactsSheet
from desktop.shell.main_window import MainWindow
from forms.facts.record import Case, Contact, Declaration, LumpSum, Party, Patent, Royalty
from tests.desktop.gui.seat import once, words
from tests.scans import one_page

DECLARED = Case(
    pack="cnipa-2024",
    patent=Patent(number="ZL202110239918.1", title="无人机", filing_date=date(2021, 3, 4)),
    owners=(Party(name="示例大学", kind="unit"),),
    offer_end=date(2027, 12, 31),
    royalty=Royalty(way="lump_sum", lump_sum=LumpSum(days=0, amount=Decimal(60000))),
    contact=Contact(name="陈思远", phone="027-87000000"),
    declaration=Declaration(number="KF1", filed_on=date(2022, 3, 1), published_on=date(2022, 4, 1)),
)
Answers = Callable[..., None]


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow) -> LicencesPage:
    stored = window.desk.store.cases.save(DECLARED)
    window.show_place("licences")
    shown = window.page
    assert isinstance(shown, LicencesPage)
    shown.begin(stored.id)
    assert shown.one is not None
    shown.one.session.draft.put("licence.licensee", Party(name="示例电力公司"))
    shown.show_life()
    return shown


@pytest.fixture
def life(page: LicencesPage) -> LifeView:
    assert page.life is not None
    return page.life


@pytest.fixture
def says(page: LicencesPage, monkeypatch: pytest.MonkeyPatch, refused: list[str]) -> Answers:
    """What the clerk writes into the next sheet."""

    def prepare(file: Path | None = None, **said: str) -> None:
        def agrees(sheet: QDialog) -> bool:
            assert isinstance(sheet, FactsSheet)
            sheet.file = file
            for name, text in said.items():
                sheet.lines[name].setText(text)
            return True

        monkeypatch.setattr(page.desk.dialogs, "agrees", once(agrees, refused))

    return prepare


def test_an_open_licence_goes_from_notice_to_its_recordal(
    life: LifeView, says: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(one_page())
    assert life.effect_chip._word == "未生效"
    says(scan, day="2022-06-01", how="邮寄")
    life.doing.note_notice()
    says(scan, day="2022-06-04", amount="6万元", purpose="一次总付")
    life.doing.note_receipt()
    assert (life.effect_chip._word, life.recordal_chip._word) == ("已生效", "待备案")
    said = words(life)
    for text in (
        "2022-06-04",
        "2022-09-05",
        "被许可人以书面方式向专利权人发出的通知",
        "2 / 6 齐备",
    ):
        assert text in said

    desk, session = life._desk, life.session
    desk.dialogs.chosen_files = [scan]  # type: ignore[attr-defined]
    life.doing.add_paper("identity")
    desk.dialogs.chosen_folder = tmp_path  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.notices.posted):
        life.doing.make_papers()
    (folder,) = (one for one in tmp_path.iterdir() if one.is_dir() and "备案材料" in one.name)
    assert [one.name[:2] for one in sorted(folder.iterdir())] == ["00", "02", "03", "04"]

    says(submitted="2022-08-30", recorded="2022-09-01", number="X1")
    life.doing.note_recordal()
    assert life.recordal_chip._word == "已备案"
    case = desk.store.cases.one(session.case.id).case
    assert case.patent.open_licence_recorded_on == date(2022, 9, 1)
    book = tmp_path / "账.xlsx"
    desk.dialogs.chosen_save = book  # type: ignore[attr-defined]
    life.doing.export_list()
    assert book.read_bytes().startswith(b"PK")
    says(day="2022-09-01", reason="解除")
    life.doing.note_end()
    assert session.stored is not None
    kept = desk.store.licences.versions(session.stored.id)
    assert [one.what for one in kept][:2] == ["登记终止", "登记备案"]


def test_what_can_not_be_is_told_on_the_sheet_and_nothing_is_kept(
    life: LifeView, says: Answers, refused: list[str]
) -> None:
    says(day="2022-06-01", how="")
    life.doing.note_notice()
    before = life.session.licence
    for amount, words_ in (("-5", "不能小于零"), ("5美元", "不是人民币")):
        says(day="2022-06-04", amount=amount)
        life.doing.note_receipt()
        assert words_ in refused[-1]
    says(day="昨天", amount="5")
    life.doing.note_receipt()
    assert "不是日期" in refused[-1]
    says(submitted="", recorded="2022-06-02", number="")
    life.doing.note_recordal()
    assert "不能登记备案" in refused[-1]
    assert life.session.licence == before


def test_a_receipt_that_a_lock_keeps_waiting_is_noted_once(
    life: LifeView, says: Answers, refused: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = life.session
    says(day="2022-06-01", how="")
    life.doing.note_notice()
    says(day="2022-06-04", amount="6万元", purpose="一次总付")
    with monkeypatch.context() as locked:

        def meets_a_lock(_what: str) -> None:
            raise LockedDatabase(session.desk.store.path)

        locked.setattr(session, "_save_beside_others", meets_a_lock)
        with pytest.raises(LockedDatabase):
            life.doing.note_receipt()
    assert session.save()  # as it does by itself a little later
    assert refused == []
    assert session.stored is not None
    assert len(session.stored.licence.life.receipts) == 1


def test_the_way_back_leads_to_the_licences_fields(page: LicencesPage) -> None:
    assert page.escape()
    assert page.life is None
    assert page.one is not None
    page.show_life()
    page.go_home()
    assert page.life is None
    assert page.one is None
