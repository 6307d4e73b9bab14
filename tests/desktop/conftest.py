"""Seat a clerk at the command line."""

from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from tests.desktop.clerk import Clerk


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, capsys)


@pytest.fixture
def sample_licence() -> Path:
    return packs_folder() / "hubei-2022" / "sample-licence.json"
