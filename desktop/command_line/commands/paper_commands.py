"""export, signed add, submit: papers out, sealed scans in, the package made."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.command_line.arguments import Parser, out_folder, some_cases
from desktop.command_line.commands.look_commands import problem_json, problem_line
from desktop.command_line.password import password_of
from desktop.command_line.session import Session
from desktop.desk.workers import on_every_core
from forms.facts.derived import number_text
from forms.office.paper_export import ExportReport
from forms.office.paper_export import export as export_papers
from forms.office.paper_making import batch_papers
from forms.office.papers_wanted import LeftOut, not_offered, wanted
from forms.office.store import CannotDo, case_name, chosen_one

if TYPE_CHECKING:  # what makes packages and mails is slow to load, and only submit needs it
    from forms.office.submission import FaultyCases, Submitted

NOT_SENT = "已生成，尚未发出。本程序不联网，不会代您发送：请打开邮件草稿，核对后自行发送。"
SUMMARY = "summary"


def export_arguments(parser: Parser) -> None:
    """Which papers of which cases, in which formats, and where to."""
    some_cases(parser)
    parser.add_argument(
        "--paper",
        action="append",
        default=[],
        metavar="PAPER",
        help="info、consent、contract 或 summary；可写多次，不写时为除合同外的全部",
    )
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="FORMAT",
        help="pdf、docx（合同）或 xlsx（汇总表）；可写多次，不写时为 pdf",
    )
    out_folder(parser)
    parser.add_argument(
        "--skip-faulty",
        action="store_true",
        help="略过有错误的案卷并列出，其余的导出正式文书（汇总表同）",
    )


def export(session: Session) -> int:
    """Export papers; 1 where some were left out."""
    args, terminal = session.args, session.terminal
    papers = wanted(session.pack, args.paper, args.format)
    left_out = not_offered(session.pack, args.paper, args.format)
    cases = session.many_cases(args.numbers)
    if not len(cases):
        raise CannotDo("暂无案卷可导出，请先用 import 导入专利清单。")
    report = export_papers(
        session.store,
        session.pack,
        session.today,
        cases,
        args.out,
        papers,
        named=args.paper,
        skip_faulty=args.skip_faulty,
        progress=terminal.progress("制作"),
        makers=on_every_core,
    )
    report = msgspec.structs.replace(report, left_out=(*left_out, *report.left_out))
    _tell_export(session, report)
    if any(paper.scope == "batch" for paper, _ in papers):
        from forms.office.cover_letter import blank_office

        for text in blank_office(session.store.parties.office()):
            terminal.say(f"待补：{text}")
    return 1 if report.left_out or report.skipped else 0


def _tell_export(session: Session, report: ExportReport) -> None:
    terminal = session.terminal
    for made in report.made:
        terminal.show(str(made.path))
    terminal.show(f"共导出 {len(report.made)} 份，位于 {session.args.out}。")
    _tell_drafts(session, report)
    for path in report.kept:
        terminal.say(f"提示：“{path.name}”不是本程序生成，或生成后有改动，未覆盖；新文件另起名称。")
    tell_left_out(session, report.left_out)
    if not terminal.as_json:
        return
    terminal.json(
        {
            "made": [
                {
                    "path": str(made.path),
                    "case": made.case,
                    "paper": made.paper,
                    "format": made.format,
                    "draft": made.draft,
                }
                for made in report.made
            ],
            "left_out": [_left_out_json(one) for one in report.left_out],
            "drafts": [one.number or None for one in report.drafts],
            "skipped": [one.number or None for one in report.skipped],
            "kept": [str(path) for path in report.kept],
        }
    )


def _tell_drafts(session: Session, report: ExportReport) -> None:
    """Name the cases whose papers are drafts, or that were left out, and what came of it."""
    say = session.terminal.say
    if report.skipped:
        names = "、".join(one.name for one in report.skipped)
        say(f"略过 {len(report.skipped)} 件有错误的案卷：{names}，请用 check 查看。")
    if report.drafts:
        names = "、".join(one.name + ("" if one.of_itself else "（合同）") for one in report.drafts)
        say(f"草稿：{names} 有错误，文书每页印有“草稿”，不能签章，请用 check 查看。")
    batch = {paper.code: paper.title for paper in batch_papers(session.pack)}
    for code in dict.fromkeys(made.paper for made in report.made if made.draft):
        if code in batch:
            say(
                f"草稿：《{batch[code]}》因列有以上案卷也是草稿；"
                "先报其余案卷的，请加 --skip-faulty 略过有错误的案卷。"
            )


def tell_left_out(session: Session, left_out: tuple[LeftOut, ...]) -> None:
    """Name the papers that were not made, those of one reason together."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for one in left_out:
        by_reason.setdefault((one.paper, one.reason), []).append(one.case or "")
    for (paper, reason), cases in by_reason.items():
        named = "、".join(case for case in cases if case)
        session.terminal.say(f"未制作：{named}《{paper}》：{reason}")


def _left_out_json(one: LeftOut) -> dict[str, str | None]:
    return {"case": one.case, "paper": one.paper, "reason": one.reason}


def signed_add_arguments(parser: Parser) -> None:
    """Of which case and paper, and the scan."""
    parser.add_argument("number", metavar="NUMBER|summary", help="专利号或案卷号；汇总表写 summary")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="扫描件（PDF，或 JPEG、PNG、TIFF 图片）"
    )
    parser.add_argument("--paper", metavar="PAPER", help="info、consent 或 summary")


def signed_add(session: Session) -> int:
    """Keep a sealed scan."""
    from forms.office.sealed_scans import keep_sealed, paper_to_seal, read_scan

    args, terminal = session.args, session.terminal
    codes = {paper.code for paper in batch_papers(session.pack_to_look_by)}
    of_batch = args.number in {SUMMARY, *codes}
    stored = None if of_batch else chosen_one(session.store, args.number)
    pack = session.pack if stored is None else session.pack_of(stored)
    paper = paper_to_seal(pack, args.paper, stored)
    scan = read_scan(args.file)
    for words in scan.words:
        terminal.say(f"提示：{words}")
    sealed = keep_sealed(session.store, pack, stored, paper, scan.content, who=session.who)
    of = f" {sealed.case} 的" if sealed.case else ""
    terminal.show(f"已保存{of}《{paper.title}》签章扫描件。")
    if sealed.stale:
        terminal.say(
            f"待补：{of.strip()}《{paper.title}》打印后内容有改动，此签章件不能用于报送，"
            "请重新导出、打印、签章。"
        )
    terminal.json({"case": sealed.case, "paper": paper.code, "stale": sealed.stale})
    return 0


def submit_arguments(parser: Parser) -> None:
    """Of which cases, where to, whether locked, and what goes with it."""
    some_cases(parser)
    out_folder(parser)
    parser.add_argument("--skip-faulty", action="store_true", help="略过有错误的案卷并列出")
    lock = parser.add_mutually_exclusive_group()
    lock.add_argument("--encrypt", action="store_true", help="加密压缩包，密码在屏幕上输入两遍")
    lock.add_argument(
        "--password-file", type=Path, metavar="FILE", help="加密压缩包，密码为文件的第一行"
    )
    parser.add_argument(
        "--attach",
        action="extend",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="一并报送的其他文件（工作措施、评价报告等）",
    )


def submit(session: Session) -> int:
    """Make the package; 1 where cases have errors or were left out."""
    from forms.office.submission import FaultyCases, read_attachments
    from forms.office.submission import submit as make_package

    args, terminal = session.args, session.terminal
    attachments = read_attachments(args.attach)
    password = password_of(asked=args.encrypt, file=args.password_file)
    cases = session.cases(args.numbers)
    if not cases:
        raise CannotDo("暂无案卷可报送，请先用 import 导入专利清单。")
    try:
        done = make_package(
            session.store,
            session.office_pack,
            session.today,
            cases,
            args.out,
            skip_faulty=args.skip_faulty,
            attachments=attachments,
            who=session.who,
            password=password,
            progress=terminal.progress("制作"),
            makers=on_every_core,
        )
    except FaultyCases as fault:
        _tell_faulty(session, fault)
        return 1
    tell_submitted(session, done)
    terminal.json(submitted_json(done))
    return 1 if done.left_out or not done.complete else 0


def _tell_faulty(session: Session, fault: "FaultyCases") -> None:
    terminal = session.terminal
    terminal.say(str(fault))
    for one in fault.faulty:
        terminal.say(case_name(one.stored.case))
        for problem in one.errors():
            terminal.say(f"  {problem_line(problem)}")
    terminal.say("请改正后再生成，或用 --skip-faulty 略过这些案卷。")
    terminal.json(
        {
            "error": str(fault),
            "faulty": [
                {
                    "patent_number": number_text(one.stored.case) or None,
                    "problems": [problem_json(problem) for problem in one.errors()],
                }
                for one in fault.faulty
            ],
        }
    )


def tell_submitted(session: Session, done: "Submitted") -> None:
    """Say where the package lies, what it lacks and that nothing was sent."""
    from forms.office.cover_letter import seal_line, wanting_line

    terminal, written = session.terminal, done.written
    terminal.show(f"报送包：{written.folder}（{len(done.cases)} 件专利）")
    terminal.show(
        f"压缩包：{written.zip}{'（已加密，密码请另行告知收件人）' if written.locked else ''}"
    )
    if written.locked:
        terminal.show(
            f"注意：文件夹 {written.folder.name} 中的文件未加密，供本单位留底，请勿外发。"
        )
    for mail in written.mails:
        terminal.show(f"邮件草稿：{mail}")
    for line in done.left_out:
        name = line.patent_number or line.title or "未填专利号的案卷"
        terminal.say(f"未列入：{name}：{''.join(line.reasons)}")
    for line in done.missing_seals:
        terminal.say(f"待补：尚未签章：{seal_line(line)}")
    for line in done.wanting:
        terminal.say(f"待补：{wanting_line(line)}")
    tell_notes(session, done)
    terminal.show(NOT_SENT)


def tell_notes(session: Session, done: "Submitted") -> None:
    """Say what the submission as a whole still lacks, and what to consider."""
    terminal = session.terminal
    for text in done.pending:
        terminal.say(f"待补：{text}")
    for name in done.written.too_large:
        terminal.say(f"提示：“{name}”单独一封邮件也超过邮箱限额，请压缩后再发，或改用其他方式。")
    for text in done.advice:
        terminal.say(f"提示：{text}")


def submitted_json(done: "Submitted") -> dict[str, object]:
    """A package as --json prints it."""
    written = done.written
    return {
        "folder": str(written.folder),
        "zip": str(written.zip),
        "mails": [str(mail) for mail in written.mails],
        "files": written.names,
        "cases": [line.patent_number for line in done.cases],
        "left_out": [
            {"patent_number": line.patent_number, "title": line.title, "reasons": line.reasons}
            for line in done.left_out
        ],
        "missing_seals": [
            {"patent_number": line.patent_number, "papers": line.papers}
            for line in done.missing_seals
        ],
        "stale_seals": [
            {"patent_number": line.patent_number, "papers": line.stale}
            for line in done.missing_seals
            if line.stale
        ],
        "wanting": [
            {"patent_number": line.patent_number, "title": line.title, "reasons": line.reasons}
            for line in done.wanting
        ],
        "pending": done.pending,
        "advice": done.advice,
        "too_large": written.too_large,
        "locked": written.locked,
        "sent": False,
    }
