"""Fixes that are certain are offered, and put the fault right; nothing is guessed."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from forms.check.case_check import check
from forms.check.fixes import Fix, fix_of
from forms.facts.paths import with_value
from forms.facts.record import Case, Party
from forms.ground.locate import packs_folder
from forms.ground.problems import Problem
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.filled import DAY, FULL


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def changed(changes: dict[str, Any], case: Case = FULL) -> Case:
    for path, value in changes.items():
        case = with_value(case, path, value)
    return case


def found(case: Case, pack: Pack, rule: str) -> list[Problem]:
    return [problem for problem in check(case, pack, DAY) if problem.rule == rule]


@pytest.mark.parametrize(
    ("rule", "changes", "name", "text"),
    [
        ("number.check", {"patent.number": "ZL202110345678.5"}, "number", "ZL202110345678.3"),
        ("number.check", {"patent.number": "ZL202110345678"}, "number", "ZL202110345678.3"),
        ("royalty.times", {"royalty.instalments.times_stated": 9}, "times", "5"),
        ("royalty.total", {"royalty.instalments.total_stated": Decimal(1)}, "total", "180,000.00"),
        ("kind.differs", {"patent.kind_stated": "design"}, "kind", "发明"),
        ("owners.duplicate", {"owners": (Party(name="甲"), Party(name="甲"))}, "owner", "甲"),
        ("text.invisible", {"patent.title": "水冷\u200b装置"}, "invisible", ""),
        ("text.no_glyph", {"owners.0.name": "张\ue863"}, "old_code", "䶮"),
        ("royalty.unchosen", {"royalty.lump_sum.amount": Decimal(3)}, "empty", "一次总付"),
        (
            "own_use.unchosen",
            {"own_use.period": "至今", "own_use.scope": "省"},
            "empty",
            "已自行实施",
        ),
    ],
)
def test_the_fix_puts_the_fault_right(
    rule: str, changes: dict[str, Any], name: str, text: str, pack: Pack
) -> None:
    case = changed(changes)
    (problem,) = found(case, pack, rule)
    fix = fix_of(problem, case, pack)
    assert fix is not None
    assert (fix.name, fix.text) == (name, text)
    assert found(changed(fix.changes, case), pack, rule) == []


def test_emptying_a_way_takes_what_could_not_be_read_with_it(pack: Pack) -> None:
    case = changed({"royalty.lump_sum.amount": Decimal(3)})
    case = msgspec.structs.replace(case, unread={"royalty.lump_sum.days": "一阵"})
    (problem,) = found(case, pack, "royalty.unchosen")
    assert fix_of(problem, case, pack) == Fix(
        "empty", {"royalty.lump_sum.days": None, "royalty.lump_sum.amount": None}, "一次总付"
    )


def test_what_only_the_clerk_can_know_is_not_offered(pack: Pack) -> None:
    for problem in check(Case(), pack, DAY):
        assert fix_of(problem, Case(), pack) is None


@pytest.mark.parametrize("field", ["nowhere.at_all", "patent.title"])
def test_nothing_is_offered_for_a_text_that_is_not_there(field: str, pack: Pack) -> None:
    problem = Problem(rule="text.invisible", field=field, severity="advice", basis="", message="")
    assert fix_of(problem, Case(), pack) is None
