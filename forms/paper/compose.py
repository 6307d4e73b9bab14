"""compose: a paper, a case, its pack and a day give a Document: what stands on the paper.

Text becomes inline pieces: words, answers, blanks and ticks.  Nothing is laid out here, and
nothing of a form's words is known here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

import msgspec

from forms.facts.derived import number_text
from forms.facts.record import Case, Licence, Office
from forms.ground.kept import Kept
from forms.pack import language as lang
from forms.paper import document as doc
from forms.paper.answers import Answers
from forms.paper.document import Document, Gap, Inlines, Run, Spread, Tick
from forms.paper.inlines import has_slots, inlines, is_fixed
from forms.paper.licence_account import Account, account_of
from forms.paper.printed_values import View, is_relative
from forms.paper.table_columns import columns_of, counts_of

if TYPE_CHECKING:
    from forms.pack.types import Pack

DEFAULT_TYPES = {
    "text": lang.Type(),
    "label": lang.Type(role="heading", size_pt=10, leading_pt=13.4),
    "header": lang.Type(role="heading", size_pt=10, leading_pt=13.2),
}


def compose(
    paper: lang.Paper,
    case: Case,
    pack: "Pack",
    *,
    licence: Licence | None = None,
    granted: tuple[Licence, ...] = (),
    office: Office | None = None,
    today: date | None = None,
    draft: bool = False,
) -> Document:
    """Return a case's paper (or a licence's).  `granted` are all licences of the case.

    `today` is read by papers of a licence's life: what is late hangs on it.  Of a paper to be
    sealed, dates beside a seal are left to the pen.
    """
    account = account_of(case, licence, pack, today) if licence else Account()
    view = View(
        case=case, pack=pack, licence=licence, granted=granted, office=office, account=account
    )
    number = number_text(case)
    signed = not draft and licence is not None and bool(licence.licensee.name)
    plain = _kept.get((paper, pack), lambda: _plain(paper, pack))
    return Composer(paper, signed).document([view], number, draft, plain)


def compose_summary(
    paper: lang.Paper,
    cases: Sequence[Case],
    pack: "Pack",
    *,
    office: Office | None = None,
    today: date | None = None,
    draft: bool = False,
) -> Document:
    """Return a batch's paper: its table has one row for each case, in the order given."""
    views = [
        View(case=case, pack=pack, office=office, row=row) for row, case in enumerate(cases, 1)
    ]
    head = View(case=Case(), pack=pack, office=office)
    plain = _kept.get((paper, pack), lambda: _plain(paper, pack))
    return Composer(paper).document([head, *views], "", draft, plain)


def _plain(paper: lang.Paper, pack: "Pack") -> Document:
    """A paper with no answer, as every copy has it."""
    return Composer(paper).document([View(case=Case(), pack=pack)], "", False)


_kept: Kept[Document] = Kept(64)
_parts: Kept[Any] = Kept(4096)
"""Parts of papers that have no answer: one object for all copies, by which more is kept."""
_rows: Kept[doc.Row] = Kept(512)
_plain_rows: Kept[bool] = Kept(512)
_steady: Kept[bool] = Kept(512)
_answered: Kept[Any] = Kept(1024)
"""Parts by their answers: one object where these come again, as those that are not given do."""


class Composer:
    """Makes the blocks of one paper."""

    def __init__(self, paper: lang.Paper, signed: bool = False) -> None:
        self.paper = paper
        self.signed = signed  # a contract made to be signed: the notice's own words stay off
        self.types = {**DEFAULT_TYPES, **paper.types}
        self.groups = 0
        self.rows: Sequence[Answers] = ()

    def document(
        self, views: Sequence[Answers], number: str, draft: bool, plain: Document | None = None
    ) -> Document:
        """The paper of the first reading; the others are the rows of a batch."""
        view, self.rows = views[0], views[1:]
        paper = self.paper
        return Document(
            code=paper.code,
            title=paper.title if not self.signed else self._signed_title(),
            label=paper.label,
            number=number,
            page=paper.page,
            blocks=tuple(made for block in paper.blocks for made in self.block(block, view)),
            draft=draft,
            running_head=self._running_head(view),
            continuation=self._continuation(view),
            plain=plain,
        )

    def _signed_title(self) -> str:
        title = self.paper.title
        for block in self.paper.blocks:
            if isinstance(block, lang.Title) and block.notice:
                title = title.replace(block.notice, "")
        return title

    def _running_head(self, view: Answers) -> doc.RunningHead | None:
        spec = self.paper.running_head
        if spec is None:
            return None
        type_ = self.types[spec.type]
        left, right = (inlines(text, view, type_) for text in (spec.left, spec.right))
        return doc.RunningHead(spec=spec, type=type_, left=left, right=right)

    def _continuation(self, view: Answers) -> doc.Continuation | None:
        spec = self.paper.continuation
        if spec is None:
            return None
        return doc.Continuation(spec=spec, left=inlines(spec.left, view, self.types["text"]))

    def block(self, block: lang.AnyBlock | lang.InRow, view: Answers) -> Iterator[doc.AnyBlock]:
        """The blocks one block of the paper comes to: none where its condition fails."""
        if not view.holds(block.when):
            return
        match block:
            case lang.Paragraph():
                yield self.paragraph(block, view)
            case lang.Title():
                yield self.title(block, view)
            case lang.Label():
                yield self.label(block, view)
            case lang.HeadLine():
                yield self.head_line(block, view)
            case lang.Clause():
                yield self.clause(block, view)
            case lang.Choice():
                yield from self.choice(block, view)
            case lang.Repeat():
                for item in view.each(block.over):
                    for inner in block.blocks:
                        yield from self.block(inner, item)
            case lang.PartyBlock():
                yield self.party(block, view)
            case lang.Signatures():
                yield self.signatures(block, view)
            case lang.Grid():
                yield self.grid(block, view)
            case lang.Notes():
                yield self.notes(block, view)
            case lang.Table():
                yield self.table(block, view)
            case lang.PageBreak():
                yield doc.PageBreak()
            case lang.Cells():
                raise AssertionError("cells stand in a row of a grid, made there")
            case _:
                assert_never(block)

    def _plain(self, text: str, view: Answers) -> str:
        return doc.text_of(inlines(text, view, self.types["text"]))

    def title(self, block: lang.Title, view: Answers) -> doc.Title:
        """A title."""
        text = self._plain(block.text, view)
        if not (self.signed and block.notice):
            return doc.Title(spec=block, text=text)
        return doc.Title(spec=block, text=text.replace(block.notice, ""), issued=text)

    def label(self, block: lang.Label, view: Answers) -> doc.Label:
        """A label."""
        text = self._plain(block.text, view)
        if not (self.signed and block.notice):
            return doc.Label(spec=block, text=text)
        return doc.Label(spec=block, text="", issued=text)

    def head_line(self, block: lang.HeadLine, view: Answers) -> doc.HeadLine:
        """A line of up to three parts."""
        type_ = self.types[block.type]
        left, center, right = (
            inlines(text, view, type_) for text in (block.left, block.center, block.right)
        )
        return doc.HeadLine(spec=block, type=type_, parts=(left, center, right))

    def paragraph(self, block: lang.Paragraph, view: Answers) -> doc.Paragraph:
        """A paragraph."""
        type_ = self.types[block.type]
        made: doc.Paragraph
        if not has_slots(block.text):
            make = partial(self._paragraph, block, type_)
            made = _parts.get((block, type_), lambda: make(inlines(block.text, view, type_)))
            return made
        pieces = inlines(block.text, view, type_)
        made = _answered.get((block, type_, pieces), lambda: self._paragraph(block, type_, pieces))
        return made

    def _paragraph(self, block: lang.Paragraph, type_: lang.Type, pieces: Inlines) -> doc.Paragraph:
        return doc.Paragraph(
            inlines=pieces,
            type=type_,
            bookmark=doc.text_of(pieces) if block.heading else "",
            is_heading=block.heading,
            at_mm=block.at_mm,
            indent_em=block.indent_em,
            hang_em=block.hang_em,
            align=block.align,
            before_pt=block.before_pt,
            after_pt=block.after_pt,
            keep_with_next=block.keep_with_next,
        )

    def clause(self, block: lang.Clause, view: Answers) -> doc.Paragraph:
        """An article: the heading runs in."""
        type_ = self.types[block.type]
        pieces = inlines(block.text, view, type_)
        made: doc.Paragraph = _answered.get(
            (block, type_, pieces), lambda: self._clause(block, type_, pieces)
        )
        return made

    def _clause(self, block: lang.Clause, type_: lang.Type, pieces: Inlines) -> doc.Paragraph:
        head = (Run(text=block.heading, role="heading"), Gap(em=1))
        return doc.Paragraph(
            inlines=(*head, *pieces),
            type=type_,
            indent_em=block.indent_em,
            keep_with_next=block.keep_with_next,
            bookmark=block.heading,
        )

    def choice(self, block: lang.Choice, view: Answers) -> Iterator[doc.Paragraph]:
        """A choice: a paragraph for each option, ticked where it is the answer."""
        type_ = self.types[block.type]
        chosen = view.key(block.path)
        self.groups += 1
        if _is_steady(block):
            group = self.groups if block.whole else 0
            make_all = partial(self._options, block, view, chosen, group)
            for option, made in zip(
                block.options, _parts.get((block, type_), make_all, chosen, group), strict=True
            ):
                yield made or self._option(block, option, view, checked=True, group=group)
            return
        for option in block.options:
            if not view.holds(option.when):
                continue
            checked = chosen == option.value
            group = self.groups if block.whole else 0
            make = partial(self._option, block, option, view, checked=checked, group=group)
            is_blank = not checked or not has_slots(option.text)
            if is_blank and is_fixed(option.text) and not is_relative(block.path):
                yield _parts.get((block, option, type_), make, checked, group)
            else:
                yield make()

    def _options(
        self, block: lang.Choice, view: Answers, chosen: str, group: int
    ) -> list[doc.Paragraph | None]:
        """All options of a choice, but for one that is chosen and has answers."""
        return [
            None
            if option.value == chosen and has_slots(option.text)
            else self._option(block, option, view, checked=option.value == chosen, group=group)
            for option in block.options
        ]

    def _option(
        self, block: lang.Choice, option: lang.Option, view: Answers, *, checked: bool, group: int
    ) -> doc.Paragraph:
        type_ = self.types[block.type]
        tick = Tick(checked=checked, path=view.path(block.path), value=option.value)
        return doc.Paragraph(
            inlines=(tick, *inlines(option.text, view if checked else view.shut(), type_)),
            type=type_,
            indent_em=block.indent_em,
            hang_em=block.indent_em + (1.35 if type_.size_pt >= 16 else 1.3),
            group=group,
        )

    def party(self, block: lang.PartyBlock, view: Answers) -> doc.Party:
        """A party's lines."""
        type_ = self.types[block.type]
        lines = tuple(
            tuple(doc.Entry(label=e.label, inlines=inlines(e.text, view, type_)) for e in line)
            for line in block.lines
        )
        return doc.Party(spec=block, type=type_, lines=lines)

    def signatures(self, block: lang.Signatures, view: Answers) -> doc.Signatures:
        """A seal for each who signs."""
        type_ = self.types[block.type]
        foot_type = self.types[block.foot_type] if block.foot_type else type_
        seals = tuple(
            doc.Seal(
                name=inlines(block.name, item, type_),
                lines=tuple(
                    self.paragraph(line, item) for line in block.lines if item.holds(line.when)
                ),
                foot=inlines(block.foot, item, foot_type),
                heading=self._plain(block.cell_heading, item),
            )
            for item in view.each(block.over)
        )
        return doc.Signatures(spec=block, type=type_, foot_type=foot_type, seals=seals)

    def grid(self, block: lang.Grid, view: Answers) -> doc.Grid:
        """A grid with its rows."""
        rows = tuple([self._row(row, view) for row in block.rows])
        return doc.Grid(spec=block, label_type=self.types[block.label_type], rows=rows)

    def _row(self, row: lang.Row, view: Answers) -> doc.Row:
        if _is_plain_row(row):
            return _rows.get((row, self.paper), lambda: self._made_row(row, view))
        body = tuple([made for part in row.body for made in self._in_row(part, view)])
        return _rows.get((row, *body), lambda: _row_of(row, body))

    def _made_row(self, row: lang.Row, view: Answers) -> doc.Row:
        return _row_of(row, tuple([made for part in row.body for made in self._in_row(part, view)]))

    def _in_row(self, part: lang.InRow, view: Answers) -> Iterator[doc.InRow]:
        if isinstance(part, lang.Cells):
            if view.holds(part.when):
                for item in view.rows(part.over) if part.over else (view,):
                    yield self._cells(part, tuple([self._cell(one, item) for one in part.cells]))
            return
        for made in self.block(part, view):
            assert isinstance(made, doc.Paragraph | doc.Signatures)
            yield made

    def _cells(self, part: lang.Cells, cells: tuple[doc.Cell, ...]) -> doc.Cells:
        made: doc.Cells = _answered.get((part, *cells), lambda: doc.Cells(spec=part, cells=cells))
        return made

    def _cell(self, cell: lang.Cell, view: Answers) -> doc.Cell:
        type_ = self.types[cell.type]
        made: doc.Cell
        if cell.spread_em:
            made = _parts.get((cell, type_), lambda: self._spread_cell(cell, type_))
            return made
        pieces = inlines(cell.text, view, type_)
        kept = _answered if has_slots(cell.text) else _parts
        made = kept.get((cell, type_, pieces), lambda: self._made_cell(cell, type_, pieces))
        return made

    def _spread_cell(self, cell: lang.Cell, type_: lang.Type) -> doc.Cell:
        return self._made_cell(cell, type_, (Spread(text=cell.text, em=cell.spread_em),))

    def _made_cell(self, cell: lang.Cell, type_: lang.Type, pieces: Inlines) -> doc.Cell:
        paragraph = doc.Paragraph(inlines=pieces, type=type_, align=cell.align)
        return doc.Cell(spec=cell, paragraph=paragraph)

    def notes(self, block: lang.Notes, view: Answers) -> doc.Notes:
        """Notes."""
        type_ = self.types[block.type]
        if any(map(has_slots, block.paragraphs)):
            return self._notes(block, type_, view)
        made: doc.Notes = _parts.get((block, type_), lambda: self._notes(block, type_, view))
        return made

    def _notes(self, block: lang.Notes, type_: lang.Type, view: Answers) -> doc.Notes:
        return doc.Notes(
            spec=block,
            paragraphs=tuple(
                doc.Paragraph(
                    inlines=inlines(text, view, type_), type=type_, indent_em=block.indent_em
                )
                for text in block.paragraphs
            ),
        )

    def table(self, block: lang.Table, view: Answers) -> doc.Table:
        """A batch's table, a row for each of its cases; a licence's, a row for each of a list."""
        type_ = self.types[block.type]
        head_type = self.types[block.head_type]
        head = doc.Paragraph(inlines=inlines(block.head, view, head_type), type=head_type)
        views = self.rows if block.over == "cases" else view.rows(block.over)
        spec, places = columns_of(block, view, self.paper.page, self._plain)
        rows = [tuple(inlines(column.text, row, type_) for column in spec.columns) for row in views]
        total: tuple[Inlines, ...] = ()
        if block.sums:
            total = tuple(_as_sum(inlines(block.sums[place], view, type_)) for place in places)
        has_pages = bool(block.page_sums)
        return doc.Table(
            spec=spec,
            head=head if block.head else None,
            type=type_,
            header_type=self.types[block.header_type],
            rows=tuple(rows) if has_pages or not total else (*rows, total),
            counts=tuple(counts_of(spec, row) for row in views) if has_pages else (),
            total=total if has_pages else (),
        )


def _is_plain(part: lang.InRow) -> bool:
    """Whether a part of a row is the same in every copy."""
    return isinstance(part, lang.Paragraph) and part.when is None and not has_slots(part.text)


def _is_steady(block: lang.Choice) -> bool:
    """Whether all options of a choice are there in every copy, and alike where they are blank."""
    return _steady.get(
        (block,),
        lambda: (
            not is_relative(block.path)
            and all(option.when is None and is_fixed(option.text) for option in block.options)
        ),
    )


def _is_plain_row(row: lang.Row) -> bool:
    return _plain_rows.get((row,), lambda: all(map(_is_plain, row.body)))


def _row_of(row: lang.Row, body: tuple[doc.InRow, ...]) -> doc.Row:
    return doc.Row(spec=row, label=tuple(row.label.split("\n")) if row.label else (), body=body)


def _as_sum(pieces: Inlines) -> Inlines:
    """The words of a table's last row in the heading's voice, its answers as they are."""
    return tuple(
        msgspec.structs.replace(piece, role="heading")
        if isinstance(piece, Run) and piece.role is None
        else piece
        for piece in pieces
    )
