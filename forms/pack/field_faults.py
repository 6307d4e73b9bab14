"""Do a pack's fields make sense?  Facts the records have, kinds that suit, choices, columns.

Asked whenever a pack is read, since all else stands on the fields.  This module must not know
files, rules or papers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from forms.ground.cleaning import fold
from forms.pack.askable import EXTRA_KINDS, Fact, facts
from forms.pack.reading import Unreadable, read
from forms.pack.types import Field, Step

_EXTRA = re.compile(r"extra\.[a-z][a-z0-9_]*")

Said = Iterator[tuple[str, str]]  # key, reason


def field_faults(fields: Sequence[Field], steps: Sequence[Step]) -> Said:
    """Yield each fault of a pack's fields and steps as key and reason (Chinese)."""
    known = {field.path: field for field in fields}
    step_ids = {step.id for step in steps}
    yield from repeated("steps", "id", [step.id for step in steps])
    yield from repeated("fields", "path", [field.path for field in fields])
    if "patent.number" not in known or not known["patent.number"].columns:
        yield "fields", "要有 patent.number，并且写明它的列名（columns），否则无法导入"
    for place, field in enumerate(fields):
        key = f"fields[{place}]"
        if field.step and field.step not in step_ids:
            yield f"{key}.step", f"{field.path}：没有“{field.step}”这一步"
        if not field.label.strip():
            yield f"{key}.label", f"{field.path}：不能空着"
        for inner, reason in _field_faults(field, known):
            yield f"{key}.{inner}", f"{field.path}：{reason}"
    yield from _column_faults(fields)


def _field_faults(field: Field, known: Mapping[str, Field]) -> Said:
    fact = facts().get(field.path)
    if fact is None and _EXTRA.fullmatch(field.path):
        fact = Fact(EXTRA_KINDS)
    if fact is None:
        yield "path", "案卷里没有这一项（自己的事项写作 extra.名称）"
    elif field.kind not in fact.kinds:
        yield "kind", f"“{field.kind}”与这一项不合，应为 {'、'.join(fact.kinds)}"
    elif field.choices or field.kind == "choice":
        yield from _choice_faults(field, fact)
    if field.columns and field.path.startswith("licence."):
        yield "columns", "许可合同的事项不从工作簿导入"
    for path, value in field.when.items():
        if path not in known:
            yield f"when.{path}", "没有声明这一项"
        elif value not in {choice.value for choice in known[path].choices}:
            yield f"when.{path}", f"那一项没有“{value}”这个值"
    for path, value in field.implies.items():
        if path == field.path or path not in known:
            yield f"implies.{path}", "没有声明这一项"
        elif value not in {choice.value for choice in known[path].choices}:
            yield f"implies.{path}", f"那一项没有“{value}”这个值"
    if field.nought and field.kind != "integer":
        yield "nought", "只有整数（integer）可以写明 0 也是答案"
    yield from _sample_value_faults(field)


def _choice_faults(field: Field, fact: Fact) -> Said:
    if field.kind not in ("choice", "flag"):
        yield "choices", f"“{field.kind}”不是选择题，不应有选项"
        return
    if not field.choices:
        yield "choices", "选择题没有选项"
    allowed = ("true", "false") if field.kind == "flag" else fact.values
    yield from repeated("choices", "value", [choice.value for choice in field.choices])
    words: dict[str, str] = {}
    for place, choice in enumerate(field.choices):
        key = f"choices[{place}]"
        if allowed and choice.value not in allowed:
            yield f"{key}.value", f"没有“{choice.value}”这个值，只有 {'、'.join(allowed)}"
        for word in (choice.label, *choice.words):
            if not fold(word):
                yield f"{key}.words", "选项的说法不能空着"
            elif words.setdefault(fold(word), choice.value) != choice.value:
                yield f"{key}.words", f"“{word}”也是另一个选项的说法"


def _sample_value_faults(field: Field) -> Said:
    try:
        if field.sample:
            read(field, field.sample)
    except Unreadable:
        yield "sample", f"示例“{field.sample}”本身无法识别"


def _column_faults(fields: Sequence[Field]) -> Said:
    """A column name means one field, or fields that `when` tells apart."""
    meant: dict[str, list[tuple[str, Field]]] = {}
    for place, field in enumerate(fields):
        for name in field.columns:
            key = f"fields[{place}].columns"
            if not fold(name):
                yield key, f"{field.path}：列名不能空着"
                continue
            others = meant.setdefault(fold(name), [])
            for _, other in others:
                if other.path == field.path:
                    yield key, f"{field.path}：列名“{name}”写了两次"
                elif not field.when or field.when == other.when or not other.when:
                    yield key, f"{field.path}：列名“{name}”也是 {other.path} 的（用 when 区分）"
            others.append((key, field))


def repeated(key: str, what: str, values: Iterable[str]) -> Said:
    """Yield a fault for each value that stands there more than once."""
    for value, count in Counter(values).items():
        if count > 1:
            yield key, f"{what} “{value}”出现了 {count} 次"
