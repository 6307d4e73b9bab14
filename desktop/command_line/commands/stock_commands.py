"""stock: patents in stock joined, listed, sent to colleges, merged when they come back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.command_line.arguments import Parser, a_day
from desktop.command_line.session import Session
from desktop.installed.packs_here import own_packs, stock_form_beside
from forms.facts.kinds import KIND_WORDS
from forms.ground.cleaning import visible
from forms.ground.files import write_atomically
from forms.office.case_import import read_files
from forms.office.stock_exchange import split
from forms.office.stock_report import write_report
from forms.office.stocktaking import (
    import_patents,
    join_ledger,
    open_round_of,
    sendings_of,
    stock_of,
)
from forms.office.store import CannotDo
from forms.output.stock_list import write_stock_list
from forms.stock.facts import InStock
from forms.stock.progress import STAGES, Progress, progress
from forms.stock.records import values_of
from forms.stock.stock_items import Item, StockForm, lacking_main, shown, shown_answer

_MOST_TOLD = 30
_BY = ("部门", "学院")


def list_arguments(parser: Parser) -> None:
    """Which patents."""
    parser.add_argument("--college", metavar="学院", help="只列一个学院的")
    parser.add_argument("--open", action="store_true", help="只列未填全的")
    parser.add_argument("--role", metavar="代码", help="只列一种攻防作用的，如 defensive")
    parser.add_argument("--all", action="store_true", help="连同移出盘点的")


def list_(session: Session) -> int:
    """List the patents in stock with their answers."""
    args, form = session.args, stock_form_beside(session.database)
    stock = [
        one
        for one in stock_of(session.store, with_out=args.all)
        if (not args.college or one.college == args.college)
        and (not args.open or lacking_main(form, one.patent.answers))
        and (not args.role or args.role in values_of(one.patent.answers, "role"))
    ]
    session.terminal.table(
        ("专利号", "名称", "学院", *(item.header for item in form.main), "未填"),
        [
            (
                one.number,
                one.title,
                one.college,
                *(_shown(item, one) for item in form.main),
                "、".join(item.header for item in lacking_main(form, one.patent.answers)),
            )
            for one in stock
        ],
    )
    session.terminal.show(f"共 {len(stock)} 件。{form.note}")
    session.terminal.json({"note": form.note, "patents": [_json(form, one) for one in stock]})
    return 0


def _shown(item: Item, one: InStock) -> str:
    return shown_answer(item, one.patent.answers.get(item.code))


def _json(form: StockForm, one: InStock) -> dict[str, object]:
    return {
        "patent_number": one.number,
        "title": one.title,
        "kind": KIND_WORDS[one.kind] if one.kind else None,
        "college": one.college,
        "filler": one.filler,
        "of_ledger": one.of_ledger,
        "out": one.patent.out_reason if one.patent.is_out else None,
        "answers": {
            item.code: {
                "values": answer.values,
                "shown": shown(item, answer.values),
                "unread": answer.unread or None,
                "by": answer.by,
                "on": answer.on,
                "via": answer.via or None,
            }
            for item in form.items
            if (answer := one.patent.answers.get(item.code)) is not None
        },
        "lacking": [item.code for item in lacking_main(form, one.patent.answers)],
    }


def import_arguments(parser: Parser) -> None:
    """The lists whose patents join."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="专利清单")
    parser.add_argument("--ledger", action="store_true", help="把台账中的专利都列入盘点")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")


def import_(session: Session) -> int:
    """Let patents join; 1 where a row is refused."""
    args, terminal = session.args, session.terminal
    if not args.files and not args.ledger:
        raise CannotDo("请写明专利清单文件，或用 --ledger 列入台账中的专利。")
    found = []
    if args.ledger and not args.dry_run:
        found.append(join_ledger(session.store, session.today, who=session.who))
    if args.files:
        found.append(
            import_patents(
                session.store,
                session.pack_to_look_by,
                read_files(args.files),
                session.today,
                dry_run=args.dry_run,
                who=session.who,
            )
        )
    new = [number for one in found for number in one.new]
    filled = [number for one in found for number in one.filled]
    refused = [words for one in found for words in one.refused]
    notes = [words for one in found for words in one.notes]
    same = sum(one.same for one in found)
    will = "将" if args.dry_run else "已"
    terminal.show(f"{will}列入盘点 {len(new)} 件，补填空白 {len(filled)} 件，原已列入 {same} 件。")
    say_some(session, [*refused, *notes])
    terminal.json(
        {
            "dry_run": args.dry_run,
            "new": new,
            "filled": filled,
            "same": same,
            "refused": refused,
            "notes": notes,
        }
    )
    return 1 if refused else 0


def split_arguments(parser: Parser) -> None:
    """By what, and where the workbooks go."""
    parser.add_argument("--by", default=_BY[0], choices=_BY, help="按什么拆分")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放的文件夹")
    parser.add_argument("--college", action="append", default=[], metavar="学院", help="只发这些")
    parser.add_argument("--due", type=a_day, metavar="YYYY-MM-DD", help="请学院发回的日期")
    parser.add_argument("--open", action="store_true", help="只发未填全的专利")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def split_(session: Session) -> int:
    """Write a workbook and a draft of a mail for each college."""
    args, terminal = session.args, session.terminal
    due: date | None = args.due
    made = split(
        session.store,
        stock_form_beside(session.database),
        session.store.parties,
        args.out,
        session.today,
        colleges=args.college,
        due=due,
        only_open=args.open,
        force=args.force,
        who=session.who,
        progress=terminal.progress("正在生成"),
    )
    terminal.table(
        ("学院", "专利", "未填全", "收件人", "文件"),
        [
            (one.college, str(one.patents), str(one.open), one.address or "（未知）", str(one.file))
            for one in made
        ],
    )
    terminal.show(f"已生成 {len(made)} 份盘点表和邮件草稿，尚未发出。")
    terminal.json(
        {
            "sent": [
                {
                    "college": one.college,
                    "patents": one.patents,
                    "open": one.open,
                    "file": str(one.file),
                    "mail": str(one.mail),
                    "address": one.address or None,
                }
                for one in made
            ]
        }
    )
    return 0


def colleges_of(found: Progress) -> list[dict[str, object]]:
    """How far each college is, as JSON."""
    return [
        {
            "college": one.college,
            "stage": one.stage,
            "asked": one.asked,
            "complete": one.complete,
            "lacking": one.lacking,
            "sent_on": one.sent_on,
            "due_on": one.due_on,
            "returned_on": one.returned_on,
        }
        for one in found.colleges
    ]


def status(session: Session) -> int:
    """Tell how far the round is, college by college."""
    store, form = session.store, stock_form_beside(session.database)
    sendings = [one for _, one in sendings_of(store)]
    found = progress(form, stock_of(store), sendings, session.today)
    kept = open_round_of(store)
    session.terminal.table(
        ("学院", "进度", "专利", "已填全", "发出", "限期", "收回"),
        [
            (
                one.college,
                STAGES[one.stage],
                str(one.asked),
                str(one.complete),
                *(str(day or "") for day in (one.sent_on, one.due_on, one.returned_on)),
            )
            for one in found.colleges
        ],
    )
    name = kept.record.name if kept else ""
    session.terminal.show(f"{name}共 {found.asked} 件，已填全 {found.complete} 件。")
    session.terminal.json(
        {
            "round": name or None,
            "asked": found.asked,
            "complete": found.complete,
            "lacking": found.lacking,
            "colleges": colleges_of(found),
        }
    )
    return 0


def report_arguments(parser: Parser) -> None:
    """Of which college, and where the report goes."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放的文件夹")
    parser.add_argument("--college", default="", metavar="学院", help="只做一个学院的")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def report(session: Session) -> int:
    """Write the summary as paper and workbook."""
    args, store, form = session.args, session.store, stock_form_beside(session.database)
    stock = [one for one in stock_of(store) if not args.college or one.college == args.college]
    files = write_report(
        form,
        stock,
        store.parties.office(),
        args.out,
        session.today,
        college=args.college,
        force=args.force,
        own=own_packs(session.database),
    )
    for file in files:
        session.terminal.show(f"汇总表已生成：{file}")
    session.terminal.json({"patents": len(stock), "files": [str(file) for file in files]})
    return 0


def export_arguments(parser: Parser) -> None:
    """Where the workbook goes."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx", help="工作簿")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def export(session: Session) -> int:
    """Write all that is kept of stock patents into one workbook."""
    args = session.args
    stock = stock_of(session.store, with_out=True)
    if args.out.exists() and not args.force:
        raise CannotDo(f"“{args.out}”已存在，未覆盖。请改名；确需覆盖的，请加 --force。")
    write_atomically(args.out, write_stock_list(stock_form_beside(session.database), stock))
    session.terminal.show(f"已导出 {len(stock)} 件：{args.out}")
    session.terminal.json({"patents": len(stock), "file": str(args.out)})
    return 0


def say_some(session: Session, words: Sequence[str]) -> None:
    """Tell some of many sentences."""
    for one in words[:_MOST_TOLD]:
        session.terminal.say(f"提示：{visible(one).rstrip('。')}。")
    if len(words) > _MOST_TOLD:
        session.terminal.say(f"提示：另有 {len(words) - _MOST_TOLD} 条，未逐条列出。")
