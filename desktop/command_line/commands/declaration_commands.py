"""convert, filed: a pilot's case made a declaration, and what became of it at the office."""

from collections.abc import Sequence

from desktop.command_line.arguments import Parser, a_day, one_case
from desktop.command_line.session import Session
from forms.check.conversion import Wanted
from forms.facts.derived import number_text
from forms.office.case_standing import STATE_WORDS, check_each
from forms.office.converting import Look, carry_out, look, may_convert
from forms.office.filing import NEXT_WORDS, Filing, next_of, put_down, takes_filing
from forms.office.store import CannotDo, case_mark, case_name, chosen, chosen_one
from forms.office.stored import StoredCase
from forms.pack.types import Pack

_TOLD = (
    *("filed_on", "number", "published_on", "refused"),
    *("withdrawal_reason", "withdrawal_asked_on", "withdrawn_on", "told_on"),
)


def convert_arguments(parser: Parser) -> None:
    """Which cases, and cases of what they become."""
    parser.add_argument(
        "numbers", nargs="+", metavar="NUMBER", help="专利号或案卷号（如 案卷12，见 list）"
    )
    parser.add_argument(
        "--to", required=True, metavar="PACK", help="转为哪个表单包的案卷，如 cnipa-2024"
    )


def convert(session: Session) -> int:
    """Convert cases; 1 where one was refused."""
    args, store, terminal = session.args, session.store, session.terminal
    to = _goal(session, args.to)
    looks = look(store, session.shelf, to, session.today, _sources(session, args.numbers, to))
    made = carry_out(store, session.shelf, to, session.today, looks, who=session.who)
    done = [one for one in looks if one.stored.id in made]
    left = [one for one in looks if one.stored.id not in made]
    for one in done:
        new = case_mark(made[one.stored.id])
        then = f"：{new}的声明已经结束，现可重新声明，原记录留存" if one.former else f"已转为{new}"
        terminal.show(f"{case_name(one.stored.case)}（{case_mark(one.stored.id)}）{then}。")
        for wanted in _wanted(one):
            terminal.show(f"  待补  {wanted.message}")
    for one in left:
        terminal.show(f"{case_name(one.stored.case)}（{case_mark(one.stored.id)}）未转换：")
        for reason in one.reasons:
            terminal.show(f"  {reason.message}（{reason.basis}）")
    terminal.show(f"已转换 {len(done)} 件，未转换 {len(left)} 件。原案卷没有改动。")
    terminal.json(
        {
            "converted": [
                {
                    "patent_number": number_text(one.stored.case) or None,
                    "carried": one.made.carried if one.made else (),
                    "wanted": _wanted(one),
                }
                for one in done
            ],
            "refused": [
                {
                    "patent_number": number_text(one.stored.case) or None,
                    "reasons": one.reasons,
                }
                for one in left
            ],
        }
    )
    return 1 if left else 0


def _wanted(one: Look) -> Sequence[Wanted]:
    return one.made.wanted if one.made else ()


def _goal(session: Session, code: str) -> Pack:
    """The pack whose cases are to be made.  Raises CannotDo."""
    found = session.shelf.of(code) if code else None
    if found is None:
        known = "、".join(session.packs) or "无"
        raise CannotDo(f"没有代号为 {code} 的表单包，可用的有：{known}。")
    if found.conversion is None:
        raise CannotDo(f"{found.identity.name}（{code}）没有写明怎样由其他案卷转换。")
    return found


def _sources(session: Session, numbers: Sequence[str], to: Pack) -> list[StoredCase]:
    """The cases of some numbers that may be converted; those of a number that has none of them."""
    found: dict[int, StoredCase] = {}
    for text in numbers:
        cases = chosen(session.store, [text])
        able = [one for one in cases if may_convert(one.case.pack, to)]
        found |= {one.id: one for one in able or cases}
    return list(found.values())


def filed_arguments(parser: Parser) -> None:
    """Which case, when it was filed, and what came of it."""
    one_case(parser)
    parser.add_argument("--on", type=a_day, required=True, metavar="DATE", help="提交日")
    parser.add_argument("--declaration-number", metavar="N", default="", help="开放许可声明编号")
    came = parser.add_mutually_exclusive_group()
    came.add_argument("--published", type=a_day, metavar="DATE", help="准予公告：公告日")
    came.add_argument("--refused", metavar="TEXT", default="", help="不予公告：理由")
    came.add_argument("--withdrawn", type=a_day, metavar="DATE", help="撤回：撤回公告日")


def filed(session: Session) -> int:
    """Put down what became of a declaration."""
    args, store, terminal = session.args, session.store, session.terminal
    stored = _declared(session, args.number)
    filing = Filing(
        filed_on=args.on,
        number=args.declaration_number,
        published_on=args.published,
        refused=args.refused,
        withdrawn_on=args.withdrawn,
    )
    pack = session.pack_of(stored)
    saved = put_down(store, pack, session.today, stored, filing, who=session.who)
    (checked,) = check_each(store, session.shelf, session.today, [saved])
    told = NEXT_WORDS[next_of(saved.case.declaration, is_licensed=bool(checked.licences))]
    name, state = case_name(saved.case), STATE_WORDS[checked.state]
    terminal.show(f"{name}（{case_mark(saved.id)}）{state}。{told}")
    for problem in checked.problems:
        if problem.rule.startswith("declaration."):
            terminal.show(f"  {problem.message}（{problem.basis}）")
    terminal.json(
        {
            "patent_number": number_text(saved.case) or None,
            "case_id": saved.id,
            "state": checked.state,
            "declaration": {name: getattr(saved.case.declaration, name) for name in _TOLD},
            "earlier": len(saved.case.earlier),
            "next": told,
        }
    )
    return 0


def _declared(session: Session, text: str) -> StoredCase:
    """The one case of a number whose declaration is put down.  Raises CannotDo."""
    cases = chosen(session.store, [text])
    able = [
        one
        for one in cases
        if (pack := session.shelf.of(one.case.pack)) is not None and takes_filing(pack)
    ]
    if len(able) == 1:
        return able[0]
    return cases[0] if len(cases) == 1 else chosen_one(session.store, text)
