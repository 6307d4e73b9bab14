"""Places on a page are added up exactly: `sum` of floats rounds otherwise since Python 3.12."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOR_OFFICE_FILES = {"docx.py", "word_runs.py", "word_styles.py", "xlsx.py"}
SETTING = sorted(
    file
    for folder in ("forms/output", "forms/paper")
    for file in (ROOT / folder).glob("*.py")
    if file.name not in FOR_OFFICE_FILES
)


def sums(source: str) -> Iterator[int]:
    """The lines that call the built-in sum on anything but a count of ones, or on money."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
            (added, *start) = node.args
            counts = isinstance(added, ast.GeneratorExp) and isinstance(added.elt, ast.Constant)
            of_money = start and ast.unparse(start[0]).startswith("Decimal(")
            if not counts and not of_money:
                yield node.lineno


@pytest.mark.parametrize("file", SETTING, ids=lambda file: file.stem)
def test_what_sets_a_page_adds_up_exactly(file: Path) -> None:
    assert not list(sums(file.read_text(encoding="utf-8"))), "use math.fsum"


def test_a_sum_that_rounds_is_seen() -> None:
    assert list(sums("height = sum(heights)")) == [1]
    assert not list(sums("count = sum(1 for one in heights if one)"))
    assert not list(sums("owed = sum(amounts, Decimal(0))"))
    assert list(sums("owed = sum(amounts, 0.0)")) == [1]
