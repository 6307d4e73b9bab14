"""What goes into the program's folder and what stays out, said once: for build.spec and its tests.

Knows neither PyInstaller nor Qt: only names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from tools.develop.lock import pins

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
WINDOW, COMMAND = "openlicense-desk", "openlicense"
LICENCES = "licences"

# File or folder in the source tree -> folder in the program's own.
DATA = {
    "resources": "resources",
    "docs/user-guide.zh-CN.md": "resources/docs",
    "docs/pictures/guide": "resources/docs/pictures/guide",
    "THIRD-PARTY-NOTICES.md": "resources",
    "CHANGELOG.md": "resources",
    "LICENSE": "resources",
}

# What the frozen program is made of, besides the packages: what changes here is built anew.
SOURCES = (
    *("forms", "db", "desktop", *DATA, "build.spec", "pyproject.toml"),
    *("installer/contents.py", "tools/develop/lock.py"),
)

# Packages whose own data files are read at run time and are not found by looking at imports.
PACKAGES_WITH_DATA = ("cn2an", "docx", "tzdata")

# Packages that ask for their own version when they are loaded.
PACKAGES_WITH_METADATA = ("pg8000", "scramp")

# python-docx looks for its templates by way of a folder of its code, which so has to be there.
PACKAGES_AS_FILES = ("docx",)

# What other packages would take along though the program never asks for it.
UNWANTED_MODULES = (
    *("tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "test"),
    *("setuptools", "pkg_resources", "pip", "distutils", "pytest", "IPython", "numpy", "pandas"),
    *("PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._webp", "PIL._imagingcms"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtSql", "PySide6.QtTest"),
    *("PySide6.QtXml", "PySide6.QtHelp", "PySide6.QtDesigner", "PySide6.QtUiTools"),
    *("sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql"),
    "greenlet",
)

_WANTED_PLUGINS = {
    "platforms": ("qwindows", "qoffscreen", "qxcb", "qwayland-generic"),
    "platforminputcontexts": (
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    "platformthemes": ("qxdgdesktopportal",),  # GTK's would bring all of GTK
    "styles": ("qmodernwindowsstyle",),
    "imageformats": ("qjpeg", "qsvg", "qico"),
    "iconengines": ("qsvgicon",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
}
_UNWANTED_LIBRARIES = re.compile(
    r"(lib)?(Qt6(Qml|Quick|VirtualKeyboard|OpenGL|Pdf|Sql|Test|Designer|Labs|Egl|EglFS)"
    r"|pyside6qml|opengl32sw|d3dcompiler)",
    re.IGNORECASE,
)
# A Linux that prints has CUPS, of its own age and with its own relations: theirs is taken.
_OF_THE_SYSTEM = re.compile(
    r"lib(cups\.|avahi-|gnutls|p11-kit|nettle|hogweed|gmp|tasn1|unistring|idn2)"
)
_TRANSLATIONS = ("qtbase_zh_CN.qm",)
_LICENCE_NAME = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


def is_wanted(place: str) -> bool:
    """Whether a file that PyInstaller found belongs into the bundle, by its place in there."""
    path = PurePosixPath(place.replace("\\", "/"))
    if _UNWANTED_LIBRARIES.match(path.name) or _OF_THE_SYSTEM.match(path.name):
        return False
    if "PySide6" not in path.parts:
        return True
    if "plugins" in path.parts:
        kind = path.parts[path.parts.index("plugins") + 1]
        stem = path.name.split(".")[0].removeprefix("lib")
        return stem in _WANTED_PLUGINS.get(kind, ())
    if "translations" in path.parts:
        return path.name in _TRANSLATIONS
    return "qml" not in path.parts


def reached(roots: Iterable[str], needs: Mapping[str, Iterable[str]]) -> set[str]:
    """The libraries that are needed by these, or by what these need; names are file names."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(needs.get(name, ()))
    return found


def version() -> str:
    """The program's version, as pyproject.toml says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def data(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Every data file and the folder it goes to, in the spec's own form; no file twice."""
    for source, target in DATA.items():
        path = root / source
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                inside = file.parent.relative_to(path) if path.is_dir() else Path()
                yield file, (PurePosixPath(target) / inside.as_posix()).as_posix()


def shipped() -> Iterator[Distribution]:
    """The locked packages that are installed here: those of this system."""
    for name in dict.fromkeys(pin.name for pin in pins(LOCK)):
        try:
            yield distribution(name)
        except PackageNotFoundError:
            continue  # for another system; what is missing here fails the build by its import


def licence_texts() -> Iterator[tuple[Path, str]]:
    """Every licence text the shipped packages carry, and the folder it goes to."""
    for found in shipped():
        home = f"{LICENCES}/{found.metadata['Name']}-{found.version}"
        for file in found.files or ():
            parts = file.parts
            if not parts[0].endswith(".dist-info"):
                continue
            if "licenses" in parts[1:-1] or _LICENCE_NAME.search(file.name):
                inside = PurePosixPath(home, *parts[1:-1])
                yield Path(str(file.locate())), inside.as_posix()


def write_metadata(folder: Path) -> Path:
    """Write the little of our own package's metadata by which the program knows its version."""
    made = folder / f"openlicense_desk-{version()}.dist-info"
    made.mkdir(parents=True, exist_ok=True)
    text = f"Metadata-Version: 2.1\nName: openlicense-desk\nVersion: {version()}\n"
    (made / "METADATA").write_text(text, encoding="utf-8")
    return made
