"""fees, duties: what annuities are owed and paid, and all that is to be done by a day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.command_line.arguments import Parser, a_day, some_cases
from desktop.command_line.session import Session
from forms.facts.amounts import grouped
from forms.facts.annuities import State
from forms.ground.files import write_atomically
from forms.office.agenda import Item, agenda, calendar_entries
from forms.office.annual_fees import (
    PaperHead,
    PatentFees,
    fees_of,
    payment_list,
    write_payment_files,
)
from forms.office.duties import horizon
from forms.office.holdings import Holding, held
from forms.office.store import CannotDo

STATE_WORDS: dict[State, str] = {
    "paid": "已缴",
    "due": "待缴",
    "grace": "宽限期",
    "lapsed": "已终止",
    "ahead": "未到期",
}
MOST_TOLD = 20


def fees_arguments(parser: Parser) -> None:
    """Of which patents, and what is to be made or read."""
    some_cases(parser)
    parser.add_argument(
        "--all-years", action="store_true", help="列出自授权当年起各年的年费（不写时只列应缴的）"
    )
    parser.add_argument(
        "--payment-list",
        type=Path,
        metavar="FILE",
        help="生成缴费清单：.xlsx 供复制，.pdf 供打印",
    )
    parser.add_argument(
        "--until", type=a_day, metavar="YYYY-MM-DD", help="缴费清单列到这一天到期的年费"
    )
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")
    parser.add_argument(
        *("--import",),
        dest="imported",
        type=Path,
        metavar="FILE",
        help="读取缴费平台导出的应缴、已缴费用表，与台账核对，更新“年费已交至”",
    )
    parser.add_argument("--dry-run", action="store_true", help="试导入，不写入")


def fees(session: Session) -> int:
    """List what patents owe; write the payment list, or hold an export against the ledger."""
    args = session.args
    if args.imported is not None:
        return _import(session)
    holdings = _holdings(session, args.numbers)
    if args.payment_list is not None:
        return _payment_list(session, holdings)
    found = [fees_of(holding, session.today, all_years=args.all_years) for holding in holdings]
    _show_fees(session, found)
    session.terminal.json({"patents": [_fees_json(one) for one in found]})
    return 0


def _holdings(session: Session, numbers: Sequence[str]) -> list[Holding]:
    return held(session.store, session.cases_to_look_at(numbers))


def _show_fees(session: Session, found: Sequence[PatentFees]) -> None:
    terminal = session.terminal
    terminal.table(
        ("专利号", "名称", "年度", "缴费期限届满日", "全额", "减缴", "滞纳金", "应缴", "状态"),
        [
            (
                one.holding.number or "（无）",
                one.holding.entry.patent.title,
                str(annuity.year),
                str(annuity.pay_by.day),
                grouped(annuity.full),
                f"{annuity.reduction_percent}%" if annuity.reduction_percent else "",
                grouped(annuity.surcharge) if annuity.surcharge else "",
                grouped(annuity.payable),
                STATE_WORDS[annuity.state],
            )
            for one in found
            for annuity in one.annuities
        ],
    )
    listed = [annuity for one in found for annuity in one.annuities]
    standing = [annuity for annuity in listed if annuity.state != "lapsed"]
    full = sum((annuity.full for annuity in standing), Decimal(0))
    payable = sum((annuity.payable for annuity in standing), Decimal(0))
    terminal.show(
        f"共 {len(found)} 件，所列年费全额 {grouped(full)} 元，应缴 {grouped(payable)} 元。"
    )
    if lost := len(listed) - len(standing):
        terminal.show(f"已终止的 {lost} 件未计在内，所列数额在请求恢复权利时缴纳。")
    if beyond := {one.due.year for one in standing if one.pay_by.beyond and one.state == "due"}:
        years = "、".join(map(str, sorted(beyond)))
        terminal.say(f"提示：{years} 年的放假安排尚未收入程序，该年的缴费期限未作顺延。")
    _say_some(
        session,
        [
            f"{one.holding.number or '（无专利号）'}：{words}"
            for one in found
            for words in (*one.words, *((one.why_none,) if one.why_none else ()))
        ],
    )


def _say_some(session: Session, sentences: Sequence[str]) -> None:
    for words in sentences[:MOST_TOLD]:
        session.terminal.say(f"提示：{words}。")
    if len(sentences) > MOST_TOLD:
        session.terminal.say(f"提示：另有 {len(sentences) - MOST_TOLD} 条，未逐条列出。")


def _fees_json(one: PatentFees) -> dict[str, object]:
    return {
        "patent_number": one.holding.number or None,
        "title": one.holding.entry.patent.title,
        "department": one.holding.entry.department,
        "annuities": [
            {
                "year": annuity.year,
                "due": annuity.pay_by.day,
                "due_unmoved": annuity.due,
                "holidays_known": not annuity.pay_by.beyond,
                "full": money(annuity.full),
                "reduction_percent": annuity.reduction_percent,
                "surcharge": money(annuity.surcharge),
                "payable": money(annuity.payable),
                "state": annuity.state,
            }
            for annuity in one.annuities
        ],
        "total_full": money(one.total_full),
        "total_payable": money(one.total_payable),
        "notes": [*one.words, *((one.why_none,) if one.why_none else ())],
    }


def money(amount: Decimal) -> str:
    """A sum in yuan with two decimals."""
    return f"{amount:.2f}"


def _payment_list(session: Session, holdings: Sequence[Holding]) -> int:
    args, terminal = session.args, session.terminal
    office = session.store.parties.office()
    listed = payment_list(holdings, office, session.today, args.until)
    head = PaperHead(office, session.today, args.until)
    files = write_payment_files(listed, args.payment_list, head, force=args.force)
    rows = sum(len(one) for one in listed.files)
    for file in files:
        terminal.show(f"缴费清单已生成：{file}")
    terminal.show(
        f"共 {rows} 笔，合计 {grouped(listed.total)} 元。业务类型请在批量缴费模板中选择。"
    )
    _say_some(session, listed.left_out)
    terminal.json(
        {
            "payment_lists": [str(file) for file in files],
            "rows": rows,
            "total": money(listed.total),
            "left_out": listed.left_out,
        }
    )
    return 0


def _import(session: Session) -> int:
    from forms.exchange.fee_export import read_fee_export
    from forms.exchange.workbook_reader import read_file
    from forms.facts.patent_number import NotAPatentNumber, parse
    from forms.office.fee_import import compared, take_over

    args, terminal = session.args, session.terminal
    only = None
    if len(args.numbers) == 1:
        try:
            only = parse(args.numbers[0])
        except NotAPatentNumber as error:
            raise CannotDo(f"“{args.numbers[0]}”不是专利号。") from error
    elif args.numbers:
        raise CannotDo("导入缴费记录时，专利号至多写一个：用于没有专利号一栏的费用表。")
    export = read_fee_export(read_file(args.imported), only)
    found = compared(_holdings(session, ()), export, session.today)
    if not args.dry_run:
        take_over(session.store, found.changes, who=session.who)
    terminal.table(
        ("专利号", "名称", "年费已交至（原）", "年费已交至"),
        [
            (
                one.holding.number,
                one.holding.entry.patent.title,
                str(one.before or "（未填）"),
                str(one.after),
            )
            for one in found.changes
        ],
    )
    done = "将更新" if args.dry_run else "已更新"
    terminal.show(f"核对了 {found.matched} 件，{done} {len(found.changes)} 件的“年费已交至”。")
    for difference in found.differences:
        terminal.show(f"不一致：{difference.number} {difference.words}。")
    _say_some(
        session,
        [
            *(f"{number} 不在台账中，未处理" for number in found.unknown),
            *(f"{where} 缺专利号、金额或者日期，未处理" for where in export.unread),
            *([f"另有 {export.others} 笔不是年费，未核对"] if export.others else []),
        ],
    )
    terminal.json(
        {
            "dry_run": args.dry_run,
            "matched": found.matched,
            "changes": [
                {"patent_number": one.holding.number, "before": one.before, "after": one.after}
                for one in found.changes
            ],
            "differences": [
                {"patent_number": one.number, "what": one.words} for one in found.differences
            ],
            "unknown": found.unknown,
            "unread": export.unread,
            "others": export.others,
        }
    )
    return 0


# --- duties -------------------------------------------------------------------------------------


def duties_arguments(parser: Parser) -> None:
    """Up to which day, and where a calendar goes."""
    parser.add_argument(
        "--until", type=a_day, metavar="YYYY-MM-DD", help="列到这一天；不写时为一年"
    )
    parser.add_argument("--ics", type=Path, metavar="FILE", help="另存为日历文件（.ics）")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def duties_(session: Session) -> int:
    """List the dated duties of everything there is, or write them as a calendar."""
    args, today = session.args, session.today
    until: date = args.until or horizon(today)
    found = [one for one in agenda(session.store, today, until) if not one.is_excluded]
    if args.ics is not None:
        return _calendar(session, found)
    session.terminal.table(
        ("截止", "", "专利号", "金额", "依据", "事项"),
        [
            (
                str(one.duty.date),
                _standing(one, today),
                one.duty.patent_number or (one.duty.title if one.duty.pool_id else "（无）"),
                grouped(one.duty.amount) if one.duty.amount is not None else "—",
                one.duty.basis,
                one.duty.what,
            )
            for one in found
        ],
    )
    open_ones = sum(not one.is_done for one in found)
    session.terminal.show(f"到 {until} 共 {len(found)} 项，未办理 {open_ones} 项。")
    session.terminal.json({"duties": [_duty_json(one) for one in found]})
    return 0


def _standing(one: Item, today: date) -> str:
    if one.is_done:
        return "已办理"
    if one.is_snoozed:
        return f"推迟到 {one.day}"
    return f"已过 {(today - one.day).days} 天" if one.day < today else ""


def _duty_json(one: Item) -> dict[str, object]:
    duty = one.duty
    return {
        "date": duty.date,
        "kind": duty.kind,
        "patent_number": duty.patent_number or None,
        "title": duty.title,
        "case_id": duty.case_id,
        "pool_id": duty.pool_id,
        "what": duty.what,
        "basis": duty.basis,
        "amount": None if duty.amount is None else money(duty.amount),
        "done": one.is_done,
        "snoozed_until": one.day if one.is_snoozed else None,
    }


def _calendar(session: Session, found: Sequence[Item]) -> int:
    from forms.output.calendar_file import write_calendar

    args, terminal = session.args, session.terminal
    if args.ics.exists() and not args.force:
        raise CannotDo(f"“{args.ics}”已存在，未覆盖。请另选文件名；确需覆盖的，请加 --force。")
    entries = calendar_entries(found)
    write_atomically(args.ics, write_calendar(entries, session.today))
    terminal.show(f"日历已生成：{args.ics}（{len(entries)} 项）。再次导入时更新原有各项。")
    terminal.json({"ics": str(args.ics), "events": len(entries)})
    return 0
