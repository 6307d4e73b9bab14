"""The data lie where the system wants them, or beside a portable program."""

from pathlib import Path

from db.data_places import data_folder, database_file


def test_the_users_own_folder() -> None:
    folder = data_folder()
    assert folder.name == "OpenLicenseDesk"
    assert folder.is_absolute()
    assert database_file(folder) == folder / "openlicense.db"


def test_beside_a_portable_program(tmp_path: Path) -> None:
    program, source = tmp_path / "program", tmp_path / "source"
    program.mkdir()
    source.mkdir()
    assert data_folder([program, source]) == data_folder()
    (source / "portable").touch()
    assert data_folder([program, source]) == source / "data"
    (program / "portable").mkdir()  # a folder of that name is no mark
    assert data_folder([program, source]) == source / "data"
