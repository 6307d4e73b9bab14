"""sync: how patents stand now, by an export of a database or of the office."""

from collections.abc import Sequence
from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.exchange.status_export import read_status_export
from forms.exchange.workbook_reader import read_file
from forms.ground.cleaning import visible
from forms.office.status_sync import Difference, StatusSync, SyncRow, named_paths, sync
from forms.pack.types import Pack

MOST_TOLD = 20
MOST_NAMED = 5


def sync_arguments(parser: Parser) -> None:
    """The export, and what of it is taken over."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="专利数据库或者国家知识产权局导出的表"
    )
    parser.add_argument(
        "--only",
        metavar="栏,栏",
        help="只更新这几栏，如 状态,年费,专利权人；与台账冲突的，写明才更新",
    )
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")


def sync_(session: Session) -> int:
    """Hold an export against the ledger, row by row; 1 where a conflict is to be looked at."""
    args = session.args
    export = read_status_export(read_file(args.file), packs_to_read_by(session))
    words = [word for word in (args.only or "").replace("，", ",").split(",") if word.strip()]
    only = named_paths(export, words) if args.only is not None else None
    found = sync(
        session.store,
        export,
        session.today,
        only=only,
        dry_run=args.dry_run,
        who=session.who,
    )
    _show(session, found)
    session.terminal.json(_json(found, dry_run=args.dry_run))
    return 1 if any(_left(row) for row in found.rows) else 0


def packs_to_read_by(session: Session) -> list[Pack]:
    """Every pack there is, that in use first: their headings are known."""
    first = session.pack_to_look_by
    others = (session.shelf.of(code) for code in session.packs)
    return [first, *(pack for pack in others if pack is not None and pack is not first)]


def _left(row: SyncRow) -> list[Difference]:
    return [one for one in row.differences if one.is_conflict and not one.is_taken]


def _show(session: Session, found: StatusSync) -> None:
    terminal, dry_run = session.terminal, session.args.dry_run
    taken = "将更新" if dry_run else "已更新"
    terminal.table(
        ("专利号", "名称", "结果", "栏", "台账", "文件"),
        [
            (
                row.holding.number,
                row.holding.entry.patent.title,
                taken if one.is_taken else "冲突" if one.is_conflict else "未更新",
                one.label,
                one.before or "（未填）",
                one.after,
            )
            for row in found.rows
            for one in row.differences
        ],
    )
    for row in found.rows:
        for act in row.to_do:
            until = f"（至 {act.until}）" if act.until else ""
            terminal.show(f"要办：{row.holding.number} {act.what}{until}。依据：{act.basis}。")
    changed = sum(any(one.is_taken for one in row.differences) for row in found.rows)
    terminal.show(f"{taken} {changed} 件，无变化 {found.unchanged} 件。")
    if conflicts := sum(bool(_left(row)) for row in found.rows):
        terminal.show(f"{conflicts} 件与台账冲突，未更新；核对后用 --only 写明该栏再更新。")
    if found.unknown:
        some = "、".join(found.unknown[:MOST_NAMED]) + "等" * (len(found.unknown) > MOST_NAMED)
        terminal.say(f"提示：{len(found.unknown)} 件不在台账中，未处理：{some}。")
    _say_some(session, found.notes)


def _say_some(session: Session, notes: Sequence[str]) -> None:
    for words in notes[:MOST_TOLD]:
        session.terminal.say(f"提示：{visible(words)}。")
    if len(notes) > MOST_TOLD:
        session.terminal.say(f"提示：另有 {len(notes) - MOST_TOLD} 条，未逐条列出。")


def _json(found: StatusSync, *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "rows": [
            {
                "patent_number": row.holding.number or None,
                "title": row.holding.entry.patent.title,
                "row": row.line.row.row,
                "case_ids": [stored.id for stored in row.holding.cases],
                "changes": [_change(one) for one in row.differences if one.is_taken],
                "left": [
                    {**_change(one), "conflict": one.is_conflict}
                    for one in row.differences
                    if not one.is_taken
                ],
                "to_do": [
                    {"what": act.what, "until": act.until, "basis": act.basis} for act in row.to_do
                ],
            }
            for row in found.rows
        ],
        "unknown": found.unknown,
        "unchanged": found.unchanged,
        "notes": found.notes,
    }


def _change(one: Difference) -> dict[str, object]:
    return {"field": one.path, "label": one.label, "before": one.before, "after": one.after}
