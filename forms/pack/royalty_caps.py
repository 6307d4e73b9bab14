"""The general caps of a royalty (一般上限) and of its statement, as the pack's own rules have them.

Source: 审查指南 第五部分第十一章 3.3 (固定费用、净销售额提成、利润额提成一般不高于…).  The figures
stand in the parameters of the rules in rules.toml and nowhere else.
"""

from decimal import Decimal

import msgspec

from forms.facts.record import RateBase
from forms.pack.types import Pack

HIGH, HIGH_OF_PROFIT, LONG = "royalty.high", "royalty.high_of_profit", "statement.long"


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
    return Caps(
        fixed=_figure(pack, HIGH, "most_yuan"),
        net_sales=_figure(pack, HIGH, "most_percent"),
        profit=_figure(pack, HIGH_OF_PROFIT, "most_percent"),
    )


def most_characters(pack: Pack) -> int | None:
    """Return how many characters a statement has at most as a rule; None where none are said."""
    most = _figure(pack, LONG, "limit")
    return None if most is None else int(most)


def basis_of(pack: Pack, rule: str) -> str:
    """Return on what basis a rule stands, "" where the pack does not bind it."""
    return next((one.basis for one in pack.rules if one.rule == rule), "")


def _figure(pack: Pack, rule: str, name: str) -> Decimal | None:
    value = next((one.params.get(name) for one in pack.rules if one.rule == rule), None)
    return Decimal(value) if isinstance(value, int) and value > 0 else None
