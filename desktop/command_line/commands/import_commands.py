"""template, import, register: the workbooks a clerk fills, in and out and in again."""

from pathlib import Path

from desktop.command_line.arguments import Parser, out_file, some_cases
from desktop.command_line.session import Session
from desktop.command_line.terminal import clipped
from forms.exchange.import_plan import SAMPLE_MARK, ImportPlan, RowPlan
from forms.exchange.sheet_layout import UNDECIDED, unanswered
from forms.facts.derived import number_text
from forms.facts.left_unread import listed_path
from forms.ground.cleaning import visible
from forms.ground.files import write_atomically
from forms.office.case_import import ACTIONS, import_sheets, read_files
from forms.office.offered_values import gather
from forms.office.store import CannotDo

MOST_TOLD = 50  # cells that could not be read; the rest are counted
MOST_NAMED = 5
WORDS = {"new": "新增", "changed": "更新", "unchanged": "无变化", "refused": "不能导入"}


def template_arguments(parser: Parser) -> None:
    """The file to write."""
    out_file(parser, "模板文件")


def template(session: Session) -> int:
    """Write the workbook to be filled."""
    from forms.exchange.template import write_template

    out = session.free_file()
    write_template(session.pack, out)
    session.terminal.show(f"模板已生成：{out}")
    session.terminal.show("填写后用 import 导入。")
    session.terminal.json({"template": str(out)})
    return 0


def register_arguments(parser: Parser) -> None:
    """Which cases, and the file to write."""
    some_cases(parser)
    out_file(parser, "台账文件")


def register(session: Session) -> int:
    """Write the register of cases as a workbook that can be imported again."""
    from forms.office.case_import import register_of

    out, terminal = session.free_file(), session.terminal
    cases = session.cases(session.args.numbers)
    if not cases:
        raise CannotDo("暂无案卷可导出，请先用 import 导入专利清单。")
    book = register_of(cases, session.pack)
    write_atomically(out, book.content)
    terminal.show(f"台账已导出：{out}（{book.count} 件）")
    for words in book.words:
        terminal.say(f"提示：{words}")
    terminal.json({"register": str(out), "cases": book.count, "words": book.words})
    return 0


def import_arguments(parser: Parser) -> None:
    """The workbooks, and whether they are only looked at."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="专利清单")
    parser.add_argument("--dry-run", action="store_true", help="试导入，不写入")


def import_(session: Session) -> int:
    """Import workbooks, or say row by row what an import would do."""
    args, terminal = session.args, session.terminal
    sheets = read_files(args.files)
    planned = import_sheets(
        session.store,
        session.pack,
        sheets,
        dry_run=args.dry_run,
        who=session.who,
        progress=terminal.progress("导入"),
    )
    if not args.dry_run:
        new = [row.case for row in planned.rows if row.action == "new"]
        with session.store.transaction():
            gather(session.store.parties, new)
    _tell(session, planned)
    lacking = unanswered(sheets, session.pack, UNDECIDED)
    if lacking:
        names = "、".join(field.label for field in lacking)
        terminal.say(f"提示：清单中没有对应的列：{names}。列名特殊的，请按模板更改列名后再导入。")
    terminal.json(plan_json(planned, dry_run=args.dry_run))
    return 0


def _tell(session: Session, planned: ImportPlan) -> None:
    terminal, dry_run = session.terminal, session.args.dry_run
    told = [
        row
        for row in planned.rows
        if dry_run or row.action in ("changed", "refused") or row.changes
    ]
    terminal.table(
        ("文件", "工作表", "行", "结果", "专利", "说明"),
        [
            (row.file, row.sheet, str(row.row), WORDS[row.action], row.name, _why(session, row))
            for row in told
        ],
    )
    _tell_samples(session, planned)
    _tell_unread(session, planned)
    _tell_notes(session, planned)
    for sheet in planned.sheets:
        for note in sheet.notes:
            terminal.say(f"提示：{note}")
        if sheet.ignored:
            terminal.say(f"提示：“{sheet.file}”中未识别的列未导入：{'、'.join(sheet.ignored)}。")
    counts = "，".join(f"{WORDS[action]} {planned.count(action)} 件" for action in ACTIONS)
    terminal.show(f"{'试导入，未写入' if dry_run else '导入完成'}：{counts}。")
    if planned.elsewhere:
        terminal.say(_elsewhere(session, planned.elsewhere))
    if planned.absent:
        terminal.show(_absent(planned.absent))
    if not dry_run:
        terminal.show("用 check 查看各件案卷的问题。")


def _tell_unread(session: Session, planned: ImportPlan) -> None:
    """Name the cells that could not be read: file, sheet, row, column, and what stands there."""
    unread = [(row, path, text) for row in planned.rows for path, text in _unread(row).items()]
    for row, path, text in unread[:MOST_TOLD]:
        field = session.pack.field(path)
        sheet = f"工作表“{row.sheet}”" if row.sheet else ""
        session.terminal.say(
            f"无法识别：“{row.file}”{sheet}第 {row.row} 行“{field.label if field else path}”一格："
            f"“{clipped(visible(text), 60)}”，已原样保留，请用 check 查看如何改正。"
        )
    if len(unread) > MOST_TOLD:
        session.terminal.say(f"无法识别的另有 {len(unread) - MOST_TOLD} 格。")


def _tell_notes(session: Session, planned: ImportPlan) -> None:
    """Say what was done otherwise than the clerk may think: file, sheet, row."""
    for note in planned.notes[:MOST_TOLD]:
        sheet = f"工作表“{note.sheet}”" if note.sheet else ""
        row = f"第 {note.row} 行" if note.row else ""
        session.terminal.say(f"提示：“{note.file}”{sheet}{row}：{visible(note.text)}")
    if len(planned.notes) > MOST_TOLD:
        session.terminal.say(f"另有 {len(planned.notes) - MOST_TOLD} 条提示。")


def _unread(row: RowPlan) -> dict[str, str]:
    return {p: text for p, text in row.case.unread.items() if listed_path(p) in row.imported}


def _tell_samples(session: Session, planned: ImportPlan) -> None:
    """Say which rows were passed over as samples; loudly where a patent may have been meant."""
    if planned.samples:
        rows = "、".join(f"第 {sample.row} 行" for sample in planned.samples)
        session.terminal.show(f"略过示例行 {len(planned.samples)} 行（{rows}）。")
    for sample in planned.samples:
        if not sample.is_template:
            session.terminal.say(
                f"提示：“{sample.file}”第 {sample.row} 行的专利号为“{sample.text}”，"
                f"按示例略过，未导入；是真实专利的，请删除“{SAMPLE_MARK}”二字后再导入。"
            )


def _absent(names: tuple[str, ...]) -> str:
    """A quiet word on cases of an earlier import that stand in no row now."""
    shown = "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    return (
        f"另有 {len(names)} 件以前导入的案卷不在本次清单中，未作改动：{shown}；"
        "不再需要的，用 delete 移入回收站。"
    )


def _elsewhere(session: Session, numbers: tuple[str, ...]) -> str:
    """A loud word on new cases of patents that the ledger knows from another pack's cases."""
    shown = "、".join(numbers[:MOST_NAMED]) + ("等" if len(numbers) > MOST_NAMED else "")
    return (
        f"提示：{len(numbers)} 件新增专利在其他表单包中已有案卷：{shown}。"
        f"本次按表单包 {session.pack.identity.code} 导入，将各有一件；专利信息沿用专利台账，"
        "清单中不同的以清单为准，各案卷随之更改。不需要的，请用 --pack 指明该表单包再导入。"
    )


def _why(session: Session, row: RowPlan) -> str:
    if row.reason:
        return row.reason
    changes = []
    for path, old, new in row.changes:
        field = session.pack.field(path)
        changes.append(f"{field.label if field else path}：{old or '空'} → {new or '空'}")
    return "；".join(changes)


def plan_json(planned: ImportPlan, *, dry_run: bool) -> dict[str, object]:
    """The plan as --json prints it."""
    return {
        "dry_run": dry_run,
        "counts": {action: planned.count(action) for action in ACTIONS},
        "rows": [
            {
                "file": row.file,
                "sheet": row.sheet,
                "row": row.row,
                "action": row.action,
                "patent_number": number_text(row.case) or None,
                "title": row.case.patent.title,
                "changes": [
                    {"field": path, "old": old, "new": new} for path, old, new in row.changes
                ],
                "unread": _unread(row),
                "reason": row.reason,
            }
            for row in planned.rows
        ],
        "sheets": planned.sheets,
        "samples": planned.samples,
        "notes": planned.notes,
        "absent": planned.absent,
        "elsewhere": planned.elsewhere,
    }
