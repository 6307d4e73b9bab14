"""demo: the whole job on the pack's sample workbook, in a folder and a database of its own."""

from collections.abc import Sequence
from pathlib import Path

from desktop.command_line.arguments import Parser, out_folder
from desktop.command_line.commands.paper_commands import (
    NOT_SENT,
    submitted_json,
    tell_left_out,
    tell_notes,
)
from desktop.command_line.session import Session, now
from forms.exchange.import_plan import ImportPlan
from forms.facts.record import Office
from forms.ground.files import numbered
from forms.ground.problems import Problem
from forms.office.case_import import import_sheets, read_files
from forms.office.case_standing import Checked, check_cases
from forms.office.licence_import import add_licence, read_licence_file
from forms.office.online_folders import FoldersMade, make_folders
from forms.office.paper_export import ExportReport, export
from forms.office.papers_wanted import wanted
from forms.office.store import CannotDo, case_name
from forms.office.submission import Submitted, submit

_OFFICE = Office(
    name="示例大学",
    contact="张喆",
    phone="027-68880001",
    region="武汉市",
    email="licensing@example.edu.cn",
)
DATABASE = "演示数据.db"
_PAPERS, _DRAFTS, _PACKAGE, _UPLOADS = "文书", "草稿", "报送包", "网上填报"
SAMPLE_LICENCE = "sample-licence.json"


def demo_arguments(parser: Parser) -> None:
    """Where it is done."""
    out_folder(parser)


def demo(session: Session) -> int:
    """Do everything once, and say what was made, what was not and why, and where it lies."""
    out: Path = session.args.out
    if session.args.db is not None:
        session.terminal.say("提示：演示只用自己的数据，不会读写 --db 指定的文件。")
    session.database = session.place = _free(out, DATABASE)
    with session.store.transaction():
        session.store.parties.set_office(_OFFICE)
    planned = _import(session)
    _license(session)
    checked = check_cases(session.store, session.pack, session.today, session.cases())
    reports = _export(session, out, checked)
    done = _submit(session, out) if session.pack.submission.is_mailed else None
    folders = _uploads(session, out, checked) if done is None and session.pack.online else None
    _tell(session, out, planned, checked, reports, done, folders)
    return 0


def _free(out: Path, name: str) -> Path:
    """A place for a database where none lies yet."""
    chosen, count = out / name, 1
    while chosen.exists():
        count += 1
        chosen = out / numbered(name, count)
    return chosen


def _import(session: Session) -> ImportPlan:
    pack = session.pack
    if not pack.sample:
        raise CannotDo(f"表单包 {pack.identity.code} 没有示例清单，不能演示。")
    sheets = read_files([pack.folder / pack.sample])
    return import_sheets(session.store, pack, sheets, who=session.who)


def _license(session: Session) -> None:
    """Grant the sample's licence under the first case without errors."""
    file = session.pack.folder / SAMPLE_LICENCE
    if not file.is_file():
        return
    licence = read_licence_file(file)
    checked = check_cases(session.store, session.pack, session.today, session.cases())
    sound = [one.stored for one in checked if not one.errors()]
    for stored in sound[:1]:
        add_licence(session.store, session.pack, session.today, stored, licence, who=session.who)


def _export(session: Session, out: Path, checked: Sequence[Checked]) -> list[ExportReport]:
    """Papers of the sound cases, contracts of the licensed, drafts of the faulty."""
    pack, terminal = session.pack, session.terminal
    sound = [one.stored for one in checked if not one.errors()]
    faulty = [one.stored for one in checked if one.errors()]
    licensed = [one for one in checked if one.licences]
    offer = wanted(pack, [], ("pdf", "xlsx"))
    single = [(paper, formats) for paper, formats in offer if paper.scope == "case"]
    contracts = [
        (paper, paper.formats) for paper in pack.papers.values() if paper.scope == "licence"
    ]
    work = (
        (sound, out / _PAPERS, offer),
        ([one.stored for one in licensed if not _drafts(one)], out / _PAPERS, contracts),
        ([one.stored for one in licensed if _drafts(one)], out / _DRAFTS, contracts),
        (faulty, out / _DRAFTS, single),
    )
    return [
        export(
            session.store,
            pack,
            session.today,
            cases,
            folder,
            papers,
            progress=terminal.progress(folder.name),
        )
        for cases, folder, papers in work
        if cases and papers
    ]


def _drafts(one: Checked) -> bool:
    """Whether a contract of the case would be a draft."""
    return any(one.errors(place) for place in range(len(one.licences)))


def _submit(session: Session, out: Path) -> Submitted:
    return submit(
        session.store,
        session.pack,
        session.today,
        session.cases(),
        out / _PACKAGE,
        skip_faulty=True,
        who=session.who,
        progress=session.terminal.progress(_PACKAGE),
    )


_UNFIT = {
    True: {True: "未列入报送的：", False: "全部案卷都已列入报送。"},
    False: {True: "还不能提交的：", False: "全部案卷都可以提交。"},
}
"""Over the cases with errors, or instead of them; of a pack that is mailed, or is not."""


def _uploads(session: Session, out: Path, checked: Sequence[Checked]) -> FoldersMade | None:
    """What is uploaded with the sound cases, where a pack's papers are filed online."""
    sound = [one.stored for one in checked if not one.errors()]
    if not sound:
        return None
    return make_folders(
        session.store,
        session.shelf,
        session.today,
        sound,
        out / _UPLOADS,
        progress=session.terminal.progress(_UPLOADS),
    )


def _tell(
    session: Session,
    out: Path,
    planned: ImportPlan,
    checked: Sequence[Checked],
    reports: Sequence[ExportReport],
    done: Submitted | None,
    folders: FoldersMade | None,
) -> None:
    terminal = session.terminal
    made = [paper for report in reports for paper in report.made]
    finals = sum(not paper.draft for paper in made)
    lines = [
        ("导入案卷", f"{len(checked)} 件", session.database.name),
        ("正式文书", f"{finals} 份", f"{_PAPERS}/"),
        ("草稿", f"{len(made) - finals} 份", f"{_DRAFTS}/"),
    ]
    if done is not None:
        lines += [
            ("报送", f"{len(done.cases)} 件", f"{_PACKAGE}/"),
            ("邮件草稿", f"{len(done.written.mails)} 封", f"{_PACKAGE}/"),
        ]
    if folders is not None:
        lines.append(("网上填报", f"{len(folders.folders)} 件", f"{_UPLOADS}/"))
    terminal.table(("事项", "数量", "位置"), lines)
    terminal.show()
    refused = [(f"第 {row.row} 行", row.reason) for row in planned.rows if row.reason]
    refused += [
        (case_name(one.stored.case), _first(one.errors())) for one in checked if one.errors()
    ]
    terminal.show(_UNFIT[bool(done)][bool(refused)])
    for name, reason in refused:
        terminal.show(f"  {name}：{reason}")
    for report in reports:
        tell_left_out(session, report.left_out)
    for one in checked:
        if one.licences and not one.errors() and (errors := one.errors(0)):
            terminal.show(f"合同为草稿：{case_name(one.stored.case)}：{_first(errors)}")
    if done is not None:
        tell_notes(session, done)
    terminal.show()
    terminal.show(f"全部存于：{out.resolve()}")
    if done is not None:
        terminal.show(f"报送包：{done.written.folder.resolve()}")
        terminal.show(NOT_SENT)
    terminal.json(
        {
            "made_at": now().isoformat(timespec="seconds"),
            "database": str(session.database),
            "papers": [str(paper.path) for paper in made],
            "refused": [{"case": name, "reason": reason} for name, reason in refused],
            "package": submitted_json(done) if done is not None else None,
        }
    )


def _first(problems: Sequence[Problem]) -> str:
    """The first fault, and how many more there are."""
    more = f"（另有 {len(problems) - 1} 处错误）" if len(problems) > 1 else ""
    return problems[0].message + more
