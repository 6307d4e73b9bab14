"""A tagged PDF as those get it who have it read out: its structure, in reading order.

The tree is read by pikepdf, the words that belong to it by PDFium, neither of which made it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


def heard(content: bytes) -> str:
    """One line for each element that says something: its kind, indented, and what is heard."""
    words = _words(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        lines = list(_read(pdf.Root.StructTreeRoot.K, None, 0, words, places))
    return "".join(line + "\n" for line in lines)


def unheard(content: bytes) -> str:
    """The words on the pages that belong to nothing: page numbers, running heads."""
    return "\n".join(text for (_, number), text in _words(content).items() if number < 0)


def _words(content: bytes) -> dict[tuple[int, int], str]:
    """The words by page and number in it; -1 is what has none."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(content)
    try:
        for place, page in enumerate(document):
            text = page.get_textpage()
            for entry in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                number = pdfium.FPDFPageObj_GetMarkedContentID(entry.raw)
                key = (place, number)
                found[key] = found.get(key, "") + _text(entry.raw, text.raw)
    finally:
        document.close()
    return found


def _text(entry: Any, page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(entry, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(
        entry, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw[: size - 2].decode("utf-16-le")


def _read(
    element: Any,
    page: Any,
    depth: int,
    words: dict[tuple[int, int], str],
    places: dict[Any, int],
) -> Iterator[str]:
    page = element.get("/Pg", page)
    said = [str(element.Alt)] if "/Alt" in element else []
    below: list[str] = []
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            said += (
                [] if "/Alt" in element else [words.get((places[kid.Pg.objgen], int(kid.MCID)), "")]
            )
        elif isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            said += [] if "/Alt" in element else [str(kid.Obj.TU)]
        elif isinstance(kid, pikepdf.Dictionary):
            if kid.S == "/Span":
                (one,) = _read(kid, page, 0, words, places)
                said.append("〔" + one.removeprefix("Span ") + "〕")
            else:
                below += _read(kid, page, depth + 1, words, places)
        elif "/Alt" not in element:
            said.append(words.get((places[page.objgen], int(kid)), ""))
    yield f"{'  ' * depth}{str(element.S)[1:]} {''.join(said)}".rstrip()
    yield from below


def _kids(element: Any) -> list[Any]:
    if "/K" not in element:
        return []
    kids = element.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
