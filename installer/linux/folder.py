"""The program's folder as it is handed out: the frozen program, launchers, words, licences."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from installer import contents, edition, sbom
from installer.linux import audit, elf, licences
from tools.develop.console import Trouble

HERE = Path(__file__).resolve().parent
LAUNCHER, WORDS, SBOM = HERE / "launcher.sh", HERE / "README.zh_CN.txt", "sbom.cdx.json"
MACHINE = "x86_64"
ENDING = ".bin"
INSIDE = "_internal"


@dataclass(frozen=True)
class Needs:
    """What a bundle asks of the system."""

    glibc: elf.Version
    packages: tuple[str, ...]

    @property
    def glibc_text(self) -> str:
        """The glibc as it stands in names."""
        return ".".join(map(str, self.glibc))


def make(frozen: Path, folder: Path, ours: edition.Edition | None) -> None:
    """Make the folder out of the frozen program.  Raises Trouble where it is not fit."""
    shutil.copytree(frozen, folder, symlinks=True, dirs_exist_ok=True)
    inside = folder / INSIDE
    taken = licences.packages_of(_of_the_system(inside))
    licences.gather(taken, inside / contents.LICENCES)
    if ours is not None:
        edition.put_in(ours, inside / "resources")
    faults = audit.faults(folder)
    if faults:
        raise Trouble("The program is not fit to hand out:\n" + "\n".join(faults[:40]))
    asked = needs(folder)
    words = {"MACHINE": MACHINE, "GLIBC": asked.glibc_text, "VERSION": contents.version()}
    for name in (contents.WINDOW, contents.COMMAND):
        launcher = folder / name
        launcher.write_text(filled(LAUNCHER, {**words, "PROGRAM": name + ENDING}), "utf-8")
        launcher.chmod(0o755)
    (folder / "请先读我.txt").write_text(filled(WORDS, words), encoding="utf-8")
    further = [sbom.of_the_system(one.name, one.version) for one in taken]
    sbom.write(inside / SBOM, "linux", platform.python_version(), further)


def needs(folder: Path) -> Needs:
    """What the bundle asks of the system, by its own files."""
    found = list(elf.elves(folder))
    return Needs(audit.glibc(found), tuple(audit.packages(found)))


def filled(template: Path, words: dict[str, str]) -> str:
    """A template with its @WORDS@ put in.  Raises Trouble where one is left."""
    text = template.read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    if "@" in text.replace('"$@"', ""):
        raise Trouble(f"{template.name} has a word that is not filled in.")
    return text


def _of_the_system(inside: Path) -> list[str]:
    """The libraries that came from the system: those right inside, wheels keep theirs apart."""
    return [
        file.name
        for file in inside.glob("lib*.so*")
        if not file.is_symlink() and not file.name.startswith("libpython")
    ]
