"""Scans that are pictures become PDF/A: as large as the paper was, upright, nothing lost."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa
from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageStat

from forms.ground.fonts import shipped_fonts
from forms.output.picture_scans import NoPicture, Pictured, is_picture, pdf_of


def sheet(mode: str = "RGB", size: tuple[int, int] = (414, 585)) -> Image.Image:
    """A scanned sheet, told from itself however it is turned."""
    made = Image.new("RGB", size, "white")
    drawn = ImageDraw.Draw(made)
    drawn.rectangle((50, 50, 200, 150), fill=(200, 30, 30))
    drawn.ellipse((250, 400, 350, 500), fill=(30, 30, 200))
    return made.convert(mode)


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def made(data: bytes) -> Pictured:
    assert is_picture(data)
    return pdf_of(data, "扫描件.jpg", shipped_fonts())


def drawn(pdf: bytes, size: tuple[int, int]) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        return page.render(scale=size[0] / page.get_width()).to_pil().convert("RGB").resize(size)


def differ(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def sixteen_bits() -> Image.Image:
    grey = sheet("L")
    return Image.frombytes("I;16", grey.size, b"".join(bytes((0, one)) for one in grey.tobytes()))


KINDS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved(sheet(), "JPEG", dpi=(50, 50)),
    "progressive": lambda: saved(sheet(), "JPEG", dpi=(50, 50), progressive=True),
    "grey": lambda: saved(sheet("L"), "JPEG", dpi=(50, 50)),
    "cmyk": lambda: saved(sheet("CMYK"), "JPEG", dpi=(50, 50)),
    "png": lambda: saved(sheet(), "PNG", dpi=(50, 50)),
    "palette": lambda: saved(sheet().quantize(16), "PNG", dpi=(50, 50)),
    "1-bit": lambda: saved(sheet("1"), "PNG", dpi=(50, 50)),
    "16-bit": lambda: saved(sixteen_bits(), "PNG", dpi=(50, 50)),
    "lzw": lambda: saved(sheet(), "TIFF", dpi=(50, 50), compression="tiff_lzw"),
    "jpeg in tiff": lambda: saved(sheet(), "TIFF", dpi=(50, 50), compression="jpeg"),
    "g4": lambda: saved(sheet("1"), "TIFF", dpi=(50, 50), compression="group4"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_a_page_of_its_own_size_fit_for_the_archive(kind: str) -> None:
    data = KINDS[kind]()
    pdf = made(data).content
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [float(one) for one in document.pages[0].MediaBox] == pytest.approx(
            [0, 0, 414 / 50 * 72, 585 / 50 * 72], abs=0.5
        )
        assert not document.check_pdf_syntax()
        assert not pdfa.check(document, "2b").findings
    shades = {"grey": "L", "1-bit": "1", "16-bit": "L", "g4": "1"}
    assert differ(drawn(pdf, (414, 585)), sheet(shades.get(kind, "RGB")).convert("RGB")) < 20
    assert pdf == made(data).content


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_a_turned_picture_stands_upright(kind: str, turn: int) -> None:
    notes = Image.Exif()
    notes[0x0112] = turn
    data = saved(sheet(), kind, exif=notes, dpi=(200, 100))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    pdf = made(data).content
    assert differ(drawn(pdf, upright.size), upright) < 3
    with pypdfium2.PdfDocument(pdf) as document:
        size = document[0].get_size()
    across, down = 414 / 200 * 72, 585 / 100 * 72
    assert size == pytest.approx((across, down) if turn < 5 else (down, across), abs=1)


def test_every_page_of_a_tiff_is_a_page() -> None:
    further = [sheet("1"), sheet("L"), sheet("CMYK"), sheet(size=(585, 414))]
    data = saved(sheet(), "TIFF", save_all=True, append_images=further, dpi=(50, 50))
    done = made(data)
    with pypdfium2.PdfDocument(done.content) as document:
        widths = [round(page.get_width()) for page in document]
    assert widths == [596, 596, 596, 596, 842]
    assert any("第 4 页是印刷四色" in words for words in done.words)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_clear_is_white_paper(mode: str) -> None:
    clear = Image.new("RGBA", (414, 585), (0, 0, 0, 0))
    clear.paste((200, 30, 30, 255), (50, 50, 200, 150))
    data = saved(clear.convert(mode) if mode != "PA" else clear.quantize(8), "PNG", dpi=(50, 50))
    shown = drawn(made(data).content, (414, 585))
    assert shown.getpixel((300, 300)) == (255, 255, 255)
    assert shown.getpixel((100, 100)) != (255, 255, 255)


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (100_000, 100_000)])
def test_a_picture_without_a_plausible_resolution_is_put_on_a4_and_told(dpi: Any) -> None:
    photo = Image.new("RGB", (4000, 3000), "white")
    done = made(saved(photo, "JPEG", **({"dpi": dpi} if dpi else {})))
    with pypdfium2.PdfDocument(done.content) as document:
        width, height = document[0].get_size()
    assert (round(width), round(height)) == (794, 595)
    [words] = done.words
    assert "A4" in words and "“扫描件.jpg”" in words


def test_a_low_resolution_is_told_and_a_good_one_is_not() -> None:
    assert "只有 100 dpi" in made(saved(sheet(size=(827, 1169)), "PNG", dpi=(100, 100))).words[0]
    assert made(saved(sheet("1", (1654, 2339)), "PNG", dpi=(200, 200))).words == ()


def test_a_jpeg_keeps_its_picture_and_loses_what_the_camera_noted() -> None:
    notes = Image.Exif()
    notes[0x010F] = "相机厂".encode().decode("latin-1")
    data = saved(sheet(), "JPEG", dpi=(200, 200), exif=notes, comment=b"who was here")
    with pikepdf.open(io.BytesIO(made(data).content)) as document:
        kept = document.pages[0].Resources.XObject["/P"].read_raw_bytes()
    assert b"Exif" in data and b"Exif" not in kept
    assert b"who was here" in data and b"who was here" not in kept
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says how large it is, with nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        said = kind + body
        return struct.pack(">I", len(body)) + said + struct.pack(">I", zlib.crc32(said))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


def test_a_picture_larger_than_any_paper_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(NoPicture, match="过大（100000×100000 点）"):
        made(png_of(100_000, 100_000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_cut_off_is_refused(kind: str) -> None:
    data = saved(sheet(), kind)
    with pytest.raises(NoPicture, match="”已损坏或不完整"):
        made(data[: len(data) * 2 // 3])


@pytest.mark.parametrize(
    "data",
    [
        saved(sheet(), "BMP"),
        saved(sheet(), "GIF"),
        saved(sheet(), "WEBP"),
        b"\0\0\0\x18ftypheic\0\0\0\0",
        saved(Image.new("F", (9, 9)), "TIFF"),
        saved(Image.new("LAB", (9, 9)), "TIFF"),
    ],
)
def test_other_pictures_say_what_to_do(data: bytes) -> None:
    with pytest.raises(NoPicture, match="另存为 JPEG、PNG，或扫描成 PDF"):
        made(data)
