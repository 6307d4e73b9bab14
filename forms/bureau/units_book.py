"""The roll of a bureau as a workbook: units and experts, a sheet each, columns in any order.

A sheet is of experts where it has a column of employers or fields, else of units.  This module
must not know a store or a screen.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from forms.bureau.units import Expert, Unit
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.ground.cleaning import cell_text, clean_line, fold, narrow
from forms.output.plain_book import SheetOfRows, write_plain_book

MOST = 20_000  # units or experts of a workbook
_FIRST_ROWS = 20  # in which the header is looked for
_NARROW = ("phone", "email", "identity_number")
_YES, _NO = "是", "否"
_NAME = ("名称", "单位", "单位全称", "报送单位", "专利权人", "高校院所")
_UNIT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位名称", *_NAME),
    "kind": ("单位类别", "类别", "类型", "单位性质"),
    "region": ("地区", "所在地区", "市州", "所在地", "城市"),
    "contact": ("联系人", "联系人姓名", "经办人"),
    "phone": ("联系电话", "电话", "手机", "联系方式"),
    "email": ("电子邮件", "电子邮箱", "邮箱", "电子信箱"),
    "address": ("地址", "通讯地址", "通信地址"),
    "identity_number": ("统一社会信用代码", "信用代码"),
    "reports": ("应报送", "是否应报", "应报"),
    "aliases": ("曾用名", "别名", "其他名称", "简称"),
    "notes": ("备注", "说明"),
}
_EXPERT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "专家姓名", "专家"),
    "employer": ("工作单位", "所在单位", "单位", "单位名称"),
    "title": ("职称", "职务", "职务职称"),
    "field": ("专业领域", "技术领域", "领域", "专业", "研究方向"),
    "region": ("地区", "所在地区"),
    "phone": ("联系电话", "电话", "手机"),
    "email": ("电子邮件", "电子邮箱", "邮箱"),
    "notes": ("备注", "说明"),
}
UNIT_SHEET, EXPERT_SHEET = "单位", "专家"


class RollRead(msgspec.Struct, frozen=True):
    """What a workbook holds; `nameless` are the rows (sheet, as Excel counts) without a name."""

    units: tuple[Unit, ...] = ()
    experts: tuple[Expert, ...] = ()
    nameless: tuple[tuple[str, int], ...] = ()


def write_roll(units: Sequence[Unit], experts: Sequence[Expert]) -> bytes:
    """Return the roll as a workbook, every cell text; the same bytes for the same roll."""
    sheets = [_sheet(UNIT_SHEET, _UNIT_COLUMNS, units)]
    sheets.append(_sheet(EXPERT_SHEET, _EXPERT_COLUMNS, experts))
    return write_plain_book(sheets, "名册")


def read_roll(sheets: Sequence[Sheet]) -> RollRead:
    """Return the units and experts of a workbook.

    Raises UnreadableFile where no sheet has a column of names.
    """
    units: list[Unit] = []
    experts: list[Expert] = []
    nameless: list[tuple[str, int]] = []
    is_known = False
    for sheet in sheets:
        found = _header(sheet)
        if found is None:
            continue
        is_known = True
        top, columns, is_expert = found
        for line, texts in _rows(sheet, top, columns):
            if not texts.get("name"):
                nameless.append((sheet.name, line))
            elif is_expert:
                experts.append(Expert(**texts))
            else:
                units.append(_unit(texts))
    if not is_known:
        file = sheets[0].file if sheets else ""
        raise UnreadableFile(f"“{file}”中没有“单位名称”或“姓名”一列，请补上后再导入。")
    if len(units) > MOST or len(experts) > MOST:
        raise UnreadableFile(f"一次最多导入 {MOST} 个单位或专家，请分几份导入。")
    return RollRead(tuple(units), tuple(experts), tuple(nameless))


def completed(old: Any, new: Any) -> Any:
    """Return an entry with what another of the same name says besides; what it leaves out stays."""
    said = {
        name: value
        for name in new.__struct_fields__
        if (value := getattr(new, name)) not in ("", ()) and name != "name"
    }
    return msgspec.structs.replace(old, **said)


def _sheet(
    name: str, columns: Mapping[str, tuple[str, ...]], rows: Sequence[Unit | Expert]
) -> SheetOfRows:
    head = tuple(words[0] for words in columns.values())
    return SheetOfRows(name, head, [tuple(_shown(one, field) for field in columns) for one in rows])


def _shown(one: Unit | Expert, field: str) -> str:
    value = getattr(one, field)
    if isinstance(value, bool):
        return _YES if value else _NO
    return "；".join(value) if isinstance(value, tuple) else clean_line(value)


def _header(sheet: Sheet) -> tuple[int, Mapping[int, str], bool] | None:
    """The row of the headings, what each column is, and whether they are of experts."""
    for top, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        heads = [fold(cell_text(cell)) for cell in row]
        experts, units = _understood(heads, _EXPERT_COLUMNS), _understood(heads, _UNIT_COLUMNS)
        if "name" in experts.values() and {"employer", "field"} & set(experts.values()):
            return top, experts, True
        if "name" in units.values():
            return top, units, False
    return None


def _understood(heads: Sequence[str], columns: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    known: dict[str, str] = {}
    for field, words in columns.items():
        for word in words:
            known.setdefault(fold(word), field)
    found: dict[int, str] = {}
    for place, head in enumerate(heads):
        if head in known and known[head] not in found.values():
            found[place] = known[head]
    return found


def _rows(
    sheet: Sheet, top: int, columns: Mapping[int, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        texts: dict[str, str] = {}
        for place, field in columns.items():
            if place < len(row) and (text := clean_line(cell_text(row[place]))):
                texts[field] = narrow(text) if field in _NARROW else text
        if texts:
            yield line, texts


def _unit(texts: Mapping[str, str]) -> Unit:
    said: dict[str, Any] = dict(texts)
    said["reports"] = texts.get("reports", _YES) not in (_NO, "不报", "N", "n", "0", "false")
    names = texts.get("aliases", "").replace(";", "；").replace("、", "；").split("；")
    said["aliases"] = tuple(filter(None, map(clean_line, names)))
    return Unit(**said)
