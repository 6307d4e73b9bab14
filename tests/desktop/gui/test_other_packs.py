"""Cases of another form pack are neither printed, sealed nor sent with the one in use."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Report
from desktop.main_window import MainWindow
from desktop.notices import Notice
from desktop.register import RegisterPage
from desktop.register import doing as doing_module
from desktop.submission.outlook import look_ahead
from desktop.wizard import WizardPage
from forms.office.store import CannotDo

OTHER = Path(__file__).parents[2] / "packs" / "qinglan-2026"
QUIET = Report(lambda *_: None)


@pytest.fixture
def elsewhere(window: MainWindow) -> MainWindow:
    """The window with another pack in use; its cases are of the first."""
    window.desk.packs = {**window.desk.packs, "qinglan-2026": OTHER}
    window.desk.choose_pack("qinglan-2026")
    return window


def test_what_belongs_elsewhere_is_left_out_of_a_submission(
    elsewhere: MainWindow, told: list[Notice], qtbot: QtBot
) -> None:
    ids = elsewhere.desk.store.ids()[:3]
    outlook = look_ahead(elsewhere.desk, ids, QUIET)
    assert (outlook.checked, outlook.others) == ((), 3)
    elsewhere.desk.go("submission", case_ids=ids)
    qtbot.waitUntil(lambda: any("3 件案卷属于别的表单包" in one.text for one in told))


def test_it_is_neither_printed_nor_exported(
    elsewhere: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = elsewhere.page
    assert isinstance(page, RegisterPage)
    with qtbot.waitSignal(elsewhere.desk.jobs.unheard) as heard:
        page.print_cases(elsewhere.desk.store.ids()[:1])
    assert isinstance(heard.args[0], CannotDo)
    elsewhere.desk.dialogs.chosen_folder = tmp_path / "文书"  # type: ignore[attr-defined]
    with qtbot.waitSignal(elsewhere.desk.jobs.unheard) as heard:
        page._export_as(elsewhere.desk.store.ids()[:1], "pdf")
    assert "换用那个表单包" in str(heard.args[0])
    assert not (tmp_path / "文书").exists()


def test_opening_one_says_so_and_offers_its_own(
    elsewhere: MainWindow, told: list[Notice], qtbot: QtBot
) -> None:
    case_id = elsewhere.desk.store.ids()[0]
    elsewhere.desk.go("wizard", case_id=case_id)
    page = elsewhere.page
    assert isinstance(page, WizardPage)
    assert "别的表单包" in told[-1].text
    assert told[-1].action is not None
    told[-1].action[1]()
    assert elsewhere.desk.pack.identity.code == "hubei-2022"
    qtbot.waitUntil(lambda: page.session.draft.pack is elsewhere.desk.pack)
    assert page.session.case_id == case_id


def test_a_stopped_export_leaves_nothing_and_says_so(
    window: MainWindow,
    told: list[Notice],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = doing_module.export

    def slow(*args: object, progress: Report, **more: object) -> object:
        def stop_here(done: int, total: int) -> None:
            if done == 2:
                progress.stop()
            progress(done, total)

        return real(*args, progress=stop_here, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(doing_module, "export", slow)
    page = window.page
    assert isinstance(page, RegisterPage)
    out = tmp_path / "文书"
    window.desk.dialogs.chosen_folder = out  # type: ignore[attr-defined]
    page._export_as(window.desk.store.ids()[:5], "pdf")
    qtbot.waitUntil(lambda: any(one.text.startswith("已停止导出") for one in told))
    assert not out.exists() or list(out.iterdir()) == []
    assert window.desk.store.exports_of(window.desk.store.ids()) == {}
