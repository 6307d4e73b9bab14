"""What every test stands on: no network, and Hypothesis that tries the same cases in the gate."""

from __future__ import annotations

import gc
import os
import random
import socket
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from forms.ground.held import is_held
from tests.postgres_server import Server, running

settings.register_profile(
    "gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "gate" if os.environ.get("CI") else "explore")
)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Take our options; declare pytest-qt's settings where that plug-in is off."""
    parser.addoption("--renew-golden", action="store_true", help="take today's papers as golden")
    parser.addoption(
        "--shuffle", metavar="SEED", help="run the tests in the random order of a seed"
    )
    if not pluginmanager.has_plugin("pytest-qt"):
        parser.addini("qt_log_level_fail", "set in pyproject.toml; of use to pytest-qt only")
        parser.addini("qt_log_ignore", "likewise", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests and what they start a home of their own: the maker's data are not theirs."""
    home = tempfile.TemporaryDirectory(prefix="openlicense-home-")
    config.add_cleanup(home.cleanup)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        os.environ[name] = str(Path(home.name, name))


_places: dict[str, int] = {}  # node of a file or folder -> its place in the folder


def _comes_from_the_end(config: pytest.Config) -> bool:
    """Whether this is every second worker of a run of one folder; several keep their own order.

    Compiling the tests takes longer than all else in reading them, and workers that go through them
    alike compile each one twice. So they go from both ends: the other half is found compiled.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return int(worker.removeprefix("gw")) % 2 == 1 and len(config.args) == 1


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Read folders from their end, where that is this worker's way."""
    report = yield
    if isinstance(collector, pytest.Session | pytest.Directory):
        for place, child in enumerate(report.result):
            _places.setdefault(child.nodeid, place)
        if _comes_from_the_end(collector.config):
            report.result = sorted(report.result, key=lambda child: -_places[child.nodeid])
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests in one order in every worker; shuffle, alike in every worker."""
    if _comes_from_the_end(config):
        items.sort(
            key=lambda item: [
                _places[node.nodeid] for node in item.listchain() if node.nodeid in _places
            ]
        )
    seed = config.getoption("--shuffle")
    if seed is not None:
        random.Random(seed).shuffle(items)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Search for no garbage while modules load: next to nothing of what they make is."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Leave what all modules made out of every later search for garbage.

    There are millions of objects, which whoever asks for a collection would look through each time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The program is offline: a test that opens an internet socket fails, whoever catches it."""
    opened: list[str] = []
    real = socket.socket.__init__

    def guarded(self: socket.socket, *args: Any, **keywords: Any) -> None:
        family = args[0] if args else keywords.get("family", -1)
        inherited = args[3] if len(args) > 3 else keywords.get("fileno")
        if inherited is None and family in (-1, socket.AF_INET, socket.AF_INET6):
            opened.append(f"socket of family {family}")
            raise OSError("the program is offline: no internet sockets")
        real(self, *args, **keywords)

    monkeypatch.setattr(socket.socket, "__init__", guarded)
    yield opened
    assert not opened, f"an internet socket was opened: {opened}"


@pytest.fixture(scope="session")
def _server() -> Iterator[Server | str]:
    yield from running()


@pytest.fixture
def server(_server: Server | str) -> Server:
    """A PostgreSQL server with nothing in its usual schema; where there can be none, it is said."""
    if isinstance(_server, str):
        pytest.skip(f"no PostgreSQL to test with: {_server}")
    _server.empty()
    return _server


_opened_by_hand: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to open by hand what SQLite has open in this process; see `forms.ground.held`."""
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        try:
            held = is_held(arguments[0])
        except ValueError:  # a name that no file can have
            return
        if held:
            _opened_by_hand.append(os.fsdecode(arguments[0]))
            raise AssertionError(f"opened by hand while SQLite has it open: {arguments[0]!r}")


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def no_lock_dropped() -> Iterator[list[str]]:
    """Nothing opens a live database but SQLite: a test in which it happens fails, as above."""
    _opened_by_hand.clear()
    yield _opened_by_hand
    assert not _opened_by_hand, f"opened by hand while SQLite had it open: {_opened_by_hand}"


_ROOT = Path(__file__).resolve().parents[1]
_MADE_HERE = {"out", "build", "dist"}


@pytest.fixture(autouse=True)
def no_litter() -> Iterator[None]:
    """Nothing is left in the checkout, as by a Windows path that means nothing on Linux."""
    before = set(_ROOT.iterdir())
    yield
    made = {one.name for one in set(_ROOT.iterdir()) - before if one.name[0] != "."}
    assert made <= _MADE_HERE, f"left in the checkout: {made - _MADE_HERE}"
