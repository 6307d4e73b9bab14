"""Which column of a sheet means which field: headers recognised by the pack's many names.

Case, width, spaces, line breaks, asterisks and marks do not count.  What stands in brackets
counts only where it is part of a known name or names a unit: under 入门费（万元） a bare 5 is
50,000 yuan, and 入门费（美元） is not understood at all.

This module must not know cases.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from forms.cleaning import Cell, cell_text, fold, narrow
from forms.pack.types import Field, FieldKind, Pack

LOOKED_AT = 10  # rows from the top among which the header is sought
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

    `rank` is the place of the header among the field's names; `unit` goes behind bare numbers.
    """

    place: int
    header: str
    fields: tuple[Field, ...]
    rank: int = 0
    unit: str = ""


class Header(msgspec.Struct, frozen=True):
    """The header of a sheet: its row (from 0), what is understood and what is not.

    `slots` groups the columns that mean the same, the best name first.
    """

    row: int
    slots: tuple[tuple[Column, ...], ...]
    ignored: tuple[str, ...]

    @property
    def columns(self) -> Iterator[Column]:
        """Every column that is understood."""
        return (column for slot in self.slots for column in slot)


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

    def column(self, place: int, text: str) -> Column | None:
        """Return what a header means, or None."""
        if fold(text) in self._decided:
            field = self._decided[fold(text)]
            return _column(place, text, [(0, field)], _unit(text, field)) if field else None
        if known := self._known.get(fold(text)):
            return _column(place, text, known, "")
        plain = unicodedata.normalize("NFKC", text)
        known = self._known.get(fold(_BRACKETS.sub("", plain)), [])
        named = {fold(inside) for inside in _BRACKETS.findall(plain)} & _ALL_UNITS
        if not known or len(named) > 1:
            return None
        unit = next(iter(named), None)
        own = _UNITS.get(known[0][1].kind, {})
        if unit is not None and unit not in own:
            return None
        return _column(place, text, known, own[unit] if unit is not None else "")

    def header(self, rows: Sequence[Sequence[Cell]], row: int | None = None) -> Header | None:
        """Return the header of a sheet: the row said (from 1), else the one best understood.

        It names the number or the title, and something beside unless that is all there is; a
        sheet without such a row among the first is no list of patents (a sheet of guidance
        names them too).
        """
        if row is not None and 1 <= row <= len(rows):
            return self._header(row - 1, rows[row - 1])
        best: Header | None = None
        most = 0
        for row, cells in enumerate(rows[:LOOKED_AT]):
            header = self._header(row, cells)
            found = list(header.columns)
            is_list = any(field.path in (NUMBER, TITLE) for c in found for field in c.fields)
            alone = len(found) == 1 and header.ignored
            if is_list and not alone and len(found) > most:
                best, most = header, len(found)
        return best

    def _header(self, row: int, cells: Sequence[Cell]) -> Header:
        slots: dict[tuple[str, ...], list[Column]] = {}
        ignored: list[str] = []
        for place, cell in enumerate(cells):
            text = narrow(cell_text(cell)[:500])
            column = self.column(place, text) if text else None
            if column:
                slots.setdefault(tuple(f.path for f in column.fields), []).append(column)
            elif text:
                ignored.append(text)
        ranked = (sorted(same, key=lambda c: (c.rank, c.place)) for same in slots.values())
        return Header(row, tuple(map(tuple, ranked)), tuple(ignored))


def likely_header(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the row (from 1) that looks most like a header: of the first the fullest of words."""
    words = [
        sum(not text[0].isdigit() for cell in cells if (text := narrow(cell_text(cell)[:500])))
        for cells in rows[:LOOKED_AT]
    ]
    most = max(words, default=0)
    return words.index(most) + 1 if most > 1 else None


def _unit(text: str, field: Field) -> str:
    """Return the unit a header names for a field, "" where it names none that fits."""
    inside = _BRACKETS.findall(unicodedata.normalize("NFKC", text))
    own = _UNITS.get(field.kind, {})
    return next((own[fold(one)] for one in inside if fold(one) in own), "")


def with_unit(cell: Cell, unit: str) -> Cell:
    """Return a bare number with the unit its header names, all else as it is."""
    text = narrow(cell_text(cell)) if unit else ""
    return text + unit if _BARE_NUMBER.fullmatch(text) else cell


def _column(place: int, text: str, known: list[tuple[int, Field]], unit: str) -> Column:
    ranked = sorted(known, key=lambda one: one[0])
    return Column(place, text, tuple(field for _, field in ranked), ranked[0][0], unit)
