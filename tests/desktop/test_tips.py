"""No tooltip takes what others wrote for markup: a pack, a package, a mail, an imported table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
_WORDS_OF = {"setToolTip": 0, "showText": 1}
"""The functions that show a tooltip, and which of their arguments are its words."""


def faulty(source: str) -> Iterator[str]:
    """The words of tooltips that are neither ours as they stand nor `plain_tip`'s."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            place = _WORDS_OF.get(node.func.attr)
            if place is not None and not _is_plain(node.args[place]):
                yield ast.unparse(node.args[place])


def _is_plain(words: ast.expr) -> bool:
    if isinstance(words, ast.IfExp):
        return _is_plain(words.body) and _is_plain(words.orelse)
    if isinstance(words, ast.Call) and isinstance(words.func, ast.Name):
        return words.func.id == "plain_tip" or (words.func.id == "t" and not words.keywords)
    return isinstance(words, ast.Constant)


def test_every_tooltip_shows_what_others_wrote_letter_for_letter() -> None:
    found = [
        f"{file.relative_to(DESKTOP.parent)}: {words}"
        for file in sorted(DESKTOP.rglob("*.py"))
        for words in faulty(file.read_text(encoding="utf-8"))
    ]
    assert found == [], "wrap these in plain_tip"


@pytest.mark.parametrize(
    "words", ["unit.name", "t('a', name=unit.name)", "'' if a else field.help", "f'{a}'"]
)
def test_what_might_be_markup_is_found(words: str) -> None:
    assert list(faulty(f"one.setToolTip({words})")) == [words]
    assert list(faulty(f"QToolTip.showText(point, {words}, one)")) == [words]
    assert list(faulty(f"one.setToolTip(plain_tip({words}))")) == []
