"""license notice, receipt, report, terms, end, schedule, letter: a licence after its signature."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desktop.command_line.arguments import Parser, a_day, count, one_case, out_folder
from desktop.command_line.commands.licence_account import (
    account_json,
    chosen_licence,
    kept,
    named,
    on_day,
    one_licence,
    proof_of,
    scan_file,
    tell,
)
from desktop.command_line.session import Session
from forms.facts.amounts import grouped, plain
from forms.facts.licence_effect import effect
from forms.facts.licence_ledger import DueState, Line, ledger
from forms.facts.licence_life import Ending
from forms.facts.licence_schedule import due_words
from forms.facts.record import Licence, Party
from forms.ground.files import make_folder, write_atomically
from forms.office import licence_life
from forms.office.licence_import import licence_at
from forms.office.licence_papers import FORMATS, receipt_list, reminder
from forms.office.paper_making import Unprintable, paper_file_name
from forms.office.recordal_packet import (
    NOTICE_SCAN,
    RECEIPT_SCAN,
    REPORT_SCAN,
)
from forms.office.store import CannotDo, chosen_one
from forms.office.stored import StoredCase, StoredLicence

if TYPE_CHECKING:
    pass

STATE_WORDS: dict[DueState, str] = {
    "paid": "已付清",
    "overdue": "已逾期",
    "due": "可付款",
    "ahead": "未到期",
    "undated": "未定日期",
    "unreported": "未报表",
    "unknown": "待核定",
}
# --- notice -----------------------------------------------------------------------------------


def notice_arguments(parser: Parser) -> None:
    """Of which licence, or from whom; when and how."""
    one_case(parser)
    parser.add_argument(
        "place", type=count, nargs="?", metavar="K", help="第几份；新来的被许可人不写"
    )
    parser.add_argument("--licensee", metavar="NAME", help="新来的被许可人，登记为新的一份")
    parser.add_argument(
        "--also", nargs="+", default=[], metavar="NUMBER", help="同一被许可人一并许可的其他专利"
    )
    on_day(parser, "收到书面通知的日期")
    parser.add_argument("--how", default="", metavar="TEXT", help="通知的方式，例如 邮寄、电子邮件")
    parser.add_argument(
        "--effect", type=a_day, metavar="YYYY-MM-DD", help="公告的标准没有第一笔款额的，写明生效日"
    )
    scan_file(parser, "书面通知的扫描件")


def notice(session: Session) -> int:
    """Keep a licensee's written notice; of a new licensee, as a new licence of each patent."""
    args = session.args
    if (args.place is None) == (args.licensee is None):
        raise CannotDo("请写明第几份，或者用 --licensee 写明新来的被许可人，二者选一。")
    if args.place is not None and args.also:
        raise CannotDo("--also 只用于新来的被许可人，请同时写 --licensee。")
    numbers = [args.number, *args.also]
    done = []
    with session.store.transaction():
        for number in numbers:
            stored = chosen_one(session.store, number)
            if args.place is not None:
                one = licence_at(session.store, stored, args.place)
            else:
                new = licence_life.with_notice(
                    stored.case, Licence(licensee=Party(name=args.licensee)), args.on, session.today
                )
                one = session.store.licences.add(stored.id, new, who=session.who)
            licence = licence_life.with_notice(
                stored.case,
                one.licence,
                args.on,
                session.today,
                how=args.how,
                effect_day=args.effect,
            )
            proof = proof_of(session, one, NOTICE_SCAN, args.file)
            if proof is not None:
                noted = replace(licence.life.notice, proof=proof)
                licence = replace(licence, life=replace(licence.life, notice=noted))
            done.append((stored, kept(session, one, licence, "登记书面通知")))
    for stored, one in done:
        session.terminal.show(f"已登记 {named(session, stored, one)}的书面通知：{args.on}。")
        tell(session, stored, one.licence)
    session.terminal.json({"licences": [account_json(session, *pair) for pair in done]})
    return 0


# --- money ------------------------------------------------------------------------------------


def receipt_arguments(parser: Parser) -> None:
    """Of which licence, when, how much, what for."""
    one_licence(parser)
    on_day(parser, "到账日期")
    parser.add_argument("--amount", required=True, metavar="AMOUNT", help="到账金额，元")
    parser.add_argument("--for", dest="purpose", default="", metavar="TEXT", help="款项，例如 首批")
    parser.add_argument("--voucher", default="", metavar="TEXT", help="票据号或者回单号")
    scan_file(parser, "银行回单的扫描件")


def receipt(session: Session) -> int:
    """Keep money that came in."""
    args = session.args
    stored, one = chosen_licence(session)
    amount = licence_life.amount_of(args.amount)
    licence_life.with_receipt(one.licence, args.on, amount, session.today, number=args.voucher)
    with session.store.transaction():
        proof = proof_of(session, one, RECEIPT_SCAN, args.file)
        licence = licence_life.with_receipt(
            one.licence,
            args.on,
            amount,
            session.today,
            purpose=args.purpose,
            number=args.voucher,
            proof=proof,
        )
        one = kept(session, one, licence, "登记到账")
    session.terminal.show(
        f"已登记 {named(session, stored, one)}到账 {grouped(amount)} 元（{args.on}）。"
    )
    tell(session, stored, one.licence)
    session.terminal.json(account_json(session, stored, one))
    return 0


def report_arguments(parser: Parser) -> None:
    """Of which licence and period, and the base it reports."""
    one_licence(parser)
    on_day(parser, "收到报表的日期")
    parser.add_argument(
        "--period", required=True, metavar="PERIOD", help="报表期：2026、2026-Q2 或 2026-06"
    )
    parser.add_argument("--base", required=True, metavar="AMOUNT", help="净销售额或者利润额，元")
    scan_file(parser, "提成报表的扫描件")


def report(session: Session) -> int:
    """Keep a licensee's statement of one period.  Raises CannotDo for a period there is not."""
    args = session.args
    stored, one = chosen_licence(session)
    base = licence_life.base_of(args.base)
    licence_life.check_period(stored.case, one.licence, args.period, session.today)
    with session.store.transaction():
        proof = proof_of(session, one, REPORT_SCAN, args.file)
        licence = licence_life.with_report(one.licence, args.period, base, args.on, proof)
        one = kept(session, one, licence, "登记提成报表")
    session.terminal.show(f"已登记 {named(session, stored, one)}{args.period} 的提成报表。")
    tell(session, stored, one.licence)
    session.terminal.json(account_json(session, stored, one))
    return 0


def terms_arguments(parser: Parser) -> None:
    """Of which licence, and what was agreed on accounting and milestones."""
    one_licence(parser)
    parser.add_argument(
        "--cycle", choices=("month", "quarter", "year"), metavar="CYCLE", help="报表周期"
    )
    parser.add_argument("--days", type=count, metavar="N", help="报表期终了后几日内报表、付款")
    parser.add_argument("--minimum", metavar="AMOUNT", help="每期最低提成费，元")
    parser.add_argument("--cap", metavar="AMOUNT", help="累计最高提成费，元")
    parser.add_argument(
        "--milestone",
        nargs="+",
        action="append",
        default=[],
        metavar="TEXT",
        help="付款节点：名称 金额 [日期]；可写多次，写了的替换原有的全部",
    )


def terms(session: Session) -> int:
    """Keep how a running royalty is accounted for, or the milestones of a payment."""
    args = session.args
    stored, one = chosen_licence(session)
    old = one.licence.life.running
    running = replace(
        old,
        cycle=args.cycle or old.cycle,
        days=old.days if args.days is None else max(0, args.days),
        minimum=licence_life.amount_of(args.minimum) if args.minimum else old.minimum,
        cap=licence_life.amount_of(args.cap) if args.cap else old.cap,
    )
    milestones = tuple(licence_life.milestone_of(words) for words in args.milestone)
    life = replace(
        one.licence.life,
        running=running,
        milestones=milestones or one.licence.life.milestones,
    )
    one = kept(session, one, replace(one.licence, life=life), "登记付款约定")
    session.terminal.show(f"已登记 {named(session, stored, one)}的付款约定。")
    tell(session, stored, one.licence)
    session.terminal.json(account_json(session, stored, one))
    return 0


# --- end --------------------------------------------------------------------------------------


def end_arguments(parser: Parser) -> None:
    """Of which licence, when, how and why."""
    one_licence(parser)
    on_day(parser, "终止的日期")
    parser.add_argument(
        "--how",
        choices=("expired", "terminated"),
        default="terminated",
        metavar="HOW",
        help="expired 期限届满、terminated 解除",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="原因")


def end(session: Session) -> int:
    """Keep the end of a licence."""
    args = session.args
    stored, one = chosen_licence(session)
    ending = Ending(day=args.on, by=args.how, reason=args.reason)
    licence = licence_life.with_ending(stored.case, one.licence, ending)
    one = kept(session, one, licence, "登记终止")
    session.terminal.show(f"已登记 {named(session, stored, one)}自 {args.on} 终止。")
    if one.licence.life.recordal.recorded_on and not one.licence.life.recordal.cancelled_on:
        session.terminal.say(
            "提示：已备案的许可终止的，请办理备案注销，再用 license record --cancelled 登记。"
        )
    tell(session, stored, one.licence)
    session.terminal.json(account_json(session, stored, one))
    return 0


# --- schedule ---------------------------------------------------------------------------------


def schedule_arguments(parser: Parser) -> None:
    """Of which licence; where to write the account."""
    one_licence(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="导出收款账（.xlsx 或 .pdf），覆盖已有的同名文件"
    )


def schedule(session: Session) -> int:
    """Show what is owed under a licence and what came in."""
    stored, one = chosen_licence(session)
    if session.args.out:
        _write_receipts(session, stored, one, session.args.out)
    account = ledger(stored.case, one.licence, session.today)
    known = effect(stored.case, one.licence)
    session.terminal.show(f"{named(session, stored, one)}生效日：{known.day or '未定'}")
    session.terminal.table(
        ("应付日期", "款项", "应付（元）", "已到账（元）", "违约金（元）", "状态"),
        [_row(line) for line in account.lines],
    )
    session.terminal.show(
        f"合计应付 {grouped(account.total)} 元，已到账 {grouped(account.received)} 元，"
        f"逾期未付 {grouped(account.overdue)} 元。"
    )
    if account.penalty > 0:
        session.terminal.show(
            f"违约金按每日 {plain(account.penalty_percent or Decimal(0))}% 算至今天，"
            f"共 {grouped(account.penalty)} 元。"
        )
    tell(session, stored, one.licence)
    session.terminal.json(account_json(session, stored, one))
    return 0


def _row(line: Line) -> tuple[str, ...]:
    owed = line.due
    return (
        owed.due.isoformat() if owed.due else "未定",
        due_words(owed),
        grouped(owed.amount) if owed.amount is not None else "待报表核定",
        grouped(line.received),
        grouped(line.penalty) if line.penalty else "",
        STATE_WORDS[line.state] + (f" {line.days_late} 天" if line.is_owed else ""),
    )


def _write_receipts(session: Session, stored: StoredCase, one: StoredLicence, file: Path) -> None:
    format = file.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        raise CannotDo(f"“{file.name}”应以 .xlsx 或 .pdf 结尾。")
    office = session.store.parties.office()
    write_atomically(file, receipt_list(stored, one, office, session.today, format))
    session.terminal.show(f"收款账：{file}")


def letter_arguments(parser: Parser) -> None:
    """Of which licence, and where to."""
    one_licence(parser)
    out_folder(parser)


def letter(session: Session) -> int:
    """Write the letter that asks for overdue statements and payments."""
    stored, one = chosen_licence(session)
    pack, store = session.pack_of(stored), session.store
    office = store.parties.office()
    try:
        done = reminder(stored, one, pack, office, session.today)
    except Unprintable as fault:
        raise CannotDo(f"{fault}。") from fault
    paper, day = pack.papers[done.paper], session.today.isoformat()
    name = paper_file_name(pack, paper, stored.case, office, day, licence=one.licence)
    file = session.args.out / f"{name}_{day}.pdf"
    make_folder(session.args.out)
    with store.transaction():
        store.papers.record_exports([done])
        write_atomically(file, done.content)
    session.terminal.show(f"已生成，尚未发出：{file}")
    session.terminal.json({**account_json(session, stored, one), "path": str(file)})
    return 0
