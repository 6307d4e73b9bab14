"""pool create, set, add, leave, sync: a pool made, filled, left, held against the ledger."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from desktop.command_line.arguments import Parser, a_day
from desktop.command_line.commands.pool_entry_steps import told
from desktop.command_line.commands.pool_look import (
    fall_outs_json,
    one_pool,
    show_fall_outs,
)
from desktop.command_line.commands.sync_command import packs_to_read_by
from desktop.command_line.session import Session
from forms.exchange.status_export import read_status_export
from forms.exchange.workbook_reader import read_file
from forms.facts.record import Party
from forms.ground.cleaning import visible
from forms.office import pool_entry
from forms.office.pool_book_in import BookPlan, plan
from forms.office.pool_book_taken import take
from forms.office.pool_entry import applied_of
from forms.office.pool_facts import with_facts
from forms.office.pool_sync import fall_outs, not_said, take_fall_outs
from forms.office.pools import (
    GRADES,
    add_member,
    add_patents,
    change,
    create,
    leave,
    member_named,
    own_party,
    pool_named,
    take_out,
    view,
)
from forms.office.store import CannotDo, chosen
from forms.office.stored import Kept
from forms.pool.book_columns import WHY_WORDS
from forms.pool.entry_rules import digits_of
from forms.pool.records import (
    Application,
    Member,
    Pool,
    PoolPatent,
    PoolRun,
    WhyOut,
)

_MOST_TOLD = 20


# --- create, set ------------------------------------------------------------------------------


def pool_create_arguments(parser: Parser) -> None:
    """The pool's name and facts."""
    parser.add_argument("name", metavar="NAME", help="专利池的名称")
    parser.add_argument("--joined", action="store_true", help="本单位加入的，由别的单位运营")
    _facts(parser)


def pool_set_arguments(parser: Parser) -> None:
    """Which facts of which pool."""
    parser.add_argument("pool", metavar="POOL", help="专利池的名称或编号")
    _facts(parser)


def _facts(parser: Parser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="栏=值",
        help="章程的一项，如 管理费比例=10%%、分配办法=按权重、级别和权重=甲级=5；乙级=3；可写多次",
    )


def pool_create(session: Session) -> int:
    """Make a pool; of one that the office runs it is the operator."""
    args = session.args
    run: PoolRun = "joined" if args.joined else "run"
    operator = Party() if args.joined else own_party(session.store)
    pool = Pool(name=args.name.strip(), run=run, operator=operator, grades=GRADES)
    kept = create(session.store, with_facts(pool, args.set), who=session.who)
    session.terminal.show(f"已新建专利池“{kept.record.name}”，编号 {kept.id}。")
    session.terminal.json({"pool_id": kept.id, "name": kept.record.name})
    return 0


def pool_set(session: Session) -> int:
    """Change facts of a pool."""
    pool_id, facts = pool_named(session.store, session.args.pool).id, session.args.set
    kept = change(session.store, pool_id, lambda pool: with_facts(pool, facts), who=session.who)
    session.terminal.show(f"已保存“{kept.record.name}”。")
    session.terminal.json({"pool_id": kept.id, "name": kept.record.name})
    return 0


# --- add --------------------------------------------------------------------------------------


def pool_add_arguments(parser: Parser) -> None:
    """A workbook; or a member, and patents of the register as the member's."""
    one_pool(parser)
    parser.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="FILE",
        help="工作簿：成员、专利、入池申请、许可等",
    )
    parser.add_argument("--dry-run", action="store_true", help="只核对工作簿，不写入")
    parser.add_argument("--member", metavar="NAME", help="成员（不在成员表中的，登记为成员）")
    parser.add_argument(
        "--case", action="append", default=[], metavar="NUMBER", help="本单位案卷的专利，可写多次"
    )
    parser.add_argument("--category", default="", metavar="分类", help="技术分类")
    parser.add_argument("--grade", default="", metavar="级别", help="级别")
    parser.add_argument("--on", type=a_day, metavar="YYYY-MM-DD", help="入池日；不写时为今天")
    parser.add_argument("--apply", action="store_true", help="作为入池申请，待评估审核")


def pool_add(session: Session) -> int:
    """Add what a workbook has, or a member with patents of the register."""
    args, store = session.args, session.store
    pool = pool_named(store, args.pool)
    if args.file is not None:
        return _add_file(session, pool, args.file)
    if args.member is None:
        raise CannotDo("请用 --from 写明工作簿，或者用 --member 写明成员。")
    day = args.on or session.today
    cases = chosen(store, args.case) if args.case else []
    asked = [
        msgspec.structs.replace(applied_of(one), category=args.category, grade=args.grade)
        for one in cases
    ]
    if args.apply:
        made = Application(applicant=_party(session, args.member), patents=tuple(asked))
        kept = pool_entry.apply(
            store, pool.id, msgspec.structs.replace(made, received_on=day), who=session.who
        )
        return told(session, pool.id, kept)
    with store.transaction():
        member = member_named(view(store, pool.id).members, args.member, is_here=True)
        if member is None:
            new = Member(party=_party(session, args.member), joined_on=day)
            member = add_member(store, pool.id, new, who=session.who)
        patents = [
            PoolPatent(
                number=one.number,
                title=one.title,
                member_id=member.id,
                case_id=one.case_id,
                category=one.category,
                grade=one.grade,
                term_ends=one.term_ends,
                entered_on=day,
                report=one.report,
                report_conclusion=one.report_conclusion,
            )
            for one in asked
        ]
        add_patents(store, pool.id, patents, who=session.who)
    session.terminal.show(f"成员 {member.record.party.name}，入池 {len(patents)} 件。")
    session.terminal.json({"member_id": member.id, "patents": [one.number for one in patents]})
    return 0


def _party(session: Session, name: str) -> Party:
    """A party of the office itself or of its address book, else of the name alone."""
    from forms.ground.cleaning import fold

    known = [own_party(session.store), *(one.party for one in session.store.parties.listed())]
    found = next((one for one in known if one.name and fold(one.name) == fold(name)), None)
    return found or Party(name=name.strip())


def _add_file(session: Session, pool: Kept[Pool], file: Path) -> int:
    found = plan(view(session.store, pool.id), read_file(file))
    if not session.args.dry_run:
        take(session.store, pool.id, found, who=session.who)
    show_plan(session, found)
    return 1 if found.notes else 0


def show_plan(session: Session, found: BookPlan) -> None:
    """Show what a workbook changes."""
    dry_run = session.args.dry_run
    will = "将" if dry_run else "已"
    for sheet, (new, changed) in found.counted().items():
        session.terminal.show(f"{sheet}：{will}新增 {new}，{will}更改 {changed}。")
    session.terminal.show(f"无变化 {found.unchanged} 条。")
    for words in found.notes[:_MOST_TOLD]:
        session.terminal.say(f"提示：{visible(words)}。")
    if len(found.notes) > _MOST_TOLD:
        session.terminal.say(f"提示：另有 {len(found.notes) - _MOST_TOLD} 条，未逐条列出。")
    session.terminal.json(
        {
            "dry_run": dry_run,
            "changes": [
                {
                    "sheet": one.sheet,
                    "name": one.name,
                    "record_id": one.record_id,
                    "fields": one.fields,
                }
                for one in found.changes
            ],
            "unchanged": found.unchanged,
            "notes": found.notes,
        }
    )


# --- leave, sync ------------------------------------------------------------------------------


def pool_leave_arguments(parser: Parser) -> None:
    """Who leaves, or which patents fall out, from which day."""
    parser.add_argument("pool", metavar="POOL", help="专利池的名称或编号")
    parser.add_argument("member", nargs="?", default="", metavar="MEMBER", help="退出的成员")
    parser.add_argument(
        "--patent", action="append", default=[], metavar="NUMBER", help="出池的专利，可写多次"
    )
    parser.add_argument("--why", choices=tuple(WHY_WORDS), default="left", help="出池的原因")
    parser.add_argument(
        "--on", type=a_day, required=True, metavar="YYYY-MM-DD", help="自哪一天起；无效的写宣告日"
    )


def pool_leave(session: Session) -> int:
    """Let a member leave with its patents, or some patents fall out."""
    args, store = session.args, session.store
    found = view(store, pool_named(store, args.pool).id)
    day: date = args.on
    if args.member:
        member = member_named(found.members, args.member)
        if member is None:
            raise CannotDo(f"“{args.member}”不是成员，请用 pool show 查看。")
        fell = leave(store, found.pool.id, member.id, day, who=session.who)
        session.terminal.show(f"{member.record.party.name} 自 {day} 起退出，{fell} 件随之出池。")
        session.terminal.json({"member_id": member.id, "left_on": day, "patents": fell})
        return 0
    if not args.patent:
        raise CannotDo("请写明退出的成员，或者用 --patent 写明出池的专利。")
    why: WhyOut = args.why
    inside = {digits_of(one.record.number): one for one in found.patents if not one.record.why_out}
    chosen_ones = [(number, inside.get(digits_of(number))) for number in args.patent]
    if lacking := [number for number, one in chosen_ones if one is None]:
        raise CannotDo(f"{'、'.join(lacking)} 不在池内，请用 pool show 查看。")
    with store.transaction():
        for _, one in chosen_ones:
            if one is not None:
                take_out(store, one, why, day, who=session.who)
    session.terminal.show(f"{len(chosen_ones)} 件自 {day} 起出池：{WHY_WORDS[why]}。")
    session.terminal.json({"patents": _numbers(chosen_ones), "why": why, "out_on": day})
    return 0


def _numbers(chosen_ones: Sequence[tuple[str, Kept[PoolPatent] | None]]) -> list[str]:
    return [one.record.number for _, one in chosen_ones if one is not None]


def pool_sync_arguments(parser: Parser) -> None:
    """Of which pool, by which export besides the ledger; whether it is taken over."""
    one_pool(parser)
    parser.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="FILE",
        help="专利数据库或者国家知识产权局导出的表；不写时只照台账",
    )
    parser.add_argument("--take", action="store_true", help="日期明确的，照此登记出池")


def pool_sync(session: Session) -> int:
    """Tell which patents fall out by the ledger; 1 where some are left to the clerk."""
    store = session.store
    found = view(store, pool_named(store, session.args.pool).id)
    export = None
    if session.args.file is not None:
        export = read_status_export(read_file(session.args.file), packs_to_read_by(session))
        for words in export.notes[:_MOST_TOLD]:
            session.terminal.say(f"提示：{visible(words)}。")
        if lacking := not_said(found, export):
            some = "、".join(lacking[:5]) + "等" * (len(lacking) > 5)
            session.terminal.say(f"提示：{len(lacking)} 件在池专利不在表中：{some}。")
    offered = fall_outs(store, found, session.today, export)
    show_fall_outs(session, offered)
    taken = take_fall_outs(store, offered, who=session.who) if session.args.take else 0
    left = len(offered) - taken
    session.terminal.show(f"应出池 {len(offered)} 件，已登记 {taken} 件。")
    session.terminal.json({"fall_outs": fall_outs_json(offered), "taken": taken, "left": left})
    return 1 if left else 0
