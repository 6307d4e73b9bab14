"""stock grade: classes, marks, grades and prices of stock patents, with their history."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from desktop.command_line.arguments import Parser
from desktop.command_line.commands.stock_commands import say_some
from desktop.command_line.session import Session
from desktop.installed.packs_here import own_packs
from forms.facts.amounts import grouped
from forms.facts.record import Factor, Statement
from forms.ground.cleaning import clean_line
from forms.ground.files import write_atomically
from forms.office.case_import import read_files
from forms.office.stock_grading import (
    grading_book,
    grading_here,
    gradings,
    judge,
    take_gradings,
)
from forms.office.stock_ways import patent_of
from forms.office.stocktaking import stock_of
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.stock.facts import key_of
from forms.stock.grading import GRADINGS, Grading, GradingForm, by_licensees, judged, priced

_MOST_FIGURE = Decimal(10) ** 12


def grade_arguments(parser: Parser) -> None:
    """Of which patent, what is judged; workbooks taken in and written out."""
    parser.add_argument("number", nargs="?", default="", metavar="NUMBER", help="专利号")
    parser.add_argument(
        "--mark",
        action="append",
        default=[],
        metavar="指标=分",
        help="一项指标的分（1 至 5），可写多次",
    )
    parser.add_argument("--class", dest="category", metavar="分类", help="分类的代码")
    parser.add_argument("--grade", metavar="级别", help="改定级别的代码，须写 --reason")
    parser.add_argument("--reason", default="", metavar="理由", help="改定级别的理由")
    parser.add_argument("--by", default="", metavar="姓名", help="评定人")
    parser.add_argument("--base", metavar="元", help="定价的基数")
    parser.add_argument("--years", metavar="年", help="基数是几年的")
    parser.add_argument("--source", metavar="出处", help="基数的出处")
    parser.add_argument(
        "--factor", action="append", default=[], metavar="因素=值", help="调整因素；可写多次"
    )
    parser.add_argument("--licensees", type=int, metavar="N", help="预计被许可人数")
    parser.add_argument("--history", action="store_true", help="列出以前各次评定")
    parser.add_argument(
        "--take", nargs="+", default=[], type=Path, metavar="FILE", help="收回的分级工作簿"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="另存为分级工作簿")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def grade(session: Session) -> int:
    """Judge, take in, write out and list; 1 where a row was refused."""
    args, store, terminal = session.args, session.store, session.terminal
    form = grading_here(own_packs(session.database))
    refused: Sequence[str] = ()
    if args.take:
        taken = take_gradings(store, form, read_files(args.take), session.today, who=session.who)
        refused = taken.refused
        terminal.show(f"评定 {len(taken.judged)} 件，无变化 {taken.same} 件。")
        say_some(session, refused)
    shown = _judged_now(session, form) if args.number else list(gradings(store).values())
    if args.out is not None:
        if args.out.exists() and not args.force:
            raise CannotDo(f"“{args.out}”已存在，未覆盖。请改名；确需覆盖的，请加 --force。")
        kept = [one.record for one in gradings(store).values()]
        write_atomically(args.out, grading_book(form, kept, stock_of(store)))
        terminal.show(f"已另存：{args.out}")
    former = _history(session, shown) if args.history else {}
    records = [one.record for one in shown]
    terminal.table(
        ("专利号", "名称", "分类", "分数", "级别", "评定人", "评定日", "每家使用费"),
        [_row(form, one) for one in records],
    )
    for one in records if args.number else ():
        for step in priced(one.price).steps:
            terminal.show(f"定价：{step}")
        for count, value in by_licensees(one.price):
            terminal.show(f"  预计 {count} 家，每家 {grouped(value)} 元")
    for before in (each for some in former.values() for each in some):
        terminal.show("以前：" + "　".join(filter(None, _row(form, before)[2:7])))
    terminal.show(form.note)
    terminal.json(
        {
            "note": form.note,
            "gradings": [
                _json(form, one.record)
                | {"history": [_json(form, each) for each in former.get(one.id, ())]}
                for one in shown
            ],
            "refused": refused,
        }
    )
    return 1 if refused else 0


def _judged_now(session: Session, form: GradingForm) -> list[Kept[Grading]]:
    args, store = session.args, session.store
    patent = patent_of(store, args.number)
    before = gradings(store).get(key_of(patent.number))
    was = before.record if before is not None else Grading()
    given = args.by or ("" if before is None else was.by)
    now = msgspec.structs.replace(
        was,
        marks={**was.marks, **_marks(args.mark)},
        category=was.category if args.category is None else args.category,
        grade=was.grade if args.grade is None else args.grade,
        reason=clean_line(args.reason) or was.reason,
        price=_price(args, was.price),
        by=given,
    )
    if now != was:
        return [judge(store, form, patent, now, session.today, before=before, who=session.who)]
    return [before] if before is not None else []


def _marks(said: Sequence[str]) -> dict[str, int]:
    found = {}
    for one in said:
        code, _, text = one.partition("=")
        if not (text.isascii() and text.isdecimal()):
            raise CannotDo(f"“--mark {one}”应写作 指标=分，如 tech_mature=4。")
        found[code.strip()] = int(text[:4])
    return found


def _price(args: Any, before: Statement) -> Statement:
    """What is said of the price; what is not said stays."""
    said = {
        "base_amount": _figure(args.base, "--base"),
        "base_years": _figure(args.years, "--years"),
        "base_note": args.source,
        "licensees": args.licensees,
        "factors": _factors(args.factor) or None,
    }
    given = {name: value for name, value in said.items() if value is not None}
    return msgspec.structs.replace(before, **given) if given else before


def _factors(said: Sequence[str]) -> tuple[Factor, ...]:
    found = []
    for one in said:
        name, _, text = one.partition("=")
        found.append(Factor(name=clean_line(name), value=_figure(text or "?", f"--factor {one}")))
    return tuple(found)


def _figure(text: str | None, where: str) -> Decimal | None:
    if text is None:
        return None
    bare = text.replace(",", "")
    whole, _, part = bare.partition(".")
    if not (bare.isascii() and whole.isdecimal() and (part.isdecimal() or "." not in bare)):
        raise CannotDo(f"“{where}”的“{text}”不是数，请写作 1660000 或 0.6。")
    if len(bare) > 20 or Decimal(bare) > _MOST_FIGURE:
        raise CannotDo(f"“{where}”的“{text}”太大。")
    return Decimal(bare)


def _history(session: Session, shown: Sequence[Kept[Grading]]) -> dict[int, list[Grading]]:
    shelf = session.store.records.of(GRADINGS)
    return {
        one.id: [
            shelf.at_version(one.id, version.version) for version in shelf.versions(one.id)[1:]
        ]
        for one in shown
    }


def _row(form: GradingForm, one: Grading) -> tuple[str, ...]:
    found, price = judged(form, one), priced(one.price)
    grade_word = form.grade_label(found.grade) if found.grade else "待评"
    return (
        one.number,
        one.title,
        form.class_label(one.category) if one.category else "",
        str(found.score) if found.score is not None else f"缺 {len(found.lacking)} 项",
        f"{grade_word}（改定：{one.reason}）" if found.is_given else grade_word,
        one.by,
        str(one.on or ""),
        grouped(price.value) if price.value is not None else "",
    )


def _json(form: GradingForm, one: Grading) -> dict[str, object]:
    found, price = judged(form, one), priced(one.price)
    return {
        "patent_number": one.number,
        "class": one.category or None,
        "marks": one.marks,
        "weights": one.weights,
        "score": found.score,
        "grade": found.grade or None,
        "given": found.is_given,
        "reason": one.reason or None,
        "lacking": found.lacking,
        "by": one.by,
        "on": one.on,
        "price": {
            "value": price.value,
            "steps": price.steps,
            "source": one.price.base_note or None,
            "by_licensees": [
                {"licensees": count, "value": value} for count, value in by_licensees(one.price)
            ],
        },
    }
