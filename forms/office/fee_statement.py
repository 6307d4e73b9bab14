"""The statement of a fee (简要说明) looked at as a whole: what it comes to beside what is offered.

Source: 审查指南 第五部分第十一章 3.3.
"""

from decimal import Decimal

import msgspec

from forms.facts.amounts import plain
from forms.facts.declaration import FeeMethod
from forms.facts.fee_reckoning import Sort, offered, reckoned, sorts_of
from forms.facts.record import Case
from forms.office.store import CannotDo
from forms.pack.royalty_caps import most_characters
from forms.pack.types import Pack
from forms.paper.statement_parts import as_text, characters, parts


class ToldStatement(msgspec.Struct, frozen=True):
    """A statement told: sums in yuan with two decimals, rates in percent, both as text.

    None where something is not known.  Where a fee and a rate are reckoned it is the fee.
    """

    method: FeeMethod | None
    computed: str | None
    offered: str | None
    characters: int
    limit: int | None
    text: str


def has_statement(pack: Pack) -> bool:
    """Whether a pack asks for a statement of the fee."""
    return pack.statement is not None


def told_statement(case: Case, pack: Pack) -> ToldStatement:
    """Return the statement of a case.  Raises CannotDo where its pack asks for none."""
    if not has_statement(pack):
        raise CannotDo(f"{pack.identity.name}不要简要说明，只有法定声明的案卷才有。")
    sort = sorts_of(case.royalty)[0]
    offer = offered(case.royalty)
    return ToldStatement(
        method=case.statement.method,
        computed=_as_text(sort, reckoned(case, sort).value),
        offered=_as_text(sort, offer.fee if sort == "fee" else offer.rate),
        characters=characters(case, pack) or 0,
        limit=most_characters(pack),
        text=as_text(parts(case, pack)),
    )


def _as_text(sort: Sort, value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{value:.2f}" if sort == "fee" else plain(value)
