"""What the tests of the papers share: the option that renews the golden files."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def renew_golden(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--renew-golden"))
