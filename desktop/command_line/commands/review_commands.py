"""examine, decide, letters, answers: a bureau reviews and tells the units; a unit takes it in."""

from collections.abc import Sequence
from pathlib import Path

from desktop.command_line.arguments import Parser, a_day, out_folder
from desktop.command_line.session import Session, now
from desktop.installed.program_places import taken_packs_folder
from forms.bureau import opinion
from forms.bureau.examination import Examined
from forms.bureau.package_care import send_to_review
from forms.bureau.records import PACKAGE_CASES, PACKAGES, Package, PackageCase, Reason
from forms.bureau.register_facts import take_in as take_register_in
from forms.bureau.review import (
    VERDICTS,
    Ruling,
    VerdictCode,
    decide,
    examined,
    reason_of,
    take_back,
    to_decide,
    usual_deadline,
    waiting,
)
from forms.exchange.answer_reading import read_answers
from forms.exchange.package import write_folder
from forms.exchange.status_export import read_status_export
from forms.exchange.workbook_reader import read_file
from forms.ground.cleaning import visible
from forms.office.replies import take_in
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.output.pdf import render
from forms.pack.record_pack import record_pack
from forms.pack.record_types import RecordPack
from forms.paper.facts_view import compose_facts

_SEVERITY = {"error": "错误", "pending": "待补", "advice": "提示"}


def examine_arguments(parser: Parser) -> None:
    """Which patents, all that wait where none is named; a table of the register to hold them to."""
    _numbers(parser, "*", "专利号；不写时为全部待审的")
    parser.add_argument(
        "--status", type=Path, metavar="FILE", help="先收入法律状态的核验表，以后的审核都与它核对"
    )
    parser.add_argument("--on", type=a_day, metavar="YYYY-MM-DD", help="核验表的日期，不写时为今天")


def examine(session: Session) -> int:
    """Say what is to be said of patents under review; 1 where an error is found."""
    args, store = session.args, session.store
    taken = None
    if args.status is not None:
        packs = [pack for code in session.packs if (pack := session.shelf.of(code)) is not None]
        export = read_status_export(read_file(args.status), packs)
        taken = take_register_in(
            store,
            export,
            on=args.on or session.today,
            source=args.status.name,
            who=session.who,
        )
        session.terminal.show(f"已收入 {taken} 件专利的核验结果。")
    cases = [to_decide(store, number, args.office) for number in args.numbers]
    if not args.numbers and args.status is None:
        cases = waiting(store, args.office)
    found = examined(store, session.shelf, cases, session.today)
    for kept in cases:
        _show(session, kept, found[kept.id])
    if not cases and args.status is None:
        session.terminal.show("没有待审的专利。")
    session.terminal.json(
        {
            "status_taken": taken,
            "patents": [_examined_json(kept, found[kept.id]) for kept in cases],
        }
    )
    return 1 if any(one.has_errors for one in found.values()) else 0


def decide_arguments(parser: Parser) -> None:
    """Which patents, what is decided, and why."""
    _numbers(parser, "+")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pass", dest="passes", action="store_true", help="通过")
    what.add_argument("--return", dest="returns", metavar="TEXT", help="退回补正，写明要补正什么")
    what.add_argument("--refuse", dest="refuses", metavar="TEXT", help="不予通过，写明理由")
    what.add_argument("--undo", action="store_true", help="撤销审核意见，重新待审")
    parser.add_argument("--basis", default="", metavar="TEXT", help="理由的依据（条款）")
    parser.add_argument("--text", default="", metavar="TEXT", help="附言；有错误仍通过的必须写")
    parser.add_argument(
        "--findings", action="store_true", help="把检查出的错误一并列为退回、不予通过的理由"
    )
    parser.add_argument("--deadline", type=a_day, metavar="YYYY-MM-DD", help="补正期限")


def decide_(session: Session) -> int:
    """Keep what is decided of patents, all or none."""
    args, store = session.args, session.store
    cases = [to_decide(store, number, args.office) for number in args.numbers]
    if args.undo:
        done = take_back(store, cases, who=session.who)
        session.terminal.show(f"已撤销 {len(done)} 件的审核意见。")
    else:
        found = examined(store, session.shelf, cases, session.today)
        moment = now()
        with store.transaction():
            _send(session, cases)
            done = [
                decide(
                    store,
                    kept,
                    _ruling(session, found[kept.id]),
                    has_errors=found[kept.id].has_errors,
                    now=moment,
                    who=session.who,
                )
                for kept in cases
            ]
        session.terminal.show(f"已记下 {len(done)} 件：{VERDICTS[_verdict(session)]}。")
    session.terminal.json({"patents": [_decided_json(kept.record) for kept in done]})
    return 0


def _send(session: Session, cases: Sequence[Kept[PackageCase]]) -> None:
    """Send to review what is decided of, where nobody has."""
    packages = session.store.records.of(PACKAGES)
    ids = dict.fromkeys(kept.parent_id for kept in cases if kept.parent_id is not None)
    unsent = [one for one in ids if packages.get(one).record.sent_to_review is None]
    if unsent:
        send_to_review(session.store, unsent, now=now(), who=session.who)


def _verdict(session: Session) -> VerdictCode:
    args = session.args
    return "pass" if args.passes else "return" if args.returns is not None else "refuse"


def _ruling(session: Session, found: Examined) -> Ruling:
    args, verdict = session.args, _verdict(session)
    said = args.returns if verdict == "return" else args.refuses
    reasons = [Reason(message=said, basis=args.basis)] if said else []
    if args.findings:
        reasons += [reason_of(one) for one in found.findings if one.severity == "error"]
    deadline = args.deadline or usual_deadline(session.today, _days(_pack(session)))
    return Ruling(verdict=verdict, reasons=tuple(reasons), text=args.text, deadline=deadline)


def letters_arguments(parser: Parser) -> None:
    """Where the letters go."""
    out_folder(parser)


def letters(session: Session) -> int:
    """Write letter, data and mail draft for every package that was reviewed whole."""
    store, pack = session.store, _pack(session)
    bureau = store.parties.office()
    made, left = [], []
    for kept in store.records.of(PACKAGES).listed():
        package = kept.record
        cases = [one.record for one in store.records.of(PACKAGE_CASES).listed(parent=kept.id)]
        if all(one.decision is None for one in cases):
            continue
        try:
            made.append(_letter(session, package, cases, pack))
        except CannotDo as why:
            left.append({"office": package.office, "batch": package.batch, "why": str(why)})
    for one in made:
        session.terminal.show(f"{one['office']} 第 {one['batch']} 批：{one['folder']}")
    for one in left:
        session.terminal.say(f"提示：{visible(str(one['why']))}")
    session.terminal.show(f"已为 {len(made)} 个报送包生成审核意见，{len(left)} 个没有审完。")
    session.terminal.json({"bureau": bureau.name, "letters": made, "left": left})
    return 1 if left else 0


def _letter(
    session: Session, package: Package, cases: Sequence[PackageCase], pack: RecordPack
) -> dict[str, object]:
    bureau, day = session.store.parties.office(), session.today
    facts = opinion.opinion(package, cases, bureau, pack, day)
    letter = render(compose_facts(pack.papers[opinion.PAPER], facts, pack))
    said = opinion.answer_file(package, cases, bureau, pack, day)
    files = opinion.written(letter, said, package, bureau, day)
    folder, zipped, names = write_folder(session.args.out, opinion.folder_name(package), files, day)
    return {
        "office": package.office,
        "batch": package.batch,
        "folder": str(folder),
        "zip": str(zipped),
        "files": list(names),
        "passed": int(facts.passed),
        "returned": int(facts.returned),
        "refused": int(facts.refused_count or 0),
    }


def answers_arguments(parser: Parser) -> None:
    """What came from the bureau, and whether it is only looked at."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="省局发来的邮件、压缩包、数据文件，或存放它们的文件夹",
    )
    parser.add_argument("--dry-run", action="store_true", help="只核对，不标明")


def answers(session: Session) -> int:
    """Take a bureau's answers in and mark the cases; 1 where something is to be looked at."""
    args = session.args
    read = read_answers(args.files)
    found = take_in(session.store, session.shelf, read, who=session.who, dry_run=args.dry_run)
    faults = [one for one in read if one.fault]
    for one in found:
        session.terminal.show(one.words)
        for reason in one.reply.reasons if one.reply else ():
            basis = f"（{reason.basis}）" if reason.basis else ""
            session.terminal.show(f"    {visible(reason.message)}{basis}")
    for bad in faults:
        session.terminal.say(f"提示：{visible(bad.fault)}")
    session.terminal.json(
        {
            "dry_run": args.dry_run,
            "answers": [
                {
                    "patent_number": one.patent_number,
                    "case_id": one.case_id,
                    "verdict": one.verdict,
                    "matched": one.matched,
                    "deadline": one.reply.deadline if one.reply else None,
                    "reasons": [
                        {"message": reason.message, "remedy": reason.remedy, "basis": reason.basis}
                        for reason in (one.reply.reasons if one.reply else ())
                    ],
                    "text": one.reply.text if one.reply else "",
                }
                for one in found
            ],
            "faults": [{"where": bad.source, "message": bad.fault} for bad in faults],
        }
    )
    is_odd = any(one.matched in ("unknown", "foreign") for one in found)
    return 1 if faults or is_odd else 0


def _numbers(parser: Parser, count: str, words: str = "专利号") -> None:
    parser.add_argument("numbers", nargs=count, metavar="NUMBER", help=words)
    parser.add_argument("--office", default="", metavar="NAME", help="几家报送的，写明哪一家")


def _pack(session: Session) -> RecordPack:
    return record_pack("bureau", taken_packs_folder(session.database))


def _days(pack: RecordPack) -> int:
    return pack.days("correction_days") or 0


def _show(session: Session, kept: Kept[PackageCase], found: Examined) -> None:
    terminal, one = session.terminal, kept.record
    terminal.show(f"{one.number} {one.case.patent.title}（{one.office}）")
    terminal.table(
        ("项目", "单位报送", "核对", "结果"),
        [(row.label, row.reported, row.checked, row.said) for row in found.rows],
    )
    for finding in found.findings:
        word = _SEVERITY[finding.severity]
        terminal.show(f"{word}：{visible(finding.message)} 依据：{finding.basis}。")


def _examined_json(kept: Kept[PackageCase], found: Examined) -> dict[str, object]:
    return {
        "patent_number": kept.record.number,
        "office": kept.record.office,
        "state": kept.record.state,
        "facts": [
            {
                "label": row.label,
                "reported": row.reported,
                "checked": row.checked,
                "result": row.result,
            }
            for row in found.rows
        ],
        "findings": [
            {
                "rule": one.rule,
                "place": one.place,
                "message": one.message,
                "severity": one.severity,
                "basis": one.basis,
            }
            for one in found.findings
        ],
    }


def _decided_json(one: PackageCase) -> dict[str, object]:
    decision = one.decision
    return {
        "patent_number": one.number,
        "office": one.office,
        "state": one.state,
        "verdict": decision.verdict if decision else None,
        "reasons": [
            {"message": reason.message, "basis": reason.basis}
            for reason in (decision.reasons if decision else ())
        ],
        "text": decision.text if decision else "",
        "deadline": decision.deadline if decision else None,
        "by": decision.by if decision else "",
    }
