"""Slots: what a paper's text may hold besides words, and how it is refused."""

from __future__ import annotations

import pytest

from forms.pack.slots import Slot, SlotFault, parse


def one(text: str) -> Slot:
    (slot,) = parse(text)
    assert isinstance(slot, Slot)
    return slot


def test_text_is_words_and_slots_in_turn() -> None:
    first, slot, last = parse("在合同生效后{royalty.lump_sum.days:blank=3}日内")
    assert (first, last) == ("在合同生效后", "日内")
    assert isinstance(slot, Slot)
    assert slot.paths == ("royalty.lump_sum.days",)
    assert slot.blank_em == 3
    assert not slot.fills


def test_text_without_slots_is_words() -> None:
    assert parse("免费使用。") == ("免费使用。",)
    assert parse("") == ()


def test_a_blank_is_four_characters_wide_unless_told() -> None:
    assert one("{patent.title:blank}").blank_em == 4
    assert one("{patent.title}").blank_em is None


def test_a_blank_may_fill_the_line() -> None:
    slot = one("{patent.title:blank=fill}")
    assert slot.fills
    assert slot.blank_em == 4


def test_a_blank_for_the_pen_has_no_path() -> None:
    assert one("{:blank=3.2}").paths == ()


def test_a_tick_names_a_value() -> None:
    assert one("{royalty.way=lump_sum}").tick == "lump_sum"


def test_several_paths_and_alternatives() -> None:
    slot = one("{a.b|c.d+e:join=至,all,blank=fill}")
    assert slot.ways == (("a.b",), ("c.d", "e"))
    assert slot.options["join"] == "至"
    assert "all" in slot.options


def test_words_may_stand_in_a_blank() -> None:
    slot = one("{'免费使用':blank=fill}")
    assert slot.words == "免费使用"
    assert slot.fills


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "{{patent.title}}",
        "{}",
        "{Patent.Title}",
        "{patent.title:bold}",
        "{patent.title:blank=wide}",
        "{patent.title:money=2}",
        "{patent.title:join}",
        "{owners:number_from=many}",
        "{royalty.way=}",
        "{=free}",
        "{royalty.way=free:blank}",
        "{patent.number+}",
        "{'免费'后:blank}",
        "{:money}",
    ],
)
def test_what_is_not_written_so_is_refused(text: str) -> None:
    with pytest.raises(SlotFault):
        parse(text)
