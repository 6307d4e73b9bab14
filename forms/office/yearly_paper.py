"""The year's report as a paper (年度统计表) and as a workbook with the rows behind its figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec

from forms.facts.amounts import chinese_date
from forms.facts.kinds import KIND_WORDS
from forms.facts.record import Kind, Office
from forms.ground.files import write_atomically
from forms.office.holdings import Holding
from forms.office.statistics import kind_of
from forms.office.statistics_types import (
    MEASURE_WORDS,
    WAY_WORDS,
    Figure,
    Group,
    Measure,
    Statistics,
)
from forms.office.store import CannotDo
from forms.office.yearly_charts import (
    NO_KIND,
    UNKNOWN,
    charts,
    name_of_department,
    name_of_kind,
    period_words,
    shown,
)
from forms.output.plain_book import Cell, SheetOfRows, write_plain_book
from forms.paper import document as doc
from forms.paper.list_paper import compose_list, list_paper

_LEFT: tuple[Measure, ...] = ("sent", "licensed", "rate")
_RIGHT: tuple[Measure, ...] = ("income", "units", "recorded")
_CHARTS_MM = 48.5

Targets = Mapping[Measure, Decimal]


# --- the paper ----------------------------------------------------------------------------------


def yearly_paper(found: Statistics, targets: Targets, office: Office) -> bytes:
    """Return the report as a PDF."""
    from forms.output.pdf import render  # slow to import

    return render(yearly_document(found, targets, office))


def yearly_document(found: Statistics, targets: Targets, office: Office) -> doc.Document:
    """Return the report composed."""
    words = {
        "period": period_words(found),
        "office": office.name,
        "contact": office.contact,
        "phone": office.phone,
        "day": chinese_date(found.day),
        "unclear": _unclear(found),
    }
    made = compose_list(
        list_paper("yearly_statistics"),
        words,
        [_measures(left, right, found, targets) for left, right in zip(_LEFT, _RIGHT, strict=True)],
        _groups(found.departments, found.total, name_of_department),
        _groups(found.kinds, found.total, name_of_kind),
        list(_details(found)),
    )
    return _arranged(made, found)


def _arranged(made: doc.Document, found: Statistics) -> doc.Document:
    """With the charts below the first table, sums in bold, and no annex without a row."""
    blocks: list[doc.AnyBlock] = []
    tables = [block for block in made.blocks if isinstance(block, doc.Table)]
    for block in made.blocks:
        if isinstance(block, doc.PageBreak) and not tables[-1].rows:
            break
        is_group = block is tables[1] or block is tables[2]
        blocks.append(_with_sum(block) if isinstance(block, doc.Table) and is_group else block)
        if block is tables[0]:
            blocks.append(doc.Charts(charts=charts(found), height_mm=_CHARTS_MM))
    return msgspec.structs.replace(made, blocks=tuple(blocks))


def _with_sum(table: doc.Table) -> doc.Table:
    *rows, last = table.rows
    bold = tuple(
        tuple(
            msgspec.structs.replace(piece, role="title") if isinstance(piece, doc.Run) else piece
            for piece in cell
        )
        for cell in last
    )
    return msgspec.structs.replace(table, rows=(*rows, bold))


def _measures(left: Measure, right: Measure, found: Statistics, targets: Targets) -> dict[str, str]:
    row = {}
    for side, measure in (("left", left), ("right", right)):
        word, unit = MEASURE_WORDS[measure]
        target = targets.get(measure)
        row[side] = f"{word}（{unit}）"
        row[f"{side}_target"] = shown(target)
        row[f"{side}_actual"] = shown(found.measures[measure].value)
    return row


def _groups(
    groups: Sequence[Group], total: Group, named: Callable[[Group], str]
) -> list[dict[str, str]]:
    rows = [
        {"row": str(place), "name": named(group), **_figures(group)}
        for place, group in enumerate(groups, 1)
    ]
    return [*rows, {"row": "", "name": total.name, **_figures(total)}]


def _figures(group: Group) -> dict[str, str]:
    names = ("held", "sent", "licensed", "paid", "free", "recorded", "income")
    return {name: shown(getattr(group, name).value) for name in names}


def _details(found: Statistics) -> Iterator[dict[str, str]]:
    """The patents of the year: those sent, by day, then those of which a licence tells."""
    days = {id(row.holding): row.day for row in found.sent}
    every = [*(row.holding for row in found.sent), *(row.holding for row in found.licences)]
    holdings = {id(holding): holding for holding in every}
    for place, (key, holding) in enumerate(holdings.items(), 1):
        own = [row for row in found.licences if row.holding is holding]
        day = days.get(key)
        yield {
            "row": str(place),
            "number": holding.number or UNKNOWN,
            "title": holding.entry.patent.title,
            "department": holding.entry.department,
            "sent": str(day) if day else "",
            "licensed": str(sum(row.is_new for row in own)),
            "income": shown(sum((row.income for row in own), Decimal(0))),
        }


def _unclear(found: Statistics) -> str:
    words = []
    if count := found.without_effect.value:
        words.append(f"另有 {count} 项许可的生效日不明，未计入达成")
    if count := found.odd_receipts.value:
        words.append(f"{count} 笔到账没有日期或者金额，未计入")
    return "；".join(words) + "。" if words else ""


# --- the workbook -------------------------------------------------------------------------------


def yearly_book(found: Statistics, targets: Targets, office: Office) -> bytes:
    """Return the report as a workbook: the figures, and the rows that they count."""
    return write_plain_book(
        [
            SheetOfRows(
                "统计", ("项目", "名称", "单位", "目标", "数"), list(_flat(found, targets))
            ),
            SheetOfRows(
                "报送明细",
                ("专利号", "发明创造名称", "类型", "学院（部门）", "专利权人", "报送日"),
                [(*_patent(row.holding), _owners(row.holding), row.day) for row in found.sent],
            ),
            SheetOfRows(
                "许可明细",
                (
                    *("专利号", "发明创造名称", "类型", "学院（部门）", "被许可人", "许可生效日"),
                    *("当年达成", "免费", "备案日", "备案号", "当年到账（元）"),
                ),
                list(_licence_rows(found)),
            ),
            SheetOfRows(
                "到账明细",
                ("专利号", "被许可人", "到账日", "金额（元）", "款项", "凭证号"),
                list(_receipt_rows(found)),
            ),
            *_pools(found),
        ],
        title=f"专利开放许可工作年度统计表（{period_words(found)}）{office.name}",
    )


def _pools(found: Statistics) -> Iterator[SheetOfRows]:
    """The pools' figures, where there are pools."""
    if not found.pools:
        return
    head = (
        "专利池",
        "运营或者加入",
        "成员",
        "入池专利（件）",
        "本年入池",
        "本年退出",
        "许可（份）",
    )
    money = ("许可收入（元）", "已分配（元）", "已付（元）", "未付（元）")
    yield SheetOfRows(
        "专利池",
        (*head, *money),
        [
            (
                *(one.name, "运营" if one.is_run else "加入", one.members, one.patents),
                *(one.entered, one.left, one.licences),
                *(one.income, one.distributed, one.paid, one.unpaid),
            )
            for one in found.pools
        ],
    )


def _flat(found: Statistics, targets: Targets) -> Iterator[tuple[Cell, ...]]:
    for measure, (word, unit) in MEASURE_WORDS.items():
        value = found.measures[measure].value
        yield ("指标", word, unit, targets.get(measure), UNKNOWN if value is None else value)
    for one in found.months:
        yield ("达成许可（收费）", f"{one.month}月", "项", None, one.paid.value)
        yield ("达成许可（免费）", f"{one.month}月", "项", None, one.free.value)
    for way, figure in found.ways.items():
        yield ("许可费到账", WAY_WORDS[way], "元", None, figure.value)
    for sort, groups in (("学院（部门）", found.departments), ("专利类型", found.kinds)):
        for group in (*groups, found.total):
            is_kind = sort == "专利类型" and group.name != found.total.name
            name = name_of_kind(group) if is_kind else name_of_department(group)
            for part, unit, figure in _parts(group):
                yield (f"按{sort} {part}", name, unit, None, figure.value)


def _parts(group: Group) -> Iterator[tuple[str, str, Figure]]:
    yield "在册", "件", group.held
    yield "报送", "件", group.sent
    yield "达成（收费）", "项", group.paid
    yield "达成（免费）", "项", group.free
    yield "备案", "项", group.recorded
    yield "到账", "元", group.income


def _patent(holding: Holding) -> tuple[Cell, ...]:
    kind: Kind | None = kind_of(holding)
    word = KIND_WORDS[kind] if kind else NO_KIND
    return (holding.number, holding.entry.patent.title, word, holding.entry.department)


def _owners(holding: Holding) -> str:
    return "、".join(owner.name for owner in holding.entry.owners)


def _licence_rows(found: Statistics) -> Iterator[tuple[Cell, ...]]:
    for row in found.licences:
        licence = row.stored.licence
        yield (
            *_patent(row.holding),
            licence.licensee.name,
            row.effect,
            "是" if row.is_new else "",
            "是" if row.is_free else "",
            row.recorded_on,
            licence.life.recordal.number,
            row.income,
        )


def _receipt_rows(found: Statistics) -> Iterator[tuple[Cell, ...]]:
    for row in found.licences:
        licence = row.stored.licence
        for one in licence.life.receipts:
            if one.day and one.day.year == found.year and one.day <= found.end and one.amount:
                name = licence.licensee.name
                yield row.holding.number, name, one.day, one.amount, one.purpose, one.number


def yearly_files(folder: Path, year: int) -> list[Path]:
    """The files of a year's report in a folder: paper and workbook."""
    stem = f"专利开放许可工作年度统计表_{year}"
    return [folder / f"{stem}.pdf", folder / f"{stem}.xlsx"]


def write_yearly_files(
    found: Statistics, targets: Targets, office: Office, folder: Path, *, force: bool = False
) -> list[Path]:
    """Write paper and workbook into a folder and return them.

    Raises CannotDo where a file is there that may not be replaced.
    """
    files = yearly_files(folder, found.year)
    for path in files:
        if path.exists() and not force:
            raise CannotDo(f"“{path}”已存在，未覆盖。请另选文件夹；确需覆盖的，请加 --force。")
    made = (yearly_paper(found, targets, office), yearly_book(found, targets, office))
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in zip(files, made, strict=True):
        write_atomically(path, content)
    return files
