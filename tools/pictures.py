"""Draws the program's screens from the real program with its sample: `python3 dev.py pictures`.

Every screen in light and dark, at 100 % and 150 %, into `out/pictures`; names after the command
choose some of them.  `--guide FOLDER` draws those of the guide, light at 150 %.

Each look is drawn by a process of its own, since Qt takes the scale at its start only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in China
SCALES, THEMES = (1.0, 1.5), ("light", "dark")
# A 1440x900 window, and a 1920x1080 screen at 150 %, in logical pixels.
SIZES = {1.0: (1440, 900), 1.5: (1280, 720)}


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the pictures; the exit code is 0 where all were drawn."""
    parser = argparse.ArgumentParser(prog="dev.py pictures")
    parser.add_argument("names", nargs="*", help="screens to draw; without any, all")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "pictures")
    parser.add_argument("--guide", type=Path, help="draw the guide's pictures into this folder")
    parser.add_argument("--look", help=argparse.SUPPRESS)  # one theme and scale, in a child
    given = parser.parse_args(argv)
    if given.look:
        theme, scale = given.look.split(",")
        return _draw(given.names, given.guide or given.out, theme, float(scale), bool(given.guide))
    looks = [("light", 1.5)] if given.guide else [(t, s) for s in SCALES for t in THEMES]
    out = given.guide or given.out
    return max(_in_child(given, theme, scale) for theme, scale in looks) or _said(out)


def _in_child(given: argparse.Namespace, theme: str, scale: float) -> int:
    flag = ["--guide", str(given.guide)] if given.guide else ["--out", str(given.out)]
    command = [sys.executable, "-m", "tools.pictures", *given.names, *flag]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QT_SCALE_FACTOR": str(scale),
    }
    return subprocess.run(
        [*command, "--look", f"{theme},{scale}"], cwd=ROOT, env=environment, check=False
    ).returncode


def _said(out: Path) -> int:
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return 0


def _draw(names: Sequence[str], out: Path, theme: str, scale: float, for_guide: bool) -> int:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        from desktop.app import application
        from desktop.screens import screens, taken
        from desktop.settings import Settings

        settings = Settings(Path(folder) / "settings.toml")
        settings.set("theme", theme)
        app = application(settings)
        wanted = [
            one
            for one in screens()
            if (one.name in names or not names) and (one.in_guide or not for_guide)
        ]
        for place, screen in enumerate(wanted):
            ending = ("-dark" if theme == "dark" else "") + ("-150" if scale > 1 else "")
            file = out / f"{screen.name}{'' if for_guide else ending}.png"
            room = Path(folder) / str(place)
            picture = taken(app, settings, room, screen, clock=lambda: NOW, size=SIZES[scale])
            picture.save(str(file))
    return 0


if __name__ == "__main__":
    sys.exit(main())
