"""Licences that offices report (许可情况), read from their workbooks and kept once each.

A row names a patent and a licensee; what the store of the province has no such patent for is told.
The heading of the store's own export is understood too.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from forms.bureau.province import LISTED, number_of
from forms.bureau.records import PACKAGE_CASES, REPORTED_LICENCES, ReportedLicence
from forms.bureau.units import unit_key
from forms.exchange.headed_rows import Named, columns_named, header_of, rows_beneath
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.ground.cleaning import Cell, clean_line
from forms.office.store import CaseStore
from forms.pack.reading import Unreadable, Value, read
from forms.pack.types import Field

MOST_ROWS = 100_000
_COLUMNS: Named = {
    "patent_number": ("patent_number", ("专利号", "专利号码", "申请号")),
    "licensee": ("text", ("被许可人", "被许可方", "被许可人名称", "受让方")),
    "royalty": ("text", ("许可使用费", "许可费", "支付方式", "使用费标准", "计费方式")),
    "amount": ("money", ("金额", "许可金额", "合同金额", "许可使用费金额")),
    "signed_on": ("date", ("签订日", "签订日期", "合同签订日期", "签约日期")),
    "starts_on": ("date", ("开始日", "许可开始日", "起始日期", "合同生效日期")),
    "ends_on": ("date", ("终止日", "许可终止日", "终止日期", "届满日期")),
    "recorded_no": ("text", ("备案号", "备案编号", "合同备案号")),
    "recorded_on": ("date", ("备案日", "备案日期")),
}


class ReadLicences(msgspec.Struct, frozen=True):
    """What a workbook holds; `left_out` are sentences, each with its row."""

    licences: tuple[ReportedLicence, ...]
    left_out: tuple[str, ...]


class TakenLicences(msgspec.Struct, frozen=True):
    """What became of licences: kept, known already, of patents that the store does not list."""

    kept: int
    again: int
    unlisted: tuple[str, ...]


def read_licences(sheets: Sequence[Sheet], source: str, day: date) -> ReadLicences:
    """Return the licences of a workbook, as reported on a day.

    Raises UnreadableFile where no sheet has numbers and licensees.
    """
    made: list[ReportedLicence] = []
    left_out: list[str] = []
    is_known = False
    for sheet in sheets:
        header = header_of(sheet, _columns)
        if header is None:
            continue
        is_known = True
        place, columns = header
        for line, row in rows_beneath(sheet, place):
            one = _licence(row, columns, source, day)
            if isinstance(one, str):
                left_out.append(f"“{sheet.name}”第 {line} 行：{one}")
            elif len(made) < MOST_ROWS:
                made.append(one)
    if not is_known:
        file = sheets[0].file if sheets else source
        raise UnreadableFile(f"“{file}”中没有“专利号”和“被许可人”两列，请补上后再导入。")
    return ReadLicences(tuple(made), tuple(left_out))


def take_licences(
    store: CaseStore, licences: Iterable[ReportedLicence], *, who: str = ""
) -> TakenLicences:
    """Keep licences that are not known yet, with title and unit of their patents."""
    wanted = list(licences)
    with store.transaction():
        keys = dict.fromkeys(one.patent_number for one in wanted)
        listed = {
            number_of(one.record.number): one.record
            for one in (store.records.of(PACKAGE_CASES).listed(keys=keys) if keys else ())
            if one.record.state in LISTED
        }
        shelf = store.records.of(REPORTED_LICENCES)
        known = {_same(one.record) for one in (shelf.listed(keys=keys) if keys else ())}
        new: list[ReportedLicence] = []
        again, unlisted = 0, dict[str, None]()
        for one in wanted:
            case = listed.get(number_of(one.patent_number))
            if case is None:
                unlisted[one.patent_number] = None
            elif (same := _same(one)) in known:
                again += 1
            else:
                known.add(same)
                title, office = case.case.patent.title, case.office
                new.append(msgspec.structs.replace(one, title=title, office=office))
        shelf.add_all(new, who=who, what="导入许可情况")
    return TakenLicences(len(new), again, tuple(unlisted))


def _same(one: ReportedLicence) -> tuple[str, str, date | None, Decimal | None]:
    """What two reports of one licence have in common."""
    return number_of(one.patent_number), unit_key(one.licensee), one.signed_on, one.amount


def _columns(row: Sequence[Cell]) -> Mapping[str, tuple[int, bool]]:
    """Where each is, and whether it is in ten thousands; {} for a row that is no header."""
    found = columns_named(row, _COLUMNS)
    return found if {"patent_number", "licensee"} <= set(found) else {}


def _licence(
    row: Sequence[Cell], columns: Mapping[str, tuple[int, bool]], source: str, day: date
) -> ReportedLicence | str:
    said: dict[str, Any] = {}
    for name, (place, is_large) in columns.items():
        cell = row[place] if place < len(row) else None
        kind, words = _COLUMNS[name]
        try:
            value: Value = read(Field(path=f"extra.{name}", label=words[0], kind=kind), cell)
        except Unreadable:
            return f"{words[0]}“{cell}”无法识别，未导入。"
        if is_large and isinstance(value, Decimal):
            value = value * 10_000
        if value not in (None, ""):
            said[name] = clean_line(value) if isinstance(value, str) else value
    if not said.get("patent_number"):
        return "没有专利号，未导入。"
    if not said.get("licensee"):
        return "没有被许可人，未导入。"
    return ReportedLicence(**said, reported_on=day, source=source)
