"""The year's measures beside their targets: a bar, a line where the target lies, the number."""

from collections.abc import Mapping
from decimal import Decimal

from desktop.parts.widgets.target_row import TargetRow
from forms.office.statistics_types import MEASURE_WORDS, Figure, Measure

ALWAYS: tuple[Measure, ...] = ("sent", "licensed", "rate", "income")
"""The measures that are shown without a target too."""


def measures_shown(
    figures: Mapping[Measure, Figure], targets: Mapping[Measure, Decimal]
) -> list[Measure]:
    """The measures to show: the common ones, and all that have a target."""
    return [one for one in MEASURE_WORDS if one in figures and (one in ALWAYS or one in targets)]


class MeasureRow(TargetRow):
    """A measure; pressed, it opens the cases that it counts."""

    def __init__(self, measure: Measure, figure: Figure, target: Decimal | None) -> None:
        name, unit = MEASURE_WORDS[measure]
        super().__init__(name, unit, figure.value, target, opens=bool(figure.case_ids))
