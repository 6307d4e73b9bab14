"""Plan an import: what each row of a workbook would make of the cases there are.

A plan changes nothing; the office carries it out in one transaction.  A row belongs to a
stored case by its patent number, the k-th row of a number to the k-th case of it.  Per case
the store keeps `imported`, the cells as last imported, and only a cell that differs from that
is taken over: the same file twice changes nothing, whatever was edited by hand between, and a
cell emptied in the workbook empties its field.  `imported` must therefore be kept for every
row that is not refused, the unchanged ones included.

What can not be read stays in `Case.unread` as it stands in the cell.  Only a row that is no
case at all is refused.  This module must not know the store or a screen.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from forms.exchange.headers import Header
from forms.exchange.row_cells import SAMPLE_MARK, Row
from forms.exchange.row_matching import (
    Ledger,
    OnLedger,
    Stored,
    matched_to_cases,
    matched_to_ledger,
)
from forms.exchange.row_merge import Change, changes, says_what_is_imported, taken_over
from forms.exchange.rows_together import Note
from forms.exchange.sheet_columns import NUMBER, Names
from forms.exchange.sheet_layout import UNDECIDED, Decisions, header_of, with_words
from forms.exchange.sheet_rows import listed
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.derived import number_text
from forms.facts.ledger import join
from forms.facts.paths import with_value
from forms.facts.record import Case
from forms.ground.cleaning import narrow
from forms.pack.types import Pack

__all__ = [
    "SAMPLE_MARK",
    "ImportPlan",
    "RowPlan",
    "SampleRow",
    "SheetPlan",
    "Stored",
    "UnreadableFile",
    "plan",
    "read_file",
]

Action = Literal["new", "changed", "unchanged", "refused"]

_BLANK = Case()
_OWNERS = "owners"


class RowPlan(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What becomes of one row.  `row` counts from 1 as a spreadsheet shows it.

    `case` and `imported` are to be stored under `case_id` (None: a new case), unless they
    stand there already, as `stands`; a new case on the patent `patent_id` of the ledger, if it
    is known.
    `changes` are what the row changes of an existing case, or says otherwise of that patent.
    Of a refused row `case` is blank and `reason` says why.
    """

    file: str
    sheet: str
    row: int
    action: Action
    made: Case = _BLANK
    """The case, where the row had to be read against it; blank where it says what stands."""
    case_id: int | None = None
    patent_id: int | None = None
    cells: Mapping[str, str] = {}
    """The cells to be kept as imported, where there is a case made."""
    stands: Stored | None = None
    changes: tuple[Change, ...] = ()
    reason: str = ""

    @property
    def case(self) -> Case:
        """What the row says, and what its case said before; what is unread in the row's order."""
        return self.stands.case if self.stands is not None and self.made is _BLANK else self.made

    @property
    def imported(self) -> Mapping[str, str]:
        """Field path -> cell, as the row says them or its case keeps them."""
        return (
            self.stands.imported if self.stands is not None and self.made is _BLANK else self.cells
        )

    @property
    def name(self) -> str:
        """The number of the row's patent as far as it is known, or else its title."""
        return _name(self.case)


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How a sheet was understood: header -> label of the field, and headers ignored.

    `header_row` counts from 1; None for a sheet that is no list of patents (`reason`).
    `notes` are sentences on what could not be read as it stands.
    """

    file: str
    sheet: str
    header_row: int | None = None
    understood: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


class SampleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was passed over since its number is marked as a sample; `text` is that cell.

    `is_template` tells the template's own row from one that somebody wrote over it.
    """

    file: str
    sheet: str
    row: int
    text: str
    is_template: bool


class ImportPlan(msgspec.Struct, frozen=True):
    """What an import would do, row by row, in the files' order.

    `samples` were passed over.  `notes` say what was done otherwise than a clerk may think.
    `absent` are the names of stored cases that were imported from the same columns before and
    stand in none of the rows now.  `elsewhere` are the numbers of new cases whose patents the
    ledger knows already, from cases of other packs.
    """

    rows: tuple[RowPlan, ...]
    sheets: tuple[SheetPlan, ...]
    samples: tuple[SampleRow, ...] = ()
    absent: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def count(self, action: Action) -> int:
        """How many rows would have that action."""
        return sum(row.action == action for row in self.rows)


def plan(
    sheets: Sequence[Sheet],
    pack: Pack,
    existing: Sequence[Stored],
    *,
    decisions: Decisions = UNDECIDED,
    ledger: Ledger = lambda _numbers: (),
) -> ImportPlan:
    """Return what importing the sheets would do to the existing cases (in their order).

    A row whose patent the `ledger` knows makes a case on that patent.  `decisions` are a
    clerk's, of what columns and words mean.  Raises UnreadableFile if none of the sheets has a
    header that names the patent's number or title.
    """
    pack = with_words(pack, decisions.words)
    names = Names(pack, decisions.columns)
    rows: list[Row] = []
    sheet_plans: list[SheetPlan] = []
    notes: list[Note] = []
    for sheet in sheets:
        header = header_of(sheet, names, decisions)
        sheet_plans.append(_sheet_plan(sheet, header))
        if header:
            found, told = listed(sheet, header, pack)
            rows += found
            notes += told
    if not any(sheet_plan.header_row for sheet_plan in sheet_plans):
        raise UnreadableFile(_no_header(sheets))
    samples = [row for row in rows if row.is_sample]
    if samples:
        rows = [row for row in rows if not row.is_sample]
    cases = [row for row in rows if not row.refusal]
    matched = matched_to_cases(cases, existing)
    on_ledger = matched_to_ledger(cases, matched, ledger)
    plans = tuple(
        _row_plan(row, pack, matched.get(id(row)), on_ledger.get(id(row))) for row in rows
    )
    absent = _absent(cases, matched, existing)
    shown = tuple(_sample_row(row, pack) for row in samples)
    notes += _twice(cases)
    elsewhere = tuple(dict.fromkeys(plan.name for plan in plans if plan.patent_id is not None))
    return ImportPlan(plans, tuple(sheet_plans), shown, absent, elsewhere, tuple(notes))


def _twice(rows: Sequence[Row]) -> Iterator[Note]:
    """Say which rows are of a patent that a row before them is of."""
    first: dict[Hashable, Row] = {}
    for row in rows:
        if not row.number or (before := first.setdefault(row.key, row)) is row:
            continue
        is_other, name = before.sheet is not row.sheet, before.sheet.name
        sheet = f"工作表“{name}”" if is_other and name else ""
        file = f"“{before.sheet.file}”" if is_other and not sheet else ""
        yield Note(
            row.sheet.file,
            row.sheet.name,
            row.row,
            f"与{file}{sheet}第 {before.row} 行是同一件专利（{row.number}），将成为两件案卷，"
            "请删除多余的一行。",
        )


def _sample_row(row: Row, pack: Pack) -> SampleRow:
    field = pack.field(NUMBER)
    text = narrow(row.number)
    return SampleRow(
        file=row.sheet.file,
        sheet=row.sheet.name,
        row=row.row,
        text=text,
        is_template=field is not None and text.endswith(narrow(field.sample)),
    )


def _absent(
    rows: Sequence[Row], matched: Mapping[int, Stored], existing: Sequence[Stored]
) -> tuple[str, ...]:
    """Name the stored cases of the rows' columns that no row is of, where any row knows its case.

    A file that only brings new patents is no later state of an earlier one.
    """
    if not matched:
        return ()
    used = {id(stored) for stored in matched.values()}
    unused = [stored for stored in existing if id(stored) not in used]
    columns = {answer.field.path for row in rows if unused for answer in row.answers}
    return tuple(
        _name(stored.case)
        for stored in unused
        if stored.imported and stored.imported.keys() <= columns
    )


def _name(case: Case) -> str:
    return number_text(case) or case.patent.title


def _no_header(sheets: Iterable[Sheet]) -> str:
    files = "、".join(f"“{name}”" for name in dict.fromkeys(sheet.file for sheet in sheets))
    return f"{files}中没有找到表头，前十行中应有“专利号”或“发明创造名称”一列，请补上列名。"


def _sheet_plan(sheet: Sheet, header: Header | None) -> SheetPlan:
    if header is None:
        reason = "隐藏的工作表，未读取" if sheet.hidden else "没有表头，不是专利清单"
        return SheetPlan(file=sheet.file, sheet=sheet.name, reason=reason)
    in_order = sorted(header.columns, key=lambda column: column.place)
    return SheetPlan(
        file=sheet.file,
        sheet=sheet.name,
        header_row=header.row + 1,
        understood=tuple(
            (column.header, "／".join(field.label for field in column.fields))
            for column in in_order
        ),
        ignored=tuple(one.header for one in header.left if not one.why),
        notes=sheet.notes,
    )


def _row_plan(row: Row, pack: Pack, stored: Stored | None, on_ledger: OnLedger | None) -> RowPlan:
    file, sheet = row.sheet.file, row.sheet.name
    if reason := row.refusal:
        return RowPlan(file=file, sheet=sheet, row=row.row, action="refused", reason=reason)
    if stored and not stored.has_unread and says_what_is_imported(row, stored):
        return RowPlan(
            file=file,
            sheet=sheet,
            row=row.row,
            action="unchanged",
            case_id=stored.id,
            stands=stored,
        )
    before = stored.case if stored else Case(pack=pack.identity.code)
    if on_ledger is not None:
        before = join(on_ledger.entry, before)
    imported = dict(stored.imported) if stored else {}
    after = taken_over(row, before, imported)
    if on_ledger is not None and row.patent and row.patent.check is None:
        # the ledger's says more
        after = with_value(after, NUMBER, on_ledger.entry.patent.number)
    action: Action = "new" if not stored else "changed" if after != before else "unchanged"
    stands = action == "unchanged" and stored is not None and imported == stored.imported
    return RowPlan(
        file=file,
        sheet=sheet,
        row=row.row,
        action=action,
        made=after,
        case_id=stored.id if stored else None,
        patent_id=on_ledger.id if on_ledger else None,
        cells=imported,
        stands=stored if stands else None,
        changes=_told_changes(row, before, after, action),
    )


def _told_changes(row: Row, before: Case, after: Case, action: Action) -> tuple[Change, ...]:
    """What changes of an existing case; of a new one what its patent's entry says otherwise."""
    if action == "unchanged":
        return ()
    if action == "changed":
        return changes(row, before, after)
    if before.patent == _BLANK.patent:  # not of the ledger
        return ()
    return tuple(change for change in changes(row, before, after) if change[1])
