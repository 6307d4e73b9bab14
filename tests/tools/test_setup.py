"""The set-up, with invented packages in a small index of their own: no network is needed.

It is tried with the pip that this Python's ensurepip carries. `OPENLICENSE_TEST_PIPS`, a folder of
pip's wheels, has it tried with those too.
"""

from __future__ import annotations

import compileall
import ensurepip
import os
import shutil
import subprocess
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.tools.shop import Shop
from tools.develop import bare, environment
from tools.develop.console import Trouble
from tools.develop.environment import MAKERS, PROGRAM, Environment


def pips() -> list[Path]:
    """The wheels of pip at hand."""
    carried = [Path(ensurepip.__file__).parent / "_bundled"]
    if systems := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        carried.append(Path(systems))
    if further := os.environ.get("OPENLICENSE_TEST_PIPS"):
        carried.append(Path(further))
    return sorted(wheel for folder in carried for wheel in folder.glob("pip-*.whl"))


class Project:
    """A folder with locks and an environment, as a clone of ours is one."""

    def __init__(self, folder: Path, shop: Shop) -> None:
        self.folder = folder
        self.shop = shop
        self.environment = Environment(folder)
        (folder / "pyproject.toml").write_text(
            '[project]\nname = "our-own"\nversion = "0.1"\nscripts = {ours = "ours:main"}\n'
            'gui-scripts = {ours-window = "ours:main"}\n',
            encoding="utf-8",
        )
        (folder / "ours.py").write_text("def main():\n    print('ours')\n", encoding="utf-8")

    def lock(self, program: str, makers: str) -> None:
        """Write both locks; each a few requirements, `makers` those beyond the program's."""
        lines = [self.shop.line(one) for one in program.split()]
        (self.folder / PROGRAM.lock).write_text("".join(lines), encoding="utf-8")
        lines += [self.shop.line(one) for one in makers.split()]
        (self.folder / MAKERS.lock).write_text("".join(lines), encoding="utf-8")

    def run(self) -> bool:
        return self.environment.set_up([PROGRAM])

    def test(self) -> bool:
        return self.environment.set_up()

    def version(self, name: str) -> str | None:
        """The version of an installed package, None where it is absent or not whole."""
        for info in self.environment.home.rglob(f"{name}-*.dist-info"):
            text = info.parent.joinpath(f"{name}.py").read_text(encoding="utf-8")
            release = text.split("'")[1]
            assert info.name == f"{name}-{release}.dist-info"
            assert (info / "RECORD").exists()
            return release
        return None

    def versions(self, names: str) -> list[str | None]:
        return [self.version(name) for name in names.split()]


@pytest.fixture(scope="module", params=pips(), ids=lambda wheel: wheel.name.split("-")[1])
def pip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one pip in it, compiled, since every call of it would do that anew."""
    folder = tmp_path_factory.mktemp("pip")
    with zipfile.ZipFile(request.param) as wheel:
        wheel.extractall(folder)
    compileall.compile_dir(folder, quiet=2)
    return folder


@pytest.fixture
def project(pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project; its environments borrow a pip, which is quicker than ensurepip."""

    def create(home: Path) -> None:
        venv.create(home, with_pip=False, symlinks=os.name != "nt")
        folder = next(home.glob("lib/python3*/site-packages"), home / "Lib" / "site-packages")
        (folder / "borrowed.pth").write_text(f"{pip}\n", encoding="utf-8")

    folder = tmp_path / "许可 project"
    folder.mkdir()
    shop = Shop(tmp_path / "index")
    for name, value in shop.settings().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bare, "create", create)
    for release in ("1.0", "2.0"):  # whatever is locked, something newer is out
        shop.put("outer", release, ["inner[more]>=1.0"])
        shop.put("inner", release, ["deep[yet]>=1.0 ; extra == 'more'"])
        shop.put("deep", release, ["last>=1.0 ; extra == 'yet'"])
        shop.put("last", release)
        shop.put("tool", release, ["last>=1.0"])
    return Project(folder, shop)


@pytest.mark.parametrize(
    "named",
    ["inner[more]==1.0 deep[yet]==1.0", "inner==1.0 deep==1.0"],
    ids=["with-extras", "stripped"],
)
def test_the_locked_release_is_taken_though_newer_ones_are_out(
    project: Project, named: str
) -> None:
    project.lock(f"{named} last==1.0 outer==1.0", "tool==1.0")
    project.run()
    assert project.versions("outer inner deep last tool") == ["1.0"] * 4 + [None]


def test_run_takes_what_the_program_needs_and_test_adds_the_makers_tools(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.lock("last==1.0", "tool==1.0")
    assert project.run()
    assert project.versions("last tool") == ["1.0", None]
    for command in ("ours", "ours-window"):
        done = subprocess.run(
            [project.environment.program(command)], capture_output=True, check=True
        )
        assert done.stdout.strip() == b"ours"
    assert project.test()
    assert project.versions("last tool") == ["1.0", "1.0"]
    # Once set up, nothing more is done, whatever becomes of the index.
    shutil.rmtree(project.shop.simple)
    monkeypatch.setattr(environment, "run_pip", None)
    assert not project.run()
    assert not project.test()


def test_a_changed_lock_changes_its_layer_and_takes_out_what_it_no_longer_names(
    project: Project,
) -> None:
    project.lock("last==1.0 deep==1.0 inner==1.0", "tool==1.0")
    project.test()
    project.lock("last==2.0", "tool==1.0 inner==1.0 outer==1.0")
    assert project.run()
    assert project.versions("last deep inner tool outer") == ["2.0", None, "1.0", "1.0", None]
    assert project.test()
    assert project.versions("last deep inner tool outer") == ["2.0", None, "1.0", "1.0", "1.0"]


def test_a_set_up_of_the_program_broken_off_is_mended_by_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.lock("last==1.0 deep==1.0", "tool==1.0")
    broken_off(project, "last", monkeypatch)
    assert project.run()
    assert project.versions("last deep") == ["1.0", "1.0"]
    assert not project.run()


def test_a_set_up_of_the_tools_broken_off_leaves_the_program_be(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.lock("last==1.0", "tool==1.0 deep==1.0")
    project.run()
    broken_off(project, "tool", monkeypatch)
    with monkeypatch.context() as here:
        here.setattr(environment, "run_pip", None)
        assert not project.run()
    assert project.test()
    assert project.versions("last deep tool") == ["1.0", "1.0", "1.0"]
    assert not project.test()


def broken_off(project: Project, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up until pip is killed with a package half there: its name is, its code is not."""
    real = environment.run_pip

    def killed(python: Path, arguments: list[str], held: int | None = None) -> str:
        real(python, arguments, held)
        next(project.environment.home.rglob(f"{package}.py")).write_text("", encoding="utf-8")
        next(project.environment.home.rglob(f"{package}-*.dist-info")).joinpath("RECORD").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as here:
        here.setattr(environment, "run_pip", killed)
        with pytest.raises(KeyboardInterrupt):
            project.test()


def test_an_environment_of_another_folder_or_a_lame_one_is_made_anew(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project.lock("last==1.0", "tool==1.0")
    monkeypatch.setattr(environment, "run_pip", lambda *_: "")
    project.run()
    moved = Environment(shutil.copytree(project.folder, tmp_path / "moved", symlinks=True))
    assert moved.set_up([PROGRAM])
    assert "made in another folder: making .venv anew" in capsys.readouterr().out
    moved.program("python").unlink()
    assert moved.set_up([PROGRAM])
    assert ".venv does not work" in capsys.readouterr().out
    assert not moved.set_up([PROGRAM])


def test_what_was_changed_since_it_was_locked_is_refused(project: Project) -> None:
    project.lock("last==1.0", "tool==1.0")
    project.shop.put("last", "1.0", code="other = True\n")
    with pytest.raises(Trouble, match="another file than the locked one"):
        project.run()
    assert project.version("last") is None


def test_an_index_without_a_locked_file_is_told_and_once_it_has_it_the_next_call_does(
    project: Project,
) -> None:
    project.lock("last==1.0 deep==1.0", "tool==1.0")
    sold_out = project.shop.sell_out("deep")
    with pytest.raises(Trouble, match=r"gives no file of deep==1\.0 for Python 3\."):
        project.run()
    sold_out()
    assert project.run()
    assert project.version("deep") == "1.0"


def test_without_a_way_to_an_index_it_says_so_and_the_next_call_does(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.lock("last==1.0", "tool==1.0")
    with monkeypatch.context() as here:
        here.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
        here.setenv("PIP_RETRIES", "1")
        with pytest.raises(Trouble, match="No Python package index can be reached"):
            project.run()
    assert project.run()
    assert project.version("last") == "1.0"


def test_a_lock_that_lacks_what_its_packages_demand_is_told(project: Project) -> None:
    project.lock("tool==1.0", "deep==1.0")
    with pytest.raises(Trouble, match=r"tool 1\.0 requires last"):
        project.run()
    assert project.environment.home.exists()


def test_what_python_compiled_of_a_package_taken_out_does_not_stay_importable(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site-packages"
    gone, kept = site / "gone" / "part" / "__pycache__", site / "kept" / "__pycache__"
    for folder in (gone, gone.parent.parent / "__pycache__", kept):
        folder.mkdir(parents=True)
        (folder / "mod.cpython-311.opt-1.pyc").write_bytes(b"")
    (kept.parent / "data.txt").write_text("the clerk's own", encoding="utf-8")
    environment._sweep({gone.parent, gone.parent.parent, kept.parent, site})
    assert sorted(path.name for path in site.iterdir()) == ["kept"]
    assert (kept.parent / "data.txt").exists()
