"""From a composed paragraph to set lines: which type, which width, loose or tight.

It stands between the blocks of a paper and the line routine, and knows no page.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from forms.output.fonts import FontSet
from forms.output.text import Align, Line, TextStyle, layout, natural_width, rest
from forms.paper import document as doc
from forms.paper.document import AnyInline, Inlines, Run, Spread
from forms.paper.language import Role, Type

# Company forms before which a name too wide for its place is broken, longest first.
_FORMS = ("股份有限公司", "有限责任公司", "有限公司")
_GROUP = "（集团）"
_MOST_PARTS = 4  # a name of more lines breaks as it comes


class Setter:
    """Sets paragraphs in one set of fonts."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts

    def style(self, type_: Type, *, tight: bool = False) -> TextStyle:
        """The style of a type; `tight` takes its leading for crowded grids."""
        return _style(type_, tight)

    def lines(self, paragraph: doc.Paragraph, width: float, *, tight: bool = False) -> list[Line]:
        """Set a paragraph in a measure (points)."""
        align: Align = "left"
        if paragraph.align in ("center", "right"):
            align = "center" if paragraph.align == "center" else "right"
        return layout(
            paragraph.inlines,
            self.style(paragraph.type, tight=tight),
            width,
            self.fonts,
            first_indent_em=paragraph.indent_em,
            hang_em=paragraph.hang_em,
            align=align,
            justify=paragraph.align == "justify",
        )

    def words(
        self,
        text: str | Inlines,
        role: Role,
        size_pt: float,
        width: float,
        *,
        align: Align = "left",
        leading_pt: float = 0,
        spread_em: float = 0,
    ) -> list[Line]:
        """Set plain words in a role."""
        pieces: Inlines = text if isinstance(text, tuple) else (Run(text=text),)
        if spread_em and isinstance(text, str):
            pieces = (Spread(text=text, em=spread_em),)
        style = TextStyle(role=role, size_pt=size_pt, leading_pt=leading_pt or 1.4 * size_pt)
        return layout(pieces, style, width, self.fonts, align=align, justify=False)

    def width(self, inlines: Sequence[AnyInline], type_: Type) -> float:
        """The width the pieces take on one line, blanks at their least."""
        return natural_width(inlines, self.style(type_), self.fonts)

    def name(
        self, inlines: Inlines, type_: Type, width: float, *, align: Align, hang_em: float = 0
    ) -> list[Line]:
        """Set a name in its place: too wide, it is broken before the company's form."""
        style = self.style(type_)
        pieces = inlines
        room = width - hang_em * type_.size_pt
        if self._widest(inlines, style) > room:
            fitting = (way for way in _ways_to_break(inlines) if self._widest(way, style) <= room)
            pieces = next(fitting, inlines)
        return layout(pieces, style, width, self.fonts, align=align, justify=False, hang_em=hang_em)

    def _widest(self, inlines: Inlines, style: TextStyle) -> float:
        """The width of the widest stretch between forced line ends."""
        stretches: list[list[AnyInline]] = [[]]
        for piece in inlines:
            if isinstance(piece, doc.Break):
                stretches.append([])
            else:
                stretches[-1].append(piece)
        return max(natural_width(stretch, style, self.fonts) for stretch in stretches)

    def after(self, paragraph: doc.Paragraph, line: Line) -> doc.Paragraph:
        """What is left of a paragraph after a line of it, to be set anew elsewhere."""
        return msgspec.structs.replace(
            paragraph,
            inlines=tuple(rest(paragraph.inlines, line)),
            indent_em=paragraph.hang_em,
            before_pt=0,
        )


@lru_cache(maxsize=256)
def _style(type_: Type, tight: bool) -> TextStyle:
    return TextStyle(
        role=type_.role,
        size_pt=type_.size_pt,
        leading_pt=(tight and type_.tight_pt) or type_.leading_pt,
        answer_role=type_.answer_role,
        answer_size_pt=type_.answer_pt,
    )


def height(lines: Sequence[Line]) -> float:
    """The height of lines set one below the other."""
    return sum(line.height for line in lines)


def split_name(name: str) -> tuple[str, ...] | None:
    """Break a name before the company's form; None where it has none.

    >>> split_name("十堰示例汽车零部件（集团）有限责任公司")
    ('十堰示例汽车零部件', '（集团）有限责任公司')
    """
    for form in _FORMS:
        head = name.removesuffix(form)
        if head != name and head:
            inner = head.removesuffix(_GROUP)
            return (inner, name[len(inner) :]) if inner else (head, form)
    return None


def _ways_to_break(inlines: Inlines) -> Iterator[Inlines]:
    """The pieces with the name among them broken: before its form, in halves, thirds, quarters."""
    answers = [piece for piece in inlines if isinstance(piece, Run) and piece.path]
    longest = max(answers, key=lambda piece: len(piece.text), default=None)
    if longest is None or longest.text.isascii():
        return
    name = longest.text
    form = split_name(name)
    if form:
        yield _with_parts(inlines, longest, form)
    for count in range(2, min(_MOST_PARTS, len(name) // 3) + 1):
        each = -(-len(name) // count)
        parts = tuple(name[start : start + each] for start in range(0, len(name), each))
        yield _with_parts(inlines, longest, parts)


def _with_parts(inlines: Inlines, name: Run, parts: tuple[str, ...]) -> Inlines:
    pieces: list[AnyInline] = []
    for part in parts:
        pieces += [doc.Break()] if pieces else []
        pieces.append(msgspec.structs.replace(name, text=part))
    place = inlines.index(name)
    return (*inlines[:place], *pieces, *inlines[place + 1 :])
