"""Scans read page by page by the codes in their foot margins (页脚识别码), and put together anew.

A page is looked at where a code stands, upright and upside down, then whole; at last by
thresholds, which see black through a red seal in colour and often in grey (ADR 0065).  Only a code
in the foot margin of the page as it is turned counts: one in a picture says nothing of the page.

This module must not know cases or a store.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any

import msgspec

from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.page_code import PageCode, read_page_code
from forms.ground.pdf_pages import PDFIUM

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 500
DPI = 200
_POINTS = 72
_MOST_PIXELS = 12_000_000  # of a page as it is looked at: A4 at 300 dpi has 9 million
_FOOT, _RIGHT = 0.16, 0.45  # of the page's height and width, in which a code is looked for first
_CUTS = (0.25, 0.35, 0.45, 0.18, 0.55)  # between the darkest and the paper
_DARKEST, _PAPER = 0.003, 0.6  # the shares of dots that are darker
_IDENTIFIERS = re.compile(rb"/ID\s*\[(<[0-9A-F]{32}><[0-9A-F]{32}>)\]")
_MADE_AT = re.compile(rb"(3 0 obj\s*<</CreationDate\(D:)(\d{14})")
_TRAILER = 1_000  # bytes at the end in which it stands
_TURNS = {0: 0, 180: 180, 90: 270, -90: 90, 270: 90, -180: 180}


class TooManyPages(ForTheClerk):
    """A scan of more pages than are read."""


class SeenPage(msgspec.Struct, frozen=True):
    """A page: its place in the file from 0, its code, by how many degrees it is to be turned.

    `code` is None where none was read, or where two were that say different things.
    """

    place: int
    code: PageCode | None
    turn: int = 0


class PageOf(msgspec.Struct, frozen=True):
    """A page of a PDF to be taken into another; `turn` is in degrees clockwise."""

    content: bytes
    place: int
    turn: int = 0


def seen_pages(content: bytes, name: str) -> Iterator[SeenPage]:
    """Read the pages of a PDF that opens, one by one.  Raises TooManyPages, naming the file."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    try:
        if count > MOST_PAGES:
            raise TooManyPages(
                f"“{name}”有 {count} 页，一次最多读 {MOST_PAGES} 页，请拆分成几个文件。"
            )
        for place in range(count):
            with PDFIUM:
                page = document[place]
                wide, high = page.get_size()
                dots = wide * high * (DPI / _POINTS) ** 2
                scale = DPI / _POINTS * min(1.0, (_MOST_PIXELS / dots) ** 0.5)
                bitmap = page.render(scale=scale, rev_byteorder=True)
                image = bitmap.to_pil().convert("RGB")
                bitmap.close()
                page.close()
            yield SeenPage(place, *code_on(image))
    finally:
        with PDFIUM:
            document.close()


def put_together(pages: Sequence[PageOf]) -> bytes:
    """Return a PDF of some pages as they were scanned, turned upright."""
    import pypdfium2

    out = io.BytesIO()
    with PDFIUM:
        made = pypdfium2.PdfDocument.new()
        opened: dict[int, Any] = {}
        try:
            for one in pages:
                key = id(one.content)
                if key not in opened:
                    opened[key] = pypdfium2.PdfDocument(one.content)
                made.import_pages(opened[key], [one.place])
                if one.turn:
                    page = made[len(made) - 1]
                    page.set_rotation((page.get_rotation() + one.turn) % 360)
                    page.close()
            made.save(out)
        finally:
            for document in opened.values():
                document.close()
            made.close()
    return _same_each_time(out.getvalue())


def _same_each_time(pdf: bytes) -> bytes:
    """The PDF without the moment it was made, and with an identifier made of its content.

    PDFium puts a clock and one of chance; lengths stay, since places in the file are counted.
    """
    pdf = _MADE_AT.sub(lambda found: found[1] + b"20000101000000", pdf, count=1)
    found = _IDENTIFIERS.search(pdf, max(0, len(pdf) - _TRAILER))
    if found is None:
        return pdf
    rest = pdf[: found.start(1)] + pdf[found.end(1) :]
    made = hashlib.md5(rest, usedforsecurity=False).hexdigest().upper().encode()
    return pdf[: found.start(1)] + b"<%b><%b>" % (made, made) + pdf[found.end(1) :]


def code_on(image: "Image") -> tuple[PageCode | None, int]:
    """Read the code of a page's picture: what it says, and by how much the page is to be turned."""
    foot, head = foot_of(image), foot_of(image.rotate(180))
    for corner, turn in ((foot, 0), (head, 180)):
        if (found := _said(_read(corner.getchannel(0)))) is not None:
            return found, turn
    whole = _of_whole(image)
    if whole is not None:
        return whole
    for corner, turn in ((foot, 0), (head, 180)):
        if (found := _by_thresholds(corner)) is not None:
            return found, turn
    return None, 0


def foot_of(image: "Image") -> "Image":
    """The corner of a page in which its code stands."""
    wide, high = image.size
    return image.crop((int(wide * (1 - _RIGHT)), int(high * (1 - _FOOT)), wide, high))


def code_at_foot(corner: "Image") -> PageCode | None:
    """Read the code in the corner where it stands, with all that can be tried."""
    return _said(_read(corner.getchannel(0))) or _by_thresholds(corner)


def _of_whole(image: "Image") -> tuple[PageCode | None, int] | None:
    """The code wherever it stands, if it is at the foot of the page as the code is turned."""
    found = set()
    for barcode in _read(image.getchannel(0), anywhere=True):
        code = read_page_code(barcode.text)
        if code is None:
            continue
        turn = _TURNS.get(round(barcode.orientation / 90) * 90, 0)
        if _is_at_foot(barcode, image.size, turn):
            found.add((code, turn))
    return found.pop() if len(found) == 1 else (None, 0) if found else None


def _is_at_foot(barcode: Any, size: tuple[int, int], turn: int) -> bool:
    """Whether a code's middle is at the lower right of the page once that is turned clockwise."""
    corners = barcode.position
    points = [getattr(corners, f"{up}_{side}") for up in ("top", "bottom") for side in _SIDES]
    x = sum(point.x for point in points) / 4 / size[0] - 0.5
    y = sum(point.y for point in points) / 4 / size[1] - 0.5
    turned = radians(turn)
    across = x * cos(turned) - y * sin(turned)
    down = x * sin(turned) + y * cos(turned)
    return bool(across > 0.5 - _RIGHT and down > 0.5 - _FOOT)


_SIDES = ("left", "right")


def _by_thresholds(corner: "Image") -> PageCode | None:
    """Look for black on whatever is not black: a seal is darker than paper, ink than a seal."""
    from PIL.Image import Resampling
    from PIL.ImageFilter import GaussianBlur

    size = (corner.width * 2, corner.height * 2)
    for one in (corner.getchannel(0), corner.convert("L")):
        large = one.resize(size, Resampling.BICUBIC)
        if (found := _said(_read(large))) is not None:
            return found
        even = large.filter(GaussianBlur(1))
        darkest, paper = _shades(even)
        for cut in _CUTS:
            edge = darkest + (paper - darkest) * cut
            table = [255 if shade > edge else 0 for shade in range(256)]
            if (found := _said(_read(even.point(table), is_cut=True))) is not None:
                return found
    return None


def _shades(image: "Image") -> tuple[int, int]:
    """The shades of the ink and of the paper, of a picture in grey."""
    histogram = image.histogram()
    whole, passed, darkest = sum(histogram), 0, 0
    for shade, count in enumerate(histogram):
        if passed <= whole * _DARKEST:
            darkest = shade
        if passed >= whole * _PAPER:
            return darkest, shade
        passed += count
    return darkest, 255


def _read(image: "Image", *, anywhere: bool = False, is_cut: bool = False) -> list[Any]:
    import zxingcpp

    kind, of_ours = zxingcpp.Binarizer, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
    return list(
        zxingcpp.read_barcodes(
            image,
            formats=of_ours,
            try_rotate=anywhere,
            try_downscale=anywhere,
            try_invert=False,
            binarizer=kind.FixedThreshold if is_cut else kind.LocalAverage,
        )
    )


def _said(barcodes: Sequence[Any]) -> PageCode | None:
    """What some codes say; None where none is ours, or two say different things."""
    found = {code for one in barcodes if (code := read_page_code(one.text)) is not None}
    return found.pop() if len(found) == 1 else None
