"""Moulds of a statement from strangers: every fault is told, and nothing of them is executed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from forms.pack.load import PackFault, load
from forms.pack.statement_moulds import MOST_CHARACTERS, MOST_PARTS
from forms.vetting.pack_lint import lint

CNIPA = packs_folder() / "cnipa-2024"
_FIRST = 'text = "{statement.use}。"'
_PART = '\n[[parts]]\nid = "x{place}"\nheading = "甲"\ntexts = [{{ text = "乙" }}]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack to spoil."""
    return Path(shutil.copytree(CNIPA, tmp_path / "pack"))


def spoiled(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "statement.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(fault) for fault in lint(folder)]


def only(faults: list[str]) -> str:
    assert len(faults) == 1, faults
    return faults[0]


def test_ours_has_no_fault() -> None:
    assert lint(CNIPA) == []


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('text = "{statement.nothing}"', "没有名为 statement.nothing 的事项"),
        ('text = "{reckoned.nothing}"', "没有名为 reckoned.nothing 的事项"),
        ('text = "{derived.statement_characters}"', "没有名为 derived.statement_characters"),
        ('text = "{licence.term}"', "没有名为 licence.term"),
        ('text = "{item.name}"', "没有名为 item.name"),
        ('text = "{item.day}"\nover = "factors"', "没有名为 item.day"),
        ('text = "{statement.method=magic}"', "statement.method 不会是 magic"),
    ],
)
def test_a_slot_that_reads_nothing_is_told(folder: Path, new: str, said: str) -> None:
    assert said in only(spoiled(folder, _FIRST, new))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('text = "{statement.use"', "不成对"),
        ('text = "{statement.use:magic}"', "没有名为“magic”的选项"),
        (f'text = "{"长" * (MOST_CHARACTERS + 1)}"', "过长"),
        ('text = "甲"\nevil = "os.system"', "evil"),
        ('text = "甲"\nover = "everything"', "over"),
    ],
)
def test_what_can_not_be_used_is_refused_when_it_is_read(folder: Path, new: str, said: str) -> None:
    faults = spoiled(folder, _FIRST, new)
    assert any(said in fault for fault in faults)
    with pytest.raises(PackFault):
        load(folder)


def test_too_many_parts_are_refused(folder: Path) -> None:
    more = "".join(_PART.format(place=place) for place in range(MOST_PARTS))
    faults = spoiled(folder, "\n[[references]]", f"{more}\n[[references]]")
    assert any("parts" in fault and "过多" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('amount = "1660000"', "amount = 1660000.0", "加引号的数字"),
        ('amount = "1660000"', 'amount = "-1"', "大于零"),
        ('amount = "1660000"', 'amount = "NaN"', "大于零"),
        ('amount = "1660000"', 'amount = "甲"', "references"),
        ('source = "国知办函运字〔2024〕1070号"', 'source = " "', "写明行业和来源"),
        ('id = "patent"\nheading', 'id = "../../x"\nheading', "小写字母"),
        ('id = "patent"\nheading', 'id = "base"\nheading', "出现了 2 次"),
        ('id = "licences"', 'id = "statistics"', "出现了 2 次"),
        ('heading = "专利及其实施"', 'heading = " "', "不能空着"),
    ],
)
def test_figures_and_names_are_looked_at(folder: Path, old: str, new: str, said: str) -> None:
    assert any(said in fault for fault in spoiled(folder, old, new))


def test_a_condition_says_one_thing(folder: Path) -> None:
    faults = spoiled(
        folder,
        'when = [{ path = "statement.use", filled = true }]',
        'when = [{ path = "statement.use", filled = true, is = "甲" }]',
    )
    assert "条件要写" in only(faults)
