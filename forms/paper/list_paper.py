"""Lists of the office's own as papers: written in the language of papers, filled with words.

A list's paper (resources/lists) has titles, tables and paragraphs; its slots are names that the
caller fills, no facts of a case.  Of the options `blank` alone counts.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from forms.ground.locate import resources
from forms.pack import language as lang
from forms.pack.slots import Slot
from forms.paper import document as doc
from forms.paper.compose import DEFAULT_TYPES, taken_apart
from forms.paper.document import Document, Inlines

Words = Mapping[str, str]


@cache
def list_paper(code: str) -> lang.Paper:
    """The paper of a list that ships."""
    file = resources() / "lists" / f"{code}.toml"
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), lang.Paper)


def compose_list(paper: lang.Paper, words: Words, *tables: Sequence[Words]) -> Document:
    """Return a list: `words` fill its title's line and paragraphs, `tables` its tables in order.

    Each of a table's words fill a row.
    """
    types, rows = {**DEFAULT_TYPES, **paper.types}, iter(tables)
    return Document(
        code=paper.code,
        title=paper.title,
        label=paper.label,
        number="",
        page=paper.page,
        blocks=tuple(_block(block, types, words, rows) for block in paper.blocks),
    )


def _block(
    block: lang.AnyBlock,
    types: Mapping[str, lang.Type],
    words: Words,
    tables: Iterator[Sequence[Words]],
) -> doc.AnyBlock:
    match block:
        case lang.Title():
            return doc.Title(spec=block, text=block.text)
        case lang.Paragraph():
            return doc.Paragraph(
                inlines=_inlines(block.text, words),
                type=types[block.type],
                indent_em=block.indent_em,
                hang_em=block.hang_em,
                align=block.align,
                before_pt=block.before_pt,
                after_pt=block.after_pt,
                keep_with_next=block.keep_with_next,
                bookmark=block.text if block.heading else "",
                is_heading=block.heading,
                at_mm=block.at_mm,
            )
        case lang.PageBreak():
            return doc.PageBreak()
        case lang.Table():
            head = doc.Paragraph(
                inlines=_inlines(block.head, words), type=types[block.head_type], align="left"
            )
            return doc.Table(
                spec=block,
                head=head,
                type=types[block.type],
                header_type=types[block.header_type],
                rows=tuple(
                    tuple(_inlines(column.text, row) for column in block.columns)
                    for row in next(tables)
                ),
            )
    raise AssertionError(f"a list has no {type(block).__name__}")


def _inlines(text: str, words: Words) -> Inlines:
    return tuple(_pieces(text, words))


def _pieces(text: str, words: Words) -> Iterator[doc.AnyInline]:
    for piece in taken_apart(text):
        if not isinstance(piece, Slot):
            yield from piece
            continue
        answer = "".join(words[path] for path in piece.paths)
        if piece.blank_em is not None:
            yield doc.Blank(answer=answer, min_em=piece.blank_em)
        elif answer:
            yield doc.Run(text=answer)
