"""The steps around the build: what is kept, what a machine lacks, the portable zip."""

import zipfile
from pathlib import Path

import pytest

from db.data_places import PORTABLE_MARK, data_folder
from installer.kept import fingerprint, kept
from installer.windows import machine, portable
from installer.windows.prove.office import Failed, can_fail, same
from installer.windows.wine import registry_values, windows_path
from tools.develop.console import Trouble


def test_what_was_made_is_kept_until_its_sources_change(tmp_path: Path) -> None:
    source, runs = tmp_path / "source.txt", []

    def make(folder: Path) -> None:
        runs.append(1)
        (folder / "made.txt").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")

    for text, times in (("a", 1), ("a", 1), ("b", 2)):
        source.write_text(text, encoding="utf-8")
        folder = kept("it", tmp_path / "made", fingerprint(source), make)
        assert (folder / "made.txt").read_text(encoding="utf-8") == text
        assert len(runs) == times


def test_a_step_that_fails_leaves_nothing_that_looks_made(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_bytes(b"")
        raise Trouble("no")

    with pytest.raises(Trouble):
        kept("it", tmp_path / "made", "1", fail)
    assert list(tmp_path.iterdir()) == []


def test_a_fingerprint_sees_names_and_contents(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "a.txt"
    file.parent.mkdir()
    file.write_bytes(b"1")
    first = fingerprint(file.parent)
    file.write_bytes(b"2")
    second = fingerprint(file.parent)
    file.rename(file.with_name("b.txt"))
    assert len({first, second, fingerprint(file.parent)}) == 3


def test_a_machine_that_lacks_something_is_told_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    with pytest.raises(Trouble) as told:
        machine.prepare()
    assert "sudo apt-get install" in str(told.value)
    assert all(package in str(told.value) for package in ("wine64", "nsis", "xvfb"))


def test_the_portable_zip_makes_the_program_portable(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    (program / "openlicense.exe").write_bytes(b"exe")
    (program / "_internal" / "a.dll").write_bytes(b"dll")
    for name in ("one.zip", "two.zip"):
        portable.make(program, tmp_path / name, "OpenLicenseDesk")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "stick")
    folder = tmp_path / "stick" / "OpenLicenseDesk"
    assert (folder / "_internal" / "a.dll").read_bytes() == b"dll"
    assert (folder / PORTABLE_MARK).is_file()
    assert data_folder([folder]) == folder / "data"


def test_the_registry_is_read_as_regedit_writes_it() -> None:
    exported = "\n".join(
        [
            "Windows Registry Editor Version 5.00",
            "",
            r"[HKEY_CURRENT_USER\Software\甲]",
            r'"DisplayName"="开放许可通（“示范”）"',
            r'@="\"C:\\测试 目录\\a.exe\" \"%1\""',
            '"NoModify"=dword:00000001',
        ]
    )
    key = "HKEY_CURRENT_USER\\Software\\甲\\"
    assert registry_values(exported) == {
        f"{key}DisplayName": "开放许可通（“示范”）",
        key: '"C:\\测试 目录\\a.exe" "%1"',
        f"{key}NoModify": "dword:00000001",
    }


def test_wine_sees_our_files_on_its_drive_z() -> None:
    assert windows_path(Path("/tmp/甲 乙")) == "Z:\\tmp\\甲 乙"
    assert windows_path("/S") == "/S"


def test_a_check_that_passes_on_a_spoiled_example_is_called_blind() -> None:
    can_fail(lambda: same({"a": "1"}, {"a": "2"}, "papers"), "another paper")
    with pytest.raises(Failed, match="blind"):
        can_fail(lambda: same({"a": "1"}, {"a": "1"}, "papers"), "another paper")
