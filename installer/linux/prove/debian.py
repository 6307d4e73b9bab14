"""Installs the .deb with dpkg into a bare system of its own: upgrade, repair, removal, data."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installer import contents
from installer.linux.folder import Needs
from installer.linux.packages import HOME, OF_THE_DESKTOP
from installer.linux.prove.bare import OUT, Bare, must, ran

_DATA = "home/办事员/.local/share/OpenLicenseDesk/openlicense.db"
_STALE = f"{HOME}/_internal/of-an-older-version.txt"
_COMMAND = f"/usr/bin/{contents.COMMAND}"


def tried(deb: Path, needs: Needs, bare: Path, room: Path) -> list[str]:
    """Install it over an older one, use it, install it again, remove it.  Raises Trouble.

    Without root, dpkg can not install: then the .deb is unpacked and used.
    """
    root = room / "installed"
    shutil.copytree(bare, root, symlinks=True)
    depends = ran(["dpkg-deb", "-f", str(deb), "Depends"]).said.strip()
    must(f"libc6 (>= {needs.glibc_text})" in depends, f"Depends: {depends}")
    if os.getuid() != 0:
        must(ran(["dpkg-deb", "-x", str(deb), str(root)]).code == 0, "the .deb does not unpack")
        _used(root, room)
        return depends.split(", ")
    for folder in ("info", "updates"):
        (root / "var/lib/dpkg" / folder).mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    _installed(_older(room / "older"), root)
    must((root / _STALE).is_file(), "the older version is not installed")
    _installed(deb, root)
    must(not (root / _STALE).exists(), "an upgrade leaves files of the older version")
    _used(root, room)
    written = (root / _DATA).read_bytes()
    (root / HOME / "_internal/resources/style.qss").unlink()
    _installed(deb, root)
    must((root / HOME / "_internal/resources/style.qss").is_file(), "it is not repaired")
    must((root / _DATA).read_bytes() == written, "installing again changed the data")
    done = ran(["dpkg", f"--root={root}", "--remove", contents.WINDOW])
    must(done.code == 0, f"it is not removed: {done.said}")
    left = [place for place in (HOME, *OF_THE_DESKTOP) if (root / place).exists()]
    must(not left, f"removing it leaves {left}")
    must((root / _DATA).read_bytes() == written, "removing it took the data")
    return depends.split(", ")


def _used(root: Path, room: Path) -> None:
    """Use what is installed: part of the self-test, and a word that is kept as data."""
    system = Bare(root)
    parts = [part for name in ("program", "fonts", "papers") for part in ("--part", name)]
    words = [_COMMAND, "selftest", "--out", OUT, *parts]
    done = system.run(root / HOME, room / "out-deb", words)
    must(done.code == 0, f"the installed .deb: {done.said[-2000:]}")
    words = [_COMMAND, "office", "set", "--name", "示例大学"]
    done = system.run(root / HOME, room / "out-deb", words)
    must(done.code == 0 and (root / _DATA).is_file(), f"its data: {done.said}")


def _installed(deb: Path, root: Path) -> None:
    done = ran(["dpkg", f"--root={root}", "--force-depends", "--install", str(deb)])
    must(done.code == 0, f"{deb.name} is not installed: {done.said[-2000:]}")


def _older(work: Path) -> Path:
    """A package of an older version, with a file that this one no longer has."""
    stale = work / _STALE
    stale.parent.mkdir(parents=True)
    stale.write_text("older", encoding="utf-8")
    (work / "DEBIAN").mkdir()
    control = (
        f"Package: {contents.WINDOW}\nVersion: 0.0.1\nArchitecture: amd64\n"
        "Maintainer: nobody <nobody@example.invalid>\nDescription: older\n"
    )
    (work / "DEBIAN/control").write_text(control, encoding="utf-8")
    made = work.with_suffix(".deb")
    done = ran(["dpkg-deb", "--root-owner-group", "--build", str(work), str(made)])
    must(done.code == 0, f"no older package: {done.said}")
    return made
