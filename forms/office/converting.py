"""Make cases of one pack cases of another: looked at first, then all in one transaction.

The case that is converted stays as it is; the new one stands on the same entry of the ledger.
Where the patent has a case of that pack already, it is declared: once, unless the declaration was
withdrawn or refused; then that case is made ready to be declared again.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from forms.check.conversion import Converted, Reason, converted, made_anew
from forms.facts.declared import is_over, stage_of
from forms.facts.derived import number_text
from forms.facts.record import Case
from forms.office.case_standing import STATE_WORDS, Checked, check_all
from forms.office.ledger_conflicts import conflict_problems
from forms.office.store import CaseStore, ChangedMeanwhile, case_mark, case_name
from forms.office.stored import StoredCase
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack

DECLARED, NO_WAY = "conversion.declared", "conversion.no_way"
_OWNERS = "owners"


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one case: the new one, or why there is none.

    `former` is the patent's case of that pack whose declaration is over, which is made ready to be
    declared again; `licences` counts those granted under the case.
    """

    stored: StoredCase
    made: Converted | None
    reasons: tuple[Reason, ...]
    former: StoredCase | None = None
    licences: int = 0

    @property
    def can_be_made(self) -> bool:
        """Whether nothing bars it."""
        return self.made is not None and not self.reasons


def may_convert(pack: str, to: Pack) -> bool:
    """Whether cases of a pack become cases of another."""
    return to.conversion is not None and pack in to.conversion.packs


def goals(pack: str, shelf: Shelf) -> list[Pack]:
    """The packs at hand that cases of a pack become cases of."""
    found = (shelf.of(code) for code in (shelf.in_use.identity.code, *shelf.packs))
    known = {one.identity.code: one for one in found if one is not None}
    return [one for one in known.values() if may_convert(pack, one)]


def look(
    store: CaseStore, shelf: Shelf, to: Pack, today: date, cases: Sequence[StoredCase]
) -> list[Look]:
    """Look what would become of cases, each by its own pack; nothing is changed."""
    checked = check_all(store, shelf, today, cases)
    numbers = [number for one in cases if (number := number_text(one.case))]
    code = to.identity.code
    theirs = [one for one in store.cases.listed(numbers) if one.case.pack == code]
    counterparts = store.ledger.counterparts([one.id for one in cases])
    looks: list[Look] = []
    for one in checked:
        told = conflict_problems(one.stored.case, counterparts.get(one.stored.id, ()), to)
        apart = tuple(
            Reason(rule=problem.rule, message=problem.message, basis=problem.basis)
            for problem in told
            if problem.field == _OWNERS
        )
        found = _look(one, to, today, _declared(one.stored, theirs), apart)
        before = [other.stored for other in looks if other.can_be_made]
        if found.can_be_made and (alike := _declared(one.stored, before)):
            message = f"与{case_mark(alike[0].id)}是同一件专利，一件专利一份声明，只转换一件。"
            twice = Reason(rule=DECLARED, message=message, basis=_basis(to))
            found = msgspec.structs.replace(found, reasons=(twice,))
        looks.append(found)
    return looks


def _basis(to: Pack) -> str:
    return to.conversion.one_each_basis if to.conversion else to.identity.name


def _declared(stored: StoredCase, theirs: Sequence[StoredCase]) -> list[StoredCase]:
    number = number_text(stored.case)
    return [
        one
        for one in theirs
        if one.id != stored.id
        and (one.patent_id == stored.patent_id or (number and number_text(one.case) == number))
    ]


def _look(
    one: Checked, to: Pack, today: date, theirs: Sequence[StoredCase], apart: tuple[Reason, ...]
) -> Look:
    stored, licences = one.stored, len(one.licences)
    if one.pack is None or not may_convert(stored.case.pack, to):
        return Look(stored=stored, made=None, reasons=(_no_way(one, to),), licences=licences)
    own = converted(stored.case, one.pack, to, today, one.problems)
    if open_ones := [other for other in theirs if not is_over(other.case.declaration)]:
        told = Reason(rule=DECLARED, message=_declared_words(open_ones), basis=_basis(to))
        return Look(stored=stored, made=own, reasons=(told, *apart), licences=licences)
    if theirs:
        again = made_anew(theirs[-1].case, to, today)
        reasons = (*again.reasons, *apart)
        made = msgspec.structs.replace(again, rows=own.rows)
        return Look(stored=stored, made=made, reasons=reasons, former=theirs[-1], licences=licences)
    reasons = (*own.reasons, *apart)
    return Look(stored=stored, made=own, reasons=reasons, licences=licences)


def _no_way(one: Checked, to: Pack) -> Reason:
    mark, code = case_mark(one.stored.id), one.stored.case.pack
    if one.pack is None:
        message = f"{mark}的表单包（{code}）不在本机，无法核对，请先接收该表单包。"
    elif not code:  # it counts as a case of every pack, the new one's as well
        message = f"{mark}没有注明属于哪个表单包，不能转换；请重新导入该件专利，再转换新的案卷。"
    elif code == to.identity.code:
        message = f"{mark}已经是{to.identity.name}的案卷，无须转换。"
    else:
        own = one.pack.identity.name
        message = f"{mark}属于{own}，不能转为{to.identity.name}的案卷。"
    return Reason(rule=NO_WAY, message=message, basis=to.identity.name)


def _declared_words(theirs: Sequence[StoredCase]) -> str:
    """That a patent has such a case already, and how far its declaration is."""
    one = theirs[-1]
    stage = stage_of(one.case.declaration)
    how = f"声明{STATE_WORDS[stage]}" if stage else "尚未提交"
    then = "须先撤回，才能重新声明" if stage else "请在该案卷中继续填写"
    return f"该专利已有案卷（{case_mark(one.id)}，{how}），一件专利一份声明，{then}。"


def carry_out(
    store: CaseStore,
    shelf: Shelf,
    to: Pack,
    today: date,
    looks: Sequence[Look],
    *,
    who: str = "",
) -> Mapping[int, int]:
    """Make those that can be made, in one transaction; return the new case of each by its id.

    Raises ChangedMeanwhile where one of the cases, or what bars it, is no more as it was looked at;
    the store's StaleRevision where one that is declared again is.
    """
    asked = [one for one in looks if one.can_be_made]
    with store.transaction():
        there = store.cases.listed(ids=[one.stored.id for one in asked])
        now = {one.stored.id: one for one in look(store, shelf, to, today, there)}
        changed = [one for one in asked if not _is_as_it_was(one, now.get(one.stored.id))]
        if changed:
            names = "、".join(case_name(one.stored.case) for one in changed[:3])
            more = f"等 {len(changed)} 件" if len(changed) > 3 else ""
            raise ChangedMeanwhile(f"{names}{more}在此期间已有改动，没有新建案卷，请再看一遍。")
        made = _made(store, to, [now[one.stored.id] for one in asked], who)
        store.events.log("cases.converted", who=who, counts={"cases": len(made)})
    return made


def _is_as_it_was(before: Look, after: Look | None) -> bool:
    def known(one: Look) -> tuple[object, ...]:
        former = one.former and (one.former.id, one.former.revision)
        return one.stored.revision, one.stored.case, one.reasons, former

    return after is not None and known(before) == known(after)


def _made(store: CaseStore, to: Pack, looks: Sequence[Look], who: str) -> dict[int, int]:
    made: dict[int, int] = {}
    new = [one for one in looks if one.former is None and one.made is not None]
    rows: list[tuple[Case, Mapping[str, str], str]] = [
        (one.made.case, {}, f"由{case_mark(one.stored.id)}转换")
        for one in new
        if one.made is not None
    ]
    ids = store.cases.add_all(rows, who=who, on=[one.stored.patent_id for one in new])
    made |= {one.stored.id: case_id for one, case_id in zip(new, ids, strict=True)}
    for one in looks:
        if one.former is not None and one.made is not None:
            store.cases.save(
                one.made.case,
                case_id=one.former.id,
                revision=one.former.revision,
                who=who,
                what=f"重新声明（{to.identity.name}）",
            )
            made[one.stored.id] = one.former.id
    return made
