"""pool paper: the papers of a pool's applications, agreements, licences, members and charts."""

from desktop.command_line.arguments import Parser, out_file
from desktop.command_line.commands.pool_look import one_pool
from desktop.command_line.session import Session
from desktop.installed.program_places import taken_packs_folder
from forms.ground.files import write_atomically
from forms.office.pool_paper_making import PAPERS, pool_document
from forms.office.pools import pool_named, view
from forms.office.record_papers import paper_file
from forms.office.store import CannotDo
from forms.pack.record_pack import record_pack


def pool_paper_arguments(parser: Parser) -> None:
    """Which paper of what, where to."""
    known = "、".join(f"{code}（{words}）" for code, words in PAPERS.items())
    parser.add_argument("paper", choices=PAPERS, metavar="PAPER", help=known)
    one_pool(parser)
    parser.add_argument(
        "--of",
        default="",
        metavar="NAME",
        help="申请人、成员、被许可人、专利号、自查表名称，或者记录的编号；只有一个的不写",
    )
    parser.add_argument("--draft", action="store_true", help="每页印上“草稿”")
    out_file(parser, "写到这个文件：.pdf，或者 .docx")


def pool_paper(session: Session) -> int:
    """Write a paper of a pool as PDF or Word."""
    args, store = session.args, session.store
    format_ = args.out.suffix.lower().lstrip(".")
    pack = record_pack("pool", taken_packs_folder(session.database))
    formats = pack.papers[args.paper].formats if args.paper in pack.papers else ()
    if format_ not in formats:
        raise CannotDo(f"{PAPERS[args.paper]}可以存为：{'、'.join(f'.{one}' for one in formats)}。")
    if args.out.exists() and not args.force:
        raise CannotDo(f"“{args.out}”已存在；覆盖的，请加 --force。")
    found = view(store, pool_named(store, args.pool).id)
    document = pool_document(
        store, found, pack, args.paper, args.of, session.today, draft=args.draft
    )
    write_atomically(args.out, paper_file(document, "docx" if format_ == "docx" else "pdf"))
    session.terminal.show(f"已写出{PAPERS[args.paper]}：{args.out}。")
    session.terminal.json({"paper": args.paper, "file": str(args.out), "draft": args.draft})
    return 0
