"""Which row of a sheet is its header, what it says of the columns, and which of them are taken.

A header may stand below titles, and in two rows: the lower names the columns, the upper groups
them.  Of columns that mean the same one is taken, and it is said which.

This module must not know cases.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from forms.exchange.sheet_columns import NUMBER, TITLE, Column, Left, Names
from forms.exchange.sheets import Block
from forms.ground.cleaning import Cell, cell_text, fold, narrow
from forms.pack.types import FieldKind

LOOKED_AT = 10  # rows from the top among which the header is sought

_LISTS: frozenset[FieldKind] = frozenset({"parties", "names"})
_LONGEST_GROUP = 15  # characters; what is longer is a sentence over a table


class Header(msgspec.Struct, frozen=True):
    """The header of a sheet: its last row (from 0), what is understood and what is not.

    `labels` are the headings by column, each once; `texts` the folded texts of every row of the
    header by column.  `slots` groups the columns that mean the same, the best first; `notes` say
    which of them are taken.
    """

    row: int
    slots: tuple[tuple[Column, ...], ...]
    left: tuple[Left, ...] = ()
    labels: Mapping[int, str] = {}
    texts: Mapping[int, frozenset[str]] = {}
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> Iterator[Column]:
        """Every column that is understood."""
        return (column for slot in self.slots for column in slot)


def header_in(
    names: Names,
    rows: Sequence[Sequence[Cell]],
    row: int | None = None,
    merged: Sequence[Block] = (),
) -> Header | None:
    """Return the header of a sheet: the row said (from 1), else the one best understood.

    It names the number or the title, and something beside unless that is all there is; a
    sheet without such a row among the first is no list of patents (a sheet of guidance
    names them too).  A header of two rows is known by its lower one, which names its columns
    under the groups of the upper.
    """
    if row is not None and 1 <= row <= len(rows):
        return _header(names, Headings(rows, row - 1, merged))
    best: Header | None = None
    most = 0
    for place in range(min(LOOKED_AT, len(rows))):
        headings = Headings(rows, place, merged)
        header = _header(names, headings)
        found = list(header.columns)
        is_list = any(field.path in (NUMBER, TITLE) for c in found for field in c.fields)
        alone = len(found) == 1 and any(not one.why for one in header.left)
        has_own = any(headings.is_own(column.place) for column in found)
        if is_list and has_own and not alone and len(found) > most:
            best, most = header, len(found)
    return best


class Headings:
    """The headings over a sheet's columns: those of a row, with what stands in the row above."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], row: int, merged: Sequence[Block] = ()
    ) -> None:
        """Read the row (from 0), and the one above where it may belong to the header."""
        near = [block for block in merged if row - 1 <= block.bottom and block.top <= row]
        below = [b.bottom for b in near if b.top == row and b.left == b.right and b.bottom > row]
        self.row = row if not below else max(below)
        self._own = _texts(rows[row])
        self._above: dict[int, str] = _texts(rows[row - 1]) if row else {}
        widest = max((*self._own, *self._above), default=0) + 1
        spans = [b for b in near if b.top <= row - 1 <= b.bottom and b.right > b.left]
        if any(b.right - b.left + 1 > max(widest * 0.8, 2) for b in spans) or any(
            len(text) > _LONGEST_GROUP or ":" in text for text in self._above.values()
        ):
            self._above, spans = {}, []  # a title, or what stands over a table
        self._upright = {b.left for b in near if b.top < row <= b.bottom and b.left == b.right}
        self._groups = self._spread(spans, widest, has_merged=bool(merged))

    def _spread(self, spans: list[Block], widest: int, *, has_merged: bool) -> dict[int, str]:
        """The group over each column: it goes on to the right as far as it is merged or blank."""
        groups: dict[int, str] = {}
        for block in spans:
            if text := self._above.get(block.left):
                groups |= dict.fromkeys(range(block.left, block.right + 1), text)
        if not has_merged and len(self._above) > 1:
            text = ""
            for place in range(widest):
                text = self._above.get(place, text)
                if place in self._own and text:
                    groups[place] = text
        return groups

    def is_own(self, place: int) -> bool:
        """Whether a column has a heading in the row itself."""
        return place in self._own

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        """Yield place, heading and group of every column that has a heading."""
        for place in sorted({*self._own, *self._above}):
            own, above = self._own.get(place, ""), self._above.get(place, "")
            if own:
                group = self._groups.get(place, "")
                yield place, own, group if group != own else ""
            elif above and (place in self._upright or not self._groups.get(place)):
                yield place, above, ""

    def texts(self, place: int) -> frozenset[str]:
        """The folded texts over a column."""
        found = (self._own.get(place, ""), self._above.get(place, ""))
        return frozenset(map(fold, filter(None, found)))


def _texts(cells: Sequence[Cell]) -> dict[int, str]:
    texts = ((place, narrow(cell_text(cell)[:500])) for place, cell in enumerate(cells))
    return {place: text for place, text in texts if text}


def _header(names: Names, headings: Headings) -> Header:
    labels = _labels(list(headings))
    slots: dict[tuple[str, ...], list[Column]] = {}
    left: list[Left] = []
    for place, text, group in headings:
        found = names.understood(place, text, group, labels[place])
        if isinstance(found, Column):
            slots.setdefault(tuple(f.path for f in found.fields), []).append(found)
        else:
            left.append(found or Left(place, labels[place]))
    chosen = [choose(same) for same in slots.values()]
    left += [one for choice in chosen for one in choice.left]
    notes = tuple(filter(None, (*(one.why for one in left), *(c.note for c in chosen))))
    return Header(
        row=headings.row,
        slots=tuple(choice.columns for choice in chosen),
        left=tuple(sorted(left, key=lambda one: one.place)),
        labels=labels,
        texts={place: headings.texts(place) for place in labels},
        notes=notes,
    )


def _labels(headings: Sequence[tuple[int, str, str]]) -> dict[int, str]:
    """The headings as they are told: with their group, or which of several, where two agree."""
    seen = Counter(text for _, text, _ in headings)
    labels: dict[int, str] = {}
    again: Counter[str] = Counter()
    for place, text, group in headings:
        label = f"{group}／{text}" if group and seen[text] > 1 else text
        again[label] += 1
        labels[place] = label if again[label] == 1 else f"{label}（第{again[label]}个）"
    return labels


def letters(place: int) -> str:
    """Return a column's name as a spreadsheet shows it: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        name = chr(65 + digit) + name
    return name


class Choice(msgspec.Struct, frozen=True):
    """Of the columns of a field those that are taken, in order, and what is to be said of it."""

    columns: tuple[Column, ...]
    left: tuple[Left, ...] = ()
    note: str = ""


def choose(same: Sequence[Column]) -> Choice:
    """Choose among columns that mean the same.

    Those that part a list between them (专利权人1, 专利权人2; the same heading twice) are joined.
    A heading that stands there twice over anything else is taken once: two persons' telephones
    are not mixed.  Other names fill in where the best is blank.
    """
    ranked = sorted(same, key=lambda column: (column.rank, column.place))
    best = ranked[0]
    is_list = best.fields[0].kind in _LISTS
    whole = [column for column in ranked if not column.part]
    left: list[Left] = []
    if is_list and not whole:
        ranked = [_joined(sorted(ranked, key=lambda column: (column.part, column.place)))]
    elif is_list and len(twins := [c for c in whole if c.rank == best.rank]) > 1:
        ranked = [_joined(twins), *(c for c in whole if c.rank != best.rank)]
    elif whole:
        twin_ranks = Counter(column.rank for column in whole)
        for column in ranked:
            if column.part and column is not best:
                left.append(Left(column.place, column.header, _said_already(column, best)))
        ranked = [column for column in ranked if not column.part]
        if not is_list and twin_ranks[best.rank] > 1:
            left += [
                Left(c.place, c.header, f"“{best.header}”和“{c.header}”对应同一栏，采用前一列")
                for c in ranked[1:]
                if c.rank == best.rank
            ]
            ranked = [best, *(c for c in ranked if c.rank != best.rank)]
    else:
        left = [Left(c.place, c.header, _said_already(c, best)) for c in ranked[1:]]
        ranked = [best]
    return Choice(tuple(ranked), tuple(left), _note(ranked))


def _said_already(column: Column, best: Column) -> str:
    return f"已有“{best.header}”，“{column.header}”未导入"


def _joined(columns: Sequence[Column]) -> Column:
    return msgspec.structs.replace(columns[0], also=tuple(c.place for c in columns[1:]))


def _note(columns: Sequence[Column]) -> str:
    best, label = columns[0], columns[0].fields[0].label
    if best.also:
        places = "、".join(f"{letters(place)}列" for place in (best.place, *best.also))
        return f"“{label}”分在几列（{places}），已合并"
    if len(columns) > 1:
        others = "、".join(f"“{column.header}”" for column in columns[1:])
        return f"“{label}”采用“{best.header}”一列，该列为空的采用{others}"
    if best.part == 1:
        return f"“{label}”只有“{best.header}”一列，请核对是否还有其他的"
    return ""


def likely_header(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the row (from 1) that looks most like a header: of the first the fullest of words."""
    words = [
        sum(not text[0].isdigit() for cell in cells if (text := narrow(cell_text(cell)[:500])))
        for cells in rows[:LOOKED_AT]
    ]
    most = max(words, default=0)
    return words.index(most) + 1 if most > 1 else None
