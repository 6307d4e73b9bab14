"""list, show, check: what there is and what is wrong with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.command_line.arguments import Parser, count, one_case, some_cases
from desktop.command_line.session import Session
from forms.check.changes import said
from forms.facts.amounts import chinese_date, grouped
from forms.facts.derived import (
    instalment_times,
    instalment_total,
    kind_word,
    number_text,
    owners_joined,
    term_end,
)
from forms.facts.record import Case
from forms.ground.problems import SEVERITY_WORDS, Problem
from forms.office.case_standing import STATE_WORDS, Checked, check_all, counts
from forms.office.paper_making import Standing
from forms.office.store import (
    case_mark,
    case_name,
    chosen_one,
    is_meant,
    marked_id,
    of_pack,
)
from forms.office.stored import StoredCase

if TYPE_CHECKING:
    from db.store import Store

STANDING_WORDS: dict[Standing, str] = {
    "unmade": "未打印",
    "printed": "已导出，待签章",
    "sealed": "已签章",
    "stale": "内容有改动，须重新打印、签章",
}


def checked_cases(session: Session, numbers: Sequence[str]) -> list[Checked]:
    """The cases asked for, each checked by its own pack; said of which it is missing."""
    cases = session.cases_to_look_at(numbers)
    progress = session.terminal.progress("检查")
    checked = check_all(session.store, session.shelf, session.today, cases, progress=progress)
    missing = [one.stored.case.pack for one in checked if one.pack is None]
    if missing:
        codes = "、".join(sorted(set(missing)))
        session.terminal.say(
            f"提示：{len(missing)} 件案卷的表单包（{codes}）不在本机，无法检查；"
            "请在窗口的“设置”中接收该表单包。"
        )
    return checked


def list_arguments(parser: Parser) -> None:
    """Which cases, or those in the bin."""
    some_cases(parser)
    parser.add_argument("--bin", action="store_true", help="列出回收站中的案卷")


def list_(session: Session) -> int:
    """List the cases with their states, or those in the bin."""
    if session.args.bin:
        return _list_bin(session)
    checked = checked_cases(session, session.args.numbers)
    terminal = session.terminal
    has_several = len({one.stored.case.pack for one in checked} - {""}) > 1
    terminal.table(
        ("案卷号", "专利号", "类型", "名称", "专利权人", "状态", *("表单包",) * has_several),
        [
            (
                case_mark(one.stored.id),
                number_text(one.stored.case) or "（无）",
                kind_word(one.stored.case) or "",
                one.stored.case.patent.title,
                owners_joined(one.stored.case),
                _state_words(one),
                *(one.stored.case.pack,) * has_several,
            )
            for one in checked
        ],
    )
    terminal.show(f"共 {len(checked)} 件。" if checked else "暂无案卷，请用 import 导入专利清单。")
    terminal.json({"cases": [_in_list(one) for one in checked]})
    return 0


def show_arguments(parser: Parser) -> None:
    """Which case, and as of which version."""
    one_case(parser)
    parser.add_argument("--version", type=count, metavar="N", help="版次，见 history")


def show(session: Session) -> int:
    """Show one case whole, or as it was in a version."""
    if session.args.version is not None:
        return _show_version(session)
    checked = checked_cases(session, [session.args.number])
    for one in checked:
        _show(session, one)
    terminal = session.terminal
    terminal.json(
        {
            "cases": [
                {
                    **_in_list(one),
                    "case": one.stored.case,
                    "revision": one.stored.revision,
                    "papers": one.standings,
                    "licences": [licence for _, licence in one.licences],
                    "problems": [problem_json(problem) for problem in one.problems],
                }
                for one in checked
            ]
        }
    )
    return 0


def check_arguments(parser: Parser) -> None:
    """Which cases."""
    some_cases(parser)


def check(session: Session) -> int:
    """Check cases and name every problem; 1 where there is an error or one can not be judged."""
    checked = checked_cases(session, session.args.numbers)
    for one in checked:
        tell_problems(session, one)
    total = counts(checked)
    said = "，".join(f"{word} {total[severity]} 处" for severity, word in SEVERITY_WORDS.items())
    session.terminal.show(f"已检查 {len(checked)} 件：{said}。")
    session.terminal.json(check_json(checked))
    return 1 if total["error"] or any(one.pack is None for one in checked) else 0


def check_json(checked: Sequence[Checked]) -> dict[str, object]:
    """What `check --json` prints."""
    return {
        "cases": [
            {
                "case_id": one.stored.id,
                "patent_number": number_text(one.stored.case) or None,
                "problems": [problem_json(problem) for problem in one.problems],
            }
            for one in checked
        ],
        "packless": [one.stored.id for one in checked if one.pack is None],
        "counts": {"cases": len(checked)} | {str(k): n for k, n in counts(checked).items()},
    }


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem as --json prints it."""
    return {
        "rule": problem.rule,
        "field": problem.field,
        "severity": problem.severity,
        "basis": problem.basis,
        "message": problem.message,
    }


def tell_problems(session: Session, one: Checked) -> None:
    """Write a case's problems as part of the result."""
    if not one.problems:
        return
    case = one.stored.case
    title = f" {case.patent.title}" if number_text(case) else ""
    session.terminal.show(f"{case_name(case)}{title}（{case_mark(one.stored.id)}）")
    for problem in one.problems:
        session.terminal.show(f"  {problem_line(problem)}")


def problem_line(problem: Problem) -> str:
    """A problem in one line: how severe, what, on what basis."""
    return f"{SEVERITY_WORDS[problem.severity]}  {problem.message}（{problem.basis}）"


def _in_list(one: Checked) -> dict[str, object]:
    case = one.stored.case
    return {
        "case_id": one.stored.id,
        "patent_number": number_text(case) or None,
        "title": case.patent.title,
        "owners": [owner.name for owner in case.owners],
        "pack": case.pack,
        "state": one.state,
        "counts": counts([one]),
    }


def _state_words(one: Checked) -> str:
    """The state, and how many have a licence where the state does not say so."""
    words = STATE_WORDS[one.state]
    if one.licences and one.state != "licensed":
        words += f"，已许可 {len(one.licences)} 家"
    return words


def _show(session: Session, one: Checked) -> None:
    terminal, case, pack = session.terminal, one.stored.case, one.pack or session.pack_to_look_by
    terminal.show(f"{case_name(case)}　{case_mark(one.stored.id)}　{_state_words(one)}")
    _show_facts(session, case)
    for place, (_, licence) in enumerate(one.licences, start=1):
        terminal.show(f"已许可：{licence.licensee.name or '被许可人未填写'}（第 {place} 份）")
    for code, standing in one.standings.items():
        terminal.show(f"《{pack.papers[code].title}》{STANDING_WORDS[standing]}")
    for problem in one.problems:
        terminal.show(problem_line(problem))


def _show_facts(session: Session, case: Case) -> None:
    session.terminal.table(
        ("事项", "内容"),
        [
            (field.label, text)
            for field in (session.shelf.of(case.pack) or session.pack_to_look_by).fields
            if not field.path.startswith(("licence.", "owners."))
            and (text := said(case, field.path, field))
        ]
        + _worked_out(case),
    )


def _worked_out(case: Case) -> list[tuple[str, str]]:
    """What the program works out beside what was typed."""
    rows = []
    if case.royalty.way == "instalments":
        plan = case.royalty.instalments
        if (times := instalment_times(plan)) is not None:
            rows.append(("总共支付次数（程序推算）", f"{times} 次"))
        if (total := instalment_total(plan)) is not None:
            rows.append(("共计（程序推算）", f"{grouped(total)} 元"))
    if (last := term_end(case)) is not None:
        rows.append(("专利期限届满日（程序推算）", chinese_date(last)))
    return rows


def _show_version(session: Session) -> int:
    """Show a case as it was in a version."""
    terminal, version = session.terminal, session.args.version
    stored = of_history(session.store, session.args.number)
    case = session.store.cases.at_version(stored.id, version)
    terminal.show(f"{case_name(case)}　第 {version} 版（现为第 {stored.revision} 版）")
    _show_facts(session, case)
    terminal.json({"version": version, "revision": stored.revision, "case": case})
    return 0


def of_history(store: "Store", number: str) -> StoredCase:
    """The case of a number whose history is asked for: a live one, else one in the bin.

    Raises CannotDo.
    """
    binned = [one for one in store.cases.binned() if is_meant(one, number)]
    is_live = marked_id(number) is None and store.cases.listed([number])
    return binned[-1] if binned and not is_live else chosen_one(store, number)


def _list_bin(session: Session) -> int:
    """List what lies in the bin."""
    binned = session.store.cases.binned()
    if session.args.pack:
        binned = of_pack(binned, session.pack)
    session.terminal.table(
        ("案卷号", "专利号", "类型", "名称", "专利权人"),
        [
            (
                case_mark(one.id),
                number_text(one.case) or "（无）",
                kind_word(one.case) or "",
                one.case.patent.title,
                owners_joined(one.case),
            )
            for one in binned
        ],
    )
    session.terminal.show(f"回收站中有 {len(binned)} 件，可用 undelete 取回。")
    session.terminal.json(
        {
            "binned": [
                {
                    "case_id": one.id,
                    "patent_number": number_text(one.case) or None,
                    "title": one.case.patent.title,
                }
                for one in binned
            ]
        }
    )
    return 0
