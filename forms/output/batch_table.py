"""A batch's table over pages: header repeated, rows unsplit unless taller than a page."""

from collections.abc import Sequence
from math import fsum

import msgspec

from forms.output.block_setting import Setter, height
from forms.output.page_flow import Pages
from forms.output.page_sheet import MM
from forms.output.tags import HEADS_COLUMN, Element
from forms.output.text import Line
from forms.paper import document as doc

_HEADER_GAP_PT = 6
_COLUMNS_NAMED = 2  # of a row's bookmark: its number and the patent's


def least_height(table: doc.Table) -> float:
    """Return what a table takes at least: its header, and a row if it has any."""
    return table.spec.header_pt + (table.spec.row_min_pt if table.rows else 0)


class TableBox:
    """A table being laid out on the pages of its paper."""

    def __init__(self, table: doc.Table, pages: Pages) -> None:
        self.table = table
        self.spec = table.spec
        self.pages = pages
        self.setter: Setter = pages.setter
        self.widths = [column.width_mm * MM for column in self.spec.columns]
        self.width = fsum(self.widths)
        self.left = pages.left
        self.pad = self.spec.pad_mm * MM
        self.rows_top = 0.0  # where the rows of the page begin
        self.header = [
            self._header(column.header, width)
            for column, width in zip(self.spec.columns, self.widths, strict=True)
        ]
        self.groups = self._groups()
        self.group_height = max(
            (height(lines) + _HEADER_GAP_PT for _, _, lines in self.groups), default=0.0
        )
        self.header_height = max(self.spec.header_pt, self._tallest())
        self.head_tag, self.seal_tag = pages.tags.add("P"), pages.tags.add("P")
        tag = pages.tags.add("Table")
        heads = tag.add("THead").add("TR")
        self.header_tags: list[Element] | None = [
            heads.add("TH", attributes=HEADS_COLUMN) for _ in self.spec.columns
        ]
        self.body_tag = tag.add("TBody")
        self.counts = [0] * len(self.widths)  # of the page, by the column
        self.rows_here = 0
        self.sums_top = 0.0  # where the rows of sums begin, 0 where the page has none

    def _groups(self) -> list[tuple[int, int, list[Line]]]:
        """The headings over several columns: the first column, the one past the last, the words."""
        found: list[tuple[int, int, list[Line]]] = []
        columns, place = self.spec.columns, 0
        while place < len(columns):
            group, end = columns[place].group, place + 1
            while group and end < len(columns) and columns[end].group == group:
                end += 1
            if group:
                width = fsum(self.widths[place:end])
                found.append((place, end, self._header(group, width)))
            place = end
        return found

    def _above(self, place: int) -> float:
        """What stands over a column's own header."""
        grouped = any(first <= place < end for first, end, _ in self.groups)
        return self.group_height if grouped else 0.0

    def _tallest(self) -> float:
        return max(
            (
                height(lines) + _HEADER_GAP_PT + self._above(place)
                for place, lines in enumerate(self.header)
            ),
            default=0.0,
        )

    def _header(self, text: str, width: float) -> list[Line]:
        pieces: list[doc.AnyInline] = []
        for line in text.split("\n"):
            pieces += [doc.Break(), doc.Run(text=line)] if pieces else [doc.Run(text=line)]
        words = doc.Paragraph(inlines=tuple(pieces), type=self.table.header_type, align="center")
        return self.setter.lines(words, width)

    def lay_out(self) -> None:
        """Put head, seal area, header and rows on the pages."""
        self._head()
        if not self.pages.fresh:
            self.pages.y += self.spec.before_pt
        top = self._begin()
        for number, row in enumerate(self.table.rows):
            cells = [
                self.setter.lines(
                    doc.Paragraph(inlines=inlines, type=self.table.type, align=column.align),
                    width - 2 * self.pad,
                )
                for inlines, column, width in zip(row, self.spec.columns, self.widths, strict=True)
            ]
            row_tag = self.body_tag.add("TR")
            named = [doc.text_of(cell) for cell in row[:_COLUMNS_NAMED]]
            tags = [row_tag.add("TD") for _ in cells]
            for tag, lines in zip(tags, cells, strict=True):
                tag.blank = not any(line.pieces for line in lines)
            place = " ".join(filter(None, named))
            is_last = number == len(self.table.rows) - 1
            top = self._row(cells, top, tags, place, kept=self._kept(is_last=is_last))
            self._count(number)
        self._end(top, is_last=True)

    # --- sums at the foot of a page ---------------------------------------------------------

    def _kept(self, *, is_last: bool) -> float:
        """The room that is kept free beneath a row, for the sums."""
        if not self.spec.page_sums:
            return 0.0
        lines = 2 if is_last and self.table.total else 1
        return lines * self._sum_height()

    def _sum_height(self) -> float:
        return self.spec.row_min_pt + self.spec.row_pad_pt

    def _count(self, number: int) -> None:
        self.rows_here += 1
        for place, counts in enumerate(self.table.counts[number] if self.table.counts else ()):
            self.counts[place] += counts

    def _sums(self, *, is_last: bool) -> None:
        """Put the page's sums, and the total beneath those of the last page."""
        if not self.spec.page_sums:
            return
        self.sums_top = self.pages.y
        said = [
            text.replace("{rows}", str(self.rows_here)).replace("{count}", str(count))
            for text, count in zip(self.spec.page_sums, self.counts, strict=True)
        ]
        self._sum_row([(doc.Run(text=text),) if text else () for text in said])
        if is_last and self.table.total:
            self._sum_row(self.table.total)
        self.counts, self.rows_here = [0] * len(self.widths), 0

    def _sum_row(self, cells: Sequence[doc.Inlines]) -> None:
        """Put a row of sums: its first words, in the headings' voice, over the empty cells."""
        wide = fsum(self.widths[: self._spanned()])
        tag_row = self.body_tag.add("TR")
        tags, found = [tag_row.add("TD") for _ in cells], []
        for place, (inlines, width, tag) in enumerate(zip(cells, self.widths, tags, strict=True)):
            words = doc.Paragraph(
                inlines=_in_voice(inlines) if place == 0 else inlines,
                type=self.table.type,
                align="left" if place == 0 else "center",
            )
            room = (wide if place == 0 else width) - 2 * self.pad
            found.append(self.setter.lines(words, room) if inlines else [])
            tag.blank = not inlines
        self._put(found, self._sum_height(), tags)

    def _spanned(self) -> int:
        """How many columns the first words of the sums take."""
        rest = self.spec.page_sums[1:]
        return 1 + next((place for place, text in enumerate(rest) if text), len(rest))

    def _head(self) -> None:
        pages, spec = self.pages, self.spec
        if self.table.head:
            lines = self.setter.lines(self.table.head, spec.head_mm * MM)
            for place, line in enumerate(lines):
                y = spec.head_at_mm * MM - (len(lines) - 1 - place) * line.height
                pages.sheet.at(line, self.left, y, self.head_tag)
        if spec.seal_top_mm:
            side = spec.seal_mm * MM
            left = pages.left + pages.width - side
            pages.sheet.area(left, spec.seal_top_mm * MM, side, self.seal_tag)

    def _begin(self) -> float:
        """Draw the header at the head of a page; return the table's upper edge."""
        pages, spec = self.pages, self.spec
        top, x = pages.y, self.left
        pages.sheet.fill(x, top, self.width, self.header_height, 1 - spec.header_gray)
        # The first header alone is content: what is repeated over a page is not heard again.
        tags: Sequence[Element | None] = self.header_tags or [None] * len(self.widths)
        self.header_tags = None
        for place, (lines, width, tag) in enumerate(
            zip(self.header, self.widths, tags, strict=True)
        ):
            for first, end, words in self.groups:
                if first == place:
                    self._draw_group(x, top, fsum(self.widths[first:end]), words, tag)
            above = self._above(place)
            room = self.header_height - above
            pages.sheet.lines(lines, x, top + above + (room - height(lines)) / 2, tag)
            x += width
        pages.y = self.rows_top = top + self.header_height
        pages.sheet.rule(self.left, pages.y, self.left + self.width, pages.y, spec.header_rule_pt)
        return top

    def _draw_group(
        self, x: float, top: float, width: float, words: list[Line], tag: Element | None
    ) -> None:
        sheet, below = self.pages.sheet, top + self.group_height
        sheet.lines(words, x, top + (self.group_height - height(words)) / 2, tag)
        sheet.rule(x, below, x + width, below, self.spec.rule_pt)

    def _row(
        self,
        cells: list[list[Line]],
        top: float,
        tags: list[Element],
        bookmark: str = "",
        *,
        kept: float = 0,
    ) -> float:
        """Put a row, on a new page if need be; return the upper edge of the page's table.

        `kept` is the room that stays free beneath it.
        """
        padded = self.spec.row_pad_pt
        tall = max(self.spec.row_min_pt, *(height(lines) + padded for lines in cells))
        is_first = self.pages.y <= self.rows_top + 0.01
        if not is_first and self.pages.y + tall + kept > self.pages.bottom + 0.01:
            top = self._next_page(top)
        if bookmark:
            self.pages.sheet.bookmark(bookmark, self.pages.y, is_of_many=True)
        room = self.pages.bottom - self.pages.y - kept
        if tall > room + 0.01:
            return self._split(cells, top, room - padded, tags, kept=kept)
        self._put(cells, tall, tags)
        return top

    def _split(
        self,
        cells: list[list[Line]],
        top: float,
        room: float,
        tags: list[Element],
        *,
        kept: float,
    ) -> float:
        """A row taller than a page goes on over the next ones."""
        heads, tails = [], []
        for lines in cells:
            keep, used = 0, 0.0
            while keep < len(lines) and used + lines[keep].height <= room + 0.01:
                used += lines[keep].height
                keep += 1
            heads.append(lines[:keep])
            tails.append(lines[keep:])
        self._put(heads, room + self.spec.row_pad_pt, tags)
        return self._row(tails, self._next_page(top), tags, kept=kept)

    def _put(self, cells: list[list[Line]], tall: float, tags: list[Element]) -> None:
        sheet, y = self.pages.sheet, self.pages.y
        if y > self.rows_top + 0.01:
            sheet.rule(self.left, y, self.left + self.width, y, self.spec.rule_pt)
        x = self.left
        for lines, width, tag in zip(cells, self.widths, tags, strict=True):
            sheet.lines(lines, x + self.pad, y + (tall - height(lines)) / 2, tag)
            x += width
        self.pages.y = y + tall

    def _next_page(self, top: float) -> float:
        self._end(top)
        pages, spec = self.pages, self.spec
        pages.new_sheet()
        if spec.next_title:
            (line,) = self.setter.words(
                spec.next_title, "title", spec.next_title_pt, pages.width, align="center"
            )[:1]
            pages.sheet.at(line, pages.left, spec.next_title_mm * MM)
        return self._begin()

    def _end(self, top: float, *, is_last: bool = False) -> None:
        """Put the sums, draw the upright rules and the frame of a page's table."""
        self._sums(is_last=is_last)
        sheet, bottom = self.pages.sheet, self.pages.y
        spanned = self._spanned() if self.spec.page_sums else 0
        x = self.left
        for place, width in enumerate(self.widths[:-1], 1):
            x += width
            inside = any(first < place < end for first, end, _ in self.groups)
            end = self.sums_top if place < spanned else bottom
            sheet.rule(x, top + self.group_height * inside, x, end, self.spec.rule_pt)
        sheet.frame(self.left, top, self.width, bottom - top, self.spec.frame_pt)


def _in_voice(inlines: doc.Inlines) -> doc.Inlines:
    """Words in the voice of headings."""
    return tuple(
        msgspec.structs.replace(piece, role="heading") if isinstance(piece, doc.Run) else piece
        for piece in inlines
    )
