"""What a pattern knows is read as if every step had been taken."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.facts.several_names import remarks_in
from forms.ground.cleaning import radicals_in
from forms.ground.fonts import without_glyph
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.plain_reading import plainly_read
from forms.pack.reading import is_blank, read, write
from forms.pack.types import Field

PACK = load(packs_folder() / "hubei-2022")
OF_KIND = {field.kind: field for field in reversed(PACK.fields) if not field.choices}
WRITTEN = (
    ("text", "用于心血管介入的LED灯（第2代）-2"),
    ("long_text", "另行约定：10% 以内"),
    ("postcode", "430072"),
    ("phone", "027-68185673"),
    ("email", "licence5@example.edu.cn"),
    ("patent_number", "ZL201620010005.7"),
    ("date", "2018-07-10"),
    ("parties", "武汉示例大学；张三"),
    ("names", "马艳杰；张娟"),
)
# Pieces of what patterns look for, and of what stands in their way.
PIECES = (
    *(
        "武汉",
        "大学",
        "一",
        "三",
        "年",
        "月",
        "日",
        "无",
        "不适用",
        "第一",
        "；",
        ";",
        "、",
        "（",
        "(",
        "）",
    ),
    *(
        "甲：",
        "60%",
        "0",
        "1900",
        "01",
        "-",
        "/",
        ".",
        "ZL",
        "201620010005",
        "7",
        "X",
        "E+10",
        "#N/A",
    ),
    *("Err:502", "null", "nan", "@", "example.cn", " ", "\u3000", "\t", "\n", "_x000D_", "\ufffd"),
    *(
        "ａ",
        "\u2f00",
        "\u200b",
        "é",
        "e\u0301",
        "\ufb01",
        "䶮",
        "\U00020bb7",
        "\ue863",
        "﨑",
        "·",
        "“",
    ),
    *("13800138000", "430072", "2024-02-30", "0000-0000000", "2018-07-10", "622202123456789000"),
)
TEXTS = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
    | st.sampled_from([text for _, text in WRITTEN])
    | st.text(max_size=8)
)


@example(texts=["无；张三", "1900-01-01", "2199-12-31", "2200-01-01", "0001-01-01"])
@example(texts=["ZL202110345678.9", "ZL99110345.8", "ZL202150345678.3", "ZL189910345678.3"])
@example(texts=["武" * 1000, "武" * 32_768, "武 ", "年", "19年", "一", "武_x000D_"])
@given(texts=st.lists(TEXTS, max_size=6))
def test_what_a_pattern_knows_is_what_reading_says(texts: list[str]) -> None:
    """In every kind: the value, what it is written as, and that nothing is to be told."""
    for field in OF_KIND.values():
        for text, value in plainly_read(field, texts).items():
            assert not is_blank(field, text)
            right = read(field, text)
            assert (type(right), right, write(field, right)) == (type(value), value, text)
            assert not radicals_in(text) and not without_glyph(text)
            assert not (isinstance(value, tuple) and remarks_in(text))


@pytest.mark.parametrize(("kind", "text"), WRITTEN)
def test_what_offices_write_is_plain(kind: str, text: str) -> None:
    """Else nothing would be spared."""
    field = next(field for field in PACK.fields if field.kind == kind)
    value = plainly_read(field, [text, "=1"])[text]
    assert value == read(field, text)
    assert write(field, value) == text


def test_choices_are_looked_up() -> None:
    """A field with choices is written by their labels."""
    chosen: list[Field] = [field for field in PACK.fields if field.choices]
    assert chosen
    assert not any(plainly_read(field, ["武汉", "无"]) for field in chosen)


def test_a_day_is_a_day() -> None:
    assert plainly_read(OF_KIND["date"], ["2024-02-29"]) == {"2024-02-29": date(2024, 2, 29)}
