"""A path reads and writes one fact, in lists and mappings too."""

from datetime import date
from decimal import Decimal

import pytest

from forms.facts.paths import UnknownPath, value_at, with_value, with_values
from forms.facts.record import Case, DataSource, Factor, Party
from tests.forms.stated import STATED


def test_a_place_just_past_a_list_appends_what_the_list_holds() -> None:
    case = with_value(Case(), "statement.factors.0.value", Decimal("0.6"))
    assert case.statement.factors == (Factor(value=Decimal("0.6")),)
    case = with_value(case, "statement.sources.0.day", date(2024, 12, 13))
    assert case.statement.sources == (DataSource(day=date(2024, 12, 13)),)
    assert with_value(case, "owners.0.name", "示例大学").owners == (Party(name="示例大学"),)


def test_one_of_a_list_is_changed_and_the_others_stay() -> None:
    case = with_value(STATED, "statement.factors.1.reason", "完成小试")
    first, second, third = case.statement.factors
    assert (first, third) == STATED.statement.factors[::2]
    assert (second.value, second.reason) == (Decimal("0.60"), "完成小试")


def test_a_part_rewritten_is_text_and_goes_when_it_is_emptied() -> None:
    case = with_value(Case(), "statement.edited.base", "照评估报告")
    assert case.statement.edited == {"base": "照评估报告"}
    assert value_at(case, "statement.edited.base") == "照评估报告"
    assert with_value(case, "statement.edited.base", "").statement.edited == {}


@pytest.mark.parametrize(
    "path", ["statement.factors.1.name", "patent.inventors.0.name", "statement.nothing"]
)
def test_what_no_record_has_is_refused(path: str) -> None:
    with pytest.raises(UnknownPath):
        with_value(Case(), path, "甲")


def test_many_at_once_put_no_parts() -> None:
    with pytest.raises(UnknownPath):
        with_values(Case(), {"statement.edited.base": "甲"})
