"""The licence texts of the system libraries that PyInstaller took along, from their packages."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.develop.console import Trouble, capture

_DOCUMENTS = Path("/usr/share/doc")


@dataclass(frozen=True, order=True)
class Package:
    """A package of the system."""

    name: str
    version: str

    @property
    def licence(self) -> Path:
        """The file its licence is told in."""
        return _DOCUMENTS / self.name / "copyright"


def packages_of(libraries: Iterable[str]) -> list[Package]:
    """The packages that libraries of the system belong to.  Raises Trouble."""
    asked = sorted(set(libraries))
    if not asked:
        return []
    if shutil.which("dpkg") is None:
        raise Trouble(
            "The bundle carries libraries of this system, whose licences dpkg tells:"
            " build on Debian or one of its relations."
        )
    lines = capture(["dpkg", "-S", *(f"*/{name}" for name in asked)])[1].splitlines()
    owners: dict[str, str] = {}
    for line in lines:
        package, _, place = line.rpartition(": ")
        if package and Path(place).name in asked and ", " not in package:
            owners[Path(place).name] = package
    lacking = sorted(set(asked) - owners.keys())
    if lacking:
        raise Trouble(f"No package owns {', '.join(lacking)}: its licence is not known.")
    return [_package(name) for name in sorted(set(owners.values()))]


def gather(packages: Iterable[Package], folder: Path) -> None:
    """Copy each package's licence.  Raises Trouble where one has none."""
    for package in packages:
        if not package.licence.is_file():
            raise Trouble(f"{package.licence} is missing.")
        home = folder / f"{package.name}-{package.version.replace(':', '_')}"
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.licence, home / "copyright")


def _package(owner: str) -> Package:
    code, version = capture(["dpkg-query", "-W", "-f", "${Version}", owner])
    if code != 0:
        raise Trouble(f"dpkg does not know {owner}: {version.strip()}")
    return Package(owner.partition(":")[0], version.strip())
