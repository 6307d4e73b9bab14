"""A composed paper as an editable Word file, with real styles, fields and tables.

The words and answers are those of the PDF; the look is Word's to keep while a party edits.
Fonts are named as Windows and Office bring them.  Nothing here knows a form.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from forms.output.plain import plain
from forms.output.steady import MADE_BY, steady
from forms.output.word_styles import ANSWER, WordStyles, articles_of, set_fonts
from forms.paper import document as doc
from forms.paper.language import Align, Role, Type

Container = WordDocument | WordCell
_ALIGN: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NO_BREAK_SPACE = "\u00a0"


def write_docx(document: doc.Document) -> bytes:
    """Return the document as a Word file; the same bytes for the same document."""
    return _Writer(document).write()


class _Writer:
    """Writes one document."""

    def __init__(self, document: doc.Document) -> None:
        self.document = document
        self.word = new_document()
        self.styles = WordStyles(self.word)
        self.articles = articles_of(document)
        self.width_mm = document.page.width_mm - document.page.left_mm - document.page.right_mm

    def write(self) -> bytes:
        self._page()
        self._properties()
        for block in self.document.blocks:
            self._block(block)
        result = BytesIO()
        self.word.save(result)
        return steady(result.getvalue())

    def _page(self) -> None:
        page, section = self.document.page, self.word.sections[0]
        section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
        section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
        section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
        section.footer_distance = Mm(page.number_mm)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _page_number(footer, page.number, page.number_pt)
        if self.document.draft:
            head = section.header.paragraphs[0]
            head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = _run(head, page.draft, "heading", 22)
            run.font.color.rgb = RGBColor(0x99, 0x99, 0x99)

    def _properties(self) -> None:
        core = self.word.core_properties
        core.title, core.language, core.author = self.document.title, "zh-CN", MADE_BY
        core.last_modified_by = ""
        core.subject, core.comments = self.document.number, ""
        core.created = core.modified = datetime(1980, 1, 1)

    def _block(self, block: doc.AnyBlock) -> None:
        match block:
            case doc.Title():
                self._title(block)
            case doc.Label() if not block.text:
                pass
            case doc.Label():
                _run(self._paragraph(self.word), block.text, "heading", block.spec.size_pt)
            case doc.Paragraph():
                self._text(self.word, block)
            case doc.Party():
                self._party(block)
            case doc.Signatures():
                self._signatures(self.word, block, self.width_mm)
            case doc.Grid():
                self._grid(block)
            case doc.Notes():
                self._notes(block)
            case doc.Table():
                self._table(block)
            case doc.PageBreak():
                self.word.add_page_break()

    def _paragraph(self, where: Container) -> WordParagraph:
        """A new paragraph; a cell's own first one while it is unused."""
        if isinstance(where, WordCell):
            first: WordParagraph = where.paragraphs[0]
            if len(where.paragraphs) == 1 and not first.runs and not where.tables:
                return first
        return where.add_paragraph()

    def _title(self, block: doc.Title) -> None:
        paragraph = self.word.add_paragraph(style="Title")
        _plain_border(paragraph)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.paragraph_format.space_after = Pt(24)
        run = _run(paragraph, block.text, "title", block.spec.size_pt)
        run.bold, run.font.color.rgb = True, RGBColor(0, 0, 0)

    def _text(self, where: Container, block: doc.Paragraph, width_mm: float = 0) -> WordParagraph:
        paragraph = self._paragraph(where)
        paragraph.style = self.styles.paragraph(block)
        paragraph.alignment = _ALIGN[block.align]
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(block.before_pt), Pt(block.after_pt)
        shape.keep_with_next = block.keep_with_next
        em = block.type.size_pt
        shape.left_indent = Pt(block.hang_em * em)
        shape.first_line_indent = Pt((block.indent_em - block.hang_em) * em)
        _fill_tab(paragraph, width_mm or self.width_mm, em)
        inlines = block.inlines
        if block.bookmark in self.articles:
            inlines = inlines[1:]
            self.styles.number(paragraph)
        _inlines(paragraph, inlines, block.type)
        return paragraph

    def _party(self, block: doc.Party) -> None:
        for line in block.lines:
            if len(line) > 1 and not self._halves_hold(block, line):
                for entry in line:
                    self._party_line(block, (entry,))
            else:
                self._party_line(block, line)
        self.word.paragraphs[-1].paragraph_format.space_after = Pt(block.spec.after_pt)

    def _halves_hold(self, block: doc.Party, line: tuple[doc.Entry, ...]) -> bool:
        """Whether each answer of a line finds room in its part; else each takes a line."""
        em_mm = Pt(block.type.size_pt).mm
        shares = (block.spec.second_part, 1 - block.spec.second_part)
        labels = (block.spec.label_em, block.spec.second_label_em)
        return all(
            _em_wide(doc.text_of(entry.inlines)) + label + 1.5 <= self.width_mm * share / em_mm
            for entry, share, label in zip(line, shares, labels, strict=False)
        )

    def _party_line(self, block: doc.Party, line: tuple[doc.Entry, ...]) -> None:
        type_, spec = block.type, block.spec
        part_mm = self.width_mm * spec.second_part
        paragraph = self.word.add_paragraph()
        shape = paragraph.paragraph_format
        shape.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
        shape.line_spacing = Pt(type_.leading_pt)
        for place, entry in enumerate(line):
            last = place == len(line) - 1
            label_em = spec.second_label_em if place else spec.label_em
            _spread(paragraph, entry.label, label_em, type_.role, type_.size_pt)
            _run(paragraph, spec.colon, type_.role, type_.size_pt)
            end_mm = self.width_mm if last else part_mm - 3
            shape.tab_stops.add_tab_stop(Mm(end_mm), WD_TAB_ALIGNMENT.RIGHT)
            words = f" {doc.text_of(entry.inlines)}\t"
            run = _run(paragraph, words, type_.answer_role, type_.answer_pt or type_.size_pt)
            run.underline = True
            if not last:
                shape.tab_stops.add_tab_stop(Mm(part_mm))
                _run(paragraph, "\t", type_.role, type_.size_pt)

    def _signatures(self, where: Container, block: doc.Signatures, width_mm: float) -> None:
        spec = block.spec
        if spec.heading:
            _run(self._paragraph(where), spec.heading, "heading", block.type.size_pt)
        if spec.layout == "lines":
            self._signing_lines(where, block, width_mm)
            return
        across = spec.columns if spec.layout == "columns" else min(3, max(1, len(block.seals)))
        column_mm = width_mm / across
        table = _new_table(where, [column_mm] * across, borders=False)
        for start in range(0, len(block.seals), across):
            row = table.add_row()
            _keep_whole(row._tr, Mm(spec.seal_mm + 16))
            for cell, seal in zip(row.cells, block.seals[start : start + across], strict=False):
                self._seal(cell, block, seal, column_mm)

    def _seal(self, cell: WordCell, block: doc.Signatures, seal: doc.Seal, width_mm: float) -> None:
        name = doc.Paragraph(inlines=seal.name, type=block.type, align="center")
        self._text(cell, name, width_mm)
        if seal.foot:
            below_pt = Mm(block.spec.seal_mm).pt
            foot = doc.Paragraph(
                inlines=seal.foot, type=block.type, align="center", before_pt=below_pt
            )
            self._text(cell, foot, width_mm)

    def _signing_lines(self, where: Container, block: doc.Signatures, width_mm: float) -> None:
        """The lines of each who signs at the left, room for the seal at the right."""
        spec = block.spec
        for seal in block.seals:
            table = _new_table(where, [spec.text_mm, width_mm - spec.text_mm], borders=False)
            row = table.add_row()
            _keep_whole(row._tr, Mm(max(spec.pitch_mm, spec.seal_mm)))
            row.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            for line in seal.lines:
                paragraph = self._text(row.cells[0], line, spec.text_mm)
                paragraph.paragraph_format.keep_with_next = True

    def _grid(self, block: doc.Grid) -> None:
        label_mm = block.spec.label_mm
        body_mm = self.width_mm - label_mm
        table = _new_table(self.word, [label_mm, body_mm], borders=True)
        for row in block.rows:
            word_row = table.add_row()
            head, body = word_row.cells
            width = body_mm
            if row.label:
                words = row.spec.mark + "".join(row.label)
                _run(head.paragraphs[0], words, block.label_type.role, block.label_type.size_pt)
                head.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            else:
                body, width = head.merge(body), self.width_mm
            body.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            for part in row.body:
                self._in_row(body, part, width - 4)

    def _in_row(
        self, cell: WordCell, part: doc.Paragraph | doc.Cells | doc.Signatures, width_mm: float
    ) -> None:
        match part:
            case doc.Paragraph():
                self._text(cell, part, width_mm)
            case doc.Signatures():
                self._signatures(cell, part, width_mm)
            case doc.Cells():
                fixed = sum(inner.spec.width_mm for inner in part.cells)
                open_cells = sum(1 for inner in part.cells if not inner.spec.width_mm) or 1
                rest = max(10.0, (width_mm - fixed) / open_cells)
                widths = [inner.spec.width_mm or rest for inner in part.cells]
                table = _new_table(cell, widths, borders=True)
                row = table.add_row()
                for inner, target, width in zip(part.cells, row.cells, widths, strict=True):
                    self._text(target, inner.paragraph, width)

    def _notes(self, block: doc.Notes) -> None:
        self.word.add_page_break()
        title = self.word.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(block.spec.gap_pt)
        _run(title, block.spec.title, "title", block.spec.title_pt).bold = True
        for paragraph in block.paragraphs:
            self._text(self.word, paragraph)

    def _table(self, block: doc.Table) -> None:
        if block.head:
            self._text(self.word, block.head)
        table = _new_table(self.word, [c.width_mm for c in block.spec.columns], borders=True)
        header = table.add_row()
        header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, column in zip(header.cells, block.spec.columns, strict=True):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            type_ = block.header_type
            _run(cell.paragraphs[0], column.header, type_.role, type_.size_pt)
        for row in block.rows:
            word_row = table.add_row()
            _keep_whole(word_row._tr, Pt(block.spec.row_min_pt))
            columns = block.spec.columns
            for cell, inlines, column in zip(word_row.cells, row, columns, strict=True):
                words = doc.Paragraph(inlines=inlines, type=block.type, align=column.align)
                self._text(cell, words, column.width_mm)


def _inlines(paragraph: WordParagraph, inlines: doc.Inlines, type_: Type) -> None:
    em = type_.size_pt
    for inline in inlines:
        match inline:
            case doc.Run():
                size = (type_.answer_pt or em) if inline.path else em
                _run(paragraph, inline.text, inline.role or type_.role, size)
            case doc.Blank():
                _blank(paragraph, inline, type_)
            case doc.Tick():
                _run(paragraph, doc.text_of((inline,)) + " ", "song", em)
            case doc.Gap():
                _run(paragraph, "\u3000" * max(1, round(inline.em)), type_.role, em)
            case doc.Spread():
                _spread(paragraph, inline.text, inline.em, inline.role or type_.role, em)
            case doc.Break():
                paragraph.add_run().add_break()


def _blank(paragraph: WordParagraph, blank: doc.Blank, type_: Type) -> None:
    """An answer on its rule: underlined, padded to the blank's least width or to the margin."""
    size = type_.answer_pt or type_.size_pt
    if blank.fill:
        text = f"{_NO_BREAK_SPACE}{blank.answer}\t"
    else:
        pad = _NO_BREAK_SPACE * max(1, round((blank.min_em - _em_wide(blank.answer)) * 2))
        half = (len(pad) + 1) // 2
        text = pad[:half] + blank.answer + pad[half:]
    run = _run(paragraph, text, type_.answer_role, size)
    run.style, run.underline = ANSWER, True


def _em_wide(text: str) -> float:
    """About how wide text stands, in em: a full-width character one, any other a half."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def _run(paragraph: WordParagraph, text: str, role: Role, size_pt: float) -> WordRun:
    run = paragraph.add_run(plain(text))
    run.font.size = Pt(size_pt)
    set_fonts(run._r.get_or_add_rPr(), role)
    return run


def _spread(paragraph: WordParagraph, text: str, em: float, role: Role, size_pt: float) -> None:
    """A label fitted to a width: Word spreads its characters evenly."""
    run = _run(paragraph, text, role, size_pt)
    fit = OxmlElement("w:fitText")
    fit.set(qn("w:val"), str(round(em * size_pt * 20)))
    run._r.get_or_add_rPr().append(fit)


def _fill_tab(paragraph: WordParagraph, width_mm: float, em_pt: float) -> None:
    """The stop to which a blank runs that fills its line; one em is left for the stop after it."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Emu(Mm(width_mm) - Pt(em_pt * 1.1)), WD_TAB_ALIGNMENT.RIGHT
    )


def _plain_border(paragraph: WordParagraph) -> None:
    """Take away the line under Word's own Title style."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "nil")
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def _new_table(where: Container, widths_mm: list[float], *, borders: bool) -> WordTable:
    table = where.add_table(0, len(widths_mm))
    if borders:
        table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    return table


def _keep_whole(row: Any, height: int) -> None:
    """A row that never splits over two pages and is at least so high."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    tall = OxmlElement("w:trHeight")
    tall.set(qn("w:val"), str(round(Emu(height).pt * 20)))
    tall.set(qn("w:hRule"), "atLeast")
    properties.append(tall)


def _page_number(paragraph: WordParagraph, pattern: str, size_pt: float) -> None:
    """Write 第{page}页 共{pages}页 with Word's own fields."""
    rest = pattern
    while rest:
        places = {rest.find(mark): mark for mark in ("{page}", "{pages}") if mark in rest}
        start = min(places) if places else len(rest)
        if start:
            _run(paragraph, rest[:start], "song", size_pt)
        if not places:
            return
        mark = places[start]
        _field(paragraph, "PAGE" if mark == "{page}" else "NUMPAGES", size_pt)
        rest = rest[start + len(mark) :]


def _field(paragraph: WordParagraph, code: str, size_pt: float) -> None:
    run = _run(paragraph, "", "song", size_pt)
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)
