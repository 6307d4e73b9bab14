"""Reads what ELF files ask for, and mends where they would look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

_MAGIC = b"\x7fELF"
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
_RELATIVE = "GLIBC_ABI_DT_RELR"  # packed relocations: from glibc 2.36 on
_RELATIVE_SINCE = (2, 36)
_NOBODYS = (0x6000_000F).to_bytes(8, "little")  # in the range left to systems, used by none

Version = tuple[int, int]


@dataclass(frozen=True)
class Elf:
    """An executable or a library: where it lies, what it needs, from which glibc on."""

    file: Path
    machine: str
    needs: tuple[str, ...] = ()
    glibc: Version = (0, 0)
    search: str = ""  # its RPATH or RUNPATH


def elves(folder: Path) -> Iterator[Elf]:
    """Every ELF file under a folder, links aside."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            found = read(file)
            if found is not None:
                yield found


def read(file: Path) -> Elf | None:
    """An ELF file's needs; None where it is another kind of file."""
    with file.open("rb") as stream:
        if stream.read(4) != _MAGIC:
            return None
        elf = ELFFile(stream)
        tags = _dynamic(elf)
        return Elf(
            file=file,
            machine=str(elf["e_machine"]),
            needs=tuple(tag.needed for tag in tags if tag.entry.d_tag == "DT_NEEDED"),
            glibc=max(_glibc_versions(elf), default=(0, 0)),
            search="".join(_search(tag) for tag in tags),
        )


def forget_search(file: Path) -> None:
    """Let an ELF file have no RPATH: its libraries are found by the program's own start.

    The entry is turned into one of a kind that nobody reads; its text may be another's too.
    """
    with file.open("rb") as stream:
        section: Any = ELFFile(stream).get_section_by_name(".dynamic")
        size = section["sh_entsize"]
        spots = [
            section["sh_offset"] + place * size
            for place, tag in enumerate(section.iter_tags())
            if _search(tag)
        ]
    with file.open("r+b") as stream:
        for offset in spots:
            stream.seek(offset)
            stream.write(_NOBODYS)


def _dynamic(elf: Any) -> list[Any]:
    section = elf.get_section_by_name(".dynamic")
    return list(section.iter_tags()) if section is not None else []


def _search(tag: Any) -> str:
    return str(getattr(tag, "rpath", "") or getattr(tag, "runpath", ""))


def _glibc_versions(elf: Any) -> Iterator[Version]:
    for section in elf.iter_sections():
        if not isinstance(section, GNUVerNeedSection):
            continue
        for _, versions in section.iter_versions():
            for version in versions:
                if match := _GLIBC.fullmatch(re.sub(r"(\d+\.\d+)\.\d+$", r"\1", version.name)):
                    yield int(match[1]), int(match[2])
                elif version.name == _RELATIVE:
                    yield _RELATIVE_SINCE
