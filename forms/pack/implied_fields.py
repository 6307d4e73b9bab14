"""Fields that others imply, though a pack may leave them out: of parties, of a fee's reckoning.

Whoever is named on a paper has a name and is a unit or a person, whether or not the authority
asks for it by itself.  A statement of how a fee was reached (简要说明) has factors and sources, and
parts that may be written by hand.  A licence has its life after the signature
(`forms.pack.life_fields`).  This module must not know files, rules or papers.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from forms.facts.paths import without_places
from forms.pack.life_fields import LIFE, LIFE_FIELDS
from forms.pack.types import Choice, Field, FieldKind, Pack

_OF_PARTY: Mapping[str, Field] = {
    "name": Field(path="name", label="姓名或者名称", kind="text"),
    "kind": Field(
        path="kind",
        label="单位或者个人",
        kind="choice",
        choices=(Choice(value="unit", label="单位"), Choice(value="person", label="个人")),
    ),
}

METHOD = "statement.method"
_STATEMENT, _EDITED = "statement.", "statement.edited."
_MARK = re.compile("[①-⑳]?")
_OF_STATEMENT: tuple[tuple[str, str, str, FieldKind], ...] = (
    ("factors", "调整因素", "调整因素", "long_text"),
    ("factors.name", "调整因素 名称", "名称", "text"),
    ("factors.value", "调整因素 取值", "取值", "number"),
    ("factors.reason", "调整因素 理由", "理由", "text"),
    ("sources", "数据来源", "数据来源", "long_text"),
    ("sources.name", "数据来源 名称", "名称", "text"),
    ("sources.day", "数据来源 日期", "日期", "date"),
)
"""Path, the place on the form, label, kind."""


def with_implied(pack: Pack) -> tuple[Field, ...]:
    """Return the pack's fields in order, with those that its statement implies after its own."""
    asked = [place for place, one in enumerate(pack.fields, 1) if one.path.startswith(_STATEMENT)]
    if pack.field(METHOD) is None:
        return pack.fields
    return (*pack.fields[: asked[-1]], *_statement_fields(pack).values(), *pack.fields[asked[-1] :])


def field_of(pack: Pack, path: str) -> Field | None:
    """Return the pack's field of a path ("owners.1.name"), else the one its list implies."""
    declared = pack.field(path)
    if declared is not None:
        return declared
    if path.startswith(_STATEMENT) and pack.field(METHOD) is not None:
        return _in_statement(path, pack)
    if path.startswith(LIFE):
        return LIFE_FIELDS.get(path)
    of_list, _, name = path.rpartition(".")
    parties = pack.field(of_list)
    return _OF_PARTY.get(name) if parties is not None and parties.kind == "parties" else None


def _in_statement(path: str, pack: Pack) -> Field | None:
    if not path.startswith(_EDITED):
        return _statement_fields(pack).get(without_places(path))
    part = path.removeprefix(_EDITED)
    parts = pack.statement.parts if pack.statement else ()
    heading = next((one.heading for one in parts if one.id == part), part)
    return Field(path=path, label=f"{heading}（手改）", kind="long_text")


def _statement_fields(pack: Pack) -> Mapping[str, Field]:
    method = pack.field(METHOD)
    mark = _MARK.match(method.box if method else "")
    return _fields_marked(mark[0] if mark else "")


@lru_cache(maxsize=8)
def _fields_marked(mark: str) -> Mapping[str, Field]:
    return {
        _STATEMENT + name: Field(
            path=_STATEMENT + name, label=label, kind=kind, box=f"{mark} {place}".strip()
        )
        for name, place, label, kind in _OF_STATEMENT
    }
