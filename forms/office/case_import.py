"""Import workbooks: planned row by row, carried out in one transaction or not at all."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from forms.exchange.import_plan import Action, ImportPlan, RowPlan, Stored, plan, read_file
from forms.exchange.sheet_layout import UNDECIDED, Decisions
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.declared import as_filed
from forms.office.case_standing import Progress, no_progress
from forms.office.store import CannotDo, CaseStore
from forms.pack.types import Pack

if TYPE_CHECKING:  # what writes workbooks is slow to load
    from forms.exchange.register_book import RegisterBook

_AT_ONCE = 500  # new cases, between two reports of progress

ACTIONS: tuple[Action, ...] = ("new", "changed", "unchanged", "refused")


def read_files(paths: Sequence[Path]) -> list[Sheet]:
    """Read the sheets of every file.  Raises CannotDo naming each that can not be read."""
    sheets: list[Sheet] = []
    faults = []
    for path in paths:
        try:
            sheets += read_file(path)
        except UnreadableFile as fault:
            faults.append(str(fault))
    if faults:
        others = "其他文件也未导入。" if len(faults) < len(paths) else ""
        raise CannotDo("".join(faults) + others)
    return sheets


def register_of(cases: Sequence[Stored], pack: Pack) -> "RegisterBook":
    """The register of a pack's cases, in their order, as a workbook that can be imported again.

    Raises CannotDo where they are none, UnreadableFile where they are too many.
    """
    from forms.exchange.register_book import RegisterBook, write_register

    own = [stored for stored in cases if stored.case.pack in ("", pack.identity.code)]
    if not own:
        raise CannotDo("所选案卷属于其他表单包，请换用该表单包后再导出台账。")
    book = write_register(own, pack)
    if others := len(cases) - len(own):
        words = f"另有 {others} 件案卷属于其他表单包，未写入台账。"
        return RegisterBook(book.content, book.count, (*book.words, words))
    return book


def import_sheets(
    store: CaseStore,
    pack: Pack,
    sheets: Sequence[Sheet],
    *,
    decisions: Decisions = UNDECIDED,
    dry_run: bool = False,
    who: str = "",
    progress: Progress = no_progress,
) -> ImportPlan:
    """Import the sheets, or only say what an import would do.

    Raises UnreadableFile where no file is a list of patents, CannotDo where one of them is none;
    nothing then is imported.
    """
    if dry_run:
        return _planned(sheets, pack, store, decisions)
    with store.transaction():
        planned = _planned(sheets, pack, store, decisions)
        _carry_out(planned, store, who, progress)
        counts = {str(action): planned.count(action) for action in ACTIONS}
        store.events.log("import.done", who=who, counts=counts)
    return planned


def _carry_out(planned: ImportPlan, store: CaseStore, who: str, progress: Progress) -> None:
    """Save the rows that know their case one by one, and add the new ones many at a time."""
    total = len(planned.rows)
    known = [
        row for row in planned.rows if row.action in ("changed", "unchanged") and row.stands is None
    ]
    for place, row in enumerate(known):
        progress(place, total)
        what = _what(row)
        case = as_filed(row.case)
        store.cases.save(case, case_id=row.case_id, imported=row.imported, who=who, what=what)
    new = [row for row in planned.rows if row.action == "new"]
    for start in range(0, len(new), _AT_ONCE):
        progress(len(known) + start, total)
        portion = new[start : start + _AT_ONCE]
        store.cases.add_all(
            [(as_filed(row.case), row.imported, _what(row)) for row in portion],
            who=who,
            on=[row.patent_id for row in portion],
        )
    progress(total, total)


def _what(row: RowPlan) -> str:
    return f"导入 {row.file} 第 {row.row} 行"


def _planned(
    sheets: Sequence[Sheet], pack: Pack, store: CaseStore, decisions: Decisions
) -> ImportPlan:
    planned = plan(
        *(sheets, pack, store.cases.standing(pack.identity.code)),
        decisions=decisions,
        ledger=partial(store.ledger.known, pack=pack.identity.code),
    )
    understood = {sheet.file for sheet in planned.sheets if sheet.header_row is not None}
    others = dict.fromkeys(s.file for s in planned.sheets if s.file not in understood)
    if others:
        names = "、".join(f"“{name}”" for name in others)
        raise CannotDo(f"{names}中没有专利清单的表头，未导入任何文件，请核对。")
    return planned
