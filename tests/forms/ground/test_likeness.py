"""What agrees between two Chinese texts, and by how much: laws that a clerk may rely on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.ground.likeness import Likeness, pieces_of, runs_of

TITLES = (
    "一种碳纤维复合材料转向架构架",
    "一种轨道车辆制动盘",
    "碳纤维预浸料的制备方法",
    "SiC 涂层刹车盘",
    "钢",
)
IDLE = ("一种", "制备", "方法")
pairs = st.text(st.sampled_from("碳纤维复合材料转向架车辆"), min_size=2, max_size=24)
words = st.text(st.sampled_from("碳纤维复合材料转向架车辆盘钢 abSiC1"), max_size=24)


def test_what_agrees_is_told_in_whole_words() -> None:
    likeness = Likeness(TITLES, IDLE)
    wanted = likeness.wanted("碳纤维转向架")
    agreement = likeness.agreement(wanted, TITLES[0])
    assert agreement.words == ("碳纤维", "转向架")
    assert agreement.share == 1
    assert likeness.agreement(wanted, TITLES[2]).words == ("碳纤维",)
    assert [place for _, place in likeness.ranked(wanted)] == [0, 2]


def test_words_that_say_nothing_agree_with_nothing() -> None:
    likeness = Likeness(TITLES, IDLE)
    assert likeness.ranked(likeness.wanted("一种方法")) == []


def test_latin_words_are_whole_and_width_and_case_do_not_count() -> None:
    likeness = Likeness(TITLES, IDLE)
    wanted = likeness.wanted("ｓｉｃ")
    assert [place for _, place in likeness.ranked(wanted)] == [3]
    assert likeness.wanted("si").missing == ("si",)


def test_a_single_character_is_found_wherever_it_stands() -> None:
    likeness = Likeness(TITLES, IDLE)
    assert [place for _, place in likeness.ranked(likeness.wanted("钢"))] == [4]
    assert {place for _, place in likeness.ranked(likeness.wanted("盘"))} == {1, 3}


def test_what_no_text_has_is_told_and_does_not_count() -> None:
    likeness = Likeness(TITLES, IDLE)
    wanted = likeness.wanted("碳纤维氢能")
    assert wanted.missing == ("氢能",)
    assert likeness.ranked(wanted)[0][0] == 1


@given(words)
def test_a_share_is_between_nothing_and_all_and_a_text_is_wholly_like_itself(text: str) -> None:
    likeness = Likeness((*TITLES, text))
    wanted = likeness.wanted(text)
    assert not wanted.missing
    for share, place in likeness.ranked(wanted):
        assert 0 < share <= 1
        other = (*TITLES, text)[place]
        assert likeness.agreement(wanted, other).share == pytest.approx(share)
    if pieces_of(text):
        assert likeness.agreement(wanted, text).share == pytest.approx(1)


@given(words, words)
def test_wanting_more_of_what_a_text_has_never_makes_it_less_like(text: str, more: str) -> None:
    likeness = Likeness((*TITLES, more))
    before = likeness.agreement(likeness.wanted(text), more).share
    assert likeness.agreement(likeness.wanted(f"{text} {more}"), more).share >= before - 1e-9


@given(pairs, pairs)
def test_which_pieces_agree_does_not_depend_on_who_asks(one: str, other: str) -> None:
    likeness = Likeness((one, other))
    here = likeness.agreement(likeness.wanted(one), other)
    there = likeness.agreement(likeness.wanted(other), one)
    assert bool(here.words) == bool(there.words)


def test_runs_put_side_by_side_pieces_together() -> None:
    (run,) = pieces_of("碳纤维复合")
    assert runs_of(run, {"碳纤", "纤维", "复合"}) == ["碳纤维", "复合"]
