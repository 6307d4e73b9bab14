"""Draw the pictures of papers for the README: those of each pack's sample, side by side.

python tools/make_paper_picture.py
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.command_line.cli import main as openlicense  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
DAY = "2026-11-21"
# By the picture: the pack, the case in hand, and of each paper what stands in the file's name,
# which page, how high in pixels.
PICTURES = {
    "papers-statutory.png": (
        "cnipa-2024",
        "ZL202110418826.X",
        (
            ("专利开放许可声明填报底稿", 0, 900),
            ("同意开放许可的书面声明", 0, 900),
            ("简要说明", 0, 900),
        ),
    ),
    "papers.png": (
        "hubei-2022",
        "ZL202110345678.3",
        (("信息表", 0, 900), ("声明", 0, 900), ("合同", 3, 900), ("汇总表", 0, 640)),
    ),
}
GROUND, MARGIN = "#E4E1DA", 36


def page(folder: Path, number: str, word: str, place: int, height: int) -> Image.Image:
    """One page of the case in hand (or of the batch) as a picture with a hairline."""
    files = sorted(folder.rglob(f"*{word}*.pdf"))
    file = next((file for file in files if number in file.name), files[0])
    document = pypdfium2.PdfDocument(file)
    try:
        sheet = document[place]
        picture = sheet.render(scale=2 * height / sheet.get_height()).to_pil().convert("RGB")
        return ImageOps.expand(picture.resize((picture.width // 2, height)), 1, "#C9C5BC")
    finally:
        document.close()


def main() -> None:
    """Do the main job with each pack in a folder of its own and draw its papers."""
    for name, (pack, number, pages) in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            with contextlib.redirect_stdout(io.StringIO()):
                openlicense(["demo", "--pack", pack, "--out", folder, "--today", DAY])
            pictures = [page(Path(folder) / "文书", number, *wanted) for wanted in pages]
        save(pictures, FOLDER / name)


def save(pictures: Sequence[Image.Image], file: Path) -> None:
    """Lay the pages side by side and save them as one picture."""
    width = sum(picture.width for picture in pictures) + MARGIN * (len(pictures) + 1)
    height = max(picture.height for picture in pictures) + 2 * MARGIN
    sheet, left = Image.new("RGB", (width, height), GROUND), MARGIN
    for picture in pictures:
        sheet.paste(picture, (left, (height - picture.height) // 2))
        left += picture.width + MARGIN
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(64).save(file, optimize=True)
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
