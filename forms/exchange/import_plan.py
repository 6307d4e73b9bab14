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

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from forms.exchange.headers import Header
from forms.exchange.row_cells import SAMPLE_MARK, Row
from forms.exchange.row_merge import Change, changes, taken_over
from forms.exchange.rows_together import Note
from forms.exchange.sheet_columns import NUMBER, TITLE, Names
from forms.exchange.sheet_layout import UNDECIDED, Decisions, header_of, with_words
from forms.exchange.sheet_rows import listed
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case
from forms.facts.several_names import split_names
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


class Stored(Protocol):
    """A stored case, as far as an import looks at it."""

    @property
    def id(self) -> int:
        """The case's id in the store."""

    @property
    def case(self) -> Case:
        """The case as it stands."""

    @property
    def imported(self) -> Mapping[str, str]:
        """Field path -> cell, as last imported."""


class RowPlan(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What becomes of one row.  `row` counts from 1 as a spreadsheet shows it.

    `case` and `imported` are to be stored under `case_id` (None: a new case), unless they
    stand there already; of a refused row `case` is blank and `reason` says why.
    """

    file: str
    sheet: str
    row: int
    action: Action
    case: Case = _BLANK
    case_id: int | None = None
    imported: dict[str, str] = {}
    stands_already: bool = False
    changes: tuple[Change, ...] = ()
    reason: str = ""

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
    stand in none of the rows now.  `elsewhere` are the numbers of new cases that cases of other
    packs have already.
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
) -> ImportPlan:
    """Return what importing the sheets would do to the existing cases (in their order).

    `decisions` are a clerk's, of what columns and words mean.  Raises UnreadableFile if none
    of the sheets has a header that names the patent's number or title.
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
    rows = [row for row in rows if not row.is_sample]
    cases = [row for row in rows if not row.refusal]
    matched = _matched(cases, existing)
    plans = tuple(_row_plan(row, pack, matched.get(id(row))) for row in rows)
    absent = _absent(cases, matched, existing)
    shown = tuple(_sample_row(row, pack) for row in samples)
    notes += _twice(cases)
    return ImportPlan(plans, tuple(sheet_plans), shown, absent, notes=tuple(notes))


def _twice(rows: Sequence[Row]) -> Iterator[Note]:
    """Say which rows are of a patent that a row before them is of."""
    first: dict[Hashable, Row] = {}
    for row in rows:
        key = _key(row.number, row.title)
        if not row.number or (before := first.setdefault(key, row)) is row:
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
    columns = {answer.field.path for row in rows for answer in row.answers}
    used = {id(stored) for stored in matched.values()}
    return tuple(
        _name(stored.case)
        for stored in existing
        if id(stored) not in used and stored.imported and stored.imported.keys() <= columns
    )


def _name(case: Case) -> str:
    patent = case.patent
    return patent.number or case.unread.get(NUMBER) or patent.title


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


def _row_plan(row: Row, pack: Pack, stored: Stored | None) -> RowPlan:
    file, sheet = row.sheet.file, row.sheet.name
    if reason := row.refusal:
        return RowPlan(file=file, sheet=sheet, row=row.row, action="refused", reason=reason)
    before = stored.case if stored else Case(pack=pack.identity.code)
    imported = dict(stored.imported) if stored else {}
    after = taken_over(row, before, imported)
    action: Action = "new" if not stored else "changed" if after != before else "unchanged"
    has_same_cells = stored is not None and imported == stored.imported
    return RowPlan(
        file=file,
        sheet=sheet,
        row=row.row,
        action=action,
        case=after,
        case_id=stored.id if stored else None,
        imported=imported,
        stands_already=action == "unchanged" and has_same_cells,
        changes=changes(row, before, after) if action == "changed" else (),
    )


# ------------------------------------------------------------------ which case a row is


def _key(number: str, title: str) -> Hashable:
    """Return what identifies a patent: the digits of its number, or what is there instead."""
    try:
        return parse(number).digits
    except NotAPatentNumber:
        return (narrow(number), title)


def _imported_key(stored: Stored) -> Hashable:
    number, title = stored.imported.get(NUMBER, ""), stored.imported.get(TITLE, "")
    if title and title == stored.case.unread.get(TITLE):
        title = ""  # as its row has none: what can not be read is no title
    return _key(number, title) if number or title else None


def _current_key(stored: Stored) -> Hashable:
    patent = stored.case.patent
    return _key(patent.number or stored.case.unread.get(NUMBER, ""), patent.title)


def _title_if_numberless(stored: Stored) -> Hashable:
    patent = stored.case.patent
    return patent.title if patent.title and patent.number is None else None


def _title_and_owners_if_misread(stored: Stored) -> Hashable:
    """What a case is known by whose number can not be right: its check character says so."""
    patent = stored.case.patent
    if not patent.title or not patent.number or parse(patent.number).check_is_right:
        return None
    return (patent.title, frozenset(owner.name for owner in stored.case.owners))


def _matched(rows: Sequence[Row], existing: Sequence[Stored]) -> dict[int, Stored]:
    """Return the stored case of each row by the row's id().

    First by what was last imported (it stays when a number is mended by hand), then by what
    the case is now, last, for a number no case has, by the title of a case whose number is
    missing or unreadable, and by title and owners of one whose number is mistyped (it is
    mended in the workbook).  The k-th row of a key takes the k-th case of it.
    """
    known = {key for stored in existing for key in (_imported_key(stored), _current_key(stored))}
    keys = {id(row): _key(row.number, row.title) for row in rows} if existing else {}

    def row_key(row: Row) -> Hashable:
        return keys[id(row)]

    def new_title(row: Row) -> Hashable:
        return row.title if row.title and row_key(row) not in known else None

    def new_title_and_owners(row: Row) -> Hashable:
        if not row.title or row_key(row) in known:
            return None
        owners = (answer.text for answer in row.answers if answer.field.path == _OWNERS)
        return (row.title, frozenset(split_names("；".join(owners))))

    stages: tuple[tuple[Callable[[Row], Hashable], Callable[[Stored], Hashable]], ...] = (
        (row_key, _imported_key),
        (row_key, _current_key),
        (new_title, _title_if_numberless),
        (new_title_and_owners, _title_and_owners_if_misread),
    )
    matched: dict[int, Stored] = {}
    free = list(existing)
    for of_row, of_stored in stages:
        waiting: defaultdict[Hashable, deque[Stored]] = defaultdict(deque)
        for stored in free:
            if (key := of_stored(stored)) is not None:
                waiting[key].append(stored)
        for row in rows if waiting else ():
            if id(row) not in matched and (queue := waiting.get(of_row(row))):
                matched[id(row)] = queue.popleft()
        taken = {id(stored) for stored in matched.values()}
        free = [stored for stored in free if id(stored) not in taken]
    return matched
