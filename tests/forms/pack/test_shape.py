"""Every fault of a shape is told, with its key, in Chinese."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.pack.toml_shape import shape_faults


class Round(msgspec.Struct, tag_field="form", tag="round", forbid_unknown_fields=True):
    radius: float


class Square(msgspec.Struct, tag_field="form", tag="square"):
    side: Annotated[int, msgspec.Meta(ge=0)] = 1


class Box(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    size: int = 0
    heavy: bool = False
    made: date | None = None
    kind: Literal["wood", "tin", 1] = "tin"
    tags: tuple[str, ...] = ()
    lists: list[int] = []
    words: dict[str, str] = {}
    shape: Round | Square | None = None
    either: int | str = 0
    anything: Any = None
    price: Decimal | None = None


def faults(**data: Any) -> dict[str, str]:
    return dict(shape_faults({"name": "a", **data}, Box))


def test_a_good_box_has_no_fault() -> None:
    assert not faults(
        size=1,
        heavy=True,
        made=date(2022, 8, 31),
        kind=1,
        tags=["x"],
        lists=[1],
        words={"a": "b"},
        shape={"form": "round", "radius": 1},
        either="x",
        anything=[{}],
        price="1.50",
    )


def test_every_fault_is_told_at_once() -> None:
    found = faults(
        name=1,
        size=True,
        heavy="ja",
        made="2022-08-31",
        kind="stone",
        tags=["x", 2],
        lists="1",
        words={"a": 1},
        shape={"form": "oval"},
        either=1.5,
        colour="red",
    )
    assert found == {
        "name": "应为文字，现在是整数",
        "size": "应为整数，现在是true/false",
        "heavy": "应为true/false，现在是文字",
        "made": "应为日期（如 2022-08-31，不加引号），现在是文字",
        "kind": "应为 “1”、“tin”、“wood” 之一，现在是 “stone”",
        "tags[1]": "应为文字，现在是整数",
        "lists": "应为列表，现在是文字",
        "words.a": "应为文字，现在是整数",
        "shape.form": "应为 “round”、“square” 之一，现在是 “oval”",
        "either": "应为整数，现在是小数",
        "colour": "没有这个键",
    }


@pytest.mark.parametrize(
    ("shape", "key", "reason"),
    [
        ({"radius": 1}, "shape.form", "缺少这个键"),
        ({"form": []}, "shape.form", "应为 “round”、“square” 之一，现在是 列表"),
        ({"form": "round"}, "shape.radius", "缺少这个键"),
        ({"form": "round", "radius": "1", "x": 1}, "shape.x", "没有这个键"),
        ("round", "shape", "应为表，现在是文字"),
    ],
)
def test_faults_of_a_tagged_shape(shape: Any, key: str, reason: str) -> None:
    assert faults(shape=shape)[key] == reason


def test_unknown_keys_may_be_allowed() -> None:
    assert not faults(shape={"form": "square", "x": 1})


def test_what_only_the_decoder_knows_is_told_too() -> None:
    assert "内容不合要求" in faults(shape={"form": "square", "side": -1})[""]
    assert "内容不合要求" in faults(price="x")[""]


def test_a_moment_is_no_day_and_long_texts_are_cut() -> None:
    assert "日期时间" in faults(made=datetime(2022, 8, 31))["made"]
    assert len(faults(kind="长" * 500)["kind"]) < 120
    assert faults(name=object())["name"] == "应为文字，现在是其他内容"


def test_data_that_is_no_table() -> None:
    assert shape_faults([], Box) == [("", "应为表，现在是列表")]
    assert dict(shape_faults({}, Box)) == {"name": "缺少这个键"}
    assert shape_faults([], dict[str, str]) == [("", "应为表，现在是列表")]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(Box.__struct_fields__, anything)))
def test_no_fault_means_it_can_be_made(data: dict[str, Any]) -> None:
    if not shape_faults(data, Box):
        msgspec.convert(data, Box)
