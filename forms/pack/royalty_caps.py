"""The general caps of a royalty (一般上限), as the pack's own rule on them has them.

Source: 审查指南 第五部分第十一章 3.3 (固定费用, 净销售额提成, 利润额提成 一般不高于…).  They stand
in the parameters of `royalty.high` in rules.toml and nowhere else.
"""

from decimal import Decimal

import msgspec

from forms.facts.record import RateBase
from forms.pack.types import Pack

_RULE = "royalty.high"


class Caps(msgspec.Struct, frozen=True):
    """Yuan and percent; None where the pack knows no such cap."""

    fixed: Decimal | None = None
    net_sales: Decimal | None = None
    profit: Decimal | None = None

    def of_rate(self, base: RateBase | None) -> Decimal | None:
        """The cap of a rate on what it is paid on; a rate that does not say is on net sales."""
        return self.profit if base == "profit" else self.net_sales


def caps_of(pack: Pack) -> Caps:
    """Return a pack's caps."""
    params = next((one.params for one in pack.rules if one.rule == _RULE), {})
    names = ("most_yuan", "most_percent", "most_profit_percent")
    return Caps(*(_figure(params.get(name)) for name in names))


def basis_of_caps(pack: Pack) -> str:
    """Return on what basis the caps stand, "" where there are none."""
    return next((one.basis for one in pack.rules if one.rule == _RULE), "")


def _figure(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int) and value > 0 else None
