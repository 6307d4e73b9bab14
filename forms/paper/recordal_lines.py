"""Which papers the recordal of a licence wants, in its pack's words, and how each stands.

This module must not know blocks, formats, the store or a screen; a day is passed in.
"""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from forms.facts.amounts import chinese_date
from forms.facts.licence_effect import by_day, effect_by
from forms.facts.licence_life import ItemState, Proof
from forms.facts.record import Case, Licence
from forms.facts.recordal import is_late, standing

if TYPE_CHECKING:  # the pack's types stand on the paper language, which prints these lines
    from forms.pack.recordal_papers import RecordalPaper, RecordalProcedure
    from forms.pack.types import Pack

ASKED = {"payment": "怎样证明付款，待补", "agent": "是否委托代理，待补"}


class RecordalLine(msgspec.Struct, frozen=True, kw_only=True):
    """A paper: its place, its code, the authority's words, how it stands, what is said of it.

    `asks` where only the clerk can say how it is met.
    """

    place: int
    code: str
    words: str
    state: ItemState
    said: str = ""
    asks: bool = False
    proofs: tuple[Proof, ...] = ()


def procedure_of(case: Case, licence: Licence, pack: "Pack") -> "RecordalProcedure | None":
    """Return the procedure for a licence; None where the pack has none for its kind."""
    return pack.recordal.procedure(effect_by(case, licence)) if pack.recordal else None


def recordal_lines(
    case: Case,
    licence: Licence,
    pack: "Pack",
    today: date | None,
    *,
    contract: Proof | None = None,
) -> tuple[RecordalLine, ...]:
    """Return the papers in order; a late request's explanation at the end.

    `contract` is the sealed contract's scan, where one is kept.
    """
    procedure = procedure_of(case, licence, pack)
    if procedure is None:
        return ()
    papers, late = procedure.papers, pack.recordal.late if pack.recordal else None
    if late is not None and today is not None and is_late(case, licence, today):
        papers = (*papers, late)
    return tuple(
        _line(case, licence, paper, place, contract) for place, paper in enumerate(papers, 1)
    )


def _line(
    case: Case, licence: Licence, paper: "RecordalPaper", place: int, contract: Proof | None
) -> RecordalLine:
    how = standing(case, licence, paper.code, paper.met_by)
    proofs = (*_proofs(licence, paper, contract), *how.item.proofs)
    is_ready = how.item.state is None and paper.met_by == "contract" and bool(proofs)
    return RecordalLine(
        place=place,
        code=paper.code,
        words=paper.words,
        state="ready" if is_ready else how.state,
        said=how.item.note or _said(licence, paper, how.state, asks=how.asks),
        asks=how.asks,
        proofs=proofs,
    )


def _proofs(licence: Licence, paper: "RecordalPaper", contract: Proof | None) -> tuple[Proof, ...]:
    life = licence.life
    kept: tuple[Proof, ...] = ()
    match paper.met_by:
        case "notice":
            kept = (life.notice.proof,)
        case "payment":
            kept = tuple(one.proof for one in by_day(life.receipts))
        case "contract" if contract is not None:
            kept = (contract,)
    return tuple(proof for proof in kept if proof.sha256)


def _said(licence: Licence, paper: "RecordalPaper", state: ItemState, *, asks: bool) -> str:
    if asks:
        return ASKED[paper.met_by]
    if state == "not_needed":
        return paper.unneeded
    receipts = by_day(licence.life.receipts)
    day = {
        "notice": licence.life.notice.day,
        "payment": receipts[0].day if receipts else None,
        "contract": licence.signed_on,
    }.get(paper.met_by)
    return chinese_date(day) if day else ""
