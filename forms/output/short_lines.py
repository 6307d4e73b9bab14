"""Lines set by stretches of words at once, not character by character.

Most answers are such: a name, a number, a day, a blank in a sentence.  Where nothing needs to be
broken, only widths and the spaces between characters count; else `forms.output.broken_lines` finds
where lines end.  The lines are those that `forms.output.text` would set atom by atom, to the last
bit; what is out of the ordinary is left to it.
"""

from collections.abc import Sequence
from itertools import accumulate, chain
from math import fsum, inf

from forms.ground.fonts import FontSet
from forms.output.atom import TextStyle
from forms.output.broken_lines import broken
from forms.output.line_segment import segments_of, voice_of
from forms.output.stretches import stretch_of
from forms.output.text_lines import Line, Measure, Piece, Spot, moves_of, reads_apart
from forms.paper.document import AnyInline, Run


def short_lines(
    inlines: Sequence[AnyInline],
    style: TextStyle,
    width: float,
    fonts: FontSet,
    first_indent_em: float,
    hang_em: float,
    align: str,
    justify: bool,
) -> list[Line] | None:
    """Return a paragraph's lines; None where something in it is odd."""
    indent, hang = max(first_indent_em, 0) * style.size_pt, hang_em * style.size_pt
    if len(inlines) == 1 and isinstance(run := inlines[0], Run):
        line = _of_one_run(run, style, indent, width, align, fonts)
        if line is not None:
            return [line]
    narrowest = width - max(first_indent_em, hang_em) * style.size_pt
    segments = segments_of(inlines, style, fonts, narrowest)
    if segments is None or not inlines or not all(segment.ink for segment in segments):
        return None
    lines: list[Line] = []
    for place, segment in enumerate(segments, 1):
        is_last = place == len(segments)
        after = len(inlines) if is_last else segments[place].inline
        if segment.fits(width - indent):
            line = segment.line(indent, width, align, (after, 0), is_last=is_last)
            lines.append(line)
        else:
            here = inlines[segment.inline : after if is_last else after - 1]
            measure = Measure(indent, width, align, justify)
            lines += broken(segment, here, measure, hang, (after, 0), is_last=is_last)
        indent = hang
    return lines


def _of_one_run(
    run: Run, style: TextStyle, indent: float, width: float, align: str, fonts: FontSet
) -> Line | None:
    """Words alone on their line, as those of most cells: what `Segment` would come to."""
    role, size = voice_of(run, style)
    stretch = stretch_of(run.text, role, size, style.size_pt, bool(run.path), fonts)
    if stretch is None:
        return None
    widths, spaces = stretch.widths, [*stretch.spaces]
    if fsum(widths) + fsum([space for space in spaces if space > 0]) > width - indent:
        return None
    spaces[0] = -stretch.first.trim_start
    x, trim_end = indent, stretch.last.trim_end
    if align != "left":
        slack = width - indent - (fsum(widths) + fsum(spaces) - trim_end)
        x += slack / (2 if align == "center" else 1)
    steps = [*accumulate(chain.from_iterable(zip(spaces, widths, strict=True)), initial=x)]
    places, ends = steps[1::2], steps[2::2]
    pieces = []
    for start, end, face, shared in stretch.groups:
        moves: tuple[tuple[int, float], ...] = ()
        if any(spaces[start + 1 : end]):
            moves = moves_of(places[start:end], widths[start:end], size)
        words = run.text if end - start == len(widths) else run.text[start:end]
        of = role, size, run.path, face
        apart = bool(moves) and reads_apart(moves)
        here = places[start]
        pieces.append(Piece(here, ends[end - 1] - here, words, *of, moves, shared, apart))
    speaking = [piece.speaks for piece in pieces]
    return Line(
        pieces=tuple(pieces),
        rules=(),
        spots=(Spot(run.path, places[0], ends[-1]),) if run.path else (),
        width=ends[-1] - trim_end,
        height=style.leading_pt,
        size_pt=style.size_pt,
        end=(1, 0),
        last=True,
        speaks=any(speaking),
        of_form=not run.path or all(speaking),
    )


def short_width(inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet) -> float | None:
    """Return the width of pieces on one endless line, blanks at their least; None if unknown."""
    segments = segments_of(inlines, style, fonts, inf)
    if segments is None or len(segments) != 1 or not segments[0].widths:
        return None
    (segment,) = segments
    pairs = zip(segment.widths[1:], segment.spaces[1:], strict=True)
    return segment.widths[0] + fsum([one + space for one, space in pairs])
