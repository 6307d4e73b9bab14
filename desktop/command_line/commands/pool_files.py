"""pool export: all of a pool as a workbook, or a template of its sheets."""

from desktop.command_line.arguments import Parser, out_file
from desktop.command_line.commands.pool_look import one_pool
from desktop.command_line.session import Session
from forms.ground.files import write_atomically
from forms.office.pool_book_out import empty_book, pool_book
from forms.office.pools import pool_named, view
from forms.office.store import CannotDo
from forms.pool.book_columns import APPLICATIONS, LICENCES, MEMBERS, OPINIONS, PATENTS


def pool_export_arguments(parser: Parser) -> None:
    """Of which pool, where to."""
    one_pool(parser)
    parser.add_argument("--template", action="store_true", help="只要表头，供填写")
    out_file(parser, "写到这个文件（.xlsx）")


def pool_export(session: Session) -> int:
    """Write a pool as a workbook."""
    args = session.args
    if args.out.exists() and not args.force:
        raise CannotDo(f"“{args.out}”已存在；覆盖的，请加 --force。")
    if args.template:
        content = empty_book((MEMBERS, PATENTS, APPLICATIONS, OPINIONS, LICENCES))
    else:
        content = pool_book(view(session.store, pool_named(session.store, args.pool).id))
    write_atomically(args.out, content)
    session.terminal.show(f"已写出 {args.out}。")
    session.terminal.json({"file": str(args.out)})
    return 0
