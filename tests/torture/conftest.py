"""A clerk of the command line whose disk fails; the process that forks programs to be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.clerk import Clerk
from tools.develop.torture.together.nursery import Nursery


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, capsys)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as made:
        yield made
