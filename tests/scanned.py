"""Papers as an office scans them: rendered, askew, blurred, sealed in red, packed as JPEG."""

import io
import math
import random
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

PAPER, INK = 238, 35


def pages_of(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF as they are printed."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def scanned(
    page: Image.Image,
    chance: random.Random,
    *,
    mode: str = "RGB",
    askew: float = 3,
    sealed_mm: tuple[float, float] | None = None,
    dpi: int = 200,
    upside_down: bool = False,
    grain: bool = True,
) -> Image.Image:
    """A page as a scanner gives it; `mode` is RGB, L or 1, `sealed_mm` the middle of a red seal."""
    made = _sealed(page, sealed_mm, chance, dpi) if sealed_mm else page
    if askew:
        angle = chance.uniform(-askew, askew)
        made = made.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    made = made.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.8)))
    light = chance.randint(INK - 20, INK + 25), chance.randint(PAPER - 12, PAPER + 12)
    table = [round(light[0] + (light[1] - light[0]) * shade / 255) for shade in range(256)]
    made = made.point(table * 3)
    if grain:
        noise = Image.effect_noise(made.size, chance.uniform(6, 18))
        made = ImageChops.add(made, Image.merge("RGB", [noise] * 3), 1, -128)
    made = made.transpose(Image.Transpose.ROTATE_180) if upside_down else made
    if mode == "1":
        return made.convert("L").point([255 if shade > 150 else 0 for shade in range(256)], "1")
    out = io.BytesIO()
    made.convert(mode).save(out, "JPEG", quality=40)
    return Image.open(out)


def as_pdf(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """Scans as one PDF, a page each."""
    out = io.BytesIO()
    first, *rest = images
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=dpi)
    return out.getvalue()


def _sealed(
    page: Image.Image, middle_mm: tuple[float, float], chance: random.Random, dpi: int
) -> Image.Image:
    seal = Image.new("RGB", page.size, (255, 255, 255))
    draw = ImageDraw.Draw(seal)
    red, mm = (205 + chance.randint(-20, 20), 35, 40), dpi / 25.4
    x, y, radius = middle_mm[0] * mm, middle_mm[1] * mm, 20 * mm
    box = (x - radius, y - radius, x + radius, y + radius)
    draw.ellipse(box, outline=red, width=round(1.2 * mm))
    for _ in range(26):  # star and strokes of characters
        turn, far = chance.uniform(0, 2 * math.pi), chance.uniform(0, radius * 0.95)
        begin = x + far * math.cos(turn), y + far * math.sin(turn)
        way, long = chance.uniform(0, math.pi), chance.uniform(1.5, 5) * mm
        end = begin[0] + long * math.cos(way), begin[1] + long * math.sin(way)
        draw.line((begin, end), fill=red, width=round(0.7 * mm))
    return ImageChops.multiply(page, seal)
