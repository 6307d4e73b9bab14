"""The audit of a Linux bundle finds each fault that is planted."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from installer.linux import audit, elf

if sys.platform != "linux":
    pytest.skip("ELF files of this machine are read", allow_module_level=True)

# An extension module needs the C library alone; a program of the system likewise.
SOUND = Path(shutil.which("true") or "/bin/true").resolve()
MACHINE_AT = 18  # where an ELF header says which machine it is for
ARM64 = (183).to_bytes(2, "little")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of one sound file."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    shutil.copy(SOUND, folder / "sound")
    (folder / "words.txt").write_text("not ELF", encoding="utf-8")
    return folder


def with_need(content: bytes, need: bytes, other: bytes) -> bytes:
    """The same file, asking for another library (a name no longer than the first)."""
    assert content.count(need + b"\0") == 1
    return content.replace(need + b"\0", other.ljust(len(need), b"\0") + b"\0")


def test_a_sound_bundle_has_no_fault(bundle: Path) -> None:
    assert audit.faults(bundle) == []
    (one,) = elf.elves(bundle)
    assert one.file.name == "sound"
    assert "libc.so.6" in one.needs


def test_a_file_for_another_machine_is_found(bundle: Path) -> None:
    content = (bundle / "sound").read_bytes()
    other = content[:MACHINE_AT] + ARM64 + content[MACHINE_AT + 2 :]
    (bundle / "planted").write_bytes(other)
    assert audit.faults(bundle) == ["planted is for EM_AARCH64, not for EM_X86_64"]


def test_a_missing_library_is_found_until_it_is_there(bundle: Path) -> None:
    content = with_need((bundle / "sound").read_bytes(), b"libc.so.6", b"libx.so.1")
    inside = bundle / "_internal"
    inside.mkdir()
    (inside / "planted").write_bytes(content)
    assert audit.faults(bundle) == ["_internal/planted needs libx.so.1, which is not there"]
    shutil.copy(SOUND, inside / "libx.so.1")
    assert audit.faults(bundle) == []


def test_what_is_started_finds_the_systems_libraries_alone(bundle: Path) -> None:
    content = with_need((bundle / "sound").read_bytes(), b"libc.so.6", b"libx.so.1")
    (bundle / "openlicense.bin").write_bytes(content)
    (bundle / "_internal").mkdir()
    shutil.copy(SOUND, bundle / "_internal" / "libx.so.1")
    assert audit.faults(bundle) == ["openlicense.bin needs libx.so.1, which is not there"]


def test_what_belongs_to_the_system_must_not_come_along(bundle: Path) -> None:
    shutil.copy(SOUND, bundle / "libGL.so.1")
    assert audit.faults(bundle) == [
        "libGL.so.1 belongs to the system and must not be brought along"
    ]


def test_links_out_of_the_bundle_and_to_nothing_are_found(bundle: Path) -> None:
    (bundle / "out").symlink_to("/usr/lib")
    (bundle / "nothing").symlink_to("gone")
    (bundle / "fine").symlink_to("sound")
    assert sorted(audit.faults(bundle)) == ["nothing leads nowhere", "out leads out of the bundle"]


def test_a_way_to_the_makers_machine_is_found_and_can_be_forgotten(bundle: Path) -> None:
    planted = bundle / "planted"
    planted.write_bytes(_with_search(SOUND.read_bytes()))
    (told,) = audit.faults(bundle)
    assert told.startswith("planted looks for libraries in ")
    elf.forget_search(planted)
    assert audit.faults(bundle) == []


def _with_search(content: bytes) -> bytes:
    """The same file with one of its dynamic entries turned into a RUNPATH: its DT_DEBUG's."""
    from io import BytesIO

    from elftools.elf.elffile import ELFFile

    section = ELFFile(BytesIO(content)).get_section_by_name(".dynamic")
    assert section is not None
    tags = list(section.iter_tags())
    place = next(n for n, tag in enumerate(tags) if tag.entry.d_tag == "DT_DEBUG")
    offset = section["sh_offset"] + place * section["sh_entsize"]
    need = next(tag.entry.d_val for tag in tags if tag.entry.d_tag == "DT_NEEDED")
    entry = (29).to_bytes(8, "little") + need.to_bytes(8, "little")
    return content[:offset] + entry + content[offset + 16 :]


def test_the_newest_glibc_counts_and_the_packages_are_named() -> None:
    found = [
        elf.Elf(Path("a"), audit.MACHINE, ("libc.so.6",), (2, 9)),
        elf.Elf(Path("b"), audit.MACHINE, ("libGL.so.1", "libc.so.6"), (2, 36)),
        elf.Elf(Path("c"), audit.MACHINE, ("libown.so",), (2, 28)),
    ]
    assert audit.glibc(found) == (2, 36)
    assert audit.packages(found) == ["libc6", "libgl1"]
    assert audit.glibc([]) == (0, 0)
