"""Papers reach the printer through a preview that is the PDF itself, and folders as files.

The printer here is Qt's own that prints into a PDF; the system's dialog is answered in advance.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.desk.jobs import Report
from desktop.on_paper.printing import PrintPreview, print_preview
from desktop.on_paper.printing.page_rasters import sizes
from desktop.pages.register import RegisterPage
from desktop.pages.results import ResultsPage
from desktop.pages.seals import SealsPage
from desktop.pages.seals.waiting_papers import CHOSEN
from desktop.pages.wizard import WizardPage
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from forms.facts.record import Licence, Office, Party
from forms.ground.locate import packs_folder
from forms.office.paper_orders import Order, Orders
from forms.pack.load import load
from tests.desktop.gui.hand import CTRL, Hand
from tests.desktop.gui.seat import words
from tests.forms.filled import FULL

A4 = range(594, 597)
pytestmark = pytest.mark.qt_log_ignore(
    "does not support raise", "does not support grabbing"
)  # offscreen


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the printer prints; the clerk says yes in the system's dialog."""
    file = tmp_path / "printed.pdf"

    def choose(_preview: PrintPreview, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setResolution(96)
        return True

    monkeypatch.setattr(PrintPreview, "choose", choose)
    return file


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot) -> Hand:
    window.activateWindow()
    return Hand(qtbot)


@pytest.fixture
def register(window: MainWindow, hand: Hand) -> RegisterPage:
    page = window.page
    assert isinstance(page, RegisterPage)
    hand.waits(lambda: page.table.current_id and not page.settler._running)
    page.table.setFocus()
    return page


def preview_of(window: MainWindow, hand: Hand) -> PrintPreview:
    """The preview that opens, with its first pages drawn."""
    found: list[PrintPreview] = []

    def is_there() -> bool:
        found[:] = [one for one in window.findChildren(PrintPreview) if one.isVisible()]
        return bool(found) and found[0].sheets.shown > 0

    hand.waits(is_there)
    return found[0]


def in_state(register: RegisterPage, state: str) -> int:
    return next(row.id for row in register.model.rows if row.state == state)


def noted(window: MainWindow, hand: Hand, case_id: int) -> Callable[[], set[tuple[str, bool]]]:
    return lambda: {(one.paper, one.draft) for one in window.desk.store.papers.exports(case_id)}


def test_a_case_is_printed_from_the_register(
    window: MainWindow, register: RegisterPage, hand: Hand, printed: Path, told: list[Notice]
) -> None:
    case_id = in_state(register, "ready")
    register.table.choose(case_id)
    hand.key(Qt.Key.Key_P, CTRL)
    preview = preview_of(window, hand)
    assert list(preview.kinds) == ["info", "consent"]
    pages = len(preview._pages)
    hand.clicks(preview.go)
    hand.waits(lambda: "存为文件“printed.pdf”" in "".join(one.text for one in told))
    on_paper = sizes([printed.read_bytes()])
    assert len(on_paper) == pages > 1
    assert all(round(page.width_pt) in A4 for page in on_paper)
    assert noted(window, hand, case_id)() == {("info", False), ("consent", False)}


def test_one_kind_of_paper_is_left_out(
    window: MainWindow, register: RegisterPage, hand: Hand, printed: Path
) -> None:
    case_id = in_state(register, "ready")
    register.table.choose(case_id)
    hand.clicks(register.summary.print)
    preview = preview_of(window, hand)
    everything = len(preview._pages)
    preview.kinds["info"].click()
    assert 0 < len(preview._pages) < everything
    preview.kinds["consent"].click()
    assert not preview.go.isEnabled()
    preview.kinds["consent"].click()
    hand.clicks(preview.go)
    hand.waits(lambda: noted(window, hand, case_id)() == {("consent", False)})


def test_a_faulty_case_is_printed_as_a_draft_and_the_clerk_told(
    window: MainWindow, register: RegisterPage, hand: Hand, printed: Path
) -> None:
    case_id = in_state(register, "faulty")
    register.print_cases([case_id])
    preview = preview_of(window, hand)
    assert any("草稿" in text for text in words(preview))
    hand.clicks(preview.go)
    hand.waits(lambda: noted(window, hand, case_id)() == {("info", True), ("consent", True)})


def test_the_wizard_prints_the_paper_in_view_first(
    window: MainWindow, register: RegisterPage, hand: Hand, printed: Path
) -> None:
    case_id = in_state(register, "ready")
    window.desk.go("wizard", case_id=case_id)
    page = window.page
    assert isinstance(page, WizardPage)
    page.preview.show_paper("consent")
    hand.key(Qt.Key.Key_P, CTRL)
    preview = preview_of(window, hand)
    assert list(preview.kinds) == ["consent", "info"]
    hand.clicks(preview.go)
    hand.waits(lambda: len(noted(window, hand, case_id)()) == 2)
    assert window.page is page


def test_the_summary_is_printed_where_it_waits_for_its_seal(
    window: MainWindow, register: RegisterPage, hand: Hand, printed: Path
) -> None:
    ids = [row.id for row in register.model.rows if row.state == "ready"][:3]
    window.desk.store.settings.put(CHOSEN, str(ids))
    window.show_place("seals")
    page = window.page
    assert isinstance(page, SealsPage)
    hand.waits(lambda: bool(page.papers) and page.papers[0].stored is None)
    page.table.rows_model.tick([0])
    hand.clicks(page.print)
    preview = preview_of(window, hand)
    hand.clicks(preview.go)
    hand.waits(lambda: page.papers[0].standing == "printed")
    (sheet,) = {round(page.height_pt) for page in sizes([printed.read_bytes()])}
    assert sheet in A4  # the summary lies


def test_saying_no_in_the_system_s_dialog_prints_nothing(
    window: MainWindow, register: RegisterPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PrintPreview, "choose", lambda *_: False)
    case_id = in_state(register, "ready")
    register.print_cases([case_id])
    preview = preview_of(window, hand)
    hand.clicks(preview.go)
    preview.reject()
    assert noted(window, hand, case_id)() == set()


# --- as files -----------------------------------------------------------------------------------


def test_word_comes_out_of_the_wizard_once_there_is_a_contract(
    window: MainWindow, register: RegisterPage, hand: Hand, tmp_path: Path
) -> None:
    case_id = in_state(register, "ready")
    window.desk.go("wizard", case_id=case_id)
    page = window.page
    assert isinstance(page, WizardPage)
    out = tmp_path / "Word"
    window.desk.dialogs.chosen_folder = out  # type: ignore[attr-defined]
    page.doing.export_word()
    hand.waits(lambda: isinstance(window.page, ResultsPage))
    results = window.page
    assert isinstance(results, ResultsPage)
    (left,) = results.outcomes
    assert "尚未登记许可" in left.reason
    assert not results.open_paper.isEnabled()
    hand.key(Qt.Key.Key_Escape)
    assert window.page is page
    assert page.session.case_id == case_id
    window.desk.store.licences.add(case_id, Licence(licensee=Party(name="江汉示例公司")))
    page.doing.export_word()
    hand.waits(lambda: list(out.glob("*.docx")))
    assert window.page is page


def test_a_batch_ends_at_a_page_of_what_was_made(
    window: MainWindow,
    register: RegisterPage,
    hand: Hand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "desktop.pages.results.results_page.open_outside",
        lambda path, _notices: opened.append(path),
    )
    window.desk.dialogs.chosen_folder = tmp_path / "文书"  # type: ignore[attr-defined]
    ids = [in_state(register, state) for state in ("ready", "faulty", "pending")]
    register.doing.export(ids, "pdf")
    hand.waits(lambda: isinstance(window.page, ResultsPage))
    results = window.page
    assert isinstance(results, ResultsPage)
    assert len(results.outcomes) == 2 * len(ids) + 1
    results.filters.choose("draft")
    drafts = results.table.rows
    assert len(drafts) == 3  # two papers of the faulty case, and the summary
    assert all("草稿" in one.name for one in drafts)
    results.table.choose(0)
    results.table.setFocus()
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_O, CTRL)
    assert opened == [drafts[0].file, tmp_path / "文书"]
    results.filters.choose("left")
    assert not results.open_paper.isEnabled()


def test_the_summary_comes_as_a_spreadsheet(
    window: MainWindow, register: RegisterPage, hand: Hand, tmp_path: Path
) -> None:
    window.desk.dialogs.chosen_folder = tmp_path / "表"  # type: ignore[attr-defined]
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.picks("导出 Excel…")
    hand.waits(lambda: list((tmp_path / "表").glob("*.xlsx")))


def test_a_case_that_can_not_be_printed_is_named_among_the_others() -> None:
    pack = load(packs_folder() / "hubei-2022")
    odd = with_value(with_value(FULL, "patent.number", "ZL201910055850.4"), "region", "全省")
    odd = with_value(odd, "contact.name", "데")
    orders = tuple(Order(paper="info", format="pdf", case=case) for case in (FULL, odd))
    report = Report(lambda *_: None)
    asked = Orders(pack=pack, office=Office(), each=orders)
    made, faults = print_preview._making(lambda _: (asked, (), ()), report)
    assert len(made) == 1
    (fault,) = faults
    assert fault.startswith("ZL201910055850.4：第⑧栏 收件人姓名")
