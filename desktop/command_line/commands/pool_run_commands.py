"""pool run, statements, pay: a pool's distributions, their notices, what the members are paid."""

import argparse
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desktop.command_line.arguments import Parser, a_day
from desktop.command_line.commands.pool_look import one_pool
from desktop.command_line.session import Session
from desktop.installed.program_places import taken_packs_folder
from forms.facts.amounts import grouped, plain
from forms.facts.quantities import Unreadable, read_money, read_percent
from forms.ground.files import write_atomically
from forms.office.pool_books import run_book
from forms.office.pool_money import PoolMoney, pool_money
from forms.office.pool_payments import Owed, owed, pay, undistributed
from forms.office.pool_runs import (
    close_run,
    correct_run,
    drop_run,
    looked_at,
    new_run,
    save_run,
    sums_of,
)
from forms.office.pools import pool_named
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.pool.records import OperatorFee
from forms.pool.runs import Payment, Run, Taken
from forms.pool.share_faults import NoShares
from forms.pool.share_input import METHOD_WORDS

_STATE = {True: "已定稿", False: "未定稿"}


def pool_run_arguments(parser: Parser) -> None:
    """Which pool, which run; what is to be done with it."""
    one_pool(parser)
    _which(parser, "列出、修改、定稿哪一次，如 2026-01；不写的新建（写 --from、--to）或者列出各次")
    parser.add_argument("--from", dest="first", type=a_day, metavar="YYYY-MM-DD", help="期间起日")
    parser.add_argument("--to", dest="last", type=a_day, metavar="YYYY-MM-DD", help="期间止日")
    parser.add_argument(
        "--method", choices=tuple(METHOD_WORDS), metavar="METHOD",
        help="number 按件数、weight 按权重、agreed 按协议、formula 按公式；不写的照专利池的章程",
    )  # fmt: skip
    parser.add_argument("--by-days", action="store_true", default=None, help="专利按天数计")
    parser.add_argument("--fee", type=_fee, metavar="比例或金额", help="管理费，如 10%% 或 5000")
    parser.add_argument(
        "--enter", nargs=3, action="append", default=[], metavar=("DATE", "AMOUNT", "PAYER"),
        help="登记许可以外的一笔收入，可写多次",
    )  # fmt: skip
    parser.add_argument("--pay-by", type=a_day, metavar="YYYY-MM-DD", help="付款期限")
    done = parser.add_mutually_exclusive_group()
    done.add_argument("--close", action="store_true", help="定稿，以后不再改动")
    done.add_argument("--correct", metavar="REASON", help="更正已定稿的一次，写明原因")
    done.add_argument("--drop", action="store_true", help="删除未定稿的一次")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="另存分配表")


def pool_run(session: Session) -> int:
    """Begin, change, close, correct, drop or show a distribution; without one, list all."""
    args, store = session.args, session.store
    pool_id = pool_named(store, args.pool).id
    money = pool_money(store, pool_id)
    if args.which is None and args.first is None and args.last is None:
        return _list(session, money)
    if args.which is None:
        if args.first is None or args.last is None:
            raise CannotDo("新建收益分配须写明期间：--from 起日 --to 止日。")
        kept = new_run(store, pool_id, args.first, args.last, who=session.who)
    else:
        kept = _run(money, args.which)
    if args.drop:
        drop_run(store, kept)
        session.terminal.show(f"已删除{kept.record.words}分配。")
        session.terminal.json({"dropped": kept.record.number})
        return 0
    if args.correct is not None:
        kept = correct_run(store, pool_id, kept.id, args.correct, who=session.who)
    changed = _changed(session, kept.record)
    if changed != kept.record:
        kept = save_run(store, kept, changed, who=session.who)
    if args.close:
        kept = close_run(store, kept, session.today, who=session.who)
    return _show(session, pool_money(store, pool_id), kept)


def pool_statements_arguments(parser: Parser) -> None:
    """Which run of which pool, and where the notices go."""
    one_pool(parser)
    _which(parser, "哪一次，如 2026-01；不写的为最近定稿的一次")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="保存的文件夹")


def pool_statements(session: Session) -> int:
    """Write the notices of a closed run, with workbooks and mail drafts."""
    from forms.office.pool_statements import write_notices  # slow to import

    args, store = session.args, session.store
    money = pool_money(store, pool_named(store, args.pool).id)
    closed = [kept for kept in money.runs if kept.record.is_closed]
    if args.which is None and not closed:
        raise CannotDo(f"“{money.pool.name}”还没有定稿的分配，先用 pool run --close 定稿。")
    kept = closed[-1] if args.which is None else _run(money, args.which)
    progress = session.terminal.progress("正在生成通知书")
    office = store.parties.office()
    own = taken_packs_folder(session.database)
    made = write_notices(money, kept.record, office, session.today, args.out, progress, own=own)
    session.terminal.clear()
    session.terminal.show(
        f"已生成 {made.notices} 份通知书、{made.mails} 封邮件草稿（没有发出）：{made.folder}"
    )
    session.terminal.json(
        {
            "run": kept.record.number,
            "folder": str(made.folder),
            "notices": made.notices,
            "mails": made.mails,
        }
    )
    return 0


def pool_pay_arguments(parser: Parser) -> None:
    """Which member is paid by which run; without one, what is due."""
    one_pool(parser)
    _which(parser, "哪一次，如 2026-01")
    parser.add_argument("--member", metavar="NAME", help="付给哪个成员；不写的列出应付款")
    parser.add_argument("--on", type=a_day, metavar="YYYY-MM-DD", help="付款日；不写时为今天")
    parser.add_argument(
        "--amount", type=_money, metavar="AMOUNT", help="金额，元；不写时为未付的全部"
    )
    parser.add_argument("--voucher", default="", metavar="NUMBER", help="票据号、回单号")
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="照工作簿登记付款（先用 --out 写出）"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="把应付款、已付款写成工作簿")
    parser.add_argument("--within", type=int, metavar="DAYS", help="只列出几天内到期的")


def pool_pay(session: Session) -> int:
    """Note a payment to a member, or list what is due."""
    args, store = session.args, session.store
    pool_id = pool_named(store, args.pool).id
    money = pool_money(store, pool_id)
    found = owed(money)
    if args.which is not None:
        run_id = _run(money, args.which).id
        found = [one for one in found if one.run_id == run_id]
    if args.file is not None:
        return _paid_by_book(session, money)
    if args.member is None:
        return _due(session, money, found)
    mine = [one for one in found if one.share.name == args.member and one.left]
    if len(mine) != 1:
        words = "没有未付的款项" if not mine else "有几次未付清，请用 --run 写明哪一次"
        raise CannotDo(f"{args.member} {words}。")
    one = mine[0]
    payment = Payment(
        run_id=one.run_id,
        member_id=one.share.member_id,
        day=args.on or session.today,
        amount=one.left if args.amount is None else args.amount,
        voucher=args.voucher,
    )
    pay(store, pool_id, [payment], today=session.today, who=session.who)
    session.terminal.show(f"已登记付给 {args.member} {grouped(payment.amount)} 元。")
    after = [other for other in owed(pool_money(store, pool_id)) if other.run_id == one.run_id]
    session.terminal.json({"due": [_owed_json(other) for other in after]})
    return 0


def _paid_by_book(session: Session, money: PoolMoney) -> int:
    """Take payments from a workbook; 1 where a row of it could not be taken."""
    from forms.office.pool_payment_book import read_payments  # slow to import

    payments, notes = read_payments(session.args.file, money)
    pay(session.store, money.id, payments, today=session.today, who=session.who)
    for note in notes:
        session.terminal.say(note)
    session.terminal.show(f"已登记 {len(payments)} 笔付款。")
    session.terminal.json({"paid": len(payments), "notes": notes})
    return 1 if notes else 0


# --- what is shown ----------------------------------------------------------------------------


def _list(session: Session, money: PoolMoney) -> int:
    rows = [
        (
            run.number,
            f"{run.first} 至 {run.last}",
            METHOD_WORDS[run.rule.method],
            _STATE[run.is_closed],
            grouped(run.totals.distributed) if run.is_closed else "—",
            run.reason,
        )
        for _, run in money.numbered
    ]
    session.terminal.table(("编号", "期间", "办法", "状态", "分配（元）", "更正的原因"), rows)
    waiting = undistributed(session.store, money, session.today)
    total = sum((one.amount or Decimal(0) for one in waiting), Decimal("0.00"))
    if waiting:
        session.terminal.show(f"{len(waiting)} 笔到账共 {grouped(total)} 元尚未分配。")
    session.terminal.json(
        {
            "runs": [_short(run) for _, run in money.numbered],
            "undistributed": {"count": len(waiting), "amount": f"{total:.2f}"},
        }
    )
    return 0


def _show(session: Session, money: PoolMoney, kept: Kept[Run]) -> int:
    """Show a run; 1 where its shares can not be reckoned, 0 else."""
    terminal, fault = session.terminal, ""
    try:
        run = looked_at(money, kept.record)
    except NoShares as found:
        run, fault = sums_of(kept.record), str(found)
    totals = run.totals
    terminal.show(f"{money.pool.name} {run.words}分配（{run.number}，{_STATE[run.is_closed]}）")
    terminal.show(
        f"{run.first} 至 {run.last}：收入 {grouped(totals.income)} 元，"
        f"管理费 {grouped(totals.fee)} 元，代缴年费 {grouped(totals.annuities)} 元，"
        f"可分配 {grouped(totals.distributed)} 元，{METHOD_WORDS[run.rule.method]}分配。"
    )
    terminal.table(
        ("成员", "件数", "权重", "应得（元）", "以前（元）", "本次（元）"),
        [
            (
                *(one.name, str(one.count), plain(one.weight)),
                *map(grouped, (one.amount, one.before, one.due)),
            )
            for one in run.shares
        ],
    )
    if fault:
        terminal.say(f"还不能分配：{fault}")
    elif session.args.out is not None:
        write_atomically(session.args.out, run_book(money.pool, run))
        terminal.show(f"分配表已生成：{session.args.out}")
    left = {one.share.member_id: one for one in owed(money) if one.run_id == kept.id}
    terminal.json(
        {
            "run": _short(run)
            | {
                "shares": [
                    {
                        "member": one.name,
                        "count": one.count,
                        "weight": plain(one.weight),
                        "amount": str(one.amount),
                        "before": str(one.before),
                        "due": str(one.due),
                        "paid": str(left[one.member_id].paid) if one.member_id in left else "0.00",
                    }
                    for one in run.shares
                ],
                "total": f"{sum((one.amount for one in run.shares), Decimal(0)):.2f}",
                "fault": fault or None,
            }
        }
    )
    return 1 if fault else 0


def _short(run: Run) -> dict[str, Any]:
    totals = run.totals
    return {
        "number": run.number,
        "period": [run.first, run.last],
        "method": run.rule.method,
        "by_days": run.rule.by_days,
        "income": f"{totals.income:.2f}",
        "fee": f"{totals.fee:.2f}",
        "annuities": f"{totals.annuities:.2f}",
        "distributed": f"{totals.distributed:.2f}",
        "closed_on": run.closed_on,
        "pay_by": run.pay_by,
        "corrects": run.corrects is not None,
        "reason": run.reason,
    }


def _due(session: Session, money: PoolMoney, found: list[Owed]) -> int:
    within: int | None = session.args.within
    last = None if within is None else session.today + timedelta(days=within)
    due = [
        one
        for one in found
        if one.left and (last is None or (one.run.pay_by is not None and one.run.pay_by <= last))
    ]
    session.terminal.table(
        ("分配", "成员", "应付（元）", "已付（元）", "未付（元）", "付款期限"),
        [
            (
                *(one.run.number, one.share.name),
                *map(grouped, (one.share.due, one.paid, one.left)),
                str(one.run.pay_by or "—"),
            )
            for one in due
        ],
    )
    if session.args.out is not None:
        from forms.office.pool_payment_book import payment_book

        write_atomically(session.args.out, payment_book(money))
    total = sum((one.left for one in due), Decimal("0.00"))
    session.terminal.show(f"{money.pool.name}：{len(due)} 笔未付，共 {grouped(total)} 元。")
    session.terminal.json({"due": [_owed_json(one) for one in due]})
    return 0


def _owed_json(one: Owed) -> dict[str, Any]:
    return {
        "run": one.run.number,
        "member": one.share.name,
        "due": f"{one.share.due:.2f}",
        "paid": f"{one.paid:.2f}",
        "left": f"{one.left:.2f}",
        "pay_by": one.run.pay_by,
    }


# --- what is asked ----------------------------------------------------------------------------


def _which(parser: Parser, words: str) -> None:
    parser.add_argument("--run", dest="which", metavar="NUMBER", help=words)


def _run(money: PoolMoney, number: str) -> Kept[Run]:
    for kept in money.runs:
        if kept.record.number == number.strip():
            return kept
    known = "、".join(run.number for _, run in money.numbered) or "无"
    raise CannotDo(f"“{money.pool.name}”没有编号为 {number} 的分配。有：{known}。")


def _changed(session: Session, run: Run) -> Run:
    """The run with what the options say otherwise."""
    args = session.args
    rule = run.rule
    if args.method is not None:
        rule = replace(rule, method=args.method)
    if args.by_days is not None:
        rule = replace(rule, by_days=True)
    if args.which is not None and (args.first or args.last):
        first, last = args.first or run.first, args.last or run.last
        if first is not None and last is not None and last < first:
            raise CannotDo(f"期间的止日 {last} 早于起日 {first}，请改正。")
        run = replace(run, first=first, last=last)
    entered = tuple(_entered(*one) for one in args.enter)
    for one in entered:
        if one.day and not (run.first or one.day) <= one.day <= (run.last or one.day):
            raise CannotDo(f"--enter 的日期 {one.day} 不在期间 {run.first} 至 {run.last} 之内。")
    return replace(
        run,
        rule=rule,
        fee=run.fee if args.fee is None else args.fee,
        pay_by=args.pay_by or run.pay_by,
        receipts=(*run.receipts, *entered),
    )


def _entered(day: str, amount: str, payer: str) -> Taken:
    try:
        return Taken(day=date.fromisoformat(day), amount=_money(amount), payer=payer.strip())
    except (ValueError, argparse.ArgumentTypeError) as fault:
        raise CannotDo(
            f"--enter 写成 日期 金额 付款人，例如 2026-06-30 1000 某公司：{fault}"
        ) from fault


def _money(text: str) -> Decimal:
    bare = text.removeprefix("-")
    try:
        amount = read_money(bare)
    except Unreadable as fault:
        raise argparse.ArgumentTypeError(f"“{text}”不是金额，例如 1000.00") from fault
    if amount != round(amount, 2):
        raise argparse.ArgumentTypeError(f"“{text}”最多到分")
    return -amount if bare != text else amount


def _fee(text: str) -> OperatorFee:
    if not text.endswith(("%", "％")):
        return OperatorFee(amount=_money(text))
    try:
        return OperatorFee(percent=read_percent(text))
    except Unreadable as fault:
        raise argparse.ArgumentTypeError(f"“{text}”不是百分比，例如 10%") from fault
