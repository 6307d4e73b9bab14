"""Which characters each copy of a paper may show: those of the same paper without an answer.

They are what a batch's files have in common, so their fonts are made once.  What else a copy
shows (its answers, a further sheet's words) has small fonts of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from string import ascii_lowercase, digits

from forms.ground.fonts import FontSet
from forms.ground.kept import Kept
from forms.output.embedded_fonts import FormFonts, form_fonts
from forms.output.page_sheet import Put, Sheet
from forms.paper.document import OFF, ON, Document

# Numbers, amounts, dates and addresses of nearly every answer.
_FIGURES = f"{digits}{ascii_lowercase}ZLX.,-@%"
_MOST_PAPERS = 64

_Shown = dict[str, set[str]]
"""Characters by the face that shows them."""


def fonts_of(
    papers: Sequence[tuple[Document, Sequence[Sheet]]],
    fonts: FontSet,
    lay_out: Callable[[Document, FontSet], Sequence[Sheet]],
) -> FormFonts:
    """Return the fonts with which the file of some papers begins, each given with its sheets."""
    plains = tuple(document.plain for document, _ in papers)
    if None in plains or len(plains) > _MOST_PLAINS:
        return _fonts_of(papers, fonts, lay_out)
    return _made.get((*plains, fonts), lambda: _fonts_of(papers, fonts, lay_out))


def _fonts_of(
    papers: Sequence[tuple[Document, Sequence[Sheet]]],
    fonts: FontSet,
    lay_out: Callable[[Document, FontSet], Sequence[Sheet]],
) -> FormFonts:
    shown: _Shown = {}
    for document, sheets in papers:
        plain = document.plain
        if plain is None:
            words = _words(sheets)
        else:
            words = _kept.get((plain, fonts), partial(_of_plain, plain, fonts, lay_out))
        for face, characters in words.items():
            shown.setdefault(face, set()).update(characters)
    return form_fonts(fonts, tuple((face, "".join(sorted(shown[face]))) for face in sorted(shown)))


def _of_plain(
    plain: Document, fonts: FontSet, lay_out: Callable[[Document, FontSet], Sequence[Sheet]]
) -> _Shown:
    """What every copy of a paper may show: its words, both ticks, and figures for its answers."""
    try:
        shown = _words(lay_out(plain, fonts))
    except ValueError:  # it can not be made without answers: each copy has fonts of its own
        shown = {}
    for face, figures in fonts.runs(_FIGURES, "kai"):
        shown.setdefault(face, set()).update(figures)
    return shown


_kept: Kept[_Shown] = Kept(_MOST_PAPERS)
_made: Kept[FormFonts] = Kept(16)
_MOST_PLAINS = 8


def _words(sheets: Iterable[Sheet]) -> _Shown:
    shown: _Shown = {}
    for sheet in sheets:
        for op in sheet.ops:
            if isinstance(op, Put):
                for piece in op.line.pieces:
                    if piece.speaks or not piece.path:
                        shown.setdefault(piece.face, set()).update(piece.text)
    for characters in shown.values():
        if ON in characters or OFF in characters:
            characters.update((ON, OFF))
    return shown
