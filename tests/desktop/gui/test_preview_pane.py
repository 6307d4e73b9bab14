"""The preview shows the page that will be printed, keeps to the field in hand, draws the newest."""

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.on_paper.preview import PaperPreview
from desktop.on_paper.preview import preview_pane as pane
from desktop.on_paper.preview.page_image import CannotDraw, Drawn, Wanted, draw_page, image_of
from desktop.on_paper.preview.preview_pane import short_title
from forms.facts.paths import with_value
from forms.facts.record import Case, Office, Party
from forms.ground.locate import packs_folder
from forms.office.paper_making import by_weight
from forms.output.pdf import render
from forms.pack.language import Paper
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose
from tests.forms.filled import FULL

OFFICE = Office(name="示例大学")


def wanted(pack: Pack, **changes: Any) -> Wanted:
    given = {"paper": "info", "case": FULL, "office": OFFICE, "width_px": 400, **changes}
    return Wanted(pack=pack, **given)


@pytest.fixture
def preview(desk: Desk, qtbot: QtBot) -> PaperPreview:
    """The pane on the full case."""
    made = PaperPreview(desk)
    qtbot.addWidget(made)
    made.resize(560, 800)
    made.show_record(FULL, office=OFFICE, draft=False)
    made.show()
    qtbot.waitUntil(lambda: made.page_shown is not None)
    return made


def shown(preview: PaperPreview) -> Drawn:
    assert preview.page_shown is not None
    return preview.page_shown


# --- one page ----------------------------------------------------------------------------------


def test_the_page_is_the_one_the_pdf_will_have(pack: Pack) -> None:
    drawn = draw_page(wanted(pack))
    pdf = render(compose(pack.papers["info"], FULL, pack, office=OFFICE))
    assert image_of(pdf, 400) == drawn.image
    assert (drawn.page, drawn.pages) == (0, 2)
    assert draw_page(wanted(pack, page=1)).image == image_of(pdf, 400, page=1)


def test_the_marks_are_told_apart_from_the_page(pack: Pack) -> None:
    marked, bare = draw_page(wanted(pack, path="contact.phone")), draw_page(wanted(pack))
    assert marked.image == bare.image
    (spot,) = marked.spots
    assert marked.section is not None
    assert marked.section.y < spot.y < marked.section.y + marked.section.height
    assert bare.section is None


def test_the_page_is_the_one_of_the_field(pack: Pack) -> None:
    owners = tuple(Party(name=f"第{place}示例大学") for place in range(12))
    case = msgspec.structs.replace(FULL, owners=owners, other_terms="许可人可提供技术指导。" * 200)
    drawn = draw_page(wanted(pack, case=case, path="owners.11.name"))
    assert drawn.spots
    assert draw_page(wanted(pack, case=case, path="nothing.here", page_else=1)).page == 1
    assert draw_page(wanted(pack, case=case, page=99)).page == drawn.pages - 1


def test_a_fact_of_a_running_text_is_marked_with_its_lines(pack: Pack) -> None:
    drawn = draw_page(wanted(pack, paper="consent", path="patent.number"))
    assert drawn.section is not None
    assert drawn.section.height < 60


def test_the_batch_shows_this_case_alone(pack: Pack) -> None:
    drawn = draw_page(wanted(pack, paper="summary"))
    assert drawn.size_pt[0] > drawn.size_pt[1]  # lies across


def test_a_character_without_a_glyph_is_named(pack: Pack) -> None:
    case = with_value(FULL, "patent.title", "装置\U0001f9ff")
    with pytest.raises(CannotDraw) as fault:
        draw_page(wanted(pack, case=case))
    assert fault.value.character == "\U0001f9ff"


def test_a_draft_shows_where_it_stands_instead(pack: Pack) -> None:
    case, same = (with_value(FULL, "patent.title", f"装置{one}") for one in ("\U0001f9ff", "〓"))
    seen = draw_page(wanted(pack, case=case, draft=True, path="patent.title"))
    assert seen.image == draw_page(wanted(pack, case=same, draft=True)).image
    assert seen.spots
    blank = draw_page(wanted(pack, case=case, draft=True, path="other_terms"))
    assert blank.pages == seen.pages


# --- the pane ------------------------------------------------------------------------------------


def test_the_papers_stand_as_tabs_the_fullest_first(preview: PaperPreview, pack: Pack) -> None:
    tabs = preview._tabs
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["信息表", "声明", "汇总表"]
    assert [p.code for p in by_weight(pack, ("licence", "case"))] == ["contract", "info", "consent"]
    titles = ("专利开放许可合同", "某种别的东西一览")
    named = [short_title(Paper(code="x", title=title)) for title in titles]
    assert named == ["合同", "别的东西一览"]
    assert short_title(Paper(code="x", title="同意声明", short="同意")) == "同意"


def test_a_paper_that_is_not_made_of_the_case_has_no_tab(desk: Desk, qtbot: QtBot) -> None:
    pack = load(packs_folder() / "cnipa-2024")
    made = PaperPreview(desk, pack=pack)
    qtbot.addWidget(made)
    one = Case(owners=(Party(name="示例大学"),))
    made.show_record(one, office=Office(), draft=True)
    assert _tabs_of(made) == ["填报底稿"]
    made.show_record(with_value(one, "owners.1.name", "甲公司"), office=Office(), draft=True)
    assert _tabs_of(made) == ["填报底稿", "同意声明"]
    made.show_paper("consent")
    made.show_record(one, office=Office(), draft=True)
    assert made.paper == "declaration"


def _tabs_of(preview: PaperPreview) -> list[str]:
    tabs = preview._tabs
    return [tabs.tabText(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]


def test_the_preview_follows_the_field_to_its_page(preview: PaperPreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.drawn):
        preview.turn(1)
    assert shown(preview).page == 1
    with qtbot.waitSignal(preview.drawn):
        preview.show_field("contact.phone")
    assert shown(preview).page == 0
    rect = preview._view.sheet.field_rect()
    assert rect is not None
    assert preview._view.sheet.visibleRegion().contains(rect.center().toPoint())


def test_the_preview_turns_to_the_paper_that_prints_the_field(
    preview: PaperPreview, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(preview.drawn):
        preview.show_field("single_term")
    assert preview.paper == "summary"
    assert shown(preview).spots
    preview.show_field("contact.phone")
    assert preview.paper == "info"
    preview.show_paper("summary")  # by hand: it prints the name as well
    preview.show_field("contact.name")
    assert preview.paper == "summary"
    preview.show_field("")
    preview.show_field("patent.pledge")  # printed nowhere
    assert preview.paper == "summary"


def test_the_newest_wins(
    preview: PaperPreview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings: list[str] = []

    def noting(one: Wanted, before: Drawn | None) -> Drawn:
        drawings.append(one.case.patent.title)
        return draw_page(one, before)

    monkeypatch.setattr(pane, "draw_page", noting)
    for place in range(20):
        case = with_value(FULL, "patent.title", f"装置{place}")
        preview.show_record(case, office=OFFICE, draft=False)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: shown(preview).wanted.case.patent.title == "装置19")
    assert len(drawings) < 20


def test_a_hidden_preview_draws_nothing_until_it_is_shown(
    preview: PaperPreview, qtbot: QtBot
) -> None:
    preview.hide()
    before = shown(preview)
    preview.show_record(Case(), office=OFFICE, draft=True)
    QApplication.processEvents()
    assert shown(preview) is before
    with qtbot.waitSignal(preview.drawn):
        preview.show()
    assert shown(preview).wanted.case == Case()
    assert "草稿" in preview._words.text()


def test_zoom_turn_and_paper(preview: PaperPreview, qtbot: QtBot) -> None:
    fitted = shown(preview).image.width()
    with qtbot.waitSignal(preview.drawn):
        preview.zoom_in()
    larger = shown(preview).image.width()
    assert larger > fitted
    assert preview._zoom_word.text().endswith("%")
    with qtbot.waitSignal(preview.drawn):
        preview.zoom_out()
    assert shown(preview).image.width() < larger
    with qtbot.waitSignal(preview.drawn):
        preview.fit_width()
    assert shown(preview).image.width() == fitted
    with qtbot.waitSignal(preview.drawn):
        preview._next.click()
    assert shown(preview).page == 1
    assert not preview._next.isEnabled()
    with qtbot.waitSignal(preview.drawn):
        preview._previous.click()
    with qtbot.waitSignal(preview.drawn):
        preview.show_paper("consent")
    assert preview.paper == "consent"
    preview.show_paper("contract")  # not among these
    assert preview.paper == "consent"


@pytest.mark.parametrize(
    ("modifier", "turned"),
    [(Qt.KeyboardModifier.ControlModifier, 120), (Qt.KeyboardModifier.NoModifier, -120)],
)
def test_the_wheel_zooms_with_ctrl_and_turns_at_the_end(
    preview: PaperPreview, qtbot: QtBot, modifier: Qt.KeyboardModifier, turned: int
) -> None:
    view = preview._view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    before = shown(preview)
    event = QWheelEvent(
        QPointF(9, 9),
        QPointF(9, 9),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(preview.drawn):
        view.wheelEvent(event)
    after = shown(preview)
    assert (after.page, after.image.width() > before.image.width()) in ((0, True), (1, False))


def test_what_can_not_be_printed_is_said_and_the_old_page_stays(
    preview: PaperPreview, qtbot: QtBot
) -> None:
    before = shown(preview)
    case = with_value(FULL, "patent.title", "装置\U0001f9ff")
    preview.show_record(case, office=OFFICE, draft=False)
    qtbot.waitUntil(lambda: "请核对专利证书" in preview._words.text())
    assert shown(preview) is before


def test_the_marks_are_drawn_on_the_screen_alone(preview: PaperPreview, qtbot: QtBot) -> None:
    bare = preview._view.sheet.grab().toImage()
    with qtbot.waitSignal(preview.drawn):
        preview.show_field("contact.phone")
    marked: QImage = preview._view.sheet.grab().toImage()
    assert marked != bare
    with qtbot.waitSignal(preview.drawn):
        preview.show_field("royalty.way")  # boxes all over: the section alone
    assert preview._view.sheet.grab().toImage() not in (bare, marked)
    preview._desk.theme.choose("dark")
    assert preview._view.sheet.grab().toImage() != marked


def test_the_close_button_asks_to_close(preview: PaperPreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.close_asked):
        preview._close()
