"""selftest: whether the program, as it is installed here, has all its parts and does its work."""

from desktop.command_line.arguments import Parser, out_folder
from desktop.command_line.selftest import REPORT, selftest
from desktop.command_line.session import Session

_FINE, _FAULTY = 0, 1


def run_arguments(parser: Parser) -> None:
    """Where the report goes, and which parts are looked at."""
    out_folder(parser)
    parser.add_argument(
        "--part", action="append", default=[], metavar="PART", help="只检查此部分；可写多次"
    )


def run(session: Session) -> int:
    """Look at everything; the report lies in the folder, the faults are told."""
    out, terminal = session.args.out, session.terminal
    found = selftest(out, lambda text: terminal.say(f"自检：{text}"), session.args.part)
    report = (out / REPORT).resolve()
    if found.faults:
        terminal.show(f"自检未通过，有 {len(found.faults)} 处缺失：")
        for fault in found.faults:
            terminal.show(f"  {fault}")
    else:
        terminal.show("自检通过：程序各部分齐全，能够正常工作。")
    terminal.show(f"自检报告：{report}")
    terminal.json({"ok": not found.faults, "faults": found.faults, "report": str(report)})
    return _FAULTY if found.faults else _FINE
