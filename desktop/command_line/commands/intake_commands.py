"""intake: a bureau takes in the packages of many offices."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.command_line.arguments import Parser
from desktop.command_line.password import password_to_open
from desktop.command_line.session import Session, now
from desktop.desk.lookers import on_every_core
from forms.bureau.intake import TakenIn, take_in
from forms.bureau.originals import originals_folder
from forms.pack.types import Pack

VERDICT_WORDS = {
    "new": "已收",
    "again": "收过",
    "changed": "有改动",
    "faulty": "有问题",
    "unreadable": "不能读取",
}


def intake_arguments(parser: Parser) -> None:
    """Where the packages lie, and what opens them."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="报送包：文件夹、.zip、.eml 或 .msg；放有许多包的文件夹",
    )
    parser.add_argument("--encrypted", action="store_true", help="询问加密压缩包的密码")
    parser.add_argument(
        "--password-file",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="文件第一行为加密压缩包的密码；可写多次，逐个试用",
    )


def intake(session: Session) -> int:
    """Take packages in; 1 where one has faults or can not be read."""
    args, terminal = session.args, session.terminal
    passwords = password_to_open(asked=args.encrypted, files=args.password_file)
    progress = terminal.progress("正在核对")
    taken = take_in(
        session.store,
        args.paths,
        originals_folder(session.database.parent),
        packs_of(session),
        now=now,
        passwords=passwords,
        who=session.who,
        progress=lambda done, total, _name: progress(done, total),
        lookers=on_every_core,
    )
    for one in taken:
        _show(session, one)
    if any(one.wants_password for one in taken):
        terminal.say("提示：有加密的压缩包，请加 --encrypted 输入密码，或用 --password-file 指明。")
    counts = _counts(taken)
    terminal.show(
        f"共 {len(taken)} 个包：新收专利 {counts['new']} 件，"
        f"收过 {counts['again']} 件，与已收的不同或他单位也报送 {counts['conflict']} 件。"
    )
    terminal.json({"packages": [_json(one) for one in taken], "patents": counts})
    bad = any(one.package.verdict in ("faulty", "unreadable") for one in taken)
    return 1 if bad else 0


def packs_of(session: Session) -> Sequence[Pack]:
    """The packs there are; first the one by whose words a package without a manifest is read."""
    shelf = session.shelf
    found = [shelf.of(code) for code in dict.fromkeys((shelf.in_use.identity.code, *shelf.packs))]
    packs = [pack for pack in found if pack is not None]
    return sorted(packs, key=lambda pack: not pack.submission.is_mailed)


def _show(session: Session, one: TakenIn) -> None:
    package = one.package
    cases = f"，{package.cases} 件" if package.verdict != "unreadable" else ""
    unit = package.office or "单位未写明"
    session.terminal.show(f"{VERDICT_WORDS[package.verdict]}　{package.source}：{unit}{cases}")
    for fault in package.faults:
        session.terminal.show(f"  {fault.message}")


def _json(one: TakenIn) -> dict[str, Any]:
    package = one.package
    return {
        "file": package.source,
        "office": package.office,
        "cases": package.cases,
        "verdict": package.verdict,
        "faults": [{"where": fault.where, "message": fault.message} for fault in package.faults],
    }


def _counts(taken: Sequence[TakenIn]) -> dict[str, int]:
    return {
        "new": sum(one.new for one in taken),
        "again": sum(one.again for one in taken),
        "conflict": sum(one.conflict for one in taken),
    }
