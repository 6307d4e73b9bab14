"""Reads workbooks and says what an import would do, with everything the page shows of it.

Runs in a job: it knows no widgets.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from db.store import Store
from desktop.texts import t
from forms.exchange.columns import NUMBER, Names
from forms.exchange.importing import Action, ImportPlan, RowPlan
from forms.exchange.layout import ColumnView, Decisions, WordView, columns, layout_key, words
from forms.exchange.sheets import Sheet
from forms.office.importing import import_sheets
from forms.pack.types import Pack
from forms.patent_number import NotAPatentNumber, PatentNumber, parse

_decisions = msgspec.json.Decoder(Decisions)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the dry run as the table shows it; `is_doubtful` rows are imported and marked."""

    where: str
    file: str
    name: str
    title: str
    action: Action
    reason: str
    is_doubtful: bool


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found in the files, and what importing them would do."""

    sheets: tuple[Sheet, ...]
    plan: ImportPlan
    columns: tuple[ColumnView, ...]
    words: tuple[WordView, ...]
    lines: tuple[Line, ...]
    decisions: Decisions
    layout: str

    @property
    def taken(self) -> int:
        """How many rows would be imported as new or changed cases."""
        return self.plan.count("new") + self.plan.count("changed")


def look(
    store: Store, pack: Pack, sheets: Sequence[Sheet], decisions: Decisions | None = None
) -> Look:
    """Plan an import by these decisions, or else by those remembered of the layout.

    Raises CannotDo where a file is no list of patents.
    """
    layout = layout_name(sheets, pack)
    if decisions is None:
        decisions = remembered(store, layout)
    plan = import_sheets(store, pack, sheets, decisions=decisions, dry_run=True)
    return Look(
        sheets=tuple(sheets),
        plan=plan,
        columns=_columns(sheets, pack, decisions),
        words=tuple(words(sheets, pack, decisions)),
        lines=tuple(_lines(plan, pack)),
        decisions=decisions,
        layout=layout,
    )


def layout_name(sheets: Sequence[Sheet], pack: Pack) -> str:
    """Return the name of a setting that keeps what is decided of a layout, "" without one."""
    key = layout_key(sheets, pack)
    if not key:
        return ""
    return "import.layout." + hashlib.sha256(key.encode()).hexdigest()[:24]


def remembered(store: Store, layout: str) -> Decisions:
    """Return what was decided of a layout before."""
    text = store.setting(layout) if layout else None
    try:
        return _decisions.decode(text) if text else Decisions()
    except msgspec.DecodeError:
        return Decisions()


def remember(store: Store, layout: str, decisions: Decisions) -> None:
    """Keep what was decided of a layout."""
    if layout:
        store.set_setting(layout, msgspec.json.encode(decisions).decode())


def _columns(sheets: Sequence[Sheet], pack: Pack, decisions: Decisions) -> tuple[ColumnView, ...]:
    """The columns of all sheets, each heading once."""
    names = Names(pack, decisions.columns)
    found: dict[str, ColumnView] = {}
    for sheet in sheets:
        header = None if sheet.hidden else names.header(sheet.rows)
        if header is not None:
            for column in columns(sheet, header, decisions):
                found.setdefault(column.header, column)
    return tuple(found.values())


def _lines(plan: ImportPlan, pack: Pack) -> list[Line]:
    many = len({(row.file, row.sheet) for row in plan.rows}) > 1
    numbers = Counter(row.case.patent.number for row in plan.rows if row.action != "refused")
    return [_line(row, pack, numbers, many=many) for row in plan.rows]


def _line(row: RowPlan, pack: Pack, numbers: Counter[str | None], *, many: bool) -> Line:
    doubts = _doubts(row, pack, numbers)
    changes = [
        t(
            "import.change",
            field=field.label if (field := pack.field(path)) else path,
            old=_short(old),
            new=_short(new),
        )
        for path, old, new in row.changes
    ]
    return Line(
        where=f"{row.sheet} {row.row}" if many else str(row.row),
        file=row.file,
        name=row.name if row.name != row.case.patent.title else "",
        title=row.case.patent.title,
        action=row.action,
        reason="；".join([row.reason] if row.reason else [*doubts, *changes]),
        is_doubtful=bool(doubts),
    )


def _doubts(row: RowPlan, pack: Pack, numbers: Counter[str | None]) -> list[str]:
    """What is imported all the same, and marked."""
    doubts = []
    number = row.case.patent.number
    if number is not None:
        parts = _parsed(number)
        if parts is not None and parts.check_is_right is False:
            doubts.append(t("import.doubt.check", right=parts.expected_check, stated=parts.check))
        if numbers[number] > 1:
            doubts.append(t("import.doubt.twice", count=numbers[number]))
    for path, text in row.case.unread.items():
        field = pack.field(path)
        label = field.label if field else path
        key = "import.doubt.number" if path == NUMBER else "import.doubt.unread"
        doubts.append(t(key, field=label, text=_short(text)))
    return doubts


def _parsed(number: str) -> PatentNumber | None:
    try:
        return parse(number)
    except NotAPatentNumber:
        return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return t("import.blank")
    return line if len(line) <= 40 else line[:39] + "…"


def shown_names(files: Sequence[Path]) -> str:
    """Return the files' names, the first ones only where there are many."""
    names = "、".join(file.name for file in files[:2])
    return names if len(files) <= 2 else t("import.files", names=names, count=len(files))
