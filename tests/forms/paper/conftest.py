"""A filled case and a licence, and Hubei's pack, for every test of the papers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from forms.facts.record import Case, Licence
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack

DATA = Path(__file__).parents[2] / "data" / "papers"


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="session")
def case() -> Case:
    return msgspec.json.decode((DATA / "case.json").read_bytes(), type=Case)


@pytest.fixture(scope="session")
def licence() -> Licence:
    return msgspec.json.decode((DATA / "licence.json").read_bytes(), type=Licence)
