"""Facts of a pool as a clerk types them: 管理费比例=10%."""

from collections.abc import Sequence
from typing import Any

import msgspec

from forms.facts.paths import with_value
from forms.ground.cleaning import fold
from forms.office.store import CannotDo
from forms.pack.reading import Unreadable, read
from forms.pack.types import Field
from forms.pool.book_columns import CATEGORIES, GRADES, POOL
from forms.pool.book_values import grades_of
from forms.pool.records import Pool


def with_facts(pool: Pool, told: Sequence[str]) -> Pool:
    """Return a pool with what some texts say, each a label and a value.

    Raises CannotDo for a label that no fact has, or a value that can not be read.
    """
    for text in told:
        label, mark, value = text.replace("＝", "=").partition("=")
        field = _field(label)
        if not mark or field is None:
            labels = "、".join(dict.fromkeys(one.label for one in POOL))
            raise CannotDo(f"“{text}”要写成“栏=值”，可写的栏有：{labels}。")
        pool = with_fact(pool, field, value)
    return pool


def with_fact(pool: Pool, field: Field, text: str) -> Pool:
    """Return a pool with a fact as it is typed.  Raises CannotDo."""
    try:
        value = read(field, text)
    except Unreadable as error:
        raise CannotDo(f"{field.label}“{text}”不能识别，请改正。") from error
    if field.path == CATEGORIES:
        return msgspec.structs.replace(pool, categories=_tuple(value))
    if field.path == GRADES:
        grades = grades_of(str(value or ""), pool.grades)
        if grades is None:
            raise CannotDo(f"{field.label}“{text}”不能识别，例如 甲级=5；乙级=3；丙级=1。")
        return msgspec.structs.replace(pool, grades=grades)
    blank = _blank(pool, field.path)
    changed: Pool = with_value(pool, field.path, blank if value is None else value)
    return changed


def _field(label: str) -> Field | None:
    wanted = fold(label)
    return next((one for one in POOL if wanted in map(fold, one.columns)), None)


def _tuple(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _blank(pool: Pool, path: str) -> Any:
    """What a fact is that nobody said, as a new pool has it."""
    from forms.facts.paths import value_at

    return value_at(Pool(), path)
