"""A workbook of invented patents, as an office would hand it in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

from forms.facts.paths import value_at
from forms.facts.record import Case
from forms.pack.reading import write
from forms.pack.types import Field, Pack

_OWNERS_FACT = "owners."


def write_workbook(cases: Iterable[Case], pack: Pack, path: Path) -> None:
    """Write a row for each case, under the pack's own column names."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("专利")
    fields = [field for field in pack.fields if _is_column(field)]
    sheet.append([field.columns[0] for field in fields])
    for case in cases:
        sheet.append([write(field, value_at(case, field.path)) or None for field in fields])
    book.save(path)


def _is_column(field: Field) -> bool:
    outside = field.path.startswith((_OWNERS_FACT, "licence.", "office.", "extra.", "derived."))
    return bool(field.columns) and not outside
