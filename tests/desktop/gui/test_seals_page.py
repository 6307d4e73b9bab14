"""A clerk has papers sealed: printed or exported, scanned, dropped, matched, taken in."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.desk.jobs import Report
from desktop.installed import coded_papers
from desktop.on_paper.printing import PrintPreview, print_preview
from desktop.on_paper.printing.page_rasters import sizes
from desktop.pages.seals import SealsPage, seal_actions
from desktop.pages.seals.waiting_papers import CHOSEN, Key
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.paths import with_value
from forms.office.licence_import import read_licence
from tests.scanned import as_pdf, pages_of

BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SealsPage:
    window.show_place("seals")
    shown = window.page
    assert isinstance(shown, SealsPage)
    qtbot.waitUntil(lambda: bool(shown.papers))
    return shown


def _tick_first(page: SealsPage, qtbot: QtBot, count: int = 2) -> None:
    places = [p for p, one in enumerate(page.table.rows) if one.state == "unmade"][:count]
    page.table.rows_model.tick(places)


def _export(page: SealsPage, qtbot: QtBot, out: Path, count: int = 2) -> list[Path]:
    _tick_first(page, qtbot, count)
    page.desk.dialogs.chosen_folder = out  # type: ignore[attr-defined]
    before = [one.standing for one in page.papers].count("printed")
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: [one.standing for one in page.papers].count("printed") == before + count,
    )
    return sorted(out.glob("*.pdf"))


def test_papers_are_exported_sealed_scanned_and_taken_in_by_their_names(
    page: SealsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    files = _export(page, qtbot, tmp_path / "打印")
    assert len(files) == 2
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    where = QPointF(600, 400)
    no_keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, mime, left, no_keys))
    qtbot.waitUntil(lambda: len(page.scans.takable) == 2)
    qtbot.waitUntil(lambda: all(page.scans.pages.images))
    page.scans.turn_on()
    page.scans.turn_back()
    with qtbot.waitSignal(page.desk.papers_changed):
        qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert told[-1].text == "已接收 2 份扫描件。"
    qtbot.waitUntil(lambda: [one.standing for one in page.papers].count("sealed") == 2)
    page.filters.choose("sealed")
    assert len(page.table.rows) == 2
    assert page.scans.scans == []


def test_wrong_scans_are_told_kindly(
    page: SealsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    (tmp_path / "照片.pdf").write_bytes(b"\x89PNG")
    (tmp_path / "坏的.pdf").write_bytes(b"%PDF-1.4\n broken")
    files = [tmp_path / name for name in ("空.pdf", "照片.pdf", "坏的.pdf", "没有.pdf")]
    page.desk.dialogs.chosen_files = files  # type: ignore[attr-defined]
    page.ask_files()
    qtbot.waitUntil(lambda: len(told) == 4)
    words = " ".join(notice.text for notice in told)
    assert "空文件" in words
    assert "不是 PDF" in words
    assert "无法读取" in words
    assert page.scans.scans == []
    assert not page.take.isVisible()


def test_a_photograph_is_taken_as_a_scan_and_told_what_to_look_at(
    page: SealsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    photo = tmp_path / "照片.jpg"
    Image.new("RGB", (800, 600), "white").save(photo)
    page.desk.dialogs.chosen_files = [photo]  # type: ignore[attr-defined]
    page.ask_files()
    qtbot.waitUntil(lambda: len(page.scans.scans) == 1)
    [scan] = page.scans.scans
    assert (scan.name, scan.pages, scan.content[:5]) == ("照片.jpg", 1, b"%PDF-")
    assert any("未写明分辨率" in notice.text for notice in told)


def test_a_scan_of_no_name_is_matched_by_hand(
    page: SealsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    file = _export(page, qtbot, tmp_path / "打印", count=1)[0]
    scan = tmp_path / "扫描0001.pdf"
    scan.write_bytes(file.read_bytes())
    page.add_files([scan])
    qtbot.waitUntil(lambda: len(page.scans.scans) == 1)
    assert page.scans.takable == []
    assert not page.take.isEnabled()
    printed = next(one for one in page.papers if one.standing == "printed")
    unmade = next(one for one in page.papers if one.standing == "unmade")
    page.scans._match(0, unmade.key)
    assert page.scans.problem(page.scans.scans[0])[0] == "error"  # never printed
    page.scans._match(0, printed.key)
    assert len(page.scans.takable) == 1
    page.add_files([file])
    qtbot.waitUntil(lambda: len(page.scans.scans) == 2)
    assert page.scans.takable == []  # two of one paper
    page.scans._remove(1)
    assert len(page.scans.takable) == 1
    page.scans._remove(0)
    page.take_scans()  # nothing to take


def test_a_stale_paper_is_said(
    page: SealsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    file = _export(page, qtbot, tmp_path / "打印", count=1)[0]
    printed = next(one for one in page.papers if one.standing == "printed")
    assert printed.stored is not None
    desk, case_id = page.desk, printed.stored.id
    changed = with_value(printed.stored.case, "other_terms", "另附技术资料。")
    if "声明" in printed.paper.title:
        changed = with_value(changed, "patent.title", "改过的名称")
    desk.store.cases.save(changed, case_id=case_id)
    desk.case_saved.emit(case_id)
    qtbot.waitUntil(lambda: any(one.state == "stale" for one in page.papers))
    page.add_files([file])
    qtbot.waitUntil(lambda: len(page.scans.scans) == 1)
    stale = next(one for one in page.papers if one.state == "stale")
    page.scans._match(0, stale.key)
    assert page.scans.problem(page.scans.scans[0])[0] == "pending"
    with qtbot.waitSignal(desk.papers_changed):
        page.take_scans()
    assert "须重新打印" in told[-1].text


def test_the_summary_of_the_cases_chosen_is_sealed_too(
    page: SealsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = [one.stored.id for one in page.papers if one.stored and not one.is_faulty][:3]
    page.desk.store.settings.put(CHOSEN, str(list(dict.fromkeys(ids))))
    page.desk.papers_changed.emit()
    qtbot.waitUntil(lambda: page.papers[0].stored is None)
    page.table.rows_model.tick([0])
    page.desk.dialogs.chosen_folder = tmp_path / "汇总"  # type: ignore[attr-defined]
    page.export_ticked()
    qtbot.waitUntil(lambda: page.papers[0].standing == "printed")
    file = next((tmp_path / "汇总").glob("*.pdf"))
    page.add_files([file])
    qtbot.waitUntil(lambda: len(page.scans.takable) == 1)
    page.take_scans()
    qtbot.waitUntil(lambda: page.papers[0].standing == "sealed")


def test_a_summary_of_a_case_with_an_error_waits_until_it_is_mended(
    page: SealsPage, qtbot: QtBot, told: list[Notice]
) -> None:
    stored = next(one.stored for one in page.papers if one.stored and not one.is_faulty)
    page.desk.store.settings.put(CHOSEN, str([stored.id]))
    case = with_value(stored.case, "region", "全省데")
    page.desk.store.cases.save(case, case_id=stored.id)
    page.desk.papers_changed.emit()
    qtbot.waitUntil(lambda: page.papers[0].stored is None and page.papers[0].is_faulty)
    page.table.rows_model.tick([0])
    page.print_ticked()
    assert told[-1].text == "1 份文书的案卷有错误，未生成，请先改正。"


def test_a_stopped_export_leaves_nothing(
    page: SealsPage,
    qtbot: QtBot,
    tmp_path: Path,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "打印"
    real = seal_actions._further

    def stop(report: Report, before: int, total: int, done: int, of: int) -> None:
        if before + done > 2:
            report.stop()
        real(report, before, total, done, of)

    monkeypatch.setattr(seal_actions, "_further", stop)
    page.table.rows_model.tick(range(len(page.table.rows)))
    page.desk.dialogs.chosen_folder = out  # type: ignore[attr-defined]
    page.export_ticked()
    qtbot.waitUntil(lambda: any("已停止导出" in one.text for one in told))
    assert not out.exists() or list(out.iterdir()) == []
    ids = page.desk.store.register.ids()
    assert page.desk.store.papers.exports_of(ids) == {}


def test_papers_are_printed_with_the_pdf_as_preview(
    page: SealsPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: list[Notice],
) -> None:
    shown: list[PrintPreview] = []
    real = print_preview.PrintPreview.open

    def opened(preview: PrintPreview) -> None:
        shown.append(preview)
        real(preview)

    monkeypatch.setattr(print_preview.PrintPreview, "open", opened)
    monkeypatch.setattr(
        print_preview.PrintPreview,
        "choose",
        lambda preview, printer: _to_file(printer, tmp_path / "printed.pdf"),
    )
    _tick_first(page, qtbot)
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.waitUntil(lambda: shown[0].sheets.shown >= 2)
    shown[0].grab()
    with qtbot.waitSignal(page.desk.papers_changed):
        qtbot.mouseClick(shown[0].go, Qt.MouseButton.LeftButton)
    assert "存为文件“printed.pdf”" in told[-1].text
    printed = sizes([(tmp_path / "printed.pdf").read_bytes()])
    assert len(printed) >= 2
    assert round(printed[0].width_pt) in range(594, 597)
    qtbot.waitUntil(lambda: [one.standing for one in page.papers].count("printed") == 2)


def _to_file(printer: QPrinter, file: Path) -> bool:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(96)
    return True


def test_the_list_is_searched_and_says_when_it_is_empty(page: SealsPage, qtbot: QtBot) -> None:
    everything = len(page.table.rows)
    page.search.setText("信息表")
    assert 0 < len(page.table.rows) < everything
    page.search.setText("没有的")
    assert page.table.rows == []
    assert page._empty.isVisible()
    page.search.clear()
    faulty = [place for place, one in enumerate(page.table.rows) if one.is_faulty]
    assert faulty
    assert page.panes() and page.shortcuts()
    assert page.table.visualRect(page.table.rows_model.index(0, 0)).topLeft() != QPoint(-1, -1)


def test_scans_dropped_on_the_window_arrive(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "扫描.pdf"
    file.write_bytes(b"not a pdf")
    window.show_place("seals", {"files": [file]})
    page = window.page
    assert isinstance(page, SealsPage)
    heard: list[Notice] = []
    window.desk.notices.posted.connect(heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert "不是 PDF" in heard[0].text


def _licensed(page: SealsPage) -> tuple[int, int]:
    """A case with a licence whose contract has nothing wrong: both ids."""
    desk = page.desk
    file = desk.pack.folder / "sample-licence.json"
    licence = read_licence(file.read_bytes(), file.name)
    stored = next(one for one in desk.store.cases.listed() if one.case.owners[0].identity_number)
    desk.store.cases.save(
        with_value(stored.case, "patent.grant_date", desk.today), case_id=stored.id
    )
    made = desk.store.licences.add(stored.id, licence)
    page.refresh()
    return stored.id, made.id


def test_a_signed_contract_is_kept_as_a_scan_and_seen_again(
    page: SealsPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    case_id, licence_id = _licensed(page)
    qtbot.waitUntil(lambda: any(one.licence for one in page.papers))
    contract = next(one for one in page.papers if one.licence)
    assert contract.key == (case_id, "contract", licence_id)
    assert contract.state == "unmade"
    page.table.rows_model.tick([page.table.rows.index(contract)])
    page.desk.dialogs.chosen_folder = tmp_path / "合同"  # type: ignore[attr-defined]
    page.export_ticked()
    qtbot.waitUntil(lambda: _state(page, contract.key) == "printed")
    (file,) = (tmp_path / "合同").glob("*.pdf")
    page.add_files([file])
    qtbot.waitUntil(lambda: len(page.scans.takable) == 1)
    assert page.scans.scans[0].by_name
    page.take_scans()
    qtbot.waitUntil(lambda: _state(page, contract.key) == "sealed")
    assert page.desk.store.papers.scan(case_id, "contract", licence_id=licence_id) is not None
    assert page.desk.store.papers.scan(case_id, "contract") is None

    page.filters.choose("sealed")
    page.table.choose(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.scans.kept is not None)
    qtbot.waitUntil(lambda: all(page.scans.pages.images))
    assert page.scans.takable == []
    page.desk.dialogs.chosen_save = tmp_path / "另存"  # type: ignore[attr-defined]
    assert page.scans.kept is not None
    page.save_scan(page.scans.kept)
    assert (tmp_path / "另存.pdf").read_bytes() == file.read_bytes()
    page.scans.close_kept()
    assert page.scans.kept is None

    page.desk.go("licences", case_id=case_id)
    licences = page.window().page  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(licences.list.table.rows))
    assert licences.list.table.rows[0].standing == "sealed"


def test_of_two_contracts_of_a_case_the_one_ticked_is_exported_alone(
    page: SealsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    case_id, first_id = _licensed(page)
    first = page.desk.store.licences.of_case(case_id)[0].licence
    second_id = page.desk.store.licences.add(case_id, with_value(first, "scope", "武汉市")).id
    page.refresh()
    first_key, second_key = ((case_id, "contract", one) for one in (first_id, second_id))
    qtbot.waitUntil(lambda: _state(page, second_key) == "unmade")
    out = tmp_path / "合同"
    _export_one(page, qtbot, second_key, out)
    (file,) = out.glob("*.pdf")
    assert _state(page, first_key) == "unmade"
    content = file.read_bytes()

    # Of the same licensee, so of the same name: the one does not replace the other.
    _export_one(page, qtbot, first_key, out)
    assert file.read_bytes() == content
    (other,) = set(out.glob("*.pdf")) - {file}
    other.write_bytes(b"mine")
    _export_one(page, qtbot, first_key, out)
    assert (file.read_bytes(), other.read_bytes()) == (content, b"mine")
    assert len(list(out.glob("*.pdf"))) == 3


def _export_one(page: SealsPage, qtbot: QtBot, key: Key, out: Path) -> None:
    """Tick one paper alone and export it into a folder."""
    _tick_only(page, key)
    page.desk.dialogs.chosen_folder = out  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.desk.papers_changed):
        page.export_ticked()
    qtbot.waitUntil(lambda: _state(page, key) == "printed")


def _tick_only(page: SealsPage, key: Key) -> None:
    model = page.table.rows_model
    model.tick(range(len(page.table.rows)), on=False)
    model.tick([next(p for p, one in enumerate(page.table.rows) if one.key == key)])


def test_of_two_contracts_of_a_case_the_one_ticked_is_printed_alone(
    page: SealsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[PrintPreview] = []
    monkeypatch.setattr(print_preview.PrintPreview, "open", lambda preview: shown.append(preview))
    monkeypatch.setattr(
        print_preview.PrintPreview,
        "choose",
        lambda preview, printer: _to_file(printer, tmp_path / "printed.pdf"),
    )
    case_id, first_id = _licensed(page)
    first = page.desk.store.licences.of_case(case_id)[0].licence
    second_id = page.desk.store.licences.add(case_id, with_value(first, "scope", "武汉市")).id
    page.refresh()
    first_key, second_key = ((case_id, "contract", one) for one in (first_id, second_id))
    qtbot.waitUntil(lambda: _state(page, second_key) == "unmade")
    _tick_only(page, second_key)
    page.print_ticked()
    qtbot.waitUntil(lambda: bool(shown))
    with qtbot.waitSignal(page.desk.papers_changed):
        qtbot.mouseClick(shown[0].go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _state(page, second_key) == "printed")
    assert _state(page, first_key) == "unmade"
    (made,) = page.desk.store.papers.exports(case_id)
    assert made.licence_id == second_id


def test_a_changed_contract_is_stale(page: SealsPage, qtbot: QtBot, tmp_path: Path) -> None:
    case_id, licence_id = _licensed(page)
    qtbot.waitUntil(lambda: any(one.licence for one in page.papers))
    contract = next(one for one in page.papers if one.licence)
    page.table.rows_model.tick([page.table.rows.index(contract)])
    page.desk.dialogs.chosen_folder = tmp_path / "合同"  # type: ignore[attr-defined]
    page.export_ticked()
    qtbot.waitUntil(lambda: _state(page, contract.key) == "printed")
    licence = page.desk.store.licences.of_case(case_id)[0].licence
    page.desk.store.licences.save(licence_id, with_value(licence, "scope", "武汉市"))
    page.refresh()
    qtbot.waitUntil(lambda: _state(page, contract.key) == "stale")


def test_the_list_opens_at_a_case(page: SealsPage, window: MainWindow) -> None:
    case_id = next(one.stored.id for one in page.papers if one.stored)
    window.show_place("register")
    window.desk.go("seals", case_id=case_id)
    assert {one.stored.id for one in page.table.rows} == {case_id}


def _state(page: SealsPage, key: object) -> str:
    return next((one.state for one in page.papers if one.key == key), "")


def test_a_stack_with_codes_comes_apart_and_the_page_left_is_put_where_it_belongs(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(coded_papers, "are_asked", lambda: True)
    window.desk.choose_pack("hubei-2022")
    window.show_place("seals")
    page = window.page
    assert isinstance(page, SealsPage)
    qtbot.waitUntil(lambda: bool(page.papers))
    page.search.setText("信息表")
    files = _export(page, qtbot, tmp_path / "打印", count=2)
    first, second = (pages_of(file.read_bytes(), 120) for file in files)
    torn = second[1].copy()
    torn.paste((255, 255, 255), (0, torn.height * 4 // 5, torn.width, torn.height))
    stack = tmp_path / "整叠.pdf"
    stack.write_bytes(as_pdf([torn, *reversed(first), second[0]], 120))
    page.add_files([stack])
    qtbot.waitUntil(lambda: len(page.scans.scans) == 3)
    whole, *parts = page.scans.scans
    assert page.scans.takable == [whole]
    assert any("缺第 2 页" in notice.text for notice in told)
    key = next(one.key for one in page.papers if one.standing == "printed" and one.key != whole.key)
    page.scans._match(2, key)  # its first page, which could not be filed alone
    page.scans._match(1, key)
    assert len(page.scans.scans) == 2
    assert [scan.pages for scan in page.scans.takable] == [2, 2]
    assert parts[0].is_part
