"""Runs, blanks, fields and tables of the Word file: what its writer puts together."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from forms.ground.office_text import plain
from forms.ground.voices import Role
from forms.output.word_styles import set_as_answer, set_fonts
from forms.pack.language import Type
from forms.paper import document as doc

Container = WordDocument | WordCell
_NO_BREAK_SPACE = "\u00a0"


def put_inlines(paragraph: WordParagraph, inlines: doc.Inlines, type_: Type) -> None:
    """Write words, blanks, ticks and gaps."""
    em = type_.size_pt
    for inline in inlines:
        match inline:
            case doc.Run():
                size = (type_.answer_pt or em) if inline.path else em
                put_run(paragraph, inline.text, inline.role or type_.role, size)
            case doc.Blank():
                put_blank(paragraph, inline, type_)
            case doc.Tick():
                put_run(paragraph, doc.text_of((inline,)) + " ", "song", em)
            case doc.Gap():
                put_run(paragraph, "\u3000" * max(1, round(inline.em)), type_.role, em)
            case doc.Spread():
                put_spread(paragraph, inline.text, inline.em, inline.role or type_.role, em)
            case doc.Break():
                paragraph.add_run().add_break()


def put_blank(paragraph: WordParagraph, blank: doc.Blank, type_: Type) -> None:
    """An answer on its rule: underlined, padded to the blank's least width or to the margin.

    The padding stands in the answer's East Asian font, whose space is half an em wide; the one
    before an answer may break, the one behind holds it to what follows: 200,000.00 元.
    """
    size = type_.answer_pt or type_.size_pt
    if blank.fill:
        _answer(paragraph, f"{_NO_BREAK_SPACE}{blank.answer}\t", type_.answer_role, size)
        return
    halves = max(1, round((blank.min_em - em_wide(blank.answer)) * 2))
    if not blank.answer:
        _answer(paragraph, _NO_BREAK_SPACE * halves, type_.answer_role, size, is_padding=True)
        return
    before = (halves + 1) // 2
    _answer(paragraph, " " * before, type_.answer_role, size, is_padding=True)
    _answer(paragraph, blank.answer, type_.answer_role, size)
    behind = _NO_BREAK_SPACE * (halves - before)
    _answer(paragraph, behind, type_.answer_role, size, is_padding=True)


def _answer(
    paragraph: WordParagraph, text: str, role: Role, size_pt: float, *, is_padding: bool = False
) -> None:
    if not text:
        return
    run = put_run(paragraph, text, role, size_pt)
    set_as_answer(run)
    if is_padding:
        set_fonts(run._r.get_or_add_rPr(), role, latin_too=True)


def em_wide(text: str) -> float:
    """About how wide text stands, in em: a full-width character one, any other a half."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def put_run(paragraph: WordParagraph, text: str, role: Role, size_pt: float) -> WordRun:
    """Write words in a voice of the paper; signs that XML can not hold are left out."""
    run = paragraph.add_run(plain(text))
    run.font.size = Pt(size_pt)
    set_fonts(run._r.get_or_add_rPr(), role)
    return run


def put_spread(paragraph: WordParagraph, text: str, em: float, role: Role, size_pt: float) -> None:
    """A label fitted to a width: room between its characters, which every reader keeps."""
    gaps = len(text) - 1
    room_pt = (em - em_wide(text)) * size_pt
    if gaps < 1 or room_pt <= 0:
        put_run(paragraph, text, role, size_pt)
        return
    spaced = put_run(paragraph, text[:-1], role, size_pt)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(room_pt / gaps * 20)))
    spaced._r.get_or_add_rPr().append(spacing)
    put_run(paragraph, text[-1], role, size_pt)


def fill_tab(paragraph: WordParagraph, inlines: doc.Inlines, width_mm: float, em_pt: float) -> None:
    """The stop to which a blank runs that fills its line, short of the words that close it."""
    places = [at for at, one in enumerate(inlines) if isinstance(one, doc.Blank) and one.fill]
    if not places:
        return
    behind = doc.text_of(inlines[places[-1] + 1 :]).partition("\n")[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Emu(Mm(width_mm) - Pt(em_pt * (em_wide(behind) + 0.1))), WD_TAB_ALIGNMENT.RIGHT
    )


def frame_cell(cell: WordCell) -> None:
    """A dotted frame in light gray: where a seal is to stand."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dotted"), ("sz", "4"), ("space", "0"), ("color", "A6A6A6")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def plain_border(paragraph: WordParagraph) -> None:
    """Take away the line under Word's own Title style."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "nil")
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def new_table(where: Container, widths_mm: list[float], *, borders: bool) -> WordTable:
    """Return a table without rows whose columns keep their widths, in millimetres."""
    table = where.add_table(0, len(widths_mm))
    if borders:
        table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    return table


def keep_whole(row: Any, height: int) -> None:
    """A row that never splits over two pages and is at least so high."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    tall = OxmlElement("w:trHeight")
    tall.set(qn("w:val"), str(round(Emu(height).pt * 20)))
    tall.set(qn("w:hRule"), "atLeast")
    properties.append(tall)


def page_number(paragraph: WordParagraph, pattern: str, size_pt: float) -> None:
    """Write 第{page}页 共{pages}页 with Word's own fields."""
    rest = pattern
    while rest:
        places = {rest.find(mark): mark for mark in ("{page}", "{pages}") if mark in rest}
        start = min(places) if places else len(rest)
        if start:
            put_run(paragraph, rest[:start], "song", size_pt)
        if not places:
            return
        mark = places[start]
        _field(paragraph, "PAGE" if mark == "{page}" else "NUMPAGES", size_pt)
        rest = rest[start + len(mark) :]


def _field(paragraph: WordParagraph, code: str, size_pt: float) -> None:
    run = put_run(paragraph, "", "song", size_pt)
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def put_stamp(paragraph: WordParagraph, words: str) -> None:
    """Words in a box that nobody overlooks: 草稿."""
    run = put_run(paragraph, f"{_NO_BREAK_SPACE}{words}{_NO_BREAK_SPACE}", "heading", 22)
    run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)
    box = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "0"), ("color", "595959")):
        box.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(box)
