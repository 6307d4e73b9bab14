"""Of which cases a paper is made, and whether it is signed."""

from datetime import date
from typing import TYPE_CHECKING

from forms.facts.record import Case, Licence
from forms.ground.kept import Kept
from forms.pack import language as lang
from forms.paper.licence_account import Account, account_of
from forms.paper.printed_values import View

if TYPE_CHECKING:  # the pack's types stand on the paper language
    from forms.pack.types import Pack


def is_for(
    paper: lang.Paper,
    case: Case,
    pack: "Pack",
    *,
    licence: Licence | None = None,
    today: date | None = None,
) -> bool:
    """Whether a paper is made of a case, or of a licence: its `when` holds."""
    if paper.when is None:
        return True
    account = account_of(case, licence, pack, today) if licence else Account()
    return View(case=case, pack=pack, licence=licence, account=account).holds(paper.when)


def is_signed(paper: lang.Paper) -> bool:
    """Whether a paper has a place for a signature or a seal."""
    return _SIGNED.get((paper,), lambda: _has_signatures(paper))


_SIGNED: Kept[bool] = Kept(200)  # of papers; every case asks for those of its pack


def _has_signatures(paper: lang.Paper) -> bool:
    rows = [row for block in paper.blocks if isinstance(block, lang.Grid) for row in block.rows]
    parts = (*paper.blocks, *(part for row in rows for part in row.body))
    return any(isinstance(part, lang.Signatures) for part in parts)
