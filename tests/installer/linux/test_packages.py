"""The tarball and the .deb: what they are called, what they ask for, the same bytes each time."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from forms.vetting.pack_intake import ENDING
from installer.handing_out import SUMS, write_sums
from installer.linux import packages
from installer.linux.folder import HERE, Needs
from installer.linux.prove.run import differing

if sys.platform != "linux":
    pytest.skip("what Linux offices get is made on Linux", allow_module_level=True)

NEEDS = Needs((2, 31), ("libc6", "libgl1", "libxcb1"))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program's folder in small."""
    folder = tmp_path / "program"
    (folder / "_internal").mkdir(parents=True)
    (folder / "openlicense-desk").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "openlicense-desk").chmod(0o755)
    (folder / "openlicense").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "openlicense").chmod(0o700)
    (folder / "_internal" / "字.ttf").write_bytes(b"font")
    (folder / "_internal" / "link").symlink_to("字.ttf")
    return folder


def test_the_name_says_version_edition_machine_and_glibc() -> None:
    plain, ours = packages.stem(NEEDS, ""), packages.stem(NEEDS, "青岚省 知识产权局/试")
    assert plain.startswith("openlicense-desk-")
    assert plain.endswith("-linux-x86_64-glibc2.31")
    assert "-青岚省-知识产权局-试-linux-" in ours


def test_the_tarball_is_the_same_whenever_it_is_made(program: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.tar.xz", tmp_path / "other.tar.xz"
    packages.tarball(program, one, "名")
    (program / "_internal" / "字.ttf").touch()
    packages.tarball(program, other, "名")
    assert one.read_bytes() == other.read_bytes()
    with tarfile.open(one) as archive:
        modes = {entry.name: entry.mode for entry in archive if entry.isfile()}
        assert modes["名/openlicense"] == modes["名/openlicense-desk"] == 0o755
        assert modes["名/_internal/字.ttf"] == 0o644
        assert archive.getmember("名/_internal/link").linkname == "字.ttf"
        assert {entry.uid for entry in archive} == {0}


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb here")
def test_the_deb_puts_the_program_into_the_desktop(program: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.deb"
    packages.deb(program, file, NEEDS, tmp_path)
    root = tmp_path / "root-installed"
    subprocess.run(["dpkg-deb", "-x", file, root], check=True)
    for name in ("openlicense-desk", "openlicense"):
        link = root / "usr" / "bin" / name
        assert link.readlink() == Path(f"/opt/openlicense-desk/{name}")
    for place in packages.OF_THE_DESKTOP:
        assert (root / place).is_file()
    said = subprocess.run(["dpkg-deb", "-f", file], check=True, capture_output=True, text=True)
    assert "Depends: libc6 (>= 2.31), libgl1, libxcb1\n" in said.stdout


def test_the_desktop_entry_opens_what_the_program_opens() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(HERE / "openlicense-desk.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    assert said["Name"] == "开放许可通"
    assert said["Exec"] == "openlicense-desk %F"
    types = ElementTree.parse(HERE / "openlicense-desk.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    of_pack = types.find(f"{space}mime-type")
    assert of_pack is not None
    assert of_pack.attrib["type"] in said["MimeType"].split(";")
    glob = of_pack.find(f"{space}glob")
    assert glob is not None
    assert glob.attrib["pattern"] == f"*{ENDING}"


def test_the_sums_are_those_that_sha256sum_reads(tmp_path: Path) -> None:
    (tmp_path / "a.tar.xz").write_bytes(b"a")
    (tmp_path / "b.deb").write_bytes(b"b")
    write_sums(tmp_path)
    write_sums(tmp_path)  # the list does not list itself
    check = ["sha256sum", "--check", "--strict", SUMS]
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "b.deb").write_bytes(b"broken download")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_papers_that_differ_or_are_missing_are_named() -> None:
    ones = {"p": {"a.pdf": "1", "b.pdf": "2", "c.pdf": "3"}}
    others = {"p": {"a.pdf": "1", "b.pdf": "9", "d.pdf": "3"}}
    assert differing(ones, ones) == []
    assert differing(ones, others) == ["p/b.pdf", "p/c.pdf", "p/d.pdf"]
