"""A plug-in for pytest: every process that runs tests has a virtual X screen of its own.

Two that shared one would take the focus from each other: a screen has but one.  A window manager
hands it on when a window is closed, as on any desk; openbox, which is small.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SERVER, MANAGER = "Xvfb", "openbox"
_SCREEN = ("-screen", "0", "1920x1200x24", "-nolisten", "tcp")
_GONE_WITHIN_S = 60


def pytest_configure(config: pytest.Config) -> None:
    """Start the screen, and have Qt show its windows there."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        return  # hands the tests to workers, which have theirs
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [SERVER, "-displayfd", str(writing), *_SCREEN],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    config.add_cleanup(lambda: _end(server))
    with os.fdopen(reading) as said:
        os.environ["DISPLAY"] = f":{said.readline().strip()}"
    manager = subprocess.Popen([MANAGER, "--sm-disable"], stderr=subprocess.DEVNULL)
    config.add_cleanup(lambda: _end(manager))
    os.environ["QT_QPA_PLATFORM"] = "xcb"


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(_GONE_WITHIN_S)
