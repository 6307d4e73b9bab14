"""Scans that come as pictures (JPEG, PNG, TIFF) as PDF/A: a page each, as large as the paper was.

A JPEG's picture goes in as it is, without the camera's notes (place, time, small picture); the
others are packed anew without loss.  The size comes from the resolution that the file states; where
that can not be, the page is put on A4, and said so.

Source: ISO 32000-1, 8.9.5 (images); ISO 19005-2, 6.2.4.3 (grey and RGB under an output intent of
RGB); Exif 2.32, 4.6.4 A (orientation).  It knows no cases and no papers.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from struct import unpack_from

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from forms.ground.fonts import FontSet
from forms.ground.for_the_clerk import ForTheClerk
from forms.output.canvas import PaperCanvas, Picture, new_canvas

FORMATS = ("JPEG", "PNG", "TIFF")
MAX_PIXELS = 75_000_000  # of a page: A3 at 600 dpi has 70 million
MAX_PIXELS_IN_ALL = 500_000_000  # some seconds of packing for every hundred million
MAX_PAGES = 200
LOW_DPI = 150

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
_OTHER_STARTS = (b"BM", b"GIF8", b"RIFF", b"II+\0", b"MM\0+")
_HEIF = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif")
_A4_INCHES = (8.27, 11.69)
_LEAST_INCHES, _MOST_INCHES = 3.0, 24.0  # of the longer side: what is beyond was no paper
_ORIENTATION, _SUBFILE = 0x0112, 0x00FE
_POINTS = 72
# Where a picture's corner and sides go on the page, of its width and height.
_TURNS = {
    1: ((1, 0, 0, 1), (0, 0)),
    2: ((-1, 0, 0, 1), (1, 0)),
    3: ((-1, 0, 0, -1), (1, 1)),
    4: ((1, 0, 0, -1), (0, 1)),
    5: ((0, -1, -1, 0), (1, 1)),
    6: ((0, -1, 1, 0), (0, 1)),
    7: ((0, 1, 1, 0), (0, 0)),
    8: ((0, 1, -1, 0), (1, 0)),
}
_CLEAR = ("LA", "La", "PA", "RGBA", "RGBa")
_QUALITY = 92  # of what was a JPEG inside a TIFF

# Sizes are bounded here, before anything is unpacked: a word to the clerk instead of a warning.
Image.MAX_IMAGE_PIXELS = None


class NoPicture(ForTheClerk):
    """A picture that can not be taken."""


class Pictured(msgspec.Struct, frozen=True):
    """The PDF, and what the clerk is to be told of it."""

    content: bytes
    words: tuple[str, ...] = ()


class _Page(msgspec.Struct, frozen=True):
    """A page in points with its picture, and what is to be said of it."""

    picture: Picture
    size: tuple[float, float]
    dpi: int
    is_guessed: bool = False
    was_cmyk: bool = False


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture, of a kind that is taken or not."""
    return data.startswith((*_STARTS, *_OTHER_STARTS)) or data[4:12] in _HEIF


def pdf_of(data: bytes, name: str, fonts: FontSet) -> Pictured:
    """Return a picture as PDF/A-2b, a page for each that is in it.  Raises NoPicture."""
    pages: list[_Page] = []
    canvas: PaperCanvas | None = None
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            for page in _pages(image, data, name):
                pages.append(page)
                canvas = canvas or new_canvas(fonts, title=name, page_size=page.size)
                canvas.picture_page(page.picture, page.size)
    except (NoPicture, MemoryError):
        raise
    except UnidentifiedImageError as error:
        raise NoPicture(f"“{name}”是本程序无法读取的图片，{_OTHERWISE}") from error
    except Exception as error:  # a broken picture raises nearly anything
        raise NoPicture(f"“{name}”已损坏或不完整，请重新扫描或重新取得该文件。") from error
    if canvas is None:
        raise NoPicture(f"“{name}”中没有图片，请重新扫描。")
    return Pictured(canvas.content(), tuple(_words(pages, name)))


_OTHERWISE = "请另存为 JPEG、PNG，或扫描成 PDF。"


def _words(pages: Sequence[_Page], name: str) -> Iterator[str]:
    for found, words in (
        (
            [place for place, page in enumerate(pages, 1) if page.is_guessed],
            "未写明分辨率，按 A4 大小放置",
        ),
        (
            [place for place, page in enumerate(pages, 1) if page.dpi < LOW_DPI],
            f"分辨率只有 {min(page.dpi for page in pages)} dpi，小字和印章可能看不清，"
            "请核对，必要时用 200 dpi 以上重新扫描",
        ),
        (
            [place for place, page in enumerate(pages, 1) if page.was_cmyk],
            "是印刷四色（CMYK），已转为屏幕颜色，请核对印章颜色",
        ),
    ):
        if found:
            which = f"第 {'、'.join(map(str, found[:10]))} 页" if len(pages) > 1 else ""
            yield f"“{name}”{which}{words}。"


def _pages(image: Image.Image, data: bytes, name: str) -> Iterator[_Page]:
    total = 0
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if count > MAX_PAGES:
        raise NoPicture(f"“{name}”有 {count} 页，至多 {MAX_PAGES} 页，请分成几个文件。")
    for place in range(count):
        if image.format == "TIFF":
            image.seek(place)
            if int(image.tag_v2.get(_SUBFILE, 0)) & 1:  # type: ignore[attr-defined]
                continue  # a small copy of another page
        pixels = image.width * image.height
        total += pixels
        if pixels > MAX_PIXELS or total > MAX_PIXELS_IN_ALL:
            raise NoPicture(
                f"“{name}”过大（{image.width}×{image.height} 点），不像一张纸的扫描件；"
                "请用 200 至 300 dpi 重新扫描。"
            )
        yield _page(image, data)


def _page(image: Image.Image, data: bytes) -> _Page:
    turn = image.getexif().get(_ORIENTATION, 1)
    turn = turn if turn in _TURNS else 1
    stated = _stated(image)
    if image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB"):
        width, height = image.size if turn < 5 else image.size[::-1]
        picture = _as_it_is(image, data, turn)
    else:
        image.load()
        upright = ImageOps.exif_transpose(image)
        picture = _packed(_plain(upright), image.info.get("compression") == "jpeg")
        width, height = upright.size
    stated = stated[::-1] if stated and turn >= 5 else stated
    dpi = _plausible(width, height, stated)
    guessed = dpi is None
    if dpi is None:
        short, long = _A4_INCHES
        inches = (short, long) if height >= width else (long, short)
        dpi = (max(width / inches[0], height / inches[1]),) * 2
    return _Page(
        picture=picture,
        size=(width / dpi[0] * _POINTS, height / dpi[1] * _POINTS),
        dpi=round(min(dpi)),
        is_guessed=guessed,
        was_cmyk=image.mode == "CMYK",
    )


def _stated(image: Image.Image) -> tuple[float, float] | None:
    """Return the resolution a file states, in dots per inch across and down."""
    stated = image.info.get("dpi", ())
    try:
        across, down = (float(one) for one in stated)  # a TIFF's are fractions, perhaps by zero
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if across > 1 and down > 1 else None


def _plausible(
    width: int, height: int, dpi: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Return the resolution if a sheet of paper can have been so large, else None."""
    if dpi is None:
        return None
    longer = max(width / dpi[0], height / dpi[1])
    return dpi if _LEAST_INCHES <= longer <= _MOST_INCHES else None


def _as_it_is(image: Image.Image, data: bytes, turn: int) -> Picture:
    """Return a JPEG's own picture, read once to the end to see that nothing is missing."""
    width, height = image.size
    grey = image.mode == "L"
    image.draft("L", (width // 8, height // 8))
    image.load()
    sides, corner = _TURNS[turn]
    return Picture(
        content=_without_notes(data),
        entries=_entries(width, height, grey=grey, bits=8) + "/Filter/DCTDecode",
        sides=sides,
        corner=corner,
    )


def _without_notes(data: bytes) -> bytes:
    """Return a JPEG without what is beside the picture; its colours' mark (APP14) stays."""
    kept, at = [data[:2]], 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        kind = data[at + 1]
        if kind == 0xFF:  # a filler
            at += 1
            continue
        end = at + 2 + unpack_from(">H", data, at + 2)[0]
        if not (0xE1 <= kind <= 0xED or kind in (0xEF, 0xFE)):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture in black and white, grey or RGB, on white where it was clear."""
    if image.mode in ("I", "I;16", "I;16B", "I;16L"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in _CLEAR or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("P", "CMYK", "YCbCr", "RGBX"):
        return image.convert("RGB")
    raise UnidentifiedImageError(image.mode)


def _packed(image: Image.Image, was_jpeg: bool) -> Picture:
    """Return a picture packed without loss, but for one that was a JPEG within."""
    grey, bits = image.mode in ("1", "L"), 1 if image.mode == "1" else 8
    entries = _entries(image.width, image.height, grey=grey, bits=bits)
    out = io.BytesIO()
    if was_jpeg and bits == 8:
        image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        return Picture(content=out.getvalue(), entries=f"{entries}/Filter/DCTDecode")
    image.save(out, "PNG", compress_level=zlib.Z_BEST_SPEED + 5)
    rows = f"/Predictor 15/Colors {1 if grey else 3}/BitsPerComponent {bits}/Columns {image.width}"
    return Picture(
        content=b"".join(_png_data(out.getvalue())),
        entries=f"{entries}/Filter/FlateDecode/DecodeParms<<{rows}>>",
    )


def _png_data(data: bytes) -> Iterator[bytes]:
    """Yield the packed rows of a PNG: PDF unpacks the very same."""
    at = 8
    while at < len(data):
        length, kind = unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length


def _entries(width: int, height: int, *, grey: bool, bits: int) -> str:
    space = "DeviceGray" if grey else "DeviceRGB"
    return f"/Width {width}/Height {height}/ColorSpace/{space}/BitsPerComponent {bits}"
