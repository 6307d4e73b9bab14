"""stock merge: workbooks that came back, held against the stock and taken over."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.commands.stock_commands import colleges_of, say_some
from desktop.command_line.session import Session
from desktop.installed.packs_here import stock_form_beside
from forms.office.stock_exchange import look, merge, read_back
from forms.office.stocktaking import sendings_of, stock_of
from forms.stock.merging import STANDINGS, Change, MergePlan, Standing
from forms.stock.progress import STAGES, Progress, progress
from forms.stock.returned import Said
from forms.stock.stock_items import Item, shown

_ALSO: dict[str, Standing] = {
    "冲突": "conflict",
    "清空": "cleared",
    "推断": "guessed",
    "改号": "renumbered",
    "别院": "foreign",
}


def merge_arguments(parser: Parser) -> None:
    """What came back, and what of it is taken that is not taken by itself."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="收回的盘点表")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        choices=tuple(_ALSO),
        help="核对后一并采用：冲突（以收回的为准）、清空、推断（列名被改）、改号、别院；可写多次",
    )
    parser.add_argument("--join", action="store_true", help="把表中新增的专利列入盘点")


def merge_(session: Session) -> int:
    """Merge what came back; 1 where something is left to be looked at."""
    args, store, form = session.args, session.store, stock_form_beside(session.database)
    back = read_back(args.files, form)
    plan = look(store, form, back)
    also = {_ALSO[word] for word in args.also}
    twice = Counter((one.patent.id, one.item.code) for one in plan.changes)
    changes = [
        one
        for one in plan.changes
        if one.is_taken or (one.standing in also and twice[(one.patent.id, one.item.code)] == 1)
    ]
    joining = [one for one in plan.odd if one.number] if args.join else []
    joined: Sequence[str] = [one.number for one in joining]
    left = 0
    if not args.dry_run:
        done = merge(
            store,
            form,
            back.read,
            plan,
            session.today,
            changes=changes,
            joining=joining,
            who=session.who,
            progress=session.terminal.progress("正在写入"),
        )
        joined, left = done.joined, len(done.left)
    sendings = [one for _, one in sendings_of(store)]
    standing = progress(form, stock_of(store), sendings, session.today)
    taken = {one.key for one in changes}
    _show_merge(session, plan, taken, standing)
    session.terminal.json(
        {
            "dry_run": args.dry_run,
            "files": [
                {
                    "file": one.file.name,
                    "college": one.college or None,
                    "rows": len(one.file.rows),
                    "known": one.known,
                    "unfilled": one.unfilled,
                    "lacking_columns": one.file.lacking,
                }
                for one in plan.files
            ],
            "changes": [_change(one, is_taken=one.key in taken) for one in plan.changes],
            "unchanged": plan.unchanged,
            "missing": [
                {"file": one.file, "college": one.college, "patent_number": one.number}
                for one in plan.missing
            ],
            "odd": [
                {
                    "file": one.file,
                    "place": one.place,
                    "patent_number": one.number or None,
                    "text": one.text,
                    "title": one.title,
                }
                for one in plan.odd
            ],
            "joined": joined,
            "changed_meanwhile": left,
            "notes": plan.notes,
            "colleges": colleges_of(standing),
        }
    )
    is_left = any(one.key not in taken for one in plan.changes) or bool(left or plan.missing)
    is_left = is_left or bool(back.unread)
    return 1 if is_left or len(plan.odd) > len(joining) else 0


def _show_merge(
    session: Session, plan: MergePlan, taken: set[tuple[int, str, str]], standing: Progress
) -> None:
    terminal, will = session.terminal, "将" if session.args.dry_run else "已"
    terminal.table(
        ("专利号", "项目", "现在", "收回的", "结果", "出处"),
        [
            (
                one.patent.number,
                one.item.header,
                _words(one.item, one.before) or "（未填）",
                _words(one.item, one.after) or "（空白）",
                f"{will}更新" if one.key in taken else STANDINGS[one.standing],
                f"{one.file} {one.place}{f'：{one.reason}' if one.reason else ''}",
            )
            for one in plan.changes
        ],
    )
    for file in plan.files:
        whose = file.college or "（学院不明）"
        terminal.show(f"{file.file.name}：{whose}，{file.known} 件，未填全 {file.unfilled} 件。")
    odd = [
        f"{row.file} {row.place}：{row.text or '（无专利号）'}不在盘点中，未采用"
        for row in plan.odd
    ]
    gone = [f"{row.file}：缺少 {row.number}《{row.title}》一行" for row in plan.missing]
    say_some(session, [*plan.notes, *odd, *gone])
    terminal.show(f"{will}更新 {len(taken)} 格，无变化 {plan.unchanged} 格。")
    for each in standing.colleges:
        words = f"，未填全 {each.open} 件" if each.open else ""
        terminal.show(f"{each.college}：{STAGES[each.stage]}，{each.asked} 件{words}。")


def _words(item: Item, said: Said) -> str:
    return said.unread or shown(item, said.values)


def _change(one: Change, *, is_taken: bool) -> dict[str, object]:
    return {
        "patent_number": one.patent.number,
        "college": one.patent.college,
        "item": one.item.code,
        "before": _words(one.item, one.before),
        "after": _words(one.item, one.after),
        "standing": one.standing,
        "taken": is_taken,
        "reason": one.reason,
        "file": one.file,
        "place": one.place,
        "by": one.by,
    }
