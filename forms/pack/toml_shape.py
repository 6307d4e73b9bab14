"""Does data from a TOML file have the shape of a record?  Every fault, not only the first.

msgspec stops at the first fault and says it in English; a pack's author wants all of them, in
Chinese, with the key.  This module knows types only, nothing of packs.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

ShapeFault = tuple[str, str]  # key, reason

_LONGEST_NAME = 60

_WORDS: tuple[tuple[type, str], ...] = (
    (bool, "true/false"),
    (str, "文字"),
    (int, "整数"),
    (float, "小数"),
    (datetime, "日期时间"),
    (date, "日期"),
    (time, "时间"),
    (list, "列表"),
    (dict, "表"),
)

_LEAVES: Mapping[type, tuple[str, tuple[type, ...]]] = {
    inspect.StrType: ("文字", (str,)),
    inspect.IntType: ("整数", (int,)),
    inspect.FloatType: ("数字", (int, float)),
    inspect.BoolType: ("true/false", (bool,)),
    inspect.DecimalType: ('加引号的数字（如 "3.0"）', (str,)),
    inspect.DateType: ("日期（如 2022-08-31，不加引号）", (date,)),
}


def shape_faults(data: Any, shape: Any) -> list[ShapeFault]:
    """Return (key, reason) for all that keeps data from being a `shape`.

    Keys are dotted; places in a list are counted from 0: "fields[2].choices[0].label".
    """
    if _fits(data, shape):
        return []
    found = list(_walk(data, _shape(shape), ""))
    if not found:
        try:
            msgspec.convert(data, shape)
        except msgspec.ValidationError as error:  # a bound that the walk does not know
            found.append(("", f"内容不合要求：{error}"))
    return found


def _fits(data: Any, shape: Any) -> bool:
    """Whether data surely are of a shape, asked of msgspec alone, which is quick.

    With TOML's own dates it takes what the walk below takes, but for decimal numbers: with those
    among the types that come as they are, none is taken from a text or a number, so that data with
    any are looked at one by one.
    """
    try:
        msgspec.convert(data, shape, builtin_types=(date, datetime, time, Decimal))
    except msgspec.ValidationError:
        return False
    return True


@cache
def _shape(shape: Any) -> inspect.Type:
    return inspect.type_info(shape)


def _walk(data: Any, shape: inspect.Type, key: str) -> Iterator[ShapeFault]:
    match shape:
        case inspect.StructType():
            yield from _struct(data, shape, key)
        case inspect.VarTupleType() | inspect.ListType():
            yield from _items(data, shape.item_type, key)
        case inspect.DictType():
            yield from _mapping(data, shape.value_type, key)
        case inspect.UnionType():
            yield from _union(data, shape, key)
        case inspect.LiteralType():
            if not any(data == value and type(data) is type(value) for value in shape.values):
                yield key, f"应为 {_listed(shape.values)} 之一，现在是 {_shown(data)}"
        case _:
            yield from _leaf(data, shape, key)


def _leaf(data: Any, shape: inspect.Type, key: str) -> Iterator[ShapeFault]:
    if type(shape) not in _LEAVES:
        return
    word, kinds = _LEAVES[type(shape)]
    is_flag = isinstance(data, bool) and bool not in kinds
    if is_flag or isinstance(data, datetime) or not isinstance(data, kinds):
        yield key, f"应为{word}，现在是{_word(data)}"


def _struct(data: Any, shape: inspect.StructType, key: str) -> Iterator[ShapeFault]:
    if not isinstance(data, dict):
        yield key, f"应为表，现在是{_word(data)}"
        return
    known = {field.encode_name: field for field in shape.fields}
    tag_field = shape.tag_field if shape.tag_field in data else None
    for name, value in data.items():
        if name in known:
            yield from _walk(value, known[name].type, _join(key, name))
        elif name != tag_field and shape.forbid_unknown_fields:
            yield _join(key, name), "没有这个键"
    for name, field in known.items():
        if field.required and name not in data:
            yield _join(key, name), "缺少这个键"


def _items(data: Any, item: inspect.Type, key: str) -> Iterator[ShapeFault]:
    if not isinstance(data, list):
        yield key, f"应为列表，现在是{_word(data)}"
        return
    for place, value in enumerate(data):
        yield from _walk(value, item, f"{key}[{place}]")


def _mapping(data: Any, value_shape: inspect.Type, key: str) -> Iterator[ShapeFault]:
    if not isinstance(data, dict):
        yield key, f"应为表，现在是{_word(data)}"
        return
    for name, value in data.items():
        yield from _walk(value, value_shape, _join(key, name))


def _union(data: Any, shape: inspect.UnionType, key: str) -> Iterator[ShapeFault]:
    tagged = {s.tag: s for s in shape.types if isinstance(s, inspect.StructType) and s.tag}
    if tagged and isinstance(data, dict):
        name = next(iter(tagged.values())).tag_field or ""
        tag = data.get(name)
        if isinstance(tag, str) and tag in tagged:
            yield from _struct(data, tagged[tag], key)
        elif name in data:
            yield _join(key, name), f"应为 {_listed(tagged)} 之一，现在是 {_shown(tag)}"
        else:
            yield _join(key, name), "缺少这个键"
        return
    tries = [list(_walk(data, s, key)) for s in shape.types if not isinstance(s, inspect.NoneType)]
    if all(tries):
        yield from min(tries, key=len)


def _join(key: str, name: str) -> str:
    name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
    return f"{key}.{name}" if key else name


def _word(data: Any) -> str:
    return next((word for kind, word in _WORDS if isinstance(data, kind)), "其他内容")


def _shown(data: Any) -> str:
    text = f"“{data}”" if isinstance(data, str) else _word(data)
    return text if len(text) <= 60 else text[:58] + "…”"


def _listed(values: Any) -> str:
    return "、".join(f"“{value}”" for value in values)
