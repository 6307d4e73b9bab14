"""A clerk's day at the window: first start, workbook, mending, papers, seals, mail draft."""

import email
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.installed.settings import Settings
from desktop.pages.first_start import FirstStart
from desktop.pages.import_sheets import ImportPage
from desktop.pages.register import RegisterPage
from desktop.pages.results import ResultsPage
from desktop.pages.seals import SealsPage
from desktop.pages.submission import SubmissionPage
from desktop.pages.wizard import WizardPage
from desktop.parts.theme.theme import Theme
from desktop.program import app as app_module
from desktop.program.app import Program
from desktop.shell.main_window import MainWindow
from forms.facts.patent_number import check_character
from forms.ground.locate import packs_folder
from tests.desktop.gui.hand import CTRL, Hand
from tests.desktop.gui.seat import AnsweringDialogs
from tests.locks import LOCKS, SHARED, locks_on

TICK_ALL = QPoint(20, 20)  # the box in the table's head
MORNING = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)
SAMPLE = packs_folder() / "hubei-2022" / "sample.xlsx"

# What the clerk knows from the certificates: title (as listed), field, what is typed.
MENDED = (
    ("污泥低温干化设备", "offer_end", "2031-04-18"),
    ("一种可降解地膜", "offer_end", "2030-02-28"),
    ("一种高比能锂硫电池正极材料", "other_licences.scope", "湖北省"),
    ("一种磁流变阻尼器", "patent.number", f"ZL202110987654.{check_character('202110987654')}"),
)
FIXED = ("中药饮片图像识别方法及系统", "莲藕采收机的柔性夹持机构及采收方法")


@pytest.fixture
def dialogs() -> AnsweringDialogs:
    return AnsweringDialogs()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    asked: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: not asked.append(Path(QUrl(url).toLocalFile()))
    )
    return asked


@pytest.fixture
def program(
    qapp: QApplication,
    theme: Theme,
    settings: Settings,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Program]:
    """The program, started for the first time."""
    monkeypatch.setattr(app_module, "dress", lambda *_, **__: theme)
    made = Program(qapp, settings, tmp_path / "资料", clock=lambda: MORNING, dialogs=dialogs)
    made.open()
    assert made.window is not None
    made.window.activateWindow()
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


class Day:
    """The clerk with a hand at the program's window."""

    def __init__(self, program: Program, dialogs: AnsweringDialogs, hand: Hand) -> None:
        self.program, self.dialogs, self.hand = program, dialogs, hand

    @property
    def window(self) -> MainWindow:
        window = self.program.window
        assert isinstance(window, MainWindow)
        return window

    def at(self, kind: type) -> None:
        self.hand.waits(lambda: isinstance(self.window.page, kind))

    @property
    def register(self) -> RegisterPage:
        self.at(RegisterPage)
        page = self.window.page
        assert isinstance(page, RegisterPage)
        self.hand.waits(lambda: not page.settler._running)
        return page

    @property
    def wizard(self) -> WizardPage:
        self.at(WizardPage)
        page = self.window.page
        assert isinstance(page, WizardPage)
        return page

    @property
    def seals(self) -> SealsPage:
        self.at(SealsPage)
        page = self.window.page
        assert isinstance(page, SealsPage)
        return page

    @property
    def submission(self) -> SubmissionPage:
        self.at(SubmissionPage)
        page = self.window.page
        assert isinstance(page, SubmissionPage)
        return page

    def state_of(self, title: str) -> str:
        """The state the register shows of a case."""
        return next(row.state or "" for row in self.register.model.rows if row.title == title)

    # --- the morning ------------------------------------------------------------------------

    def tells_the_five_facts(self) -> None:
        first = self.program.window
        assert isinstance(first, FirstStart)
        self.hand.clicks(first.fields["name"])
        for text in ("示例大学", "陈思远", "027-8700 0000", "zscq@example.edu.cn"):
            self.hand.types(text)
            self.hand.key(Qt.Key.Key_Tab)
        assert first.region.currentText() == "全省"
        assert first.pack.currentData() == "cnipa-2024"  # the procedure of today
        first.pack.setCurrentIndex(first.pack.findData("hubei-2022"))
        self.hand.presses_button("开始使用")

    def imports(self, file: Path) -> None:
        self.hand.waits(self.register.empty.isVisible)
        self.dialogs.chosen_files = [file]
        self.hand.presses_button("选择清单…", within=self.register.empty)
        self.at(ImportPage)
        self.hand.presses_button("导入 23 件")
        self.hand.waits(lambda: self.register.model.rowCount() == 23)

    # --- mending ----------------------------------------------------------------------------

    def opens(self, title: str) -> None:
        """Search a case in the register and open it by Enter."""
        assert self.register.isVisible()
        self.hand.key(Qt.Key.Key_F, CTRL)
        self.hand.types_over(title)
        self.hand.key(Qt.Key.Key_Return)
        self.hand.waits(lambda: self.wizard.session.case.patent.title == title)

    def mends(self, title: str, path: str, text: str) -> None:
        """Go to the fault by F8, type what is right, come back."""
        self.opens(title)
        self._to_fault(path)
        self.hand.types_over(text)
        self._comes_back(title)

    def fixes(self, title: str) -> None:
        """Go to the fault by F8 and take what is offered."""
        self.opens(title)
        self.hand.key(Qt.Key.Key_F8)
        self.hand.key(Qt.Key.Key_Period, CTRL)
        self._comes_back(title)

    def _to_fault(self, path: str) -> None:
        for _ in range(6):
            self.hand.key(Qt.Key.Key_F8)
            if self.wizard._path == path:
                return
        raise AssertionError(f"F8 does not lead to {path}")

    def _comes_back(self, title: str) -> None:
        self.hand.presses_button("案卷", within=self.wizard.bar)
        self.hand.waits(lambda: self.state_of(title) == "ready")

    def bins_the_second_of(self, title: str) -> None:
        """The same patent twice: one of the two goes."""
        register = self.register
        self.hand.key(Qt.Key.Key_F, CTRL)
        self.hand.types_over(title)
        self.hand.waits(lambda: register.model.rowCount() == 2)
        self.hand.clicks_row(register.table, 0)
        self.hand.key(Qt.Key.Key_Delete)
        self.hand.waits(lambda: register.model.rowCount() == 1)
        self.hand.waits(lambda: self.state_of(title) == "ready")

    # --- papers and seals -------------------------------------------------------------------

    def exports_what_is_ready(self, folder: Path) -> list[Path]:
        register = self.register
        self.hand.clicks(register.filters.states.buttons["ready"])
        self.hand.waits(lambda: register.model.filter.state == "ready")
        self.hand.clicks(register.table.horizontalHeader().viewport(), TICK_ALL)
        self.dialogs.chosen_folder = folder
        self.hand.key(Qt.Key.Key_E, CTRL)
        self.hand.picks("导出 PDF…")
        self.at(ResultsPage)
        results = self.window.page
        assert isinstance(results, ResultsPage)
        assert {one.state for one in results.outcomes} == {"made"}
        self.hand.presses_button("返回", within=results)
        return sorted(folder.glob("*.pdf"))

    def drops_scans(self, files: list[Path]) -> None:
        """The sealed papers, scanned, fall upon the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        where, copy = QPointF(700, 400), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        window = self.window
        with warnings.catch_warnings():  # Qt 6.12 wants fractions of points
            warnings.simplefilter("ignore", DeprecationWarning)
            enter = QDragEnterEvent(where.toPoint(), copy, mime, left, none)
        QApplication.sendEvent(window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(window, QDropEvent(where, copy, mime, left, none))
        self.hand.waits(lambda: len(self.seals.scans.takable) == len(files))
        self.hand.presses_button(f"接收 {len(files)} 份")
        self.hand.waits(
            lambda: [one.state for one in self.seals.papers].count("sealed") == len(files)
        )

    def submits(self, folder: Path) -> None:
        self.hand.key(Qt.Key.Key_3, CTRL)
        page = self.submission
        self.hand.presses_button("新建报送", within=page.home)
        self.hand.clicks(page.choose.go_on)
        self.hand.waits(lambda: page.checking.outlook.checked)
        self.dialogs.chosen_folder = folder
        self.hand.presses_button("更改")
        self.hand.presses_button("生成报送包")
        self.hand.waits(lambda: page.result.package is not None)


@pytest.fixture
def unlocked(program: Program) -> Iterator[list[object]]:
    """The moments at which the open data bore no lock of this process, looked at all day long."""
    bare: list[object] = []

    def look() -> None:
        if program.desk is not None and program.desk.is_open:
            file = program.desk.store.path
            if SHARED not in locks_on(file):
                bare.append(program.window)

    looking = QTimer(program, interval=20)
    if LOCKS.exists():
        looking.timeout.connect(look)
        looking.start()
    yield bare
    looking.stop()


@pytest.fixture
def day(program: Program, dialogs: AnsweringDialogs, qtbot: QtBot) -> Day:
    return Day(program, dialogs, Hand(qtbot))


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing")  # offscreen
def test_from_the_first_start_to_the_mail_draft(
    day: Day, tmp_path: Path, opened: list[Path], unlocked: list[object]
) -> None:
    day.tells_the_five_facts()
    day.imports(SAMPLE)

    for title, path, text in MENDED:
        assert day.state_of(title) == "faulty"
        day.mends(title, path, text)
    for title in FIXED:
        day.fixes(title)
    day.bins_the_second_of("水稻秸秆连续热解炭化装置")
    day.register.filters.show_all()

    files = day.exports_what_is_ready(tmp_path / "文书")
    of_cases = [file for file in files if "汇总表" not in file.name]
    assert of_cases and len(of_cases) % 2 == 0
    day.drops_scans(of_cases)

    day.submits(tmp_path / "报送")
    package = day.submission.result.package
    assert package is not None
    day.hand.presses_button("打开邮件草稿")
    draft = email.message_from_bytes(opened[-1].read_bytes())
    assert draft["X-Unsent"] == "1"
    names = {part.get_filename() for part in draft.walk() if part.get_filename()}
    assert {file.name for file in package.files} < names
    sealed = [one for one in package.manifest["files"] if one["sealed"]]
    assert len(sealed) == len(of_cases)

    day.hand.presses_button("登记已发出")
    day.hand.waits(
        lambda: package.submission.id and day.program.desk.store.papers.submissions()[0].sent_at
    )
    day.hand.key(Qt.Key.Key_2, CTRL)
    day.hand.waits(lambda: day.state_of(MENDED[0][0]) == "sent")
    assert not unlocked
