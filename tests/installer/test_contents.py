"""What goes into the program's folder: all that is read at run time, and nothing of the makers'."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from forms.ground.locate import resources
from installer import contents

ROOT = contents.ROOT


def places() -> dict[str, Path]:
    """Where each data file comes to lie, and what it is."""
    return {f"{folder}/{file.name}": file for file, folder in contents.data()}


def test_what_is_named_is_there() -> None:
    for name in (*contents.DATA, *contents.SOURCES):
        assert (ROOT / name).exists(), name


def test_every_resource_comes_along_to_the_same_place() -> None:
    there = places()
    for file in resources().rglob("*"):
        if file.is_file():
            assert there[file.relative_to(ROOT).as_posix()] == file
    assert len(there) == len(list(contents.data()))


def test_the_guide_the_notices_and_the_changes_come_along() -> None:
    there = places()
    for name in ("docs/user-guide.zh-CN.md", "THIRD-PARTY-NOTICES.md", "CHANGELOG.md", "LICENSE"):
        assert f"resources/{name}" in there


def test_every_picture_of_the_guide_comes_along_to_where_the_guide_looks() -> None:
    there = places()
    guide = (ROOT / "docs" / "user-guide.zh-CN.md").read_text(encoding="utf-8")
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", guide):
        assert there[f"resources/docs/{picture}"].is_file()


def test_nothing_of_the_makers_comes_along() -> None:
    parts = {part for place in places() for part in PurePosixPath(place).parts}
    assert not parts & {"tests", "tools", "installer", "adr", "__pycache__", ".venv", "out"}


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "libgssapi_krb5.so.2",  # Qt's network library asks for it
        "sqlite3.dll",
        "lxml/etree.pyd",
    ],
)
def test_what_the_program_works_with_is_wanted(place: str) -> None:
    assert contents.is_wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so",
        "libcups.so.2",
    ],
)
def test_what_it_never_asks_for_stays_out(place: str) -> None:
    assert not contents.is_wanted(place)


def test_a_library_is_needed_for_itself_or_for_another() -> None:
    needs = {"program": ["a"], "a": ["b"], "c": ["b"], "b": ["a"]}
    assert contents.reached(["program"], needs) == {"program", "a", "b"}


def test_every_shipped_package_brings_its_licence() -> None:
    of = {folder.split("/")[1] for _, folder in contents.licence_texts()}
    shipped = {f"{one.metadata['Name']}-{one.version}" for one in contents.shipped()}
    without = {name.rpartition("-")[0] for name in shipped - of}
    # Theirs are the general ones, which lie in resources/licences.
    assert without == {"PySide6_Essentials", "shiboken6"}
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt"):
        assert (resources() / "licences" / name).stat().st_size > 5_000


def test_the_program_knows_its_version_by_its_metadata(tmp_path: Path) -> None:
    made = contents.write_metadata(tmp_path)
    assert f"Version: {contents.version()}\n" in (made / "METADATA").read_text(encoding="utf-8")
    assert made.name == f"openlicense_desk-{contents.version()}.dist-info"
