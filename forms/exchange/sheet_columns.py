"""Which column of a sheet means which field: headings recognised by the pack's many names.

Case, width, spaces, line breaks, asterisks and marks do not count.  What stands in brackets is
read by `forms.exchange.headings`: under 入门费（万元） a bare 5 is 50,000 yuan, 入门费（美元） is
not understood at all, and 专利权人（变更前） is another thing than 专利权人.

This module must not know cases.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from forms.exchange.headings import PLAIN, read_heading
from forms.ground.cleaning import Cell, cell_text, fold, narrow
from forms.pack.types import Field, FieldKind, Pack

NUMBER, TITLE = "patent.number", "patent.title"

_BRACKETS = re.compile(r"[(\[【〔{<〈《]([^()\[\]【】〔〕{}<>〈〉《》]*)[)\]】〕}>〉》]")
_UNITS: Mapping[FieldKind, Mapping[str, str]] = {
    "money": {
        **dict.fromkeys(("元", "人民币元", "人民币", "rmb", "cny", "¥"), ""),
        **dict.fromkeys(("万元", "万", "人民币万元"), "万"),
    },
    "percent": {"%": ""},
    "integer": dict.fromkeys(("日", "天", "次", "批", "批次", "期", "个"), ""),
    "duration": {"年": "年", "月": "月", "个月": "月", "日": "日", "天": "日"},
}
_FOREIGN_UNITS = frozenset(
    {"千元", "百万元", "千万元", "亿元", "美元", "usd", "$", "欧元", "港元", "‰", "周", "小时"}
)
_ALL_UNITS = _FOREIGN_UNITS.union(*_UNITS.values())
_BARE_NUMBER = re.compile(r"[0-9][0-9.,]*")


NO_DECISIONS: Mapping[str, str] = MappingProxyType({})


class Column(msgspec.Struct, frozen=True):
    """A column that is understood.  Several fields share one where a choice tells them apart.

    `rank` orders the columns of a field, the lowest first: how its heading is qualified, then the
    place of its name among the field's.  `unit` goes behind bare numbers.  `part` is its place
    where a list is spread over columns, and `also` are the columns that join such a list.
    """

    place: int
    header: str
    fields: tuple[Field, ...]
    rank: tuple[int, int] = (PLAIN, 0)
    unit: str = ""
    part: int = 0
    also: tuple[int, ...] = ()


class Left(msgspec.Struct, frozen=True):
    """A column that was left out, and why (Chinese), "" where its heading is merely unknown."""

    place: int
    header: str
    why: str = ""


class Names:
    """The pack's names of columns, looked up by a header's text."""

    def __init__(self, pack: Pack, decided: Mapping[str, str] = NO_DECISIONS) -> None:
        """Gather the names; of fields that share one the first is it is the better name of.

        `decided` says of headers what they mean, whatever the pack says: header -> field
        path, "" for a column that is to be left out.
        """
        self._decided = {fold(header): pack.field(path) for header, path in decided.items()}
        self._known: dict[str, list[tuple[int, Field]]] = {}
        for field in pack.fields:
            for rank, name in enumerate(field.columns):
                here = self._known.setdefault(fold(name), [])
                if all(other.path != field.path for _, other in here):
                    here.append((rank, field))
        for field in pack.fields:  # the words the screens themselves use
            if field.columns:
                self._known.setdefault(fold(field.label), [(len(field.columns), field)])

    def column(self, place: int, text: str, group: str = "", label: str = "") -> Column | None:
        """Return what a header means, or None where it means nothing or something else."""
        found = self.understood(place, text, group, label)
        return found if isinstance(found, Column) else None

    def understood(
        self, place: int, text: str, group: str = "", label: str = ""
    ) -> Column | Left | None:
        """Return what a header means; None for one that holds no known name.

        `group` is what a header above it says of several columns, `label` the heading as it is
        told and decided by, the text itself unless said.
        """
        label = label or text
        if fold(label) in self._decided:
            field = self._decided[fold(label)]
            if field is None:
                return None
            return _column(place, label, [(0, field)], unit=_unit_of(text, field))
        heading = read_heading(text, self._known.__contains__, _ALL_UNITS, group)
        if heading is None:
            return None
        if heading.aside:
            return Left(place, label, f"“{label}”是{heading.aside}，未导入")
        if heading.asked:
            why = f"“{label}”括号中的“{heading.asked}”含义不明，未导入"
            return Left(place, label, f"{why}；需要导入的，请在导入窗口中指明，或删除括号中的字")
        known = self._known[heading.name]
        own = _UNITS.get(known[0][1].kind, {})
        if len(heading.units) > 1 or not heading.units <= own.keys():
            return Left(place, label, f"“{label}”的单位不能换算，未导入")
        unit = own[next(iter(heading.units))] if heading.units else ""
        return _column(place, label, known, heading.quality, unit, heading.part)


def _unit_of(text: str, field: Field) -> str:
    """Return the unit a header names for a field, "" where it names none that fits."""
    inside = _BRACKETS.findall(unicodedata.normalize("NFKC", text))
    own = _UNITS.get(field.kind, {})
    return next((own[fold(one)] for one in inside if fold(one) in own), "")


def with_unit(cell: Cell, unit: str) -> Cell:
    """Return a bare number with the unit its header names, all else as it is."""
    text = narrow(cell_text(cell)) if unit else ""
    return text + unit if _BARE_NUMBER.fullmatch(text) else cell


def _column(
    place: int,
    label: str,
    known: list[tuple[int, Field]],
    quality: int = PLAIN,
    unit: str = "",
    part: int = 0,
) -> Column:
    ranked = sorted(known, key=lambda one: one[0])
    rank = (quality, ranked[0][0])
    return Column(place, label, tuple(field for _, field in ranked), rank, unit, part)
