"""Office files are the same bytes whenever and wherever they are made."""

import zipfile
from io import BytesIO

import pytest

from forms.ground.steady_archive import steady


def archive() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("word/document.xml", "<w/>")
    return made.getvalue()


def test_an_office_file_made_on_windows_is_the_one_made_on_linux(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    for system in ("linux", "win32"):
        monkeypatch.setattr(zipfile.sys, "platform", system)
        made.append(steady(archive()))
    assert made[0] == made[1]
