"""Names stand in the order in which one reads a list, places and surnames as they are read."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.ground.locate import resources
from forms.ground.pinyin import name_order, title_order

PLACES = ("北京市", "长沙市", "成都市", "重庆市", "六安市", "厦门市", "宜昌市", "忠县")
PEOPLE = (
    *("曹操", "丁一", "葛洪", "李四", "万俟卨", "仇英", "任继愈", "单雄信", "解缙", "尉迟恭"),
    *("曾国藩", "查良镛", "翟让"),
)


@pytest.mark.parametrize("right", [PLACES, PEOPLE], ids=["places", "people"])
def test_a_list_is_in_the_order_in_which_it_is_read(right: tuple[str, ...]) -> None:
    mixed = random.Random(7).sample(right, len(right))
    assert sorted(mixed, key=name_order) == list(right)


def test_a_surname_is_one_in_a_name_alone() -> None:
    """单片机 is no Mr Shan, and 单县 a place."""
    assert title_order("单片机") < title_order("复旦") < title_order("单县") < title_order("上海")
    assert name_order("单片机研究所") < name_order("复旦大学") < name_order("单雄信")
    assert name_order("曾都医院") > name_order("岳阳医院")


def test_tone_counts_before_the_next_character() -> None:
    """黎 lí before 李 lǐ, whoever follows."""
    assert name_order("黎元洪") < name_order("李白")


def test_several_names_are_compared_one_by_one() -> None:
    assert name_order("丁一、曾巩") < name_order("丁一、查慎行") < name_order("丁一二")


def test_width_and_case_do_not_count_and_latin_comes_first() -> None:
    assert title_order("ＬＥＤ灯") == title_order("led灯") < title_order("阿")


def test_characters_beyond_the_usual_have_their_place() -> None:
    assert name_order("陈龢") < name_order("陈赫") < name_order("陈𬭎")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=6))
def test_any_text_has_one_place(texts: list[str]) -> None:
    forward = sorted(texts, key=lambda text: (name_order(text), text))
    backward = texts[::-1]
    assert sorted(backward, key=lambda text: (name_order(text), text)) == forward


def test_the_table_is_as_it_is_made() -> None:
    from tools.make_pinyin import TARGET, made  # what it is made from is large

    assert resources() / "reading" / "pinyin.txt" == TARGET
    assert TARGET.read_text(encoding="utf-8") == made()
