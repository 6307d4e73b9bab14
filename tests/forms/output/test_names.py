"""Names over and beside seals: whole where they fit, else broken where one would break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.ground.fonts import shipped_fonts
from forms.output.block_setting import Setter
from forms.pack.language import Type
from forms.paper.document import Inlines, Run

SETTER = Setter(shipped_fonts())
SEALED = Type(role="fangsong", size_pt=14, leading_pt=16)


def named(name: str, after: str = "") -> Inlines:
    tail = (Run(text=after),) if after else ()
    return (Run(text=name, path="owners.0.name", role="kai"), *tail)


def lines(name: str, characters: float, after: str = "") -> list[str]:
    """The lines of a name in a place of so many characters."""
    room = characters * SEALED.size_pt
    set_lines = SETTER.name(named(name, after), SEALED, room, align="center")
    return [line.text for line in set_lines]


@pytest.mark.parametrize(
    "name", ["阿不都热依木", "努尔买买提·阿不都热依木", "示例大学桥梁工程研究院"]
)
def test_a_name_that_fits_is_whole(name: str) -> None:
    assert lines(name, len(name)) == [name]


@pytest.mark.parametrize(
    ("name", "characters", "broken"),
    [
        ("努尔买买提·阿不都热依木", 8, ["努尔买买提·", "阿不都热依木"]),
        ("中国·阿不都热依木", 8, ["中国·", "阿不都热依木"]),
        (
            "中国·阿不都热依木·买买提明·努尔江",
            9,
            ["中国·阿不都热依木·", "买买提明·努尔江"],
        ),
        (
            "十堰示例汽车零部件（集团）有限责任公司",
            13,
            ["十堰示例汽车零部件", "（集团）有限责任公司"],
        ),
        ("武汉示例光电技术股份有限公司", 10, ["武汉示例光电技术", "股份有限公司"]),
        ("国家电网有限公司示例分公司", 11, ["国家电网有限公司", "示例分公司"]),
        ("华中示例大学附属同济医院", 10, ["华中示例大学", "附属同济医院"]),
        ("中国科学院示例系统研究所", 10, ["中国科学院", "示例系统研究所"]),
        ("湖北省荆州市示例农业科学院", 10, ["湖北省荆州市", "示例农业科学院"]),
        (
            "罗伯特·博世有限公司 Robert Bosch GmbH",
            13,
            ["罗伯特·博世有限公司 ", "Robert Bosch GmbH"],
        ),
        (
            "Massachusetts Institute of Technology",
            13,
            ["Massachusetts ", "Institute of Technology"],
        ),
        ("法国电力公司 Compagnie d’Électricité", 12, ["法国电力公司 ", "Compagnie d’Électricité"]),
    ],
)
def test_a_name_too_wide_is_broken_where_one_would_break_it(
    name: str, characters: int, broken: list[str]
) -> None:
    assert lines(name, characters) == broken


def test_a_word_is_broken_last_and_in_like_parts() -> None:
    assert lines("生态环境与绿色低碳高质量发展", 8) == ["生态环境与绿色", "低碳高质量发展"]
    assert lines("阿不都热依木", 4) == ["阿不都", "热依木"]


def test_what_stands_after_a_name_is_measured_with_its_last_line_alone() -> None:
    assert lines("武汉示例光电技术股份有限公司", 10, "（盖章）") == [
        "武汉示例光电技术",
        "股份有限公司（盖章）",
    ]


@pytest.mark.parametrize("name", ["阿不都热依木", "江汉示例大学研究院"])
def test_what_stands_before_a_name_is_measured_once(name: str) -> None:
    """A hanging indent counts for the lines after the first, which has the words in its place."""
    before = Run(text="许可人：")
    room = (len(name) + 4) * SEALED.size_pt + 0.01
    (line,) = SETTER.name((before, *named(name)), SEALED, room, align="left", hang_em=4)
    assert line.text == f"许可人：{name}"


def test_lines_after_the_first_hang_under_the_name() -> None:
    inlines = (Run(text="许可人："), *named("武汉示例光电技术股份有限公司", "（盖章）"))
    first, second = SETTER.name(inlines, SEALED, 14 * 14, align="left", hang_em=4)
    assert first.text == "许可人：武汉示例光电技术"
    assert second.pieces[0].x == pytest.approx(4 * 14)


@given(st.text("中国·（）大学公司 aB’", min_size=1, max_size=60), st.integers(3, 30))
def test_nothing_of_a_name_is_lost_and_no_line_begins_with_a_point(
    name: str, characters: int
) -> None:
    found = lines(name, characters)
    assert "".join(found) == name
    if characters > len(name) // 2 and "··" not in name and name.strip() == name:
        assert not any(line.startswith("·") for line in found[1:] if len(found) < 4)
