"""A composed paper as an editable Word file, with real styles, fields and tables.

The words and answers are those of the PDF; the look is Word's to keep while a party edits.
Fonts are named as Windows and Office bring them.  Nothing here knows a form.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document as new_document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as WordParagraph

from forms.ground.steady_archive import MADE_BY, steady
from forms.output.word_parties import put_party, with_broken_name
from forms.output.word_runs import (
    Container,
    fill_tab,
    frame_cell,
    keep_whole,
    new_table,
    page_number,
    plain_border,
    put_inlines,
    put_run,
    put_stamp,
)
from forms.output.word_styles import WordStyles, articles_of
from forms.pack.language import Align
from forms.paper import document as doc

_ALIGN: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_HEAD_LINE_EM = 1.3
_BASELINE_BELOW_MIDDLE_EM = 0.38  # of Chinese letters, whose middle is the line's
_LEAST_AFTER_TITLE_PT = 12.0
_CELL_PADDING_MM = 3.8  # at the left and the right of what stands in a cell, together


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
        self.head_pt = Mm(document.page.top_mm).pt  # how far the first page's head reaches
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
        page_number(footer, page.number, page.number_pt)
        if self.document.draft:
            head = section.header.paragraphs[0]
            head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            put_stamp(head, page.draft)

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
                label = self._paragraph(self.word)
                put_run(label, block.text, "heading", block.spec.size_pt)
                self._stand_at(label, block.spec.at_mm, block.spec.size_pt)
            case doc.HeadLine():
                self._head_line(block)
            case doc.Paragraph():
                self._text(self.word, block)
            case doc.Party():
                put_party(self.word, block, self.width_mm)
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
            case doc.Charts():
                raise AssertionError("a paper for Word has no charts")

    def _paragraph(self, where: Container) -> WordParagraph:
        """A new paragraph; a cell's own first one while it is unused."""
        if isinstance(where, WordCell):
            first: WordParagraph = where.paragraphs[0]
            if len(where.paragraphs) == 1 and not first.runs and not where.tables:
                return first
        return where.add_paragraph()

    def _title(self, block: doc.Title) -> None:
        paragraph = self.word.add_paragraph(style="Title")
        plain_border(paragraph)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = put_run(paragraph, block.text, "title", block.spec.size_pt)
        run.bold, run.font.color.rgb = True, RGBColor(0, 0, 0)
        self._stand_at(paragraph, block.spec.at_mm, block.spec.size_pt)
        after_pt = Mm(self.document.page.first_top_mm).pt - self.head_pt
        paragraph.paragraph_format.space_after = Pt(max(_LEAST_AFTER_TITLE_PT, after_pt))

    def _stand_at(self, paragraph: WordParagraph, baseline_mm: float, size_pt: float) -> None:
        """Put a line of the first page's head where the PDF has its baseline, if there is room."""
        line_pt = size_pt * _HEAD_LINE_EM
        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line_pt)
        above_pt = line_pt / 2 + size_pt * _BASELINE_BELOW_MIDDLE_EM
        before_pt = max(0.0, Mm(baseline_mm).pt - above_pt - self.head_pt)
        shape.space_before, shape.space_after = Pt(before_pt), Pt(0)
        self.head_pt += before_pt + line_pt

    def _head_line(self, block: doc.HeadLine) -> None:
        shown = [part for part in block.parts if part]
        parted = [(doc.Gap(em=2), *part) if place else part for place, part in enumerate(shown)]
        inlines = tuple(piece for part in parted for piece in part)
        self._text(self.word, doc.Paragraph(inlines=inlines, type=block.type, align="left"))

    def _text(self, where: Container, block: doc.Paragraph, width_mm: float = 0) -> WordParagraph:
        paragraph = self._paragraph(where)
        self.styles.set_on(paragraph, block)
        paragraph.alignment = _ALIGN[block.align]
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(block.before_pt), Pt(block.after_pt)
        shape.keep_with_next = block.keep_with_next
        em = block.type.size_pt
        shape.left_indent = Pt(block.hang_em * em)
        shape.first_line_indent = Pt((block.indent_em - block.hang_em) * em)
        inlines = block.inlines
        fill_tab(paragraph, inlines, width_mm or self.width_mm, em)
        if block.bookmark in self.articles:
            inlines = inlines[1:]
            self.styles.number(paragraph)
        put_inlines(paragraph, inlines, block.type)
        return paragraph

    def _signatures(self, where: Container, block: doc.Signatures, width_mm: float) -> None:
        spec = block.spec
        if spec.heading:
            put_run(self._paragraph(where), spec.heading, "heading", block.type.size_pt)
        if spec.layout == "lines":
            self._signing_lines(where, block, width_mm)
            return
        if spec.layout == "letter" and len(block.seals) == 1:
            self._letter_foot(where, block, block.seals[0], width_mm)
            return
        across = spec.columns if spec.layout != "row" else min(3, max(1, len(block.seals)))
        column_mm = width_mm / across
        table = new_table(where, [column_mm] * across, borders=False)
        for start in range(0, len(block.seals), across):
            row = table.add_row()
            keep_whole(row._tr, Mm(spec.seal_mm + 16))
            for cell, seal in zip(row.cells, block.seals[start : start + across], strict=False):
                self._seal(cell, block, seal, column_mm)

    def _letter_foot(
        self, where: Container, block: doc.Signatures, seal: doc.Seal, width_mm: float
    ) -> None:
        """Who signs alone at the right; the lines of the letter left of it, at the same foot."""
        side_mm = min(block.spec.column_mm, width_mm)
        table = new_table(where, [width_mm - side_mm, side_mm], borders=False)
        row = table.add_row()
        keep_whole(row._tr, Mm(block.spec.seal_mm + 16))
        left, right = row.cells
        left.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        for line in seal.lines:
            self._text(left, line, width_mm - side_mm - _CELL_PADDING_MM)
        self._seal(right, block, seal, side_mm)

    def _seal(self, cell: WordCell, block: doc.Signatures, seal: doc.Seal, width_mm: float) -> None:
        if seal.heading:
            put_run(self._paragraph(cell), seal.heading, "heading", block.type.size_pt)
        name = doc.Paragraph(inlines=seal.name, type=block.type, align="center")
        self._text(cell, name, width_mm)
        if seal.foot:
            below_pt = Mm(block.spec.seal_mm).pt
            foot = doc.Paragraph(
                inlines=seal.foot, type=block.foot_type, align="center", before_pt=below_pt
            )
            self._text(cell, foot, width_mm)

    def _signing_lines(self, where: Container, block: doc.Signatures, width_mm: float) -> None:
        """The lines of each who signs at the left, a frame for the seal at the right.

        All stand on one page with what stands before, as long as Word finds room for them there.
        """
        spec = block.spec
        seal_mm = min(spec.seal_mm, width_mm - spec.text_mm)
        widths = [spec.text_mm, width_mm - spec.text_mm - seal_mm, seal_mm]
        for place, seal in enumerate(block.seals):
            gap = self._paragraph(where)  # tables that touch would be one to Word
            gap_pt = Mm(spec.pitch_mm - seal_mm).pt if place or not spec.before_pt else 0
            gap.paragraph_format.line_spacing = Pt(max(2.0, gap_pt or spec.before_pt))
            gap.paragraph_format.keep_with_next = True
            table = new_table(where, widths, borders=False)
            row = table.add_row()
            keep_whole(row._tr, Mm(seal_mm))
            row.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            frame_cell(row.cells[2])
            for cell in row.cells[1:]:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            room_mm = spec.text_mm - _CELL_PADDING_MM
            for line in seal.lines:
                paragraph = self._text(row.cells[0], with_broken_name(line, room_mm), room_mm)
                paragraph.paragraph_format.keep_with_next = True

    def _grid(self, block: doc.Grid) -> None:
        label_mm = block.spec.label_mm
        body_mm = self.width_mm - label_mm
        table = new_table(self.word, [label_mm, body_mm], borders=True)
        for row in block.rows:
            word_row = table.add_row()
            head, body = word_row.cells
            width = body_mm
            if row.label:
                words = row.spec.mark + "".join(row.label)
                put_run(head.paragraphs[0], words, block.label_type.role, block.label_type.size_pt)
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
                table = new_table(cell, widths, borders=True)
                row = table.add_row()
                for inner, target, width in zip(part.cells, row.cells, widths, strict=True):
                    self._text(target, inner.paragraph, width)

    def _notes(self, block: doc.Notes) -> None:
        self.word.add_page_break()
        title = self.word.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(block.spec.gap_pt)
        put_run(title, block.spec.title, "title", block.spec.title_pt).bold = True
        for paragraph in block.paragraphs:
            self._text(self.word, paragraph)

    def _headers(self, heads: Sequence[WordRow], block: doc.Table, first: int, end: int) -> None:
        """The headers of columns side by side that stand under one group, or of one alone."""
        columns, type_ = block.spec.columns, block.header_type
        top, *below = heads
        upper = top.cells[first]
        if columns[first].group:
            upper = upper.merge(top.cells[end - 1])
            words = [(upper, columns[first].group)]
            words += [(below[0].cells[place], columns[place].header) for place in range(first, end)]
        else:
            upper = upper.merge(below[0].cells[first]) if below else upper
            words = [(upper, columns[first].header)]
        for cell, text in words:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            put_run(cell.paragraphs[0], text, type_.role, type_.size_pt)

    def _table(self, block: doc.Table) -> None:
        if block.head:
            self._text(self.word, block.head)
        elif block.spec.before_pt:
            gap = self._paragraph(self.word)  # tables that touch would be one to Word
            gap.paragraph_format.line_spacing = Pt(max(2.0, block.spec.before_pt))
        columns = block.spec.columns
        table = new_table(self.word, [c.width_mm for c in columns], borders=True)
        heads = [table.add_row() for _ in range(2 if any(c.group for c in columns) else 1)]
        for row in heads:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        place = 0
        while place < len(columns):
            end = place + 1
            while end < len(columns) and columns[place].group == columns[end].group != "":
                end += 1
            self._headers(heads, block, place, end)
            place = end
        for row in block.rows:
            word_row = table.add_row()
            keep_whole(word_row._tr, Pt(block.spec.row_min_pt))
            columns = block.spec.columns
            for cell, inlines, column in zip(word_row.cells, row, columns, strict=True):
                words = doc.Paragraph(inlines=inlines, type=block.type, align=column.align)
                self._text(cell, words, column.width_mm)
