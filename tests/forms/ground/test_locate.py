"""Where the program's own data lies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from forms.ground.locate import fonts_folder, packs_folder, resources


def test_the_source_tree_holds_packs_and_fonts() -> None:
    assert (packs_folder() / "hubei-2022" / "pack.toml").is_file()
    assert any(fonts_folder().glob("*.ttf"))


def test_a_frozen_build_holds_them_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"
