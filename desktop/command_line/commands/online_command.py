"""online: what a web form asks of a case (网上填报), and the folders of what is uploaded."""

from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from desktop.desk.workers import on_every_core
from forms.facts.derived import number_text
from forms.office.case_standing import check_each
from forms.office.online_folders import FoldersMade, make_folders
from forms.office.online_list import ROW_WORDS, UPLOAD_WORDS
from forms.office.online_view import (
    rows_of_cases,
    uploads_of_cases,
    writing_setting,
)
from forms.office.store import CannotDo, case_mark, case_name
from forms.office.stored import StoredCase
from forms.pack.online import Online
from forms.pack.types import Pack

NOT_SENT = "本程序不联网，也不会替您提交：请在网页上核对后自行提交。"


def online_arguments(parser: Parser) -> None:
    """Of which cases, and where their folders go."""
    parser.add_argument(
        "numbers", nargs="+", metavar="NUMBER", help="专利号或案卷号（如 案卷12，见 list）"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="生成上传用的文件夹，每件专利一个，和一份清单"
    )


def online(session: Session) -> int:
    """Show the fields and attachments of a case, or make the folders of some."""
    numbers = session.args.numbers
    if session.args.out is None and len(numbers) > 1:
        raise CannotDo("一次显示一件；几件一起的，请用 --out 指明存放文件夹的位置。")
    cases = [_meant(session, number) for number in dict.fromkeys(numbers)]
    if session.args.out is not None:
        return _folders(session, list({stored.id: stored for stored, _ in cases}.values()))
    stored, pack = cases[0]
    assert pack.online is not None
    _show(session, stored, pack, pack.online)
    return 0


def _meant(session: Session, number: str) -> tuple[StoredCase, Pack]:
    """The case of a number that has a web form; of several those of a pack that is in force."""
    found = session.cases_to_look_at([number])
    each = [(one, pack) for one in found if (pack := session.pack_of(one)).online is not None]
    if not each:
        name = session.pack_of(found[0]).identity.name
        raise CannotDo(f"{case_name(found[0].case)} 所属的“{name}”没有网上填报。")
    last = [(one, pack, pack.identity.in_force_until) for one, pack in each]
    now = [(one, pack) for one, pack, day in last if day is None or day >= session.today]
    if len(now or each) > 1:
        marks = "、".join(case_mark(one.id) for one, _ in now or each)
        raise CannotDo(f"{number} 有几件案卷（{marks}），请用案卷号指明。")
    return (now or each)[0]


def _show(session: Session, stored: StoredCase, pack: Pack, online: Online) -> None:
    store, terminal = session.store, session.terminal
    writing = store.settings.get(writing_setting(pack)) or ""
    rows = rows_of_cases(store, [(stored, pack)], writing)[stored.id]
    checked = check_each(store, session.shelf, session.today, [stored])
    uploads = uploads_of_cases(store, checked)[stored.id]
    terminal.show(f"{online.name}　{online.address}")
    if online.note:
        terminal.show(online.note)
    terminal.show()
    told = [
        (str(place), row.label, ROW_WORDS[row.state], row.value or row.help)
        for place, row in enumerate(rows, 1)
    ]
    terminal.table(("序号", "栏目", "状态", "内容"), told)
    for row in rows:
        for words in (*(f"{row.label}：未填{one}" for one in row.lacks), *row.hints):
            terminal.say(f"提示：{words}")
    terminal.show()
    files = [(one.label, UPLOAD_WORDS[one.state], one.name or one.help) for one in uploads]
    terminal.table(("附件", "状态", "文件"), files)
    terminal.json(
        {
            "patent_number": number_text(stored.case) or None,
            "fields": [
                {"label": row.label, "value": row.value, "copied": row.is_done} for row in rows
            ],
            "attachments": [
                {"label": one.label, "required": one.required, "files": one.files}
                for one in uploads
            ],
        }
    )


def _folders(session: Session, cases: list[StoredCase]) -> int:
    """Make the folders; 1 where something is missing or was left out."""
    terminal = session.terminal
    done = make_folders(
        session.store,
        session.shelf,
        session.today,
        cases,
        session.args.out,
        progress=terminal.progress("制作"),
        makers=on_every_core,
    )
    for one in done.folders:
        terminal.show(f"{one.folder}（{len(one.files)} 个文件）")
        for words in one.missing:
            terminal.say(f"待补：{one.case}：{words}")
    for path in done.lists:
        terminal.show(str(path))
    for what, reason in done.left_out:
        terminal.say(f"未生成：{what}：{reason}")
    for path in done.kept:
        terminal.say(f"提示：“{path.name}”中有不是本程序生成的内容，未覆盖；新生成的另起名称。")
    terminal.show(NOT_SENT)
    terminal.json(_folders_json(done))
    return 1 if done.left_out or any(one.missing for one in done.folders) else 0


def _folders_json(done: FoldersMade) -> dict[str, object]:
    return {
        "folders": [
            {
                "patent_number": one.number,
                "folder": str(one.folder),
                "files": one.files,
                "missing": one.missing,
            }
            for one in done.folders
        ],
        "lists": [str(path) for path in done.lists],
        "left_out": [{"case": what, "reason": reason} for what, reason in done.left_out],
        "kept": [str(path) for path in done.kept],
        "sent": False,
    }
