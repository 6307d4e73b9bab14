"""pack list, check, take, use, remove; schema: what an authority issues, what our records are."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from desktop.installed.program_places import taken_packs_folder
from forms.exchange.answer_file import AnswerFile
from forms.exchange.package_manifest import Manifest
from forms.facts.record import Case, Licence, Office
from forms.ground.files import TooLarge
from forms.office.store import CannotDo
from forms.pack.load import PackFault, load
from forms.pool.share_input import ShareRun

if TYPE_CHECKING:
    from forms.vetting.pack_intake import Offered
    from forms.vetting.pack_stock import OnShelf

RECORDS: dict[str, type[msgspec.Struct]] = {
    "case": Case,
    "licence": Licence,
    "office": Office,
    "package": Manifest,
    "pool-run": ShareRun,
    "answers": AnswerFile,
}


def pack_list(session: Session) -> int:
    """List the packs there are, the versions that are kept too."""
    packs: list[dict[str, object]] = []
    rows = []
    stock = session.stock
    for versions in stock.versions.values():
        for one in versions:
            counts = session.packs.get(one.code) == one.folder
            row, facts = _listed(session, one, counts=counts)
            rows.append(row)
            packs.append(facts)
    known = {one.folder for versions in stock.versions.values() for one in versions}
    for odd in stock.unusable:
        if odd.folder not in known:
            rows.append((odd.name, "", "", "", f"不能使用：{odd.reason}"))
            packs.append({"code": odd.name, "faults": [odd.reason]})
    session.terminal.table(("代号", "版本", "名称", "机关", "说明"), rows)
    session.terminal.json({"packs": packs, "record_packs": _record_packs(session)})
    return 0


def _record_packs(session: Session) -> list[dict[str, object]]:
    """Show the packs of papers that are for no cases (文书包) apart; those passed over say why."""
    from forms.ground.locate import packs_folder
    from forms.pack.record_pack import find_record_packs, load_record_pack, passed_over

    own = taken_packs_folder(session.database)
    facts: list[dict[str, object]] = []
    rows = []
    bad = {one.folder: one.faults for one in passed_over(own)}
    for root in (packs_folder(), own):
        for code, folder in find_record_packs(root).items():
            if folder in bad:
                rows.append((code, "", "", f"不能使用，有 {len(bad[folder])} 处问题"))
                facts.append({"code": code, "faults": [str(one) for one in bad[folder]]})
                continue
            identity = load_record_pack(folder).identity
            note = "随程序安装" if root == packs_folder() else "本单位的"
            rows.append((identity.code, identity.version, identity.name, note))
            facts.append({**msgspec.to_builtins(identity), "folder": str(folder)})
    session.terminal.show("\n文书包（专利池、存量专利等所用的文书，不用于案卷）：")
    session.terminal.table(("代号", "版本", "名称", "说明"), rows)
    return facts


def _listed(
    session: Session, one: "OnShelf", *, counts: bool
) -> tuple[tuple[str, str, str, str, str], dict[str, object]]:
    try:
        identity = load(one.folder).identity
    except PackFault as fault:
        note = f"不能使用，有 {len(fault.faults)} 处问题"
        faults: list[str] = [str(one) for one in fault.faults]
        return (one.code, one.version, "", "", note), {
            "code": one.code,
            "version": one.version,
            "faults": faults,
        }
    until = identity.in_force_until
    over = until is not None and session.today > until
    notes = ["试点已结束"] if over and counts else []
    if not counts:
        notes = ["已换下" if one.version in session.stock.set_aside.get(one.code, ()) else "留存"]
    row = (one.code, one.version, identity.name, identity.authority, "；".join(notes))
    more = {"over": over, "in_use": counts, "shipped": one.is_shipped, "folder": str(one.folder)}
    return row, {**msgspec.to_builtins(identity), **more}


def pack_check_arguments(parser: Parser) -> None:
    """The pack's folder."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="表单包的文件夹")


def pack_check(session: Session) -> int:
    """Say every fault of a pack; 1 where there is one."""
    from forms.vetting.pack_lint import lint

    folder = session.args.folder
    if not folder.is_dir():
        raise CannotDo(f"找不到文件夹：{folder}")
    faults = lint(folder)
    for fault in faults:
        session.terminal.show(str(fault))
    said = f"共 {len(faults)} 处问题。" if faults else "没有问题。"
    session.terminal.show(f"表单包 {folder.resolve().name}：{said}")
    session.terminal.json({"folder": str(folder), "faults": faults})
    return 1 if faults else 0


def pack_take_arguments(parser: Parser) -> None:
    """The file, and whether it was agreed to already."""
    parser.add_argument("file", type=Path, metavar="FILE", help="发来的 .pack.zip 文件")
    parser.add_argument("--yes", action="store_true", help="已核对改变，同意接收，不再询问")


def pack_take(session: Session) -> int:
    """Take in a .pack.zip once its changes are agreed to; 1 where it is not, or has faults."""
    from desktop.installed.packs_here import offered, taken
    from forms.vetting.pack_intake import PackRefused, told

    terminal = session.terminal
    try:
        offer = offered(session.args.file, session.database, session.today)
    except PackRefused as refused:
        for fault in refused.faults:
            terminal.show(str(fault))
        terminal.json({"faults": refused.faults})
        terminal.say(str(refused))
        return 1
    except TooLarge as large:
        raise CannotDo(f"{large}请核对是否为表单包。") from large
    changes = [] if offer.folder is not None else _tell_changes(session, offer)
    if offer.needs_consent and not session.args.yes and not _agreed(session):
        terminal.json({"taken": False, "changes": changes, "seal": offer.seal})
        return 1
    done = taken(offer, session.database)
    terminal.show(told(done))
    if done.in_use != done.version:
        terminal.show(f"要改用 {done.version} 版：pack use {done.code} {done.version}")
    said = {name: getattr(done, name) for name in ("code", "version", "name", "is_known", "in_use")}
    more = {"taken": True, "folder": str(done.folder), "changes": changes, "seal": offer.seal}
    terminal.json({**said, **more})
    return 0


def _tell_changes(session: Session, offer: "Offered") -> list[object]:
    """Say what a pack would change, the grave with a mark; the same for --json."""
    from forms.vetting.pack_intake import SEAL_WORDS

    terminal, identity = session.terminal, offer.pack.identity
    now = f"本机现用 {offer.in_use} 版。" if offer.in_use else "本机没有这种表单包。"
    terminal.show(f"表单包“{identity.name}”{identity.version} 版（代号 {identity.code}）。{now}")
    for sentence in (*offer.ahead, *filter(None, [SEAL_WORDS[offer.seal].rstrip("。")])):
        terminal.show(f"注意：{sentence}。")
    terminal.show("接收后的改变：" if offer.in_use else "请核对：")
    for one in offer.changes:
        mark = "！" if one.is_grave else "　"
        text = f"{one.before} → {one.after}" if one.before else one.after
        terminal.show(f"{mark}{one.what}：{text}")
    if not offer.changes:
        terminal.show("　没有改变。")
    if offer.is_older:
        terminal.show(f"此份较现用版本旧，接收后只作留存，仍用 {offer.in_use} 版。")
    return list(offer.changes)


def _agreed(session: Session) -> bool:
    """Ask at the terminal; where nobody is there to answer, say how to agree."""
    from desktop.command_line.agreement import agreed

    otherwise = "未接收。确认以上改变无误的，请加 --yes 重新接收。"
    return agreed(session.terminal, "是否接收此表单包？", otherwise)


def pack_use_arguments(parser: Parser) -> None:
    """Which pack, and which version of it."""
    parser.add_argument("code", metavar="CODE", help="代号，见 pack list")
    parser.add_argument("version", metavar="VERSION", help="版本，见 pack list")


def pack_use(session: Session) -> int:
    """Put a version of a pack back, or use one that is only kept."""
    code, version = session.args.code, session.args.version
    session.stock.use(code, version)
    session.terminal.show(f"表单包 {code} 现用 {version} 版，其他各版留存。")
    session.terminal.json({"code": code, "in_use": version})
    return 0


def pack_remove_arguments(parser: Parser) -> None:
    """Which pack, and which version of it."""
    parser.add_argument("code", metavar="CODE", help="代号，见 pack list")
    parser.add_argument(
        "version", nargs="?", metavar="VERSION", help="版本；版本无法读取的，只写名称"
    )


def pack_remove(session: Session) -> int:
    """Take a pack that was taken in off the shelf, in one version."""
    from desktop.installed.packs_here import stock_beside

    code, version = session.args.code, session.args.version
    if version is None:
        session.stock.remove_folder(code)
    else:
        session.stock.remove(code, version)
    in_use = stock_beside(session.database).version_in_use(code)
    now = f"现用 {in_use} 版。" if in_use else ""
    session.terminal.show(f"已移除表单包 {code}{f' 的 {version} 版' if version else ''}。{now}")
    session.terminal.json({"code": code, "removed": version, "in_use": in_use or None})
    return 0


def schema_arguments(parser: Parser) -> None:
    """Which record."""
    parser.add_argument(
        "record",
        nargs="?",
        default="case",
        choices=tuple(RECORDS),
        metavar="RECORD",
        help="case（不写时）、licence、office、package（报送包的清单）、"
        "pool-run（收益分配）或 answers（审核意见）",
    )


def schema(session: Session) -> int:
    """Write the JSON Schema of a record; it is JSON with or without --json."""
    session.terminal.as_json = True
    session.terminal.json(schema_of(session.args.record))
    return 0


def schema_of(record: str) -> dict[str, Any]:
    """The published JSON Schema of a record."""
    made = msgspec.json.schema(RECORDS[record])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
