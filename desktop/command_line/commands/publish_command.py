"""publish: the next issue of what a bureau publishes: shown, decided, made, noted as published."""

from argparse import ArgumentTypeError
from collections import Counter
from functools import partial
from pathlib import Path
from typing import get_args

import msgspec

from desktop.command_line.arguments import Parser, a_day
from desktop.command_line.session import Session
from desktop.installed.program_places import taken_packs_folder
from forms.bureau.publication import Publication
from forms.bureau.publication_choice import Choice
from forms.bureau.publication_plan import (
    ConcernKind,
    How,
    PlanField,
    PublicationPlan,
    find_plan,
)
from forms.bureau.publication_words import HOW_WORDS
from forms.bureau.publish import (
    choice_of,
    decide_anew,
    keep_made,
    make_files,
    next_issue,
    pack_of_plan,
    put_back,
    register_issue,
    take_down,
)
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.office.store import CannotDo

WITHHELD_SHOWN = 20


def publish_arguments(parser: Parser) -> None:
    """Where the files go, what is decided of the issue."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="把公布文件生成到这个文件夹")
    parser.add_argument("--force", action="store_true", help="覆盖文件夹里已有的公布文件")
    parser.add_argument("--day", type=a_day, metavar="YYYY-MM-DD", help="公布日，默认今天")
    parser.add_argument("--show", action="append", default=[], metavar="内容", help="公布这一项")
    parser.add_argument("--hide", action="append", default=[], metavar="内容", help="不公布这一项")
    ways = "、".join(f"{how}（{word}）" for how, word in HOW_WORDS.items())
    parser.add_argument(
        "--personal",
        action="append",
        default=[],
        type=_decided,
        metavar="种类=做法",
        help=f"个人信息怎样公布，如 personal_mail=whole；做法：{ways}",
    )
    parser.add_argument("--take-down", metavar="专利号", help="撤下一件，须用 --reason 写明原因")
    parser.add_argument("--reason", default="", metavar="原因", help="撤下的原因")
    parser.add_argument("--put-back", metavar="专利号", help="恢复公布撤下的一件")
    parser.add_argument(
        "--register", action="store_true", help="登记已公布：网站管理员放上去以后再登记"
    )


def _decided(text: str) -> tuple[ConcernKind, How]:
    kind, _, how = text.partition("=")
    for one in get_args(ConcernKind):
        for way in get_args(How):
            if (kind, how) == (one, way):
                return one, way
    kinds = "、".join(get_args(ConcernKind))
    raise ArgumentTypeError(f"“{text}”应为 种类=做法，种类有 {kinds}")


def publish(session: Session) -> int:
    """Show the next issue; decide, make, register what is asked for."""
    args, store, terminal = session.args, session.store, session.terminal
    plan = find_plan(taken_packs_folder(session.database))
    with store.transaction():
        choice = choice_of(store)
        if _with_options(session, plan, choice) != choice:
            options = partial(_with_options, session, plan)
            choice = decide_anew(store, options, who=session.who)
    found = next_issue(store, plan, args.day or choice.day or session.today)
    _show(session, found, plan)
    files: tuple[Path, ...] = ()
    if args.out is not None:
        made = make_files(
            found,
            plan,
            pack_of_plan(plan, session.packs),
            args.out,
            office=store.parties.office(),
            force=args.force,
            progress=terminal.progress("正在生成"),
        )
        files = made.files
        keep_made(store, found, choice, who=session.who)
        for sentence in made.told:
            terminal.say(f"提示：{sentence}")
        terminal.show(f"公布文件已生成：{made.folder}（请交网站管理员放上去，本程序不联网）")
    if args.register:
        issue = register_issue(store, session.today, who=session.who)
        terminal.show(f"第 {issue.number} 期已登记为已公布，共 {len(issue.patents):,} 件。")
    terminal.json(_json(found, files))
    return 0


def _with_options(session: Session, plan: PublicationPlan, choice: Choice) -> Choice:
    """What was decided before, with what the options say."""
    args = session.args
    on = dict(choice.on)
    for wanted, names in ((True, args.show), (False, args.hide)):
        on |= {_field(plan, name).id: wanted for name in names}
    usual = dict(choice.usual)
    for kind, how in args.personal:
        if how not in plan.concern(kind).ways:
            raise CannotDo(f"{plan.concern(kind).word}不能{HOW_WORDS[how]}。")
        usual[kind] = how
    choice = msgspec.structs.replace(choice, on=on, usual=usual)
    if args.take_down is not None:
        if not args.reason.strip():
            raise CannotDo("撤下一件要写明原因，请加 --reason。")
        choice = take_down(choice, _number(args.take_down), args.reason.strip())
    if args.put_back is not None:
        number = _number(args.put_back)
        if number not in choice.taken_down:
            raise CannotDo(f"{number} 没有撤下，无须恢复。")
        choice = put_back(choice, [number])
    return choice


def _field(plan: PublicationPlan, name: str) -> PlanField:
    for one in plan.fields:
        if name in (one.id, one.label):
            if one.lock:
                always = "始终公布" if one.lock == "on" else "始终不公布"
                raise CannotDo(f"“{one.label}”{always}（{one.why}），不能更改。")
            return one
    names = "、".join(one.id for one in plan.fields if not one.lock)
    raise CannotDo(f"没有名为“{name}”的内容，可以更改的有：{names}。")


def _number(text: str) -> str:
    try:
        return parse(text).text
    except NotAPatentNumber as fault:
        raise CannotDo(f"“{text}”不是专利号，请照专利证书填写。") from fault


def _show(session: Session, found: Publication, plan: PublicationPlan) -> None:
    terminal, published = session.terminal, found.published
    head = f"{published.issue_word}　公布日 {published.day}　公布 {len(published.patents):,} 件"
    terminal.show(f"{plan.title}　{head}，不公布 {len(found.withheld):,} 件")
    rows = [
        (one.unit, str(one.examined), str(one.published), str(one.withheld)) for one in found.units
    ]
    terminal.table(("单位", "已审", "公布", "不公布"), rows)
    for one in found.withheld[:WITHHELD_SHOWN]:
        terminal.show(f"不公布 {one.number} {one.title}（{one.unit}）：{one.reason}")
    if (more := len(found.withheld) - WITHHELD_SHOWN) > 0:
        terminal.show(f"另有 {more} 件不公布，见 --json。")
    undecided = Counter(one.kind for one in found.open)
    for kind, count in Counter(one.kind for one in found.concerns).items():
        told = plan.concern(kind).word
        left = "，尚未决定，按不公布处理" if undecided[kind] else ""
        terminal.say(f"隐私核对：{told} {count} 处{left}。")
    if found.unreachable:
        terminal.say(f"提示：{len(found.unreachable)} 件没有可用的联系方式，请与单位核对。")
    counted = Counter(one.what for one in published.changes)
    if len(published.issues) > 1:
        words = f"新增 {counted['added']}，撤下 {counted['removed']}，改动 {counted['changed']}"
        terminal.show(f"与上一期相比：{words}。")


def _json(found: Publication, files: tuple[Path, ...]) -> dict[str, object]:
    published = found.published
    undecided = set(found.open)
    return {
        "issue": published.issue,
        "day": published.day.isoformat(),
        "count": len(published.patents),
        "fields": [column.name for column in published.columns],
        "units": [msgspec.to_builtins(one) for one in found.units],
        "withheld": [msgspec.to_builtins(one) for one in found.withheld],
        "concerns": [
            {
                "patent_number": one.number,
                "field": one.field,
                "kind": one.kind,
                "decided": one not in undecided,
            }
            for one in found.concerns
        ],
        "unreachable": found.unreachable,
        "changes": [msgspec.to_builtins(one) for one in published.changes],
        "files": [str(file) for file in files],
    }
