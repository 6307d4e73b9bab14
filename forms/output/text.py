"""One line routine for every paper: inline pieces in, set lines out, lines onto a canvas.

It breaks by the Chinese rules, squeezes marks, rules blanks and stretches them.  It knows no
page: where a line stands and what follows it is the layout's.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import fsum
from typing import Literal, TypeAlias

import msgspec

from forms.ground.fonts import FontSet
from forms.output.atom import Atom, Kind, TextStyle
from forms.output.atoms import LINE_ENDS, atoms, tick_em
from forms.output.canvas import PaperCanvas
from forms.output.embedded_fonts import DocumentFonts
from forms.output.line_breaks import FREE, LOOSE, RELUCTANT
from forms.output.pdf_file import text_string
from forms.output.short_lines import short_lines, short_width
from forms.output.tags import Element
from forms.output.text_lines import Line, Measure, Piece, Rule, Spot, set_line
from forms.paper.document import ON, AnyInline, Blank, Run

__all__ = [
    "Align",
    "Line",
    "Piece",
    "Rule",
    "Spot",
    "TextStyle",
    "draw",
    "ends_paragraph",
    "layout",
    "natural_width",
    "rest",
    "tick_em",
]

Align = Literal["left", "center", "right"]

_OF_DAYS, _DAY = ("年", "月"), "日"  # what a form prints between the figures of a day
_SLIP = 0.01  # points a line may pass its measure by, for rounding
_RULE_BELOW = 0.27  # em below the baseline, clear of p and g


def layout(
    inlines: Sequence[AnyInline],
    style: TextStyle,
    width_pt: float,
    fonts: FontSet,
    *,
    first_indent_em: float = 0,
    hang_em: float = 0,
    align: Align = "left",
    justify: bool = True,
) -> list[Line]:
    """Break a paragraph into lines of at most width_pt.

    Both indents count from the left edge: the first line's and every other line's.  With
    `justify`, slack of every line but the last goes to its blanks, else between its characters
    (at most 0.24 em), else the line stays short; with align center or right lines keep their
    natural width.  No inlines give no lines; an empty Run gives one empty line.  The list is kept
    and not to be changed.
    Raises MissingGlyph with the path of the fact that holds the character.
    """
    key = (tuple(inlines), style, width_pt, fonts, first_indent_em, hang_em, align, justify)
    if any(map(is_answer, inlines)):
        return _layout_of_answers(*key)
    return _layout_of_form(*key)


def natural_width(inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet) -> float:
    """Return the width in points the pieces take on one endless line, blanks at their least."""
    return _natural_width(tuple(inlines), style, fonts)


@lru_cache(maxsize=512)
def _natural_width(inlines: tuple[AnyInline, ...], style: TextStyle, fonts: FontSet) -> float:
    short = short_width(inlines, style, fonts)
    if short is not None:
        return short
    made = atoms(inlines, style, fonts)
    if not made:
        return 0
    return made[0].width + fsum(atom.width + atom.space for atom in made[1:])


def rest(inlines: Sequence[AnyInline], line: Line) -> list[AnyInline]:
    """Return what follows a line of these inlines, to be laid anew in another width or style."""
    index, offset = line.end
    if index >= len(inlines):
        return []
    cut, following = inlines[index], list(inlines[index + 1 :])
    if isinstance(cut, Run) and offset < len(cut.text):
        return [msgspec.structs.replace(cut, text=cut.text[offset:]), *following]
    if isinstance(cut, Blank) and 0 < offset < len(cut.answer):
        return [msgspec.structs.replace(cut, answer=cut.answer[offset:], min_em=0), *following]
    return [cut, *following] if offset == 0 else following


def ends_paragraph(inlines: Sequence[AnyInline], line: Line) -> bool:
    """Tell whether a line ends where an answer's own line end was typed."""
    index, offset = line.end
    if index >= len(inlines) or not offset:
        return False
    cut = inlines[index]
    text = cut.text if isinstance(cut, Run) else cut.answer if isinstance(cut, Blank) else ""
    return text[offset - 1 : offset] in LINE_ENDS and bool(text)


def draw(
    canvas: PaperCanvas,
    line: Line,
    x_pt: float,
    baseline_pt: float,
    tag: Element | None = None,
    head: Element | None = None,
) -> None:
    """Draw a line with its measure's left edge at x_pt; PDF coordinates, y upwards.

    On a tagged canvas its words belong to `tag` (a heading at their beginning to `head`), each
    tick and each empty blank to a span of its own; without `tag` all are an artifact.
    """
    tree = canvas.tree
    if tree is None:
        tag = head = None
    kept = canvas.kept
    key = (line, x_pt, tag is not None, head is not None)
    parts = kept.get(key) if line.of_form else None
    if parts is None:
        parts, is_shared = _drawn_parts(canvas.used, *key)
        if line.of_form and is_shared:
            kept[key] = parts
    end = f" {baseline_pt:.3f} Tm [<"
    if isinstance(parts, str):
        if tag is not canvas.marked:
            canvas.mark(tag)
        canvas.operators.append(parts.replace(_END, end))
        return
    below = f" {baseline_pt - _RULE_BELOW * line.size_pt:.3f} " if line.rules else ""
    for is_head, spoken, operators in parts:
        owner = head if is_head else tag
        if spoken and tree is not None and owner is not None:
            owner = tree.within(owner, "Span", getattr(tree.spoken, spoken))
        if owner is not canvas.marked:
            canvas.mark(owner)
        shown = operators.replace(_END, end)
        if below:
            shown = shown.replace(_BELOW, below)
        if shown:
            canvas.operators.append(shown)


# In the operators of a line, for what tells how high it stands: words, with what begins the
# characters of each piece, and rules.
_END, _BELOW = "@", "#"
_Spoken: TypeAlias = Literal["", "blank", "checked", "unchecked"]
_Drawn: TypeAlias = tuple[bool, _Spoken, str]
"""A piece of content: whether it is the head's, what is heard for it, its operators."""


def _drawn_parts(
    used: DocumentFonts, line: Line, x_pt: float, is_tagged: bool, has_head: bool
) -> tuple[list[_Drawn] | str, bool]:
    """A line as it is drawn, wherever on the page's height; whether the form's fonts show all.

    Words alone, as most lines are, are their operators.
    """
    before = used.further_count
    drawn: list[_Drawn] | str
    if is_tagged and (has_head or line.speaks):
        drawn = [
            (part.is_head, part.spoken, _operators(used, line, part.words, part.rules, x_pt))
            for part in _parts(line, has_head)
        ]
        if filled := tuple(rule for rule in line.rules if not rule.empty):
            drawn.append((False, "", _drawn_rules(line, filled, x_pt)))
    elif line.pieces and not line.rules:
        drawn = _drawn_words(used, line.pieces, x_pt)
    else:
        drawn = [(False, "", _operators(used, line, line.pieces, line.rules, x_pt))]
    return drawn, used.further_count == before


class _Part(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a line that is one piece of content: words, or what something is heard for."""

    is_head: bool
    spoken: _Spoken
    words: tuple[Piece, ...] = ()
    rules: tuple[Rule, ...] = ()


def _parts(line: Line, has_head: bool) -> list[_Part]:
    """A line in its reading order: stretches of words, ticks and empty blanks by themselves."""
    parts: list[Piece | Rule] = [*line.pieces]
    if empty := [rule for rule in line.rules if rule.empty]:
        parts = sorted([*parts, *empty], key=_x)
    made: list[_Part] = []
    words: list[Piece] = []
    is_head = has_head
    for part in parts:
        follows = is_head and isinstance(part, Piece) and part.role == "heading"
        if words and (part.speaks or follows is not is_head):
            made.append(_Part(is_head, "", tuple(words)))
            words = []
        is_head = follows
        if isinstance(part, Rule):
            made.append(_Part(is_head, "blank", rules=(part,)))
        elif part.speaks:
            made.append(_Part(is_head, "checked" if part.text == ON else "unchecked", (part,)))
        else:
            words.append(part)
    if words:
        made.append(_Part(is_head, "", tuple(words)))
    return made


def _x(part: Piece | Rule) -> float:
    return part.x


def _operators(
    used: DocumentFonts, line: Line, pieces: Sequence[Piece], rules: Sequence[Rule], x_pt: float
) -> str:
    words = _drawn_words(used, pieces, x_pt) if pieces else ""
    if not rules:
        return words
    ruled = _drawn_rules(line, rules, x_pt)
    return f"{words}\n{ruled}" if words else ruled


def _drawn_words(used: DocumentFonts, pieces: Sequence[Piece], x_pt: float) -> str:
    operators = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if not (piece.path or piece.apart):
            operators.append(_shown(used, piece, x_pt))
            place += 1
            continue
        count = _of_one_answer(pieces, place)
        together = pieces[place : place + count]
        place += count
        words = " ".join([_shown(used, one, x_pt) for one in together])
        if count > 1 or piece.apart:
            words = _heard_as("".join([one.text for one in together]), words)
        operators.append(words)
    return f"BT {' '.join(operators)} ET"


def _heard_as(text: str, operators: str) -> str:
    """Words that are found and heard as one, however they are set."""
    return f"/Span <</ActualText {text_string(text)}>> BDC {operators} EMC"


def _of_one_answer(pieces: Sequence[Piece], start: int) -> int:
    """How many pieces from one on are one answer's, to be found by a search for it.

    2021年6月8日 changes its font five times, with a thin space each: a reader would see
    2021 年 6 月 8 日.  So it does where the form prints the units and leaves the figures blank.
    """
    path = pieces[start].path
    end = start + 1
    while path and end < len(pieces):
        if pieces[end].path == path:
            end += 1
        elif pieces[end].text in _OF_DAYS and end + 1 < len(pieces):
            if pieces[end + 1].path != path:
                break
            end += 2
        else:
            break
    if path and end > start + 1 and end < len(pieces) and pieces[end].text == _DAY:
        end += 1
    return end - start


def _shown(used: DocumentFonts, piece: Piece, x_pt: float) -> str:
    resource, codes = used.codes(piece.face, piece.text)
    shown = _set_apart(piece, codes) if piece.moves else codes
    return f"/{resource} {piece.size_pt:g} Tf 1 0 0 1 {x_pt + piece.x:.3f}{_END}{shown}>] TJ"


def _drawn_rules(line: Line, rules: Sequence[Rule], x_pt: float) -> str:
    strokes = [f"{x_pt + rule.x:.3f}{_BELOW}m {x_pt + rule.end:.3f}{_BELOW}l" for rule in rules]
    return f"q {0.6 if line.size_pt >= 13 else 0.5} w {' '.join(strokes)} S Q"


def _set_apart(piece: Piece, shown: str) -> str:
    """Put its moves, in thousandths of an em to the right, behind the characters they follow."""
    parts: list[str] = []
    start, last, said = 0, 0.0, ">-0<"
    for place, move in piece.moves:
        if move != last:  # a line set wide has the same move at most of its places
            last, said = move, f">{-move:.0f}<"
        parts += shown[start : 4 * place], said
        start = 4 * place
    parts.append(shown[start:])
    return "".join(parts)


def is_answer(inline: AnyInline) -> bool:
    """Whether an inline says something that another copy of the paper may not say."""
    if isinstance(inline, Blank):
        return bool(inline.answer)
    return isinstance(inline, Run) and bool(inline.path)


def _layout(
    inlines: tuple[AnyInline, ...],
    style: TextStyle,
    width: float,
    fonts: FontSet,
    first_indent: float,
    hang: float,
    align: Align,
    justify: bool,
) -> list[Line]:
    short = short_lines(inlines, style, width, fonts, first_indent, hang, align, justify)
    if short is not None:
        return short
    return set_by_atoms(inlines, style, width, fonts, first_indent, hang, align, justify)


def set_by_atoms(
    inlines: tuple[AnyInline, ...],
    style: TextStyle,
    width: float,
    fonts: FontSet,
    first_indent: float,
    hang: float,
    align: Align,
    justify: bool,
) -> list[Line]:
    """Set a paragraph thing by thing, as all can be set: see `layout`."""
    narrowest = width - max(first_indent, hang) * style.size_pt
    made = atoms(inlines, style, fonts, narrowest)
    end = (len(inlines), 0)
    if not made:
        return [_empty_line(style, end)] if inlines else []
    lines: list[Line] = []
    start = 0
    while start < len(made):
        # A line end within an answer begins a paragraph, one of the form's own only a line.
        begins = start == 0 or (made[start - 1].kind == Kind.BREAK and made[start - 1].answer)
        indent = (max(first_indent, hang if lines else 0) if begins else hang) * style.size_pt
        stop, forced = _line_end(made, start, width - indent)
        taken = made[start:stop]
        start = stop
        last = start >= len(made)
        measure = Measure(indent, width, align, justify and not last and not forced)
        after = end if last else (made[start].inline, made[start].offset)
        lines.append(set_line(taken, style, measure, after, last))
    if made[-1].kind == Kind.BREAK:
        lines.append(_empty_line(style, end))
    return lines


# A form's own words come again in every copy; answers mostly within one paper, some in the next.
_layout_of_form = lru_cache(maxsize=1024)(_layout)
_layout_of_answers = lru_cache(maxsize=512)(_layout)


def _empty_line(style: TextStyle, end: tuple[int, int]) -> Line:
    return Line((), (), (), 0, style.leading_pt, style.size_pt, end, True)


def _line_end(made: list[Atom], start: int, measure: float) -> tuple[int, bool]:
    """Return where the line that begins at start ends, and whether it was told to end there."""
    x = -made[start].trim_start
    places = [0, 0, 0, 0]
    for place in range(start, len(made)):
        atom = made[place]
        if atom.kind == Kind.BREAK:
            return place + 1, True
        if place > start:
            places[atom.hold] = place
            x += atom.space
        if place > start and x + atom.width - atom.trim_end > measure + _SLIP:
            hangs = atom.text.isspace() or atom.kind == Kind.GAP
            if not hangs:
                return places[FREE] or places[RELUCTANT] or places[LOOSE] or place, False
        x += atom.width
    return len(made), False
