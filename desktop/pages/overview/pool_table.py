"""The figures of the pools in 统计: a row each, and the way to its distributions."""

from typing import Any

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import grouped
from forms.office.pool_figures import PoolFigures

_COUNTS = ("members", "patents", "entered", "left", "licences")
_SUMS = ("income", "distributed", "paid", "unpaid")


class PoolTable(RowsTable):
    """Shows pools, one that was joined in grey; it is hidden where there are none."""

    LEAST = 140

    def __init__(self) -> None:
        columns = [
            Column(header=t("statistics.pools.name"), text=lambda one: one.name, ink=_ink),
            *(_column(name, 72, is_sum=False) for name in _COUNTS),
            *(_column(name, 112, is_sum=True) for name in _SUMS),
        ]
        super().__init__(columns, t("statistics.pools.name"))
        self.verticalHeader().setMinimumSectionSize(tk.ROW_DENSE)
        self.verticalHeader().setDefaultSectionSize(tk.ROW_DENSE)

    def show_pools(self, pools: tuple[PoolFigures, ...]) -> None:
        """Show pools, as many rows as there are."""
        self.show_rows(pools)
        self.setFixedHeight(tk.HEADER + len(pools) * tk.ROW_DENSE + 2)


def _column(name: str, width: int, *, is_sum: bool) -> Column:
    def text(one: Any) -> str:
        value = getattr(one, name)
        return grouped(value) if is_sum else f"{value:,}"

    return Column(
        header=t(f"statistics.pools.{name}"),
        text=text,
        ink=_ink,
        width=width,
        is_right=True,
        may_go=name in ("entered", "left"),
    )


def _ink(one: PoolFigures) -> str:
    return "text" if one.is_run else "text2"
