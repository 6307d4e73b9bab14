"""Gradings of stock patents: judged, listed with their history, written out and taken in again."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from forms.exchange.sheets import Sheet, UnreadableFile
from forms.ground.cleaning import cell_text, clean_line, fold
from forms.office.stock_ways import weights_of
from forms.office.stocktaking import stock_of
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.output.plain_book import SheetOfRows, write_plain_book
from forms.pack.load import PackFault
from forms.pack.record_pack import record_pack
from forms.stock import grading as own_words
from forms.stock.facts import InStock, key_of
from forms.stock.grading import (
    GRADINGS,
    MOST_MARK,
    Grading,
    GradingFault,
    GradingForm,
    judged,
    load_grading,
)
from forms.stock.grading_sheet import NUMBER, headings, read_as

_WHAT = "评定"
_LOOKED_AT = 12
_LONGEST = 200


class GradesTaken(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a workbook: numbers judged, how many the same, what was refused and why."""

    judged: tuple[str, ...]
    same: int
    refused: tuple[str, ...]


def grading_here(own: Path | None = None) -> GradingForm:
    """Return what counts of grading: the office's own pack's, else what ships."""
    try:
        return load_grading(record_pack("stock", own).folder)
    except (PackFault, GradingFault):
        return load_grading()


def gradings(store: CaseStore) -> Mapping[str, Kept[Grading]]:
    """Return the gradings by the patents' keys."""
    return {key_of(one.record.number): one for one in store.records.of(GRADINGS).listed()}


def weights_now(store: CaseStore, form: GradingForm) -> dict[str, int]:
    """Return what each criterion weighs now."""
    weights = weights_of(store)
    return own_words.weights_of(form, weights.criteria if weights is not None else {})


def judge(
    store: CaseStore,
    form: GradingForm,
    patent: InStock,
    grading: Grading,
    today: date,
    *,
    before: Kept[Grading] | None,
    who: str = "",
) -> Kept[Grading]:
    """Put a judgment down with the weights of today; the one before stays as a version.

    `before` is the record as it was seen.  Raises CannotDo, StaleRevision.
    """
    check(form, grading)
    now = msgspec.structs.replace(
        grading,
        number=patent.number,
        title=patent.title,
        weights=weights_now(store, form),
        by=grading.by or who,
        on=today,
    )
    shelf = store.records.of(GRADINGS)
    with store.transaction():
        if before is not None:
            return shelf.save(before.id, now, revision=before.revision, who=who, what=_WHAT)
        if shelf.listed(keys=[patent.number]):
            raise CannotDo(f"{patent.number} 刚由别人评定，请看过后再评。")
        return shelf.add(now, who=who, what=_WHAT)


def former_of(store: CaseStore, form: GradingForm, kept: Kept[Grading]) -> tuple[str, ...]:
    """Return the judgments before the present one in words, the latest first."""
    shelf = store.records.of(GRADINGS)
    found = []
    for before in shelf.versions(kept.id)[1:]:
        one = shelf.at_version(kept.id, before.version)
        told = judged(form, one)
        score = f"{told.score} 分" if told.score is not None else ""
        grade = form.grade_label(told.grade) if told.grade else ""
        found.append("　".join(filter(None, (str(one.on or ""), one.by, score, grade, one.reason))))
    return tuple(found)


def check(form: GradingForm, grading: Grading) -> None:
    """Raise CannotDo where a judgment has a mark, a class or a grade that there is not."""
    codes = {one.code: one.label for one in form.criteria}
    for code, mark in grading.marks.items():
        if code not in codes:
            raise CannotDo(f"没有代码为 {code} 的指标，可用：{'、'.join(codes)}。")
        if not 1 <= mark <= MOST_MARK:
            raise CannotDo(f"“{codes[code]}”的分数应在 1 至 {MOST_MARK} 之间。")
    classes = [one.code for one in form.classes]
    if grading.category and grading.category not in classes:
        raise CannotDo(f"没有代码为 {grading.category} 的分类，可用：{'、'.join(classes)}。")
    grades = [one.code for one in form.grades]
    if grading.grade and grading.grade not in grades:
        raise CannotDo(f"没有代码为 {grading.grade} 的级别，可用：{'、'.join(grades)}。")
    if grading.grade and not grading.reason.strip():
        raise CannotDo("改定级别，请写明理由。")


def grading_book(form: GradingForm, kept: Sequence[Grading], stock: Sequence[InStock]) -> bytes:
    """Return a workbook with a row for each patent in stock, judged or not yet."""
    by_key = {key_of(one.number): one for one in kept}
    rows = []
    for patent in stock:
        one = by_key.get(patent.key, Grading())
        found = judged(form, one)
        rows.append(
            (
                patent.number,
                patent.title,
                form.class_label(one.category) if one.category else "",
                *(one.marks.get(each.code, "") for each in form.criteria),
                found.score if found.score is not None else "",
                form.grade_label(found.grade) if found.grade else "",
                form.grade_label(one.grade) if one.grade else "",
                one.reason,
                one.by,
                one.on or "",
            )
        )
    return write_plain_book([SheetOfRows("分级", headings(form), rows)], title="存量专利分级")


def take_gradings(
    store: CaseStore,
    form: GradingForm,
    sheets: Sequence[Sheet],
    today: date,
    *,
    who: str = "",
) -> GradesTaken:
    """Take in the marks of workbooks; a blank cell takes nothing away.

    Raises UnreadableFile where no sheet has a column of numbers and one of marks.
    """
    stock = {one.key: one for one in stock_of(store)}
    done, refused, same = list[str](), list[str](), 0
    with store.transaction():
        known = gradings(store)
        for where, said in _rows(form, sheets):
            patent = stock.get(key_of(said["number"]))
            if patent is None:
                refused.append(f"{where}：盘点中没有 {said['number']}，未采用")
                continue
            before = known.get(patent.key)
            was = before.record if before is not None else Grading()
            try:
                after = _united(form, was, said)
                if after == was:
                    same += 1
                    continue
                kept = judge(store, form, patent, after, today, before=before, who=who)
            except CannotDo as problem:
                refused.append(f"{where}：{str(problem).rstrip('。')}，未采用")
                continue
            known = {**known, patent.key: kept}
            done.append(patent.number)
    return GradesTaken(judged=tuple(done), same=same, refused=tuple(refused))


def _rows(form: GradingForm, sheets: Sequence[Sheet]) -> list[tuple[str, dict[str, str]]]:
    known, found, has_any = read_as(form), list[tuple[str, dict[str, str]]](), False
    for sheet in sheets:
        for top, row in enumerate(sheet.rows[:_LOOKED_AT]):
            names = [known.get(fold(cell_text(cell))) for cell in row]
            if "number" not in names or not any((name or "").startswith("mark:") for name in names):
                continue
            has_any = True
            for line, cells in enumerate(sheet.rows[top + 1 :], start=top + 2):
                texts = [clean_line(cell_text(cell))[:_LONGEST] for cell in cells]
                said = {
                    name: text for name, text in zip(names, texts, strict=False) if name and text
                }
                if "number" in said:
                    found.append((f"“{sheet.file}”第 {line} 行", said))
            break
    if not has_any:
        file = sheets[0].file if sheets else ""
        raise UnreadableFile(f"“{file}”中没有“{NUMBER}”和指标的列，请用“另存”得到的工作簿填写。")
    return found


def _united(form: GradingForm, before: Grading, said: Mapping[str, str]) -> Grading:
    """Raises CannotDo where a cell is no mark, no class or no grade."""
    marks = dict(before.marks)
    for name, text in said.items():
        if name.startswith("mark:"):
            number = text.removesuffix("分").removesuffix(".0")
            if not (number.isascii() and number.isdecimal()):
                raise CannotDo(f"“{text}”不是 1 至 {MOST_MARK} 的分数。")
            marks[name.removeprefix("mark:")] = int(number[:4])
    classes = {fold(one.label): one.code for one in form.classes}
    grades = {fold(one.label): one.code for one in form.grades}
    return msgspec.structs.replace(
        before,
        marks=marks,
        category=_code(classes, said, "category", before.category),
        grade=_code(grades, said, "grade", before.grade),
        reason=said.get("reason", before.reason),
        by=said.get("by", before.by),
    )


def _code(known: Mapping[str, str], said: Mapping[str, str], name: str, before: str) -> str:
    text = said.get(name)
    if text is None:
        return before
    return known.get(fold(text), text)
