"""The types of a record pack (文书包): papers, lists and words of records that are no cases.

`forms.pack.record_pack` reads one from its folder and says which counts.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from forms.pack.language import Paper
from forms.pack.types import Choice, Field, FieldKind, Identity, PackRecord

RecordPackKind = Literal["pool", "stock", "bureau"]
ParameterKind = Literal["days", "number", "percent", "money", "text", "date", "flag"]


class RecordIdentity(Identity, frozen=True, kw_only=True):
    """Which record pack this is and for which records; `basis` is what its papers rest on."""

    kind: RecordPackKind
    basis: str = ""


class Parameter(PackRecord, frozen=True):
    """A figure that the pack sets and an office may set otherwise.

    Without a `value` it is not known: `help` says so and what to do.  A percentage, a
    sum and a date stand as text ("12.5", "2026-01-01"), whole days and numbers as numbers.
    """

    name: str
    label: str
    kind: ParameterKind
    value: int | bool | str | None = None
    help: str = ""
    basis: str = ""


class Code(PackRecord, frozen=True):
    """One of a code list: the record's own value, its word, and what it means or rests on.

    `words` are other ways to say it in a workbook; of a question, `label` asks and `group` is the
    heading it stands under.
    """

    value: str
    label: str
    help: str = ""
    basis: str = ""
    group: str = ""
    words: tuple[str, ...] = ()


class CodeList(PackRecord, frozen=True):
    """A code list, or a list of questions; `help` says whose list it is."""

    name: str
    label: str
    codes: tuple[Code, ...]
    help: str = ""


class SheetColumn(PackRecord, frozen=True):
    """A column of a workbook: `name` is the record's field, `header` stands over it.

    `words` are other headers that mean it; `codes` names the code list of a choice.
    """

    name: str
    header: str
    kind: FieldKind = "text"
    codes: str = ""
    help: str = ""
    words: tuple[str, ...] = ()
    width_mm: float = 24
    must: bool = False


class SheetTable(PackRecord, frozen=True):
    """A workbook's sheet: its title and its columns in order."""

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    help: str = ""


class RecordPack(PackRecord, frozen=True, dict=True):
    """A record pack, read and checked."""

    identity: RecordIdentity
    folder: Path
    parameters: tuple[Parameter, ...] = ()
    codes: Mapping[str, CodeList] = {}
    texts: Mapping[str, str] = {}
    tables: Mapping[str, SheetTable] = {}
    papers: Mapping[str, Paper] = {}

    def parameter(self, name: str) -> int | bool | str | date | Decimal | None:
        """A parameter's value, None where it is not known; sums and percentages as Decimal.

        Raises KeyError for a name the pack has not.
        """
        found = self._parameters[name]
        if found.kind in ("percent", "money") and found.value is not None:
            return Decimal(str(found.value))
        if found.kind == "date" and isinstance(found.value, str):
            return date.fromisoformat(found.value)
        return found.value

    def days(self, name: str) -> int | None:
        """A parameter that counts days.  Raises KeyError."""
        value = self.parameter(name)
        return value if isinstance(value, int) else None

    def label(self, codes: str, value: str) -> str | None:
        """How a code list calls a value; None where there is no such list or value."""
        return self._labels.get((codes, value))

    def fields(self, table: str) -> tuple[Field, ...]:
        """The columns of a table as fields that are read and written as a form pack's are.

        Raises KeyError for a table the pack has not.
        """
        return tuple(self._field(column) for column in self.tables[table].columns)

    def _field(self, column: SheetColumn) -> Field:
        codes = self.codes[column.codes].codes if column.codes else ()
        return Field(
            path=column.name,
            label=column.header,
            kind=column.kind,
            columns=(column.header, *column.words),
            help=column.help,
            choices=tuple(
                Choice(value=code.value, label=code.label, words=code.words) for code in codes
            ),
        )

    @cached_property
    def _parameters(self) -> Mapping[str, Parameter]:
        return {one.name: one for one in self.parameters}

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], str]:
        return {
            (name, code.value): code.label
            for name, listed in self.codes.items()
            for code in listed.codes
        }
