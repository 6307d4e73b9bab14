"""Names are compared letter by letter, as the office's web form does."""

import pytest

from forms.facts.name_letters import difference, nearly, oddities


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("示例科技（武汉）有限公司", "示例科技(武汉)有限公司", "width"),
        ("示例 大学", "示例大学", "blank"),
        ("示例\u200b大学", "示例大学", "invisible"),
        ("⻓江示例公司", "长江示例公司", "lookalike"),
        ("阿里·买买提公司", "阿里.买买提公司", "marks"),
        ("武汉示例大学", "武汉事例大学", "letter"),
        ("武汉示例有限公司", "武汉示例限公司", "letter"),
        ("武汉示例大学", "武汉示例大学", None),
        ("武汉示例大学", "宜昌示例学院", None),
        ("张三", "张五", None),
        ("武汉示例大学", "", None),
    ],
)
def test_in_what_two_writings_differ(one: str, other: str, what: str | None) -> None:
    assert difference(one, other) == difference(other, one) == what


def test_who_is_written_as_stated_is_no_near_miss() -> None:
    assert nearly("武汉示例大学", ["武汉事例大学", "武汉示例大学"]) is None
    assert nearly("武汉示例大学", ["甲公司", "武汉事例大学"]) == ("武汉事例大学", "letter")


def test_what_a_certificate_hardly_has() -> None:
    assert oddities("示例科技(武汉)有限公司") == ("half_width",)
    assert oddities("示例 大学") == ("blank",)
    assert oddities("Siemens (China) AG") == ()
    assert oddities("示例科技（武汉）有限公司") == ()
