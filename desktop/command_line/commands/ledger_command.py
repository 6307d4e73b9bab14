"""ledger: the patents there are, the cases on each, and what is to be settled between them.

Facts of an owner (numbers, accounts, addresses) are named here and not written out, as in
`history`; the window shows them.
"""

from collections.abc import Mapping, Sequence

import msgspec

from db.store import Store
from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.facts.derived import number_text
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.office.ledger_conflicts import Difference, differences, settled_by, whose
from forms.office.store import CannotDo, case_mark, chosen_one, marked_id
from forms.office.stored import Counterpart, StoredCase, StoredPatent
from forms.pack.types import Pack

_ELSEWHERE = "（请在窗口里查看）"


class _Conflict(msgspec.Struct, frozen=True):
    """What a case and another entry of its patent say differently."""

    case: StoredCase
    other: Counterpart
    boxes: tuple[Difference, ...]


def ledger_arguments(parser: Parser) -> None:
    """Of which patents, and which case is right."""
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="专利号；不写时为全部专利")
    parser.add_argument("--conflicts", action="store_true", help="只列待选定的")
    parser.add_argument("--by", metavar="NUMBER", help="以这件案卷的专利信息为准，如 案卷12")


def ledger(session: Session) -> int:
    """List the patents with their cases; 1 where something is to be settled."""
    if session.args.by is not None:
        _settle(session, session.args.by)
    store, terminal = session.store, session.terminal
    numbers = [name for text in session.args.numbers for name in _written(store, text)]
    patents = store.patents.listed(numbers or None)
    cases = store.cases.listed(numbers) if numbers else store.cases.listed()
    of_patent: dict[int, list[StoredCase]] = {}
    for stored in cases:
        of_patent.setdefault(stored.patent_id, []).append(stored)
    conflicts = _conflicts(session, cases)
    if session.args.conflicts:
        patents = [one for one in patents if one.id in conflicts]
    several = {"、".join(_packs(of_patent.get(one.id, ()))) for one in patents} - {""}
    terminal.table(
        ("专利号", "名称", "专利权人", "案卷", *("表单包",) * (len(several) > 1), "待核对"),
        [
            (
                number_text(one.entry) or "（无）",
                one.entry.patent.title,
                "、".join(owner.name for owner in one.entry.owners),
                "、".join(case_mark(stored.id) for stored in of_patent.get(one.id, ())),
                *("、".join(_packs(of_patent.get(one.id, ()))),) * (len(several) > 1),
                "、".join(dict.fromkeys(_names(conflicts.get(one.id, ())))),
            )
            for one in patents
        ],
    )
    for one in patents:
        for conflict in conflicts.get(one.id, ()):
            _tell(session, conflict)
    open_ones = sum(one.id in conflicts for one in patents)
    terminal.show(f"共 {len(patents)} 条，其中 {open_ones} 条与同一专利的另一条填写不同。")
    if open_ones:
        terminal.show("核对后用 ledger NUMBER --by 案卷N 选定以哪一件案卷的专利信息为准。")
    terminal.json(
        {"patents": [_json(one, of_patent.get(one.id, ()), conflicts) for one in patents]}
    )
    return 1 if open_ones else 0


def _written(store: Store, text: str) -> list[str]:
    """The numbers that a clerk may mean: as typed, and with the check character that it lacks.

    A case is named by its id as well; the others of its patent are of its number.  Raises CannotDo.
    """
    if marked_id(text) is not None:
        return [number_text(chosen_one(store, text).case)]
    try:
        return [text, parse(text).corrected] if parse(text).check is None else [text]
    except NotAPatentNumber:
        return [text]


def _settle(session: Session, text: str) -> None:
    """Let every entry of a patent be as one case says; one that leaves a blank fills nothing."""
    store = session.store
    stored = chosen_one(store, text)
    if not _others(store, stored):
        raise CannotDo(f"{case_mark(stored.id)}的专利信息与台账没有不同，无须选定。")
    with store.transaction():
        while others := _others(store, stored):  # one that is settled may bar another
            what, patent_id = settled_by([stored.id]), others[0].patent.id
            store.ledger.settle(stored.id, patent_id, own=True, who=session.who, what=what)
    session.terminal.show(f"已统一：专利信息以{case_mark(stored.id)}为准，原内容留在历史版本中。")


def _others(store: Store, stored: StoredCase) -> Sequence[Counterpart]:
    return store.ledger.counterparts([stored.id]).get(stored.id, ())


def _conflicts(session: Session, cases: Sequence[StoredCase]) -> dict[int, list[_Conflict]]:
    """What is to be settled, by the entry; told once for the cases on it."""
    counterparts = session.store.ledger.counterparts([stored.id for stored in cases])
    found: dict[int, list[_Conflict]] = {}
    for stored in cases:
        others = counterparts.get(stored.id, ())
        if others and stored.patent_id not in found:
            pack = _pack(session, stored)
            found[stored.patent_id] = [
                _Conflict(stored, other, differences(stored.case, other.patent.entry, pack))
                for other in others
            ]
    return found


def _pack(session: Session, stored: StoredCase) -> Pack:
    return session.shelf.of(stored.case.pack) or session.pack_to_look_by


def _names(conflicts: Sequence[_Conflict]) -> list[str]:
    """The boxes that differ; what a pack does not ask has no name there."""
    boxes = [one.box for conflict in conflicts for one in conflict.boxes]
    return boxes or ["其他"] * len(conflicts)


def _tell(session: Session, conflict: _Conflict) -> None:
    mine = case_mark(conflict.case.id)
    for one in conflict.boxes:
        session.terminal.show(f"{one.box}")
        for name, text in ((mine, one.here), (whose(conflict.other), one.there)):
            hidden = one.path.startswith("owners.")
            session.terminal.show(f"  {name}：{_ELSEWHERE if hidden else text}")


def _packs(cases: Sequence[StoredCase]) -> list[str]:
    return list(dict.fromkeys(stored.case.pack for stored in cases if stored.case.pack))


def _json(
    one: StoredPatent,
    cases: Sequence[StoredCase],
    conflicts: Mapping[int, Sequence[_Conflict]],
) -> dict[str, object]:
    return {
        "patent_id": one.id,
        "revision": one.revision,
        "patent_number": number_text(one.entry) or None,
        "title": one.entry.patent.title,
        "owners": [owner.name for owner in one.entry.owners],
        "department": one.entry.department,
        "cases": [{"case_id": stored.id, "pack": stored.case.pack} for stored in cases],
        "conflicts": [
            {
                "patent_id": conflict.other.patent.id,
                "case_ids": conflict.other.case_ids,
                "fields": [box.path for box in conflict.boxes],
            }
            for conflict in conflicts.get(one.id, ())
        ],
    }
