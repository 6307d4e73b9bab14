"""Reference figures out of a table of the office's own: industry, year, figure, source, date.

A row without an industry, a figure or a source is told and left out: a figure that nobody can
look up is none.  This module must not know cases, a store or a screen.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from forms.exchange.headed_rows import Named, columns_named, header_of, rows_beneath
from forms.exchange.sheets import Sheet
from forms.ground.cleaning import Cell
from forms.pack.reading import Unreadable, Value, read
from forms.pack.statement_moulds import MOST_NAME, MOST_REFERENCES, ReferenceFigure
from forms.pack.types import Field

_KINDS: Named = {
    "industry": ("text", ("行业", "所属行业", "行业名称", "国民经济行业")),
    "year": ("integer", ("年份", "年度", "统计年度")),
    "amount": ("money", ("平均许可金额", "许可金额", "平均金额", "金额", "平均许可费")),
    "years": ("number", ("平均许可年限", "许可年限", "平均年限", "年限", "平均许可期限")),
    "rate": ("percent", ("平均提成率", "提成率", "平均许可费率", "许可费率", "费率")),
    "source": ("text", ("来源", "数据来源", "出处", "文件")),
    "day": ("date", ("日期", "发布日期", "公布日期", "数据日期")),
}
_TOLD = 20


class ReadFigures(msgspec.Struct, frozen=True):
    """What a table gave, and why rows were left out: sentences, Chinese."""

    figures: tuple[ReferenceFigure, ...]
    left_out: tuple[str, ...]


def read_figures(sheets: Sequence[Sheet]) -> ReadFigures:
    """Return the figures of a file's sheets; none where no sheet has the columns."""
    figures: list[ReferenceFigure] = []
    left_out: list[str] = []
    for sheet in sheets:
        header = header_of(sheet, _columns)
        if header is None:
            continue
        place, columns = header
        for line, row in rows_beneath(sheet, place):
            made = _figure(row, columns)
            if isinstance(made, str):
                left_out.append(f"“{sheet.name}”第 {line} 行：{made}")
            elif len(figures) < MOST_REFERENCES:
                figures.append(made)
    if len(left_out) > _TOLD:
        left_out[_TOLD:] = [f"还有 {len(left_out) - _TOLD} 行未导入。"]
    return ReadFigures(tuple(figures), tuple(left_out))


def _columns(row: Sequence[Cell]) -> Mapping[str, tuple[int, bool]]:
    """Where each is, and whether it is in ten thousands; {} for a row that is no header."""
    found = columns_named(row, _KINDS, signs="%％")
    is_header = "industry" in found and "source" in found and {"amount", "rate"} & set(found)
    return found if is_header else {}


def _figure(row: Sequence[Cell], columns: Mapping[str, tuple[int, bool]]) -> ReferenceFigure | str:
    said: dict[str, Value] = {}
    for name, (place, is_large) in columns.items():
        cell = row[place] if place < len(row) else None
        kind, words = _KINDS[name]
        if name == "year" and isinstance(cell, str):
            cell = cell.strip().removesuffix("度").removesuffix("年")
        try:
            value = read(Field(path=f"extra.{name}", label=words[0], kind=kind), cell)
        except Unreadable:
            return f"{words[0]}“{cell}”无法识别，未导入。"
        said[name] = value * 10_000 if is_large and isinstance(value, Decimal) else value
    return _made(said)


def _made(said: Mapping[str, Value]) -> ReferenceFigure | str:
    industry, source, year, day = (said.get(name) for name in ("industry", "source", "year", "day"))
    amount, years, rate = (_positive(said.get(name)) for name in ("amount", "years", "rate"))
    if not isinstance(industry, str) or not industry:
        return "没有行业，未导入。"
    if amount is None and rate is None:
        return "没有金额，也没有提成率，未导入。"
    if not isinstance(source, str) or not source:
        return "没有写明来源，未导入。"
    if not isinstance(year, int) and not isinstance(day, date):
        return "没有年份，也没有日期，未导入。"
    if len(industry) > MOST_NAME or len(source) > MOST_NAME:
        return "行业或者来源过长，未导入。"
    known_day = day if isinstance(day, date) else None
    known_year = year if isinstance(year, int) else known_day.year if known_day else 0
    return ReferenceFigure(
        industry=industry,
        year=known_year,
        amount=amount,
        years=years,
        rate=rate,
        source=source,
        day=known_day,
    )


def _positive(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) and value > 0 else None
