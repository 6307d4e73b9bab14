"""Looks at a folder that is to become a Windows program, and tells everything that is wrong.

Each executable and library must be for 64-bit Windows and unpacked; every library it asks for
must lie in the folder or be part of Windows 10 (1809); nothing may come from Wine or be one of
the stand-ins of the prefix it was made in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pefile

ENDINGS = (".exe", ".dll", ".pyd")
_WINE = (b"Wine builtin DLL", b"Wine placeholder DLL")
_STAND_INS = frozenset({"ui_settings.dll", "uishim.dll"})
# Libraries of Windows that a maker could be tempted to put beside the program.
_OF_WINDOWS_ONLY = frozenset(
    {"bcryptprimitives.dll", "icuuc.dll", "mscms.dll", "kernel32.dll", "ntdll.dll", "user32.dll"}
)
_LIST = Path(__file__).with_name("windows_libraries.txt")
_CONTRACT = re.compile(r"(api|ext)-ms-win-")  # names that Windows 10 resolves itself
_MOST_EXPORTS = 100_000  # Qt6Gui has some 12,000
_PACKED = re.compile(rb"^(UPX|\.aspack|\.petite|\.MPRESS)", re.IGNORECASE)


def faults(folder: Path) -> list[str]:
    """Everything that is wrong with the folder, a line each; an empty list where all is well."""
    files = executables(folder)
    if not files:
        return [f"{folder.name}: no executable in it"]
    there: dict[str, list[Path]] = {}
    for file in files:
        there.setdefault(file.name.lower(), []).append(file)
    offered = Offered(there)
    return [
        f"{file.relative_to(folder)}: {fault}" for file in files for fault in _of(file, offered)
    ]


class Offered:
    """What the libraries in the folder offer; of several copies of one, what each of them does.

    Several packages bring the same runtime library in versions of their own, and which copy is
    loaded depends on who asks first.
    """

    def __init__(self, there: Mapping[str, list[Path]]) -> None:
        self._there = there
        self._known: dict[str, frozenset[bytes]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._there

    def lacks(self, name: str, wanted: Iterable[bytes]) -> list[bytes]:
        """The functions that at least one copy of the library does not have."""
        if name not in self._known:
            copies = [_exported(file) for file in self._there[name]]
            self._known[name] = frozenset.intersection(*copies)
        return sorted(set(wanted) - self._known[name])


def _exported(file: Path) -> frozenset[bytes]:
    try:
        image = _image(file.read_bytes())
    except pefile.PEFormatError:
        return frozenset()
    return frozenset(symbol.name for symbol in _exports(image) if symbol.name)


def _image(content: bytes) -> pefile.PE:
    """Look into a library.  Read from memory it needs no closing, which collects all garbage."""
    return pefile.PE(data=content, fast_load=True, max_symbol_exports=_MOST_EXPORTS)


def _exports(image: pefile.PE) -> list[Any]:
    image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
    table = getattr(image, "DIRECTORY_ENTRY_EXPORT", None)
    return list(table.symbols) if table else []


def executables(folder: Path) -> list[Path]:
    """All executables and libraries of a folder."""
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in ENDINGS)


def _of(file: Path, offered: Offered) -> Iterator[str]:
    name = file.name.lower()
    if name in _STAND_INS or name in _OF_WINDOWS_ONLY or _CONTRACT.match(name):
        yield "a stand-in or a library of Windows itself"
    content = file.read_bytes()
    if any(word in content for word in _WINE):
        yield "made by Wine"
    try:
        image = _image(content)
    except pefile.PEFormatError as error:
        yield f"no Windows executable ({error})"
        return
    if image.FILE_HEADER.Machine != pefile.MACHINE_TYPE["IMAGE_FILE_MACHINE_AMD64"]:
        yield f"not for 64-bit Windows (machine {image.FILE_HEADER.Machine:#x})"
        return
    if any(_PACKED.match(section.Name) for section in image.sections):
        yield "packed, which looks like a virus"
    for wanted, functions in sorted(imports(image).items()):
        if wanted in offered:
            for function in offered.lacks(wanted, functions):
                yield f"asks for {function.decode(errors='replace')}, not in every {wanted}"
        elif not _in_windows(wanted):
            yield f"asks for {wanted}, which is nowhere"
    if name == "python3.dll":
        yield from _not_forwarded(image)


def imports(image: pefile.PE) -> dict[str, set[bytes]]:
    """Library (in small letters) -> functions an image asks for, at once or when first used."""
    kinds = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")
    image.parse_data_directories([pefile.DIRECTORY_ENTRY[kind] for kind in kinds])
    found: dict[str, set[bytes]] = {}
    for kind in ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT"):
        for entry in getattr(image, kind, ()):
            functions = found.setdefault(entry.dll.decode("ascii", "replace").lower(), set())
            functions.update(one.name for one in entry.imports if one.name)
    return found


def _in_windows(name: str) -> bool:
    return bool(_CONTRACT.match(name)) or name in _windows_libraries()


@cache
def _windows_libraries() -> frozenset[str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _not_forwarded(image: pefile.PE) -> Iterator[str]:
    """python3.dll may be ours instead of python.org's, if it but leads on to python311.dll."""
    symbols = _exports(image)
    own = [one for one in symbols if not (one.forwarder or b"").lower().startswith(b"python3")]
    if not symbols or own:
        yield f"{len(own)} of its {len(symbols)} names do not lead on to Python's library"
