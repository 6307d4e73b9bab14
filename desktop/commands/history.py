"""history: the versions of a case, and which boxes changed in each.

Facts of an owner (numbers, accounts, addresses) are named here and not written out, as in
`show`; the window shows them, and --json gives all, as that of `show` does.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from desktop.commands.looking import of_history
from desktop.session import Session
from desktop.terminal import one_line
from forms.changes import Change, changes, shortened
from forms.office.store import case_name
from forms.pack.types import Pack
from forms.record import Case

if TYPE_CHECKING:
    from db.stored import Version

MOVES = {"case.binned": "移入回收站", "case.unbinned": "从回收站取回"}
_ELSEWHERE, _BLANK = "（请在窗口里查看）", "（未填）"
_MOST = 24  # characters of a text in the list of versions
_NAMED = 3  # boxes named there


def history(session: Session) -> int:
    """List the versions of a case with what changed, and when it went into the bin and out."""
    if session.args.version is not None:
        return _one(session)
    store, terminal = session.store, session.terminal
    stored = of_history(store, session.args.number)
    told = _told(session, stored.id, _pack(session, stored.case))
    moves = [one for one in store.events(case_id=stored.id) if one.what in MOVES]
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
    terminal.show(
        "用 history NUMBER --version N 查看某一版改了什么，用 show NUMBER --version N 查看那一版，"
        "用 revert NUMBER N 恢复。"
    )
    terminal.json(
        {
            "case": case_name(stored.case),
            "versions": [
                {**msgspec.structs.asdict(version), "changes": changed} for version, changed in told
            ],
            "moves": moves,
        }
    )
    return 0


def _one(session: Session) -> int:
    """List what changed in one version."""
    terminal, wanted = session.terminal, session.args.version
    stored = of_history(session.store, session.args.number)
    session.store.case_at(stored.id, wanted)  # says so where there is no such version
    told = _told(session, stored.id, _pack(session, stored.case))
    version, changed = next(item for item in told if item[0].version == wanted)
    name = case_name(stored.case)
    when = f"{version.made_at.astimezone():%Y-%m-%d %H:%M}"
    terminal.show(f"{name}　第 {wanted} 版　{when}　{version.who}　{version.what}".rstrip("　"))
    for one in changed:
        terminal.show(one.box)
        if _is_of_owner(one):
            terminal.show(f"  改为：{_ELSEWHERE}")
        else:
            terminal.show(f"  原来：{one_line(one.before) or _BLANK}")
            terminal.show(f"  改为：{one_line(one.after) or _BLANK}")
    count = f"这一版改动 {len(changed)} 处。" if changed else "这一版表上的内容没有变化。"
    terminal.show(count)
    terminal.json({"case": name, **msgspec.structs.asdict(version), "changes": changed})
    return 0


def _told(session: Session, case_id: int, pack: Pack) -> "list[tuple[Version, Sequence[Change]]]":
    """The versions, the latest first, each with what changed from the one before it."""
    store = session.store
    versions = store.versions(case_id)
    cases = [store.case_at(case_id, one.version) for one in versions]
    before = [*cases[1:], *(Case(pack=one.pack) for one in cases[-1:])]
    return [
        (version, changes(former, case, pack))
        for version, former, case in zip(versions, before, cases, strict=True)
    ]


def _pack(session: Session, case: Case) -> Pack:
    return session.shelf.of(case.pack) or session.pack


def _is_of_owner(change: Change) -> bool:
    return change.path.startswith("owners.")


def _in_short(changed: Sequence[Change], is_first: bool) -> str:
    """What changed, in a few words: the texts of one box, the names of several."""
    if is_first:
        return f"填入 {len(changed)} 栏" if changed else ""
    if len(changed) != 1:
        names = "、".join(one.box for one in changed[:_NAMED])
        more = " 等" if len(changed) > _NAMED else ""
        return f"{len(changed)} 处：{names}{more}" if changed else ""
    (one,) = changed
    if _is_of_owner(one):
        return f"{one.box}{_ELSEWHERE}"
    before, after = shortened(one.before, one.after, _MOST)
    return f"{one.box}：{before or _BLANK} → {after or _BLANK}"
