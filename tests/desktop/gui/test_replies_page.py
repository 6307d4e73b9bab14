"""The bureau's answers come back: the clerk drops the mail, mends what was returned, reports it."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.pages.register import RegisterPage
from desktop.pages.replies import RepliesPage
from desktop.pages.settings import SettingsPage
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.wizard_stage import CHECK
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from desktop.shell.page_table import PAGES
from forms.exchange.answer_file import ANSWER_NAME
from forms.exchange.package_cases import carried, content_sha256
from forms.facts.paths import with_value
from forms.office.agenda import agenda
from forms.office.stored import StoredCase, SubmittedFile
from forms.office.submission import submit
from tests.desktop.gui.seat import AnsweringDialogs, words

REASON = {
    "rule": "offer_end.beyond_term",
    "message": "许可期限届满日：晚于专利权期限届满日",
    "remedy": "改为不晚于专利权期限届满日的日期",
    "basis": "专利法 第四十二条",
}
Answers = Callable[..., Path]


@pytest.fixture
def cases(window: MainWindow) -> list[StoredCase]:
    """The sample's cases: the first is returned, the second passed, the third refused."""
    return window.desk.store.cases.listed()


@pytest.fixture
def answers(window: MainWindow, cases: list[StoredCase], tmp_path: Path) -> Answers:
    """Write what the bureau sends of the first three cases, and of one that nobody knows."""

    def write(*more: dict[str, object], day: str = "2022-08-25") -> Path:
        returned = {"verdict": "return", "reasons": [REASON], "deadline": "2022-09-05"}
        refused = {"verdict": "refuse", "reasons": [{"message": "专利权已终止"}]}
        said = [
            {
                "patent_number": one.case.patent.number,
                "content_sha256": content_sha256(carried(one.case, window.desk.pack)),
                **verdict,
            }
            for one, verdict in zip(cases, (returned, {"verdict": "pass"}, refused), strict=False)
        ]
        file = tmp_path / ANSWER_NAME
        head = {"format": "openlicense-answers", "version": 1, "bureau": "示例省知识产权局"}
        whole = {**head, "day": day, "answers": [*said, *more]}
        file.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        return file

    return write


def drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def taken(window: MainWindow, qtbot: QtBot, file: Path) -> RepliesPage:
    """The list, once a file that was dropped is read."""
    drop(window, file)
    page = window.page
    assert isinstance(page, RepliesPage)
    qtbot.waitUntil(lambda: bool(page.replies))
    return page


def reported(window: MainWindow, case_id: int) -> None:
    """Report a case in a package, and note it as sent."""
    papers, pack = window.desk.store.papers, window.desk.pack.identity
    file = SubmittedFile(name="信息表.pdf", sha256="0" * 64, case_id=case_id, paper="info")
    made = papers.record_submission([file], pack_code=pack.code, pack_version=pack.version)
    papers.note_sent(made.id, window.desk.now())
    window.desk.papers_changed.emit()


def waiting(window: MainWindow) -> int:
    count = PAGES["submission"].waiting
    assert count is not None
    return count(window.desk)


def test_what_is_dropped_is_listed_told_and_opened_where_it_is_mended(
    window: MainWindow,
    qtbot: QtBot,
    cases: list[StoredCase],
    answers: Answers,
    told: list[Notice],
) -> None:
    before = waiting(window)
    unknown = {"patent_number": "ZL209910000000.X", "verdict": "pass"}
    page = taken(window, qtbot, answers(unknown))
    assert [one.reply.verdict for one in page.table.rows] == ["return", "refuse", "pass"]
    assert waiting(window) == before + 1, "one is to be corrected"
    assert "退回补正 1 件、不予通过 1 件、通过 1 件" in told[0].text
    assert told[1].text.count(ANSWER_NAME) == 1 and "没有这件案卷" in told[1].text
    said = "".join(words(page.pane))
    assert all(part in said for part in (REASON["message"], REASON["remedy"], "第四十二条"))
    assert "还有 4 天" in said and "与审核时一致" in said
    page.filters.choose("refuse")
    assert [one.reply.patent_number for one in page.table.rows] == [cases[2].case.patent.number]
    page.filters.choose("open")
    one = page.table.rows[0].reply
    page.open_case(one.case_id, one.reasons[0])
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert (wizard.session.case_id, wizard._path) == (cases[0].id, "offer_end")


def test_a_returned_case_says_so_until_it_was_reported_again(
    window: MainWindow, qtbot: QtBot, cases: list[StoredCase], answers: Answers
) -> None:
    desk, first = window.desk, cases[0]
    page = taken(window, qtbot, answers())
    before = waiting(window)
    desk.go("wizard", case_id=first.id)
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert wizard.reply.isVisible()
    assert "2022-09-05 前改正" in "".join(words(wizard.reply))
    wizard.reply.asked.emit()
    assert wizard.stage.current == CHECK and wizard.stage.check is not None
    assert REASON["remedy"] in "".join(words(wizard.stage.check))
    assert not wizard.reply.isVisible(), "it is told in full here"
    mended = with_value(first.case, "offer_end", date(2025, 12, 31))
    desk.store.cases.save(mended, case_id=first.id)
    reported(window, first.id)
    qtbot.waitUntil(lambda: wizard.reply.reply is None)
    assert REASON["remedy"] not in "".join(words(wizard.stage.check))
    assert waiting(window) == before - 1
    window.show_place("replies")
    qtbot.waitUntil(lambda: any(one.is_reported_again for one in page.replies))
    assert not any(one.is_open for one in page.replies)


def test_the_correction_is_a_duty_until_it_is_done(
    window: MainWindow, qtbot: QtBot, cases: list[StoredCase], answers: Answers
) -> None:
    def duties() -> list[tuple[str, str, bool]]:
        found = agenda(window.desk.store, window.desk.today, date(2023, 9, 1))
        return [
            (str(one.duty.date), one.duty.basis, one.is_done)
            for one in found
            if one.duty.kind == "correction" and one.case_ids == (cases[0].id,)
        ]

    taken(window, qtbot, answers())
    assert duties() == [("2022-09-05", "审核意见", False)]
    reported(window, cases[0].id)
    assert duties() == [("2022-09-05", "审核意见", True)]


def test_what_was_sent_and_came_back_may_be_mended_and_the_register_says_so(
    window: MainWindow, qtbot: QtBot, cases: list[StoredCase], answers: Answers, tmp_path: Path
) -> None:
    register, desk = window.page, window.desk
    assert isinstance(register, RegisterPage)
    submit(desk.store, desk.pack, desk.today, cases[:9], tmp_path / "报送", skip_faulty=True)
    package = desk.store.papers.submissions()[0]
    desk.store.papers.note_sent(package.id, desk.now())
    desk.papers_changed.emit()
    first = next(one.case_id for one in package.files if one.case_id is not None)
    number = next(one.case.patent.number for one in cases if one.id == first)

    def state() -> str:
        (column,) = [one for one in register.model.columns if one.name == "state"]
        row = next(one for one in register.model.rows if one.id == first)
        chip = column.chip(row) if column.chip else None
        said = register.model.lines(row, column)[0]
        assert chip is not None and chip[1] == said
        return said

    qtbot.waitUntil(lambda: bool(register.model.rows))
    qtbot.waitUntil(lambda: state() == "已报送")
    desk.go("wizard", case_id=first)
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert wizard.stage.is_locked
    taken(window, qtbot, answers({"patent_number": number, "verdict": "return"}, day="2022-09-01"))
    desk.go("wizard", case_id=first)
    assert wizard.reply.isVisible() and not wizard.stage.is_locked
    window.show_place("register")
    qtbot.waitUntil(lambda: state() == "退回补正")


def test_the_same_again_and_what_is_no_answer_is_told(
    window: MainWindow, qtbot: QtBot, answers: Answers, told: list[Notice], tmp_path: Path
) -> None:
    page = taken(window, qtbot, answers())
    told.clear()
    dialogs = window.desk.dialogs
    assert isinstance(dialogs, AnsweringDialogs)
    dialogs.chosen_files = [answers()]
    window.show_place("submission")
    window.desk.go("replies", ask=True)
    qtbot.waitUntil(lambda: bool(told))
    assert "3 件审核意见与已收到的相同" in told[0].text
    other = tmp_path / "别的.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("pack.toml", "")
    page.take_in([other])
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "没有审核意见的数据" in told[1].text
    assert told[1].action is not None
    told[1].action[1]()
    assert isinstance(window.page, SettingsPage), "a pack that bears another name"
