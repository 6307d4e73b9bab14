"""A clerk of the command line whose disk fails."""

from pathlib import Path

import pytest

from tests.desktop.clerk import Clerk


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, capsys)
