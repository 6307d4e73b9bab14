"""The ways for a patent (路径): which are open, why, until when, and which the points speak for.

A way is open unless something known bars it; what is not known is told as wanting.  A suggestion
is arithmetic on the office's own points, each of them shown: never a verdict.

Laws (held by tests): an added bar never opens a way; with the days a way is only ever closed, but
for the restoration of a right that has just been lost.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from forms.stock.records import Answer, ChosenPath, values_of
from forms.stock.signs import Signs, WayFacts, signs
from forms.stock.stock_items import StockForm, lacking_main
from forms.stock.way_rules import WAYS, Condition, Point, Way, WayRules, WayWords

ReasonKind = Literal["bar", "unknown", "ends", "note"]
_ORDER: Mapping[ReasonKind, int] = {"bar": 0, "unknown": 1, "ends": 2, "note": 3}
TO_FILL = "待填"


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why a way is closed, what is not known, what ends it, what else is to be minded."""

    kind: ReasonKind
    message: str
    basis: str
    is_urgent: bool = False


class Part(msgspec.Struct, frozen=True, gc=False):
    """What a point adds: `points` None where its item is not answered (待填)."""

    code: str
    message: str
    points: int | None


class WayFound(msgspec.Struct, frozen=True, kw_only=True):
    """A way as it stands on a day; `until` is its last day, as far as the facts tell one."""

    way: Way
    label: str
    is_open: bool
    reasons: tuple[Reason, ...]
    until: date | None
    score: int
    least: int
    parts: tuple[Part, ...]

    @property
    def may_be_suggested(self) -> bool:
        """Whether it is open and has the points that it takes."""
        return self.is_open and self.score >= self.least


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """What the column 建议路径 says: a way and why; no way where `open_items` are wanting.

    `chosen` is the office's own choice, which counts before any points.
    """

    way: Way | None
    label: str
    reason: str
    open_items: int = 0
    chosen: ChosenPath | None = None


def ways_of(
    rules: WayRules, facts: WayFacts, answers: Mapping[str, Answer], today: date
) -> tuple[WayFound, ...]:
    """Return every way of a patent, in the pack's order."""
    found = signs(facts, today)
    return tuple(_way(rules, one, found, answers) for one in rules.ways)


def _way(rules: WayRules, words: WayWords, found: Signs, answers: Mapping[str, Answer]) -> WayFound:
    way = words.code
    reasons: list[Reason] = []
    ends: list[date] = []
    is_open = True
    for condition in rules.conditions:
        reason = _reason(condition, found) if way in condition.ways else None
        if reason is None:
            continue
        reasons.append(reason)
        is_open &= reason.kind != "bar" and not (
            reason.kind == "unknown" and condition.effect == "needs"
        )
        day = found[condition.sign].day
        if reason.kind == "ends" and day is not None:
            ends.append(day)
    parts = tuple(_parts(rules, way, found, answers))
    if not is_open:  # what else there were to mind is of no use while it is closed
        reasons = [one for one in reasons if one.kind in ("bar", "unknown")]
    return WayFound(
        way=way,
        label=words.label,
        least=words.least,
        is_open=is_open,
        reasons=tuple(sorted(reasons, key=lambda one: _ORDER[one.kind])),
        until=min(ends, default=None) if is_open else None,
        score=sum(one.points or 0 for one in parts),
        parts=parts,
    )


def _reason(condition: Condition, found: Signs) -> Reason | None:
    sign = found[condition.sign]
    if sign.holds is None:
        if not condition.unknown:
            return None
        return Reason("unknown", condition.unknown, condition.basis)
    tells_of = condition.when == "yes" and condition.effect != "needs"
    if sign.holds != tells_of:
        return None
    if not sign.holds and sign.values and not any(sign.values.values()):
        return None  # nothing to tell: another sign says all
    kind: ReasonKind = "bar" if condition.effect == "needs" else condition.effect
    message = condition.message.format_map(sign.values)
    return Reason(kind, message, condition.basis, condition.is_urgent)


def _parts(
    rules: WayRules, way: Way, found: Signs, answers: Mapping[str, Answer]
) -> Sequence[Part]:
    return [
        part
        for point in rules.points
        if point.way == way and (part := _part(point, found, answers)) is not None
    ]


def _part(point: Point, found: Signs, answers: Mapping[str, Answer]) -> Part | None:
    if point.sign is not None:
        holds = found[point.sign].holds
        return Part(point.code, point.message, point.points) if holds else None
    said = values_of(answers, point.item)
    if not said:
        return Part(point.code, point.message, None)
    if not set(said) & set(point.values):
        return None
    return Part(point.code, point.message, point.points)


def suggested(
    rules: WayRules,
    form: StockForm,
    ways: Sequence[WayFound],
    answers: Mapping[str, Answer],
    chosen: ChosenPath | None = None,
) -> Suggestion:
    """Return what the points speak for among the open ways; of equals the pack's first.

    While the items are not wholly answered only what hangs on no answer counts.
    """
    if chosen is not None:
        return Suggestion(
            way=_known(chosen.path),
            label=rules.label(chosen.path),
            reason=chosen.reason,
            chosen=chosen,
        )
    lacking = len(lacking_main(form, answers))
    of_signs = {one.code for one in rules.points if one.sign is not None}
    best: WayFound | None = None
    most = 0
    for way in ways:
        counted = [one.points or 0 for one in way.parts if not lacking or one.code in of_signs]
        points = sum(counted)
        if way.is_open and points >= way.least and (best is None or points > most):
            best, most = way, points
    urgent = next((r.message for w in ways for r in w.reasons if r.is_urgent), "")
    if best is None:
        why = urgent or ("" if lacking else _closed(ways))
        return Suggestion(way=None, label="", reason=why, open_items=lacking)
    for_it = [one for one in best.parts if (one.points or 0) > 0]
    strongest = max(for_it, key=lambda one: one.points or 0).message if for_it else ""
    return Suggestion(
        way=best.way, label=best.label, reason=urgent or strongest, open_items=lacking
    )


def _closed(ways: Sequence[WayFound]) -> str:
    """What bars the way that the points speak for most, where it is closed."""
    closed = [one for one in ways if not one.is_open and one.score >= one.least]
    if not closed:
        return ""
    wanted = max(closed, key=lambda one: one.score)
    bar = next((one.message for one in wanted.reasons if one.kind == "bar"), "")
    return f"{wanted.label}：{bar}" if bar else ""


def _known(code: str) -> Way | None:
    return next((one for one in WAYS if one == code), None)
