"""The words of a statement of a fee (简要说明): the pack's moulds filled from the case.

Where something is wanting a gap is left; nothing here raises, whatever the figures are.  This
module must not know blocks, formats or a screen.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from forms.facts.amounts import grouped
from forms.facts.declaration import GAP
from forms.facts.fee_reckoning import MOST_FACTORS, ROUNDING, Gap, gap, offered, reckoned, sorts_of
from forms.facts.paths import UnknownPath
from forms.facts.record import Case
from forms.pack.royalty_caps import Caps, caps_of
from forms.pack.slots import Slot, parse
from forms.pack.statement_moulds import StatementPart, StatementText
from forms.paper.printed_values import OF_PACK, View
from forms.paper.statement_parts import Part

if TYPE_CHECKING:  # the pack's types stand on the paper language, so they can not be met here
    from forms.pack.types import Pack

RECKONED = (
    *("sum", "rounding", "over"),
    *("base", "fee", "fee_sum", "fee_side", "fee_gap", "offered_fee"),
    *("rate", "rate_sum", "rate_side", "rate_gap", "offered_rate"),
    *("fixed_cap", "net_sales_cap", "profit_cap"),
)
"""What the moulds may read as `reckoned.NAME`."""
_CLOSING = "。；;．. "
_TEN_THOUSAND = Decimal(10_000)


def written(case: Case, pack: "Pack", edited: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the parts as the moulds write them, but for those that were rewritten by hand."""
    if pack.statement is None:
        return ()
    view = _View(case=case, pack=pack, reckoned=reckoned_facts(case, caps_of(pack)))
    return tuple(
        _part(place, part, view, edited.get(part.id, ""))
        for place, part in enumerate(pack.statement.parts, 1)
    )


def reckoned_facts(case: Case, caps: Caps) -> Mapping[str, Any]:
    """Return what the figures come to, by the names of `RECKONED`."""
    offer = offered(case.royalty)
    found: dict[str, Any] = {"rounding": ROUNDING, "over": _over(case, caps)}
    found |= {"offered_fee": offer.fee, "offered_rate": offer.rate}
    for sort in sorts_of(case.royalty):
        made = reckoned(case, sort)
        found[sort] = made.value
        found[f"{sort}_sum"] = _sum(made.steps) if made.value is not None else None
        if sort == "fee":
            found["base"] = made.base
        between = gap(offer.fee if sort == "fee" else offer.rate, made.value)
        found |= _told(sort, between)
    found["sum"] = "；".join(one for sort in ("fee", "rate") if (one := found.get(f"{sort}_sum")))
    found["fixed_cap"] = caps.fixed / _TEN_THOUSAND if caps.fixed is not None else None
    found |= {"net_sales_cap": caps.net_sales, "profit_cap": caps.profit}
    return found


def _sum(steps: Sequence[str]) -> str:
    """The sums as running text has them: without the blanks that a line would be stretched at."""
    return "；".join(steps).replace(" ", "")


def _told(sort: str, between: Gap | None) -> Mapping[str, Any]:
    if between is None:
        return {}
    return {f"{sort}_side": between.side, f"{sort}_gap": between.percent}


def _over(case: Case, caps: Caps) -> str | None:
    """Whether the offer passes a cap; None where there is nothing to compare."""
    offer = offered(case.royalty)
    pairs = ((offer.fee, caps.fixed), (offer.rate, caps.of_rate(offer.base)))
    known = [(value, cap) for value, cap in pairs if value is not None and cap is not None]
    if not known:
        return None
    return "yes" if any(value > cap for value, cap in known) else "no"


class _View(View, frozen=True, kw_only=True):
    """The facts as running text says them; `reckoned` are those that only a statement has."""

    reckoned: Mapping[str, Any]

    def value(self, path: str) -> Any:
        """The value a path has; a pack that was not checked may name what no record has."""
        try:
            return super().value(path)
        except UnknownPath:
            return None

    def _read(self, path: str) -> Any:
        root, _, rest = path.partition(".")
        if root == "derived" and rest in OF_PACK:
            return None  # what is being written can not say how long it is
        return self.reckoned.get(rest) if root == "reckoned" else super()._read(path)

    def _words(self, path: str, options: Mapping[str, str]) -> str:
        value = self.value(path)
        if isinstance(value, Decimal):
            return grouped(value).removesuffix(".00") if "money" in options else f"{value:f}"
        words = super()._words(path, options)
        return words.rstrip(_CLOSING) if isinstance(value, str) else words


def _part(place: int, part: StatementPart, view: _View, by_hand: str) -> Part:
    heading = f"{numeral(place)}、{part.heading}"
    if by_hand.strip():
        lines = by_hand.strip().splitlines()
        facts = (frozenset((f"statement.edited.{part.id}",)),) * len(lines)
        return Part(part.id, heading, "\n".join(lines), is_edited=True, facts=facts)
    said = [
        (line, facts) for words, facts in _paragraphs(part, view) for line in words.splitlines()
    ]
    text = "\n".join(line for line, _ in said) or GAP
    return Part(part.id, heading, text, facts=tuple(facts for _, facts in said))


def _paragraphs(part: StatementPart, view: _View) -> list[tuple[str, frozenset[str]]]:
    """The paragraphs of a part, each with the facts it was made of."""
    found: list[tuple[str, frozenset[str]]] = []
    number = 0
    for text in part.texts:
        for one in _views(text, view):
            if not all(one.holds(when) for when in text.when):
                continue
            words, facts = _filled(text.text, one), _facts(text, one)
            if text.joins and found:
                before, known = found.pop()
                found.append((before + words, known | facts))
                continue
            number += text.numbered
            found.append((f"（{numeral(number)}）{words}" if text.numbered else words, facts))
    return found


def _facts(text: StatementText, view: _View) -> frozenset[str]:
    """What a paragraph says, and what it hangs on saying so."""
    said = (path for piece in parse(text.text) if isinstance(piece, Slot) for path in piece.paths)
    chosen = (when.path for when in text.when if when.is_ is not None)
    return frozenset(view.path(path) for path in (*said, *chosen))


def _views(text: StatementText, view: _View) -> list[_View]:
    if text.over is None:
        return [view]
    count = min(len(getattr(view.case.statement, text.over)), MOST_FACTORS)
    items = [f"statement.{text.over}.{place}" for place in range(count)]
    return [msgspec.structs.replace(view, item=item) for item in items]


def _filled(text: str, view: _View) -> str:
    return "".join(
        (view.answer(piece) or GAP) if isinstance(piece, Slot) else piece for piece in parse(text)
    )


def numeral(number: int) -> str:
    """Return a number below a hundred as headings have it: 一, 十二, 三十."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if number >= 100 or not tens:
        return digits[number] if number < 10 else str(number)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
