"""The project itself: the gate, the contracts between the rooms, the notices."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tools.develop import commands, qt_libraries
from tools.hygiene import faults

ROOT = Path(__file__).resolve().parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def committed() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_files() -> list[tuple[str, str]]:
    found = []
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content:
            name = path.relative_to(ROOT).as_posix()
            found.append((name, content.decode("utf-8", errors="replace")))
    return found


def test_every_font_is_in_the_notices_with_a_licence_file() -> None:
    notices = read("THIRD-PARTY-NOTICES.md")
    for font in (ROOT / "resources" / "fonts").glob("*.ttf"):
        assert font.name in notices
    for licence in (ROOT / "resources" / "fonts" / "licences").iterdir():
        assert licence.name in notices


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_gate_is_the_readmes_test_command(readme: str) -> None:
    steps = [line for line in read(".ci/run").splitlines() if line and line[0] != "#"]
    assert steps[-1] == "python3 dev.py test"
    assert steps[-1] in read(readme).splitlines()
    assert all(step.startswith(("set ", "cd ", "bash .ci/browser")) for step in steps[:-1])


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such mark")
def test_the_gate_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_no_committed_file_names_a_folder_of_one_machine() -> None:
    folder = re.compile(r"(?<![\w.~])/(?:root|work|opt/(?:pypi|wheels))/\w")
    here = [str(place) for place in (ROOT, Path.home()) if len(place.parts) > 2]
    found = [
        name
        for name, text in text_files()
        if name != "tests/test_project.py"
        and (folder.search(text) or any(place in text for place in here))
    ]
    assert not found


def test_no_committed_file_names_a_package_index() -> None:
    index = re.compile(r"https?://(?:pypi\.|files\.pythonhosted|[\w.]*/simple\b|[\w.-]*mirror)")
    assert not [name for name, text in text_files() if index.search(text)]


def test_the_versions_agree() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert re.search(rf"^## \[?{re.escape(project['version'])}\b", read("CHANGELOG.md"), re.M)
    assert project["requires-python"] == ">=3.11,<3.15"


# --- dev.py ---


def old_pythons() -> list[str]:
    wanted = ["python2", "python2.7", *(f"python3.{minor}" for minor in range(4, 11))]
    found = {name: shutil.which(name) for name in wanted}
    return [path for path in found.values() if path]


def test_dev_py_holds_nothing_an_old_python_can_not_read() -> None:
    source = read("dev.py")
    assert source.startswith("# -*- coding: utf-8 -*-\n")
    for new in ('f"', "f'", "->", ":=", "async ", "match ", "print "):
        assert new not in source


def test_an_old_python_is_refused_in_plain_words() -> None:
    refused = 0
    for python in old_pythons():
        version = subprocess.run([python, "--version"], capture_output=True, check=False)
        if version.returncode != 0:
            continue  # a version manager's empty shell
        answer = subprocess.run(
            [python, str(ROOT / "dev.py"), "run"], capture_output=True, check=False
        )
        assert answer.returncode == 2
        assert b"needs Python 3.11" in answer.stderr
        assert b"Traceback" not in answer.stderr
        refused += 1
    if not refused:
        pytest.skip("no old Python on this machine")


def test_a_command_that_does_not_exist_is_refused() -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), "fly"], capture_output=True, check=False
    )
    assert answer.returncode == 2
    assert b"setup" in answer.stderr


def test_a_second_run_overwrites_nothing(tmp_path: Path) -> None:
    wanted = tmp_path / "demo"
    assert commands.fresh_folder(wanted) == wanted
    wanted.mkdir()
    assert commands.fresh_folder(wanted).name == "demo-2"
    (tmp_path / "demo-2").mkdir()
    assert commands.fresh_folder(wanted).name == "demo-3"


@pytest.mark.parametrize(
    ("release", "present", "tool"),
    [
        ("ID=debian", {"apt-get"}, "apt-get"),
        ("ID=ubuntu\nID_LIKE=debian", {"apt-get"}, "apt-get"),
        ('ID="openEuler"', {"dnf", "yum"}, "dnf"),
        ("ID=uos\nID_LIKE=debian", {"apt-get", "dnf"}, "apt-get"),
        ("ID=kylin", {"apt-get"}, "apt-get"),
        ('ID="kylin"\nID_LIKE="openEuler"', {"yum"}, "yum"),
        ("ID=kylin", set(), None),
        ("", set(), None),
    ],
)
def test_the_package_tool_is_the_systems_own(
    release: str, present: set[str], tool: str | None
) -> None:
    assert qt_libraries.package_tool(release, frozenset(present)) == tool


def test_what_qt_lacks_is_told_with_the_packages_that_have_it() -> None:
    lines = ["libEGL.so.1 => not found", "libc.so.6 => /lib/libc.so.6 (0x1)"]
    ldd = "\n\t".join([*lines, "libodd.so.9 => not found"])
    lacking = qt_libraries.unfound(ldd)
    assert lacking == {"libEGL.so.1", "libodd.so.9"}
    debian = "\n".join(qt_libraries.remedy(lacking, "apt-get"))
    assert "sudo apt-get install libegl1" in debian
    assert "libodd.so.9" in debian
    assert "sudo dnf install mesa-libEGL" in "\n".join(qt_libraries.remedy(lacking, "dnf"))
    assert "libegl1" in "\n".join(qt_libraries.remedy(lacking, None))


def test_file_hygiene_sees_each_fault_and_nothing_else() -> None:
    assert not list(faults("a.py", b"fine\n"))
    assert not list(faults("a.md", b"a break  \n"))
    assert not list(faults("a.py", b""))
    mark = b"<" * 7 + b" ours\n"
    for content in (b"blank \n", b"no newline", b"crlf\r\n", b"end\n\n", mark):
        assert list(faults("a.py", content))


def test_no_text_file_of_ours_is_cut_off_or_left_in_conflict() -> None:
    others = re.compile(
        r"(tests/hostile/found|resources/(fonts/)?licences|tests/.*golden)/|LICENSE$"
    )
    found = [
        fault
        for name, content in text_files()
        if not others.match(name)
        for fault in faults(name, content.encode())
    ]
    assert found == []


# --- contracts between the rooms ---

BREACHES = [
    ("forms/ground", "import PySide6"),
    ("forms/facts", "from sqlalchemy import select"),
    ("forms/office", "import db"),
    ("forms/office", "def late() -> None:\n    import desktop.command_line"),
    ("forms/ground", "import socket"),
    ("forms/exchange", "import urllib.request"),
    ("forms/rules", "from time import time"),
    ("db", "from PySide6 import QtCore"),
    ("db", "import desktop"),
    ("desktop/desk", "import http.client"),
    ("forms/ground", "import forms.facts"),
    ("forms/rules", "def late() -> None:\n    import forms.output"),
    ("forms/exchange", "import forms.output"),
    ("forms/check", "import forms.vetting"),
    ("desktop/parts", "import desktop.desk"),
    ("desktop/parts/theme", "import desktop.parts.widgets"),
    ("desktop/editing", "import desktop.pages.wizard"),
    ("desktop/pages/seals", "import desktop.pages.wizard"),
    ("desktop/pages/results", "import desktop.pages.register"),
    ("desktop/shell", "import desktop.program"),
    ("desktop/program", "import desktop.command_line"),
    ("desktop/installed", "import desktop.parts"),
]


ROUNDABOUT = {
    "db/tables.py": "import sqlalchemy",
    "forms/office/a.py": "import forms.office.b",
    "forms/office/b.py": "import db.tables",
}
BROKEN = {
    **{f"{where} {what}": {f"{where}/breach.py": what} for where, what in BREACHES},
    "roundabout": ROUNDABOUT,
    "tables that ask the store": {"db/store.py": "", "db/tables.py": "import db.store"},
    "a module beside the rooms": {"forms/helpers.py": ""},
}

# One program for all folders: to start it takes longer than to look at small rooms.
LINT_IMPORTS = """
import contextlib, importlib, io, json, os, sys
from importlinter.cli import lint_imports
config, *folders = sys.argv[1:]
answers = []
for folder in folders:
    os.chdir(folder)
    sys.path[0] = folder
    importlib.invalidate_caches()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = lint_imports(config, no_cache=True)
    answers.append([code, said.getvalue()])
print(json.dumps(answers))
"""


def lint_imports(*folders: Path) -> list[tuple[int, str]]:
    """What import-linter says of our contracts in each folder: its exit code and its words."""
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, ROOT / "pyproject.toml", *folders],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    return [(code, said) for code, said in json.loads(done.stdout)]


def small_rooms(folder: Path, files: Mapping[str, str]) -> Path:
    """The same rooms with nothing in them, which keep every contract, but for some files."""
    rooms = [room for package in ("forms", "db", "desktop") for room in rooms_of(package)]
    for name, text in {**dict.fromkeys(rooms, ""), **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{text}\n" if text else "", encoding="utf-8")
    return folder


@cache
def rooms_of(package: str) -> list[str]:
    found = (ROOT / package).rglob("__init__.py")
    return [room.relative_to(ROOT).as_posix() for room in found]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What import-linter says of empty rooms, and of those with each breach."""
    wanted: dict[str, Mapping[str, str]] = {"empty": {}, **BROKEN}
    folder = tmp_path_factory.mktemp("rooms")
    made = [small_rooms(folder / str(n), files) for n, files in enumerate(wanted.values())]
    return dict(zip(wanted, lint_imports(*made), strict=True))


def test_the_rooms_keep_their_contracts() -> None:
    [(code, said)] = lint_imports(ROOT)
    assert code == 0, said


def test_empty_rooms_keep_the_contracts(told: dict[str, tuple[int, str]]) -> None:
    code, said = told["empty"]
    assert code == 0, said
    assert "broken" in said


@pytest.mark.parametrize("breach", BROKEN)
def test_a_breach_breaks_a_contract(told: dict[str, tuple[int, str]], breach: str) -> None:
    code, said = told[breach]
    assert code == 1, said
    assert "BROKEN" in said


@pytest.mark.parametrize(("where", "allowed"), [("forms", False), ("db", False), ("desktop", True)])
def test_only_the_desktop_may_read_the_clock(where: str, allowed: bool) -> None:
    """The style gate sees to it: an import contract can not see which function is called."""
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251"),
            *("--stdin-filename", f"{where}/clock.py", "-"),
        ],
        input="import datetime\n\nTODAY = datetime.date.today()\n",
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ("TID251" not in answer.stdout) is allowed


# --- the tests' own guard ---


def test_an_internet_socket_can_not_be_opened(request: pytest.FixtureRequest) -> None:
    for family in (socket.AF_INET, socket.AF_INET6):
        with pytest.raises(OSError, match="offline"):
            socket.socket(family, socket.SOCK_STREAM)
    request.getfixturevalue("no_network").clear()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets here")
def test_a_local_socket_may_be_opened() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()
