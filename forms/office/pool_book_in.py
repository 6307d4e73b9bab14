"""A workbook into a pool: what it would change is looked at first, then taken, all or nothing.

A blank cell changes nothing.  A member is known by its name, a patent by its number, an
application, a licence by the number it has in the workbook we wrote.  What can not be used is told
with its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from forms.exchange.record_rows import (
    ReadRow,
    headings_found,
    headings_unknown,
    pairs_of,
    rows_under,
)
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.licence_life import Receipt
from forms.facts.paths import with_value
from forms.ground.cleaning import cell_text, fold, visible
from forms.office.pools import PoolView
from forms.office.stored import Kept
from forms.pool.book_columns import (
    ANSWERS,
    APPLICATIONS,
    CATEGORIES,
    GRADES,
    LICENCES,
    MEMBER,
    MEMBERS,
    OPINIONS,
    PAID_BY,
    PATENTS,
    POOL,
    RECEIPTS,
    REVIEWED,
    SHEETS,
    BookSheet,
)
from forms.pool.book_values import grades_of, with_cell, with_receipts
from forms.pool.checklists import checklists, with_answer
from forms.pool.entry_rules import digits_of
from forms.pool.records import (
    Answer,
    Application,
    Applied,
    Member,
    Opinion,
    Pool,
    PoolLicence,
    PoolPatent,
)

R = TypeVar("R", bound=msgspec.Struct)

_MOST_NOTES, _NAMED = 200, 3  # a sheet's name counts as much as so many headings
_MOST_SHOWN, _LONGEST_SHOWN = 10, 20  # headings that are told, and of each


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a row does: to which sheet's record, of what name; `fields` are the labels changed.

    `record_id` is None for a new one; `member` the name of the member whose patent it is.
    """

    sheet: str
    name: str
    record: Any
    record_id: int | None = None
    revision: int | None = None
    fields: tuple[str, ...] = ()
    member: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it adds a record."""
        return self.record_id is None


class BookPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a workbook would do to a pool, how many rows say what is known, and what is told."""

    changes: tuple[Change, ...]
    unchanged: int
    notes: tuple[str, ...]

    def counted(self) -> Mapping[str, tuple[int, int]]:
        """Return how many are new and how many changed, by the names of the sheets."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.changes:
            new, changed = found.get(one.sheet, (0, 0))
            found[one.sheet] = (new + one.is_new, changed + (not one.is_new))
        return found


def plan(view: PoolView, sheets: Sequence[Sheet]) -> BookPlan:
    """Return what the sheets of a file would do to a pool.

    Raises UnreadableFile where none of them has the headings of a pool's sheet.
    """
    read: dict[str, list[ReadRow]] = {}
    unknown: list[str] = []
    about: list[ReadRow] = []
    for sheet in sheets:
        kind, rows = _kind_of(sheet)
        if kind is not None:
            read.setdefault(kind.code, []).extend(rows)
            if names := headings_unknown(sheet, kind.fields, kind.needs):
                words = "、".join(
                    f"“{visible(name[:_LONGEST_SHOWN])}”" for name in names[:_MOST_SHOWN]
                )
                more = "等" if len(names) > _MOST_SHOWN else ""
                unknown.append(f"工作表“{sheet.name}”的列{words}{more}不认识，未采用")
        elif not sheet.hidden and (pairs := pairs_of(sheet, POOL)):
            about.append(pairs)
        else:
            unknown += _lacking(sheet)
    if not read and not about:
        heads = "；".join(f"{one.name}：{'、'.join(_labels(one))}" for one in SHEETS[:3])
        file = sheets[0].file if sheets else ""
        raise UnreadableFile(f"“{file}”不是专利池的表。各表至少要有的列：{heads}。")
    planner = _Planner(view, unknown)
    planner.take_pool(about, read.get(ANSWERS.code, ()))
    planner.take_members(read.get(MEMBERS.code, ()))
    planner.take_patents(read.get(PATENTS.code, ()))
    planner.take_applications(read.get(APPLICATIONS.code, ()))
    planner.take_opinions(read.get(OPINIONS.code, ()))
    planner.take_licences(read.get(LICENCES.code, ()), read.get(RECEIPTS.code, ()))
    return planner.planned()


def _labels(sheet: BookSheet) -> list[str]:
    return [field.label for field in sheet.fields if field.path in sheet.needs]


def _kind_of(sheet: Sheet) -> tuple[BookSheet | None, list[ReadRow]]:
    """Which of a pool's sheets one is: the one most of whose headings it has, its name counts.

    A sheet that bears the name of one of them is no other.
    """
    best, found = 0, None
    for one in _named(sheet) or SHEETS:
        count = headings_found(sheet, one.fields, one.needs)
        count += _NAMED * (count > 0 and one.name in sheet.name)
        if count > best:
            best, found = count, one
    if found is None:
        return None, []
    return found, rows_under(sheet, found.fields, found.needs) or []


def _named(sheet: Sheet) -> tuple[BookSheet, ...]:
    return tuple(one for one in SHEETS if fold(one.name) == fold(sheet.name))


def _lacking(sheet: Sheet) -> Iterator[str]:
    """Tell of a sheet that bears a name of ours and lacks a heading without which it is none."""
    if sheet.hidden or not any(cell_text(cell).strip() for row in sheet.rows for cell in row):
        return
    for one in _named(sheet):
        heads = "、".join(f"“{label}”" for label in _labels(one))
        yield f"工作表“{sheet.name}”未采用：表头要有{heads}各列"


class _Planner:
    """Gathers what rows do to a pool."""

    def __init__(self, view: PoolView, notes: Sequence[str] = ()) -> None:
        self._view = view
        self._changes: list[Change] = []
        self._notes: list[str] = list(notes)
        self._unchanged = 0
        self._names = {
            fold(one.record.party.name) for one in view.members if one.record.left_on is None
        }

    def planned(self) -> BookPlan:
        more = len(self._notes) - _MOST_NOTES
        notes = self._notes[:_MOST_NOTES] + [f"另有 {more} 处未逐条列出"] * (more > 0)
        return BookPlan(changes=tuple(self._changes), unchanged=self._unchanged, notes=tuple(notes))

    def take_pool(self, about: Sequence[ReadRow], answers: Sequence[ReadRow]) -> None:
        kept = self._view.pool
        pool, labels = kept.record, {field.path: field.label for field in POOL}
        told: list[str] = []
        for row in about:
            self._notes += row.wrong
            for path, value in row.values.items():
                changed = self._with_fact(pool, path, value)
                if changed != pool:
                    told.append(labels[path])
                    pool = changed
        known = {item.code for one in checklists() for _, item in one.items()}
        for row in answers:
            self._notes += row.wrong
            answer = msgspec.convert(_own(row, ANSWERS), Answer)
            if answer.item not in known:
                self._note(row, f"没有代号为“{visible(answer.item)}”的事项")
            elif answer.reply or answer.words:
                changed = with_answer(pool, answer)
                if sorted(changed.answers, key=_item) != sorted(pool.answers, key=_item):
                    told.append(f"核对清单 {answer.item}")
                    pool = changed
        if pool != kept.record:
            self._add("概况", pool.name, pool, kept, tuple(told))

    def _with_fact(self, pool: Pool, path: str, value: Any) -> Pool:
        if path == CATEGORIES:
            return msgspec.structs.replace(pool, categories=value)
        if path == GRADES:
            grades = grades_of(str(value), pool.grades)
            if grades is None:
                self._notes.append(f"概况：级别和权重“{visible(str(value)[:40])}”不能识别，未采用")
                return pool
            return msgspec.structs.replace(pool, grades=grades)
        return with_value(pool, path, value)

    def take_members(self, rows: Sequence[ReadRow]) -> None:
        known = {fold(one.record.party.name): one for one in self._view.members}
        for row in rows:
            self._notes += row.wrong
            name = str(row.values.get("party.name", ""))
            if not name:
                self._note(row, "没有成员名称")
                continue
            kept = known.get(fold(name))
            self._put(MEMBERS, row, kept, Member(), name)
            self._names.add(fold(name))

    def take_patents(self, rows: Sequence[ReadRow]) -> None:
        here: dict[str, Kept[PoolPatent]] = {}
        past: dict[str, Kept[PoolPatent]] = {}
        for one in self._view.patents:
            (past if one.record.why_out else here)[digits_of(one.record.number)] = one
        seen = set[tuple[str, Any]]()
        names = self._view.names
        for row in rows:
            self._notes += row.wrong
            number, member = str(row.values.get("number", "")), str(row.values.get(MEMBER, ""))
            digits = digits_of(number)
            if not number:
                self._note(row, "没有能识别的专利号")
                continue
            kept = here.get(digits) or past.get(digits)
            entered = row.values.get("entered_on")
            if kept and kept.record.why_out and entered not in (None, kept.record.entered_on):
                kept = None  # it comes again
            if (digits, entered) in seen:
                self._note(row, f"{number} 重复")
                continue
            seen.add((digits, entered))
            member = member or (names.get(kept.record.member_id, "") if kept else "")
            if fold(member) not in self._names:
                who = f"成员“{visible(member)}”不在成员表中" if member else "没有写明成员"
                self._note(row, f"{number} {who}")
                continue
            if kept is None and "entered_on" not in row.values:
                self._note(row, f"{number} 没有入池日，不计入在池专利", is_used=True)
            before = names.get(kept.record.member_id, "") if kept else member
            is_moved = fold(before) != fold(member)
            self._put(PATENTS, row, kept, PoolPatent(), number, member=member, is_moved=is_moved)

    def take_applications(self, rows: Sequence[ReadRow]) -> None:
        known = {one.id for one in self._view.applications}
        groups: dict[tuple[str, Any], list[ReadRow]] = {}
        for row in rows:
            self._notes += row.wrong
            if row.values.get(REVIEWED) in known:
                self._unchanged += 1
                continue
            name = str(row.values.get("applicant.name", ""))
            if not name or "number" not in row.values:
                self._note(row, "没有申请人，或者没有能识别的专利号")
                continue
            groups.setdefault((fold(name), row.values.get("received_on")), []).append(row)
        for some in groups.values():
            application = Application()
            for path, value in some[0].values.items():
                if path.startswith("applicant.") or path == "received_on":
                    application = with_cell(application, path, value)
            patents = tuple(
                msgspec.structs.replace(
                    Applied(),
                    **{p: v for p, v in row.values.items() if p in Applied.__struct_fields__},
                )
                for row in some
            )
            made = msgspec.structs.replace(application, patents=patents)
            self._add(APPLICATIONS.name, made.applicant.name, made, None, ())

    def take_opinions(self, rows: Sequence[ReadRow]) -> None:
        known = {one.id: one for one in self._view.applications}
        for row in rows:
            self._notes += row.wrong
            at = row.values.get(REVIEWED)
            kept = known.get(at) if isinstance(at, int) else None
            opinion = msgspec.structs.replace(Opinion(), **_own(row, OPINIONS))
            if kept is None:
                self._note(row, "没有这个编号的申请")
            elif kept.record.stage not in ("applied", "review"):
                self._unchanged += 1
            elif not opinion.reviewer or opinion.vote is None:
                self._note(row, "没有评估人，或者没有能识别的意见")
            elif opinion in kept.record.opinions:
                self._unchanged += 1
            else:
                self._add(OPINIONS.name, opinion.reviewer, opinion, kept, ("评估意见",))

    def take_licences(self, rows: Sequence[ReadRow], receipts: Sequence[ReadRow]) -> None:
        known = {one.id: one for one in self._view.licences}
        paid: dict[int, list[Receipt]] = {}
        for row in receipts:
            self._notes += row.wrong
            at = row.values.get(PAID_BY)
            receipt = msgspec.structs.replace(Receipt(), **_own(row, RECEIPTS))
            if not isinstance(at, int) or at not in known:
                self._note(row, "没有这个编号的许可")
            elif receipt.day is None or receipt.amount is None:
                self._note(row, "没有到账日或者金额")
            elif receipt in known[at].record.licence.life.receipts:
                self._unchanged += 1
            else:
                paid.setdefault(at, []).append(receipt)
        for row in rows:
            self._notes += row.wrong
            at = row.values.get(PAID_BY)
            kept = known.get(at) if isinstance(at, int) else None
            name = str(row.values.get("licence.licensee.name", ""))
            more = paid.pop(kept.id, []) if kept else []
            self._put(LICENCES, row, kept, PoolLicence(), name, receipts=more)
        for at, some in paid.items():
            kept = known[at]
            made = with_receipts(kept.record, some)
            self._add(LICENCES.name, made.licence.licensee.name, made, kept, ("到账",))

    def _put(
        self,
        sheet: BookSheet,
        row: ReadRow,
        kept: Kept[R] | None,
        blank: R,
        name: str,
        *,
        member: str = "",
        is_moved: bool = False,
        receipts: Sequence[Receipt] = (),
    ) -> None:
        """Take a row for a record that is there, or for a new one."""
        before: Any = kept.record if kept else blank
        after, told = before, []
        for field in sheet.fields:
            if field.path not in row.values:
                continue
            changed = with_cell(after, field.path, row.values[field.path])
            if changed != after:
                after = changed
                told.append(field.label)
        if isinstance(after, PoolLicence) and not after.is_whole and not after.numbers:
            self._note(row, f"{name} 的许可专利不能识别")
            return
        if receipts:
            after = with_receipts(after, receipts)
            told.append("到账")
        if is_moved:
            told.append("成员")
        if kept is not None and after == before and not is_moved:
            self._unchanged += 1
        else:
            self._add(sheet.name, name, after, kept, tuple(told), member=member)

    def _add(
        self,
        sheet: str,
        name: str,
        record: Any,
        kept: Kept[Any] | None,
        fields: tuple[str, ...],
        *,
        member: str = "",
    ) -> None:
        self._changes.append(
            Change(
                sheet=sheet,
                name=name,
                record=record,
                record_id=kept.id if kept else None,
                revision=kept.revision if kept else None,
                fields=fields,
                member=member,
            )
        )

    def _note(self, row: ReadRow, words: str, *, is_used: bool = False) -> None:
        end = "" if is_used else "，未采用"
        self._notes.append(f"工作表“{row.sheet}”第 {row.row} 行：{words}{end}")


def _own(row: ReadRow, sheet: BookSheet) -> dict[str, Any]:
    """What a row says of the record's own fields."""
    return {
        field.path: row.values[field.path]
        for field in sheet.fields
        if field.path in row.values and not field.path.startswith("@")
    }


def _item(answer: Answer) -> str:
    return answer.item
