"""A distribution as a workbook: of the whole pool, or of one member."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from forms.facts.amounts import FEN, plain
from forms.output.plain_book import Cell, SheetOfRows, write_plain_book
from forms.pool.counting import days_within
from forms.pool.records import Pool
from forms.pool.runs import MemberShare, Run
from forms.pool.share_input import METHOD_WORDS

_FOUR = Decimal("0.0001")
_NONE = "（未分级）"


def grades_of(pool: Pool, run: Run) -> tuple[str, ...]:
    """Return the grades that patents of a run are of: the pool's in its order, then others."""
    there = dict.fromkeys(grade for share in run.shares for grade in share.grades)
    known = [grade.name for grade in pool.grades if grade.name in there]
    return (*known, *(name for name in there if name not in known))


def four_places(number: Fraction) -> Decimal:
    """Return an exact number to four decimals, half a place up."""
    return Decimal(int(number * 10_000 + Fraction(1, 2))).scaleb(-4).quantize(_FOUR)


def percent_words(share: MemberShare) -> str:
    """Return what part of the whole a share is: 35.4478%, half a place up."""
    part = Fraction(share.part) * 1_000_000
    return f"{Decimal(int(part + Fraction(1, 2))).scaleb(-4):f}%"


def run_book(pool: Pool, run: Run) -> bytes:
    """Return a run as a workbook: shares, income, annuities, patents, and how it was reckoned."""
    sheets = [
        _shares(pool, run),
        SheetOfRows(
            "计入的收入",
            ("到账日期", "付款人", "款项", "金额（元）", "票据号、回单号", "分配范围"),
            [
                (
                    one.day,
                    one.payer,
                    one.what,
                    one.amount,
                    one.voucher,
                    "全部入池专利" if one.numbers is None else f"{len(one.numbers)} 件专利",
                )
                for one in run.receipts
            ],
        ),
    ]
    if run.fees:
        head = ("专利号", "款项", "缴费日期", "金额（元）", "票据号、说明")
        rows = [(one.number, one.what, one.day, one.amount, one.voucher) for one in run.fees]
        sheets.append(SheetOfRows("代缴年费", head, rows))
    sheets += [_patents(run), SheetOfRows("说明", ("项目", "内容"), list(_facts(pool, run)))]
    return write_plain_book(sheets, f"{pool.name} 收益分配 {run.number}")


def member_book(pool: Pool, run: Run, member_id: int) -> bytes:
    """Return a member's share as a workbook, with its own patents.  Raises KeyError."""
    share = next((one for one in run.shares if one.member_id == member_id), None)
    if share is None:
        raise KeyError(member_id)
    facts: list[tuple[Cell, ...]] = [("成员", share.name), *_facts(pool, run)]
    facts += [
        ("贵方计入的专利（件）", share.count),
        ("贵方的权重", share.weight),
        ("贵方的份额", percent_words(share)),
        ("贵方应得（元）", share.amount),
    ]
    if share.before:
        facts += [("以前已分配（元）", share.before), ("本次应付（元）", share.due)]
    sheets = [SheetOfRows("收益分配", ("项目", "内容"), facts), _patents(run, share.name)]
    return write_plain_book(sheets, f"{pool.name} 收益分配 {run.number} {share.name}")


def _shares(pool: Pool, run: Run) -> SheetOfRows:
    grades, corrects = grades_of(pool, run), run.corrects is not None
    head = [
        "序号",
        "成员",
        "件数",
        *(name or _NONE for name in grades),
        "权重",
        "份额",
        "算得（元）",
    ]
    head += ["应得（元）", *(("以前已分配（元）", "本次（元）") if corrects else ())]
    rows: list[tuple[Cell, ...]] = []
    for place, one in enumerate(run.shares, 1):
        row: list[Cell] = [place, one.name, one.count]
        row += [one.grades.get(name, 0) for name in grades]
        row += [plain(one.weight), percent_words(one), plain(four_places(Fraction(one.exact)))]
        row += [one.amount, *((one.before, one.due) if corrects else ())]
        rows.append(tuple(row))
    total: list[Cell] = ["", "合计", sum(one.count for one in run.shares)]
    total += [sum(one.grades.get(name, 0) for one in run.shares) for name in grades]
    total += [plain(sum((one.weight for one in run.shares), Decimal(0))), "100%", ""]
    total.append(sum((one.amount for one in run.shares), Decimal(0)).quantize(FEN))
    if corrects:
        total.append(sum((one.before for one in run.shares), Decimal(0)).quantize(FEN))
        total.append(sum((one.due for one in run.shares), Decimal(0)).quantize(FEN))
    return SheetOfRows("分配表", tuple(head), [*rows, tuple(total)])


def _patents(run: Run, only: str = "") -> SheetOfRows:
    head = ("成员", "专利号", "权重", "起日", "止日", "期间内天数")
    if run.reckoned is None:
        return SheetOfRows("计入的专利", head, [])
    rows: list[tuple[Cell, ...]] = [
        (
            member.name,
            one.number,
            None if one.weight is None else plain(one.weight),
            one.since,
            one.until,
            days_within(one, run.reckoned.period),
        )
        for member in run.reckoned.members
        if only in ("", member.name)
        for one in member.patents
    ]
    return SheetOfRows("计入的专利", head, rows)


def _facts(pool: Pool, run: Run) -> Iterator[tuple[Cell, ...]]:
    totals, percent = run.totals, run.fee.percent
    yield "专利池", pool.name
    yield "编号", run.number
    yield "期间", f"{run.first} 至 {run.last}"
    if run.reason:
        yield "更正的原因", run.reason
    yield "许可收入（元）", totals.income
    yield "管理费（元）", totals.fee
    if percent is not None:
        yield "管理费比例", f"{plain(percent)}%"
    yield "代缴年费（元）", totals.annuities
    yield "可分配收益（元）", totals.distributed
    yield "分配办法", METHOD_WORDS[run.rule.method] + ("，按天数" if run.rule.by_days else "")
    weights = "，".join(f"{grade.name} {plain(grade.weight)}" for grade in pool.grades)
    if run.rule.method in ("weight", "formula") and weights:
        yield "每件专利的权重", weights
    yield "尾差", "算到分，尾差按余数由大到小各补一分，合计与可分配收益一致"
    if run.closed_on is not None:
        yield "定稿日期", run.closed_on
    if run.pay_by is not None:
        yield "付款期限", run.pay_by
