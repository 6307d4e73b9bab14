"""Taking stock (存量盘点): patents joined, rounds opened and closed, answers put down.

Every answer is put down against what stood there when it was given (`Edit.before`): what another
clerk has written meanwhile is never written over, it is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from forms.exchange.import_plan import ImportPlan, plan
from forms.exchange.sheets import Sheet
from forms.facts.derived import number_text
from forms.facts.ledger import entry_of, united
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import LedgerEntry, Patent
from forms.ground.cleaning import clean_line
from forms.office.case_standing import Progress as Report
from forms.office.case_standing import no_progress
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pack.types import Pack
from forms.stock.facts import InStock, key_of, together
from forms.stock.progress import CollegeStanding
from forms.stock.records import (
    ROUNDS,
    SENDINGS,
    STOCK,
    Answer,
    CollegeFigures,
    Sending,
    StockPatent,
    StockRound,
)
from forms.stock.returned import Said

_AT_ONCE = 500


# --- what is there --------------------------------------------------------------------------------


def stock_of(store: CaseStore, *, with_out: bool = False) -> list[InStock]:
    """Return the patents in stock with their facts, in the order they joined."""
    kept = store.records.of(STOCK).listed(state=None if with_out else "in")
    return _together(store, kept)


def _together(store: CaseStore, kept: Sequence[Kept[StockPatent]]) -> list[InStock]:
    entries = [one.entry for one in store.ledger.entries()]
    return list(together(((one.id, one.revision, one.record) for one in kept), entries))


def sendings_of(store: CaseStore) -> list[tuple[int, Sending]]:
    """Return what was sent to colleges, in the order it was."""
    return [(one.id, one.record) for one in store.records.of(SENDINGS).listed()]


# --- rounds ---------------------------------------------------------------------------------------


def open_round_of(store: CaseStore) -> Kept[StockRound] | None:
    """Return the round that is going on; None where none is."""
    found = store.records.of(ROUNDS).listed(state="open")
    return found[-1] if found else None


def round_of(store: CaseStore, today: date, *, who: str = "") -> Kept[StockRound]:
    """Return the round that is going on, the year's where none was opened yet."""
    found = open_round_of(store)
    return found or open_round(store, f"{today.year} 年度", today, who=who)


def not_past(due: date | None, today: date) -> None:
    """Raise CannotDo where the last day that colleges are given is over already."""
    if due is not None and due < today:
        raise CannotDo(f"限期 {due} 早于今天（{today}），请核对。")


def open_round(
    store: CaseStore, name: str, today: date, *, due: date | None = None, who: str = ""
) -> Kept[StockRound]:
    """Open a round.  Raises CannotDo where one is going on, or had that name; see `not_past`."""
    rounds = store.records.of(ROUNDS)
    name = clean_line(name)
    if not name:
        raise CannotDo("盘点没有名称，请填写，如 2026年度。")
    not_past(due, today)
    with store.transaction():
        if (now := open_round_of(store)) is not None:
            raise CannotDo(f"“{now.record.name}”盘点尚未结束，请先结束这一轮。")
        if rounds.listed(keys=[name]):
            raise CannotDo(f"已有名为“{name}”的盘点，请换一个名称。")
        made = StockRound(name=name, opened_on=today, due_on=due)
        return rounds.add(made, who=who, what="开始盘点")


def close_round(
    store: CaseStore, colleges: Sequence[CollegeStanding], today: date, *, who: str = ""
) -> Kept[StockRound]:
    """Close the round that is going on with its figures.  Raises CannotDo where none is."""
    with store.transaction():
        now = open_round_of(store)
        if now is None:
            raise CannotDo("没有正在进行的盘点。")
        figures = tuple(
            CollegeFigures(college=one.college, asked=one.asked, complete=one.complete)
            for one in colleges
        )
        closed = msgspec.structs.replace(now.record, closed_on=today, figures=figures)
        rounds = store.records.of(ROUNDS)
        return rounds.save(now.id, closed, revision=now.revision, who=who, what="结束盘点")


# --- patents that join ----------------------------------------------------------------------------


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """What came of patents that were to join: new, filled in where facts were blank, the same.

    `refused` says why a row is no patent.
    """

    new: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    same: int = 0
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def join_ledger(store: CaseStore, today: date, *, who: str = "") -> Joined:
    """Let all patents of the ledger join that are not in stock; their facts stay the ledger's."""
    with store.transaction():
        wanted = [
            LedgerEntry(patent=Patent(number=stored.entry.patent.number))
            for stored in store.ledger.entries()
            if stored.entry.patent.number
        ]
        return _join(store, wanted, today, who, "台账中的专利列入盘点")


def not_joined(store: CaseStore, stock: Sequence[InStock]) -> int:
    """Return how many patents of the ledger are not in stock."""
    known = {one.key for one in stock}
    numbers = (one.entry.patent.number for one in store.ledger.entries())
    return len({key_of(number) for number in numbers if number} - known)


def import_patents(
    store: CaseStore,
    pack: Pack,
    sheets: Sequence[Sheet],
    today: date,
    *,
    dry_run: bool = False,
    who: str = "",
) -> Joined:
    """Let the patents of some lists join; headings are those of an import of cases.

    Facts that a patent in stock has blank are filled; what it says otherwise is told and stays.
    Raises UnreadableFile.
    """
    found = plan(sheets, pack, ())
    notes = tuple(f"{one.file} 第 {one.row} 行{one.text}" for one in found.notes if one.row)
    refused = tuple(f"{row.file} 第 {row.row} 行：{row.reason}" for row in found.rows if row.reason)
    with store.transaction():
        made = _join(
            *(store, list(_entries(found)), today, who, "导入"),
            dry_run=dry_run,
        )
    return msgspec.structs.replace(
        made, refused=(*made.refused, *refused), notes=(*notes, *made.notes)
    )


def _entries(found: ImportPlan) -> Iterable[LedgerEntry]:
    return (entry_of(row.case) for row in found.rows if row.action != "refused")


def _join(
    store: CaseStore,
    wanted: Sequence[LedgerEntry],
    today: date,
    who: str,
    what: str,
    *,
    dry_run: bool = False,
) -> Joined:
    shelf = store.records.of(STOCK)
    known = {key_of(number_text(one.record.entry)): one for one in shelf.listed()}
    new: dict[str, StockPatent] = {}
    filled, refused, same = list[str](), list[str](), 0
    in_round = "" if dry_run else round_of(store, today, who=who).record.name
    for entry in wanted:
        text = number_text(entry)
        if not text:
            refused.append(f"《{entry.patent.title}》没有专利号，未列入")
            continue
        before = known.get(key_of(text))
        if before is None and key_of(text) not in new:
            new[key_of(text)] = StockPatent(entry=entry, asked_in=in_round)
        elif before is not None and (made := united(before.record.entry, entry)) != (
            before.record.entry
        ):
            filled.append(text)
            if not dry_run:
                after = msgspec.structs.replace(before.record, entry=made)
                shelf.save(before.id, after, who=who, what=what)
        else:
            same += 1
    if not dry_run:
        shelf.add_all(list(new.values()), who=who, what=what)
        store.events.log("stock.joined", who=who, counts={"new": len(new)})
    numbers = tuple(number_text(one.entry) for one in new.values())
    notes = tuple(_doubts(numbers))
    return Joined(new=numbers, filled=tuple(filled), same=same, refused=tuple(refused), notes=notes)


def _doubts(numbers: Iterable[str]) -> Iterator[str]:
    """Say which numbers are no patent's or were mistyped (ZC 0006-2003); they are in stock."""
    for text in numbers:
        try:
            number = parse(text)
        except NotAPatentNumber:
            yield f"“{text}”不是专利号，仍列入盘点，请核对"
            continue
        if number.check_is_right is False:
            yield f"{text} 的校验位应为 {number.expected_check}，仍列入盘点，请核对"


# --- answers --------------------------------------------------------------------------------------


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to be put down: of a record's item, what it was and what it is to be.

    `by` is who answered, where that is not the clerk; `via` the file it came in.
    """

    record: int
    item: str
    before: Said
    after: Said
    by: str = ""
    via: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was put down: what stood before, what stands now."""

    record: int
    item: str
    before: Answer | None
    after: Answer | None


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """What came of some answers: put down, and left since another was written meanwhile."""

    done: tuple[Done, ...] = ()
    left: tuple[Edit, ...] = ()
    now: tuple[Kept[StockPatent], ...] = ()


def put_answers(
    store: CaseStore,
    edits: Sequence[Edit],
    today: date,
    *,
    who: str = "",
    what: str = "填写",
    amends: int | None = None,
    progress: Report = no_progress,
) -> Put:
    """Put answers down, all at once; one that is not as it was seen is left alone.

    `amends` is the revision of a single record that the clerk made just before: the save takes
    its place.
    """
    shelf = store.records.of(STOCK)
    by_record: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_record[edit.record].append(edit)
    done: list[Done] = []
    left: list[Edit] = []
    now: list[Kept[StockPatent]] = []
    with store.transaction():
        for place, (record, some) in enumerate(by_record.items()):
            if place % _AT_ONCE == 0:
                progress(place, len(by_record))
            kept = shelf.get(record)
            answers = dict(kept.record.answers)
            for edit in some:
                if _said(answers.get(edit.item)) != edit.before:
                    left.append(edit)
                    continue
                before = answers.pop(edit.item, None)
                if (answer := _answer(edit, today, who)) is not None:
                    answers[edit.item] = answer
                done.append(Done(record=record, item=edit.item, before=before, after=answer))
            after = msgspec.structs.replace(kept.record, answers=answers)
            is_mine = amends == kept.revision and len(by_record) == 1
            now.append(
                shelf.save(
                    *(record, after),
                    revision=kept.revision,
                    who=who,
                    what=what,
                    amends=is_mine,
                )
            )
    return Put(done=tuple(done), left=tuple(left), now=tuple(now))


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """How many answers were brought back, how many another has changed since, what stands now."""

    back: int
    left: int
    now: tuple[Kept[StockPatent], ...]


def take_back(
    store: CaseStore, done: Sequence[Done], *, who: str = "", what: str = "撤销"
) -> TakenBack:
    """Bring back what stood before some answers; what another has changed since is left."""
    shelf = store.records.of(STOCK)
    by_record: dict[int, list[Done]] = defaultdict(list)
    for one in done:
        by_record[one.record].append(one)
    back = left = 0
    now: list[Kept[StockPatent]] = []
    with store.transaction():
        for record, some in by_record.items():
            kept = shelf.get(record)
            answers = dict(kept.record.answers)
            for one in reversed(some):
                if answers.get(one.item) != one.after:
                    left += 1
                    continue
                answers.pop(one.item, None)
                if one.before is not None:
                    answers[one.item] = one.before
                back += 1
            after = msgspec.structs.replace(kept.record, answers=answers)
            now.append(shelf.save(record, after, revision=kept.revision, who=who, what=what))
    return TakenBack(back=back, left=left, now=tuple(now))


def _answer(edit: Edit, today: date, who: str) -> Answer | None:
    if edit.after.is_blank:
        return None
    return Answer(
        values=edit.after.values,
        unread=edit.after.unread,
        by=edit.by or who,
        on=today,
        via=edit.via,
    )


def _said(answer: Answer | None) -> Said:
    return Said(answer.values, answer.unread) if answer is not None else Said()


# --- what else is changed -------------------------------------------------------------------------


def ask_elsewhere(
    store: CaseStore, record_ids: Iterable[int], college: str, *, who: str = ""
) -> None:
    """Say which college is asked for some patents."""
    shelf = store.records.of(STOCK)
    with store.transaction():
        for record in record_ids:
            kept = shelf.get(record)
            after = msgspec.structs.replace(kept.record, college=college)
            shelf.save(record, after, who=who, what="改学院")


def take_out(
    store: CaseStore, record_ids: Iterable[int], reason: str, *, out: bool = True, who: str = ""
) -> None:
    """Take some patents out of stock for a reason, or back in; their answers stay."""
    shelf = store.records.of(STOCK)
    with store.transaction():
        for record in record_ids:
            kept = shelf.get(record)
            after = msgspec.structs.replace(
                kept.record, is_out=out, out_reason=reason if out else ""
            )
            shelf.save(record, after, who=who, what="移出盘点" if out else "重新列入盘点")
