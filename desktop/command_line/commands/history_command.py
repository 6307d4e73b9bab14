"""history: the versions of a case or of a contract, and which boxes changed in each.

Facts of an owner or a licensee (numbers, accounts, addresses) are named here and not written
out, as in `show`; the window shows them, and --json gives all, as that of `show` does.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from desktop.command_line.arguments import Parser, count, one_case
from desktop.command_line.commands.look_commands import of_history
from desktop.command_line.session import Session
from desktop.command_line.terminal import one_line
from forms.check.changes import Change, blank_of, changes, shortened
from forms.facts.record import Case, Licence
from forms.office.licence_import import licence_at
from forms.office.store import case_name
from forms.office.stored import StoredCase, Version
from forms.pack.types import Pack

if TYPE_CHECKING:
    Told = list[tuple[Version, Sequence[Change]]]

MOVES = {"case.binned": "移入回收站", "case.unbinned": "从回收站取回"}
_OF_PARTIES = ("owners.", "licence.licensee.", "licence.bank.")
_NAME = "licence.licensee.name"
_ELSEWHERE, _BLANK = "（请在窗口里查看）", "（未填）"
_MOST = 24  # characters of a text in the list of versions
_NAMED = 3  # boxes named there


def history_arguments(parser: Parser) -> None:
    """Of which case or contract, and which version in full."""
    one_case(parser)
    parser.add_argument("--version", type=count, metavar="N", help="列出该版的全部改动")
    parser.add_argument(
        "--licence", type=count, metavar="K", help="该份许可合同的历史，见 license list"
    )


def history(session: Session) -> int:
    """List the versions with what changed, and when a case went into the bin and came out."""
    stored = of_history(session.store, session.args.number)
    name, told = _told(session, stored)
    if session.args.version is not None:
        _show_one(session, name, told)
    else:
        _show_all(session, stored, name, told)
    return 0


def _told(session: Session, stored: StoredCase) -> "tuple[str, Told]":
    """What the history is of, and its versions, the latest first, each with what changed."""
    store, place = session.store, session.args.licence
    pack = session.shelf.of(stored.case.pack) or session.pack_to_look_by
    name, wanted = case_name(stored.case), session.args.version
    if place is not None:
        of = licence_at(store, stored, place).id
        if wanted is not None:
            store.licences.at_version(of, wanted)  # says so where there is no such version
        kept = store.licences.versions(of)
        return f"{name} 第 {place} 份许可", _compared(
            kept, lambda n: store.licences.at_version(of, n), pack
        )
    if wanted is not None:
        store.cases.at_version(stored.id, wanted)
    return name, _compared(
        store.cases.versions(stored.id), lambda n: store.cases.at_version(stored.id, n), pack
    )


def _compared(
    versions: "Sequence[Version]", read: Callable[[int], Case | Licence], pack: Pack
) -> "Told":
    records = [read(one.version) for one in versions]
    before = [*records[1:], *map(blank_of, records[-1:])]
    return [
        (version, changes(former, record, pack))
        for version, former, record in zip(versions, before, records, strict=True)
    ]


def _show_all(session: Session, stored: StoredCase, name: str, told: "Told") -> None:
    store, terminal, place = session.store, session.terminal, session.args.licence
    events = store.events.listed(case_id=stored.id) if place is None else ()
    moves = [one for one in events if one.what in MOVES]
    rows = [
        (one.made_at, str(one.version), one.who, one.what, _in_short(changed, one is told[-1][0]))
        for one, changed in told
    ]
    rows += [(event.at, "", event.who, MOVES[event.what], "") for event in moves]
    terminal.table(
        ("版次", "时间", "何人", "何事", "改动"),
        [
            (version, f"{at.astimezone():%Y-%m-%d %H:%M}", who, what, changed)
            for at, version, who, what, changed in sorted(rows, key=itemgetter(0), reverse=True)
        ],
    )
    terminal.show("加上 --version N 查看某一版改了什么。")
    if place is None:
        terminal.show("用 show NUMBER --version N 查看那一版，用 revert NUMBER N 恢复。")
        count = len(store.licences.of_case(stored.id))
        if count:
            terminal.show(f"已登记 {count} 份许可，加上 --licence K 查看第 K 份合同的历史。")
    each = [{**msgspec.structs.asdict(version), "changes": changed} for version, changed in told]
    terminal.json({"case": name, "versions": each, "moves": moves})


def _show_one(session: Session, name: str, told: "Told") -> None:
    terminal, wanted = session.terminal, session.args.version
    version, changed = next(item for item in told if item[0].version == wanted)
    when = f"{version.made_at.astimezone():%Y-%m-%d %H:%M}"
    terminal.show(f"{name}　第 {wanted} 版　{when}　{version.who}　{version.what}".rstrip("　"))
    for one in changed:
        terminal.show(one.box)
        if _is_of_party(one):
            terminal.show(f"  改为：{_ELSEWHERE}")
        else:
            terminal.show(f"  原来：{one_line(one.before) or _BLANK}")
            terminal.show(f"  改为：{one_line(one.after) or _BLANK}")
    count = f"这一版改动 {len(changed)} 处。" if changed else "这一版表上的内容没有变化。"
    terminal.show(count)
    terminal.json({"case": name, **msgspec.structs.asdict(version), "changes": changed})


def _is_of_party(change: Change) -> bool:
    return change.path.startswith(_OF_PARTIES) and change.path != _NAME


def _in_short(changed: Sequence[Change], is_first: bool) -> str:
    """What changed, in a few words: the texts of one box, the names of several."""
    if is_first:
        return f"填入 {len(changed)} 栏" if changed else ""
    if len(changed) != 1:
        names = "、".join(one.box for one in changed[:_NAMED])
        more = " 等" if len(changed) > _NAMED else ""
        return f"{len(changed)} 处：{names}{more}" if changed else ""
    (one,) = changed
    if _is_of_party(one):
        return f"{one.box}{_ELSEWHERE}"
    before, after = shortened(one.before, one.after, _MOST)
    return f"{one.box}：{before or _BLANK} → {after or _BLANK}"
