"""Looks at a folder that is to become a Linux program, and tells everything that is wrong.

Everything must be for one kind of machine; every library must lie in the folder or be one that
a Linux desktop has; nothing may look for libraries where they lay on the maker's machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from installer.linux.elf import Elf, Version, elves

MACHINE = "EM_X86_64"

# What the program takes from the system, and the package of Debian and its relations that has it.
OF_THE_SYSTEM = {
    **dict.fromkeys(
        ("ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"), "libc6"
    ),
    **dict.fromkeys(("libresolv.so.2", "librt.so.1", "libutil.so.1"), "libc6"),
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",  # the executables' own start, before the bundle's libraries are found
}
# Only plug-ins ask for these, which stay away without them: printing, and Wayland.
IF_THERE = {
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
# These belong to the system's graphics and must never be brought along.
_NEVER = ("libc.so", "libm.so", "ld-linux", "libGL.so", "libEGL.so", "libGLX", "libdrm", "libgbm")


def faults(folder: Path) -> list[str]:
    """Everything that is wrong with a bundle, a line each; none where it may go out."""
    found = list(elves(folder))
    return [*_of_elves(folder, found), *_of_links(folder)]


def glibc(found: Iterable[Elf]) -> Version:
    """The oldest glibc that has all the bundle asks for."""
    return max((elf.glibc for elf in found), default=(0, 0))


def packages(found: Iterable[Elf]) -> list[str]:
    """The packages that the bundle needs from the system, by what its files ask for."""
    asked = {name for elf in found for name in elf.needs}
    return sorted({package for name, package in OF_THE_SYSTEM.items() if name in asked})


def _of_elves(folder: Path, found: Iterable[Elf]) -> list[str]:
    told = []
    there = {file.name for file in folder.rglob("*")}
    of_system = OF_THE_SYSTEM.keys() | IF_THERE.keys()
    for elf in found:
        name = elf.file.relative_to(folder).as_posix()
        if elf.machine != MACHINE:
            told.append(f"{name} is for {elf.machine}, not for {MACHINE}")
        if any(elf.file.name.startswith(start) for start in _NEVER):
            told.append(f"{name} belongs to the system and must not be brought along")
        is_start = elf.file.parent == folder  # started before the bundle's libraries are found
        known = of_system if is_start else of_system | there
        lacking = [need for need in elf.needs if need not in known]
        told += [f"{name} needs {need}, which is not there" for need in lacking]
        if elf.search and not elf.search.startswith("$ORIGIN"):
            told.append(f"{name} looks for libraries in {elf.search}")
    return told


def _of_links(folder: Path) -> list[str]:
    told = []
    home = folder.resolve()
    for link in folder.rglob("*"):
        if link.is_symlink() and not link.resolve().is_relative_to(home):
            told.append(f"{link.relative_to(folder)} leads out of the bundle")
        elif link.is_symlink() and not link.exists():
            told.append(f"{link.relative_to(folder)} leads nowhere")
    return told
