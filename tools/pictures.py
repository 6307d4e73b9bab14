"""Draws the program's screens from the real program with its sample: `python3 dev.py pictures`.

Every screen in light and dark, at 100 % and 150 %, into `out/pictures`; names after the command
choose some of them, `--size 1366x768` another window.  `--guide` renews those of the user's guide
in `docs/pictures/guide`, light and with few colours, so that they stay small.

Each look is drawn by a process of its own, since Qt takes the scale at its start only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in China
CLERK, FOLDER = "陈思远", "开放许可资料"
GUIDE, GUIDE_SCALE, GUIDE_COLOURS = ROOT / "docs" / "pictures" / "guide", 1.25, 160
SCALES, THEMES = (1.0, 1.5), ("light", "dark")
# A 1440x900 window, and a 1920x1080 screen at 150 %, in logical pixels.
SIZES = {1.0: (1440, 900), GUIDE_SCALE: (1280, 720), 1.5: (1280, 720)}
# In the guide: with what stands beside where there is room.
WIDE = dict.fromkeys(("register-lived-in", "stock"), (1440, 810))


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the pictures; the exit code is 0 where all were drawn."""
    parser = argparse.ArgumentParser(prog="dev.py pictures")
    parser.add_argument("names", nargs="*", help="screens to draw; without any, all")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "pictures")
    parser.add_argument("--guide", action="store_true", help="renew the pictures of the guide")
    parser.add_argument("--size", type=_size, help="of the window in logical pixels: 1366x768")
    parser.add_argument("--look", help=argparse.SUPPRESS)  # one theme and scale, in a child
    given = parser.parse_args(argv)
    if given.look:
        theme, scale = given.look.split(",")
        return _draw(given, theme, float(scale))
    looks = [("light", GUIDE_SCALE)] if given.guide else [(t, s) for s in SCALES for t in THEMES]
    out = GUIDE if given.guide else given.out
    return max(_in_child(given, theme, scale) for theme, scale in looks) or _said(out)


def _size(text: str) -> tuple[int, int]:
    wide, high = map(int, text.split("x"))
    return wide, high


def _in_child(given: argparse.Namespace, theme: str, scale: float) -> int:
    flag = ["--guide"] if given.guide else ["--out", str(given.out.resolve())]
    if given.size:
        flag += ["--size", "x".join(map(str, given.size))]
    command = [sys.executable, "-m", "tools.pictures", *given.names, *flag]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QT_SCALE_FACTOR": str(scale),
        # What pictures say of the place and the clerk is the same everywhere.
        "TZ": "Asia/Shanghai",
        "LOGNAME": CLERK,
    }
    return subprocess.run(
        [*command, "--look", f"{theme},{scale}"], cwd=ROOT, env=environment, check=False
    ).returncode


def _said(out: Path) -> int:
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return 0


def _draw(given: argparse.Namespace, theme: str, scale: float) -> int:
    from desktop.installed.settings import Settings
    from desktop.program.qt_application import application
    from desktop.screens import picture_taken, screens

    out = GUIDE if given.guide else given.out
    out.mkdir(parents=True, exist_ok=True)
    wanted = [
        one
        for one in screens()
        if (one.name in given.names or not given.names) and (one.in_guide or not given.guide)
    ]
    ending = ("-dark" if theme == "dark" else "") + ("-150" if scale == max(SCALES) else "")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.toml")
        settings.set("theme", theme)
        app = application(settings)
        for screen in wanted:
            with _data_folder() as data:
                size = given.size or SIZES[scale]
                if given.guide:
                    size = WIDE.get(screen.name, size)
                picture = picture_taken(app, settings, data, screen, clock=lambda: NOW, size=size)
            file = out / f"{screen.name}{'' if given.guide else ending}.png"
            picture.save(str(file))
            if given.guide:
                _make_small(file)
    return 0


@contextmanager
def _data_folder() -> Iterator[Path]:
    """A folder with the same short name every time: pictures show it.

    Raises FileExistsError where one is there already, perhaps of another run.
    """
    folder = Path(tempfile.gettempdir()) / FOLDER
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_small(file: Path) -> None:
    """Write a picture anew with few colours; those of its grounds stay exactly as they are."""
    from PIL import Image

    with Image.open(file) as read:
        picture = read.convert("RGB")
    half = GUIDE_COLOURS // 2
    pixels = _colours(picture.tobytes())
    counted = Counter(pixels)
    rest = picture.quantize(half, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    kept = [colour for colour, _ in counted.most_common(half)]
    kept += _colours(bytes(rest.getpalette() or ()))[:half]
    place = {colour: _nearest(colour, kept) for colour in counted}
    small = Image.frombytes("P", picture.size, bytes(place[colour] for colour in pixels))
    small.putpalette([part for colour in kept for part in colour])
    small.save(file, optimize=True)


def _colours(data: bytes) -> list[tuple[int, int, int]]:
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def _nearest(colour: tuple[int, int, int], kept: Sequence[tuple[int, int, int]]) -> int:
    def distance(place: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, kept[place], strict=True))

    return min(range(len(kept)), key=distance)


if __name__ == "__main__":
    sys.exit(main())
