"""A clerk with two packs: each case is judged by its own, and worked on with its own only.

Cases of another form pack are neither printed, sealed, changed nor sent with the one in use.
"""

from pathlib import Path
from shutil import copytree

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.desk.jobs import Report
from desktop.pages.licences import LicencesPage, licence_list
from desktop.pages.licences.granted_licences import granted_licences
from desktop.pages.register import RegisterPage
from desktop.pages.register import case_actions as doing_module
from desktop.pages.register.state_settling import STAMP, stamp_of
from desktop.pages.seals import SealsPage
from desktop.pages.submission import SubmissionPage
from desktop.pages.submission.outlook import look_ahead
from desktop.pages.templates import keep_as_template
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.online_page import standing_of
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.record import Case, Licence, Party, Patent
from forms.office.store import CannotDo
from forms.office.stored import SubmittedFile
from forms.office.templates import templates
from forms.pack.own_facts import OWN_STEP
from tests.desktop.gui.seat import words

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
    ids = elsewhere.desk.store.register.ids()[:3]
    outlook = look_ahead(elsewhere.desk, ids, QUIET)
    assert (outlook.checked, outlook.others) == ((), 3)
    elsewhere.desk.go("submission", case_ids=ids)
    qtbot.waitUntil(lambda: any("3 件案卷属于其他表单包" in one.text for one in told))


def test_seals_says_how_many_belong_elsewhere(elsewhere: MainWindow, qtbot: QtBot) -> None:
    count = len(elsewhere.desk.store.register.ids())
    elsewhere.desk.go("seals")
    page = elsewhere.page
    assert isinstance(page, SealsPage)
    sentence = f"另有 {count} 件属于其他表单包"

    def told() -> bool:
        return any(sentence in one for one in words(page))

    qtbot.waitUntil(told)
    elsewhere.desk.choose_pack("hubei-2022")
    qtbot.waitUntil(lambda: not told())


def test_what_is_done_with_cases_of_another_pack_is_done_with_theirs(
    elsewhere: MainWindow, qtbot: QtBot
) -> None:
    page = elsewhere.page
    assert isinstance(page, RegisterPage)
    page.model.tick([0, 1])
    page._do_with_ticked("submission")
    assert elsewhere.desk.pack.identity.code == "hubei-2022"
    assert isinstance(elsewhere.page, SubmissionPage)


def test_a_case_of_another_pack_opened_at_once_shows_its_own_steps(window: MainWindow) -> None:
    """How the web form's step of the case before stood, which waits while one types, is not its."""
    desk = window.desk
    ids = [
        desk.store.cases.save(Case(pack=code, patent=Patent(title="一种装置"))).id
        for code in ("hubei-2022", "cnipa-2022", "hubei-2022")
    ]
    for case_id in ids:
        desk.go("wizard", case_id=case_id)
    page = window.page
    assert isinstance(page, WizardPage)
    assert page.map.buttons["online"].standing == standing_of(page.session)


def test_cases_of_two_packs_are_neither_printed_nor_exported_as_one(
    elsewhere: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page, store = elsewhere.page, elsewhere.desk.store
    assert isinstance(page, RegisterPage)
    of_first = store.register.ids()[:1]
    elsewhere.desk.dialogs.chosen_folder = tmp_path / "文书"  # type: ignore[attr-defined]
    with qtbot.waitSignal(elsewhere.desk.jobs.unheard) as heard:
        page.doing.export(of_first, "pdf")
    assert isinstance(heard.args[0], CannotDo)
    assert "换用该表单包" in str(heard.args[0])
    assert not (tmp_path / "文书").exists()


def test_the_clerk_turns_from_the_cases_of_one_pack_to_those_of_another(
    elsewhere: MainWindow, qtbot: QtBot
) -> None:
    page, desk = elsewhere.page, elsewhere.desk
    assert isinstance(page, RegisterPage)
    combo = page.filters.combos["pack"]
    assert combo.isHidden()
    desk.store.cases.save(Case(pack="qinglan-2026", patent=Patent(title="一种青岚装置")))
    desk.cases_changed.emit()
    qtbot.waitUntil(lambda: not combo.isHidden())
    offered_packs = [combo.itemText(place) for place in range(combo.count())]
    assert offered_packs[:2] == ["全部事项", "湖北试点"] and len(offered_packs) == 3
    cells = [page.model.lines(row, page.model.columns[1])[1] for row in page.model.rows]
    assert any(cell.endswith(" · 湖北试点") for cell in cells)
    combo.setCurrentIndex(combo.findData("hubei-2022"))
    assert desk.pack.identity.code == "hubei-2022"
    qtbot.waitUntil(lambda: page.model.rowCount() == len(page.model.rows) - 1)
    combo.setCurrentIndex(combo.findData("qinglan-2026"))
    assert desk.pack.identity.code == "qinglan-2026"
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_opening_one_says_so_and_offers_its_own(
    elsewhere: MainWindow, told: list[Notice], qtbot: QtBot
) -> None:
    case_id = elsewhere.desk.store.register.ids()[0]
    elsewhere.desk.go("wizard", case_id=case_id)
    page = elsewhere.page
    assert isinstance(page, WizardPage)
    assert "属于“湖北省" in told[-1].text
    assert page.session.pack.identity.code == "hubei-2022"
    assert told[-1].action is not None
    told[-1].action[1]()
    assert elsewhere.desk.pack.identity.code == "hubei-2022"
    qtbot.waitUntil(lambda: page.session.draft.pack is elsewhere.desk.pack)
    assert page.session.case_id == case_id


def states(window: MainWindow) -> dict[int, str | None]:
    store = window.desk.store
    return {row.id: row.state for row in store.register.rows_of(store.register.ids())}


def offered(page: RegisterPage) -> list[str]:
    return [action.text() for action in page.filters.states.menu.actions()]


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the register has settled what was to be settled anew."""
    page = window.page
    assert isinstance(page, RegisterPage)
    stamp = stamp_of(window.desk.shelf)
    qtbot.waitUntil(lambda: window.desk.store.settings.get(STAMP) == stamp)
    qtbot.waitUntil(lambda: not page.settler._running)


@pytest.fixture
def both(window: MainWindow, qtbot: QtBot) -> tuple[MainWindow, int]:
    """The window on cases of two packs, the first in use; the id of the other's one case."""
    desk = window.desk
    desk.packs = {**desk.packs, "qinglan-2026": OTHER}
    patent = Patent(number="ZL202120334455.2", title="一种示例装置")
    stored = desk.store.cases.save(Case(pack="qinglan-2026", patent=patent))
    desk.cases_changed.emit()
    settled(window, qtbot)
    return window, stored.id


def test_which_pack_is_in_use_changes_no_state(both: tuple[MainWindow, int], qtbot: QtBot) -> None:
    window, other = both
    page = window.page
    assert isinstance(page, RegisterPage)
    before, counted = states(window), dict(page.model.counts)
    assert before[other] == "ready"  # its own pack asks for number and title
    assert len(set(before.values())) > 2
    window.desk.choose_pack("qinglan-2026")
    settled(window, qtbot)
    assert states(window) == before
    assert page.model.counts == counted
    page.filters.search.setText("ZL202120334455.2")
    page.filters.states.choose("ready")
    qtbot.waitUntil(lambda: page.model.shown_ids() == [other])


def test_another_pack_s_new_rules_settle_its_cases_anew(
    both: tuple[MainWindow, int], qtbot: QtBot, tmp_path: Path
) -> None:
    window, other = both
    desk = window.desk
    stricter = copytree(OTHER, tmp_path / "新版")
    rules = stricter / "rules.toml"
    added = '[[rules]]\nrule = "offer_end.blank"\nseverity = "pending"\nbasis = "办法第九条"\n'
    rules.write_text(rules.read_text(encoding="utf-8") + added, encoding="utf-8")
    wording = stricter / "wording.toml"
    said = '"offer_end.blank" = "{place}：未填写。"\n'
    wording.write_text(wording.read_text(encoding="utf-8") + said, encoding="utf-8")
    before = stamp_of(desk.shelf)
    desk.packs = {**desk.packs, "qinglan-2026": stricter}
    assert stamp_of(desk.shelf) != before
    settled(window, qtbot)
    qtbot.waitUntil(lambda: states(window)[other] == "pending")


def test_the_pane_says_what_the_own_pack_finds_and_which_it_is(
    both: tuple[MainWindow, int], qtbot: QtBot
) -> None:
    window, other = both
    page = window.page
    assert isinstance(page, RegisterPage)
    page.table.choose(other)
    qtbot.waitUntil(lambda: "青岚省专利开放许可登记（虚构）" in words(page.summary))
    said = words(page.summary)
    assert "一种示例装置" in said
    assert "青岚省专利开放许可登记表" in said  # its papers
    assert not any(one.startswith("要处理") for one in said)
    assert page.summary.primary.text() == "换用它的表单包"
    assert not page.summary.export.isVisible()
    qtbot.mouseClick(page.summary.primary, Qt.MouseButton.LeftButton)
    assert window.desk.pack.identity.code == "qinglan-2026"
    qtbot.waitUntil(lambda: page.summary.primary.text() == "导出文书")
    page.table.choose(window.desk.store.register.ids()[0])
    qtbot.waitUntil(lambda: "湖北" in "".join(words(page.summary)))


def test_a_case_whose_pack_is_missing_says_so_until_the_pack_is_there(
    both: tuple[MainWindow, int], told: list[Notice], qtbot: QtBot
) -> None:
    window, other = both
    desk = window.desk
    page = window.page
    assert isinstance(page, RegisterPage)
    assert not any("缺表单包" in one for one in offered(page))
    desk.packs = {code: at for code, at in desk.packs.items() if code != "qinglan-2026"}
    settled(window, qtbot)
    qtbot.waitUntil(lambda: page.model.counts["packless"] == 1)
    qtbot.waitUntil(lambda: "缺表单包  1" in offered(page))
    assert states(window)[other] == "packless"
    page.table.choose(other)
    qtbot.waitUntil(lambda: page.summary.primary.text() == "接收表单包")
    qtbot.waitUntil(lambda: any("qinglan-2026" in one for one in words(page.summary)))
    desk.go("wizard", case_id=other)
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert "不在本机" in told[-1].text
    wizard._show_chip()
    assert wizard.bar.chip.accessibleName() == "缺表单包"
    assert wizard.session.problems == ()  # nobody can judge it
    wizard.open_step("check")
    qtbot.waitUntil(lambda: any("无法检查" in one for one in words(wizard.stage)))
    desk.packs = {**desk.packs, "qinglan-2026": OTHER}  # taken in now
    qtbot.waitUntil(lambda: wizard.session.pack.identity.code == "qinglan-2026")
    wizard._show_chip()
    assert wizard.bar.chip.accessibleName() == "可打印"
    desk.go("register")
    qtbot.waitUntil(lambda: states(window)[other] == "ready")


def test_the_wizard_asks_and_checks_by_the_own_pack(
    both: tuple[MainWindow, int], qtbot: QtBot
) -> None:
    window, other = both
    desk = window.desk
    mine = desk.store.register.ids()[0]
    desk.go("wizard", case_id=other)
    page = window.page
    assert isinstance(page, WizardPage)
    assert [step.id for step in page._flow.steps] == ["patent", "terms", "own", OWN_STEP]
    assert page.session.problems == ()
    assert {paper.code for paper in page.preview._papers} <= {*page.session.pack.papers}
    page.session.draft.put("extra.maturity", "idea")
    desk.go("wizard", case_id=mine)  # what was typed is kept
    assert desk.store.cases.one(other).case.extra["maturity"].text == "idea"
    assert page.session.pack is desk.pack
    assert len(page._flow.steps) > 3
    page.zoom_in()  # the keys work on the preview that is there now
    desk.go("wizard", case_id=None)
    assert page.session.case.pack == "hubei-2022"
    desk.choose_pack("qinglan-2026")
    qtbot.waitUntil(lambda: page.session.case == Case(pack="qinglan-2026"))
    desk.go("wizard", case_id=None, copy_of=mine)  # another like it is of its pack
    copied = page.session.case
    assert copied != Case(pack="hubei-2022")
    assert page.session.pack.identity.code == "hubei-2022"
    desk.settings.set_pack_parameter(desk.issued_pack, "address", "a@b.example")
    desk.choose_pack("hubei-2022")
    qtbot.waitUntil(lambda: page.session.pack is desk.pack)
    assert page.session.case == copied
    page.session.draft.put("patent.title", "又一件")
    desk.choose_pack("qinglan-2026")
    qtbot.waitUntil(lambda: page.session.case_id is not None)
    assert page.session.case.patent.title == "又一件"
    assert page.session.pack.identity.code == "hubei-2022"


def test_a_batch_of_both_leaves_the_others_out_and_says_how_many(
    both: tuple[MainWindow, int], told: list[Notice], qtbot: QtBot, tmp_path: Path
) -> None:
    window, other = both
    page, desk = window.page, window.desk
    assert isinstance(page, RegisterPage)
    mine = desk.store.register.ids()[0]
    page.doing.change("region", [other, mine])
    assert page.doing.sheet is not None
    assert [one.id for one in page.doing.sheet._cases] == [mine]
    assert "1 件案卷属于其他表单包" in told[-1].text
    page.doing.sheet.reject()
    page.doing.change("region", [other])
    assert page.doing.sheet is None
    desk.dialogs.chosen_folder = tmp_path / "文书"  # type: ignore[attr-defined]
    told.clear()
    page.doing.export([other, mine], "pdf")
    qtbot.waitUntil(lambda: any("1 件案卷属于其他表单包" in one.text for one in told))
    assert desk.store.papers.exports(other) == []
    assert desk.store.papers.exports(mine)


def test_a_submission_offers_the_cases_of_the_pack_in_use(
    both: tuple[MainWindow, int], qtbot: QtBot
) -> None:
    window, other = both
    window.desk.go("submission")
    page = window.page
    assert isinstance(page, SubmissionPage)
    page.begin()
    assert other not in [one.stored.id for one in page.choose._rows]
    assert page.choose._others.text() == "另有 1 件属于其他表单包，未列出"
    window.desk.choose_pack("qinglan-2026")
    page.choose_cases()
    assert [one.stored.id for one in page.choose._rows] == [other]


def test_a_package_of_a_missing_pack_is_not_said_to_be_as_it_was(
    both: tuple[MainWindow, int], qtbot: QtBot
) -> None:
    window, other = both
    desk = window.desk
    files = [SubmittedFile(name="a.pdf", sha256="0" * 64, case_id=other, paper="register")]
    made = desk.store.papers.record_submission(files, pack_code="gone-2020", pack_version="1")
    desk.go("submission")
    page = window.page
    assert isinstance(page, SubmissionPage)
    qtbot.waitUntil(lambda: made.id in page.home._changed)
    assert page.home._since(made)[0] == "缺表单包，无法核对"
    page.show_submission(made)
    qtbot.waitUntil(lambda: page.result.package is not None)
    qtbot.waitUntil(lambda: any("gone-2020" in one for one in words(page.result)))


def test_a_template_of_a_case_is_kept_with_its_pack(both: tuple[MainWindow, int]) -> None:
    window, other = both
    desk = window.desk
    desk.dialogs.chosen_text = "青岚"  # type: ignore[attr-defined]
    keep_as_template(desk, window, desk.store.cases.one(other).case)
    assert templates(desk.store.settings, desk.pack) == ()
    desk.choose_pack("qinglan-2026")
    assert [one.name for one in templates(desk.store.settings, desk.pack)] == ["青岚"]


def test_a_licence_is_checked_by_the_pack_of_its_case(
    both: tuple[MainWindow, int], qtbot: QtBot
) -> None:
    window, other = both
    desk = window.desk
    mine = desk.store.register.ids()[0]
    for case_id in (mine, other):
        desk.store.licences.add(case_id, Licence(licensee=Party(name="武汉示例公司")))
    desk.store.cases.save(Case(pack="gone-2020"))
    gone = desk.store.register.ids()[-1]
    desk.store.licences.add(gone, Licence(licensee=Party(name="某公司")))
    for code in ("hubei-2022", "qinglan-2026"):
        desk.choose_pack(code)
        found = {one.case.id: one for one in granted_licences(desk, None, QUIET)}
        assert found[mine].errors + found[mine].pending > 0
        assert found[other].errors + found[other].pending == 0
        assert found[gone].standing is None
        assert licence_list._found(found[gone])[0] == "缺表单包"


def test_a_contract_is_asked_checked_and_made_by_the_pack_of_its_case(
    elsewhere: MainWindow, told: list[Notice], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = elsewhere.desk
    mine = desk.store.register.ids()[0]
    desk.go("licences", case_id=mine)
    page = elsewhere.page
    assert isinstance(page, LicencesPage)
    assert page.one is not None
    assert page.one.session.pack.identity.code == "hubei-2022"
    assert page.one.forms  # the pack in use knows no contract
    assert page.one.session.problems
    page.one.session.draft.put("licence.licensee.name", "武汉示例公司")
    desk.dialogs.chosen_save = tmp_path / "合同.pdf"  # type: ignore[attr-defined]
    page.export_pdf()
    qtbot.waitUntil(lambda: (tmp_path / "合同.pdf").is_file())
    qtbot.waitUntil(lambda: bool(desk.store.papers.exports(mine)))
    assert desk.store.papers.exports(mine)[0].pack_code == "hubei-2022"
    page.go_home()
    gone = desk.store.cases.save(Case(pack="gone-2020")).id
    page.begin(gone)
    assert page.one is None
    assert "gone-2020" in told[-1].text


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
    page.doing.export(window.desk.store.register.ids()[:5], "pdf")
    qtbot.waitUntil(lambda: any(one.text.startswith("已停止导出") for one in told))
    assert not out.exists() or list(out.iterdir()) == []
    assert window.desk.store.papers.exports_of(window.desk.store.register.ids()) == {}
