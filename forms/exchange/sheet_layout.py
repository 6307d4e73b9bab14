"""How a workbook's columns are understood, for a clerk to look at and to put right.

What the clerk decides is kept by header: a header means this field or none, a word in a
column of choices means this answer.  This module must not know cases or a screen.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from forms.check.needs import needs
from forms.exchange.headers import Header, header_in, likely_header
from forms.exchange.sheet_columns import Column, Names
from forms.exchange.sheets import Sheet
from forms.facts.several_names import split_names, split_people
from forms.ground.cleaning import cell_text, fold
from forms.pack.reading import Unreadable, is_blank, read
from forms.pack.types import Choice, Field, Pack

_LOOKED_AT = 200  # cells in which several names are sought


class Decisions(msgspec.Struct, frozen=True):
    """What a clerk has decided of a layout.

    `columns` is header -> field path, "" for a column to leave out; `words` is field path ->
    the cell's text -> the choice's value; `headers` is a sheet's name -> its header's row, as a
    spreadsheet counts.
    """

    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    headers: dict[str, int] = {}


UNDECIDED = Decisions()


class ColumnView(msgspec.Struct, frozen=True):
    """A column as it is understood: its header, its first filled cell, the fields it answers.

    `unit` is the unit its header names, `decided` whether the clerk said what it means.
    `mark` is what parts the names in one of its cells, the first that has several.
    """

    header: str
    first: str
    fields: tuple[Field, ...]
    unit: str = ""
    decided: bool = False
    mark: str = ""


class WordView(msgspec.Struct, frozen=True):
    """A word in a column of choices: how often it stands there, and what it is read as."""

    field: Field
    text: str
    count: int
    choice: Choice | None


def with_words(pack: Pack, words: Mapping[str, Mapping[str, str]]) -> Pack:
    """Return the pack with further words for its choices."""
    if not words:
        return pack
    fields = tuple(_with_words(field, words.get(field.path, {})) for field in pack.fields)
    return msgspec.structs.replace(pack, fields=fields)


def _with_words(field: Field, words: Mapping[str, str]) -> Field:
    meant = {fold(text): value for text, value in words.items()}
    if not meant:
        return field
    choices = []
    for choice in field.choices:
        own = tuple(word for word in choice.words if fold(word) not in meant)
        more = tuple(text for text, value in meant.items() if value == choice.value)
        choices.append(msgspec.structs.replace(choice, words=(*own, *more)))
    return msgspec.structs.replace(field, choices=tuple(choices))


def header_of(sheet: Sheet, names: Names, decisions: Decisions = UNDECIDED) -> Header | None:
    """Return a sheet's header: where the clerk says it is, else where it is recognised."""
    if sheet.hidden:
        return None
    return header_in(names, sheet.rows, decisions.headers.get(sheet.name), sheet.merged)


def columns(sheet: Sheet, header: Header, decisions: Decisions) -> list[ColumnView]:
    """Return every column of a sheet that has a heading, in order."""
    known = {place: c for c in header.columns for place in (c.place, *c.also)}
    found = []
    for place, text in header.labels.items():
        column = known.get(place)
        found.append(
            ColumnView(
                header=text,
                first=_first(sheet, header, place),
                fields=column.fields if column else (),
                unit=column.unit if column else "",
                decided=text in decisions.columns,
                mark=_mark(sheet, header, column) if column else "",
            )
        )
    return found


def _mark(sheet: Sheet, header: Header, column: Column) -> str:
    """What parts the names in the first cell of a column that has several, "" where none has."""
    splits = {"parties": split_names, "names": split_people}
    split = splits.get(column.fields[0].kind)
    for text in _texts(sheet, header, column.place)[:_LOOKED_AT] if split else ():
        if split is not None and len(names := split(text)) > 1:
            between = text[text.find(names[0]) + len(names[0]) : text.find(names[1])]
            return (between.strip(" \t\u3000") or between)[:1]
    return ""


def unanswered(sheets: Sequence[Sheet], pack: Pack, decisions: Decisions) -> list[Field]:
    """Return what every case must say and no column of the sheets is read as, in pack's order."""
    names = Names(pack, decisions.columns)
    found = [header_of(sheet, names, decisions) for sheet in sheets]
    answered = {
        field.path
        for header in found
        if header is not None
        for column in header.columns
        for field in column.fields
    }
    wanted = needs(pack)
    return [
        field
        for field in pack.fields
        if field.columns
        and field.path not in answered
        and (need := wanted.get(field.path)) is not None
        and not need.beside
    ]


def _first(sheet: Sheet, header: Header, place: int) -> str:
    for cells in sheet.rows[header.row + 1 :]:
        text = cell_text(cells[place]).strip() if place < len(cells) else ""
        if text:
            return text
    return ""


def words(sheets: Sequence[Sheet], pack: Pack, decisions: Decisions) -> list[WordView]:
    """Return the words in columns of choices, those that are not understood first.

    `pack` is the issued one; the decisions' words are counted in.
    """
    names, adapted = Names(pack, decisions.columns), with_words(pack, decisions.words)
    counted: Counter[tuple[str, str]] = Counter()
    for sheet in sheets:
        header = header_of(sheet, names, decisions)
        if header is None:
            continue
        for column in header.columns:
            for field in column.fields:
                if field.kind == "choice":
                    counted.update(
                        (field.path, text) for text in _texts(sheet, header, column.place)
                    )
    views = []
    for (path, text), count in counted.items():
        if meant := adapted.field(path):
            views.append(WordView(meant, text, count, _read_as(meant, text)))
    return sorted(views, key=lambda view: (view.choice is not None, view.field.path, -view.count))


def _texts(sheet: Sheet, header: Header, place: int) -> list[str]:
    cells = (row[place] for row in sheet.rows[header.row + 1 :] if place < len(row))
    return [text for cell in cells if (text := cell_text(cell).strip())]


def _read_as(field: Field, text: str) -> Choice | None:
    if is_blank(field, text):
        return None
    try:
        value = read(field, text)
    except Unreadable:
        return None
    return next((choice for choice in field.choices if choice.value == value), None)


def likely(sheet: Sheet) -> int | None:
    """Return the row of a sheet, as a spreadsheet counts, that looks most like its header."""
    return likely_header(sheet.rows)


def layout_key(sheets: Sequence[Sheet], pack: Pack) -> str:
    """Return what names a layout: the headings of its sheets, whatever their order.

    Where none is recognised, what looks most like one counts, since the clerk may say it is.
    """
    names = Names(pack)
    seen = [sheet for sheet in sheets if not sheet.hidden]
    known = [(sheet, header_of(sheet, names)) for sheet in seen]
    if all(header is None for _, header in known):
        known = [
            (one, header_in(names, one.rows, row, one.merged))
            for one in seen
            if (row := likely(one))
        ]
    found = set()
    for _, header in known:
        if header is not None:
            found.add("\t".join(sorted(map(fold, header.labels.values()))))
    return "\n".join(sorted(found))
