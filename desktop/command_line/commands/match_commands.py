"""needs, match, push: what companies look for, which patents answer it, and telling them."""

from collections.abc import Sequence
from pathlib import Path

from desktop.command_line.arguments import Parser, a_day, count, out_file, out_folder
from desktop.command_line.session import Session
from forms.bureau.offers import offers_of
from forms.exchange.plain_table import read_table
from forms.exchange.workbook_reader import read_file
from forms.facts.amounts import plain
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.ground.cleaning import visible
from forms.ground.files import write_atomically
from forms.office.matching import WEIGHTS_KEY, Match, Matcher, weights_kept
from forms.office.needs import ANSWERS, COLUMNS, NEEDS, Answer, Need, as_book, take_in, template
from forms.office.pushing import need_of, note_answer, note_pushed, why, written
from forms.office.store import CannotDo
from forms.office.stored import Kept

MOST_TOLD = 20
MOST, LEAST = 10, 30


def import_arguments(parser: Parser) -> None:
    """The workbook, and whether it is only tried."""
    parser.add_argument("file", type=Path, metavar="FILE", help="企业需求的表（见 needs template）")
    parser.add_argument("--dry-run", action="store_true", help="试导入，不写入")


def import_needs(session: Session) -> int:
    """Take in needs of companies."""
    args, terminal = session.args, session.terminal
    read = read_table(read_file(args.file), COLUMNS)
    found = take_in(session.store, read, who=session.who, dry_run=args.dry_run)
    new, changed = len(found.new), len(found.changed)
    done = "将新增" if args.dry_run else "已新增"
    terminal.show(f"{done} {new} 项需求，更新 {changed} 项，无变化 {found.unchanged} 项。")
    for words in found.left_out:
        terminal.say(f"提示：{visible(words)}")
    terminal.json(
        {
            "dry_run": args.dry_run,
            "new": new,
            "changed": changed,
            "unchanged": found.unchanged,
            "left_out": list(found.left_out),
        }
    )
    return 0


def template_arguments(parser: Parser) -> None:
    """The file to write."""
    out_file(parser, "模板文件")


def needs_template(session: Session) -> int:
    """Write the workbook to be filled with needs."""
    write_atomically(session.free_file(), template())
    session.terminal.show(f"已生成模板：{session.args.out}")
    session.terminal.json({"file": str(session.args.out)})
    return 0


def export_arguments(parser: Parser) -> None:
    """The file to write."""
    out_file(parser, "存放全部需求和推送记录的表")


def export_needs(session: Session) -> int:
    """Write all needs, with what was pushed, as a workbook that can be taken in again."""
    needs = [kept.record for kept in session.store.records.of(NEEDS).listed()]
    write_atomically(session.free_file(), as_book(needs))
    session.terminal.show(f"已导出 {len(needs)} 项需求：{session.args.out}")
    session.terminal.json({"file": str(session.args.out), "needs": len(needs)})
    return 0


_NONE = "还没有企业需求，请用 needs import 导入。"


def list_needs(session: Session) -> int:
    """List the needs with what was pushed."""
    needs = session.store.records.of(NEEDS).listed()
    if not needs:
        session.terminal.show(_NONE)
    session.terminal.table(
        ("编号", "企业", "技术需求", "领域", "地区", "可接受费用", "已推送"),
        [
            (
                *(str(kept.id), kept.record.company, kept.record.words, kept.record.field),
                kept.record.region,
                plain(kept.record.budget) if kept.record.budget is not None else "",
                str(len(kept.record.pushes) or ""),
            )
            for kept in needs
        ],
    )
    session.terminal.json({"needs": [_need_json(kept) for kept in needs]})
    return 0


def answer_arguments(parser: Parser) -> None:
    """Whose answer, of which patent, and what it is."""
    _one_need(parser)
    parser.add_argument("number", metavar="NUMBER", help="专利号")
    words = "、".join(f"{code}（{word}）" for code, word in ANSWERS.items() if code)
    parser.add_argument("answer", choices=[code for code in ANSWERS if code], help=words)


def answer_need(session: Session) -> int:
    """Keep what a company answered."""
    args = session.args
    answers: dict[str, Answer] = {code: code for code in ANSWERS}
    kept = need_of(session.store, args.need)
    number = _as_shown(args.number)
    answer = answers[args.answer]
    kept = note_answer(session.store, kept, number, answer, session.today, who=session.who)
    session.terminal.show(f"已登记：{kept.record.company} 对 {number} {ANSWERS[answer]}。")
    session.terminal.json(_need_json(kept))
    return 0


def match_arguments(parser: Parser) -> None:
    """Which needs, how many patents for each, and how good they must be."""
    parser.add_argument(
        "needs", nargs="*", type=count, metavar="需求编号", help="见 needs list；不写时为全部需求"
    )
    parser.add_argument("--most", type=count, default=MOST, help=f"每项需求最多几件（{MOST}）")
    parser.add_argument("--least", type=count, default=LEAST, help=f"最低分（{LEAST}，满分100）")


def match(session: Session) -> int:
    """Say which patents answer each need, and why."""
    args, store = session.args, session.store
    needs = [need_of(store, need_id) for need_id in args.needs]
    if not args.needs:
        needs = list(store.records.of(NEEDS).listed())
        if not needs:
            session.terminal.show(_NONE)
    matcher = _matcher(session)
    found = [
        (kept, matcher.best(kept.record, most=max(1, args.most), least=args.least))
        for kept in needs
        if args.needs or not kept.record.closed
    ]
    for kept, matches in found:
        _show(session, matcher, kept, matches)
    session.terminal.json(
        {
            "needs": [
                {
                    "need_id": kept.id,
                    "company": kept.record.company,
                    "missing": list(matcher.missing(kept.record)),
                    "matches": [_match_json(one) for one in matches],
                }
                for kept, matches in found
            ]
        }
    )
    return 0


def push_arguments(parser: Parser) -> None:
    """To whom, which patents, and where the letter goes."""
    _one_need(parser)
    parser.add_argument(
        "numbers", nargs="*", metavar="NUMBER", help="专利号；不写时为还没有推送过的相符专利"
    )
    parser.add_argument("--least", type=count, default=LEAST, help=f"最低分（{LEAST}，满分100）")
    parser.add_argument("--on", type=a_day, metavar="YYYY-MM-DD", help="推送日期；不写时为今天")
    out_folder(parser)


def push(session: Session) -> int:
    """Make the letter, the list and the mail draft, and remember what was pushed."""
    args, store = session.args, session.store
    kept = need_of(store, args.need)
    matches = _wanted(session, kept)
    day = args.on or session.today
    office = store.parties.office()
    folder, zipped, names = written(args.out, kept.record, matches, office, day)
    note_pushed(store, kept, matches, day, who=session.who)
    session.terminal.show(f"已为“{kept.record.company}”生成：{folder}（{'、'.join(names)}）")
    session.terminal.say("提示：本程序不发送邮件，请打开邮件草稿核对后发出。")
    session.terminal.json(
        {
            "need_id": kept.id,
            "folder": str(folder),
            "zip": str(zipped),
            "files": list(names),
            "patents": [one.offer.number for one in matches],
        }
    )
    return 0


def _one_need(parser: Parser) -> None:
    parser.add_argument("need", type=count, metavar="需求编号", help="见 needs list")


def _matcher(session: Session) -> Matcher:
    store = session.store
    return Matcher(offers_of(store), weights_kept(store.settings.get(WEIGHTS_KEY)))


def _wanted(session: Session, kept: Kept[Need]) -> Sequence[Match]:
    """The patents named, else those that answer and were not pushed.  Raises CannotDo."""
    matcher = _matcher(session)
    if not session.args.numbers:
        found = matcher.best(kept.record, most=MOST, least=session.args.least)
        return [one for one in found if not one.is_sent]
    wanted = list(map(_as_shown, session.args.numbers))
    everyone = matcher.best(kept.record, most=matcher.count or 1, least=0)
    named = [one for one in everyone if one.offer.number in wanted]
    known = {one.offer.number for one in named}
    if lacking := [number for number in wanted if number not in known]:
        numbers = "、".join(lacking)
        raise CannotDo(f"{numbers} 没有这项需求的任何用语，或者不在可推送的专利中。")
    return named


def _as_shown(text: str) -> str:
    """A patent's number as it is shown, however it was typed."""
    try:
        return parse(text).text
    except NotAPatentNumber:
        return text


def _show(session: Session, matcher: Matcher, kept: Kept[Need], matches: Sequence[Match]) -> None:
    terminal, need = session.terminal, kept.record
    terminal.show(f"{kept.id} {need.company}：{need.words}")
    terminal.table(
        ("相符程度", "专利号", "专利名称", "许可使用费", "已推送", "依据"),
        [
            (
                *(str(one.score), one.offer.number, one.offer.title, one.offer.fee),
                *("是" if one.is_sent else "", why(one)),
            )
            for one in matches
        ],
    )
    if missing := matcher.missing(need):
        terminal.show(f"没有专利提到：{'、'.join(missing[:MOST_TOLD])}")


def _need_json(kept: Kept[Need]) -> dict[str, object]:
    need = kept.record
    return {
        "need_id": kept.id,
        "company": need.company,
        "words": need.words,
        "field": need.field,
        "region": need.region,
        "budget": plain(need.budget) if need.budget is not None else None,
        "state": kept.state,
        "pushes": [
            {
                "patent_number": push.number,
                "on": push.on,
                "answer": push.answer or None,
                "answered_on": push.answered_on,
            }
            for push in need.pushes
        ],
    }


def _match_json(one: Match) -> dict[str, object]:
    return {
        "patent_number": one.offer.number,
        "title": one.offer.title,
        "score": one.score,
        "sent": one.is_sent,
        "words": list(one.words),
        "parts": [
            {"part": part.name, "value": part.value, "reason": part.reason} for part in one.parts
        ],
    }
