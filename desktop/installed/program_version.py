"""Which version of the program this is, of whose edition, with which form packs."""

from collections.abc import Iterable
from pathlib import Path

DISTRIBUTION = "openlicense-desk"
_NAME = "开放许可通"


def program_version() -> str:
    """The program's version, "" where it was not installed."""
    from importlib.metadata import PackageNotFoundError, version  # slow to load, seldom asked

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return ""


def versions() -> list[str]:
    """The program's version and those of the shipped packs, a line each."""
    from desktop.installed.bureau_edition import edition_here
    from forms.ground.locate import packs_folder
    from forms.pack.load import find_packs

    edition = edition_here()
    whose = f"（{edition.name}）" if edition else ""
    packs = pack_versions(find_packs(packs_folder()).values())
    return [f"{_NAME} {program_version() or '（未安装）'}{whose}", *packs]


def pack_versions(folders: Iterable[Path]) -> list[str]:
    """Each pack's name, code and version; one that can not be read has its folder's name."""
    from forms.pack.load import PackFault, load

    told = []
    for folder in folders:
        try:
            identity = load(folder).identity
        except PackFault:
            told.append(f"表单包 {folder.name}")
        else:
            told.append(f"表单包 {identity.name} {identity.code} {identity.version}")
    return told
