"""Draws the program's screens from the real program with its sample: `python3 dev.py pictures`.

Every screen in light and dark, at 100 % and 150 %, into `out/pictures`; names after the command
choose some of them.  `--guide FOLDER` draws those of the guide, light at 150 %.

Each look is drawn by a process of its own, since Qt takes the scale at its start only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from desktop.app import Program

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2022, 9, 1, 10, 0, tzinfo=UTC)
SCALES, THEMES = (1.0, 1.5), ("light", "dark")
SETTLE_MS = 400
# A 1440x900 window, and a 1920x1080 screen at 150 %, in logical pixels.
SIZES = {1.0: (1440, 900), 1.5: (1280, 720)}

Prepare = Callable[["Program"], "QWidget | None"]


@dataclass(frozen=True)
class Screen:
    """One picture: what to do with the freshly opened sample before it is taken.

    `prepare` may return a widget (a dialog) to be taken instead of the window.  `is_small` takes
    it at 900 x 500; `is_empty` begins without the sample.
    """

    name: str
    prepare: Prepare
    is_small: bool = False
    is_empty: bool = False
    in_guide: bool = False


def screens() -> list[Screen]:
    """All screens, in the order of a clerk's day."""
    return [
        Screen("first-start", _first_start, is_empty=True, in_guide=True),
        Screen("first-start-wrong", _first_start_wrong, is_empty=True),
        Screen("first-start-small", _first_start, is_empty=True, is_small=True),
        Screen("register-empty", _register_empty, is_empty=True, in_guide=True),
        Screen("register", _go("register"), in_guide=True),
        Screen("register-small", _go("register"), is_small=True),
        Screen("register-ticked", _register_ticked, in_guide=True),
        Screen("register-ticked-small", _register_ticked, is_small=True),
        Screen("register-none-found", _register_none_found),
        Screen("register-summary-small", _register_summary, is_small=True),
        Screen("register-bulk", _register_bulk),
        Screen("register-bulk-royalty", _register_royalty),
        Screen("import-empty", _go("import")),
        Screen("import", _import, in_guide=True),
        Screen("import-small", _import, is_small=True),
        Screen("import-trouble", _import_trouble),
        Screen("submission", _submission_page("check"), in_guide=True),
        Screen("submission-fine", _submission_page("fine")),
        Screen("submission-choose", _submission_page("choose")),
        Screen("submission-result", _submission_page("make"), in_guide=True),
        Screen("submission-stale", _submission_page("stale")),
        Screen("submission-home", _submission_page("home")),
        Screen("submission-empty", _go("submission")),
        Screen("submission-small", _submission_page("check"), is_small=True),
        Screen("seals", _seals_page("scans"), in_guide=True),
        Screen("seals-empty", _seals_page("")),
        Screen("seals-small", _seals_page("scans"), is_small=True),
        Screen("print", _seals_page("print")),
        Screen("licence", _licence_page("one"), in_guide=True),
        Screen("licence-wrong", _licence_page("wrong")),
        Screen("licence-small", _licence_page("one"), is_small=True),
        Screen("licences", _licence_page("list")),
        Screen("licences-empty", _go("licences")),
        Screen("licences-pick", _licence_page("pick")),
        Screen("parties", _parties_page),
        Screen("parties-empty", _go("parties")),
        Screen("parties-small", _parties_page, is_small=True),
        Screen("settings", _go("settings")),
        Screen("settings-pack", _go("settings", group="pack")),
        Screen("settings-backups", _settings_backups, in_guide=True),
        Screen("settings-look", _go("settings", group="look")),
        Screen("settings-about", _go("settings", group="about")),
        Screen("settings-small", _go("settings", group="pack"), is_small=True),
        Screen("submission-result-small", _submission_page("make"), is_small=True),
        Screen("wizard-patent", _wizard(0, "patent.title"), in_guide=True),
        Screen("wizard-owners", _wizard(0, "owners"), in_guide=True),
        Screen("wizard-fee", _wizard(3, "royalty.instalments.first_amount"), in_guide=True),
        Screen("wizard-fee-small", _wizard(3, "royalty.way"), is_small=True),
        Screen("wizard-wrong", _wizard_wrong),
        Screen("wizard-check", _wizard(2, "papers"), in_guide=True),
        Screen("wizard-new", _go("wizard")),
        Screen("wizard-history", _wizard_history),
        Screen("help", _go("help")),
        Screen("keys", _keys),
        Screen("crash", _crash),
        Screen("trouble", _trouble),
        Screen("notice", _notice),
        Screen("progress", _progress),
    ]


def _go(place: str, **arguments: object) -> Prepare:
    """Show a place."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        program.desk.go(place, **arguments)

    return prepare


def _wizard(place: int, path: str) -> Prepare:
    """Open a case of the sample at a field."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        stored = program.desk.store.cases()[place]
        program.desk.go("wizard", case_id=stored.id, path=path)

    return prepare


def _wizard_wrong(program: Program) -> None:
    from desktop.main_window import MainWindow
    from desktop.wizard import WizardPage

    _wizard(3, "royalty.instalments.each_amount")(program)
    assert isinstance(program.window, MainWindow)
    page = program.window.page
    assert isinstance(page, WizardPage)
    page.session.draft.type("royalty.instalments.batches", "若干")
    page.session.draft.type("contact.postcode", "4300")
    page.problems.set_open(True)


def _wizard_history(program: Program) -> None:
    from desktop.main_window import MainWindow
    from desktop.wizard import WizardPage

    _wizard(3, "patent.title")(program)
    assert isinstance(program.window, MainWindow)
    page = program.window.page
    assert isinstance(page, WizardPage)
    page.session.draft.type("patent.title", "用于长江水体微塑料采样的便携式过滤器（二）")
    page.show_history()


def _first_start(program: Program) -> None:
    from desktop.first_start import FirstStart
    from desktop.sample import OFFICE

    window = program.window
    assert isinstance(window, FirstStart)
    for name, field in window.fields.items():
        field.setText(getattr(OFFICE, name))
    window.folder.setText("D:\\开放许可资料")
    window.fields["name"].setFocus()


def _first_start_wrong(program: Program) -> None:
    from desktop.first_start import FirstStart

    window = program.window
    assert isinstance(window, FirstStart)
    window.folder.setText("D:\\开放许可资料")
    window.fields["email"].setText("zscq@example")
    window.start()


def _register_empty(program: Program) -> None:
    from desktop.first_start import Answers
    from desktop.sample import OFFICE

    assert program.desk is not None
    program.begin(Answers(OFFICE, "hubei-2022", program.folder))


def _submission_page(until: str) -> Prepare:
    """Go the way of a submission as far as asked."""

    def prepare(program: Program) -> None:
        from desktop.main_window import MainWindow
        from desktop.submission import SubmissionPage
        from forms.paths import with_value

        assert isinstance(program.window, MainWindow)
        program.window.show_place("submission")
        page = program.window.page
        assert isinstance(page, SubmissionPage)
        page.begin()
        if until == "choose":
            return
        page.choose.tick_all()
        page.choose.take()
        _until(lambda: page.checking.outlook.checked)
        if until == "check":
            return
        page.checking.drop_faulty()
        _until(page.checking.make.isEnabled)
        if until == "fine":
            return
        page.make()
        _until(lambda: page.result.package)
        if until == "make":
            return
        assert page.result.package is not None
        store, submission = page.desk.store, page.result.package.submission
        page.note_sent(submission.id, page.desk.today)
        stored = store.cases(ids=[submission.files[-1].case_id or 0])[0]
        store.save(with_value(stored.case, "other_terms", "另附技术资料。"), case_id=stored.id)
        page.go_home() if until == "home" else page.show_submission(store.submissions()[0])

    return prepare


def _seals_page(until: str) -> Prepare:
    """Show the papers to be sealed; with some printed and their scans dropped."""

    def prepare(program: Program) -> QWidget | None:
        from PySide6.QtWidgets import QApplication

        from desktop.jobs import Report
        from desktop.main_window import MainWindow
        from desktop.printing import PrintPreview
        from desktop.seals import SealsPage
        from desktop.seals.doing import export_papers

        assert isinstance(program.window, MainWindow)
        program.window.show_place("seals")
        page = program.window.page
        assert isinstance(page, SealsPage)
        _until(lambda: page.papers)
        sound = [one for one in page.papers if not one.is_faulty and one.stored][:5]
        if until == "print":
            places = [p for p, one in enumerate(page.table.rows) if one in sound]
            page.table.rows_model.tick(places)
            page.print_ticked()
            window = program.window
            _until(lambda: window.findChildren(PrintPreview))
            previews: list[Any] = list(window.findChildren(PrintPreview))
            _until(lambda: previews[0].sheets.shown >= 2)
            taken: QWidget = previews[0]
            return taken
        if until != "scans":
            return None
        assert QApplication.instance() is not None
        folder = program.folder / "scans"
        export_papers(page.desk, sound, folder, Report(lambda *_: None))
        page.desk.papers_changed.emit()
        _until(lambda: any(one.standing == "printed" for one in page.papers))
        files = sorted(folder.glob("*.pdf"))[:3]
        files[-1].rename(folder / "扫描0001.pdf")
        page.add_files([*files[:-1], folder / "扫描0001.pdf"])
        _until(lambda: all(page.scans.pages.images))
        return None

    return prepare


def _licence_page(until: str) -> Prepare:
    """A licensee comes."""

    def prepare(program: Program) -> None:
        from datetime import date
        from decimal import Decimal

        from desktop.licences import LicencesPage
        from desktop.main_window import MainWindow
        from forms.record import Bank, LumpSum, Party

        assert isinstance(program.window, MainWindow)
        program.window.show_place("licences")
        page = program.window.page
        assert isinstance(page, LicencesPage)
        page.new()
        if until == "pick":
            return
        page.begin(page.desk.store.ids()[3])
        assert page.one is not None
        draft = page.one.session.draft
        licensee = Party(name="武汉示例电力巡检有限公司", kind="unit", address="武汉市示例路 9 号")
        draft.put_all(
            {
                "licence.licensee": licensee,
                "licence.scope": "湖北省",
                "licence.manner": "制造、使用、销售",
                "licence.starts_on": date(2022, 12, 1),
                "licence.ends_on": date(2023, 11, 30),
                "licence.agreed": "negotiated",
                "licence.royalty.way": "lump_sum",
                "licence.royalty.lump_sum": LumpSum(days=30, amount=Decimal(80000)),
                "licence.bank": Bank(name="示例银行武汉支行", account="4200 0000 0000 0000 001"),
            }
        )
        if until == "wrong":
            page.one.session.show_everything()
        if until == "list":
            page.go_home()
            page.begin(page.desk.store.ids()[1])
            page.one.session.draft.put("licence.licensee", Party(name="宜昌示例机械有限公司"))
            page.go_home()
            _until(lambda: len(page.list.table.rows) == 2)
            return
        _until(
            lambda: page.one and (page.one.preview.page_shown or not page.one.preview.isVisible())
        )

    return prepare


def _parties_page(program: Program) -> None:
    """An address book with a few entries, one in hand."""
    from desktop.main_window import MainWindow
    from desktop.parties import PartiesPage
    from forms.record import Bank, Party

    assert program.desk is not None
    bank = Bank(name="示例银行武汉学府路支行", account="4200 0000 0000 0000 001")
    for party in (
        Party(
            name="示例大学",
            kind="unit",
            identity_number="12420000000000000X",
            address="湖北省武汉市洪山区示例路 88 号",
            representative="周明",
            contact="李铱",
            phone="027-68880001",
            email="licensing@example.edu.cn",
            bank=bank,
        ),
        Party(name="江汉示例智能装备有限公司", kind="unit", contact="王工", phone="13800000000"),
        Party(name="武汉示例电力巡检有限公司", kind="unit", address="武汉市示例路 9 号"),
        Party(name="张喆铉", kind="person", address="武汉市示例路 1 号", phone="13900000000"),
    ):
        program.desk.store.remember_party(party)
    program.desk.go("parties")
    assert isinstance(program.window, MainWindow)
    page = program.window.page
    assert isinstance(page, PartiesPage)
    page.table.choose(2)


def _settings_backups(program: Program) -> None:
    """A few backups."""
    assert program.desk is not None
    program.desk.store.back_up()
    program.desk.go("settings", group="backup")


def _until(holds: Callable[[], object]) -> None:
    """Let the window work until something holds."""
    from PySide6.QtTest import QTest

    for _ in range(1200):
        if holds():
            return
        QTest.qWait(50)


def _keys(program: Program) -> QWidget:
    from PySide6.QtWidgets import QApplication

    from desktop.main_window import MainWindow
    from desktop.shortcut_sheet import ShortcutSheet

    assert isinstance(program.window, MainWindow)
    program.window.show_keys()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutSheet))


def _crash(program: Program) -> QWidget:
    program.hook.meet(ZeroDivisionError())
    assert program.hook.window is not None
    return program.hook.window


def _trouble(program: Program) -> QWidget:
    from db.problems import DamagedDatabase
    from desktop.opening import TroubleWindow

    return TroubleWindow(DamagedDatabase(Path("D:\\开放许可资料\\openlicense.db")))


def _notice(program: Program) -> None:
    program.notices.tell("error", "磁盘空间不足，本次内容没有写入。请腾出空间后再试。", details="…")


def _progress(program: Program) -> QWidget:
    from desktop.jobs import Job
    from desktop.progress import ProgressDialog

    dialog = ProgressDialog(Job(lambda report: None, "正在生成 312 份文书", program))
    dialog.show_progress(118, 312, "专利开放许可（试点）信息表")
    return dialog


def _register_ticked(program: Program) -> None:
    from desktop.register import RegisterPage

    page = _page(program)
    assert isinstance(page, RegisterPage)
    page.table.choose_place(3)
    page.model.tick([1, 3, 5])


def _register_summary(program: Program) -> None:
    from desktop.register import RegisterPage

    page = _page(program)
    assert isinstance(page, RegisterPage)
    page.table.choose_place(2)
    page.toggle_summary()


def _register_none_found(program: Program) -> None:
    from desktop.register import RegisterPage

    page = _page(program)
    assert isinstance(page, RegisterPage)
    page.filters.search.setText("量子纠缠")


def _register_bulk(program: Program) -> QWidget:
    return _sheet(program, "contact", "contact.phone", "027-8700 0000")


def _register_royalty(program: Program) -> QWidget:
    from PySide6.QtWidgets import QComboBox

    sheet = _sheet(program, "royalty", "royalty.lump_sum.amount", "30000")
    way = sheet.editors["royalty.way"]  # type: ignore[attr-defined]
    assert isinstance(way, QComboBox)
    way.setCurrentIndex(way.findData("lump_sum"))
    return sheet


def _sheet(program: Program, what: str, path: str, text: str) -> QWidget:
    from PySide6.QtWidgets import QLineEdit

    from desktop.register import RegisterPage

    page = _page(program)
    assert isinstance(page, RegisterPage)
    page.doing.change(what, page.model.shown_ids()[3:9])
    assert page.doing.sheet is not None
    editor = page.doing.sheet.editors[path]
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    return page.doing.sheet


def _import(program: Program) -> None:
    """A workbook as an office keeps it: other headings, a mistyped number, a word unknown."""
    assert program.desk is not None
    known = program.desk.store.cases()[0].case
    lines = f"""\
专利号,发明名称,权利人,授权日,许可费方式,总付金额（万元）,届满,学院
ZL202010318862.4,一种桥梁拉索涡激振动的在线监测方法及系统,示例大学；示例水环境研究院,2022.8.16,一次总付,20,2027/12/31,土木工程学院
{known.patent.number},{known.patent.title},示例大学,2020.6.2,免费,,2028-06-30,材料学院
ZL202010995106.3,江河水质在线监测浮标,示例大学,2021.3.9,面议,,2027/12/31,水利学院
,,示例大学,,,,,备注
CN113000000B,磷石膏基自流平砂浆及其制备方法,示例大学,2022.1.4,免费,,2027/12/31,材料学院
"""
    file = program.folder / "2022 年秋季征集汇总.csv"
    file.write_text(lines, encoding="utf-8-sig")
    program.desk.go("import", files=[file])


def _import_trouble(program: Program) -> None:
    assert program.desk is not None
    file = program.folder / "专利清单.xlsx"
    file.write_bytes(b"This is no workbook.")
    program.desk.go("import", files=[file])


def _page(program: Program) -> QWidget:
    from desktop.main_window import MainWindow

    assert isinstance(program.window, MainWindow)
    page = program.window.page
    assert page is not None
    return page


# --- drawing ----------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the pictures; the exit code is 0 where all were drawn."""
    parser = argparse.ArgumentParser(prog="dev.py pictures")
    parser.add_argument("names", nargs="*", help="screens to draw; without any, all")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "pictures")
    parser.add_argument("--guide", type=Path, help="draw the guide's pictures into this folder")
    parser.add_argument("--look", help=argparse.SUPPRESS)  # one theme and scale, in a child
    given = parser.parse_args(argv)
    if given.look:
        theme, scale = given.look.split(",")
        return _draw(given.names, given.guide or given.out, theme, float(scale), bool(given.guide))
    looks = [("light", 1.5)] if given.guide else [(t, s) for s in SCALES for t in THEMES]
    out = given.guide or given.out
    return max(_in_child(given, theme, scale) for theme, scale in looks) or _said(out)


def _in_child(given: argparse.Namespace, theme: str, scale: float) -> int:
    flag = ["--guide", str(given.guide)] if given.guide else ["--out", str(given.out)]
    command = [sys.executable, "-m", "tools.pictures", *given.names, *flag]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QT_SCALE_FACTOR": str(scale),
    }
    return subprocess.run(
        [*command, "--look", f"{theme},{scale}"], cwd=ROOT, env=environment, check=False
    ).returncode


def _said(out: Path) -> int:
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return 0


def _draw(names: Sequence[str], out: Path, theme: str, scale: float, for_guide: bool) -> int:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        from desktop.app import application
        from desktop.settings import Settings

        settings = Settings(Path(folder) / "settings.toml")
        settings.set("theme", theme)
        app = application(settings)
        wanted = [
            one
            for one in screens()
            if (one.name in names or not names) and (one.in_guide or not for_guide)
        ]
        for place, screen in enumerate(wanted):
            ending = ("-dark" if theme == "dark" else "") + ("-150" if scale > 1 else "")
            file = out / f"{screen.name}{'' if for_guide else ending}.png"
            _picture(app, settings, Path(folder) / str(place), screen, scale).save(str(file))
    return 0


def _picture(app: object, settings: object, folder: Path, screen: Screen, scale: float) -> QPixmap:
    """Open a program of its own, prepare it, take its picture."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desktop.app import Program
    from desktop.settings import Settings

    assert isinstance(app, QApplication)
    assert isinstance(settings, Settings)
    program = Program(app, settings, folder, clock=lambda: NOW, own_fonts=True)
    program.open()
    if not screen.is_empty:
        program.show_sample(quietly=True)
    taken = _prepared(program, screen, scale)
    QTest.qWait(SETTLE_MS)
    picture = taken.grab()
    if taken is not program.window:
        taken.close()
    program.close()
    if program.window is not None:
        program.window.close()
    return picture


def _prepared(program: Program, screen: Screen, scale: float) -> QWidget:
    from PySide6.QtTest import QTest

    size = (900, 500) if screen.is_small else SIZES[scale]
    assert program.window is not None
    program.window.resize(*size)
    made = screen.prepare(program)
    taken: QWidget = program.window if made is None else made
    if taken is program.window:
        taken.resize(*size)
    taken.show()
    taken.activateWindow()
    QTest.qWait(50)
    return taken


if __name__ == "__main__":
    sys.exit(main())
