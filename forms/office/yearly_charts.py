"""The charts of a year's figures, for paper and screen, and the words for its figures."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from forms.facts.amounts import chinese_date
from forms.facts.kinds import KIND_WORDS
from forms.office.statistics_types import WAY_WORDS, Group, Month, Statistics, sum_of
from forms.paper import document as doc

UNKNOWN, NO_DEPARTMENT, NO_KIND = "—", "未填部门", "未明"

_KIND_NAMES: Mapping[str, str] = {str(kind): word for kind, word in KIND_WORDS.items()} | {
    "": NO_KIND
}


def shown(value: Decimal | int | None) -> str:
    """A figure as it is printed: — where nobody knows it, 0 where there is none."""
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if value == int(value) else f"{value:,f}"


def period_words(found: Statistics) -> str:
    """The period of the figures: 2026年度, or up to which day of it."""
    if found.end == date(found.year, 12, 31):
        return f"{found.year}年度"
    return f"{found.year}年度，截至{chinese_date(found.end)}"


def name_of_department(group: Group) -> str:
    """What a department is called where none is filled."""
    return group.name or NO_DEPARTMENT


def name_of_kind(group: Group) -> str:
    """The kind in words."""
    return _KIND_NAMES[group.name]


def charts(found: Statistics) -> tuple[doc.Chart, doc.Chart]:
    """Return the licences by month and the income by way, for paper and screen."""
    paid = sum(int(one.paid.value or 0) for one in found.months)
    free = sum(int(one.free.value or 0) for one in found.months)
    come = found.end.month if found.end.year == found.year else 12  # later months are not known
    months = tuple(_column(one) for one in found.months[:come])
    ways = tuple(
        doc.Bar(
            label=word, parts=(amount,), number=shown(amount), case_ids=found.ways[way].case_ids
        )
        for way, word in WAY_WORDS.items()
        if (amount := Decimal(found.ways[way].value or 0)) or way in ("lump_sum", "instalments")
    )
    return (
        doc.Chart(
            title="图 1\u3000达成许可（按许可生效月）",
            bars=months,
            series=(f"收费 {paid} 项", f"免费 {free} 项"),
            unit="月份",
            upright=True,
        ),
        doc.Chart(title="图 2\u3000许可费到账（按支付方式）", bars=ways, unit="单位：元"),
    )


def department_chart(found: Statistics, most: int = 6) -> doc.Chart:
    """Return the patents held by department and kind; those of the smallest together."""
    groups = list(found.departments)
    rest = groups[most - 1 :] if len(groups) > most else []
    shown_ones = [(name_of_department(one), [one]) for one in groups[: len(groups) - len(rest)]]
    if rest:
        shown_ones.append((f"其他 {len(rest)} 个", rest))
    kinds = [*KIND_WORDS, *([""] if any(_of(one, "") for one in groups) else [])]
    totals = {kind: sum(_of(one, kind) for one in groups) for kind in kinds}
    return doc.Chart(
        title="图 3\u3000在册专利（按学院和类型）",
        bars=tuple(
            doc.Bar(
                label=name,
                parts=parts,
                number=shown(sum(parts)),
                case_ids=sum_of(one.held for one in some).case_ids,
            )
            for name, some in shown_ones
            for parts in [tuple(sum(_of(one, kind) for one in some) for kind in kinds)]
        ),
        series=tuple(f"{_KIND_NAMES[kind]} {shown(total)}" for kind, total in totals.items()),
    )


def _of(group: Group, kind: str) -> int:
    return int(group.held_of[kind].value or 0)


def _column(one: Month) -> doc.Bar:
    parts = int(one.paid.value or 0), int(one.free.value or 0)
    case_ids = sum_of((one.paid, one.free)).case_ids
    return doc.Bar(label=f"{one.month}", parts=parts, number=f"{sum(parts)}", case_ids=case_ids)
