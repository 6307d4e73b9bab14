"""Draws the program's icon from its SVG: `.venv/bin/python -m tools.make_icon`.

Windows wants an .ico with every size, Linux a .png; both lie beside the SVG in
`resources/app-icon`.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "app-icon"
NAME = "openlicense-desk"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawn(size: int) -> Image.Image:
    """The icon, `size` pixels wide."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(FOLDER / f"{NAME}.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def main() -> int:
    """Write the .ico and the .png."""
    app = QGuiApplication(["make_icon", "-platform", "offscreen"])
    images = [drawn(size) for size in SIZES]
    images[-1].save(FOLDER / f"{NAME}.png", optimize=True)
    sizes = [(size, size) for size in SIZES]
    images[-1].save(FOLDER / f"{NAME}.ico", sizes=sizes, append_images=images[:-1])
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
