"""Seat a clerk before hostile files; bounded processes are measured where the system can."""

from pathlib import Path

import pytest

from tests.desktop.clerk import Clerk


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, capsys)
