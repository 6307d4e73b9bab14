"""pool review, accept: an application on its way into a pool."""

from argparse import ArgumentTypeError
from decimal import Decimal, InvalidOperation

import msgspec

from desktop.command_line.arguments import Parser, a_day, count
from desktop.command_line.commands.pool_look import application_json
from desktop.command_line.session import Session
from forms.office import pool_entry
from forms.office.pool_entry import STAGE_WORDS, problems_of
from forms.office.pools import pool_named
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.pool.book_columns import VOTE_WORDS
from forms.pool.records import APPLICATIONS, Agreement, Application, Opinion, Pool, Vote


def pool_review_arguments(parser: Parser) -> None:
    """An opinion on an application, or how many are asked for."""
    _one_application(parser)
    parser.add_argument("--ask", type=count, metavar="N", help="送评估：请几位评估人")
    parser.add_argument("--by", default="", metavar="NAME", help="评估人")
    parser.add_argument("--unit", default="", metavar="NAME", help="评估人的单位")
    parser.add_argument("--vote", choices=tuple(VOTE_WORDS), help="意见")
    parser.add_argument("--grade", default="", metavar="级别", help="建议的级别")
    parser.add_argument("--score", type=_number, metavar="N", help="评分")
    parser.add_argument("--words", default="", metavar="TEXT", help="说明")
    parser.add_argument("--on", type=a_day, metavar="YYYY-MM-DD", help="日期；不写时为今天")


def pool_review(session: Session) -> int:
    """Give an application to reviewers, or note an opinion; tell what stands against it."""
    args, store = session.args, session.store
    pool, kept = _application(session)
    day = args.on or session.today
    if args.ask is not None:
        kept = pool_entry.to_review(store, kept, day, args.ask, who=session.who)
    if args.by or args.vote:
        vote: Vote | None = args.vote
        opinion = Opinion(
            reviewer=args.by,
            unit=args.unit,
            day=day,
            vote=vote,
            grade=args.grade,
            score=args.score,
            words=args.words,
        )
        kept = pool_entry.add_opinion(store, kept, opinion, who=session.who)
    return told(session, pool.id, kept)


def pool_accept_arguments(parser: Parser) -> None:
    """Which patents are taken, and how far the entry has come."""
    _one_application(parser)
    parser.add_argument(
        "--only", action="append", default=[], metavar="NUMBER", help="只有这几件入池，可写多次"
    )
    parser.add_argument("--refuse", action="store_true", help="都不入池（要写理由）")
    parser.add_argument("--reason", default="", metavar="TEXT", help="理由")
    parser.add_argument("--by", default="", metavar="NAME", help="由谁决定")
    parser.add_argument("--on", type=a_day, metavar="YYYY-MM-DD", help="决定日；不写时为今天")
    parser.add_argument(
        "--signed", type=a_day, metavar="YYYY-MM-DD", help="入池协议签署日：签署后专利入池"
    )
    parser.add_argument("--from", dest="first", type=a_day, metavar="YYYY-MM-DD", help="入池日")
    parser.add_argument("--until", type=a_day, metavar="YYYY-MM-DD", help="入池期限至")


def pool_accept(session: Session) -> int:
    """Decide on an application, list what is taken, and with --signed let it enter."""
    args, store = session.args, session.store
    pool, kept = _application(session)
    day = args.on or session.today
    with store.transaction():
        if kept.record.stage in ("applied", "review"):
            taken = args.only or [one.number for one in kept.record.patents]
            kept = pool_entry.decide(
                store,
                kept,
                [] if args.refuse else taken,
                day,
                by=args.by,
                reason=args.reason,
                who=session.who,
            )
        if kept.record.stage == "listed":
            kept = pool_entry.list_it(store, kept, day, who=session.who)
        if args.signed is not None:
            blank = Agreement(members_license_alone=True)
            agreement = msgspec.structs.replace(
                blank, signed_on=args.signed, starts_on=args.first, ends_on=args.until
            )
            kept = pool_entry.sign(store, kept, agreement, before=blank, who=session.who)
    return told(session, pool.id, kept)


def _one_application(parser: Parser) -> None:
    parser.add_argument("pool", metavar="POOL", help="专利池的名称或编号")
    parser.add_argument("application", type=count, metavar="ID", help="申请编号，见 pool show")


def _application(session: Session) -> tuple[Kept[Pool], Kept[Application]]:
    pool = pool_named(session.store, session.args.pool)
    wanted = session.args.application
    found = session.store.records.of(APPLICATIONS).listed(parent=pool.id)
    kept = next((one for one in found if one.id == wanted), None)
    if kept is None:
        raise CannotDo(f"“{pool.record.name}”没有编号为 {wanted} 的入池申请，请用 pool show 查看。")
    return pool, kept


def told(session: Session, pool_id: int, kept: Kept[Application]) -> int:
    """Show where an application is, and what stands against it; 1 where it can not go on."""
    record, open_ = kept.record, kept.record.stage in pool_entry.ON_THE_WAY
    problems = problems_of(session.store, pool_id, kept, session.today) if open_ else ()
    session.terminal.show(
        f"申请 {kept.id}：{record.applicant.name}，{len(record.patents)} 件，"
        f"{STAGE_WORDS[record.stage]}，评估意见 {len(record.opinions)} 份。"
    )
    for one in problems:
        session.terminal.show(f"{one.message}依据：{one.basis}")
    session.terminal.json(application_json(kept, problems))
    return 1 if any(one.severity == "error" for one in problems) else 0


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise ArgumentTypeError(f"“{text}”不是数字") from error
    if not found.is_finite() or abs(found) > 1_000_000:
        raise ArgumentTypeError(f"“{text}”过大")
    return found
