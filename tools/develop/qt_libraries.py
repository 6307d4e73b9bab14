"""Which shared libraries of the system Qt lacks on Linux, and how to install them.

PySide6 brings Qt itself; the graphics and window system's libraries come with the system.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.develop.console import capture, say
from tools.develop.environment import HERE

_MODULES = ("Core", "Gui", "Widgets", "Svg", "Network", "DBus", "PrintSupport", "Test", "OpenGL")

# library: (package of Debian, Ubuntu, UOS, Kylin desktop; package of openEuler, Kylin server)
PACKAGES: Mapping[str, tuple[str, str]] = {
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libGLX.so.0": ("libglx0", "libglvnd-glx"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libgbm.so.1": ("libgbm1", "mesa-libgbm"),
    "libdrm.so.2": ("libdrm2", "libdrm"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "zstd"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11"),
    "libSM.so.6": ("libsm6", "libSM"),
    "libICE.so.6": ("libice6", "libICE"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xinerama.so.0": ("libxcb-xinerama0", "libxcb"),
    "libxcb-xinput.so.0": ("libxcb-xinput0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}

_APT_SYSTEMS = {"debian", "ubuntu", "uos", "uniontech", "deepin", "linuxmint"}
_DNF_SYSTEMS = {"openeuler", "fedora", "rhel", "centos", "anolis", "kylin-server"}


@dataclass(frozen=True)
class Missing:
    """The libraries that were not found: for Qt at all, and further for a window on the screen."""

    for_qt: frozenset[str]
    for_windows: frozenset[str]


def look() -> Missing:
    """Ask the system's loader about Qt's libraries; nothing is missing outside Linux."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return Missing(frozenset(), frozenset())
    for_qt: set[str] = set()
    for_windows: set[str] = set()
    for folder in HERE.home.glob("lib/python3*/site-packages/PySide6/Qt"):
        modules = [folder / "lib" / f"libQt6{name}.so.6" for name in _MODULES]
        platforms = folder / "plugins" / "platforms"
        for_qt |= _unfound([*modules, platforms / "libqoffscreen.so"])
        xcb = [folder / "lib" / "libQt6XcbQpa.so.6", platforms / "libqxcb.so"]
        for_windows |= _unfound(xcb)
    return Missing(frozenset(for_qt), frozenset(for_windows - for_qt))


def load_fault() -> str | None:
    """Why Qt's Python modules can not be loaded, None where they can: the loader has the word."""
    question = "from PySide6 import QtCore, QtGui, QtWidgets, QtSvg, QtNetwork, QtTest"
    code, output = capture([HERE.program("python"), "-I", "-c", question])
    lines = output.strip().splitlines() or ["no reason given"]
    return None if code == 0 else lines[-1]


def tell(missing: Missing) -> None:
    """Say which libraries Qt lacks, which packages have them, and what works without."""
    if missing.for_qt:
        say("Qt can not be loaded: this system lacks " + ", ".join(sorted(missing.for_qt)) + ".")
        say("All that needs no window works without.")
    elif missing.for_windows:
        lacking = ", ".join(sorted(missing.for_windows))
        say(f"Windows can not be opened: this system lacks {lacking}.")
        say("All that needs no window works without.")
    else:
        return
    for line in remedy(missing.for_qt | missing.for_windows, _package_tool()):
        say(line)


def unfound(ldd_output: str) -> set[str]:
    """The libraries that `ldd` says are "not found"."""
    lines = (line.split("=>") for line in ldd_output.splitlines() if "=> not found" in line)
    return {parts[0].strip() for parts in lines}


def remedy(libraries: Iterable[str], tool: str | None) -> list[str]:
    """What to type to get these libraries with the system's package tool."""
    column = 0 if tool == "apt-get" else 1
    known = sorted({PACKAGES[name][column] for name in libraries if name in PACKAGES})
    unknown = sorted(name for name in libraries if name not in PACKAGES)
    lines = []
    if tool is None:
        debian = sorted({PACKAGES[name][0] for name in libraries if name in PACKAGES})
        lines.append(f"Install them; on Debian the packages are called: {' '.join(debian)}")
    elif known:
        lines.append("Install them with:")
        lines.append(f"    sudo {tool} install {' '.join(known)}")
    if unknown:
        finder = "apt-file search" if tool == "apt-get" else "dnf provides"
        lines.append(f"For {', '.join(unknown)}: find the package with `{finder} NAME`.")
    return lines


def package_tool(os_release: str, present: frozenset[str]) -> str | None:
    """The package tool for a system, from /etc/os-release and the tools that are there.

    UOS and Kylin come in Debian's kind and in openEuler's kind, so where the name does not
    decide, what is installed does.
    """
    pairs = (line.partition("=") for line in os_release.splitlines())
    facts = {key.strip(): value.strip().strip("\"'").lower() for key, _, value in pairs}
    names = [facts.get("ID", ""), *facts.get("ID_LIKE", "").split()]
    rpm = "dnf" if "dnf" in present or "yum" not in present else "yum"
    if "apt-get" in present and not present & {"dnf", "yum"}:
        return "apt-get"
    if present & {"dnf", "yum"} and "apt-get" not in present:
        return rpm
    if any(name in _APT_SYSTEMS for name in names):
        return "apt-get"
    if any(name in _DNF_SYSTEMS for name in names):
        return rpm
    return None


def _package_tool() -> str | None:
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        release = ""
    tools = ("apt-get", "dnf", "yum")
    return package_tool(release, frozenset(name for name in tools if shutil.which(name)))


def _unfound(files: Iterable[Path]) -> set[str]:
    there = [file for file in files if file.exists()]
    found: set[str] = set()
    for file in there:
        found |= unfound(capture(["ldd", file], {"LC_ALL": "C"})[1])
    return {name for name in found if not name.startswith("libQt6")}
