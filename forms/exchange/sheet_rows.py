"""A sheet under its header: the rows that may be cases, and everything to be told of them.

This module must not know cases.
"""

import re
from collections.abc import Iterator, Mapping

from forms.exchange.headers import Header, letters
from forms.exchange.headings import is_remark
from forms.exchange.row_cells import Row, RowReader, is_blank_row
from forms.exchange.rows_together import (
    Note,
    Tell,
    filled,
    gathered,
    is_merged_away,
    named_rows,
    passed_over,
    without_dittos,
)
from forms.exchange.sheets import Sheet
from forms.facts.several_names import split_places
from forms.ground.cleaning import cell_text, clean_lines, with_letters
from forms.pack.types import Pack
from forms.rules.working_rules import affirmed

_BARS = "bars.mentioned"  # the rule whose words are looked for in remarks too
_FIGURE = re.compile(r"\d")
_ROWS_NAMED = 5
_OWNERS = "owners"
_OF_OWNERS = "owners."


def listed(sheet: Sheet, header: Header, pack: Pack) -> tuple[list[Row], list[Note]]:
    """Return a sheet's rows but those that are none, and what is to be told of the sheet."""
    notes = [Note(sheet.file, sheet.name, 0, f"{text}。") for text in header.notes]

    def tell(row: int, text: str) -> None:
        notes.append(Note(sheet.file, sheet.name, row, f"{text}。"))

    _tell_hidden(sheet, header, tell)
    whole = without_dittos(filled(sheet, header), header, tell)
    reader = RowReader(header, pack, from_1904=sheet.from_1904)
    rows = list(gathered(_rows(whole, header, reader, tell), reader.answer, tell))
    turned: dict[str, dict[int, tuple[str, ...]]] = {}
    speaks_of_owners = any(f.path.startswith(_OF_OWNERS) for c in header.columns for f in c.fields)
    has_told = reader.has_told
    for row in rows:
        for answer in row.answers if has_told else ():
            if answer.note:
                tell(row.row, f"“{answer.field.label}”一格{answer.note}")
            if answer.radicals:
                turned.setdefault(answer.field.label, {})[row.row] = answer.radicals
        for text in _not_of_each(row) if speaks_of_owners else ():
            tell(row.row, text)
    _tell_radicals(turned, tell)
    _tell_noughts(sheet, header, tell)
    _tell_remarks(sheet, header, pack, tell)
    return rows, sorted(notes, key=lambda note: note.row)


def _rows(sheet: Sheet, header: Header, reader: RowReader, tell: Tell) -> Iterator[Row]:
    lines = range(header.row + 1, len(sheet.rows))
    places = [place for place in lines if not is_blank_row(sheet.rows[place])]
    merged_away = {place for place in places if is_merged_away(sheet, place)}
    headings = (text for texts in header.texts.values() for text in texts)
    is_plain = not any(_FIGURE.search(text) for text in headings)
    for row in reader.rows(sheet, places, merged_away):
        if is_plain and row.patent is not None:  # no heading has its number, nor is it a footer
            yield row
        elif why := passed_over(sheet.rows[row.row - 1], header, row):
            tell(row.row, f"略过：{why}")
        else:
            yield row


def _not_of_each(row: Row) -> Iterator[str]:
    """Say which cells speak of more or fewer owners than the row names."""
    named = next((answer.value for answer in row.answers if answer.field.path == _OWNERS), None)
    if not isinstance(named, tuple) or len(named) < 2:
        return
    for answer in row.answers:
        if not answer.field.path.startswith(_OF_OWNERS) or not answer.text:
            continue
        count = len(split_places(cell_text(answer.cell)))
        if count != len(named):
            yield (
                f"“{answer.field.label}”一格为 {count} 位，专利权人有 {len(named)} 位，"
                "未分到各位，原样保留，请在办理许可合同前逐位填写"
            )


def _tell_hidden(sheet: Sheet, header: Header, tell: Tell) -> None:
    rows = [
        row + 1
        for row in sheet.hidden_rows
        if header.row < row < len(sheet.rows) and not is_blank_row(sheet.rows[row])
    ]
    if rows:
        named = "、".join(map(str, rows[:_ROWS_NAMED])) + ("等" if len(rows) > _ROWS_NAMED else "")
        tell(
            0,
            f"有 {len(rows)} 行是隐藏或被筛选的（第 {named} 行），仍会导入；"
            "不需要的请在表中删除后再导入",
        )
    for column in header.columns:
        if any(first <= column.place <= last for first, last in sheet.hidden_columns):
            tell(0, f"{letters(column.place)}列“{column.header}”是隐藏列，仍会导入")


def _tell_radicals(turned: Mapping[str, Mapping[int, tuple[str, ...]]], tell: Tell) -> None:
    """Say in which columns radicals were turned into letters: column -> row -> the radicals."""
    for column, rows in turned.items():
        found = dict.fromkeys(one for radicals in rows.values() for one in radicals)
        pairs = "、".join(f"U+{ord(one):04X} 改为“{with_letters(one)}”" for one in found)
        tell(
            0,
            f"“{column}”一列中的部首（从 PDF 复制来的，形似字而不是字）已改为相应的字："
            f"{pairs}（{named_rows(rows)}），请核对",
        )


def _tell_noughts(sheet: Sheet, header: Header, tell: Tell) -> None:
    """Say which cells are blank because their formula found nothing."""
    labels = {p: c.fields[0].label for c in header.columns for p in (c.place, *c.also)}
    for row, column in sorted(sheet.zeros):
        if row > header.row and column in labels:
            tell(row + 1, f"“{labels[column]}”一格的公式没有查到内容（显示为 0），视为空白")


def _tell_remarks(sheet: Sheet, header: Header, pack: Pack, tell: Tell) -> None:
    """Say where a column of remarks, imported or not, speaks of a pledge and its like."""
    left = {one.place for one in header.left if is_remark(one.header)}
    notes = {one.place for one in header.columns if one.fields[0].path == "notes"}
    params = next((rule.params for rule in pack.rules if rule.rule == _BARS), {})
    words = tuple(word for some in params.values() for word in some)
    for place in sorted(left | notes) if words else ():
        for row in range(header.row + 1, len(sheet.rows)):
            cells = sheet.rows[row]
            text = clean_lines(cell_text(cells[place])) if place < len(cells) else ""
            if text and (found := affirmed(text, words)):
                where = "一列未导入，其中" if place in left else "一列"
                tell(
                    row + 1,
                    f"“{header.labels[place]}”{where}含有“{'、'.join(found)}”，"
                    "请核对这件专利能否开放许可",
                )
