"""Lines as a typographer would have them: breaks, marks, blanks, ticks and slack."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.ground.fonts import FontSet, MissingGlyph
from forms.output.canvas import new_canvas
from forms.output.line_breaks import FORBIDDEN, FREE, NOT_AT_END, NOT_AT_START, between
from forms.output.text import Line, TextStyle, draw, layout, natural_width, rest, tick_em
from forms.paper.document import AnyInline, Blank, Break, Gap, Run, Spread, Tick

FONTS = FontSet(Path(__file__).parents[3] / "resources" / "fonts")
STYLE = TextStyle(role="song", size_pt=10, leading_pt=14)
CONTRACT = TextStyle(role="fangsong", size_pt=16, leading_pt=28, answer_size_pt=15)


def lines(*inlines: AnyInline, width: float = 100, **how: object) -> list[Line]:
    return layout(inlines, STYLE, width, FONTS, **how)  # type: ignore[arg-type]


def texts(*inlines: AnyInline, width: float = 100, **how: object) -> list[str]:
    return [line.text for line in lines(*inlines, width=width, **how)]


def run(text: str, **more: str) -> Run:
    return Run(text=text, **more)  # type: ignore[arg-type]


def x_of(line: Line, text: str) -> float:
    """The x of the piece that begins with the text."""
    return next(piece.x for piece in line.pieces if piece.text.startswith(text))


# --- where a line breaks ---


def test_a_line_holds_as_many_characters_as_fit() -> None:
    assert texts(run("专利开放许可信息表其他约定事项")) == ["专利开放许可信息表其", "他约定事项"]


def test_no_line_begins_with_a_closing_mark_and_none_ends_with_an_opening_one() -> None:
    assert texts(run("一二三四五六七八九十，一")) == ["一二三四五六七八九", "十，一"]
    assert texts(run("一二三四五六七八九（一二）")) == ["一二三四五六七八九", "（一二）"]


def test_a_mark_at_the_lines_end_counts_half() -> None:
    assert texts(run("一二三四五六七八九，十")) == ["一二三四五六七八九，", "十"]
    assert texts(run("一二三四五六七八九，十"), width=96)[0] == "一二三四五六七八九，"


@pytest.mark.parametrize("mark", ["/", "%", "％", "、", "”", "》", "…"])
def test_the_prohibition_is_complete(mark: str) -> None:
    assert not texts(run(f"一二三四五六七八九十{mark}一"))[1].startswith(mark)


@pytest.mark.parametrize(
    "whole", ["2023年5月16日", "100,000.00元", "30日", "ZL202110345678.3", "3%", "027-68880001"]
)
def test_figures_and_dates_stay_whole(whole: str) -> None:
    for before in range(12):
        got = texts(run("一" * before + whole + "二二"))
        assert any(whole in line for line in got)


def test_amounts_in_words_break_only_after_the_currency() -> None:
    got = texts(Blank(answer="（人民币壹拾贰万叁仟元整）", min_em=4), run("。"), width=100)
    assert got == ["（人民币", "壹拾贰万叁仟元整）。"]


def test_a_latin_word_breaks_at_spaces_and_after_hyphens_or_when_too_long_anywhere() -> None:
    assert texts(run("open license for patents"), width=75) == ["open license ", "for patents"]
    assert texts(run("一二三四五六well-known")) == ["一二三四五六well-", "known"]
    assert "".join(texts(run("a" * 100))) == "a" * 100


def test_line_breaks_in_an_answer_are_kept() -> None:
    assert texts(run("一\n二\r\n\n三", path="terms")) == ["一", "二", "", "三"]
    assert texts(run("一"), Break(), run("二")) == ["一", "二"]
    assert texts(run("一\n")) == ["一", ""]


def test_nothing_gives_no_line_and_an_empty_run_one() -> None:
    assert lines() == []
    (line,) = lines(run(""))
    assert (line.text, line.last, line.height) == ("", True, 14)


def test_invisible_characters_are_left_out() -> None:
    assert texts(run("辻\ufe00口\u200b", path="owners.0.name")) == ["辻口"]


def test_wide_spaces_are_kept_and_tabs_are_spaces() -> None:
    assert texts(run("姓　名\t是")) == ["姓　名 是"]


def test_a_whole_line_of_marks_still_ends() -> None:
    assert "".join(texts(run("，" * 200))) == "，" * 200


@pytest.mark.parametrize("length", [3_000, 40_000])
@pytest.mark.parametrize("word", ["a", "，", "字，a "])
def test_absurd_lengths_are_set(word: str, length: int) -> None:
    text = (word * length)[:length]
    assert "".join(texts(Blank(answer=text, path="x"), width=400)) == text


ANY_TEXT = st.text(
    st.sampled_from("一二三四五，。；：、（）《》“”/%—…123.abc -年月日元次　\n𬭎"), max_size=80
)


@settings(max_examples=80, deadline=None)
@given(ANY_TEXT, st.floats(60, 300), st.booleans())
def test_laws_of_lines(text: str, width: float, answer: bool) -> None:
    inline: AnyInline = Blank(answer=text, fill=True) if answer else run(text)
    got = lines(inline, width=width)
    assert "".join(line.text for line in got) == text.replace("\n", "")
    for line in got:
        assert line.width <= width + 0.1 or len(line.text.strip()) <= 1
        assert all(rule.end <= width + 0.1 for rule in line.rules)
    for before, after in pairwise(got):
        broken = before.text[-1:], after.text[:1]
        if all(broken) and between(*broken) == FORBIDDEN and not _forced(text, before, got):
            pairs = pairwise(before.text)
            assert all(between(*pair) != FREE for pair in pairs)


def _forced(text: str, line: Line, all_lines: list[Line]) -> bool:
    """Whether the line ended because it was told to."""
    shown = len("".join(one.text for one in all_lines[: all_lines.index(line) + 1]))
    told = [place - text[:place].count("\n") for place, one in enumerate(text) if one == "\n"]
    return shown in told


@settings(max_examples=50, deadline=None)
@given(st.text("一二三四五六，。；（）、", min_size=20, max_size=80))
def test_prohibited_marks_stand_where_they_may(text: str) -> None:
    got = texts(run(text), width=150)
    for before, after in pairwise(got):
        has_place = any(between(*pair) == FREE for pair in pairwise(before))
        if has_place:
            assert after[0] not in NOT_AT_START
            assert before[-1] not in NOT_AT_END


# --- spaces ---


def test_latin_and_figures_stand_a_thin_space_from_han() -> None:
    plain = FONTS.width("第88号", "song", 10)
    assert natural_width([run("第88号")], STYLE, FONTS) == pytest.approx(plain + 4)
    assert natural_width([run("１２")], STYLE, FONTS) == pytest.approx(20)


def test_adjoining_marks_lose_half_an_em() -> None:
    assert natural_width([run("（一），")], STYLE, FONTS) == pytest.approx(35)
    assert natural_width([run("》《")], STYLE, FONTS) < 16
    assert natural_width([run("（（")], STYLE, FONTS) == pytest.approx(15)
    assert natural_width([], STYLE, FONTS) == 0


def test_an_opening_bracket_is_flush_at_the_lines_start() -> None:
    (line,) = lines(run("（一）"))
    assert line.pieces[0].x == pytest.approx(-5)


def test_slack_goes_between_characters_unless_it_is_too_much() -> None:
    first, *_ = lines(run("一二三四五六七八九十一"), width=102)
    assert first.width == pytest.approx(102, abs=0.1)
    first, *_ = lines(run("一二三四五a" + "b" * 12), width=102)
    assert first.width == pytest.approx(50)
    first, *_ = lines(run("一二三四五六七八九十一"), width=102, justify=False)
    assert first.width == pytest.approx(100)


def test_lines_are_centred_or_set_right() -> None:
    (centred,) = lines(run("一二"), align="center")
    (right,) = lines(run("一二"), align="right")
    assert (centred.pieces[0].x, right.pieces[0].x) == (40, 80)


def test_indents_are_counted_from_the_left_edge() -> None:
    first, second = lines(run("一" * 15), first_indent_em=2, hang_em=1)
    assert (first.pieces[0].x, second.pieces[0].x) == (20, 10)
    assert (len(first.text), len(second.text)) == (8, 7)


# --- labels, ticks, blanks ---


def test_a_label_is_spread_with_both_ends_flush() -> None:
    (line,) = lines(Spread(text="姓名", em=5), run("："))
    assert line.pieces[0].width == pytest.approx(50)
    assert x_of(line, "：") == pytest.approx(50)
    (one,) = lines(Spread(text="甲", em=3), run("："))
    assert x_of(one, "：") == pytest.approx(30)
    assert natural_width([Spread(text="法定代表人", em=3)], STYLE, FONTS) == pytest.approx(50)


def test_a_leading_tick_stands_apart_and_one_in_the_line_close() -> None:
    (line,) = lines(Tick(checked=True, path="way", value="free"), run("免费"))
    assert line.text == "☑免费"
    assert x_of(line, "免费") == pytest.approx(13)
    (line,) = lines(run("会计"), Tick(checked=False), run("月份/"), Tick(checked=False), run("年"))
    assert x_of(line, "□") == pytest.approx(22)
    assert x_of(line, "月份") == pytest.approx(32.8)
    assert (tick_em(10.5), tick_em(16)) == (1.3, 1.35)


def test_a_tick_does_not_part_from_its_word() -> None:
    for before in range(4, 11):
        got = texts(run("一" * before), Tick(checked=False), run("月份"))
        assert any("□月份" in line for line in got)


def test_a_blank_has_its_least_width_and_its_answer_in_the_middle() -> None:
    (line,) = lines(run("共"), Blank(answer="三", min_em=5, path="n"), run("次"))
    assert (line.rules[0].x, line.rules[0].end) == (10, 60)
    assert x_of(line, "三") == pytest.approx(30)
    assert (line.spots[0].path, line.spots[0].x, line.spots[0].end) == ("n", 10, 60)


def test_an_empty_blank_has_its_place_too() -> None:
    (line,) = lines(Blank(min_em=5, path="n"), run("次"))
    assert [spot.path for spot in line.spots] == ["n"]
    assert line.rules[0].end == 50


def test_a_blank_after_a_gap_may_begin_a_line() -> None:
    got = lines(run("一二三四五六"), Gap(em=1), Blank(min_em=5))
    assert [len(line.rules) for line in got] == [0, 1]


def test_a_long_answer_widens_its_blank() -> None:
    (line,) = lines(Blank(answer="一二三四五", min_em=2))
    assert line.rules[0].end == pytest.approx(56)


def test_a_last_blank_fills_to_the_margin_and_leaves_the_stop_outside() -> None:
    (line,) = lines(run("范围："), Blank(answer="湖北", min_em=4, fill=True), run("。"))
    assert x_of(line, "湖北") == pytest.approx(33)
    assert line.rules[0].end == pytest.approx(95, abs=0.2)
    assert line.width == pytest.approx(100)


def test_a_long_answers_rule_runs_to_the_margin_on_each_line() -> None:
    got = lines(run("范围："), Blank(answer="湖" * 25, fill=True), run("。"))
    assert [line.text for line in got] == ["范围：湖湖湖湖湖湖", "湖" * 10, "湖" * 9 + "。"]
    assert [(rule.x, round(rule.end)) for line in got for rule in line.rules] == [
        (pytest.approx(30, abs=2.5), 100),
        (0, 100),
        (0, 95),
    ]


def test_slack_widens_the_blanks_of_a_line() -> None:
    first, *_ = lines(run("共"), Blank(min_em=3), run("次，"), run("合计付款金额"), width=75)
    assert first.rules[0].end - first.rules[0].x > 30
    first, *_ = lines(run("共"), Blank(answer="3", min_em=3), run("次，合计付款金额"), width=75)
    assert first.rules[0].end - first.rules[0].x > 30


def test_a_unit_does_not_part_from_its_blank_nor_a_blank_from_its_label() -> None:
    for before in range(9):
        got = texts(run("一" * before), Blank(answer="3", min_em=4), run("元整"))
        assert any("3元" in line for line in got)
        got = texts(run("一" * before), Gap(em=1), run("电话："), Blank(answer="02788", min_em=4))
        assert any("电话：02788" in line for line in got)


def test_a_label_of_many_characters_keeps_only_its_colon() -> None:
    got = texts(run("许可他人实施专利的范围和方式："), Blank(answer="湖北", min_em=4))
    assert got == ["许可他人实施专利的范", "围和方式：湖北"]


def test_an_answer_in_brackets_needs_no_padding_and_its_rule_ends_at_the_next_mark() -> None:
    (line,) = lines(Blank(answer="（人民币壹元整）", min_em=2), run("，"), width=200)
    assert line.rules[0].end == pytest.approx(x_of(line, "，"))


def test_a_blank_wider_than_its_cell_is_cut_to_it() -> None:
    (line,) = lines(Blank(min_em=40), run("。"))
    assert line.rules[0].end <= 100


def test_a_blank_between_brackets_stays_with_them() -> None:
    got = texts(run("一二三四五六（"), Blank(answer="甲", min_em=4), run("）"))
    assert got == ["一二三四五六", "（甲）"]


def test_neighbouring_marks_close_up_over_a_blanks_edge() -> None:
    (line,) = lines(run("："), Blank(answer="（甲）", min_em=0), run("（乙"), width=200)
    assert line.width < 75


def test_a_gap_is_dropped_where_a_line_breaks() -> None:
    first, second = lines(run("一二三四五六七八九十"), Gap(em=2), run("一"))
    assert (first.text, second.text) == ("一二三四五六七八九十", "一")
    assert second.pieces[0].x == 0


# --- going on elsewhere ---


def test_the_rest_of_a_paragraph_goes_on_in_another_width() -> None:
    inlines = [run("一" * 25, path="terms"), run("完")]
    first, *_ = layout(inlines, STYLE, 100, FONTS)
    assert rest(inlines, first) == [run("一" * 15, path="terms"), run("完")]
    *_, last = layout(inlines, STYLE, 100, FONTS)
    assert rest(inlines, last) == []


@pytest.mark.parametrize("width", [50, 70, 90, 110])
def test_nothing_is_lost_when_each_line_is_laid_anew(width: float) -> None:
    inlines: list[AnyInline] = [
        run("一二三四"),
        Blank(answer="湖北省武汉市洪山区示例路", min_em=2, path="p"),
        Break(),
        Tick(checked=True),
        run("完了吗\n是的"),
        Gap(em=1),
        Spread(text="甲乙", em=3),
    ]
    whole = "".join(line.text for line in layout(inlines, STYLE, 1000, FONTS))
    seen = ""
    while inlines:
        first, *_ = layout(inlines, STYLE, width, FONTS)
        seen += first.text
        inlines = rest(inlines, first)
    assert seen == whole


# --- on the page ---


def test_a_character_no_font_has_is_named_with_its_fact() -> None:
    with pytest.raises(MissingGlyph) as caught:
        lines(run("张😀", path="owners.0.name"))
    assert (caught.value.character, caught.value.path) == ("😀", "owners.0.name")


def test_drawing_puts_words_and_rules_on_the_page() -> None:
    canvas = new_canvas(FONTS, title="试")
    for line in layout([run("范围："), Blank(answer="湖北", fill=True)], CONTRACT, 300, FONTS):
        draw(canvas, line, 72, 700)
    content = "\n".join(canvas.operators)
    assert "q 0.6 w" in content
    assert content.index("BT") < content.index(" m ")


def test_an_empty_line_draws_nothing() -> None:
    canvas = new_canvas(FONTS, title="试")
    (line,) = lines(run(""))
    draw(canvas, line, 72, 700)
    assert canvas.operators == []
