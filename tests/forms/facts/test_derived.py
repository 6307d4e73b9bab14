"""What follows from a case is computed, never typed."""

from datetime import date
from decimal import Decimal

import pytest

from forms.facts.derived import DERIVED, DERIVED_OF_LICENCE, derived
from forms.facts.record import Case, Instalments, Licence, Party, Patent, Royalty

PLAN = Instalments(first_amount=Decimal(60000), batches=7, each_amount=Decimal(20000))
CASE = Case(
    patent=Patent(
        number="ZL202110345678.3",
        title="一种水冷散热装置",
        filing_date=date(2021, 3, 31),
        inventors=("张三", "李四"),
    ),
    owners=(Party(name="甲大学"), Party(), Party(name="乙公司")),
    royalty=Royalty(way="instalments", instalments=PLAN),
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "invention"),
        ("kind_word", "发明"),
        ("term_first_day", date(2021, 3, 31)),
        ("term_end", date(2041, 3, 30)),
        ("term_anniversary", date(2041, 3, 31)),
        ("term_text", "2021年3月31日至2041年3月30日"),
        ("owners_joined", "甲大学、乙公司"),
        ("inventors_joined", "张三、李四"),
        ("number_and_title", "ZL202110345678.3、一种水冷散热装置"),
        ("instalment_times", 8),
        ("instalment_total", Decimal(200000)),
    ],
)
def test_the_facts_of_a_case(name: str, value: object) -> None:
    assert derived(name, CASE) == value


def test_an_empty_case_has_none_of_them() -> None:
    for name in DERIVED:
        assert not derived(name, Case())
    for name in DERIVED_OF_LICENCE:
        assert derived(name, Case()) is None


def test_an_unknown_fact_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        derived("nothing", CASE)


def test_without_a_readable_number_the_stated_kind_serves() -> None:
    for number in (None, "", "面议"):
        case = Case(patent=Patent(number=number, kind_stated="design"))
        assert derived("kind_word", case) == "外观设计"


def test_a_plan_with_blanks_has_no_total() -> None:
    for plan in (
        Instalments(),
        Instalments(first_amount=Decimal(1), each_amount=Decimal(1)),
        Instalments(first_amount=Decimal(1), batches=1),
    ):
        case = Case(royalty=Royalty(instalments=plan))
        assert derived("instalment_total", case) is None


def test_a_contract_takes_the_offers_royalty_or_its_own() -> None:
    own = Royalty(way="instalments", instalments=Instalments(batches=1))
    as_offered = Licence(agreed="as_offered", royalty=own)
    negotiated = Licence(agreed="negotiated", royalty=own)
    assert derived("licence_royalty", CASE, as_offered) == CASE.royalty
    assert derived("licence_instalment_times", CASE, as_offered) == 8
    assert derived("licence_instalment_total", CASE, as_offered) == Decimal(200000)
    assert derived("licence_royalty", CASE, negotiated) == own
    assert derived("licence_instalment_times", CASE, negotiated) == 2


def test_the_term_of_a_contract_in_words() -> None:
    days = Licence(starts_on=date(2024, 7, 1), ends_on=date(2027, 6, 30))
    assert derived("licence_term_text", CASE, days) == "2024年7月1日至2027年6月30日"
    assert derived("licence_term_text", CASE, Licence(term="三年")) == "三年"
    assert derived("licence_term_text", CASE, Licence(starts_on=date(2024, 7, 1))) is None
    assert derived("licence_term_text", CASE, Licence()) is None
