"""Draw docs/pictures/papers.png for the README: the four papers of the sample, side by side.

python tools/make_paper_picture.py
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.command_line.cli import main as openlicense  # noqa: E402

TARGET = ROOT / "docs" / "pictures" / "papers.png"
DAY = "2026-11-21"
NUMBER = "ZL202110345678.3"
PAGES = (  # what stands in the file's name, which page, how high in pixels
    ("信息表", 0, 900),
    ("声明", 0, 900),
    ("合同", 3, 900),
    ("汇总表", 0, 640),
)
GROUND, MARGIN = "#E4E1DA", 36


def page(folder: Path, word: str, place: int, height: int) -> Image.Image:
    """One page of the sample's first case (or of the batch) as a picture with a hairline."""
    files = sorted(folder.rglob(f"*{word}*.pdf"))
    file = next((file for file in files if NUMBER in file.name), files[0])
    document = pypdfium2.PdfDocument(file)
    try:
        sheet = document[place]
        picture = sheet.render(scale=2 * height / sheet.get_height()).to_pil().convert("RGB")
        return ImageOps.expand(picture.resize((picture.width // 2, height)), 1, "#C9C5BC")
    finally:
        document.close()


def main() -> None:
    """Do the main job in a folder of its own and draw its papers."""
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.redirect_stdout(io.StringIO()):
            openlicense(["demo", "--out", folder, "--today", DAY])
        pictures = [page(Path(folder) / "文书", *wanted) for wanted in PAGES]
    width = sum(picture.width for picture in pictures) + MARGIN * (len(pictures) + 1)
    height = max(picture.height for picture in pictures) + 2 * MARGIN
    sheet, left = Image.new("RGB", (width, height), GROUND), MARGIN
    for picture in pictures:
        sheet.paste(picture, (left, (height - picture.height) // 2))
        left += picture.width + MARGIN
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(64).save(TARGET, optimize=True)
    print(TARGET.relative_to(ROOT))


if __name__ == "__main__":
    main()
