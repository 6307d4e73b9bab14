"""The facts of the paper on a patent's ways (路径说明), and those of all papers of a stock pack."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from forms.facts.amounts import chinese_date
from forms.facts.kinds import KIND_WORDS
from forms.stock.facts import InStock
from forms.stock.inventory import TO_FILL, Inventory
from forms.stock.way_money import Figure
from forms.stock.way_rules import Way
from forms.stock.ways import Part, Suggestion, WayFound


class WayRow(msgspec.Struct, frozen=True, kw_only=True):
    """A way as it is printed."""

    way: str
    standing: str
    until: str
    reasons: str
    money: str
    points: str


class WaysOfPatent(msgspec.Struct, frozen=True, kw_only=True):
    """What the paper says: of which patent, on which day, what is suggested, each way."""

    number: str
    title: str
    kind: str
    college: str
    made: str
    suggested: str
    note: str
    rows: tuple[WayRow, ...]


FACTS_OF: Mapping[str, type] = {"inventory": Inventory, "ways": WaysOfPatent}
"""The facts of each paper of a stock pack, by its code."""


def way_rows(
    ways: Sequence[WayFound], figures: Mapping[Way, Sequence[Figure]]
) -> tuple[WayRow, ...]:
    """Return the rows of a patent's ways with what each costs and brings, by the way."""
    return tuple(
        WayRow(
            way=one.label,
            standing="可以" if one.is_open else "现在不可以",
            until=str(one.until or ""),
            reasons="\n".join(f"{each.message}（{each.basis}）" for each in one.reasons),
            money="\n".join(f"{each.message}（{each.source}）" for each in figures[one.way]),
            points="\n".join((f"{one.score} 分", *map(_part, one.parts))),
        )
        for one in ways
    )


def _part(part: Part) -> str:
    return f"{part.message} {f'{part.points:+d}' if part.points is not None else TO_FILL}"


def ways_facts(
    office: str,
    patent: InStock,
    rows: tuple[WayRow, ...],
    told: Suggestion,
    note: str,
    today: date,
) -> WaysOfPatent:
    """Return what the paper says of a patent."""
    kind = patent.kind
    words = f"{told.label}（{told.reason}）" if told.label else ""
    if told.chosen is not None:
        words = f"本单位改用{told.label}，理由：{told.reason}"
    lacking = f"还差 {told.open_items} 项没有填，未计分" if told.open_items else ""
    return WaysOfPatent(
        number=patent.number,
        title=patent.title,
        kind=KIND_WORDS[kind] if kind else "",
        college=patent.college,
        made=f"{office}{chinese_date(today)}制",
        suggested="；".join(filter(None, (words, lacking))) or "没有建议",
        note=note,
        rows=rows,
    )
