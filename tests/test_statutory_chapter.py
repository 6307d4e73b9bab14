"""docs/statutory-chapter.md names only what there is, and leaves nothing of the pack out."""

import re

import pytest

from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.rules import REGISTRY
from tools.develop.console import ROOT

PACK = load(packs_folder() / "cnipa-2024")
TEXT = (ROOT / "docs" / "statutory-chapter.md").read_text(encoding="utf-8")
COLUMNS = ("item", "says", "fields", "rules", "papers", "steps")
SPAN = re.compile(r"`([^`]+)`")
OF_THE_OFFICE = {"department", "notes", "patent.lapse_notice_on"}
NO_STEP_OF_THE_CHAPTER = {"_own"}


def rows() -> list[dict[str, str]]:
    lines = [line for line in TEXT.splitlines() if line.startswith("| ") and "| Item |" not in line]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def named(column: str) -> set[str]:
    return {name for row in rows() for name in SPAN.findall(row[column])}


def test_every_item_of_the_chapter_has_its_row() -> None:
    items = [row["item"] for row in rows()]
    wanted = {f"3.1({n})" for n in range(1, 10)} | {f"3.3({n})" for n in range(1, 8)}
    assert wanted | {"1", "3", "3.2", "3.4(1)", "3.5", "4", "5", "6", "8", "9(1)"} <= set(items)


THERE = {
    "fields": {field.path for field in PACK.fields},
    "rules": {binding.rule for binding in PACK.rules},
    "papers": set(PACK.papers),
    "steps": {step.id for step in PACK.steps},
}
ASKED = {
    "fields": {path for path in THERE["fields"] if not path.startswith("licence.")} - OF_THE_OFFICE,
    "rules": {one.rule for one in PACK.rules if "第十一章" in one.basis},
    "papers": {code for code, paper in PACK.papers.items() if paper.scope == "case"},
    "steps": THERE["steps"] - NO_STEP_OF_THE_CHAPTER,
}


@pytest.mark.parametrize("column", THERE)
def test_what_is_named_is_there(column: str) -> None:
    assert named(column) <= THERE[column]


@pytest.mark.parametrize("column", ASKED)
def test_what_the_chapter_asked_for_is_named(column: str) -> None:
    assert ASKED[column] <= named(column)


def test_the_rules_named_are_rules() -> None:
    assert named("rules") <= set(REGISTRY)


def test_the_quotes_are_the_chapters_words() -> None:
    """Copied to the letter: no quote has a Latin comma or a full stop of our own."""
    for row in rows():
        assert row["says"]
        assert not re.search(r"[,;:.](?![0-9])", row["says"]), row["says"]
        assert not row["says"].endswith("。")
