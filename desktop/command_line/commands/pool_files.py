"""pool export, send, receive: a pool as a workbook; packages for members, and what they send."""

from pathlib import Path

from desktop.command_line.arguments import Parser, out_file, out_folder
from desktop.command_line.commands.pool_life import show_plan
from desktop.command_line.commands.pool_look import one_pool
from desktop.command_line.session import Session
from forms.ground.files import write_atomically
from forms.office.pool_book_out import empty_book, pool_book
from forms.office.pool_book_taken import take
from forms.office.pool_package import keep_enclosed, look_at_package, write_for_member
from forms.office.pools import member_named, pool_named, view
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


def pool_send_arguments(parser: Parser) -> None:
    """To which members, where to."""
    parser.add_argument("pool", metavar="POOL", help="专利池的名称或编号")
    parser.add_argument(
        "members", nargs="*", default=[], metavar="MEMBER", help="成员；不写时为全部现有成员"
    )
    out_folder(parser)


def pool_send(session: Session) -> int:
    """Write the members' packages: workbook, manifest, zip, mail draft; nothing is sent."""
    args, store = session.args, session.store
    found = view(store, pool_named(store, args.pool).id)
    chosen = [one for one in found.members if one.record.left_on is None]
    if args.members:
        named = [(name, member_named(found.members, name)) for name in args.members]
        if lacking := [name for name, one in named if one is None]:
            raise CannotDo(f"{'、'.join(lacking)} 不是成员，请用 pool show 查看。")
        chosen = [one for _, one in named if one is not None]
    office = store.parties.office()
    made = [
        (one.record.party.name, write_for_member(found, one.id, args.out, session.today, office))
        for one in chosen
    ]
    for name, sent in made:
        session.terminal.show(f"{name}：{sent.folder}")
    session.terminal.json(
        {
            "packages": [
                {"member": name, "folder": str(sent.folder), "zip": str(sent.zip)}
                for name, sent in made
            ]
        }
    )
    return 0


def pool_receive_arguments(parser: Parser) -> None:
    """What came, of which pool."""
    parser.add_argument("pool", metavar="POOL", help="专利池的名称或编号")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="工作簿、文件夹、.zip、.eml、.msg"
    )
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")


def pool_receive(session: Session) -> int:
    """Take in what members sent; 1 where something of it could not be used."""
    args, store = session.args, session.store
    pool_id = pool_named(store, args.pool).id
    received, found = look_at_package(view(store, pool_id), args.files)
    if not args.dry_run:
        with store.transaction():
            take(store, pool_id, found, who=session.who)
            keep_enclosed(store, view(store, pool_id), received, who=session.who)
    if received.enclosed:
        session.terminal.show(f"附件 {len(received.enclosed)} 个，随申请或者成员保存。")
    show_plan(session, found)
    return 1 if found.notes else 0
