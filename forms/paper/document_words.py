"""The words printed on a composed paper, in reading order: what is signed and compared."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import assert_never

from forms.ground.kept import Kept
from forms.paper.document import (
    AnyBlock,
    Cells,
    Charts,
    Document,
    Grid,
    HeadLine,
    Label,
    Notes,
    PageBreak,
    Paragraph,
    Party,
    Row,
    Signatures,
    Table,
    Title,
    text_of,
)


def words(document: Document) -> str:
    """Return the words printed, for telling whether a signed paper is stale.

    No layout, no page numbers and no draft mark; white space does not count, nor whether the
    notice's words are left off.
    """
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            parts += [_alike.get((row,), partial(_joined, row)) for row in block.rows]
        elif isinstance(block, Notes):
            parts.append(_alike.get((block,), partial(_joined, block)))
        elif isinstance(block, Title | Label) and block.issued:
            parts.append(_without_white(block.issued))
        else:
            parts += _bare_lines(block)
    return "\n".join(filter(None, parts))


def _bare_lines(block: AnyBlock | Row) -> Iterator[str]:
    lines: list[str] = []
    _add_lines(block, lines)
    return map(_without_white, lines)


def _joined(block: Row | Notes) -> str:
    """What a row or notes say: many copies have the same."""
    return "\n".join(filter(None, _bare_lines(block)))


_alike: Kept[str] = Kept(512)


@lru_cache(maxsize=2048)
def _without_white(line: str) -> str:
    """A line without what is not printed: most lines come again in every copy."""
    return "".join(line.replace("\0", "").split())


def words_sha256(document: Document) -> str:
    """Return the hash of the words on a paper; layout and draft mark do not count."""
    return hashlib.sha256(words(document).encode()).hexdigest()


def lines_of(document: Document) -> list[str]:
    """The document's words in reading order, a string for each label, cell or paragraph."""
    lines: list[str] = []
    for block in document.blocks:
        _add_lines(block, lines)
    return lines


def _add_lines(block: AnyBlock | Cells | Row, lines: list[str]) -> None:
    match block:
        case Paragraph():
            lines.append(text_of(block.inlines))
        case Cells():
            lines += [text_of(cell.paragraph.inlines) for cell in block.cells]
        case Title() | Label():
            lines.append(block.text)
        case HeadLine():
            lines.append("\u3000".join(filter(None, map(text_of, block.parts))))
        case Party():
            for entry in (entry for line in block.lines for entry in line):
                lines.append(entry.label + block.spec.colon + text_of(entry.inlines))
        case Signatures():
            lines += _signature_lines(block)
        case Grid():
            for row in block.rows:
                _add_lines(row, lines)
        case Row():
            lines.append(block.spec.mark + "".join(block.label))
            for part in block.body:
                _add_lines(part, lines)
        case Notes():
            lines.append(block.spec.title)
            lines += [text_of(paragraph.inlines) for paragraph in block.paragraphs]
        case Table():
            lines += _table_lines(block)
        case Charts():
            lines += [chart.spoken for chart in block.charts]
        case PageBreak():
            return
        case _:
            assert_never(block)


def _signature_lines(block: Signatures) -> Iterator[str]:
    yield block.spec.heading
    for seal in block.seals:
        yield text_of(seal.name)
        yield from (text_of(line.inlines) for line in seal.lines)
        yield text_of(seal.foot)


def _table_lines(block: Table) -> Iterator[str]:
    if block.head:
        yield text_of(block.head.inlines)
    yield "\t".join(column.whole_header for column in block.spec.columns)
    for row in block.rows:
        yield "\t".join(text_of(cell) for cell in row)
