"""stock round, stock watch: rounds opened and closed; lapsed rights of others that are watched."""

from datetime import date
from pathlib import Path

from desktop.command_line.arguments import Parser, a_day
from desktop.command_line.commands.stock_commands import say_some
from desktop.command_line.session import Session
from desktop.installed.packs_here import stock_form_beside
from forms.ground.files import write_atomically
from forms.office.case_import import read_files
from forms.office.stocktaking import close_round, open_round, sendings_of, stock_of
from forms.office.store import CannotDo
from forms.office.watch_list import unwatch, watch, watch_book, watched
from forms.stock.progress import progress
from forms.stock.records import ROUNDS


def round_arguments(parser: Parser) -> None:
    """Which round is opened, or that the present one is closed."""
    parser.add_argument("--open", metavar="名称", help="开始一轮盘点，如 2026年度")
    parser.add_argument("--due", type=a_day, metavar="YYYY-MM-DD", help="这一轮的期限")
    parser.add_argument("--close", action="store_true", help="结束这一轮，记下各学院的件数")


def round_(session: Session) -> int:
    """List the rounds; open or close one first, where that is asked for."""
    args, store, today = session.args, session.store, session.today
    due: date | None = args.due
    if args.close:
        sent = [one for _, one in sendings_of(store)]
        told = progress(stock_form_beside(session.database), stock_of(store), sent, today)
        close_round(store, told.colleges, today, who=session.who)
    if args.open is not None:
        open_round(store, args.open, today, due=due, who=session.who)
    rounds = [one.record for one in store.records.of(ROUNDS).listed()]
    if not rounds:
        session.terminal.show("还没有盘点；列入专利时自动开始当年的一轮，或者用 --open 开始。")
    session.terminal.table(
        ("轮次", "开始", "期限", "结束", "专利", "已填全"),
        [
            (
                one.name,
                *(str(day or "") for day in (one.opened_on, one.due_on, one.closed_on)),
                str(sum(college.asked for college in one.figures)) if one.closed_on else "",
                str(sum(college.complete for college in one.figures)) if one.closed_on else "",
            )
            for one in rounds
        ],
    )
    session.terminal.json(
        {
            "rounds": [
                {
                    "name": one.name,
                    "opened_on": one.opened_on,
                    "due_on": one.due_on,
                    "closed_on": one.closed_on,
                    "colleges": one.figures,
                }
                for one in rounds
            ]
        }
    )
    return 0


def watch_arguments(parser: Parser) -> None:
    """What is watched from now on, or no longer, and where the list goes."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="失效专利清单")
    parser.add_argument(
        "--remove", action="append", default=[], metavar="NUMBER", help="不再关注，可写多次"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="另存为工作簿")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def watch_(session: Session) -> int:
    """List what is watched; 1 where a row of a list was refused."""
    args, store, terminal = session.args, session.store, session.terminal
    found = watch(store, read_files(args.files), who=session.who) if args.files else None
    unwatch(store, args.remove)
    rights = [one.record for one in watched(store)]
    if not rights:
        terminal.show("没有关注的失效专利；写上清单文件即列入。")
    if args.out is not None:
        if args.out.exists() and not args.force:
            raise CannotDo(f"“{args.out}”已存在，未覆盖。请改名；确需覆盖的，请加 --force。")
        write_atomically(args.out, watch_book(rights))
    terminal.table(
        ("专利号", "名称", "原专利权人", "失效日", "可恢复至", "拟用于"),
        [
            (
                *(one.number, one.title, one.owner),
                *(str(day or "") for day in (one.lapsed_on, one.until)),
                one.use,
            )
            for one in rights
        ],
    )
    if found is not None:
        terminal.show(f"新列入 {len(found.new)} 件，更新 {len(found.changed)} 件。")
        say_some(session, found.refused)
    terminal.json(
        {
            "rights": rights,
            "new": found.new if found else (),
            "changed": found.changed if found else (),
            "refused": found.refused if found else (),
        }
    )
    return 1 if found is not None and found.refused else 0
