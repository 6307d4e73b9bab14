"""Cases made of patents in stock: what is decided there is carried out in a procedure."""

from collections.abc import Sequence

import msgspec

from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case
from forms.office.store import CaseStore
from forms.pack.types import Pack
from forms.stock.facts import InStock

_WHAT = "由存量盘点新建"


class MadeCases(msgspec.Struct, frozen=True):
    """The cases made, and the numbers of patents that have one of the pack already."""

    ids: tuple[int, ...]
    there: tuple[str, ...]


def make_cases(
    store: CaseStore, pack: Pack, patents: Sequence[InStock], *, who: str = ""
) -> MadeCases:
    """Make a case of a pack for each patent that has none; all or nothing.

    A patent of the ledger gets it on its entry there.
    """
    code = pack.identity.code
    with store.transaction():
        there = store.cases.numbers(pack=code)
        digits = {_digits(number) for number in there}
        wanted = [one for one in patents if _digits(one.number) not in digits]
        entries = store.ledger.known([one.number for one in wanted], code)
        on = {_digits(one.entry.patent.number or ""): one.id for one in entries}
        new: list[tuple[Case, dict[str, str], str]] = [
            (_case(code, one), {}, _WHAT) for one in wanted
        ]
        ids = store.cases.add_all(new, who=who, on=[on.get(_digits(one.number)) for one in wanted])
        store.events.log("stock.cases", who=who, counts={"made": len(ids)})
    known = tuple(one.number for one in patents if _digits(one.number) in digits)
    return MadeCases(tuple(ids), known)


def _case(code: str, one: InStock) -> Case:
    entry = one.entry
    return Case(
        pack=code,
        patent=entry.patent,
        owners=entry.owners,
        department=entry.department or one.college,
        notes=entry.notes,
        unread=entry.unread,
    )


def _digits(number: str) -> str:
    try:
        return parse(number).digits
    except NotAPatentNumber:
        return number
