"""What a pack says of the ways for a patent (路径): ways.toml, its conditions and the points.

A condition binds a sign (`forms.stock.signs`), which the program finds in the facts, to the words
and the basis that the pack has for it.  Points are the office's own view: it may weigh them
otherwise (`WayWeights`), and each is shown with what it adds.

Source: 浅析盘活存量专利的路径 二 (which ways there are); each condition names its own.
"""

import string
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from forms.facts.record_shape import Record
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.record_kind import RecordKind
from forms.stock.pack_data import own_or_shipped, read_shaped
from forms.stock.signs import SIGN_VALUES, SignName
from forms.stock.stock_items import Shape, StockForm

WAYS_FILE = "ways.toml"
MOST_POINTS = 100

Way = Literal[
    "own_use",
    "ordinary",
    "open",
    "pool",
    "transfer",
    "pledge",
    "share",
    "restore",
    "surrender",
]
WAYS: tuple[Way, ...] = get_args(Way)
Effect = Literal["bar", "needs", "ends", "note"]


class WayWords(Shape, frozen=True):
    """A way, its word, and the `least` points with which it is suggested."""

    code: Way
    label: str
    least: int = 1


class Condition(Shape, frozen=True):
    """What a sign means for some ways.

    It counts where the sign holds (`when` "yes") or surely does not ("no").  A "bar" closes the
    way, "ends" ends it with the sign's day, a "note" is told; what a way "needs" closes it where
    it does not hold or is not known.  `unknown` is told where the sign is not known; "" for
    nothing.  One that `is_urgent` comes before what speaks for a way.
    """

    sign: SignName
    ways: tuple[Way, ...]
    effect: Effect
    message: str
    basis: str
    when: Literal["yes", "no"] = "yes"
    unknown: str = ""
    is_urgent: bool = False


class Point(Shape, frozen=True):
    """So many points for a way where an item is answered so, or a sign holds."""

    code: str
    way: Way
    points: int
    message: str
    item: str = ""
    values: tuple[str, ...] = ()
    sign: SignName | None = None


class WayRules(Shape, frozen=True):
    """What a pack says of the ways; `note` says what a suggestion is."""

    note: str
    ways: tuple[WayWords, ...]
    conditions: tuple[Condition, ...]
    points: tuple[Point, ...]

    def label(self, way: str) -> str:
        """The word of a way; its code where the pack has none."""
        return _labels(self).get(way, way)


class WayWeights(Record, omit_defaults=True, frozen=True):
    """What an office weighs otherwise than the pack: points of the ways, criteria of grading.

    Both by their codes; by whom and since when.
    """

    version: int = 1
    points: dict[str, int] = {}
    criteria: dict[str, int] = {}
    by: str = ""
    on: date | None = None


WEIGHTS = RecordKind(
    name="stock_way_weights", shape=WayWeights, word="路径的条件", key=lambda _one: "ways"
)


class WayRulesFault(ForTheClerk):
    """A pack's ways.toml can not be used; the sentence says what is wrong."""


@lru_cache(maxsize=8)
def _labels(rules: WayRules) -> Mapping[str, str]:
    return {one.code: one.label for one in rules.ways}


def weighed(rules: WayRules, weights: WayWeights | None) -> WayRules:
    """Return the rules with the points as the office gives them."""
    own = weights.points if weights is not None else {}
    points = tuple(
        msgspec.structs.replace(one, points=own.get(one.code, one.points)) for one in rules.points
    )
    return msgspec.structs.replace(rules, points=points)


@lru_cache(maxsize=4)
def load_ways(form: StockForm, folder: Path | None = None) -> WayRules:
    """Return what a pack's folder says of the ways; what ships where it says nothing.

    `form` is what the pack asks, since points hang on its answers.  Raises WayRulesFault.
    """
    file = own_or_shipped(folder, WAYS_FILE)
    return read_shaped(file, WayRules, lambda rules: _faults(rules, form), WayRulesFault)


def _faults(rules: WayRules, form: StockForm) -> Iterator[str]:
    if sorted(one.code for one in rules.ways) != sorted(WAYS):
        yield f"每条路径写一次：{'、'.join(WAYS)}"
    for one in rules.conditions:
        known = SIGN_VALUES[one.sign]
        for name in _slots(one.message) - known:
            yield f"“{one.message}”中的 {{{name}}} 不是 {one.sign} 的内容"
        if _slots(one.unknown):
            yield f"“{one.unknown}”不能带内容"
        if one.effect == "ends" and "day" not in known:
            yield f"{one.sign} 没有日期，不能写 ends"
    codes = [one.code for one in rules.points]
    if len(set(codes)) < len(codes):
        yield "points 有两个相同的代码"
    for point in rules.points:
        if bool(point.item) == (point.sign is not None):
            yield f"{point.code} 应写 item 或者 sign 之一"
        if abs(point.points) > MOST_POINTS:
            yield f"{point.code} 的分数应在 -{MOST_POINTS} 至 {MOST_POINTS} 之间"
        if point.item and point.item not in form.by_code:
            yield f"{point.code} 的项目 {point.item} 不在盘点的各项中"


def _slots(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}
