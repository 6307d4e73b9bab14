"""What becomes of each matter, side by side: a row each, the new side tinted where it differs."""

from collections.abc import Callable, Sequence

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.check.conversion import Row
from forms.pack.conversion import Becomes

ORDER: tuple[Becomes, ...] = ("changed", "new", "kept", "dropped")
"""How they stand below each other: what is to be looked at first."""

_LOOKS: dict[Becomes, Look] = {
    "changed": Look("git-compare", "accent", "convert.becomes.changed"),
    "new": Look("plus", "pending", "convert.becomes.new"),
    "kept": Look("equal", "grey", "convert.becomes.kept"),
    "dropped": Look("minus", "plain", "convert.becomes.dropped"),
}
_DIFFERS = ("changed", "new")


def matters_table(before: str, after: str) -> RowsTable:
    """The table, its sides called as the packs call their cases."""
    table = RowsTable(_columns(before, after), t("convert.name"))
    table.empty_words = lambda: t("convert.nothing")
    return table


def in_order(rows: Sequence[Row]) -> list[Row]:
    """The rows as they stand below each other."""
    return sorted(rows, key=lambda row: ORDER.index(row.becomes))


def _columns(before: str, after: str) -> tuple[Column, ...]:
    return (
        Column(header=t("convert.columns.becomes"), chip=_chip, text=_becomes, width=104),
        Column(header=t("convert.columns.label"), text=lambda row: row.label, width=148),
        Column(
            header=before,
            text=lambda row: row.before[0] if row.before else _none(row),
            second=_second("before"),
            ink=lambda row: "text2" if row.before else "text3",
        ),
        Column(
            header=after,
            text=lambda row: row.after[0] if row.after else _none(row),
            second=_second("after"),
            ink=lambda row: "text3" if row.becomes == "dropped" else "text",
            ground=_ground,
        ),
        Column(
            header=t("convert.columns.basis"),
            text=lambda row: row.basis,
            width=96,
            is_small=True,
            ink=lambda _row: "text2",
            ground=_ground,
            may_go=True,
        ),
    )


def _chip(row: Row) -> tuple[Look, str]:
    look = _LOOKS[row.becomes]
    return look, t(look.word)


def _becomes(row: Row) -> str:
    return t(_LOOKS[row.becomes].word)


def _none(row: Row) -> str:
    return t("convert.no_such" if row.becomes == "new" else "convert.blank")


def _second(side: str) -> Callable[[Row], str]:
    def second(row: Row) -> str:
        lines: tuple[str, ...] = getattr(row, side)
        return lines[1] if len(lines) > 1 else ""

    return second


def _ground(row: Row) -> str:
    return "tint" if row.becomes in _DIFFERS else ""
