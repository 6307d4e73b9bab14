"""A segment broken into lines: its columns searched for the lines' ends, each line set at once.

The lines are those that `forms.output.text.set_by_atoms` comes to, to the last bit.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain
from math import fsum

from forms.output import line_breaks
from forms.output.line_holds import Holds, holds_of
from forms.output.line_segment import Group, Segment, pieces_of, spots_of
from forms.output.text_lines import Line, Measure, Rule, set_apart, widen_blanks
from forms.paper.document import AnyInline

_SLIP = 0.01  # points a line may pass its measure by, for rounding
_LOOKED_AT = 128  # places at once for a line's end, at first


def broken(
    segment: Segment,
    inlines: Sequence[AnyInline],
    first: Measure,
    hang: float,
    end: tuple[int, int],
    *,
    is_last: bool,
) -> list[Line]:
    """Return a segment's lines: the first in a measure, the others from `hang` on (points).

    `inlines` are those that stand on it, `end` is where the next line goes on after its last.
    """
    held = holds_of(inlines, segment.inline, segment.short_blanks)
    breaking = _Breaking(segment, held)
    count = len(segment.widths)
    lines: list[Line] = []
    start, measure = 0, first
    while start < count:
        stop = breaking.line_end(start, measure.width - measure.indent)
        if stop == count:
            measure = measure._replace(justify=False)
            lines.append(breaking.line(start, stop, measure, end, is_last=is_last))
            break
        lines.append(breaking.line(start, stop, measure, held.origin(stop), is_last=False))
        start, measure = stop, measure._replace(indent=hang)
    return lines


class _Breaking:
    """A segment with what holds its places together."""

    def __init__(self, segment: Segment, held: Holds) -> None:
        self.segment = segment
        self.held = held

    def line_end(self, start: int, room: float) -> int:
        """Return where the line that begins at a place ends."""
        widths, spaces, limit = self.segment.widths, self.segment.spaces, room + _SLIP
        count, span = len(widths), _LOOKED_AT
        begin = -self._trims(start)[0] + widths[start]
        while True:
            until = min(count, start + span)
            pairs = zip(spaces[start + 1 : until], widths[start + 1 : until], strict=True)
            ends = [*accumulate(chain.from_iterable(pairs), initial=begin)][::2]
            first_over = bisect_right([*accumulate(ends, max)], limit)  # an opening mark goes back
            for place in range(max(first_over, 1), until - start):
                is_over = ends[place] - self._trims(start + place)[1] > limit
                if is_over and not self._is_white(start + place):
                    return self._break_before(start, start + place)
            if until == count:
                return count
            span *= 2

    def _break_before(self, start: int, over: int) -> int:
        """The best place after a line's start and up to the first that is over it."""
        holds = self.held.holds
        found: dict[int, int] = {}
        for place in range(over, start, -1):
            hold = holds[place]
            if hold == line_breaks.FREE:
                return place
            found.setdefault(hold, place)
        return found.get(line_breaks.RELUCTANT) or found.get(line_breaks.LOOSE) or over

    def _is_white(self, place: int) -> bool:
        text = self.held.texts[place]
        return text.isspace() or place in self.held.gaps

    def _trims(self, place: int) -> tuple[float, float]:
        """What the character at a place may lose at a line's start and end."""
        text = self.held.texts[place]
        if text not in line_breaks.WHITE_BEFORE and text not in line_breaks.WHITE_AFTER:
            return 0.0, 0.0
        return self.segment.trims(place, text)

    def line(
        self, start: int, stop: int, measure: Measure, end: tuple[int, int], *, is_last: bool
    ) -> Line:
        """Set the line from a place to another."""
        segment = self.segment
        widths, spaces = segment.widths[start:stop], segment.spaces[start:stop]
        spaces[0] = -self._trims(start)[0]
        ink = stop
        while ink > start and self._is_white(ink - 1):
            ink -= 1
        trim_end = self._trims(ink - 1)[1] if ink > start else 0.0
        natural = fsum(widths[: ink - start]) + fsum(spaces[: ink - start]) - trim_end
        slack = measure.width - measure.indent - natural
        if slack > 0 and measure.align == "left":
            slack -= self._give(start, ink, slack, measure, widths, spaces)
        x = measure.indent
        if measure.align != "left":
            x += slack / (2 if measure.align == "center" else 1)
        steps = [*accumulate(chain.from_iterable(zip(spaces, widths, strict=True)), initial=x)]
        places, ends = steps[1::2], steps[2::2]
        pieces = pieces_of(self._groups(start, stop), widths, spaces, places, ends)
        rules = self._rules(start, stop, places, ends, measure)
        return Line(
            pieces=tuple(pieces),
            rules=tuple(rules),
            spots=spots_of(segment.spots, start, stop, places, ends),
            width=ends[ink - start - 1] - trim_end if ink > start else measure.indent,
            height=segment.style.leading_pt,
            size_pt=segment.em,
            end=end,
            last=is_last,
            speaks=any(rule.empty for rule in rules) or any(one.speaks for one in pieces),
            of_form=all(not one.path or one.speaks for one in pieces),
        )

    def _give(
        self,
        start: int,
        ink: int,
        slack: float,
        measure: Measure,
        widths: list[float],
        spaces: list[float],
    ) -> float:
        """Give slack to the line's blanks, else between its characters; return what was given."""
        closed = [one for one in self.segment.blanks if start <= one[1] < ink]
        if filled := [close - start for _, close, blank in closed if blank.fill]:
            for place in filled:
                widths[place] += slack / len(filled)
            return slack
        if not measure.justify:
            return 0
        whole = [(begin - start, close - start) for begin, close, _ in closed if begin >= start]
        if whole:
            return widen_blanks(whole, slack, widths)
        stretch, texts = self.held.stretch, self.held.texts[start : start + len(widths)]
        gaps = [place - start for place in range(start + 1, ink) if stretch[place]]
        return set_apart(gaps, slack, self.segment.em, texts, spaces)

    def _groups(self, start: int, stop: int) -> list[Group]:
        """The groups of a line, from its start on."""
        return [
            group.part(max(group.start, start), min(group.end, stop), start)
            for group in self.segment.groups
            if group.start < stop and group.end > start
        ]

    def _rules(
        self, start: int, stop: int, places: list[float], ends: list[float], measure: Measure
    ) -> list[Rule]:
        """Rule each blank, from the line's start and to the margin where it runs over."""
        made = []
        for begin, close, _ in self.segment.blanks:
            if begin >= stop or close < start:
                continue
            x = places[begin - start] if begin >= start else measure.indent
            if close >= stop:
                made.append(Rule(x, measure.width))
                continue
            right = ends[close - start]
            if close + 1 < stop:
                right = min(right, places[close - start + 1])
            made.append(Rule(x, right, begin >= start and close == begin + 1))
        return made
