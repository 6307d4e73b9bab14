"""The set-up, with invented packages in a small index of their own: no network is needed.

It is tried with the pip that this Python's ensurepip carries. `OPENLICENSE_TEST_PIPS`, a folder of
pip's wheels, has it tried with those too.
"""

from __future__ import annotations

import ensurepip
import os
import subprocess
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.shop import Shop
from tools.develop import environment
from tools.develop.console import Trouble


def pips() -> list[Path]:
    """The wheels of pip at hand."""
    carried = [Path(ensurepip.__file__).parent / "_bundled"]
    if systems := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        carried.append(Path(systems))
    if further := os.environ.get("OPENLICENSE_TEST_PIPS"):
        carried.append(Path(further))
    return sorted(wheel for folder in carried for wheel in folder.glob("pip-*.whl"))


@pytest.fixture(params=pips(), ids=lambda wheel: wheel.name.split("-")[1])
def fresh(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An environment with nothing but one pip in it, which the set-up takes for its own."""
    home = tmp_path / "环境 venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    monkeypatch.setattr(environment, "VENV", home)
    with zipfile.ZipFile(request.param) as wheel:
        wheel.extractall(site_packages())
    yield home


def ask(code: str) -> str:
    python = environment.program("python")
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def site_packages() -> str:
    return ask("import sysconfig; print(sysconfig.get_path('purelib'))")


def version(name: str) -> str:
    return ask(f"import {name}; print({name}.VERSION)")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """`outer` demands an extra of `inner`, that demands one of `deep`; all have newer releases."""
    shop = Shop(tmp_path / "index")
    for name, value in shop.settings().items():
        monkeypatch.setenv(name, value)
    for release in ("1.0", "2.0"):
        shop.put("outer", release, ["inner[more]>=1.0"])
        shop.put("inner", release, ["deep[yet]>=1.0 ; extra == 'more'"])
        shop.put("deep", release, ["last>=1.0 ; extra == 'yet'"])
        shop.put("last", release)
    return shop


def lock(shop: Shop, folder: Path, *requirements: str) -> Path:
    file = folder / "lock.txt"
    file.write_text("".join(shop.line(one) for one in requirements), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "named",
    [("inner[more]==1.0", "deep[yet]==1.0"), ("inner==1.0", "deep==1.0")],
    ids=["with-extras", "stripped"],
)
@pytest.mark.usefixtures("fresh")
def test_the_locked_release_is_taken_though_newer_ones_are_out(
    shop: Shop, tmp_path: Path, named: tuple[str, str]
) -> None:
    environment.install_locked(lock(shop, tmp_path, *named, "last==1.0", "outer==1.0"))
    found = {name: version(name) for name in ("outer", "inner", "deep", "last")}
    assert set(found.values()) == {"1.0"}


@pytest.mark.usefixtures("fresh")
def test_a_file_other_than_the_locked_one_is_refused(shop: Shop, tmp_path: Path) -> None:
    named = lock(shop, tmp_path, "last==1.0")
    shop.put("last", "1.0", code="other = True\n")
    with pytest.raises(Trouble):
        environment.install_locked(named)
    with pytest.raises(subprocess.CalledProcessError):
        version("last")
