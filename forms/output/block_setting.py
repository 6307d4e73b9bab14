"""From a composed paragraph to set lines: which type, which width, loose or tight.

It stands between the blocks of a paper and the line routine, and knows no page.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import fsum
from typing import Any, TypeAlias

import msgspec

from forms.ground.fonts import FontSet
from forms.ground.voices import Role
from forms.output.atoms import atoms
from forms.output.name_breaks import Place, ends_of_lines
from forms.output.text import (
    Align,
    Line,
    TextStyle,
    ends_paragraph,
    is_answer,
    layout,
    natural_width,
    rest,
)
from forms.pack.language import Type
from forms.paper import document as doc
from forms.paper.document import AnyInline, Inlines, Run, Spread


class Setter:
    """Sets paragraphs in one set of fonts.

    `taken` is by which objects they are what stands in a file of what many files have.
    """

    def __init__(self, fonts: FontSet, taken: set[int] | None = None) -> None:
        self.fonts = fonts
        self._taken = set() if taken is None else taken
        self._kept, self._answered = _kept_of(fonts)
        for kept in (self._kept, self._answered):
            if len(kept) > _MOST_KEPT:
                kept.clear()

    def takes(self, kept: object) -> bool:
        """Whether something kept may stand in the file: once, as its elements do in the tree."""
        is_first = id(kept) not in self._taken
        self._taken.add(id(kept))
        return is_first

    def style(self, type_: Type, *, tight: bool = False) -> TextStyle:
        """The style of a type; `tight` takes its leading for crowded grids."""
        return _style(type_, tight)

    def lines(self, paragraph: doc.Paragraph, width: float, *, tight: bool = False) -> list[Line]:
        """Set a paragraph in a measure (points); the list is not to be changed."""
        key = (id(paragraph), width, tight)
        found = self._kept.get(key) or self._answered.get(key)
        if found is None:
            found = paragraph, self._lines(paragraph, width, tight)
            # Held too, so that no other paragraph has its place.
            is_answered = any(map(is_answer, paragraph.inlines))
            (self._answered if is_answered else self._kept)[key] = found
        return found[1]

    def _lines(self, paragraph: doc.Paragraph, width: float, tight: bool) -> list[Line]:
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
        """Set plain words in a role; the list is not to be changed."""
        key = (text, role, size_pt, width, align, leading_pt, spread_em)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = text, self._words(*key)
        return found[1]

    def _words(
        self,
        text: str | Inlines,
        role: Role,
        size_pt: float,
        width: float,
        align: Align,
        leading_pt: float,
        spread_em: float,
    ) -> list[Line]:
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
        """Set a name in its place: too wide, it is broken where `forms.output.name_breaks` says."""
        style = self.style(type_)
        pieces = _in_its_place(inlines, style, width, hang_em * type_.size_pt, self.fonts)
        return layout(pieces, style, width, self.fonts, align=align, justify=False, hang_em=hang_em)

    def after(self, paragraph: doc.Paragraph, line: Line) -> doc.Paragraph:
        """What is left of a paragraph after a line of it, to be set anew elsewhere."""
        return msgspec.structs.replace(
            paragraph,
            inlines=tuple(rest(paragraph.inlines, line)),
            indent_em=(
                max(paragraph.indent_em, paragraph.hang_em)
                if ends_paragraph(paragraph.inlines, line)
                else paragraph.hang_em
            ),
            before_pt=0,
        )


_Kept: TypeAlias = dict[tuple[Any, ...], tuple[object, list[Line]]]
_MOST_KEPT = 1024


@lru_cache(maxsize=4)
def _kept_of(_fonts: FontSet) -> tuple[_Kept, _Kept]:
    """What was set in these fonts: the form's words, and paragraphs with answers.

    Paragraphs are kept by which they are, other words by all that tells of them.
    """
    return {}, {}


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
    return fsum([line.height for line in lines])


@lru_cache(maxsize=512)
def _in_its_place(
    inlines: Inlines, style: TextStyle, room: float, hang: float, fonts: FontSet
) -> Inlines:
    """The pieces with the name among them broken, if they are too wide for one line."""
    if natural_width(inlines, style, fonts) <= room:
        return inlines
    answers = [piece for piece in inlines if isinstance(piece, Run) and piece.path]
    name = max(answers, key=lambda piece: len(piece.text), default=None)
    if name is None:
        return inlines
    at = inlines.index(name)
    made = atoms((name,), style, fonts)
    around = [natural_width(part, style, fonts) for part in (inlines[:at], inlines[at + 1 :])]
    place = Place(room, style.size_pt, hang, *around)
    ends = ends_of_lines(
        "".join([atom.text for atom in made]),
        [atom.width for atom in made],
        [atom.space for atom in made],
        place,
    )
    pieces: list[AnyInline] = []
    start = 0
    for end in ends:
        # An atom's place in the text, since what takes no width has no atom.
        after = made[end].offset if end < len(made) else len(name.text)
        pieces += [doc.Break()] if pieces else []
        pieces.append(msgspec.structs.replace(name, text=name.text[start:after]))
        start = after
    return (*inlines[:at], *pieces, *inlines[at + 1 :]) if pieces else inlines
