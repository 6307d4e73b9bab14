"""What the Linux machine must have: Wine, a screen without a monitor, NSIS, a cross compiler."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping

from tools.develop.console import Trouble, capture, say

# program: package of Debian and Ubuntu
PROGRAMS: Mapping[str, str] = {
    "wine": "wine64",
    "wineserver": "wine64",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "gendef": "mingw-w64-tools",
    "osslsigncode": "osslsigncode",
    "openssl": "openssl",
    "taskset": "util-linux",
}
# Wine draws what the installer says in Chinese with it.
_FONT_PACKAGE, _FONT_NAME = "fonts-wqy-microhei", "wqy-microhei.ttc"
_WINE_ITSELF = "wine"  # on Debian the word `wine` and the 64-bit Wine are two packages


def prepare() -> None:
    """Install what is missing where we may, else say what to install.

    Raises: Trouble with the words to type.
    """
    packages = missing_packages()
    if not packages:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Trouble(
            "A Windows program is built here under Wine, and this machine lacks: "
            + ", ".join(packages)
            + "\nInstall them (the names are Debian's), then try again:\n"
            + f"    sudo apt-get install --no-install-recommends {' '.join(packages)}"
        )
    say(f"Installing with apt-get: {' '.join(packages)} …")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    capture(["apt-get", "update", "-qq"], quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    code, output = capture(install, quiet)
    if code != 0 or missing_packages():
        raise Trouble(f"apt-get could not install {' '.join(packages)}:\n{output.strip()[-2000:]}")


def missing_packages() -> list[str]:
    """The packages whose programs this machine lacks."""
    packages = {package for name, package in PROGRAMS.items() if not shutil.which(name)}
    if "wine64" in packages:
        packages.add(_WINE_ITSELF)
    if not _has_font():
        packages.add(_FONT_PACKAGE)
    return sorted(packages)


def _has_font() -> bool:
    return bool(shutil.which("fc-list")) and _FONT_NAME in capture(["fc-list"])[1]
