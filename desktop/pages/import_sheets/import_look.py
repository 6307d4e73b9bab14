"""Reads workbooks and says what an import would do, with everything the page shows of it.

Runs in a job: it knows no widgets.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec

from db.store import Store
from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import GONE_OUT
from forms.exchange.import_plan import Action, ImportPlan, RowPlan, SampleRow
from forms.exchange.sheet_columns import NUMBER, Names
from forms.exchange.sheet_layout import (
    ColumnView,
    Decisions,
    WordView,
    columns,
    header_of,
    layout_key,
    unanswered,
    words,
)
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.left_unread import listed_path
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.record import OF_THE_OFFICE
from forms.ground.cleaning import Cell, cell_text
from forms.office.case_import import import_sheets
from forms.office.store import CannotDo
from forms.pack.types import Field, Pack

_decisions = msgspec.json.Decoder(Decisions)
_BY_NAME = "import.headings"  # what is decided of headings and words, whatever file they are in
_FIRST = 10  # rows from the top that may be chosen as the header


ImportOutcome = Literal[Action, "sample", "passed"]


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """A row of the dry run as the table shows it; `is_doubtful` rows are imported and marked."""

    where: str
    file: str
    name: str
    title: str
    action: ImportOutcome
    reason: str
    is_doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class Headed:
    """A sheet with the row its header stands in, 0 for none, and the rows it may stand in."""

    sheet: str
    row: int
    rows: tuple[tuple[int, str], ...]


class NotAList(CannotDo):
    """The files hold no list of patents that is recognised; `sheets` is what they hold."""

    def __init__(self, reason: str, sheets: Sequence[Sheet]) -> None:
        super().__init__(reason)
        self.sheets = tuple(sheets)


@dataclass(frozen=True, kw_only=True)
class ImportLook:
    """What was found in the files, and what importing them would do."""

    sheets: tuple[Sheet, ...]
    plan: ImportPlan
    columns: tuple[ColumnView, ...]
    words: tuple[WordView, ...]
    lines: tuple[SheetLine, ...]
    headed: tuple[Headed, ...]
    decisions: Decisions
    layout: str
    unanswered: tuple[Field, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What is told of whole sheets, each with its name where there are several."""
        sheets = {(note.file, note.sheet) for note in self.plan.notes}
        return tuple(
            f"{note.sheet}：{note.text}" if len(sheets) > 1 else note.text
            for note in self.plan.notes
            if not note.row
        )

    @property
    def taken(self) -> int:
        """How many rows would be imported as new or changed cases."""
        return self.plan.count("new") + self.plan.count("changed")


def look(
    store: Store, pack: Pack, sheets: Sequence[Sheet], decisions: Decisions | None = None
) -> ImportLook:
    """Plan an import by these decisions, or else by those remembered of the layout.

    Raises NotAList where a file is no list of patents.
    """
    layout = layout_name(sheets, pack)
    if decisions is None:
        decisions = remembered(store, layout)
    try:
        plan = import_sheets(store, pack, sheets, decisions=decisions, dry_run=True)
    except (CannotDo, UnreadableFile) as fault:
        raise NotAList(str(fault), sheets) from fault
    views = _columns(sheets, pack, decisions)
    answered = {field.path for column in views for field in column.fields}
    return ImportLook(
        sheets=tuple(sheets),
        plan=plan,
        columns=views,
        words=tuple(words(sheets, pack, decisions)),
        lines=tuple(_lines(plan, pack, answered, _gone_out(store, plan))),
        headed=tuple(_headed(sheets, pack, decisions)),
        decisions=decisions,
        layout=layout,
        unanswered=tuple(unanswered(sheets, pack, decisions)),
    )


def is_of_known(found: ImportLook) -> bool:
    """Whether a list names no new patent, and says how those that are known stand."""
    paths = {field.path for column in found.columns for field in column.fields}
    return not found.plan.count("new") and "patent.legal_status" in paths


def layout_name(sheets: Sequence[Sheet], pack: Pack) -> str:
    """Return the name of a setting that keeps what is decided of a layout, "" without one."""
    key = layout_key(sheets, pack)
    if not key:
        return ""
    return "import.layout." + hashlib.sha256(key.encode()).hexdigest()[:24]


def remembered(store: Store, layout: str) -> Decisions:
    """Return what was decided before: of each heading and word, and of this very layout.

    A list that has got further columns is known by the headings it had.
    """
    by_name = _kept(store, _BY_NAME)
    own = _kept(store, layout)
    words = {
        path: {**by_name.words.get(path, {}), **own.words.get(path, {})}
        for path in {**by_name.words, **own.words}
    }
    columns = {**by_name.columns, **own.columns}
    return Decisions(columns=columns, words=words, headers=own.headers)


def remember(store: Store, layout: str, decisions: Decisions) -> None:
    """Keep what was decided: of each heading and word by its name, of a layout where its header is.

    What is kept of a layout holds before what is kept by name.
    """
    if layout:
        store.settings.put(layout, msgspec.json.encode(decisions).decode())
    store.settings.change(_BY_NAME, partial(_with_decided, decisions))


def _with_decided(decisions: Decisions, text: str | None) -> str:
    before = _read(text)
    words = {
        path: {**before.words.get(path, {}), **decisions.words.get(path, {})}
        for path in {**before.words, **decisions.words}
    }
    made = Decisions(columns={**before.columns, **decisions.columns}, words=words)
    return msgspec.json.encode(made).decode()


def _kept(store: Store, name: str) -> Decisions:
    return _read(store.settings.get(name) if name else None)


def _read(text: str | None) -> Decisions:
    try:
        return _decisions.decode(text) if text else Decisions()
    except msgspec.DecodeError:
        return Decisions()


def _columns(sheets: Sequence[Sheet], pack: Pack, decisions: Decisions) -> tuple[ColumnView, ...]:
    """The columns of all sheets, each heading once."""
    names = Names(pack, decisions.columns)
    found: dict[str, ColumnView] = {}
    for sheet in sheets:
        header = header_of(sheet, names, decisions)
        if header is not None:
            for column in columns(sheet, header, decisions):
                found.setdefault(column.header, column)
    return tuple(found.values())


def _headed(sheets: Sequence[Sheet], pack: Pack, decisions: Decisions) -> list[Headed]:
    """The sheets that are read, each with its header's row; those of one name once."""
    names = Names(pack, decisions.columns)
    found: dict[str, Headed] = {}
    for sheet in sheets:
        header = header_of(sheet, names, decisions)
        if header is not None and sheet.name not in found:
            rows = tuple(
                (row, _in_short(cells)) for row, cells in enumerate(sheet.rows[:_FIRST], 1)
            )
            filled = tuple((row, words) for row, words in rows if words)
            found[sheet.name] = Headed(sheet=sheet.name, row=header.row + 1, rows=filled)
    return list(found.values())


def _in_short(cells: Sequence[Cell]) -> str:
    texts = (" ".join(cell_text(cell).split()) for cell in cells)
    return _short("、".join(text for text in texts if text)) if any(map(cell_text, cells)) else ""


def _gone_out(store: Store, plan: ImportPlan) -> frozenset[int]:
    """The cases that were sent or licensed and would be changed in what papers print."""
    changed = [
        row.case_id
        for row in plan.rows
        if row.case_id is not None and {path for path, _, _ in row.changes} - set(OF_THE_OFFICE)
    ]
    return frozenset(row.id for row in store.register.rows_of(changed) if row.state in GONE_OUT)


def _lines(
    plan: ImportPlan, pack: Pack, answered: Collection[str], gone_out: Collection[int]
) -> list[SheetLine]:
    many = len({(row.file, row.sheet) for row in plan.rows}) > 1
    told = _told(plan)
    for row in plan.rows:
        if row.case_id in gone_out:
            at = (row.file, row.sheet, row.row)
            told.setdefault(at, []).insert(0, t("import.doubt.gone_out"))
    lines = [
        _line(row, pack, told.pop((row.file, row.sheet, row.row), []), answered, many=many)
        for row in plan.rows
    ]
    samples = {(row.file, row.sheet, row.row) for row in plan.samples}
    passed = [_passed(at, texts, many=many) for at, texts in told.items() if at not in samples]
    return lines + [_sample(row, many=many) for row in plan.samples] + passed


def _told(plan: ImportPlan) -> dict[tuple[str, str, int], list[str]]:
    """What is told of rows, by file, sheet and row."""
    told: dict[tuple[str, str, int], list[str]] = {}
    for note in plan.notes:
        if note.row:
            at = (note.file, note.sheet, note.row)
            told.setdefault(at, []).append(note.text.removesuffix("。"))
    return told


def _passed(at: tuple[str, str, int], texts: Sequence[str], *, many: bool) -> SheetLine:
    """A row that is none of its own: a line under the list, more of the patent above it."""
    file, sheet, row = at
    return SheetLine(
        where=f"{sheet} {row}" if many else str(row),
        file=file,
        name="",
        title="",
        action="passed",
        reason="；".join(texts),
    )


def _sample(row: SampleRow, *, many: bool) -> SheetLine:
    """A row that was passed over; where it may be meant it says what to do."""
    key = "import.sample.template" if row.is_template else "import.sample.own"
    return SheetLine(
        where=f"{row.sheet} {row.row}" if many else str(row.row),
        file=row.file,
        name=_short(row.text),
        title="",
        action="sample",
        reason=t(key),
        is_doubtful=not row.is_template,
    )


def _line(
    row: RowPlan,
    pack: Pack,
    told: Sequence[str],
    answered: Collection[str],
    *,
    many: bool,
) -> SheetLine:
    doubts = [*_doubts(row, pack, answered), *told]
    changes = [
        t(
            "import.change",
            field=field.label if (field := pack.field(path)) else path,
            old=_whole(old),
            new=_whole(new),
        )
        for path, old, new in row.changes
    ]
    return SheetLine(
        where=f"{row.sheet} {row.row}" if many else str(row.row),
        file=row.file,
        name=row.name if row.name != row.case.patent.title else "",
        title=row.case.patent.title,
        action=row.action,
        reason="；".join([row.reason, *told] if row.reason else [*doubts, *changes]),
        is_doubtful=bool(doubts) and not row.reason,
    )


def _doubts(row: RowPlan, pack: Pack, answered: Collection[str]) -> list[str]:
    """What is imported all the same, and marked; nothing of what no column says."""
    doubts = []
    number = row.case.patent.number
    if number is not None and NUMBER in answered:
        parts = _parsed(number)
        if parts is not None and parts.check_is_right is False:
            doubts.append(t("import.doubt.check", right=parts.expected_check, stated=parts.check))
    for path, text in row.case.unread.items():
        if listed_path(path) not in answered:
            continue
        field = pack.field(path)
        label = field.label if field else path
        key = "import.doubt.number" if path == NUMBER else "import.doubt.unread"
        doubts.append(t(key, field=label, text=_whole(text)))
    return doubts


def _parsed(number: str) -> PatentNumber | None:
    try:
        return parse(number)
    except NotAPatentNumber:
        return None


def _whole(text: str) -> str:
    return " ".join(text.split()) or t("import.blank")


def _short(text: str) -> str:
    line = _whole(text)
    return line if len(line) <= 40 else line[:39] + "…"


def shown_names(files: Sequence[Path]) -> str:
    """Return the files' names, the first ones only where there are many."""
    names = "、".join(file.name for file in files[:2])
    return names if len(files) <= 2 else t("import.files", names=names, count=len(files))
