"""What the audit of a Windows bundle sees: shown on small executables made by hand."""

from pathlib import Path

import pytest

from installer.windows import audit
from tests.installer.windows import small_pe


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A program, a library it uses, and Python's two."""
    folder = tmp_path / "program"
    inside = folder / "_internal"
    small_pe.write(
        folder / "program.exe", imports={"KERNEL32.dll": ["ExitProcess"], "ours.dll": ["work"]}
    )
    small_pe.write(inside / "ours.dll", exports=["work"], imports={"python311.dll": ["Py_Main"]})
    small_pe.write(inside / "python311.dll", exports=["Py_Main"])
    small_pe.write(inside / "python3.dll", forwards={"Py_Main": "python311.Py_Main"})
    return folder


def test_a_whole_bundle_has_no_fault(bundle: Path) -> None:
    assert audit.faults(bundle) == []
    assert len(audit.executables(bundle)) == 4


def test_an_empty_folder_is_no_program(tmp_path: Path) -> None:
    assert audit.faults(tmp_path)


def test_a_library_that_is_nowhere_is_named_with_who_asks_for_it(bundle: Path) -> None:
    (bundle / "_internal" / "ours.dll").unlink()
    assert audit.faults(bundle) == ["program.exe: asks for ours.dll, which is nowhere"]


def test_a_library_that_is_only_loaded_when_it_is_used_is_asked_for_too(bundle: Path) -> None:
    small_pe.write(bundle / "_internal" / "late.pyd", delayed={"later.dll": ["work"]})
    inside = Path("_internal", "late.pyd")
    assert audit.faults(bundle) == [f"{inside}: asks for later.dll, which is nowhere"]


def test_a_library_that_lacks_the_function_is_named(bundle: Path) -> None:
    small_pe.write(bundle / "_internal" / "ours.dll", exports=["rest"])
    assert audit.faults(bundle) == ["program.exe: asks for work, not in every ours.dll"]


def test_of_two_copies_both_must_have_the_function(bundle: Path) -> None:
    small_pe.write(bundle / "_internal" / "other" / "OURS.dll", exports=["older"])
    assert audit.faults(bundle) == ["program.exe: asks for work, not in every ours.dll"]


def test_what_wine_made_is_found(bundle: Path) -> None:
    small_pe.write(bundle / "_internal" / "msvcp140.dll", extra=b"Wine builtin DLL")
    small_pe.write(bundle / "_internal" / "vcruntime140.dll", extra=b"Wine placeholder DLL")
    assert len([one for one in audit.faults(bundle) if "made by Wine" in one]) == 2


@pytest.mark.parametrize(
    "name",
    [
        "ui_settings.dll",
        "bcryptprimitives.dll",
        "icuuc.dll",
        "api-ms-win-crt-heap-l1-1-0.dll",
        "KERNEL32.dll",
    ],
)
def test_stand_ins_and_windows_own_libraries_stay_outside(bundle: Path, name: str) -> None:
    small_pe.write(bundle / "_internal" / name)
    assert any("stand-in" in one for one in audit.faults(bundle))


def test_a_32_bit_library_is_found(bundle: Path) -> None:
    small_pe.write(bundle / "_internal" / "small.pyd", machine=small_pe.X86)
    assert audit.faults(bundle) == [
        str(Path("_internal", "small.pyd: not for 64-bit Windows (machine 0x14c)"))
    ]


def test_what_is_no_executable_at_all_is_found(bundle: Path) -> None:
    (bundle / "_internal" / "text.dll").write_text("not a library", encoding="utf-8")
    assert any("no Windows executable" in one for one in audit.faults(bundle))


def test_a_packed_executable_is_found(bundle: Path) -> None:
    small_pe.write(bundle / "_internal" / "packed.dll", section="UPX0")
    assert any("packed" in one for one in audit.faults(bundle))


def test_a_python3_with_code_of_its_own_is_found(bundle: Path) -> None:
    small_pe.write(
        bundle / "_internal" / "python3.dll",
        exports=["Py_Own"],
        forwards={"Py_Main": "python311.Py_Main"},
    )
    assert any("1 of its 2 names" in one for one in audit.faults(bundle))
