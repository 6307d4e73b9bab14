"""Latin words among Chinese: their quotation marks, their breaks, and lines that stay short."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from forms.ground.fonts import FontSet
from forms.output.block_setting import Setter
from forms.output.text import Line, TextStyle, layout
from forms.pack.language import Type
from forms.paper.document import AnyInline, Blank, Gap, Paragraph, Run

FONTS = FontSet(Path(__file__).parents[3] / "resources" / "fonts")
STYLE = TextStyle(role="kai", size_pt=10, leading_pt=14)
MAIL = "zhang.san.technology-transfer-office@research.example-university.edu.cn"


def lines(*inlines: AnyInline, width: float = 100, **how: object) -> list[Line]:
    return layout(inlines, STYLE, width, FONTS, **how)  # type: ignore[arg-type]


def width(text: str) -> float:
    (line,) = lines(Run(text=text), width=1000)
    return line.width


# Apostrophes and quotation marks


@pytest.mark.parametrize("word", ["Moody’s", "L’Oréal", "d’Électricité", "O‘Neill"])
def test_an_apostrophe_in_a_latin_word_is_as_narrow_as_one(word: str) -> None:
    bare = re.sub("[’‘]", "", word)
    assert 1 < width(word) - width(bare) < 3.2  # of an em of 10 points


def test_quotation_marks_around_a_word_among_latin_ones_are_latin() -> None:
    assert width("Robert “Bob” Smith") - width("Robert Bob Smith") < 12
    assert width("“Alpha” Ltd") - width("Alpha Ltd") < 12


@pytest.mark.parametrize("text", ["的“Bosch”标", "使用 “Bosch” 品牌", "的“专利”的"])
def test_those_of_chinese_words_stay_wide(text: str) -> None:
    assert width(text) - width(text.replace("“", "").replace("”", "")) > 12


def test_a_latin_word_does_not_break_at_its_apostrophe() -> None:
    found = lines(Run(text="法国电力公司d’Électricité"), width=110)
    assert [line.text for line in found] == ["法国电力公司", "d’Électricité"]


def test_no_white_shows_between_an_apostrophe_and_its_letters() -> None:
    (line,) = lines(Run(text="甲L’Oréal乙"), width=500)
    places = [piece for piece in line.pieces if "’" in piece.text]
    assert len(places) == 1 and not places[0].apart


# Names among words


def test_a_persons_name_in_a_text_breaks_after_its_points() -> None:
    found = lines(Run(text="示例大学；努尔买买提·阿不都热依木", path="owners"), width=140)
    assert [line.text for line in found] == ["示例大学；努尔买买提·", "阿不都热依木"]


# E-mail


def test_a_long_address_breaks_after_its_at_or_a_dot() -> None:
    for room in range(90, 340, 10):
        found = [line.text for line in lines(Run(text=MAIL, path="contact.email"), width=room)]
        assert "".join(found) == MAIL
        if room > 150:  # every part between two dots fits
            assert all(line[-1] in "@." for line in found[:-1]), found


def test_an_address_in_its_blank_goes_to_the_next_line_before_it_breaks() -> None:
    label = (Run(text="电话："), Blank(answer="027-68880001"), Gap(em=0.5), Run(text="电子邮件："))
    blank = Blank(answer="zhang@research.example.edu.cn", fill=True, path="contact.email")
    _, second = lines(*label, blank, width=250)
    assert second.text == "电子邮件：zhang@research.example.edu.cn"


def test_a_broken_address_keeps_its_rule_on_each_line() -> None:
    blank = Blank(answer=MAIL, fill=True, path="contact.email")
    found = lines(Run(text="电子邮件："), blank, width=260)
    assert len(found) == 2
    first, second = (line.rules for line in found)
    assert first[0].end == pytest.approx(260) and first[0].x < 60
    assert second[0].x == 0 and second[0].end == pytest.approx(260)


# Lines that stay short


def test_a_line_of_latin_words_is_left_short() -> None:
    found = lines(Run(text="罗伯特示例公司 Robert Bosch GmbH Internationalization"), width=180)
    assert found[0].width < 178
    for one, other in pairwise(found[0].pieces):
        assert other.x - (one.x + one.width) < 3.1


def test_a_line_of_chinese_and_figures_is_filled() -> None:
    found = lines(Run(text="在合同生效之后30日之内支付第一笔费用，其余部分分批支付"), width=133)
    assert found[0].width == pytest.approx(133, abs=0.1)


# Paragraphs within an answer


def test_each_paragraph_of_an_answer_is_indented_like_the_first() -> None:
    text = Run(text="第一段的文字写得长一些以便换行\n第二段\n第三段", path="other_terms")
    found = lines(text, width=100, first_indent_em=2)
    begins = [line.pieces[0].x for line in found]
    assert begins == [20, 0, 20, 20]


def test_so_are_they_where_they_go_on_elsewhere() -> None:
    setter, type_ = Setter(FONTS), Type(role="kai", size_pt=10, leading_pt=14)
    terms = Run(text="第一段\n第二段的文字写得长一些以便换行", path="other_terms")
    paragraph = Paragraph(inlines=(terms,), type=type_, indent_em=2)
    whole, broken, _ = setter.lines(paragraph, 100)
    assert setter.after(paragraph, whole).indent_em == 2
    assert setter.after(paragraph, broken).indent_em == 0


def test_an_answer_under_a_tick_hangs_with_all_its_paragraphs() -> None:
    text = Run(text="每台二百元\n另加税费", path="royalty.other.text")
    first, second = lines(text, width=100, hang_em=1.3)
    assert first.pieces[0].x == 0
    assert second.pieces[0].x == 13
