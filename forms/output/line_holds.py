"""What holds the places of a segment together, in columns: where a line may end, what may widen.

The rules are `forms.output.atom_joins`'; here they are applied where stretches meet, and what holds
within a stretch is found once for its words.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import NamedTuple, assert_never

from forms.output.line_breaks import (
    CLOSING,
    FORBIDDEN,
    FREE,
    LOOSE,
    NOT_AT_END,
    NOT_AT_START,
    RELUCTANT,
    between,
    held_together,
    is_unit,
    meeting,
    takes_unit,
)
from forms.paper.document import OFF, ON, AnyInline, Blank, Break, Gap, Run, Spread, Tick

_LABEL = 8  # the most characters a label has


class Holds(NamedTuple):
    """Columns of a segment's places.

    `holds` is against a break before a place, `stretch` whether the space before it may widen,
    `texts` its character, "" where it has none; `gaps` are the places of mere white; `origins`
    are places with the inline that stands there and the offset in it.
    """

    holds: list[int]
    stretch: list[bool]
    texts: list[str]
    gaps: Collection[int]
    origins: list[tuple[int, int, int]]

    def origin(self, place: int) -> tuple[int, int]:
        """The inline that stands at a place, and the offset in it."""
        begin, inline, offset = self.origins[bisect_right(self.origins, (place, inf)) - 1]
        return inline, offset + place - begin


def holds_of(inlines: Sequence[AnyInline], first: int, short_blanks: Collection[int]) -> Holds:
    """Return what holds together a segment of these inlines, of which `first` is the first.

    `short_blanks` are the places of the ends of blanks whose answers are not to be broken.
    """
    made = _Holding(short_blanks)
    for made.inline, inline in enumerate(inlines, first):
        made.origins.append((len(made.holds), made.inline, 0))
        if isinstance(inline, Run):
            made.words(inline.text, is_answer=bool(inline.path))
        elif isinstance(inline, Blank):
            made.blank(inline.answer)
        elif isinstance(inline, Tick):
            made.tick(ON if inline.checked else OFF)
        elif isinstance(inline, Spread):
            made.spread(inline.text)
        elif isinstance(inline, Gap):
            made.gap()
        elif isinstance(inline, Break):
            raise AssertionError("a line's end parts segments")
        else:
            assert_never(inline)
    return made.whole()


@lru_cache(maxsize=2048)
def _within(text: str) -> tuple[list[int], list[bool]]:
    """What holds words together, and where they may be set apart; only to be copied."""
    meets = [_meetings[before + here] for before, here in pairwise(text)]
    holds = [FREE, *[hold for hold, _ in meets]]
    for place, own in held_together(text).items():
        holds[place] = own if own == RELUCTANT else max(own, holds[place])
    return holds, [True, *[may_widen for _, may_widen in meets]]


class _Meetings(dict[str, tuple[int, bool]]):
    """What holds two characters together, and whether they may be set apart, by both."""

    def __missing__(self, pair: str) -> tuple[int, bool]:
        if len(self) > _MOST_PAIRS:
            self.clear()
        hold, _, is_word = meeting(*pair)
        found = self[pair] = hold, not is_word
        return found


_MOST_PAIRS = 8192
_meetings = _Meetings()


class _Holding:
    """The columns, growing."""

    def __init__(self, short_blanks: Collection[int]) -> None:
        self.holds: list[int] = []
        self.stretch: list[bool] = []
        self.texts: list[str] = []
        self.answers: list[bool] = []
        self.gaps: set[int] = set()
        self.short_blanks = short_blanks
        self.blanks: list[int] = []  # where they begin
        self.ticks: list[int] = []  # the gaps behind them
        # What stands last, and its character: within a blank that has just ended.
        self.before: str = ""
        self.last: str = ""
        self.inline = 0
        self.origins: list[tuple[int, int, int]] = []

    def words(self, text: str, *, is_answer: bool) -> None:
        """Take words."""
        base = len(self.holds)
        self._characters(text, is_answer=is_answer)
        if self.before == "character":
            hold, _, is_word = meeting(self.last, text[0])
            self.holds[base] = hold
            self.stretch[base] = not is_word
        elif base:
            self._meet_other(base, text[0])
        self.before, self.last = "character", text[-1]

    def blank(self, answer: str) -> None:
        """Take a blank with its answer."""
        base = len(self.holds)
        self.blanks.append(base)
        self._add("", FREE, stretch=not base)
        if self.before == "tick":
            self.holds[base] = LOOSE
        elif self.last and self.last in NOT_AT_END:
            self.holds[base] = FORBIDDEN
        if answer:
            self._characters(answer, is_answer=True)
            close = len(self.holds)
            if close in self.short_blanks:
                self.holds[base + 1 :] = [max(hold, LOOSE) for hold in self.holds[base + 1 :]]
            self.holds[base + 1], self.stretch[base + 1] = FORBIDDEN, False
            self.origins.append((base + 1, self.inline, 0))
        self.origins.append((len(self.holds), self.inline, len(answer)))
        self._add("", FORBIDDEN, stretch=False)
        self.before, self.last = "blank", answer[-1:]

    def tick(self, text: str) -> None:
        """Take a tick and its gap."""
        base = len(self.holds)
        self._add(text, FREE, stretch=not base, is_answer=True)
        if self.before == "character":
            self.holds[base] = meeting(self.last, text)[0]
        elif base:
            self._meet_other(base, text)
        self.ticks.append(base + 1)
        self._add("", FORBIDDEN, stretch=False, is_gap=True)
        self.before, self.last = "tick", ""

    def spread(self, text: str) -> None:
        """Take words set wide."""
        base, count = len(self.holds), len(text)
        self.holds += (FREE, *[FORBIDDEN] * (count - 1))
        self.stretch += (not base or self.before == "spread", *[False] * (count - 1))
        self.texts += text
        self.answers += [False] * count
        if base:
            self._meet_other(base, text[0], is_still=False)
        self.before, self.last = "spread", text[-1]

    def gap(self) -> None:
        """Take white."""
        is_first = not self.holds
        hold = FREE if is_first else LOOSE if self.before == "tick" else FORBIDDEN
        self._add("", hold, stretch=is_first, is_gap=True)
        self.before, self.last = "gap", ""

    def _add(
        self, text: str, hold: int, *, stretch: bool, is_answer: bool = False, is_gap: bool = False
    ) -> None:
        if is_gap:
            self.gaps.add(len(self.holds))
        self.holds.append(hold)
        self.stretch.append(stretch)
        self.texts.append(text)
        self.answers.append(is_answer)

    def _characters(self, text: str, *, is_answer: bool) -> None:
        holds, stretch = _within(text)
        self.holds += holds
        self.stretch += stretch
        self.texts += text
        self.answers += [is_answer] * len(text)

    def _meet_other(self, place: int, text: str, *, is_still: bool = True) -> None:
        """Let a character meet what is none, or stands wide."""
        if is_still:
            self.stretch[place] = False
        if self.before == "tick":
            self.holds[place] = LOOSE
        elif self.before == "blank":
            if text in NOT_AT_START:
                self.holds[place] = FORBIDDEN
            elif is_unit(text) and (not self.last or takes_unit(self.last)):
                self.holds[place] = LOOSE
        elif self.last:
            self.holds[place] = between(self.last, text)

    def whole(self) -> Holds:
        """Hold blanks to their labels and ticks to their words; return the columns."""
        for place in self.blanks:
            self._hold_label(place)
        for place in self.ticks:
            for after in range(place + 1, min(place + 3, len(self.holds))):
                self.holds[after] = max(self.holds[after], RELUCTANT)
        return Holds(self.holds, self.stretch, self.texts, self.gaps, self.origins)

    def _hold_label(self, place: int) -> None:
        """Hold a blank to its label: a few characters after a gap, or such as end in a colon."""
        if not place:
            return
        start = place
        while start and place - start <= _LABEL and self._is_of_label(start - 1, place - start):
            start -= 1
        has_begun = start == 0 or start - 1 in self.gaps
        has_colon = self.texts[place - 1] in ("：", ":")
        if place - start > _LABEL or not (has_begun or has_colon):
            start = place - 1 if has_colon else place
        for part in range(start + 1, place + 1):
            self.holds[part] = max(self.holds[part], RELUCTANT)

    def _is_of_label(self, place: int, behind: int) -> bool:
        text = self.texts[place]
        return bool(text) and not self.answers[place] and (behind == 0 or text not in CLOSING)
