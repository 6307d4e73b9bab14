"""Every model of the window as Qt checks it, filled, changed and emptied."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.parts.theme import tokens as tk
from desktop.parts.theme.theme import Theme
from desktop.parts.widgets.table import RowsModel, RowsTable
from desktop.parts.widgets.table_model import Column
from desktop.shell.main_window import MainWindow
from desktop.shell.page_table import PAGES
from forms.facts.record import Licence, Party
from forms.ground.locate import packs_folder

SAMPLE = packs_folder() / "hubei-2022" / "sample.xlsx"
BEGINS_AT = ""


def models(inside: QWidget) -> list[QAbstractItemModel]:
    """The models of all views inside a widget, combo boxes' and headers' too."""
    views = inside.findChildren(QAbstractItemView)
    return list({id(view.model()): view.model() for view in views if view.model()}.values())


@pytest.fixture
def full(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window of an office that has everything once."""
    store = window.desk.store
    first, second, *_ = store.register.ids()
    store.licences.add(first, Licence(licensee=Party(name="乙公司")))
    store.parties.remember(Party(name="乙公司"))
    store.papers.add_scan(second, "info", b"%PDF-1.7", "0" * 64)
    store.backups.make()
    window.desk.cases_changed.emit()
    return window


@pytest.mark.parametrize("place", list(PAGES))
def test_qt_finds_no_fault_with_any_model_of_a_page(
    place: str, full: MainWindow, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    ids = full.desk.store.register.ids()
    arguments: dict[str, object] = {
        "import": {"files": [SAMPLE]},
        "submission": {"case_ids": ids[:4]},
        "wizard": {"case_id": ids[0]},
        "settings": {"group": "backup"},
    }
    full.show_place(place, arguments.get(place))  # type: ignore[arg-type]
    page = full.page
    assert page is not None
    qtbot.waitUntil(lambda: not full.desk.jobs.running)
    for model in models(page):
        qtmodeltester.check(model)
        if isinstance(model, RowsModel):
            rows = list(model.rows)
            model.show_rows([])
            qtmodeltester.check(model)
            model.show_rows(rows)
            model.tick(range(len(rows)))
            model.move(0, len(rows) - 1)
            qtmodeltester.check(model)


def test_rows_keep_their_ticks_and_places_as_qt_wants_it(qtmodeltester: ModelTester) -> None:
    column = Column(header="名称", text=str, second=lambda row: f"第 {row} 个")
    model = RowsModel([column, column], ticks=True)
    qtmodeltester.check(model)
    model.show_rows(range(5))
    model.tick([1, 3])
    model.move(3, 0)
    qtmodeltester.check(model)
    assert model.rows == [3, 0, 1, 2, 4]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "名称"


def test_a_table_is_laid_out_without_asking_for_its_headings(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = RowsTable([Column(header="名称", text=str), Column(header="年份", text=str)], "年费")
    qtbot.addWidget(table)
    asked: list[int] = []
    monkeypatch.setattr(RowsModel, "headerData", lambda _, section, *__: asked.append(section))
    table.show_rows(["示例大学"])
    table.resize(640, 480)
    table.ensurePolished()
    table.updateGeometries()
    assert table.horizontalHeader().height() == tk.HEADER
    assert asked == []
