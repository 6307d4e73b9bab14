"""The values of a stranger's JSON file made a record: every key at fault is named in Chinese.

This module must not know what the record is for.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

import msgspec

from forms.facts.quantities import FIRST_YEAR, LAST_YEAR

MOST_FAULTS = 20
ODD_DAY = f"年份有误，应在{FIRST_YEAR}年至{LAST_YEAR}年之间"

R = TypeVar("R", bound=msgspec.Struct)

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_AT = re.compile(r"^(?P<reason>.*?)(?: - at `\$?\.?(?P<path>[^`]*)`)?$", re.DOTALL)
_REASONS = (
    (re.compile(r"Object contains unknown field `(?P<key>.*)`"), "没有“{0}”这一项"),
    (re.compile(r"Object missing required field `(?P<key>.*)`"), "没有填写这一项"),
    (re.compile(r"Expected `array` of length (\d+), got \d+"), "应有 {0} 项"),
    (re.compile(r"(?P<key>\w+) is no amount"), "不是合理的数字"),
    (re.compile(r"Invalid enum value (.*)"), "没有 {0} 这个选项"),
    (re.compile(r"Invalid RFC3339.*|Invalid ISO8601.*"), "日期格式有误，例如 2023-05-16"),
    (re.compile(r"Invalid decimal.*"), "金额格式有误，例如 10000.00"),
    (re.compile(r"Expected `date.*`, got .*"), '应为日期，写成 "2023-05-16"'),
    (re.compile(r"Expected `decimal.*`, got .*"), '应为金额，写成 "10000.00"'),
    (re.compile(r"Expected `str.*`, got .*"), "应为文字，写在引号里"),
    (re.compile(r"Expected `int.*`, got .*"), "应为整数"),
    (re.compile(r"Expected `array.*`, got .*"), "应为列表 [ ]"),
    (re.compile(r"Expected `object.*`, got .*"), "应为一组内容 {{ }}"),
)


def converted(data: Any, shape: type[R]) -> tuple[R | None, list[str]]:
    """Return the record in the data and every fault ("royalty.way：…"), twenty at most.

    With faults it is what is left of it, None where nothing is; what is at fault is taken out of
    `data`.
    """
    faults: list[str] = []
    removed: list[str] = []
    while len(faults) < MOST_FAULTS:
        made, key, reason = _tried(data, shape)
        if not reason:
            return made, faults
        if faults and any(one == key or one.startswith(f"{key}[") for one in removed):
            break  # it is wanting because it was taken out: no fault of the file's
        removed.append(key)
        faults.append(f"{key or '内容'}：{reason}")
        if not key or not _remove(data, key):
            break
    return None, faults


def odd_days(record: Any, path: str = "") -> Iterator[str]:
    """The keys of days in a record whose years no box takes: reckoned with they lead nowhere."""
    for key, value in each_value(record, path):
        if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            yield key


def each_value(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The values in a record, each with its key ("royalty.way", "instalments[1].amount")."""
    if isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from each_value(getattr(record, name), f"{path}.{name}" if path else name)
    elif isinstance(record, tuple):
        for place, one in enumerate(record):
            yield from each_value(one, f"{path}[{place}]")
    elif isinstance(record, dict):
        for name, one in record.items():
            yield from each_value(one, f"{path}.{name}")
    else:
        yield path, record


def _tried(data: Any, shape: type[R]) -> tuple[R | None, str, str]:
    """The record, or the key and the reason of a fault."""
    try:
        made = msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        return None, *_fault(str(error))
    odd = next(odd_days(made), "")
    return made, odd, ODD_DAY if odd else ""


def _fault(message: str) -> tuple[str, str]:
    """The key and the reason in an error of msgspec's."""
    found = _AT.fullmatch(message)
    assert found is not None  # the pattern takes any text
    reason, path = found["reason"], found["path"] or ""
    for pattern, words in _REASONS:
        if match := pattern.fullmatch(reason):
            if key := match.groupdict().get("key"):
                path = f"{path}.{key}" if path else key
            return path, words.format(*match.groups())
    return path, "格式不合要求"


def _remove(data: Any, key: str) -> bool:
    """Take out what stands at a key ("royalty.way", "termination_grounds[1]").

    So further faults show; False where it is not found.
    """
    steps = [int(i) if i else name for name, i in _STEP.findall(key)]
    if not steps:  # a key of nothing but brackets
        return False
    try:
        for step in steps[:-1]:
            data = data[step]
        del data[steps[-1]]
    except (LookupError, TypeError):
        return False
    return True
