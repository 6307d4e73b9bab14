"""What is handed out: a tarball to unpack anywhere, and a .deb; the same bytes whenever made."""

from __future__ import annotations

import lzma
import re
import shutil
import tarfile
from pathlib import Path

from installer import contents
from installer.linux.folder import HERE, MACHINE, Needs
from tools.develop.console import Trouble, capture

_THEN = 946_684_800  # 2000-01-01
_PRESET = 6
HOME = "opt/openlicense-desk"
_ICONS = contents.ROOT / "resources" / "app-icon"
_UNFIT = re.compile(r"[^\w.-]+")

# Where each file of the desktop's goes, and what it is made from.
OF_THE_DESKTOP = {
    "usr/share/applications/openlicense-desk.desktop": HERE / "openlicense-desk.desktop",
    "usr/share/mime/packages/openlicense-desk.xml": HERE / "openlicense-desk.xml",
    "usr/share/icons/hicolor/256x256/apps/openlicense-desk.png": _ICONS / "openlicense-desk.png",
    "usr/share/icons/hicolor/scalable/apps/openlicense-desk.svg": _ICONS / "openlicense-desk.svg",
}


def stem(needs: Needs, edition: str) -> str:
    """What the files are called: version, edition, machine, and the glibc they need."""
    parts = [contents.WINDOW, contents.version(), _UNFIT.sub("-", edition).strip("-")]
    name = "-".join(part for part in parts if part)
    return f"{name}-linux-{MACHINE}-glibc{needs.glibc_text}"


def tarball(program: Path, output: Path, name: str) -> None:
    """Pack a program's folder under one folder's name."""
    with (
        lzma.open(output, "wb", preset=_PRESET) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        archive.add(program, name, filter=_plain)


def deb(program: Path, output: Path, needs: Needs, work: Path) -> None:
    """Pack a program's folder as a .deb, with its place in the desktop.  Raises Trouble."""
    if shutil.which("dpkg-deb") is None:
        raise Trouble("There is no dpkg-deb here: the .deb is made on Debian or its relations.")
    root = work / "root"
    shutil.copytree(program, root / HOME, symlinks=True)
    for place, source in OF_THE_DESKTOP.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, root / place)
    commands = root / "usr" / "bin"
    commands.mkdir(parents=True)
    for name in (contents.WINDOW, contents.COMMAND):
        (commands / name).symlink_to(f"/{HOME}/{name}")
    document = root / "usr/share/doc" / contents.WINDOW / "copyright"
    document.parent.mkdir(parents=True)
    document.write_bytes((contents.ROOT / "THIRD-PARTY-NOTICES.md").read_bytes())
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control(needs, _size_kb(root)), encoding="utf-8")
    for file in [root, *root.rglob("*")]:
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or file.stat().st_mode & 0o100 else 0o644)
    how = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{_PRESET}", "--build"]
    code, told = capture([*how, root, output], {"SOURCE_DATE_EPOCH": str(_THEN)})
    if code != 0:
        raise Trouble(f"dpkg-deb failed:\n{told.strip()}")
    shutil.rmtree(root)


def control(needs: Needs, size_kb: int) -> str:
    """What the package manager reads."""
    depends = [
        f"libc6 (>= {needs.glibc_text})" if name == "libc6" else name for name in needs.packages
    ]
    return f"""\
Package: {contents.WINDOW}
Version: {contents.version()}
Architecture: amd64
Maintainer: OpenLicense Desk contributors <openlicense-desk@example.invalid>
Installed-Size: {size_kb}
Depends: {", ".join(depends)}
Recommends: libcups2 | libcups2t64, xdg-utils
Section: text
Priority: optional
Description: 开放许可通：专利开放许可的全部文书
 填写、检查、打印、报送专利开放许可的全部文书。不联网，不收集任何信息。
 .
 Checks and prints the papers of a Chinese patent open licence, offline.
"""


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry without owner and clock."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = _THEN
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry


def _size_kb(root: Path) -> int:
    files = (file for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) // 1024
