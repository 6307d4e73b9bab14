"""A company looks for a technique: which patents are told to it, and why these."""

from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.record import Case, Contact, LumpSum, Party, Patent, Royalty
from forms.office.matching import (
    Match,
    Matcher,
    Offer,
    Weights,
    offer_of,
    shipped,
    weights_kept,
)
from forms.office.needs import Need, Push


def case(number: str, title: str, amount: str = "", **more: object) -> Case:
    way = Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal(amount))) if amount else None
    royalty = way or Royalty(way="free")
    made = Case(patent=Patent(number=number, title=title), royalty=royalty)
    return msgspec.structs.replace(made, **more)


BOGIE = case(
    "ZL202010136533.8",
    "一种碳纤维复合材料转向架构架",
    "50000",
    owners=(Party(name="襄阳示例轨道研究院", address="湖北省襄阳市示例路 1 号"),),
)
PREPREG = case("ZL202110345678.3", "碳纤维预浸料的制备方法", contact=Contact(address="武汉市"))
BRAKE = case("ZL201811203345.1", "一种轨道车辆制动盘", "8000")
OFFERS = [offer_of(one, place) for place, one in enumerate((BOGIE, PREPREG, BRAKE), 1)]
NEED = Need(
    company="襄阳示例轨道装备股份有限公司",
    words="寻求碳纤维转向架轻量化技术",
    field="轨道",
    region="襄阳市",
    budget=Decimal(60000),
)


def parts_of(match: Match) -> dict[str, float | None]:
    return {part.name: part.value for part in match.parts}


def test_the_patent_that_answers_most_of_the_need_comes_first_with_its_reasons() -> None:
    matcher = Matcher(OFFERS)
    first, second = matcher.best(NEED)
    assert (first.offer.number, second.offer.number) == ("ZL202010136533.8", "ZL202110345678.3")
    assert first.words == ("碳纤维", "转向架")
    assert {part.name: part.reason for part in first.parts} == {
        "words": "都有“碳纤维”“转向架”",
        "field": "没有提到“轨道”",
        "region": "同在襄阳市",
        "fee": "首付 50,000 元，在可接受的 60,000 元以内",
    }
    assert matcher.missing(NEED) == ("轻量化",)


def test_what_is_not_known_does_not_count_and_is_told() -> None:
    bare = Need(company="某公司", words="碳纤维转向架")
    (first, *_) = Matcher(OFFERS).best(bare)
    assert parts_of(first) == {"words": 1.0, "field": None, "region": None, "fee": None}
    assert first.score == 100
    assert all("不计" in part.reason for part in first.parts[1:])


def test_a_patent_without_any_of_the_words_is_never_told() -> None:
    assert Matcher(OFFERS).best(msgspec.structs.replace(NEED, words="水稻育种")) == []


def test_a_dearer_patent_loses_points_until_twice_the_budget() -> None:
    matcher = Matcher(OFFERS)

    def fee(budget: int) -> float | None:
        need = msgspec.structs.replace(NEED, budget=Decimal(budget))
        return parts_of(matcher.best(need)[0])["fee"]

    assert [fee(50000), fee(40000), fee(25000), fee(1)] == [1.0, 0.75, 0.0, 0.0]


def test_a_running_royalty_has_no_first_payment_to_compare() -> None:
    running = msgspec.structs.replace(BOGIE, royalty=Royalty(way="running"))
    (found,) = Matcher([offer_of(running)]).best(NEED)
    assert parts_of(found)["fee"] is None


def test_what_was_sent_before_is_marked() -> None:
    sent = msgspec.structs.replace(NEED, pushes=(Push(number="ZL202010136533.8"),))
    assert [match.is_sent for match in Matcher(OFFERS).best(sent)] == [True, False]


def test_a_patent_asks_which_needs_it_answers() -> None:
    other = msgspec.structs.replace(NEED, words="水稻育种")
    found = Matcher(OFFERS).needs_of([NEED, other], "ZL202010136533.8")
    assert found[0] == Matcher(OFFERS).best(NEED)[0]
    assert found[1] is None


def test_a_unit_weighs_as_it_likes_and_nonsense_is_the_weights_that_ship() -> None:
    own = Weights(words=10, field=0, region=90, fee=0)
    assert weights_kept(msgspec.json.encode(own).decode()) == own
    for text in (None, "", "{", '{"words":0,"field":1,"region":1,"fee":1}', '{"words":900}'):
        assert weights_kept(text) == shipped()[0]
    far = msgspec.structs.replace(NEED, region="恩施州")
    assert Matcher(OFFERS, own).best(far)[0].score < Matcher(OFFERS).best(far)[0].score
    with pytest.raises(ValueError, match="weights"):
        Weights(words=0, field=0, region=0, fee=0)


WORDS = ["碳纤维", "转向架", "制动盘", "预浸料", "轨道", "车辆", "水稻"]
terms = st.lists(st.sampled_from(WORDS), max_size=5)


@given(
    titles=st.lists(terms.map("".join), max_size=12),
    wanted=terms.map("".join),
    budget=st.none() | st.integers(0, 9).map(Decimal),
    most=st.integers(1, 12),
)
def test_the_best_are_the_best_of_all(
    titles: list[str], wanted: str, budget: Decimal | None, most: int
) -> None:
    """Passing over those that can not get in any more passes over none that could."""
    fees = [Decimal(place % 5) if place % 3 else None for place in range(len(titles))]
    offers = [
        Offer(number=str(place), title=title, first_fee=fee, region="武汉" * (place % 2))
        for place, (title, fee) in enumerate(zip(titles, fees, strict=True))
    ]
    need = Need(company="某公司", words=wanted, region="武汉", budget=budget)
    matcher = Matcher(offers)
    everyone = matcher.best(need, most=len(offers) + 1)
    assert matcher.best(need, most=most) == everyone[:most]
    assert all(0 < match.score <= 100 or match.score == 0 for match in everyone)
    assert all(one.score >= other.score for one, other in pairwise(everyone))
