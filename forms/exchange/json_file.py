"""Read a JSON file from a stranger: one group of values, plain, bounded, its texts clean.

Stricter than JSON's own readers: a key given twice, NaN and infinity, numbers without end and
nesting without end are refused, each with the key or the line.  This module must not know
what the values are for.
"""

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NoReturn

from forms.exchange.sheets import UnreadableFile
from forms.ground.cleaning import clean_line, clean_lines

MAX_JSON_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_DIGITS = 40
MAX_TEXT = 32_767  # what a cell of a spreadsheet holds


class _Odd(Exception):
    """What is wrong, for the clerk."""


def read_json_file(content: bytes, file: str, most: int = MAX_JSON_BYTES) -> dict[str, Any]:
    """Return the values of a JSON file of at most so many bytes; a fraction is a Decimal.

    Raises UnreadableFile.
    """
    if len(content) > most:
        raise UnreadableFile(f"“{file}”过大（超过 {most // 1_000_000} MB）。")
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
            object_pairs_hook=_group,
        )
        if not isinstance(data, dict):
            raise _Odd("应为一组内容 { }")
        cleaned: dict[str, Any] = _cleaned(data)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"“{file}”不是 UTF-8 编码的文件，请另存为 UTF-8。") from error
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"“{file}”不是完整的 JSON：第 {error.lineno} 行第 {error.colno} 列写法有误。"
        ) from error
    except RecursionError as error:
        raise UnreadableFile(f"“{file}”无法读取：层次过深。") from error
    except _Odd as error:
        raise UnreadableFile(f"“{file}”无法读取：{error}。") from error
    return cleaned


def _integer(text: str) -> int:
    _bounded(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    _bounded(text)
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all measure
        raise _Odd(f"数字 {text} 过大或过小") from None


def _bounded(text: str) -> None:
    if len(text) > MAX_DIGITS:
        raise _Odd(f"数字 {text[:12]}…… 过长")


def _constant(text: str) -> NoReturn:
    raise _Odd(f"{text} 不是数字")


def _group(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        name = _key(key)
        if name in made:
            raise _Odd(f"“{name[:60]}”这一项重复")
        made[name] = value
    return made


@lru_cache(maxsize=256)
def _key(key: str) -> str:
    return clean_line(key)


class _TooLong(Exception):
    """A text is too long; `steps` lead to it, the last first."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[str] = []


def _cleaned(data: Any) -> Any:
    try:
        return _clean(data, MAX_DEPTH)
    except _TooLong as fault:
        place = "".join(reversed(fault.steps)).lstrip(".")
        raise _Odd(f"{place}：文字过长（超过 {MAX_TEXT} 字）") from None


def _clean(data: Any, depth: int) -> Any:
    if isinstance(data, str):
        if len(data) > MAX_TEXT:
            raise _TooLong
        return clean_lines(data)
    if depth < 0:
        raise _Odd("层次过深")
    made: Any = data
    step = ""
    try:
        if isinstance(data, list):
            made = []
            for value in data:
                made.append(_clean(value, depth - 1))
        elif isinstance(data, dict):
            made = {}
            for name, value in data.items():
                step = name
                made[name] = _clean(value, depth - 1)
    except _TooLong as fault:
        fault.steps.append(f".{step[:60]}" if isinstance(data, dict) else f"[{len(made)}]")
        raise
    return made
