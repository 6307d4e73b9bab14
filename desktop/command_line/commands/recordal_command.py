"""license record: what the office did of a recordal, its papers listed and written."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desktop.command_line.arguments import Parser, a_day
from desktop.command_line.commands.licence_account import (
    account_json,
    chosen_licence,
    kept,
    named,
    one_licence,
    proof_of,
    scan_file,
    tell,
)
from desktop.command_line.session import Session
from forms.facts.licence_life import RECORDED_WORDS, RecordalChange
from forms.facts.record import Licence
from forms.facts.recordal import deadline, state
from forms.office import licence_life
from forms.office.recordal_packet import (
    ITEM_SCAN,
    contract_scan,
    paper_lines,
    wanting,
    write_packet,
)
from forms.office.store import CannotDo
from forms.office.stored import StoredCase, StoredLicence

if TYPE_CHECKING:
    from forms.paper.recordal_lines import RecordalLine

ITEM_WORDS = {"ready": "已备", "pending": "待补", "not_needed": "不适用"}
RECORDAL_WORDS = {
    "no_effect": "未生效",
    "open": "待备案",
    "late": "已逾期，待备案",
    "submitted": "已提交",
    "recorded": "已备案",
    "cancelled": "备案已解除",
}


def record_arguments(parser: Parser) -> None:
    """Of which licence; what the office did, what is there of the papers, where to write them."""
    one_licence(parser)
    parser.add_argument("--submitted", type=a_day, metavar="YYYY-MM-DD", help="提交备案的日期")
    parser.add_argument("--recorded", type=a_day, metavar="YYYY-MM-DD", help="备案日")
    parser.add_argument("--record-number", default="", metavar="TEXT", help="备案号")
    parser.add_argument("--cancelled", type=a_day, metavar="YYYY-MM-DD", help="备案解除日")
    parser.add_argument("--changed", type=a_day, metavar="YYYY-MM-DD", help="备案变更日")
    parser.add_argument(
        "--item",
        choices=tuple(RECORDED_WORDS),
        metavar="ITEM",
        help="变更项：kind 许可种类、licensor 许可人、licensee 被许可人",
    )
    parser.add_argument("--before", default="", metavar="TEXT", help="变更前的内容")
    parser.add_argument("--after", default="", metavar="TEXT", help="变更后的内容")
    parser.add_argument(
        "--by", choices=("licensor", "licensee"), metavar="WHO", help="请求人：licensor、licensee"
    )
    agent = parser.add_mutually_exclusive_group()
    agent.add_argument("--agent", action="store_true", default=None, help="委托代理")
    agent.add_argument("--no-agent", dest="agent", action="store_false", help="未委托代理")
    parser.add_argument(
        "--paper", metavar="CODE", help="备案材料中的一项，不写其他选项时列出各项的代号"
    )
    parser.add_argument(
        "--state",
        choices=tuple(ITEM_WORDS),
        metavar="STATE",
        help="该项：ready 已备、pending 待补、not_needed 不适用",
    )
    parser.add_argument("--note", metavar="TEXT", help="该项的说明")
    scan_file(parser, "该项的扫描件")
    parser.add_argument("--out", type=Path, metavar="DIR", help="把备案材料生成到这个文件夹")


def record(session: Session) -> int:
    """Keep what is done of a recordal, list its papers, or write them; 1 where some are wanting."""
    args = session.args
    stored, one = chosen_licence(session)
    said = args.state or args.note is not None or args.file is not None
    if said and not args.paper:
        raise CannotDo("请用 --paper 指明是哪一项材料，不写选项时列出各项的代号。")
    licence = licence_life.with_recordal(
        stored.case,
        one.licence,
        session.today,
        submitted_on=args.submitted,
        recorded_on=args.recorded,
        number=args.record_number,
        cancelled_on=args.cancelled,
    )
    if args.changed or args.item or args.before or args.after:
        change = RecordalChange(
            day=args.changed, item=args.item, before=args.before, after=args.after
        )
        licence = licence_life.with_change(licence, change, session.today)
    recordal = replace(
        licence.life.recordal,
        by=args.by or licence.life.recordal.by,
        agent=licence.life.recordal.agent if args.agent is None else args.agent,
    )
    licence = replace(licence, life=replace(licence.life, recordal=recordal))
    if args.paper:
        licence = _with_paper(session, stored, one, licence)
    with session.store.transaction():
        one = kept(session, one, licence, "登记备案")
        is_relieved = licence_life.note_relief(session.store, stored, licence, who=session.who)
    lines = _lines(session, stored, one)
    _tell_recordal(session, stored, one, lines)
    if is_relieved:
        session.terminal.show("开放许可备案日已填入专利，年费按备案日推算减缴，见 fees。")
    result = _recordal_json(session, stored, one, lines)
    if args.out:
        packet = write_packet(
            session.store, session.pack_of(stored), stored, one, args.out, session.today
        )
        session.terminal.show(f"备案材料：{packet.folder}（{len(packet.names)} 个文件）")
        session.terminal.show(f"压缩包：{packet.zip}")
        result |= {"folder": str(packet.folder), "zip": str(packet.zip), "files": packet.names}
    session.terminal.json(result)
    return 1 if args.out and wanting(lines) else 0


def _with_paper(
    session: Session, stored: StoredCase, one: StoredLicence, licence: Licence
) -> Licence:
    args = session.args
    pack = session.pack_of(stored)
    known = [line.code for line in paper_lines(stored.case, licence, pack, session.today)]
    if args.paper not in known:
        raise CannotDo(f"备案材料中没有“{args.paper}”这一项，有：{'、'.join(known)}。")
    proof = proof_of(session, one, ITEM_SCAN + args.paper, args.file)
    return licence_life.with_item(
        licence,
        args.paper,
        state=args.state,
        note=args.note,
        proofs=(proof,) if proof else (),
    )


def _lines(session: Session, stored: StoredCase, one: StoredLicence) -> "tuple[RecordalLine, ...]":
    pack = session.pack_of(stored)
    contract = contract_scan(session.store, pack, stored, one)
    return paper_lines(stored.case, one.licence, pack, session.today, contract)


def _tell_recordal(
    session: Session, stored: StoredCase, one: StoredLicence, lines: "tuple[RecordalLine, ...]"
) -> None:
    terminal, last = session.terminal, deadline(stored.case, one.licence)
    how = RECORDAL_WORDS[state(stored.case, one.licence, session.today)]
    until = f"，期限至 {last.day}" if last else ""
    terminal.show(f"{named(session, stored, one)}备案：{how}{until}。")
    terminal.table(
        ("代号", "材料", "状态", "说明"),
        [(line.code, line.words, ITEM_WORDS[line.state], line.said) for line in lines],
    )
    for change in one.licence.life.recordal.changes:
        item = RECORDED_WORDS[change.item or "kind"]
        terminal.show(f"备案变更 {change.day}：{item} {change.before or '—'} → {change.after}")
    is_done = one.licence.life.recordal.recorded_on is not None
    for line in () if is_done else wanting(lines):
        terminal.say(f"待补：{line.words}{f'：{line.said}' if line.asks else ''}")
    tell(session, stored, one.licence)


def _recordal_json(
    session: Session, stored: StoredCase, one: StoredLicence, lines: "tuple[RecordalLine, ...]"
) -> dict[str, object]:
    last, recordal = deadline(stored.case, one.licence), one.licence.life.recordal
    return {
        **account_json(session, stored, one),
        "state": state(stored.case, one.licence, session.today),
        "last_day": last.day if last else None,
        "submitted": recordal.submitted_on,
        "recorded": recordal.recorded_on,
        "record_number": recordal.number,
        "cancelled": recordal.cancelled_on,
        "changes": [
            {"day": one.day, "item": one.item, "before": one.before, "after": one.after}
            for one in recordal.changes
        ],
        "papers": [
            {
                "code": line.code,
                "paper": line.words,
                "state": line.state,
                "said": line.said,
                "files": [proof.name for proof in line.proofs],
            }
            for line in lines
        ],
    }
