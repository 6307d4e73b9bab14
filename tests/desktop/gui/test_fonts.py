"""Fonts come and go under the window: installed, removed, the font cache renewed meanwhile."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from forms.ground.locate import fonts_folder

ROOT = Path(__file__).resolve().parents[3]
_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_DAY = """
import shutil, subprocess, sys
from pathlib import Path
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QLabel
from desktop.program.qt_application import application, dress
from desktop.installed.settings import Settings
from desktop.parts.theme import type as types

said = []
qInstallMessageHandler(lambda kind, context, text: said.append(text))
installed, coming, home = map(Path, sys.argv[1:])
settings = Settings(home / "settings.toml")
app = application(settings)
theme = dress(app, settings)
assert app.font().family() == "Noto Sans SC", app.font().family()
words = QLabel("专利开放许可")
words.show()
unpacked, done = (installed.with_name(coming.name + end) for end in (".dpkg-new", ""))
steps = (
    lambda: shutil.copy(coming, unpacked),
    lambda: unpacked.rename(done),
    installed.unlink,
    done.unlink,
)
for turn, step in enumerate(steps):
    step()
    if shutil.which("fc-cache"):
        subprocess.run(["fc-cache", "-f", installed.parent], check=True)
    for size in range(9 + 10 * turn, 19 + 10 * turn):  # each is fetched from the file anew
        for font in (types.sized(app.font(), size), types.serif(size)):
            words.setFont(font)
            app.processEvents()
            assert not words.grab().isNull()
            assert words.sizeHint().width() >= 6 * size  # every sign has its place
print(said)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig is Linux's")
def test_a_window_draws_on_while_fonts_come_and_go(tmp_path: Path) -> None:
    fonts, conf = tmp_path / "fonts", tmp_path / "fonts.conf"
    fonts.mkdir()
    conf.write_text(_CONF.format(fonts=fonts, cache=tmp_path / "cache"), encoding="utf-8")
    shutil.copy(fonts_folder() / "NotoSansSC-Regular-8105.ttf", fonts / "installed.ttf")
    coming = fonts_folder() / "LXGWWenKaiGBLite-Regular.ttf"
    done = subprocess.run(
        [sys.executable, "-c", _DAY, fonts / "installed.ttf", coming, tmp_path],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "FONTCONFIG_FILE": str(conf)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
