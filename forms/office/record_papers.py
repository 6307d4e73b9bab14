"""Papers of records that are no cases, as files: what can not be printed is told, not left out."""

from typing import Literal

from forms.ground.cleaning import with_code
from forms.office.store import CannotDo
from forms.paper.document import Document

Format = Literal["pdf", "docx"]


def paper_file(document: Document, format_: Format) -> bytes:
    """Return a paper as a file.

    Raises CannotDo where a character has no glyph in any font: the print stops and names it.
    """
    # Each writer is fetched when it is needed: the libraries beneath are slow to load.
    if format_ == "docx":
        from forms.output.docx import write_docx

        return write_docx(document)
    from forms.ground.fonts import MissingGlyph
    from forms.output.pdf import render
    from forms.output.stand_ins import drawn

    try:
        return drawn(document, render)
    except MissingGlyph as fault:
        raise CannotDo(
            f"“{document.title}”不能生成：字体中没有{with_code(fault.character)}字，"
            "请核对所填的名称，确实是这个字的，先改用同音字，打印后手写。"
        ) from fault
