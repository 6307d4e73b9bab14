"""Wraps a program's folder into Setup.exe with NSIS: setup.nsi is the script, here its values."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from installer.kept import files_under
from installer.windows import sign
from tools.develop.console import ROOT, Trouble, capture

HERE = Path(__file__).parent
SCRIPT, WORDS = HERE / "setup.nsi", HERE / "words.zh_CN.nsh"
STUB_WORDS = HERE / "stub_words.py"
ICON = ROOT / "resources" / "app-icon" / "openlicense-desk.ico"
PICTURE = ICON.with_suffix(".png")
_PICTURE, _TINT = (328, 628), "#EAF0FA"  # pixels, twice what NSIS shows at 100 %
NAME = "开放许可通"
WINDOW = "openlicense-desk"  # the windowed executable
ID = "OpenLicenseDesk"  # names the folder, the registry's keys and the data folder
_ONE_MB = 2**20  # as Windows counts
# The script's own quotes can not stand in a name.
_TYPOGRAPHIC = str.maketrans({'"': "”", "'": "’", "`": "‘"})


@dataclass(frozen=True)
class Setup:
    """What one installer is made from."""

    program: Path  # the folder it installs
    output: Path
    version: str
    name: str = NAME  # as a clerk reads it; an edition has its own
    compressor: str = "lzma"  # "zlib" is quick and large, for the proof's older version


def made_from(setup: Setup) -> list[str | Path]:
    """What decides what the installer becomes, besides the program."""
    return [SCRIPT, WORDS, STUB_WORDS, ICON, PICTURE, setup.version, setup.name, setup.compressor]


def make(setup: Setup, output: Path) -> None:
    """Make the installer.  Raises Trouble where makensis is missing or complains."""
    makensis = _makensis()
    parameters = _beside(output, ".nsh")
    parameters.write_text(definitions(setup, output, stub(makensis)), encoding="utf-8")
    define = f"-DPARAMETERS={parameters}"
    command = [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", define, str(SCRIPT)]
    draw(_beside(output, ".bmp"))
    try:
        code, said = capture(command)
    finally:
        for ending in (".nsh", ".bmp", ".header"):
            _beside(output, ending).unlink(missing_ok=True)
    if code != 0:
        raise Trouble(f"makensis failed:\n{said.strip()[-3000:]}")


def definitions(setup: Setup, output: Path, target: str) -> str:
    """The parameters as setup.nsi reads them."""
    size = sum(file.stat().st_size for file in files_under(setup.program))
    name = setup.name.translate(_TYPOGRAPHIC)
    values = {
        "NAME": name,
        "NAME_IN_DIALOGS": name.replace("&", "&&"),
        "SHORTCUT": file_name(name),
        "ID": ID,
        "DATA": ID,
        "WINDOW": WINDOW,
        "VERSION": setup.version,
        "VERSION_4": four_numbers(setup.version),
        "SIZE_KB": str(size // 1024 + 1),
        "SIZE_MB": str(size // _ONE_MB + 10),
        "STUB": target,
        "COMPRESSOR": setup.compressor,
        "PROGRAM": str(setup.program),
        "OUTPUT": str(output),
        "ICON": str(ICON),
        "WORDS": str(WORDS),
        "HEADER": str(_beside(output, ".header")),
        "PICTURE": str(_beside(output, ".bmp")),
        "STUB_WORDS": f'"{sys.executable}" "{STUB_WORDS}"',
    }
    if sign.certificate() is not None:
        values["SIGN"] = f'"{sys.executable}" -m installer.windows.sign'
    return "".join(f"!define {name} {quoted(value)}\n" for name, value in values.items())


def draw(file: Path) -> None:
    """Draw the picture at the side of the first and last page: the program's sign on its tint."""
    sign_of_ours = Image.open(PICTURE).convert("RGBA").resize((_PICTURE[0] // 2,) * 2)
    picture = Image.new("RGB", _PICTURE, _TINT)
    picture.paste(sign_of_ours, (_PICTURE[0] // 4, _PICTURE[0] // 4), sign_of_ours)
    picture.save(file)


def _beside(output: Path, ending: str) -> Path:
    return output.with_suffix(ending)


def quoted(text: str) -> str:
    """A text as NSIS reads it; back quotes hold it, since names and commands have the others."""
    plain = re.sub(r"[\x00-\x1f]", " ", text).replace("$", "$$").replace("`", "'")
    return f"`{plain}`"


def file_name(text: str) -> str:
    """A name that Windows takes for a file."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", text).strip(" .") or NAME


def four_numbers(version: str) -> str:
    """A version as Windows writes it: "0.1.0" is "0.1.0.0"."""
    numbers = [str(min(int(part), 65535)) for part in re.findall(r"\d+", version)]
    return ".".join([*numbers, "0", "0", "0", "0"][:4])


def stub(makensis: str) -> str:
    """The kind of NSIS code: 64-bit where this NSIS has it, as Debian's does, else 32-bit."""
    code, output = capture([makensis, "-HDRINFO"])
    found = re.search(r"NSISDIR=([^,\n]+)", output) if code == 0 else None
    if found and (Path(found[1]) / "Stubs" / "lzma_solid-amd64-unicode").exists():
        return "amd64-unicode"
    return "x86-unicode"


def _makensis() -> str:
    usual = (shutil.which("makensis"), r"C:\Program Files (x86)\NSIS\makensis.exe")
    for place in usual:
        if place and Path(place).is_file():
            return place
    raise Trouble("NSIS (makensis) is not on this machine: install it from nsis.sourceforge.io.")
